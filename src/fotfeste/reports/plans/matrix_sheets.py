"""The matrix as a workbook: the cells, every passage behind them in full, and the plans with what is read of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import fotfeste
from fotfeste.messages import Language, Locale, language, msg
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.coverage.rows import Matrix, PlanRead
from fotfeste.plans.coverage.wording import ABOUT, COVER, cell_text
from fotfeste.plans.register.process import plan_type
from fotfeste.plans.register.remarks import remark_text
from fotfeste.plans.register.wording import STANDING
from fotfeste.reports.blocks import CellValue, Column, Sheet, Table, Workbook
from fotfeste.reports.plans.quoted import who_says

LONGEST_CELL = 32_000
"""Signs that a cell of a workbook holds; Excel refuses more than 32 767."""


def matrix_workbook(found: Matrix, locale: Locale, issued: date) -> Workbook:
    """Return the matrix as a workbook in one language, with all passages in full and the page of each."""
    words = language(locale)
    text = words.text
    return Workbook(
        text(msg("Dekning: hva planene sier")),
        locale,
        issued,
        (
            Sheet(text(msg("Dekning")), _cells(found, words)),
            Sheet(text(msg("Avsnitt")), _passages(found, words)),
            Sheet(text(msg("Planer")), _plans(found, words)),
        ),
        f"plandekning-{issued.isoformat()}-{locale}",
        (
            (text(msg("Kodebok")), f"{found.book.id} {found.book.dated.isoformat()}"),
            (text(msg("Rader og kolonner etter")), found.settings.source),
            (text(msg("Laget med")), f"Fotfeste {fotfeste.__version__}"),
        ),
    )


def _cells(found: Matrix, words: Language) -> Table:
    text = words.text
    columns = (
        Column(text(msg("Eier"))),
        Column(text(msg("Nummer"))),
        Column(text(msg("Plantype"))),
        Column(text(msg("Planer ført")), "number"),
        Column(text(msg("Planer lest")), "number"),
        *(Column(text(one.name)) for one in found.columns),
    )
    rows: tuple[tuple[CellValue, ...], ...] = tuple(
        (
            row.owner.name,
            row.owner.code,
            text(row.kind.name),
            len(row.plans),
            sum(bool(one.documents) for one in row.plans),
            *(text(cell_text(cell)) for cell in row.cells),
        )
        for row in found.rows
    )
    used = {cell.cover for row in found.rows for cell in row.cells}
    note = " ".join(
        text(msg("«{name}»: {about}", name=COVER[one], about=ABOUT[one])) for one in COVER if one in used
    )
    return Table(text(msg("Hva planene sier om hvert tema")), columns, rows, note=note)


def _passages(found: Matrix, words: Language) -> Table:
    text = words.text
    heads = (
        msg("Eier"), msg("Plantype"), msg("Plan"), msg("Tema"), msg("Hvem sier det"), msg("Samme setning"), msg("Side"),
        msg("Under overskriften"), msg("Avsnitt"), msg("Funnet på"), msg("Regel"), msg("Kodet av"), msg("Dokument"),
    )  # fmt: skip
    rows = tuple(_passage_rows(found, words))
    return Table(text(msg("Avsnittene bak hver rute, hele")), tuple(Column(text(one)) for one in heads), rows)


def _passage_rows(found: Matrix, words: Language) -> Iterator[tuple[CellValue, ...]]:
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            for one in (*cell.passages, *cell.candidates, *cell.rejected):
                yield (
                    row.owner.name,
                    words.text(row.kind.name),
                    found.title(one.document),
                    words.text(column.name),
                    who_says(one, words),
                    words.text(msg("ja") if one.close else msg("nei")),
                    pages_of(one),
                    " › ".join(one.headings),
                    one.quote[:LONGEST_CELL],
                    ", ".join(word for coded in one.coded for word in coded.words),
                    ", ".join(dict.fromkeys(coded.rule for coded in one.coded if coded.rule)),
                    ", ".join(dict.fromkeys(who for coded in one.coded for who in coded.coders)),
                    one.document,
                )


def pages_of(one: Evidence) -> str:
    """Return the page or pages as they stand in a column of their own."""
    if one.pages is None:
        return ""
    first, last = one.pages
    return str(first) if first == last else f"{first}–{last}"


def _plans(found: Matrix, words: Language) -> Table:
    text = words.text
    heads = (
        msg("Eier i dag"), msg("Plantype"), msg("Plan"), msg("Laget av"), msg("Form"), msg("Status"), msg("Lest"),
        msg("Merknader"),
    )  # fmt: skip
    rows: list[tuple[CellValue, ...]] = []
    for row in found.rows:
        for one in row.plans:
            rows.append(
                (
                    row.owner.name,
                    text(row.kind.name),
                    one.plan.title,
                    _made_by(one, words),
                    text(plan_type(one.plan.type).name),
                    text(STANDING[one.plan.standing(found.day)]),
                    ", ".join(one.documents) or text(msg("ikke lest inn")),
                    " ".join(text(remark_text(each)) for each in one.plan.remarks),
                )
            )
    for name in found.adrift:
        rows.append(
            ("", "", found.documents[name].document.origin.name, "", "", "", name, text(msg("Hører ikke til noen plan i registeret, og er ikke med i matrisen.")))
        )  # fmt: skip
    return Table(
        text(msg("Planene, og hva som er lest")), tuple(Column(text(one)) for one in heads), tuple(rows)
    )


def _made_by(one: PlanRead, words: Language) -> str:
    if not one.inherited:
        return one.plan.owner.name
    return words.text(
        msg(
            "{owner} ({share} av kommunene der)", owner=one.plan.owner.name, share=words.percent(one.share, 0)
        )
    )
