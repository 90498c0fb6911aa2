"""Small charts side by side: one indicator over time in every municipality of a county, all on the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.reports.charts import RANGE
from fotfeste.reports.drawing import (
    BLUE_DARK,
    LINE,
    ORANGE,
    QUIET,
    Canvas,
    Scale,
    decimals,
    fit,
    scale,
)
from fotfeste.reports.pages.series import from_first_told, shown_point, since, status_told, when_told
from fotfeste.reports.pages.year_maps import all_times
from fotfeste.reports.profiles.judged import series
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.overviews import by_name
from fotfeste.reports.profiles.shown import is_comparable, source_lines
from fotfeste.reports.profiles.values import DataTable, Drawing, Place
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.gathering import alike_places
from fotfeste.statistics.findings.rule import finding_rule
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.series.trends import Trend, Verdict, trends_of
from fotfeste.statistics.series.values import Behaviour, Point, Series, When
from fotfeste.statistics.series.yearly import has_series

ACROSS, ACROSS_NARROW = 4, 2
PANEL, GAP = 158.0, 16.0
TALL, HEAD, FOOT = 74.0, 20.0, 20.0
MOST_TIMES = 6
"""Times in the table on the page; the files have all of them."""


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The picture, the table of the page with the code of each row, and all the data for files."""

    name: str
    drawing: Drawing
    table: Table
    links: tuple[str, ...]
    data: DataTable


def small_multiples(
    knowledge: Knowledge, place: Place, indicator: Indicator, words: Language
) -> SmallMultiples | None:
    """Return an indicator over time in every municipality of a county; ``None`` elsewhere, and where none is followed."""
    several = by_name(knowledge.inside(place)) if place.kind == "county" else ()
    if len(several) < 2 or not has_series(indicator.id):
        return None
    whole = [(one, series(knowledge, indicator.id, one.code)) for one in several]
    first = min(from_first_told(each).points[0].when for _, each in whole)
    found = [(one, since(each, first)) for one, each in whole]
    beside = since(series(knowledge, indicator.id, place.code), first) if is_comparable(indicator) else None
    own = found[0][1]
    title = words.text(
        msg(
            "{name} i kommunene i {place}, {first}–{last}",
            name=own.name,
            place=place.called(words),
            first=when_told(own.points[0].when, words),
            last=when_told(own.points[-1].when, words),
        )
    )
    finding = _finding(knowledge, found, words)
    newest = [
        words.text(
            msg(
                "{place}: {value}",
                place=one.name,
                value=shown_point(knowledge, indicator, _newest(each), words).said,
            )
        )
        for one, each in found
    ]
    when = when_told(_newest(own).when, words)
    told = words.text(
        msg(
            "{title}. {finding} {when}: {values}.",
            title=title,
            finding=finding,
            when=when,
            values="; ".join(newest),
        )
    )
    drawn, narrow = (
        _draw(knowledge, indicator, found, beside, words, title, told, across)
        for across in (ACROSS, ACROSS_NARROW)
    )
    sources = source_lines(knowledge, [indicator.id], words)
    below = (words.text(_explained(place, beside is not None)), words.text(_newest_told(when)))
    return SmallMultiples(
        words.text(own.name),
        Drawing(drawn, title, told, "", sources, below=below, finding=finding, narrow=narrow),
        _table(knowledge, indicator, found, title, words),
        tuple(one.code for one in several),
        all_times(knowledge, place, indicator, words),
    )


def _explained(place: Place, beside: bool) -> Message:
    if beside:
        return msg(
            "Alle rutene har samme akser. Den tynne linjen er {place}. En linje stopper der serien brytes, og et felt med "
            "skravering er et skjult tall.",
            place=place.name,
        )
    return msg(
        "Hver rute har sin egen akse fra null, for kommunene er av ulik størrelse. En linje stopper der serien brytes, og et "
        "felt med skravering er et skjult tall."
    )


def _newest_told(when: str) -> Message:
    return msg("Tallet ved siden av navnet er for {when}.", when=when)


def _finding(knowledge: Knowledge, found: Sequence[tuple[Place, Series]], words: Language) -> str:
    """Return in how many municipalities the figure rose and fell beyond the noise, all of them looked at together."""
    rule = finding_rule()
    several = []
    for one, each in found:
        alike = alike_places(knowledge.counts, one.code, rule) if each.behaviour is Behaviour.EVENTS else ()
        several.append((each, [series(knowledge, each.indicator, other) for other in alike]))
    trends = trends_of(several)
    verdicts = [one.verdict for one in trends]
    up, down = verdicts.count(Verdict.ROSE), verdicts.count(Verdict.FELL)
    none = msg("ingen kommuner")
    if not up and not down:
        return words.text(msg("I ingen av kommunene kan det sies at tallet økte eller gikk ned."))
    return words.text(
        msg(
            "Tallet økte i {up} og gikk ned i {down}{period}. I de andre er endringen ikke større enn tilfeldig variasjon, "
            "eller den kan ikke vises.",
            period=_period(trends, words),
            up=nmsg("{count} kommune", "{count} kommuner", up) if up else none,
            down=nmsg("{count} kommune", "{count} kommuner", down) if down else none,
        )
    )


def _period(trends: Sequence[Trend], words: Language) -> Message | str:
    """Return from when to when figures rose and fell; nothing where it differs between the municipalities."""
    told = {
        (one.since, one.until, one.newest.when)
        for one in trends
        if one.verdict in (Verdict.ROSE, Verdict.FELL) and one.newest is not None
    }
    if len(told) != 1:
        return ""
    since, until, newest = told.pop()
    if since == until:
        return msg(" fra {since} til {newest}", since=str(since), newest=when_told(newest, words))
    return msg(
        " fra snittet av {since}–{until} til {newest}",
        since=str(since),
        until=str(until),
        newest=when_told(newest, words),
    )


def _draw(
    knowledge: Knowledge,
    indicator: Indicator,
    found: Sequence[tuple[Place, Series]],
    beside: Series | None,
    words: Language,
    title: str,
    told: str,
    across: int,
) -> str:
    rows = -(-len(found) // across)
    step = HEAD + TALL + FOOT
    canvas = Canvas(across * (PANEL + GAP) - GAP, rows * step)
    hundred = 100 if indicator.kind == "share" else 1
    times = [_at(point.when) for point in found[0][1].points]
    every = [figure.times(hundred) for _, each in found for figure in _figures(each)]
    common = _upwards(every) if beside is not None else None
    for place_in, (one, each) in enumerate(found):
        left, top = (place_in % across) * (PANEL + GAP), (place_in // across) * step
        inside = Scale(min(times), max(max(times), min(times) + 1), left + 4, left + PANEL - 4, ())
        up = common or _upwards([figure.times(hundred) for figure in _figures(each)])
        lifted = Scale(up.low, up.high, top + HEAD + TALL, top + HEAD, up.ticks)
        newest = shown_point(knowledge, indicator, _newest(each), words).text
        canvas.text(left, top + 13, fit(one.name, PANEL - 62, 12, 600), weight=600)
        canvas.text(left + PANEL, top + 13, newest, anchor="end")
        for tick in (up.ticks[0], up.ticks[-1]):
            canvas.line(left, lifted(tick), left + PANEL, lifted(tick), QUIET if tick == 0 else LINE)
        high = words.number(up.ticks[-1], decimals(up.ticks))
        canvas.text(left, top + HEAD + 10, high, size=9, colour=QUIET, halo=2)
        if beside is not None:
            _lines(canvas, beside, hundred, inside, lifted, ORANGE, 1)
        _lines(canvas, each, hundred, inside, lifted, BLUE_DARK, 2)
        first, last = (when_told(each.points[at].when, words) for at in (0, -1))
        canvas.text(left, top + HEAD + TALL + 12, first, size=9, colour=QUIET)
        canvas.text(left + PANEL, top + HEAD + TALL + 12, last, size=9, colour=QUIET, anchor="end")
    return canvas.picture(title, told)


def _newest(found: Series) -> Point:
    """Return the newest whole year, or the newest of all where there is none."""
    return (found.newest_run or found.points)[-1]


def _figures(found: Series) -> list[Figure]:
    return [one.figure for one in found.points]


def _upwards(figures: Sequence[Figure]) -> Scale:
    ends = [float(end) for one in figures for end in (one.low, one.high) if end is not None] or [0.0, 1.0]
    return scale(min(0.0, *ends), max(*ends, 0.001), 0, 1, 2)


def _lines(
    canvas: Canvas, found: Series, hundred: int, across: Scale, up: Scale, colour: str, width: float
) -> None:
    for run in found.runs:
        stretch: list[tuple[float, float]] = []
        for point in run:
            figure = point.figure.times(hundred)
            x = across(_at(point.when))
            if figure.value is None and figure.low is not None and figure.high and width > 1:
                high = up(figure.high)
                canvas.rect(x - 2, high, 4, max(up(figure.low) - high, 2), RANGE)
            if figure.value is None or point.status is not None:
                _stretch(canvas, stretch, colour, width)
                stretch = []
            if figure.value is not None and point.status is None:
                stretch.append((x, up(figure.value)))
        _stretch(canvas, stretch, colour, width)


def _stretch(canvas: Canvas, stretch: Sequence[tuple[float, float]], colour: str, width: float) -> None:
    if len(stretch) > 1:
        canvas.polyline(stretch, colour, width)
    elif stretch and width > 1:
        canvas.marker("circle", *stretch[0], 2, colour)


def _at(when: When) -> float:
    return when[0] + (when[1] - 1) / 12 if when[1] else float(when[0])


def _table(
    knowledge: Knowledge,
    indicator: Indicator,
    found: Sequence[tuple[Place, Series]],
    title: str,
    words: Language,
) -> Table:
    every = [point.when for point in found[0][1].points]
    last = len(every) - 1
    chosen = (
        [every[round(last * at / (MOST_TIMES - 1))] for at in range(MOST_TIMES)]
        if last >= MOST_TIMES
        else every
    )
    rows: list[tuple[CellValue, ...]] = [
        (
            one.name,
            *(shown_point(knowledge, indicator, each.at(when), words).text for when in chosen),
        )
        for one, each in found
    ]
    heads = (Column(when_told(when, words), "number") for when in chosen)
    notes = []
    if len(chosen) < len(every):
        notes.append(
            msg(
                "Tabellen viser {some} av {all} tidspunkter. Filene har alle.",
                some=len(chosen),
                all=len(every),
            )
        )
    if status := next((each.at(every[-1]) for _, each in found), None):
        notes += [_unfinished(status, words)] if status.status else []
    note = " ".join(words.text(one) for one in notes)
    return Table(title, (Column(words.text(msg("Kommune"))), *heads), tuple(rows), note=note)


def _unfinished(point: Point, words: Language) -> Message:
    """Say that a year had not ended, so that nobody takes its figure for a fall."""
    return msg(
        "{year}: {status}, altså ikke et helt år.",
        year=str(point.year),
        status=status_told(point.status or "", words),
    )
