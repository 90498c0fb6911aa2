"""Candidates: every indicator of a place beside those alike, its county and the country, with what is random in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.findings.rule import FindingRule, context_of
from fotfeste.statistics.findings.values import Candidate, Model, Noise
from fotfeste.statistics.formula_of import base_of, period_of_indicator
from fotfeste.statistics.indicator_catalogue import Indicator, catalogue_for
from fotfeste.statistics.public_figures import public_figure
from fotfeste.statistics.series.counts import COUNTRY, YearlyCounts
from fotfeste.statistics.series.noise import dispersion
from fotfeste.statistics.series.trends import rows_of
from fotfeste.statistics.series.yearly import series_of

if TYPE_CHECKING:
    from fotfeste.statistics.components import Components
    from fotfeste.statistics.shown_components import ShownComponents

PER: Mapping[str, int] = {"share": 1, "per_100": 100, "per_1000": 1000}
SETTLED = "settled_1y"
SETTLED_FAMILY = "settled"


def alike_places(counts: YearlyCounts, place: str, rule: FindingRule) -> tuple[str, ...]:
    """Return the places to compare with: the most alike municipalities, the other counties, or none for the country."""
    if place == COUNTRY:
        return ()
    if len(place) == 2:
        return tuple(sorted({code[:2] for code in counts.all_codes} - {place}))
    return tuple(one.code for one in counts.regions.similar(place, rule.alike))


def candidates_of(
    facts: ShownComponents,
    counts: YearlyCounts,
    place: str,
    rule: FindingRule,
    indicators: Iterable[str] | None = None,
    shown: Callable[[Indicator, str], Figure] | None = None,
) -> tuple[Candidate, ...]:
    """Return each indicator of a place (municipality, county or ``0``) as it may be shown, beside the others.

    ``indicators`` limits them (by default all shares and rates of the catalogue). Small counts are hidden everywhere,
    and what is hidden is compared by its bounds or not at all; a guess (:func:`is_guess`) is not judged, and is not among
    those alike. ``shown`` gives figures that are worked out already, by indicator and place.
    """
    catalogue = catalogue_for(facts.store.data_dir)
    wanted = [one for one in catalogue if one.kind in PER] if indicators is None else []
    wanted += [catalogue[name] for name in indicators or ()]
    alike = alike_places(counts, place, rule)
    inside = {one: counts.inside(one) for one in (place, *alike, place[:2], COUNTRY)}
    spread = _dispersion(counts, place, alike)
    figure = shown or (lambda one, code: public_figure(one, facts, inside[code]))
    found = []
    for one in wanted:
        own = figure(one, place)
        if own.mark is Mark.MISSING:
            continue
        beside = {other: figure(one, other) for other in alike}
        found.append(
            Candidate(
                one,
                one.theme,
                period_of_indicator(one, facts),
                own,
                {other: known for other, known in beside.items() if not is_guess(one, known, inside[other])},
                {other: figure(one, other) for other in _larger(inside, place)},
                noise_of(one, facts, inside[place], own, rule, spread),
            )
        )
    return tuple(found)


def is_guess(one: Indicator, figure: Figure, codes: Sequence[str]) -> bool:
    """Whether a figure is an estimate that nobody has said how far from the true one it may be.

    So it is where a divided municipality's people are shared out, and where a county of today gets the figure of the larger
    one it was part of. In a sum over municipalities most of it evens out: they were divided within their counties.
    """
    alone = len(codes) == 1 or one.level == "county"
    return alone and figure.estimated and figure.low == figure.high


def beside_result(
    facts: ShownComponents, counts: YearlyCounts, place: str, rule: FindingRule, result: str
) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Return what must stand beside a result, composition first, and the ids of those that are not at hand.

    Nothing for an indicator that is no result. What stands there is shown, not judged: a result is never said to follow
    from it.
    """
    context = context_of(result)
    if context is None:
        return (), ()
    catalogue = catalogue_for(facts.store.data_dir)
    known = [name for name in context.all if name in catalogue]
    found = candidates_of(facts, counts, place, rule, known)
    at_hand = {one.indicator.id for one in found}
    return found, tuple(name for name in context.all if name not in at_hand)


def _larger(inside: Mapping[str, Sequence[str]], place: str) -> tuple[str, ...]:
    """Return county and country; a county of one municipality is no other place."""
    county = len(place) == 4 and len(inside[place[:2]]) > 1
    return (*((place[:2],) if county else ()), *(() if place == COUNTRY else (COUNTRY,)))


def noise_of(
    one: Indicator,
    facts: Components,
    codes: Sequence[str],
    own: Figure,
    rule: FindingRule,
    spread: float,
) -> Noise:
    """Return what is random in an indicator's figure; ``spread`` is the dispersion of settled between years.

    Shares of people are binomial on their base, and people come in households; rates of settled are Poisson with the
    dispersion found; a change over years has births, deaths and moves in it; a declared standard deviation comes first. That
    a source rounds (a half width) says nothing of how many people its figure rests on, so nothing is known of the chance in it;
    nor is there in a guess.
    """
    if is_guess(one, own, codes):
        return Noise(Model.NONE)
    if one.uncertainty is not None:
        if one.uncertainty.kind == "half_width":
            return Noise(Model.NONE)
        return Noise(Model.PUBLISHED, size=float(one.uncertainty.size) * abs(float(own.value or 0)))
    base = base_of(one, facts, codes)
    people = 0.0 if base is None or base.low is None else float(base.low)
    if one.kind not in PER or people <= 0:
        return Noise(Model.NONE)
    per = PER[one.kind]
    if one.id in rule.years_of_change:
        moved = rule.turnover * rule.years_of_change[one.id]
        return Noise(Model.CHANGE, people, per, rule.households, moved)
    if one.signed:
        return Noise(Model.NONE)
    if rule.family(one.id) == SETTLED_FAMILY:
        return Noise(Model.EVENTS, people, per, spread)
    if one.kind == "share":
        return Noise(Model.SHARE, people, 1, rule.households)
    return Noise(Model.EVENTS, people, per, rule.households * (1 + float(own.value or 0) / per))


def _dispersion(counts: YearlyCounts, place: str, alike: Sequence[str]) -> float:
    """Return how much more than Poisson's settled vary between years in a place and those alike."""
    several = [series_of(counts, SETTLED, one) for one in (place, *alike)]
    return dispersion(rows_of(several, [point.when for point in several[0].newest_run]))
