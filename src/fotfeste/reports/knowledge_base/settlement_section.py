"""Settlement and retention: what the theme has in common with the others, and who has stayed."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Table
from fotfeste.reports.knowledge_base.telling import Telling, bullets, paragraph
from fotfeste.reports.profiles.overviews import settlement_by_year
from fotfeste.statistics.series.residence import DATASET, about_cohort
from fotfeste.statistics.sources import Source

TIMES = {"0-4": msg("0–4 år"), "5+": msg("5 år og mer"), "all": msg("alle")}


def retention_blocks(telling: Telling) -> list[Block]:
    """Return requests, decisions and settled by year as a table, who stayed, and who moved here."""
    text, gathered = telling.text, telling.gathered
    blocks: list[Block] = []
    by_year = settlement_by_year(gathered.knowledge, gathered.place, telling.words)
    if by_year is not None:
        blocks.append(by_year.data.table)
    blocks.append(Heading(2, text(msg("Blir de boende?")), "bosetting-bofasthet"))
    if gathered.cohorts:
        blocks.append(bullets([text(about_cohort(one, telling.name)) for one in gathered.cohorts]))
    else:
        blocks.append(
            paragraph(text(msg("Hvor mange av de bosatte som fortsatt bor her, kan ikke regnes ut.")))
        )
    residents = _residents(telling)
    if residents is not None:
        blocks.append(residents)
    return blocks


def _residents(telling: Telling) -> Table | None:
    """Return refugees living here in the newest year, by residence time, and how many moved here after first settlement."""
    text, gathered = telling.text, telling.gathered
    if not gathered.residents:
        return None
    newest = max(one.year for one in gathered.residents)
    rows: list[tuple[CellValue, ...]] = [
        (text(TIMES[one.residence_time]), one.all, one.settled_here, one.moved_here, one.moved_share)
        for one in gathered.residents
        if one.year == newest
    ]
    heads = (
        Column(text(msg("Botid i Norge"))),
        Column(text(msg("Flyktninger")), "number"),
        Column(text(msg("Først bosatt i kommunen")), "number"),
        Column(text(msg("Flyttet hit senere")), "number"),
        Column(text(msg("Andel flyttet hit")), "percent"),
    )
    source = next((one for one in gathered.sources if one.dataset == DATASET), None)
    return Table(
        text(msg("Flyktninger i {place} i {year} etter botid", place=telling.name, year=str(newest))),
        heads,
        tuple(rows),
        note=text(msg("Hvor mange som har flyttet ut, er ikke med i noen av tallene.")),
        source=_source(telling, source),
    )


def _source(telling: Telling, source: Source | None) -> str:
    return "" if source is None else telling.source_told(source)
