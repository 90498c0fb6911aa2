"""Maps of an indicator year by year, with the same classes in all years, so that they can be held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from fotfeste.messages import Language, Translated, msg
from fotfeste.reports.blocks import CellValue, Column
from fotfeste.reports.maps import BORDERS
from fotfeste.reports.pages.breaks import breaks_told
from fotfeste.reports.pages.series import shown_point, status_told, when_told
from fotfeste.reports.profiles.charts import order_of
from fotfeste.reports.profiles.indicator_views import on_map
from fotfeste.reports.profiles.judged import series
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.map_classes import MapClass, as_written, classes_of
from fotfeste.reports.profiles.place_maps import MapPlace, decimals_on_map, place_map
from fotfeste.reports.profiles.shown import column_of, shown_name, source_lines
from fotfeste.reports.profiles.values import DataColumn, DataTable, Drawing, Place
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.series.values import Series, When
from fotfeste.statistics.series.yearly import has_series

FEWEST_PLACES = 2


@dataclass(frozen=True, slots=True)
class YearMap:
    """The municipalities at one time: the map, the table of that time, and the data of all times.

    ``times`` are those that can be chosen, oldest first, each as it stands in an address and as it is read.
    """

    name: str
    when: str
    told: str
    times: tuple[tuple[str, str], ...]
    drawing: Drawing
    data: DataTable


def times_of(knowledge: Knowledge, indicator: Indicator, place: Place) -> tuple[When, ...]:
    """Return the times that the map of a place can show, oldest first; none where the indicator is not followed."""
    several = on_map(knowledge, place)
    if not has_series(indicator.id) or len(several) < FEWEST_PLACES:
        return ()
    known: dict[When, int] = {}
    for one in _all(knowledge, indicator, several).values():
        for point in one.points:
            known[point.when] = known.get(point.when, 0) + (point.figure.low is not None)
    return tuple(sorted(when for when, number in known.items() if number >= FEWEST_PLACES))


def written(when: When) -> str:
    """Return a time as it stands in an address: ``2021``, ``2022-03``."""
    return f"{when[0]}-{when[1]:02}" if when[1] else str(when[0])


def _told(when: When, unfinished: Mapping[When, str], words: Language) -> str:
    """Return a time as a page tells it, with how far a year that had not ended had come."""
    told = when_told(when, words)
    if when not in unfinished:
        return told
    return words.text(msg("{when} ({status})", when=told, status=status_told(unfinished[when], words)))


def year_map(
    knowledge: Knowledge, place: Place, indicator: Indicator, asked: str, words: Language
) -> YearMap | None:
    """Return the map of the time that is ``asked`` for, or of the newest; ``None`` where there is nothing to show."""
    times = times_of(knowledge, indicator, place)
    if not times:
        return None
    when = next((one for one in times if written(one) == asked), times[-1])
    several = on_map(knowledge, place)
    found = _all(knowledge, indicator, several)
    shown = [
        MapPlace(one.code, one.name, shown_point(knowledge, indicator, found[one.code].at(when), words))
        for one in several
    ]
    where = knowledge.places[place.county_code] if place.kind == "municipality" else place
    unfinished = {
        point.when: point.status for each in found.values() for point in each.points if point.status
    }
    told_when = _told(when, unfinished, words)
    title = words.text(
        msg(
            "{name} i kommunene i {place}, {when}",
            name=_name(found),
            place=where.called(words),
            when=told_when,
        )
    )
    finding = _finding(shown, told_when, words)
    below = _below(knowledge, indicator, where, when, times[-1], words)
    drawn = place_map(
        shown,
        indicator,
        words,
        marked="" if place.alone else place.code,
        title=title,
        told=f"{title}. {finding} {' '.join(below)}".strip(),
        classes=_classes(knowledge, indicator, place, found, words),
    )
    sources = source_lines(knowledge, [indicator.id], words)
    drawing = Drawing(
        drawn, title, f"{title}. {finding}", "", sources, below=(*below, words.text(BORDERS)), finding=finding
    )
    return YearMap(
        words.text(_name(found)),
        written(when),
        told_when,
        tuple((written(one), _told(one, unfinished, words)) for one in times),
        drawing,
        _data(knowledge, indicator, place, several, found, when, title, words),
    )


def all_times(knowledge: Knowledge, place: Place, indicator: Indicator, words: Language) -> DataTable:
    """Return the figures of every municipality on the map at every time, as long data for files."""
    several = on_map(knowledge, place)
    found = _all(knowledge, indicator, several)
    rows: list[tuple[CellValue, ...]] = []
    links = []
    for one in several:
        for point in found[one.code].points:
            rows.append(
                (
                    one.name,
                    one.code,
                    when_told(point.when, words),
                    point.when[0],
                    point.when[1] or None,
                    point.figure,
                )
            )
            links.append(one.code)
    return DataTable(
        f"{indicator.id}-{place.code}-alle-aar",
        words.text(msg("{name} over tid", name=_name(found))),
        (
            DataColumn("place_name", Column(words.text(msg("Kommune")))),
            DataColumn("place", Column(words.text(msg("Nummer")))),
            DataColumn("time", Column(words.text(msg("Tid"))), for_people=True),
            DataColumn("year", Column("year"), for_machines=True),
            DataColumn("month", Column("month"), for_machines=True),
            DataColumn("value", column_of(indicator, shown_name(indicator, knowledge, words))),
        ),
        tuple(rows),
        tuple(links),
        sources=source_lines(knowledge, [indicator.id], words),
    )


def _all(knowledge: Knowledge, indicator: Indicator, several: Sequence[Place]) -> dict[str, Series]:
    return {one.code: series(knowledge, indicator.id, one.code) for one in several}


def _name(found: Mapping[str, Series]) -> Translated:
    """Return what the indicator is called over time."""
    return next(iter(found.values())).name


def _classes(
    knowledge: Knowledge, indicator: Indicator, place: Place, found: Mapping[str, Series], words: Language
) -> tuple[MapClass, ...]:
    """Return the classes that hold for all times of the map; kept with ``knowledge``."""
    scope = place.code if place.kind != "municipality" else place.county_code
    key = ("classes", indicator.id, scope, words.locale)
    if key not in knowledge.remembered:
        decimals = decimals_on_map(indicator)
        every = [as_written(point.figure, decimals) for one in found.values() for point in one.points]
        knowledge.remembered[key] = classes_of(every, indicator, decimals, words)
    return cast("tuple[MapClass, ...]", knowledge.remembered[key])


def _finding(shown: Sequence[MapPlace], when: str, words: Language) -> str:
    """Return where the figure was highest and lowest among those that are shown."""
    ordered = sorted(
        (one for one in shown if one.shown.figure.value is not None), key=lambda one: order_of(one.shown)
    )
    if len(ordered) < FEWEST_PLACES:
        return words.text(msg("For {when} kan nesten ingen tall vises.", when=when))
    high, low = ordered[0], ordered[-1]
    if high.shown.text == low.shown.text:
        return words.text(
            msg("I {when} var tallet det samme overalt: {value}.", when=when, value=high.shown.said)
        )
    return words.text(
        msg(
            "I {when} var tallet høyest i {high} ({most}) og lavest i {low} ({least}), av dem som vises.",
            when=when,
            high=high.name,
            most=high.shown.said,
            low=low.name,
            least=low.shown.said,
        )
    )


def _below(
    knowledge: Knowledge, indicator: Indicator, where: Place, when: When, newest: When, words: Language
) -> tuple[str, ...]:
    """Return the breaks between this time and the newest, across which figures are not to be compared."""
    own = series(knowledge, indicator.id, where.code)
    between = [
        one
        for one in own.breaks
        if one.between is not None and not one.bridged and when < one.between[1] <= newest
    ]
    return breaks_told(between, words)


def _data(
    knowledge: Knowledge,
    indicator: Indicator,
    place: Place,
    several: Sequence[Place],
    found: Mapping[str, Series],
    when: When,
    title: str,
    words: Language,
) -> DataTable:
    rows = []
    for one in several:
        point = found[one.code].at(when)
        rows.append((one.name, one.code, Figure.missing() if point is None else point.figure))
    return DataTable(
        f"{indicator.id}-{place.code}-{written(when)}",
        title,
        (
            DataColumn("place_name", Column(words.text(msg("Kommune")))),
            DataColumn("place", Column(words.text(msg("Nummer")))),
            DataColumn("value", column_of(indicator, when_told(when, words))),
        ),
        tuple(rows),
        tuple(one.code for one in several),
        frozenset(at for at, one in enumerate(several) if one == place),
        sources=source_lines(knowledge, [indicator.id], words),
    )
