"""The table of a theme: every figure beside county, country and those alike, with what may be said of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fotfeste.messages import MINUS, msg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.reports.knowledge_base.telling import VERDICTS, Telling, told_of
from fotfeste.reports.profiles.overviews import by_name
from fotfeste.reports.profiles.shown import column_of, few_explained, is_comparable, shown, unit_of
from fotfeste.reports.profiles.values import Place
from fotfeste.statistics.figure import Figure, Mark, Number
from fotfeste.statistics.findings.values import Comparison, Verdict
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.public_figures import PublicFigure

EMPTY = ""
PERSONS = "personer"
SIGNS = "+" + MINUS
FEW = "†"
MOST_COLUMNS = 5
"""Indicators in a table of municipalities."""


def theme_table(telling: Telling, title: str, indicators: Sequence[Indicator]) -> Table:
    """Return one row for each indicator: own figure, county, country, those alike, and how it stands beside them."""
    text, gathered = telling.text, telling.gathered
    county = gathered.knowledge.county_of(gathered.place)
    heads = [
        Column(text(msg("Tall"))),
        Column(text(msg("Periode"))),
        Column(telling.name, "number"),
        *([Column(county.called(telling.words), "number")] if county else []),
        Column(gathered.knowledge.country.called(telling.words), "number"),
        Column(text(msg("Midt blant {alike}", alike=telling.alike)), "number"),
        Column(text(msg("Mot {alike}", alike=telling.alike))),
        Column(text(msg("Kilde"))),
    ]
    rows = tuple(_row(telling, one, county) for one in indicators)
    emphasis = {one.indicator.id for one in gathered.findings}
    return Table(
        title,
        tuple(heads),
        rows,
        emphasis=frozenset(place for place, one in enumerate(indicators) if one.id in emphasis),
        note=_note(telling, indicators),
    )


def _row(telling: Telling, one: Indicator, county: Place | None) -> tuple[CellValue, ...]:
    gathered, knowledge = telling.gathered, telling.gathered.knowledge
    comparison = gathered.comparisons.get(one.id)
    larger = is_comparable(one) or one.kind == "flag"
    cells = [_named(telling, one), telling.period_left(one), _marked(telling, one, gathered.place)]
    for other in (county, knowledge.country):
        if other is not None:
            unknown = knowledge.figure(one.id, other).figure.mark is Mark.MISSING
            cells.append(telling.shown(one, other.code) if larger and not unknown else EMPTY)
    cells += [_middle(telling, one, comparison), _verdict(telling, comparison), telling.marks([one.id])]
    return tuple(cells)


def _marked(telling: Telling, one: Indicator, place: Place) -> str:
    """Return a figure as it is shown, with the mark of those that rest on few people."""
    public = telling.gathered.knowledge.figure(one.id, place)
    shown = telling.shown(one, place.code)
    return f"{shown} {FEW}" if public.few and public.figure.value is not None else shown


def _few_told(telling: Telling, indicators: Sequence[Indicator], places: Sequence[Place]) -> str:
    """Return what the mark of few people means; empty where no figure has it."""
    knowledge = telling.gathered.knowledge
    figures = [knowledge.figure(one.id, place) for one in indicators for place in places]
    if not any(one.few and one.figure.value is not None for one in figures):
        return ""
    return f"{FEW} {telling.text(few_explained(knowledge))}"


def _named(telling: Telling, one: Indicator) -> str:
    """Return the name, with the unit where the figure does not carry it."""
    name, unit = telling.called(one), unit_of(one, telling.words)
    if one.kind in ("share", "flag", "class") or one.units["nb"] == PERSONS:
        return name
    if unit.casefold() in name.casefold():
        return name
    return f"{name} ({unit})"


def _middle(telling: Telling, one: Indicator, comparison: Comparison | None) -> str:
    """Return the median of those alike with the quartiles; empty where too few have a figure."""
    if comparison is None or comparison.alike is None:
        return EMPTY
    alike = comparison.alike
    median, lower, upper = (
        written(telling, one, value) for value in (alike.median, alike.lower, alike.upper)
    )
    if column_of(one).kind == "percent":
        lower = lower.rstrip("%\u00a0 ")
    joined = f"{lower} … {upper}" if lower[0] in SIGNS else f"{lower}–{upper}"
    return f"{median} ({joined})"


def written(telling: Telling, one: Indicator, value: Number) -> str:
    """Return a number as the tables write the figures of an indicator."""
    return shown(PublicFigure(Figure.observed(value)), one, telling.words).text


def _verdict(telling: Telling, comparison: Comparison | None) -> str:
    if comparison is None or comparison.beside_alike is None:
        return EMPTY
    told = telling.text(VERDICTS[comparison.beside_alike.verdict])
    if comparison.open_to_chance and comparison.beside_alike.verdict is not Verdict.UNTOLD:
        return telling.text(msg("{verdict} (få)", verdict=told))
    return told


def _note(telling: Telling, indicators: Sequence[Indicator]) -> str:
    """Return what the signs, the mark of few people and the column of those alike mean."""
    gathered, knowledge = telling.gathered, telling.gathered.knowledge
    text = telling.text
    county = knowledge.county_of(gathered.place)
    places = [gathered.place, *([county] if county else []), knowledge.country]
    figures = [
        (knowledge.figure(one.id, place).figure, one)
        for one in indicators
        for place in places
        if place is gathered.place or is_comparable(one)
    ]
    figures = [(figure, one) for figure, one in figures if figure.mark is not Mark.MISSING]
    parts = [told_of(figures, telling.words)]
    compared = [gathered.comparisons[one.id] for one in indicators if one.id in gathered.comparisons]
    if any(one.alike is not None for one in compared):
        parts.append(text(msg("I parentes: der den midterste halvdelen ligger.")))
    verdicts = {one.beside_alike.verdict for one in compared if one.beside_alike is not None}
    if Verdict.NOT_APART in verdicts:
        parts.append(text(msg("«Ikke klart»: forskjellen kan være tilfeldig.")))
    if any(one.open_to_chance for one in compared):
        parts.append(text(msg("«(få)»: tallet bygger på så få at tilfeldigheter kan flytte det mye.")))
    if Verdict.UNTOLD in verdicts:
        parts.append(
            text(
                msg(
                    "«Ikke vurdert»: tallet er skjult, eller det er ikke kjent hvor mye det kan svinge tilfeldig."
                )
            )
        )
    parts.append(_few_told(telling, indicators, [gathered.place]))
    if any(one.id in {found.indicator.id for found in gathered.findings} for one in indicators):
        parts.append(text(msg("Uthevede rader er blant funnene.")))
    return " ".join(part for part in parts if part)


def municipalities_table(telling: Telling, title: str, indicators: Sequence[Indicator]) -> Table | None:
    """Return the municipalities of a county from A to Å with a theme's foremost figures; ``None`` for other places."""
    gathered, knowledge = telling.gathered, telling.gathered.knowledge
    chosen = [one for one in indicators if one.level == "municipality" and one.kind != "flag"][:MOST_COLUMNS]
    if not gathered.several or not chosen:
        return None
    places = by_name(knowledge.inside(gathered.place))
    rows = tuple((one.name, *(_marked(telling, each, one) for each in chosen)) for one in places)
    figures = [(knowledge.figure(each.id, one).figure, each) for one in places for each in chosen]
    notes = (told_of(figures, telling.words), _few_told(telling, chosen, places))
    heads = tuple(Column(head, "number") for head in _heads(telling, chosen))
    county = tuple(telling.shown(each) for each in chosen)
    return Table(
        title,
        (Column(telling.text(msg("Kommune"))), *heads),
        (*rows, (telling.name, *county)),
        emphasis=frozenset({len(rows)}),
        note=" ".join(one for one in notes if one),
    )


def _heads(telling: Telling, indicators: Sequence[Indicator]) -> Iterator[str]:
    for one in indicators:
        left = telling.period_left(one)
        yield f"{telling.called(one)} ({left})" if left else telling.called(one)
