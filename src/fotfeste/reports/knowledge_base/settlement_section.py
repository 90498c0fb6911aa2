"""Settlement and retention: what the theme has in common with the others, and who has stayed."""

from __future__ import annotations

from dataclasses import replace

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Table
from fotfeste.reports.knowledge_base.telling import Telling, bullets, paragraph
from fotfeste.reports.profiles.overviews import settlement_by_year
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.series.residence import DATASET, about_cohort

TIMES = {"0-4": msg("0–4 år"), "5+": msg("5 år og mer"), "all": msg("alle")}
RETENTION = "refugee_retention"
SETTLED = ("settlement", "settled_2023")
OUTCOMES = {
    "first_municipality": msg("i den første kommunen"),
    "same_county": msg("i en annen kommune i fylket"),
    "another_county": msg("i et annet fylke enn Oslo"),
    "oslo": msg("i Oslo"),
    "emigrated_or_dead": msg("utvandret eller død"),
    "other": msg("annet"),
}


def retention_blocks(telling: Telling) -> list[Block]:
    """Return requests, decisions and settled by year as a table, who stayed, and who moved here."""
    text, gathered = telling.text, telling.gathered
    blocks: list[Block] = []
    by_year = settlement_by_year(gathered.knowledge, gathered.place, telling.words)
    if by_year is not None:
        blocks.append(replace(by_year.data.table, source=_source(telling, *SETTLED)))
    blocks.append(Heading(2, text(msg("Blir de boende?")), "bosetting-bofasthet"))
    if gathered.cohorts:
        blocks.append(bullets([text(about_cohort(one, telling.name)) for one in gathered.cohorts]))
    else:
        blocks.append(
            paragraph(text(msg("Hvor mange av de bosatte som fortsatt bor her, kan ikke regnes ut.")))
        )
    blocks += [one for one in (_residents(telling), _outcomes(telling)) if one is not None]
    return blocks


def _residents(telling: Telling) -> Table | None:
    """Return refugees living here in the newest year, by residence time, and how many moved here after first settlement."""
    text, gathered = telling.text, telling.gathered
    newest = max((one.year for one in gathered.residents), default=0)
    if all(one.all.mark is Mark.MISSING for one in gathered.residents if one.year == newest):
        return None
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
    return Table(
        text(msg("Flyktninger i {place} i {year} etter botid", place=telling.name, year=str(newest))),
        heads,
        tuple(rows),
        note=text(msg("Hvor mange som har flyttet ut, er ikke med i noen av tallene.")),
        source=_source(telling, DATASET),
    )


def _outcomes(telling: Telling) -> Table | None:
    """Return where settled refugees of a county live later; only counties have such figures."""
    text, outcomes = telling.text, telling.gathered.outcomes
    rows: list[tuple[CellValue, ...]] = [
        (text(told), outcomes[name]) for name, told in OUTCOMES.items() if name in outcomes
    ]
    if not rows:
        return None
    return Table(
        text(msg("Hvor flyktninger bosatt i {place} bor senere", place=telling.name)),
        (Column(text(msg("Bor"))), Column(text(msg("Andel")), "percent", 0)),
        tuple(rows),
        note=text(msg("Kilden sier ikke hvilke år de ble bosatt, eller hvor mange år som er gått.")),
        source=_source(telling, RETENTION),
    )


def _source(telling: Telling, *datasets: str) -> str:
    """Return the sources of data sets on one line; nothing where the document does not use them."""
    found = [one for one in telling.gathered.sources if one.dataset in datasets]
    return " ".join(telling.source_told(one) for one in found)
