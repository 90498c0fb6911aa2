"""What is missing, and the one command that fetches it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Paragraph, Strong, Table
from fotfeste.reports.knowledge_base.telling import Telling, paragraph
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.tables_declared import load_tables
from fotfeste.statistics.tables_declared.values import DeclaredTable


def missing_section(telling: Telling) -> list[Block]:
    """Return every indicator without figures, table by table, and the one command that fetches those that can be fetched."""
    text, gathered = telling.text, telling.gathered
    lacking = gathered.knowledge.lacking
    heading = Heading(1, text(msg("Det som mangler")), "mangler")
    if not lacking:
        return [heading, paragraph(text(msg("Alle indikatorene i katalogen har tall.")))]
    total = len(lacking) + len(gathered.knowledge.indicators)
    told = text(
        nmsg(
            "{count} av {total} indikatorer i katalogen har ikke tall ennå. De er ikke med i dokumentet, og ikke noe annet står i stedet.",
            "{count} av {total} indikatorer i katalogen har ikke tall ennå. De er ikke med i dokumentet, og ikke noe annet står i stedet.",
            len(lacking),
            total=total,
        )
    )
    blocks: list[Block] = [heading, paragraph(told)]
    command = command_for(lacking)
    if command:
        blocks.append(
            Paragraph((text(msg("Denne kommandoen henter det som kan hentes:")), " ", Strong(command)))
        )
    rows: list[tuple[CellValue, ...]] = [
        (
            text(one.name),
            ", ".join(_tables_told(telling, one)),
            text(msg("ikke bekreftet")) if one.to_be_confirmed else text(msg("bekreftet")),
        )
        for one in lacking
    ]
    heads = (msg("Tall"), msg("Kilde og tabell"), msg("Tabellnummeret er"))
    note = text(
        msg(
            "Et tabellnummer som ikke er bekreftet, hentes ikke før noen har sjekket det hos kilden. Fram til da kan en egen fil fylle datasettet."
        )
    )
    blocks.append(
        Table(
            text(msg("Indikatorer uten tall")),
            tuple(Column(text(one)) for one in heads),
            tuple(rows),
            note=note,
        )
    )
    return blocks


def command_for(lacking: Sequence[Indicator]) -> str:
    """Return the one command that fetches all of these that have an interface and a confirmed table; empty where none has."""
    names = dict.fromkeys(one.id for one in _declared(lacking) if one.is_confirmed and not one.is_file)
    return f"fotfeste data update {' '.join(names)}" if names else ""


def _declared(lacking: Iterable[Indicator]) -> list[DeclaredTable]:
    known = load_tables()
    return [known[name] for one in lacking for name in one.tables if name in known]


def _tables_told(telling: Telling, one: Indicator) -> list[str]:
    told = []
    for table in _declared([one]):
        title = table.titles.get(telling.words.locale) or table.titles["nb"]
        number = table.table if table.is_confirmed and table.table else title
        told.append(f"{table.agency}: {number}")
    return told
