"""Reply sheets for the municipalities to fill in: one form each, or one collected workbook for the county.

Machine ids stand in a hidden column (form) or row (collected), so that a reworded label never breaks reading.
Cells that hold no answer are locked, without a password; cells with answers have limits and help. The bytes
depend on the arguments alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fotfeste.messages import Locale, Message, msg
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.reply_form import FormField, FormGroup, ReplyForm, load_reply_form, values_of
from fotfeste.settlement.reply_sheet_book import AnswerBook
from fotfeste.settlement.reply_sheet_layout import COLLECTED, FORM, code_marker, marker
from fotfeste.statistics.figure import Figure, Mark


@dataclass(frozen=True, slots=True)
class Addressee:
    """A municipality that is asked, and what the public figures already say about it (oldest year first)."""

    code: str
    name: str
    history: tuple[YearFigures, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Around:
    """What a form tells beside its questions: sentences at its top, and by field what stands under its help."""

    top: tuple[Message, ...] = ()
    under: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)


def write_reply_form(
    addressee: Addressee,
    county_code: str,
    county_name: str,
    year: int,
    issued: date,
    *,
    locale: Locale = "nb",
    reply: Reply | None = None,
    around: Around | None = None,
) -> bytes:
    """Return one municipality's form as XLSX; ``reply`` fills it with what has been answered before."""
    form = load_reply_form()
    sheet = AnswerBook(issued, form.title[locale].format(year=year), locale)
    _form_sheet(sheet, form, addressee, county_code, county_name, year, reply, around or Around())
    if addressee.history:
        _history_sheet(sheet, addressee)
    return sheet.close()


def write_collected_sheet(
    addressees: Sequence[Addressee],
    county_code: str,
    county_name: str,
    year: int,
    issued: date,
    *,
    locale: Locale = "nb",
    replies: Mapping[str, Reply] | None = None,
) -> bytes:
    """Return the county's collected workbook as XLSX: a row per municipality, a column per question."""
    form = load_reply_form()
    sheet = AnswerBook(issued, form.title[locale].format(year=year), locale)
    _collected_sheet(sheet, form, addressees, county_code, county_name, year, replies or {})
    _questions_sheet(sheet, form)
    return sheet.close()


def _form_sheet(
    sheets: AnswerBook,
    form: ReplyForm,
    addressee: Addressee,
    county_code: str,
    county_name: str,
    year: int,
    reply: Reply | None,
    around: Around,
) -> None:
    sheet = sheets.add(msg("Svar"), landscape=False)
    locale, values = sheets.locale, values_of(reply) if reply else {}
    sheet.set_column(0, 0, 46, sheets.plain)
    sheet.set_column(1, 1, 34, sheets.plain)
    sheet.set_column(2, 2, 52, sheets.plain)
    sheet.set_column(3, 3, 18, sheets.plain, {"hidden": True})
    sheet.write_string(0, 0, sheets.title, sheets.heading)
    sheet.set_row(0, 26)
    sheet.write_string(0, 3, marker(FORM, form.schema), sheets.machine)
    sheet.write_string(1, 0, sheets.say(msg("{name} kommune", name=addressee.name)), sheets.strong)
    row = 2
    for one in around.top:
        sheet.write_string(row, 0, sheets.say(one), sheets.plain)
        row += 1
    row = _sentences(sheet, row, form.intro[locale], sheets.plain) + 1
    known = (
        (msg("Kommunenummer"), addressee.code, "municipality_code"),
        (msg("Fylke"), f"{county_code} {county_name}", "county"),
        (msg("År"), str(year), "year"),
    )
    for label, value, name in known:
        sheet.write_string(row, 0, sheets.say(label), sheets.strong)
        sheet.write_string(row, 1, value, sheets.plain)
        sheet.write_string(row, 3, name, sheets.machine)
        row += 1
    for group in form.groups:
        row = _form_group(sheets, sheet, group, values, row + 1, around.under)
    sheet.print_area(0, 0, row, 2)
    sheet.repeat_rows(0, 1)


def _sentences(sheet: Any, row: int, text: str, form: Any) -> int:
    """Write running text a sentence to a row, so that no cells need merging; return the row after it."""
    for sentence in text.replace(". ", ".\n").split("\n"):
        sheet.write_string(row, 0, sentence, form)
        row += 1
    return row


def _form_group(
    sheets: AnswerBook,
    sheet: Any,
    group: FormGroup,
    values: Mapping[str, object],
    row: int,
    under: Mapping[str, tuple[Message, ...]],
) -> int:
    locale = sheets.locale
    headings = (
        group.title[locale],
        sheets.say(msg("Svar")),
        sheets.say(msg("Veiledning")),
        sheets.say(msg("Felt")),
    )
    for column, text in enumerate(headings):
        sheet.write_string(row, column, text, sheets.head)
    sheet.set_row(row, 15 * (len(group.title[locale]) // 40 + 1))
    for one in group.fields:
        row += 1
        sheet.write_string(row, 0, one.question[locale], sheets.strong)
        sheets.answer(sheet, row, 1, one, values.get(one.id))
        told = [one.help[locale], *(sheets.say(line) for line in under.get(one.id, ()))]
        sheet.write_string(row, 2, "\n".join(told), sheets.help)
        sheet.write_string(row, 3, one.id, sheets.machine)
        lines = max(len(one.question[locale]) // 36 + 1, sum(len(line) // 46 + 1 for line in told))
        sheet.set_row(row, 15 * max(lines, 4 if one.kind == "text" else 2))
    return row + 1


def _history_sheet(sheets: AnswerBook, addressee: Addressee) -> None:
    sheet = sheets.add(msg("Tall fra før"), landscape=False)
    sheet.set_column(0, 0, 20, sheets.plain)
    sheet.set_column(1, 3, 14, sheets.plain)
    sheet.set_column(4, 4, 24, sheets.plain)
    title = msg("Anmodet, vedtatt og bosatt i {name} kommune", name=addressee.name)
    sheet.write_string(0, 0, sheets.say(title), sheets.heading)
    source = msg("Kilde: IMDi. «:» er skjult (1–4), «.» er ukjent, «-» er ikke anmodet.")
    sheet.write_string(1, 0, sheets.say(source), sheets.plain)
    headings = (msg("År"), msg("Anmodet"), msg("Vedtatt"), msg("Bosatt"), msg("Merknad"))
    for column, heading in enumerate(headings):
        sheet.write_string(3, column, sheets.say(heading), sheets.head)
    for row, year in enumerate(addressee.history, start=4):
        sheet.write_string(row, 0, str(year.year), sheets.plain)
        for column, figure in enumerate((year.requested, year.decided, year.settled), start=1):
            _figure(sheet, row, column, figure, sheets.plain)
        if year.status_date:
            status = msg("Status {day}", day=date.fromisoformat(year.status_date))
            sheet.write_string(row, 4, sheets.say(status), sheets.plain)
    sheet.repeat_rows(3)


def _figure(sheet: Any, row: int, column: int, figure: Figure, form: Any) -> None:
    if figure.mark is Mark.OBSERVED and figure.value is not None:
        sheet.write_number(row, column, float(figure.value), form)
    else:
        sheet.write_string(row, column, figure.mark.value, form)


def _collected_sheet(
    sheets: AnswerBook,
    form: ReplyForm,
    addressees: Sequence[Addressee],
    county_code: str,
    county_name: str,
    year: int,
    replies: Mapping[str, Reply],
) -> None:
    sheet = sheets.add(msg("Svar"), landscape=True)
    locale = sheets.locale
    sheet.set_column(0, 0, 9, sheets.plain)
    sheet.set_column(1, 1, 22, sheets.plain)
    sheet.write_string(0, 0, sheets.title, sheets.heading)
    sheet.set_row(0, 26)
    start = _sentences(sheet, 1, form.intro[locale], sheets.plain)
    about = ((msg("Fylke"), f"{county_code} {county_name}", "county"), (msg("År"), str(year), "year"))
    for row, (label, value, name) in enumerate(about, start):
        sheet.write_string(row, 0, sheets.say(label), sheets.strong)
        sheet.write_string(row, 1, value, sheets.plain)
        sheet.write_string(row, 2, name, sheets.machine)
    ids, groups, labels = start + 2, start + 3, start + 4
    sheet.write_string(ids, 0, marker(COLLECTED, form.schema), sheets.machine)
    sheet.write_string(ids, 1, code_marker(), sheets.machine)
    sheet.write_string(labels, 0, sheets.say(msg("Nr.")), sheets.head)
    sheet.write_string(labels, 1, sheets.say(msg("Kommune")), sheets.head)
    sheet.set_row(labels, 48)
    sheet.set_row(ids, None, None, {"hidden": True})
    for row, addressee in enumerate(addressees, start=labels + 1):
        sheet.write_string(row, 0, addressee.code, sheets.plain)
        sheet.write_string(row, 1, addressee.name, sheets.strong)
    column = 2
    for group in form.groups:
        first = column
        for one in group.fields:
            _collected_column(sheets, sheet, column, one, (ids, groups, labels))
            for row, addressee in enumerate(addressees, start=labels + 1):
                reply = replies.get(addressee.code)
                sheets.answer(sheet, row, column, one, values_of(reply).get(one.id) if reply else None)
            column += 1
        sheet.write_string(groups, first, group.title[locale], sheets.band)
    sheet.freeze_panes(labels + 1, 2)
    sheet.repeat_rows(labels)
    sheet.repeat_columns(0, 1)
    sheet.fit_to_pages(0, 0)


def _collected_column(
    sheets: AnswerBook, sheet: Any, column: int, one: FormField, rows: tuple[int, int, int]
) -> None:
    ids, groups, labels = rows
    sheet.set_column(column, column, 40 if one.kind == "text" else 18, sheets.plain)
    sheet.write_string(ids, column, one.id, sheets.machine)
    sheet.write_blank(groups, column, None, sheets.band)
    sheet.write_string(labels, column, one.label[sheets.locale], sheets.head)


def _questions_sheet(sheets: AnswerBook, form: ReplyForm) -> None:
    sheet = sheets.add(msg("Spørsmålene"), landscape=False)
    sheet.set_column(0, 0, 26, sheets.plain)
    sheet.set_column(1, 1, 52, sheets.plain)
    sheet.set_column(2, 2, 60, sheets.plain)
    headings = (msg("Kolonne"), msg("Spørsmål"), msg("Veiledning"))
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, sheets.say(heading), sheets.head)
    for row, one in enumerate(form.fields, start=1):
        texts = (one.label, one.question, one.help)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text[sheets.locale], sheets.wrapped)
        sheet.set_row(
            row, 15 * (max(len(one.question[sheets.locale]) // 46, len(one.help[sheets.locale]) // 54) + 1)
        )
    sheet.repeat_rows(0)
