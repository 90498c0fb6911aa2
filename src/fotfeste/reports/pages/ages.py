"""People by age and sex: a place as bars, a larger place beside it as an outline, both as shares of all who live there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import CellValue, Column
from fotfeste.reports.drawing import (
    BLUE_DARK,
    INK,
    LINE,
    ORANGE,
    QUIET,
    WHITE,
    Canvas,
    Fill,
    scale,
)
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.shown import source_lines
from fotfeste.reports.profiles.values import DataColumn, DataTable, Drawing, Place
from fotfeste.statistics.figure import Figure

DATASET, INDICATOR = "population", "median_age"
"""People by one-year age, and an indicator that is made of them: it has the same source."""
SEXES = ("male", "female")
STEP, OLDEST = 5, 90
WIDTH, ROW = 420.0, 17.0
OWN = {"male": Fill(BLUE_DARK), "female": Fill("#8cc4ea", "up", "#2f6f9f")}
MIDDLE = 54.0
"""Room for the names of the age groups between the two sides."""

Ages = Mapping[tuple[str, str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class AgeView:
    """People by age: the picture, the data behind it, the year and those that can be chosen, and the place beside."""

    year: int
    years: tuple[int, ...]
    beside: Place | None
    drawing: Drawing
    data: DataTable


def age_view(
    knowledge: Knowledge, place: Place, asked: str, words: Language, beside: str = ""
) -> AgeView | None:
    """Return people by age and sex on 1 January of the year that is ``asked`` for, or of the newest.

    ``beside`` is ``0`` for the country; otherwise a municipality stands beside its county, and a county beside the country.
    """
    years = _years(knowledge)
    if not years:
        return None
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[-1]
    county = knowledge.county_of(place)
    other = (
        None if place.kind == "country" else knowledge.country if beside == "0" or county is None else county
    )
    own, estimated = _groups(knowledge, place, year)
    theirs = None if other is None else _groups(knowledge, other, year)[0]
    if not sum(sum(own[sex]) for sex in SEXES):
        return None
    title = words.text(
        msg(
            "Innbyggere etter alder og kjønn i {place}, 1. januar {year}",
            place=place.called(words),
            year=str(year),
        )
    )
    finding = _finding(place, other, own, theirs, words)
    drawn = _draw(place, other, own, theirs, words, title, f"{title}. {finding}")
    sources = source_lines(knowledge, [INDICATOR], words)
    note = words.text(msg("Tallene er beregnet, fordi kommunen er delt etter {year}.", year=str(year)))
    drawing = Drawing(
        drawn, title, f"{title}. {finding}", "", sources, below=(note,) if estimated else (), finding=finding
    )
    return AgeView(
        year, years, other, drawing, _data(place, other, own, theirs, title, estimated, year, words, drawing)
    )


def _years(knowledge: Knowledge) -> tuple[int, ...]:
    return tuple(year for year, _ in knowledge.people(knowledge.country) if year <= knowledge.today.year)


def _ages(knowledge: Knowledge, year: int) -> tuple[Ages, frozenset[str]]:
    """Return people by municipality and sex in age groups, and the municipalities whose figures are estimates; kept."""
    import polars as pl

    key = ("ages", str(year))
    if key not in knowledge.remembered:
        group = (pl.col("age") // STEP).clip(upper_bound=OLDEST // STEP).alias("group")
        table = (
            knowledge.store.scan(DATASET)
            .filter(pl.col("year") == year)
            .group_by("code", "sex", group)
            .agg(pl.col("value").sum(), pl.col("estimated").any())
            .collect()
        )
        found: dict[tuple[str, str], list[int]] = {}
        estimated = set()
        for code, sex, at, people, made in table.iter_rows():
            found.setdefault((code, sex), [0] * (OLDEST // STEP + 1))[at] += people or 0
            if made:
                estimated.add(code)
        kept = {one: tuple(counts) for one, counts in found.items()}
        knowledge.remembered[key] = (kept, frozenset(estimated))
    return cast("tuple[Ages, frozenset[str]]", knowledge.remembered[key])


def _groups(knowledge: Knowledge, place: Place, year: int) -> tuple[dict[str, tuple[int, ...]], bool]:
    by_code, estimated = _ages(knowledge, year)
    codes = knowledge.counts.inside(place.code)
    none = (0,) * (OLDEST // STEP + 1)
    found = {
        sex: tuple(map(sum, zip(*(by_code.get((code, sex), none) for code in codes), strict=True)))
        for sex in SEXES
    }
    return found, any(code in estimated for code in codes)


def _named(at: int) -> str:
    first = at * STEP
    return f"{first}+" if first >= OLDEST else f"{first}–{first + STEP - 1}"


def _share(groups: Mapping[str, tuple[int, ...]], first: int, last: int) -> Fraction:
    everyone = sum(sum(groups[sex]) for sex in SEXES)
    some = sum(groups[sex][at] for sex in SEXES for at in range(first // STEP, min(last, OLDEST) // STEP + 1))
    return Fraction(some, everyone) if everyone else Fraction(0)


def _finding(
    place: Place,
    other: Place | None,
    own: Mapping[str, tuple[int, ...]],
    theirs: Mapping[str, tuple[int, ...]] | None,
    words: Language,
) -> str:
    """Return the shares of children, of those in working age and of the old, beside those of the larger place."""
    spans = ((0, 19), (20, 64), (65, 200))
    mine = [words.percent(_share(own, *span)) for span in spans]
    if other is None or theirs is None:
        return words.text(
            msg(
                "I {place} er {young} under 20 år, {middle} 20–64 år og {old} 65 år eller eldre.",
                place=place.called(words),
                young=mine[0],
                middle=mine[1],
                old=mine[2],
            )
        )
    also = [words.percent(_share(theirs, *span)) for span in spans]
    return words.text(
        msg(
            "I {place} er {young} under 20 år, {middle} 20–64 år og {old} 65 år eller eldre; i {other} {young2}, {middle2} "
            "og {old2}.",
            place=place.called(words),
            young=mine[0],
            middle=mine[1],
            old=mine[2],
            other=other.called(words),
            young2=also[0],
            middle2=also[1],
            old2=also[2],
        )
    )


def _draw(
    place: Place,
    other: Place | None,
    own: Mapping[str, tuple[int, ...]],
    theirs: Mapping[str, tuple[int, ...]] | None,
    words: Language,
    title: str,
    told: str,
) -> str:
    canvas = Canvas(WIDTH, 0)
    name = place.called(words)
    keys: list[tuple[str, Fill]] = [
        (words.text(msg("menn i {place}", place=name)), OWN["male"]),
        (words.text(msg("kvinner i {place}", place=name)), OWN["female"]),
    ]
    top = canvas.legend(keys, 0, 0, WIDTH) + 4
    if other is not None:
        canvas.line(0, top + 8, 22, top + 8, ORANGE, 2.5)
        canvas.text(28, top + 12, words.text(msg("{place}, samme andel", place=other.called(words))))
        top += 22
    shares = {sex: _shares(own, sex) for sex in SEXES}
    beside = {sex: _shares(theirs, sex) for sex in SEXES} if theirs is not None else None
    most = max(
        max(max(shares[sex]) for sex in SEXES), *(max(beside[sex]) for sex in SEXES) if beside else (0.0,)
    )
    centre, half = WIDTH / 2, (WIDTH - MIDDLE) / 2 - 10
    outwards = scale(0, most, 0, half, 4)
    rows = OLDEST // STEP + 1
    bottom = top + rows * ROW
    for sign in (-1, 1):
        for tick in outwards.ticks:
            x = centre + sign * (MIDDLE / 2 + outwards(tick))
            canvas.line(x, top, x, bottom, QUIET if tick == 0 else LINE)
            told_tick = words.percent(tick / 100, 1 if tick.denominator > 1 else 0)
            canvas.text(x, bottom + 16, told_tick, anchor="middle", size=11, colour=QUIET)
    for sex, sign in (("male", -1), ("female", 1)):
        for at in range(rows):
            y = top + (rows - 1 - at) * ROW
            wide = outwards(shares[sex][at])
            start = centre + sign * MIDDLE / 2
            canvas.rect(start - wide if sign < 0 else start, y + 1.5, wide, ROW - 3, OWN[sex])
        if beside is not None:
            line = []
            for at in range(rows):
                x = centre + sign * (MIDDLE / 2 + outwards(beside[sex][at]))
                y = top + (rows - 1 - at) * ROW
                line += [(x, y + ROW), (x, y)]
            canvas.polyline(line, WHITE, 4)
            canvas.polyline(line, ORANGE, 2.2)
    for at in range(rows):
        y = top + (rows - 1 - at) * ROW + 12.5
        canvas.text(centre, y, _named(at), anchor="middle", size=11, colour=INK)
    canvas.height = bottom + 24
    return canvas.picture(title, told)


def _shares(groups: Mapping[str, tuple[int, ...]], sex: str) -> list[float]:
    """Return per cent of all people, of both sexes, in each age group of one sex."""
    everyone = sum(sum(groups[one]) for one in SEXES)
    return [100 * count / everyone if everyone else 0.0 for count in groups[sex]]


def _data(
    place: Place,
    other: Place | None,
    own: Mapping[str, tuple[int, ...]],
    theirs: Mapping[str, tuple[int, ...]] | None,
    title: str,
    estimated: bool,
    year: int,
    words: Language,
    drawing: Drawing,
) -> DataTable:
    text = words.text
    everyone = sum(sum(own[sex]) for sex in SEXES)
    larger = 0 if theirs is None else sum(sum(theirs[sex]) for sex in SEXES)
    rows: list[tuple[CellValue, ...]] = []
    for at in range(OLDEST // STEP + 1):
        counts = [own[sex][at] for sex in SEXES]
        cells: list[CellValue] = [
            _named(at),
            year,
            *(Figure.observed(one, estimated=estimated) for one in counts),
            *(Figure.observed(Fraction(one, everyone), estimated=estimated) for one in counts),
        ]
        if theirs is not None and larger:
            cells += [Figure.observed(Fraction(theirs[sex][at], larger)) for sex in SEXES]
        rows.append(tuple(cells))
    named = {"male": msg("Menn"), "female": msg("Kvinner")}
    share = {"male": msg("Menn, andel"), "female": msg("Kvinner, andel")}
    called = "" if other is None else other.called(words)
    beside = {
        "male": msg("Menn, andel i {place}", place=called),
        "female": msg("Kvinner, andel i {place}", place=called),
    }
    return DataTable(
        f"alder-{place.code}-{year}",
        title,
        (
            DataColumn("age", Column(text(msg("Alder")))),
            DataColumn("year", Column("year"), for_machines=True),
            *(DataColumn(sex, Column(text(named[sex]), "number")) for sex in SEXES),
            *(DataColumn(f"{sex}_share", Column(text(share[sex]), "percent", 1)) for sex in SEXES),
            *(
                (DataColumn(f"{sex}_share_beside", Column(text(beside[sex]), "percent", 1)) for sex in SEXES)
                if theirs is not None
                else ()
            ),
        ),
        tuple(rows),
        sources=drawing.sources,
    )
