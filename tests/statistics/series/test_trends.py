"""What is said of change: nothing inside the noise, nothing across a break, and what a statistician would sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.false_alarms import events, series_from, stock, trend_alarms

from fotfeste.messages import Translated, language
from fotfeste.statistics import Figure, load_catalogue
from fotfeste.statistics.series.chance import same_rate
from fotfeste.statistics.series.noise import dispersion, step_variance
from fotfeste.statistics.series.sentences import about_break, about_trend, figure_told, number_told
from fotfeste.statistics.series.trend_rule import trend_rule
from fotfeste.statistics.series.trends import Trend, Verdict, trends_of
from fotfeste.statistics.series.values import Behaviour, Break, Point, Series


def one_trend(series: Series, alike: tuple[Series, ...] = ()) -> Trend:
    return trends_of([(series, alike)])[0]


def said(trend: Trend) -> str:
    return language("nb").text(about_trend(trend))


def settled(*values: int) -> Series:
    return series_from(values, Behaviour.EVENTS, 2022)


def people(*values: int) -> Series:
    return series_from(values, Behaviour.STOCK, 2010)


def broken(series: Series, before: int) -> Series:
    one = Break(
        "b",
        "definition",
        Translated({"nb": "Ny måte å telle på."}),
        "Kilden",
        False,
        ((before, 0), (before + 1, 0)),
    )
    return replace(series, breaks=(one,))


def test_forty_against_ten_in_each_of_three_years_rose() -> None:
    trend = one_trend(settled(10, 10, 10, 40))
    assert trend.verdict is Verdict.ROSE
    assert trend.before == Figure.observed(10)
    assert trend.chance == pytest.approx(same_rate((30, 40), (3, 1)))
    assert said(trend) == "Oppdiktet serie økte: 40 i 2025, mot 10 i snitt i 2022–2024."


def test_fourteen_against_ten_is_no_rise() -> None:
    trend = one_trend(settled(10, 10, 10, 14))
    assert trend.verdict is Verdict.UNSTEADY
    assert "økte" not in said(trend)
    assert "kan være tilfeldig" in said(trend)


def test_what_varies_much_among_those_alike_needs_a_larger_change() -> None:
    wild = tuple(settled(*values) for values in [(10, 60, 20, 50), (60, 5, 70, 10), (30, 90, 15, 60)])
    assert one_trend(settled(30, 30, 30, 60)).verdict is Verdict.ROSE
    assert one_trend(settled(30, 30, 30, 60), wild).verdict is Verdict.UNSTEADY


def test_four_people_are_too_few_to_say_anything() -> None:
    assert one_trend(settled(6, 5, 7, 0)).verdict is Verdict.TOO_SMALL
    assert said(one_trend(settled(6, 5, 7, 0))).endswith("for små tall til å si noe om utviklingen.")


def test_as_before_is_said_only_when_the_whole_interval_is_small() -> None:
    assert one_trend(settled(1000, 1010, 990, 1000)).verdict is Verdict.AS_BEFORE
    assert one_trend(settled(12, 12, 12, 12)).verdict is Verdict.UNSTEADY


def test_a_steady_rise_of_the_population_is_one_and_a_wavering_is_not() -> None:
    steady = people(*(2000 + 40 * year + (-1) ** year * 5 for year in range(11)))
    wavering = people(*(2000 + (-1) ** year * 8 for year in range(11)))
    assert one_trend(steady).verdict is Verdict.ROSE
    assert one_trend(wavering).verdict is Verdict.AS_BEFORE


def test_a_rise_that_slackens_is_not_taken_for_noise() -> None:
    """Immigrants in Norway 2011–2021 (IMDi/SSB): every year more, ever more slowly."""
    country = people(500501, 546725, 593324, 633097, 669387, 698580, 725037, 746691, 765122, 790505, 800106)
    assert one_trend(country).verdict is Verdict.ROSE


def test_one_more_person_a_year_is_no_rise() -> None:
    """The variance of comings and goings is at least the difference of their means (Skellam)."""
    assert one_trend(people(20, 21, 22, 23, 24, 25)).verdict is Verdict.UNSTEADY


def test_a_change_too_small_to_matter_is_as_before_however_certain() -> None:
    trend = one_trend(people(*(1_000_000 + 500 * year for year in range(11))))
    assert trend.adjusted <= trend_rule().false_share
    assert trend.verdict is Verdict.AS_BEFORE


def test_no_change_is_worked_out_across_a_break() -> None:
    parted = broken(settled(5, 5, 90, 95), 2023)
    trend = one_trend(parted)
    assert trend.verdict is Verdict.UNTOLD
    assert trend.change is None
    assert said(trend) == (
        "Oppdiktet serie: ingen utvikling vises, fordi serien har et brudd i 2024. Ny måte å telle på."
    )
    assert one_trend(settled(5, 5, 90, 95)).verdict is Verdict.ROSE


def test_a_bridged_break_is_told_and_parts_nothing() -> None:
    series = broken(settled(10, 10, 10, 40), 2023)
    bridged = replace(series, breaks=(replace(series.breaks[0], bridged=True),))
    assert one_trend(bridged).verdict is Verdict.ROSE
    assert "regnes ikke over" not in language("nb").text(about_break(bridged.breaks[0]))
    assert "regnes ikke over" in language("nb").text(about_break(series.breaks[0]))


def test_decisions_are_put_beside_each_other_and_nothing_is_concluded() -> None:
    series = replace(settled(30, 60), behaviour=Behaviour.DECISION)
    assert said(one_trend(series)) == "Oppdiktet serie var 60 i 2023, mot 30 i 2022."


def test_months_are_no_trend() -> None:
    series = replace(settled(30, 20, 10), behaviour=Behaviour.MONTHS)
    assert one_trend(series).verdict is Verdict.UNTOLD


def test_a_hidden_year_is_used_at_the_end_that_says_least() -> None:
    def with_hidden(newest: Figure) -> Series:
        known = settled(20, 20, 20).points
        return replace(settled(), points=(*known, Point((2025, 0), newest, newest)))

    hidden, shown = (one_trend(with_hidden(one)) for one in (Figure.suppressed(), Figure.observed(4)))
    assert hidden.chance == pytest.approx(shown.chance)
    assert hidden.verdict is shown.verdict is Verdict.FELL
    assert "mellom 1 og 4" in said(hidden)


def test_a_status_is_no_newest_year() -> None:
    series = settled(20, 20, 20, 4)
    status = replace(series.points[-1], status="2025-09-28")
    trend = one_trend(replace(series, points=(*series.points[:-1], status)))
    assert trend.newest is not None
    assert trend.newest.year == 2024


def test_what_is_looked_at_together_is_adjusted_together() -> None:
    alone = one_trend(settled(20, 20, 20, 35))
    several = trends_of([(settled(20, 20, 20, 35), ())] + [(settled(20, 20, 20, 20), ())] * 30)
    assert alone.verdict is Verdict.ROSE
    assert several[0].verdict is Verdict.UNSTEADY


def test_dispersion_is_one_for_proportional_rows_and_grows_with_unlikeness() -> None:
    assert dispersion([[10, 20, 30], [20, 40, 60]]) == 1.0
    assert dispersion([[10, 90], [90, 10]]) == pytest.approx(64 * 2)
    assert dispersion([]) == 1.0


def test_dispersion_finds_what_was_put_in() -> None:
    chance = np.random.default_rng(7)
    rows = chance.negative_binomial(50 / 3, 1 / 4, (400, 6))  # variance four times the mean
    assert dispersion(rows.tolist()) == pytest.approx(4, rel=0.1)


def test_step_variance_by_hand() -> None:
    assert step_variance([1, 3, 2]) == pytest.approx((5 / 4, 8 / 5))


numbers = st.lists(st.integers(0, 400), min_size=1, max_size=12)


@settings(deadline=None)
@given(values=numbers, behaviour=st.sampled_from([Behaviour.EVENTS, Behaviour.STOCK]))
def test_rise_and_fall_are_said_only_beyond_the_noise(values: list[int], behaviour: Behaviour) -> None:
    trend = one_trend(series_from(values, behaviour))
    text = said(trend)
    limits = trend_rule().events if behaviour is Behaviour.EVENTS else trend_rule().stock
    if "økte" in text or "gikk ned" in text:
        assert trend.interval is not None
        assert trend.change is not None
        assert trend.adjusted <= trend_rule().false_share
        assert abs(trend.change) >= limits.smallest_change
        assert ("økte" in text) == (trend.change > 0)
        assert trend.years >= limits.least_years
        assert trend.interval[0] > 0 or trend.interval[1] < 0
    if "om lag som før" in text:
        assert trend.interval is not None
        assert max(abs(end) for end in trend.interval) <= limits.as_before_within


@settings(deadline=None)
@given(values=st.lists(st.integers(0, 100), min_size=4, max_size=4), factor=st.integers(2, 5))
def test_more_people_behind_the_same_change_make_it_no_less_certain(values: list[int], factor: int) -> None:
    small, large = (one_trend(settled(*(one * times for one in values))) for times in (1, factor))
    if small.interval is not None and large.interval is not None:
        assert large.chance <= small.chance + 1e-9


@settings(deadline=None)
@given(values=st.lists(st.integers(5, 200), min_size=4, max_size=8), cut=st.integers(2022, 2028))
def test_figures_before_a_break_change_nothing_that_is_said(values: list[int], cut: int) -> None:
    series = settled(*values)
    if cut >= series.points[-1].year:
        return
    others = tuple(
        replace(point, figure=Figure.observed(999), count=Figure.observed(999))
        if point.year <= cut
        else point
        for point in series.points
    )
    assert said(one_trend(broken(series, cut))) == said(
        one_trend(broken(replace(series, points=others), cut))
    )


@pytest.mark.parametrize(("mean", "spread"), [(15, 1.0), (40, 3.0), (150, 8.0)])
def test_unchanged_events_are_rarely_called_changed(mean: int, spread: float) -> None:
    chance = np.random.default_rng(11)

    def endless() -> Iterator[tuple[Series, list[Series]]]:
        while True:
            yield events(chance, mean, spread)

    found = trend_alarms([endless()] * 10, [False] * 10, 60)
    assert found.below / found.tests <= 0.05 + 0.027  # three standard errors of 600 tests
    assert found.with_wrong / found.documents <= 0.05 + 0.085


@pytest.mark.parametrize("size", [60, 2500, 30_000])
def test_unchanged_populations_are_rarely_called_changed(size: int) -> None:
    chance = np.random.default_rng(12)

    def endless() -> Iterator[tuple[Series, list[Series]]]:
        while True:
            yield stock(chance, size)

    found = trend_alarms([endless()] * 10, [False] * 10, 60)
    assert found.below / found.tests <= 0.05 + 0.027
    assert found.below / found.tests >= 0.01, "a rule that never speaks is no rule"
    assert found.with_wrong / found.documents <= 0.05 + 0.085


def test_a_doubling_is_nearly_always_found() -> None:
    chance = np.random.default_rng(13)
    found = [trends_of([events(chance, 40, 2.0, change=2.5)])[0].verdict for _ in range(100)]
    assert found.count(Verdict.ROSE) >= 90
    assert Verdict.FELL not in found


def test_numbers_in_sentences_have_their_indicators_decimals() -> None:
    share = load_catalogue()["children_share"]
    assert str(number_told(Fraction(1, 16), share)) == "6,3 prosent"
    assert str(figure_told(Figure.suppressed(), load_catalogue()["settled_1y"])) == "mellom 1 og 4"
    assert str(figure_told(Figure.missing(), share)) == "ikke kjent"
