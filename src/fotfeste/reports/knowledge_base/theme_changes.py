"""Changes over time under a theme: those beyond the noise one by one, the others together, and the breaks in the series."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Block
from fotfeste.reports.knowledge_base.telling import Telling, bullets
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.series.sentences import about_trend, figure_told
from fotfeste.statistics.series.trends import Trend, Verdict
from fotfeste.statistics.series.values import Break


def theme_trends(telling: Telling, theme: str) -> tuple[Trend, ...]:
    """Return the changes over time of a theme's indicators that something can be said of, if only why they are not told."""
    gathered = telling.gathered
    return tuple(
        one
        for name, one in gathered.trends.items()
        if gathered.knowledge.catalogue[name].theme == theme
        and any(_known(point.figure) for point in one.series.points)
        and one.verdict is not Verdict.TOO_SMALL
        and not (one.verdict is Verdict.UNTOLD and one.cut_by is None)
    )


def _known(figure: Figure) -> bool:
    return figure.value is not None or figure.mark is Mark.SUPPRESSED


def changes_blocks(telling: Telling, trends: Sequence[Trend]) -> list[Block]:
    """Return changes in words: each one that is told, then those that may be chance together."""
    lines = [telling.text(about_trend(one)) for one in trends if one.verdict is not Verdict.UNSTEADY]
    unsteady = [one for one in trends if one.verdict is Verdict.UNSTEADY]
    if len(unsteady) == 1:
        lines.append(telling.text(about_trend(unsteady[0])))
    elif unsteady:
        together = "; ".join(_unsteady(telling, one) for one in unsteady)
        lines.append(
            telling.text(
                msg(
                    "Tallene varierer så mye fra år til år at disse forskjellene kan være tilfeldige: {together}.",
                    together=together,
                )
            )
        )
    return [bullets(lines)] if lines else []


def _unsteady(telling: Telling, one: Trend) -> str:
    """Return a change that may be chance as two figures, with no word of its direction."""
    indicator = telling.gathered.knowledge.catalogue[one.series.indicator]
    if one.newest is None or one.before is None:
        return telling.text(one.series.name)
    fields = {
        "name": one.series.name,
        "before": figure_told(one.before, indicator),
        "now": figure_told(one.newest.figure, indicator),
        "year": str(one.newest.year),
    }
    if one.since == one.until:
        return telling.text(
            msg("{name} ({before} i {since}, {now} i {year})", since=str(one.since), **fields)
        )
    years = f"{one.since}–{one.until}"
    return telling.text(msg("{name} ({before} i snitt i {years}, {now} i {year})", years=years, **fields))


def remarks(telling: Telling, trends: Sequence[Trend], indicators: Sequence[Indicator]) -> list[str]:
    """Return what figures of a theme do not say, and the breaks in series that are told of, each with what it is about."""
    rule = telling.gathered.rule
    silent: dict[str, list[str]] = {}
    for indicator in indicators:
        for said in rule.silence(indicator.id):
            silent.setdefault(telling.text(said), []).append(telling.called(indicator))
    told = {one.cut_by.id for one in trends if one.verdict is Verdict.UNTOLD and one.cut_by is not None}
    groups: dict[tuple[str, str], list[Break]] = {}
    broken: dict[tuple[str, str], dict[str, None]] = {}
    for trend in trends:
        for one in trend.series.breaks:
            key = (one.id, telling.text(one.why))
            if one.id in told:
                continue
            broken.setdefault(key, {})[telling.text(trend.series.name)] = None
            if one.between not in [each.between for each in groups.setdefault(key, [])]:
                groups[key].append(one)
    in_order = sorted(groups, key=lambda key: _years_of(groups[key])[:1])
    return [
        *(f"{said} {_about(telling, names, len(indicators))}" for said, names in silent.items()),
        *(f"{_breaks(telling, groups[key])} {_about(telling, broken[key], len(trends))}" for key in in_order),
    ]


def _about(telling: Telling, names: Collection[str], of: int) -> str:
    """Return which figures or series a remark is about."""
    if len(names) == of > 1:
        return telling.text(msg("Det gjelder alle under dette temaet."))
    quoted = telling.words.join([telling.words.quoted(one) for one in names])
    return telling.text(msg("Det gjelder {names}.", names=quoted))


def _years_of(group: Sequence[Break]) -> list[int]:
    return sorted({one.between[1][0] for one in group if one.between is not None})


def _breaks(telling: Telling, group: Sequence[Break]) -> str:
    """Return breaks of one kind: when, why, whether changes are worked out across them all the same, and who says so."""
    years = _years_of(group)
    when, why, source = telling.words.join([str(one) for one in years]), group[0].why, group[0].source
    if not years:
        return telling.text(msg("I hele serien: {why} Kilde: {source}.", why=why, source=source))
    if group[0].bridged:
        return telling.text(
            nmsg(
                "Brudd i {years}: {why} Endringer regnes likevel over bruddet. Kilde: {source}.",
                "Brudd i {years}: {why} Endringer regnes likevel over bruddene. Kilde: {source}.",
                len(years),
                years=when,
                why=why,
                source=source,
            )
        )
    return telling.text(
        nmsg(
            "Brudd i {years}: {why} Endringer regnes ikke over bruddet. Kilde: {source}.",
            "Brudd i {years}: {why} Endringer regnes ikke over bruddene. Kilde: {source}.",
            len(years),
            years=when,
            why=why,
            source=source,
        )
    )
