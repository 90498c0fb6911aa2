"""What is missing, and the one command that fetches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    heads = (msg("Kilde og tabell"), msg("Tall som mangler"), msg("Slik hentes de"))
    note = msg(
        "Et tabellnummer som ikke er bekreftet, hentes ikke før noen har sjekket det hos kilden. Fram til da kan en egen fil fylle datasettet."
    )
    blocks.append(
        Table(
            text(msg("Tabeller som mangler")),
            tuple(Column(text(one)) for one in heads),
            tuple(_rows(telling, lacking)),
            note=text(note),
        )
    )
    return blocks


def _rows(telling: Telling, lacking: Sequence[Indicator]) -> Iterator[tuple[CellValue, ...]]:
    """Yield a row for each table, with all that it would give."""
    by_table: dict[str, list[str]] = {}
    for one in lacking:
        for name in one.tables:
            by_table.setdefault(name, []).append(telling.text(one.name))
    for name, table in load_tables().items():
        if name not in by_table:
            continue
        if not table.is_confirmed:
            how = telling.text(msg("tabellen er ikke bekreftet"))
        elif table.is_file:
            how = table.command
        else:
            how = telling.text(msg("med kommandoen over"))
        yield (_told(telling, table), telling.words.join(by_table[name]), how)


def command_for(lacking: Sequence[Indicator]) -> str:
    """Return the one command that fetches all of these that have an interface and a confirmed table; empty where none has."""
    names = dict.fromkeys(one.id for one in _declared(lacking) if one.is_confirmed and not one.is_file)
    return f"fotfeste data update {' '.join(names)}" if names else ""


def _declared(lacking: Iterable[Indicator]) -> list[DeclaredTable]:
    known = load_tables()
    return [known[name] for one in lacking for name in one.tables if name in known]


def _told(telling: Telling, table: DeclaredTable) -> str:
    """Return a table by its number, or by what it should hold where no number is confirmed."""
    title = table.titles.get(telling.words.locale) or table.titles["nb"]
    if table.is_confirmed and table.table:
        return f"{table.agency}, {table.table}: {title}"
    return f"{table.agency}: {title}"
