"""The pictures of the documents: each with a text that says what it shows, with the main figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fotfeste.messages import Message, msg
from fotfeste.reports import charts, maps, small_charts, svg
from fotfeste.reports.blocks import Picture
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import indicator_name, short_name, short_period, written
from fotfeste.reports.documents.sources_told import agencies, criteria_sources
from fotfeste.reports.documents.tables import shown_parts, status_note
from fotfeste.reports.documents.wording import requested, said
from fotfeste.reports.drawing import PAGE_WIDTH
from fotfeste.settlement.comparison import per_thousand
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Figure

NOT_IN_STRIP = frozenset({"old_age_share", "settled_per_1000_1y", "unemployment_share_2022"})
"""Indicators that stand in the workbook only: others say nearly the same, or they are old."""
CHART_HEIGHT, PAGE_HEIGHT, LEAST_WIDTH = 0.58, 1.31, 0.85
"""The height at which two charts fit a page, and one; and the least width of two on a page; in text widths."""
MAP_HEIGHT, LARGE_MAP_HEIGHT, FEWEST_ON_MAP, FEW_ON_MAP = 0.62, 1.02, 2, 20
"""The height of a map in text widths: below the table, or on a page of its own where there are many names."""
COMPARISON_WIDTH = 0.8
"""The width that lets the facts of a municipality stand on one page."""
MOST_ROWS = 48
"""Municipalities in one chart; a larger county gets its chart in parts of about equal length."""


def width_of(drawn: str) -> float:
    """Return the part of the text width at which a picture fits a page, or two do where the text stays readable."""
    wide, high = svg.size(drawn)
    paired = round(CHART_HEIGHT * wide / high, 2)
    return min(1.0, paired if paired >= LEAST_WIDTH else round(PAGE_HEIGHT * wide / high, 2))


def parts(basis: Basis) -> list[tuple[MunicipalityResult, ...]]:
    """Return the municipalities in groups that fit a page, each in the county's order."""
    number = -(-len(basis.results) // MOST_ROWS)
    size = -(-len(basis.results) // number)
    return [basis.results[start : start + size] for start in range(0, len(basis.results), size)]


def map_picture(basis: Basis) -> Picture | None:
    """Return the map of recommended numbers; ``None`` for one municipality alone, or when the outlines lack one."""
    title = basis.text(msg("Anbefalt bosetting i {year}", year=str(basis.year)))
    lines = [msg("{name} {count}.", name=one.name, count=one.recommended) for one in basis.results]
    first = msg("Kart over {county}. Jo mørkere kommune, jo flere personer.", county=basis.county)
    figures = {one.code: Figure.observed(one.recommended) for one in basis.results}
    return drawn_map(figures, title, first, lines, basis)


def drawn_map(
    figures: Mapping[str, Figure],
    title: str,
    first: Message,
    lines: list[Message],
    basis: Basis,
    *,
    places: int = 0,
) -> Picture | None:
    """Return a map of one figure per municipality (by code), told in ``first`` and ``lines``; ``None`` for one
    municipality alone, or when the outlines lack one. ``places`` is the number of decimals.

    Its figures rest on what the criteria count, so those are its sources, and after them whose the outlines are.
    """
    from fotfeste.regions.outlines import load_outlines

    if len(basis.results) < FEWEST_ON_MAP:
        return None
    outlines = load_outlines()
    rings = outlines.municipalities
    if any(one.code not in rings for one in basis.results):
        return None
    west, south, east, north = outlines.bounds(one.code for one in basis.results)
    height = MAP_HEIGHT if len(basis.results) <= FEW_ON_MAP else LARGE_MAP_HEIGHT
    width = min(1.0, height * (east - west) / (north - south))
    values = [maps.MapValue(one.code, one.name, figures[one.code]) for one in basis.results]
    description = _lines(lines, first, basis)
    drawn = maps.municipality_map(
        rings,
        values,
        basis.words,
        title=title,
        description=description,
        places=places,
        width=round(width * PAGE_WIDTH),
    )
    source = ". ".join(one for one in (criteria_sources(basis), basis.text(maps.BORDERS)) if one)
    return Picture(drawn, description, title, source, round(width, 2))


def contribution_pictures(basis: Basis) -> list[Picture]:
    """Return stacked bars of persons per criterion for every municipality."""
    series = [basis.criteria[row.id].name for row in shown_parts(basis) if row.kind == "criterion"]
    title = basis.text(msg("Personer per kriterium, og det anbefalte tallet"))
    pictures = []
    for group in parts(basis):
        rows = [
            charts.StackedRow(
                one.name,
                tuple(
                    Fraction(row.persons)
                    for row in basis.explanations[one.code].rows
                    if row.kind == "criterion"
                ),
                one.recommended,
            )
            for one in group
        ]
        description = _lines(
            [
                msg(
                    "{name}: {ideal} personer etter kriteriene, {count} anbefalt.",
                    name=one.name,
                    ideal=basis.words.number(basis.explanations[one.code].ideal, 1),
                    count=one.recommended,
                )
                for one in group
            ],
            msg("Stolper delt etter kriteriene {names}.", names=basis.words.join(series)),
            basis,
        )
        drawn = charts.persons_by_criterion(
            rows, series, basis.text(msg("Anbefalt")), basis.words, title=title, description=description
        )
        pictures.append(Picture(drawn, description, part_caption(title, group, basis), width=width_of(drawn)))
    return pictures


def last_year_pictures(basis: Basis) -> list[Picture]:
    """Return the recommended number beside last year's request, decision and settled."""
    title = basis.text(
        msg("Anbefalt i {year} ved siden av {last}", year=str(basis.year), last=str(basis.last_year))
    )
    series = [basis.text(name) for name in (msg("Anmodet"), msg("Vedtatt"), msg("Bosatt"))]
    pictures = []
    for group in parts(basis):
        rows = []
        lines = []
        for one in group:
            last = basis.last(one)
            rows.append(
                charts.ComparedRow(one.name, one.recommended, (last.requested, last.decided, last.settled))
            )
            lines.append(
                msg(
                    "{name}: anbefalt {count}, {asked}, vedtatt {decided}, bosatt {settled}.",
                    name=one.name,
                    count=one.recommended,
                    asked=requested(last.requested),
                    decided=said(last.decided),
                    settled=said(last.settled),
                )
            )
        first = msg("Punkter for hver kommune: anbefalt, og tallene for {year}.", year=str(basis.last_year))
        description = _lines(lines, first, basis)
        drawn = charts.compared_with_last_year(
            rows, basis.text(msg("Anbefalt")), series, basis.words, title=title, description=description
        )
        caption = ". ".join(text for text in (part_caption(title, group, basis), status_note(basis)) if text)
        pictures.append(Picture(drawn, description, caption, agencies(basis, "settle"), width_of(drawn)))
    return pictures


def per_thousand_pictures(basis: Basis) -> list[Picture]:
    """Return bars of recommended persons per 1 000 inhabitants, with the county's own level as a line."""
    title = basis.text(msg("Anbefalt per 1 000 innbyggere"))
    pictures = []
    for group in parts(basis):
        figures = [(one, per_thousand(one.recommended, one.facts.population)) for one in group]
        rows = [charts.FigureRow(one.name, figure) for one, figure in figures]
        lines = [
            msg("{name} {value}.", name=one.name, value=basis.words.number(figure.value, 1))
            for one, figure in figures
            if figure.value is not None
        ]
        level = basis.county_per_thousand
        shown = "" if level.value is None else basis.words.number(level.value, 1)
        description = _lines(
            lines, msg("Stolper per kommune. {county}: {value}.", county=basis.county, value=shown), basis
        )
        drawn = charts.per_thousand(
            rows, level, basis.county, basis.words, title=title, description=description
        )
        pictures.append(Picture(drawn, description, part_caption(title, group, basis), width=width_of(drawn)))
    return pictures


def interval_picture(basis: Basis) -> Picture | None:
    """Return the numbers that hidden figures could change, each with its range; ``None`` when there are none."""
    open_numbers = [(one, one.possible) for one in basis.results if one.possible is not None]
    if not open_numbers:
        return None
    rows = [charts.IntervalRow(one.name, low, high, one.recommended) for one, (low, high) in open_numbers]
    title = basis.text(msg("Hvor langt skjulte tall kan flytte anbefalingen"))
    lines = [
        msg(
            "{name}: anbefalt {count}, mulig {low} til {high}.",
            name=one.name,
            count=one.recommended,
            low=low,
            high=high,
        )
        for one, (low, high) in open_numbers
    ]
    description = _lines(lines, msg("Punkt med spenn for hver kommune."), basis)
    drawn = charts.intervals(rows, basis.words, title=title, description=description)
    return Picture(drawn, description, title)


def comparison_picture(one: MunicipalityResult, basis: Basis) -> Picture | None:
    """Return the municipality's shares and rates beside county, country and municipalities alike."""
    rows = []
    lines = []
    for found in one.facts.indicators:
        named = indicator_name(found.indicator, basis.locale)
        if found.indicator in NOT_IN_STRIP or named.count or not found.own.known:
            continue
        label = f"{short_name(found.indicator, basis.locale)}, {short_period(found.period)}"
        rows.append(
            small_charts.StripRow(
                label, found.own, (found.county, found.country, found.alike), named.percent, named.decimals
            )
        )
        lines.append(msg("{name}: {value}.", name=label, value=written(found.own, found.indicator, basis)))
    if not rows:
        return None
    title = basis.text(msg("{name} ved siden av fylket, landet og kommuner som ligner", name=one.name))
    others = [basis.county, basis.text(msg("Landet")), basis.text(msg("Lignende kommuner (median)"))]
    description = _lines(
        lines, msg("Én linje per indikator, med punkter for {name} og de andre.", name=one.name), basis
    )
    drawn = small_charts.comparison(rows, one.name, others, basis.words, title=title, description=description)
    return Picture(drawn, description, title, width=COMPARISON_WIDTH)


def _lines(lines: list[Message], first: Message, basis: Basis) -> str:
    return " ".join(basis.text(line) for line in (first, *lines))


def part_caption(title: str, group: tuple[MunicipalityResult, ...], basis: Basis) -> str:
    """Return the caption of a picture of some municipalities: which of them, where they are not all."""
    if len(group) == len(basis.results):
        return title
    return basis.text(
        msg("{title}: {first} til {last}", title=title, first=group[0].name, last=group[-1].name)
    )
