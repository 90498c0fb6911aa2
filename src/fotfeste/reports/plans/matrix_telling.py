"""The matrix as a document: first how much is read and where it is silent, then each owner's plans with quotes and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

import fotfeste
from fotfeste.messages import Language, Locale, language, msg, nmsg
from fotfeste.plans.coverage.rows import Cell, Cover, Matrix, Row
from fotfeste.plans.coverage.settings import Column as Theme
from fotfeste.plans.coverage.wording import ABOUT, COVER, cell_text
from fotfeste.reports.blocks import (
    Aside,
    Block,
    Bullets,
    CellValue,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
)
from fotfeste.reports.plans.quoted import quote, where, who_says

MOST_QUOTES = 3
"""Quotes of a cell in the document; the workbook has them all."""
READ = (Cover.MENTIONED, Cover.DISPUTED, Cover.SUGGESTED, Cover.SILENT, Cover.READ_AND_SILENT)


def matrix_document(found: Matrix, locale: Locale, issued: date) -> Document:
    """Return the matrix as a document in one language.

    Silence stands beside mention: every theme that a read plan says nothing about is named under that plan.
    """
    words = language(locale)
    text = words.text
    blocks: list[Block] = [*_opening(found, words), _overview(found, words)]
    for _, rows in groupby(found.rows, key=lambda row: row.owner):
        blocks += _owner(found, list(rows), words)
    blocks += _method(found, words)
    return Document(
        title=text(msg("Hva planene sier, og hva de tier om")),
        subtitle=text(msg("Innvandring, integrering og distrikt i planer")),
        language=locale,
        issued=issued,
        blocks=tuple(blocks),
        file_stem=f"plandekning-{issued.isoformat()}-{locale}",
        reference=(
            (text(msg("Kodebok")), f"{found.book.id} {found.book.dated.isoformat()}"),
            (text(msg("Laget med")), f"Fotfeste {fotfeste.__version__}"),
        ),
        description=text(msg("Dekning av temaer i planer, med sitater og sidetall")),
        contents=True,
        before_contents=2,
    )


def _opening(found: Matrix, words: Language) -> list[Block]:
    text = words.text
    plans = {one.plan.id: one for row in found.rows for one in row.plans}
    read = sum(bool(one.documents) for one in plans.values())
    first = nmsg(
        "Av {all} planer er én lest. Om resten kan ingenting sies.",
        "Av {all} planer er {count} lest. Om resten kan ingenting sies.",
        read,
        all=len(plans),
    )
    blocks: list[Block] = [Paragraph((text(first),), lead=True)]
    cells = [cell for row in found.rows for cell in row.cells]
    if any(cell.cover is Cover.SUGGESTED for cell in cells):
        said = msg(
            "Det som er foreslått, har programmet funnet ved regler. Ingen har sett på det. Les avsnittet før du bruker det."
        )
        blocks.append(Aside("warning", text(msg("Forslag er ikke funn")), (text(said),)))
    return blocks


def _overview(found: Matrix, words: Language) -> Table:
    """Return for each theme in how many rows it is mentioned, suggested, silent and not read."""
    text = words.text
    used = [one for one in COVER if any(cell.cover is one for row in found.rows for cell in row.cells)]
    rows: list[tuple[CellValue, ...]] = []
    for place, theme in enumerate(found.columns):
        covers = [row.cells[place].cover for row in found.rows]
        rows.append((text(theme.name), *(covers.count(one) for one in used)))
    return Table(
        text(
            msg(
                "Temaene: hvor mange ruter som nevner dem, er tause eller ikke er lest. En rute er én plantype hos én eier."
            )
        ),
        (Column(text(msg("Tema"))), *(Column(_capital(text(COVER[one])), "number") for one in used)),
        tuple(rows),
        note=" ".join(text(msg("«{name}»: {about}", name=COVER[one], about=ABOUT[one])) for one in used),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _owner(found: Matrix, rows: Sequence[Row], words: Language) -> Iterator[Block]:
    text = words.text
    owner = rows[0].owner
    yield Heading(1, owner.name, f"eier-{owner.code}")
    read = [row for row in rows if any(cell.cover in READ for cell in row.cells)]
    unread = [row for row in rows if row.plans and row not in read]
    absent = [row for row in rows if not row.plans]
    if unread:
        names = words.join([_capital_off(one.plan.title) for row in unread for one in row.plans])
        yield Paragraph((text(msg("Ikke lest: {plans}.", plans=names)),))
    if absent:
        kinds = words.join([text(row.kind.name).casefold() for row in absent])
        yield Paragraph((text(msg("Ikke ført i registeret: {kinds}.", kinds=kinds)),))
    if not read:
        return
    yield Table(
        text(msg("{owner}: temaene i planene som er lest", owner=owner.name)),
        (Column(text(msg("Tema"))), *(Column(text(row.kind.name)) for row in read)),
        tuple(
            (text(theme.name), *(text(cell_text(row.cells[place])) for row in read))
            for place, theme in enumerate(found.columns)
        ),
    )
    for row in read:
        yield from _row(found, row, words)


def _capital_off(title: str) -> str:
    return title.rstrip(". ")


def _row(found: Matrix, row: Row, words: Language) -> Iterator[Block]:
    text = words.text
    yield Heading(2, text(row.kind.name), f"eier-{row.owner.code}-{row.kind.id}")
    for one in row.plans:
        state = msg("lest inn") if one.documents else msg("ikke lest inn")
        told = msg("{title} ({state})", title=one.plan.title, state=state)
        if one.inherited:
            told = msg(
                "{title} ({state}; laget av {owner})",
                title=one.plan.title,
                state=state,
                owner=one.plan.owner.name,
            )
        yield Paragraph((text(told),))
    silent = [
        text(theme.name)
        for theme, cell in zip(found.columns, row.cells, strict=True)
        if cell.cover in (Cover.SILENT, Cover.READ_AND_SILENT)
    ]
    if silent:
        said = msg("Taus om: {themes}.", themes="; ".join(silent))
        yield Aside("note", text(msg("Det som ikke er nevnt")), (text(said),))
    for theme, cell in zip(found.columns, row.cells, strict=True):
        if cell.passages:
            yield from _cell(found, row, theme, cell, words)


def _cell(found: Matrix, row: Row, theme: Theme, cell: Cell, words: Language) -> Iterator[Block]:
    text = words.text
    yield Heading(3, text(theme.name), f"eier-{row.owner.code}-{row.kind.id}-{theme.id}")
    shown = cell.passages[:MOST_QUOTES]
    yield Bullets(
        tuple(
            (
                f"{words.quoted(quote(one))} ",
                text(
                    msg(
                        "({place}; {who})",
                        place=where(one, found.title(one.document) if len(row.plans) > 1 else "", words)
                        or found.title(one.document),
                        who=who_says(one, words),
                    )
                ),
            )
            for one in shown
        )
    )
    if more := len(cell.passages) - len(shown):
        yield Paragraph(
            (
                text(
                    nmsg("Ett avsnitt til står i regnearket.", "{count} avsnitt til står i regnearket.", more)
                ),
            )
        )


def _method(found: Matrix, words: Language) -> list[Block]:
    text = words.text
    said = [
        msg(
            "Rutene bygger på kodeboken «{book}» fra {day}. En plan sier det den sier; om det blir gjort, vises ikke her.",
            book=found.book.id,
            day=found.book.dated,
        ),
        msg("Temaer «med innvandrere» krever at samme avsnitt både handler om temaet og nevner innvandrere eller integrering. Der ordene ikke står i samme setning, er det sagt."),
        msg("Planer fra fylker som er oppløst, står hos dem som tok over minst {share} av kommunene.", share=words.percent(found.settings.inherited_share, 0)),
        msg("Avsnitt som bare en overskrift peker på, teller ikke med. De står i regnearket som «mulig»."),
    ]  # fmt: skip
    blocks: list[Block] = [
        Heading(1, text(msg("Hvordan dette er lest")), "metode"),
        Bullets(tuple((text(one),) for one in said)),
    ]
    if found.adrift:
        names = words.join([found.documents[one].document.origin.name for one in found.adrift])
        told = msg(
            "Disse dokumentene hører ikke til noen plan i registeret, og er ikke med: {names}.", names=names
        )
        blocks.append(Paragraph((text(told),)))
    return blocks
