"""The pictures of a theme: where the place stands beside others, where in the county, and how it has been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fotfeste.messages import msg
from fotfeste.reports import small_charts
from fotfeste.reports.blocks import Picture
from fotfeste.reports.drawing import PAGE_WIDTH
from fotfeste.reports.knowledge_base.telling import Telling, headline_of
from fotfeste.reports.profiles.indicator_views import draw_chart, draw_map
from fotfeste.reports.profiles.overviews import people, settlement_by_year
from fotfeste.reports.profiles.shown import is_comparable
from fotfeste.reports.profiles.values import Drawing
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.choosing import DIGITS
from fotfeste.statistics.findings.values import Comparison
from fotfeste.statistics.findings.values import Verdict as Beside
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.series.sentences import about_trend, figure_told, number_told
from fotfeste.statistics.series.trends import Verdict

MOST_ROWS = 8
FEWEST_ROWS = 2
MAP_WIDTH = 0.72
"""Of the text: a map of a county then stands beneath the picture before it on the same page."""
APART = (Beside.HIGHER, Beside.LOWER)
DEMOGRAPHY, SETTLEMENT = "demografi", "bosetting"


def theme_pictures(telling: Telling, theme: str, headline: str) -> list[Picture]:
    """Return the pictures of a theme; ``headline`` is what the figures say, the heading of the picture beside others."""
    gathered, words = telling.gathered, telling.words
    found = [one for one in (_over_time(telling, theme),) if one is not None]
    drawn = foremost(telling, theme)
    strip = beside_others(telling, drawn, headline)
    if strip is not None:
        found.append(strip)
    elif drawn and not gathered.several:
        chart = draw_chart(gathered.knowledge, drawn[0].candidate.indicator, gathered.place, words)
        if chart is not None:
            told = telling.text(
                msg("{headline} Figuren viser de mest lignende kommunene.", headline=headline)
            )
            found.append(_picture(telling, chart, told, [drawn[0].candidate.indicator]))
    if gathered.several and (mapped := on_map(telling, theme)) is not None:
        chart = draw_map(gathered.knowledge, mapped, gathered.place, words)
        if chart is not None:
            beside = gathered.comparisons.get(mapped.id)
            clear = (
                beside is not None
                and beside.beside_alike is not None
                and beside.beside_alike.verdict in APART
            )
            said = headline_of(telling, beside) if beside is not None and clear else ""
            found.append(replace(_picture(telling, chart, said, [mapped]), width=MAP_WIDTH))
    return found


def _over_time(telling: Telling, theme: str) -> Picture | None:
    gathered, words = telling.gathered, telling.words
    if theme == DEMOGRAPHY:
        shown, name, followed = people(gathered.knowledge, gathered.place, words), "population", "population"
    elif theme == SETTLEMENT:
        shown, name = settlement_by_year(gathered.knowledge, gathered.place, words), "settled_1y"
        followed = "settled_1y"
    else:
        return None
    if shown is None:
        return None
    trend = gathered.trends.get(followed)
    told = trend is not None and trend.verdict in (Verdict.ROSE, Verdict.FELL, Verdict.AS_BEFORE)
    said = telling.text(about_trend(trend)) if told and trend is not None else ""
    drawn = _picture(telling, shown.drawing, said, [gathered.knowledge.catalogue[name]])
    first = int(str(shown.data.rows[0][0]))
    years = sorted({one.between[1][0] for one in (trend.series.parting if trend else ()) if one.between})
    if not (inside := [str(year) for year in years if year > first]):
        return drawn
    fields = {"years": telling.words.join(inside)}
    broken = msg("Linjen har brudd i {years}; se «Hva tallene ikke sier».", **fields)
    if theme == SETTLEMENT:
        broken = msg(
            "Linjen for bosatte har brudd i {years}. Se «Hva tallene ikke sier», også om anmodning og vedtak.",
            **fields,
        )
    return replace(drawn, caption=f"{drawn.caption} {telling.text(broken)}")


def _picture(telling: Telling, drawing: Drawing, headline: str, indicators: Sequence[Indicator]) -> Picture:
    beside = f" ({drawing.period})" if drawing.period else ""
    title = f"{drawing.title}{beside}."
    caption = f"{headline} {title}" if headline else title
    marks = telling.marks(one.id for one in indicators)
    return Picture(drawing.svg, drawing.alternative, caption, " · ".join((marks, *drawing.below)))


def in_order(telling: Telling, theme: str) -> list[Comparison]:
    """Return all comparisons of a theme: the findings first, then those farthest from the places alike."""
    gathered = telling.gathered
    order = {one.indicator.id: place for place, one in enumerate(gathered.findings)}
    return sorted(
        (one for one in gathered.comparisons.values() if one.candidate.theme == theme),
        key=lambda one: (
            order.get(one.candidate.indicator.id, len(order)),
            -round(abs(one.distance), DIGITS),
            one.candidate.indicator.id,
        ),
    )


def foremost(telling: Telling, theme: str) -> tuple[Comparison, ...]:
    """Return the comparisons that a theme's pictures show: at most eight, one of each family, only what can be drawn."""
    kept: dict[str, Comparison] = {}
    for one in in_order(telling, theme):
        indicator = one.candidate.indicator
        if _drawable(one.candidate.own) and is_comparable(indicator):
            kept.setdefault(telling.gathered.rule.family(indicator.id), one)
    return tuple(kept.values())[:MOST_ROWS]


def _drawable(figure: Figure) -> bool:
    return figure.value is not None or (figure.low is not None and figure.high is not None)


def beside_others(
    telling: Telling, several: Sequence[Comparison], headline: str, across: float = PAGE_WIDTH
) -> Picture | None:
    """Return one axis for each of several figures: own, county, country and the middle of those alike."""
    text, gathered, words = telling.text, telling.gathered, telling.words
    if len(several) < FEWEST_ROWS:
        return None
    places = [
        code
        for code in (gathered.place.county_code, "0")
        if any(code in one.candidate.larger for one in several)
    ]
    names = [telling.names[code] for code in places]
    rows, told = [], []
    for one in several:
        indicator, own = one.candidate.indicator, one.candidate.own
        larger = [one.candidate.larger.get(code, Figure.missing()) for code in places]
        middle = Figure.missing() if one.alike is None else Figure.observed(one.alike.median)
        percent = indicator.kind == "share"
        rows.append(
            small_charts.StripRow(
                telling.called(indicator), own, (*larger, middle), percent, indicator.decimals
            )
        )
        compared = [
            text(msg("{place} {value}", place=name, value=figure_told(figure, indicator)))
            for name, figure in zip(names, larger, strict=True)
            if _drawable(figure)
        ]
        if one.alike is not None:
            middle_told = number_told(one.alike.median, indicator)
            compared.append(text(msg("midt blant {alike} {value}", alike=telling.alike, value=middle_told)))
        told.append(
            text(
                msg(
                    "{name}: {place} {own}; {compared}.",
                    name=telling.called(indicator),
                    place=telling.name,
                    own=figure_told(own, indicator),
                    compared=", ".join(compared),
                )
            )
        )
    title = text(msg("{place} ved siden av andre", place=telling.name))
    others = (*names, text(msg("midt blant {alike}", alike=telling.alike)))
    drawn = small_charts.comparison(
        rows, telling.name, others, words, title=title, description=" ".join(told), across=across
    )
    marks = telling.marks(one.candidate.indicator.id for one in several)
    caption = f"{headline} {title}." if headline else f"{title}."
    return Picture(drawn, " ".join(told), caption, marks)


def on_map(telling: Telling, theme: str) -> Indicator | None:
    """Return what the map of a theme shows: its foremost figure that municipalities have."""
    for one in foremost(telling, theme):
        if one.candidate.indicator.level == "municipality":
            return one.candidate.indicator
    return next(
        (
            one
            for one in telling.gathered.indicators(theme)
            if one.level == "municipality" and one.kind != "flag"
        ),
        None,
    )
