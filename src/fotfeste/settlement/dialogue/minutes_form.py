"""The form that the minutes are written in after the meeting: one workbook for each municipality.

Machine ids stand in grey, so that a reworded label never breaks reading. Needs have a row each, with the theme chosen
from the closed list. The bytes depend on the arguments alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from fotfeste.messages import Locale, Message, language, msg
from fotfeste.settlement.dialogue.minutes_layout import (
    DEADLINE,
    FOLLOW_UP,
    NEED,
    NEED_COLUMNS,
    THEME,
    form_marker,
    needs_marker,
    questions_marker,
)
from fotfeste.settlement.dialogue.questions import DialogueForm
from fotfeste.settlement.reply_form import FieldKind, FormField
from fotfeste.settlement.reply_sheet_book import MESSAGE_LIMIT, TITLE_LIMIT, AnswerBook

NEED_ROWS = 25
NEVER_NAMES = msg(
    "Skriv aldri navn, fødselsnummer eller annet om enkeltpersoner eller enkeltfamilier. Deltakere oppgis med rolle."
)


def write_minutes_form(
    code: str,
    name: str,
    county_code: str,
    county_name: str,
    year: int,
    issued: date,
    form: DialogueForm,
    questions: Sequence[tuple[str, str]],
    *,
    locale: Locale = "nb",
) -> bytes:
    """Return the form for one municipality as XLSX; ``questions`` are ids and texts as they are put to it."""
    title = msg("Referat fra dialogmøte om bosetting i {year}: {name}", year=str(year), name=name)
    book = AnswerBook(issued, language(locale).text(title), locale)
    about = (
        (msg("Kommunenummer"), code, "municipality_code"),
        (msg("Fylke"), f"{county_code} {county_name}", "county"),
        (msg("År"), str(year), "year"),
    )
    _minutes_sheet(book, form, about)
    _needs_sheet(book, form)
    _questions_sheet(book, questions, form)
    _themes_sheet(book, form)
    return book.close()


def _minutes_sheet(book: AnswerBook, form: DialogueForm, about: Sequence[tuple[Message, str, str]]) -> None:
    sheet = book.add(msg("Referat"), landscape=False)
    sheet.set_column(0, 0, 40, book.plain)
    sheet.set_column(1, 1, 50, book.plain)
    sheet.set_column(2, 2, 50, book.plain)
    sheet.set_column(3, 3, 24, book.plain)
    sheet.write_string(0, 0, book.title, book.heading)
    sheet.set_row(0, 26)
    sheet.write_string(0, 3, form_marker(form.schema), book.machine)
    sheet.write_string(1, 0, book.say(NEVER_NAMES), book.plain)
    row = 3
    for label, value, name in about:
        sheet.write_string(row, 0, book.say(label), book.strong)
        sheet.write_string(row, 1, value, book.plain)
        sheet.write_string(row, 3, name, book.machine)
        row += 1
    row += 1
    for column, heading in enumerate(
        (msg("Felt"), msg("Skriv her"), msg("Veiledning"), msg("Navn på feltet"))
    ):
        sheet.write_string(row, column, book.say(heading), book.head)
    for one in form.minutes:
        row += 1
        sheet.write_string(row, 0, one.label[book.locale], book.strong)
        book.answer(sheet, row, 1, one, None)
        sheet.write_string(row, 2, one.help[book.locale], book.help)
        sheet.write_string(row, 3, one.id, book.machine)
        lines = len(one.help[book.locale]) // 44 + 1
        sheet.set_row(row, 15 * max(lines, 5 if one.kind == "text" else 2))
    sheet.print_area(0, 0, row, 2)


def _needs_sheet(book: AnswerBook, form: DialogueForm) -> None:
    sheet = book.add(msg("Behov"), landscape=True)
    for column, width in enumerate((34, 70, 34, 16)):
        sheet.set_column(column, column, width, book.plain)
    sheet.write_string(0, 0, book.say(msg("Behov vi hørte")), book.heading)
    sheet.set_row(0, 26)
    sheet.write_string(0, 3, needs_marker(form.schema), book.machine)
    told = msg("Ett behov i hver rad. Velg tema fra listen. {never}", never=NEVER_NAMES)
    sheet.write_string(1, 0, book.say(told), book.plain)
    headings = (msg("Tema"), msg("Behov"), msg("Hvem følger opp (rolle)"), msg("Frist"))
    for column, (heading, name) in enumerate(zip(headings, NEED_COLUMNS, strict=True)):
        sheet.write_string(2, column, name, book.machine)
        sheet.write_string(3, column, book.say(heading), book.head)
    themes = {
        "validate": "list",
        "source": f"='{book.say(msg('Temaer'))}'!$A$2:$A${len(form.themes) + 1}",
        "input_title": book.say(msg("Tema"))[:TITLE_LIMIT],
        "input_message": book.say(msg("Velg fra listen."))[:MESSAGE_LIMIT],
        "error_message": book.say(msg("Velg et tema fra listen."))[:MESSAGE_LIMIT],
    }
    for row in range(4, 4 + NEED_ROWS):
        sheet.write_blank(row, 0, None, book.answers["text"])
        sheet.data_validation(row, 0, row, 0, themes)
        for column, kind in ((1, NEED), (2, FOLLOW_UP), (3, DEADLINE)):
            book.answer(sheet, row, column, need_field(kind), None)
        sheet.set_row(row, 30)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)


def need_field(name: str) -> FormField:
    """Return what may stand in a column of the needs."""
    columns: dict[str, tuple[Message, FieldKind]] = {
        THEME: (msg("Tema"), "text"),
        NEED: (msg("Behov"), "text"),
        FOLLOW_UP: (msg("Hvem følger opp (rolle)"), "role"),
        DEADLINE: (msg("Frist"), "date"),
    }
    said, kind = columns[name]
    label = _in_every_language(said)
    return FormField(name, "needs", kind, label, label, label)


def answer_field() -> FormField:
    """Return what may stand beside a question."""
    label = _in_every_language(msg("Svar og notater"))
    return FormField("answer", "questions", "text", label, label, label)


def _in_every_language(label: Message) -> dict[Locale, str]:
    return {locale: language(locale).text(label) for locale in get_args(Locale)}


def _questions_sheet(book: AnswerBook, questions: Sequence[tuple[str, str]], form: DialogueForm) -> None:
    sheet = book.add(msg("Spørsmål"), landscape=False)
    for column, width in enumerate((60, 80, 24)):
        sheet.set_column(column, column, width, book.plain)
    sheet.write_string(0, 0, book.say(msg("Spørsmål og svar")), book.heading)
    sheet.set_row(0, 26)
    sheet.write_string(0, 2, questions_marker(form.schema), book.machine)
    sheet.write_string(1, 0, book.say(NEVER_NAMES), book.plain)
    for column, heading in enumerate((msg("Spørsmål"), msg("Svar og notater"), msg("Navn på feltet"))):
        sheet.write_string(2, column, book.say(heading), book.head)
    for row, (name, text) in enumerate(questions, start=3):
        sheet.write_string(row, 0, text, book.wrapped)
        book.answer(sheet, row, 1, answer_field(), None)
        sheet.write_string(row, 2, name, book.machine)
        sheet.set_row(row, 15 * max(3, len(text) // 50 + 1))
    sheet.repeat_rows(2)


def _themes_sheet(book: AnswerBook, form: DialogueForm) -> None:
    sheet = book.add(msg("Temaer"), landscape=False)
    sheet.set_column(0, 0, 44, book.plain)
    sheet.write_string(0, 0, book.say(msg("Temaer å velge blant")), book.head)
    for row, theme in enumerate(form.themes, start=1):
        sheet.write_string(row, 0, theme.name[book.locale], book.plain)
