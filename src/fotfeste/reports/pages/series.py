"""An indicator of a place over time, as a page shows it: what changed, the chart with its breaks, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from fotfeste.messages import Language, Message, msg
from fotfeste.reports.blocks import CellValue, Column
from fotfeste.reports.pages.breaks import breaks_told
from fotfeste.reports.pages.series_chart import ChartBreak, ChartLine, LineRun, series_chart
from fotfeste.reports.profiles.judged import series, trends
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.shown import column_of, is_comparable, shown, shown_name, source_lines
from fotfeste.reports.profiles.values import DataColumn, DataTable, Drawing, Place, Shown
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words
from fotfeste.statistics.public_figures import RATES, FewPeople, PublicFigure
from fotfeste.statistics.series.sentences import about_trend
from fotfeste.statistics.series.values import Break, Point, Series, When
from fotfeste.statistics.series.yearly import has_series

FEWEST_POINTS = 2
CLOSE = 0.03
"""Bounds closer than so much of the height of the picture are drawn as one point."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SeriesView:
    """An indicator over time: what can be said of its change, the chart, the data, and the breaks in words."""

    name: str
    sentence: str
    drawing: Drawing
    data: DataTable
    breaks: tuple[str, ...]


def series_view(
    knowledge: Knowledge, place: Place, indicator: Indicator, words: Language
) -> SeriesView | None:
    """Return an indicator of a place over time; ``None`` without two times that have a figure or bounds."""
    if not has_series(indicator.id):
        return None
    own = from_first_told(series(knowledge, indicator.id, place.code))
    if sum(_told(one.figure) for one in own.points) < FEWEST_POINTS:
        return None
    several = [(place, own)]
    if is_comparable(indicator):
        county = knowledge.county_of(place)
        larger = [one for one in (county, knowledge.country) if one is not None and one != place]
        several += [
            (one, since(series(knowledge, indicator.id, one.code), own.points[0].when)) for one in larger
        ]
    sentence = words.text(about_trend(trends(knowledge, place)[indicator.id]))
    letters = _letters(own)
    told = breaks_told(own.breaks, words)
    return SeriesView(
        shown_name(indicator, knowledge, words),
        sentence,
        _drawing(knowledge, indicator, several, letters, told, sentence, words),
        _data(knowledge, indicator, several, letters, words),
        told,
    )


def when_told(when: When, words: Language) -> str:
    """Return a year, or a month of one, as it is written beside a figure."""
    year, month = when
    return in_words(f"{month}.{year}", words) if month else str(year)


def shown_point(knowledge: Knowledge, indicator: Indicator, point: Point | None, words: Language) -> Shown:
    """Return a figure of a series for the reader."""
    if point is None:
        return shown(PublicFigure(Figure.missing()), indicator, words)
    few = indicator.kind in RATES and _few(point, knowledge.limits)
    return shown(PublicFigure(point.figure, few), indicator, words, several=True)


def _few(point: Point, limits: FewPeople) -> bool:
    if point.figure.mark not in (Mark.OBSERVED, Mark.SUPPRESSED):
        return False
    if point.base is not None and point.base.low is not None and point.base.low < limits.base:
        return True
    return point.count.high is not None and 0 < point.count.high < limits.counted


def _told(figure: Figure) -> bool:
    return figure.value is not None or (figure.low is not None and bool(figure.high))


def _letters(own: Series) -> dict[str, str]:
    """Return the letter of each break that falls somewhere in the series."""
    ids = dict.fromkeys(one.id for one in own.breaks if one.between is not None)
    return dict(zip(ids, LETTERS, strict=False))


def from_first_told(found: Series) -> Series:
    """Return a series without the times before the first that has a figure or bounds."""
    first = next((one.when for one in found.points if _told(one.figure)), None)
    return found if first is None else since(found, first)


def since(found: Series, first: When) -> Series:
    """Return a series from a time on."""
    kept = tuple(one for one in found.points if one.when >= first)
    breaks = tuple(one for one in found.breaks if one.between is None or one.between[1] > first)
    return replace(found, points=kept, breaks=breaks)


def _at(when: When) -> float:
    return when[0] + (when[1] - 1) / 12 if when[1] else float(when[0])


def _drawing(
    knowledge: Knowledge,
    indicator: Indicator,
    several: Sequence[tuple[Place, Series]],
    letters: dict[str, str],
    breaks: Sequence[str],
    sentence: str,
    words: Language,
) -> Drawing:
    place, own = several[0]
    first, last = own.points[0], own.points[-1]
    title = words.text(
        msg(
            "{name} i {place}, {first}–{last}",
            name=own.name,
            place=place.called(words),
            first=when_told(first.when, words),
            last=when_told(last.when, words),
        )
    )
    points = "; ".join(
        words.text(
            msg(
                "{when}: {value}",
                when=when_told(one.when, words),
                value=shown_point(knowledge, indicator, one, words).said,
            )
        )
        for one in own.points
    )
    told = f"{title}. {points}. {' '.join(breaks)}".strip()
    most = max(float(one.figure.high or 0) for _, found in several for one in found.points)
    lines = [_line(knowledge, indicator, where, found, most, words) for where, found in several]
    drawn = series_chart(
        [lines[0], *(one for one in lines[1:] if one.newest)],
        _marked(own.breaks, letters),
        [(_at(one.when), when_told(one.when, words)) for one in own.points],
        words,
        may_zoom=indicator.kind == "count",
        title=title,
        told=told,
    )
    lettered = [
        words.text(msg("{letter}: {told}", letter=letters[one.id], told=text))
        for one, text in zip(_each_once(own.breaks), breaks, strict=True)
        if one.id in letters
    ]
    rest = [text for one, text in zip(_each_once(own.breaks), breaks, strict=True) if one.id not in letters]
    sources = source_lines(knowledge, [indicator.id], words)
    figures = tuple(one.figure for one in own.points)
    return Drawing(drawn, title, told, "", sources, figures, (*lettered, *rest), sentence)


def status_told(written: str, words: Language) -> Message:
    """Return how far a year that had not ended had come; ``written`` is the ISO date."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return msg("ikke hele året")
    return msg("per {day}", day=words.short_date(day))


def _each_once(several: Sequence[Break]) -> list[Break]:
    found: dict[str, Break] = {}
    for one in several:
        found.setdefault(one.id, one)
    return list(found.values())


def _marked(several: Sequence[Break], letters: dict[str, str]) -> list[ChartBreak]:
    """Return the breaks by where they fall; those that fall together share a line."""
    at: dict[float, list[Break]] = {}
    for one in several:
        if one.between is not None:
            at.setdefault((_at(one.between[0]) + _at(one.between[1])) / 2, []).append(one)
    return [
        ChartBreak(
            place,
            "\u00a0".join(dict.fromkeys(letters[one.id] for one in found)),
            all(one.bridged for one in found),
        )
        for place, found in sorted(at.items())
    ]


def _line(
    knowledge: Knowledge, indicator: Indicator, place: Place, found: Series, most: float, words: Language
) -> ChartLine:
    """Return the line of a place; it has no newest figure where nothing of it can be drawn."""
    hundred = 100 if indicator.kind == "share" else 1
    runs = tuple(
        LineRun(
            tuple((_at(one.when), _to_draw(one.figure, most).times(hundred)) for one in run),
            frozenset(_at(one.when) for one in run if one.status is not None),
        )
        for run in found.runs
    )
    known = [one for one in found.points if _to_draw(one.figure, most).value is not None]
    newest = shown_point(knowledge, indicator, known[-1], words).text if known else ""
    return ChartLine(place.called(words), runs, newest)


def _to_draw(figure: Figure, most: float) -> Figure:
    """Return a sum whose bounds are closer than the picture can show as their middle, so that its line is whole."""
    if figure.value is not None or figure.low is None or figure.high is None:
        return figure
    if float(figure.high - figure.low) > CLOSE * most:
        return figure
    return Figure.observed((Fraction(figure.low) + Fraction(figure.high)) / 2)


def _data(
    knowledge: Knowledge,
    indicator: Indicator,
    several: Sequence[tuple[Place, Series]],
    letters: dict[str, str],
    words: Language,
) -> DataTable:
    text = words.text
    place, own = several[0]
    rated = any(one.base is not None for one in own.points)
    rows: list[tuple[CellValue, ...]] = []
    for one in own.points:
        here = [each for each in own.breaks if each.between is not None and each.between[1] == one.when]
        remarks = [text(status_told(one.status, words))] if one.status else []
        if here:
            listed = ", ".join(dict.fromkeys(letters[each.id] for each in here))
            remarks.append(text(msg("brudd før dette: {letters}", letters=listed)))
        others = [found.at(one.when) for _, found in several[1:]]
        rows.append(
            (
                when_told(one.when, words),
                one.when[0],
                one.when[1] or None,
                one.figure,
                *((one.count, one.base or Figure.missing()) if rated else ()),
                *(Figure.missing() if each is None else each.figure for each in others),
                "; ".join(remarks),
                " ".join(each.id for each in here),
                one.status or "",
            )
        )
    return DataTable(
        f"{indicator.id}-{place.code}-over-tid",
        text(msg("{name} i {place} over tid", name=own.name, place=place.called(words))),
        (
            DataColumn("time", Column(text(msg("Tid"))), for_people=True),
            DataColumn("year", Column("year"), for_machines=True),
            DataColumn("month", Column("month"), for_machines=True),
            DataColumn("value", column_of(indicator, place.called(words))),
            *(
                (
                    DataColumn("count", Column(text(msg("Antall")), "number")),
                    DataColumn("base", Column(text(msg("Av i alt")), "number")),
                )
                if rated
                else ()
            ),
            *(
                DataColumn(f"value_{one.kind}", column_of(indicator, one.called(words)))
                for one, _ in several[1:]
            ),
            DataColumn("remark", Column(text(msg("Merknad"))), for_people=True),
            DataColumn("breaks", Column("breaks"), for_machines=True),
            DataColumn("status_date", Column("status_date"), for_machines=True),
        ),
        tuple(rows),
        note=" ".join(breaks_told(own.breaks, words)),
        sources=source_lines(knowledge, [indicator.id], words),
    )
