"""Comparison beyond noise, and the five findings: hand-worked answers, properties, and known truth."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.false_alarms import comparison_alarms

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.statistics import Figure, load_catalogue
from fotfeste.statistics.findings.choosing import findings, unused
from fotfeste.statistics.findings.comparing import alike_of, compared, median_variance, quantile
from fotfeste.statistics.findings.noise import chance_of, deviation, interval
from fotfeste.statistics.findings.replacements import read_replacements
from fotfeste.statistics.findings.rule import Follow, context_of, finding_rule, read_rule, results
from fotfeste.statistics.findings.sentences import about_comparison, how_many, not_said, why_chosen
from fotfeste.statistics.findings.values import Candidate, Model, Noise, Replacement, Verdict

RULE = finding_rule()
NONE_FOLLOW = replace(RULE, follow=Follow.NONE)
ALL_FOLLOW = replace(RULE, follow=Follow.ALL)
SHARES = [Fraction(number, 100) for number in (8, 9, 9, 9, 10, 10, 10, 10, 11, 11, 11, 12)]
NAMES = {"": "Prøvekommune", "40": "Telemark", "0": "landet"}


def candidate(
    own: Figure | Fraction,
    *,
    name: str = "children_share",
    theme: str = "demografi",
    base: int = 4000,
    alike: list[Fraction] | None = None,
    noise: Noise | None = None,
) -> Candidate:
    figure = own if isinstance(own, Figure) else Figure.observed(own)
    others = {f"{place:04}": Figure.observed(one) for place, one in enumerate(alike or SHARES)}
    indicator = replace(load_catalogue()["children_share"], id=name)
    return Candidate(indicator, theme, "2026", figure, others, {}, noise or Noise(Model.SHARE, base, 1, 1.0))


def verdict(one: Candidate) -> Verdict:
    beside = compared([one], RULE)[0].beside_alike
    assert beside is not None
    return beside.verdict


def test_the_spread_of_those_alike_by_hand() -> None:
    alike = alike_of(candidate(Fraction(1, 10)).alike, RULE)
    assert alike is not None
    assert (alike.known, alike.median) == (12, Fraction(1, 10))
    assert (alike.lower, alike.upper) == (Fraction(9, 100), Fraction(11, 100))
    assert alike.spread == pytest.approx(1.4826 * 0.01)


def test_the_noise_of_a_median_by_hand() -> None:
    assert median_variance(0.01, 0.0, 20) == pytest.approx(math.pi / 2 * 0.0001 / 20)
    assert median_variance(0.01, 0.03, 20) == pytest.approx(math.pi / 2 * 0.0003 / 20)


def test_the_noise_of_a_median_is_what_simulation_gives() -> None:
    chance = np.random.default_rng(5)
    for spread in (0.0, 1.0, 3.0):
        true = spread * chance.standard_normal((4000, 20))
        seen = true + chance.standard_normal((4000, 20))
        found = np.var(np.median(seen, axis=1) - np.median(true, axis=1))
        whole = math.hypot(1, spread)
        assert 0.75 * found <= median_variance(1.0, whole, 20) <= 1.35 * found


def test_quantiles_are_those_of_spreadsheets() -> None:
    ordered = [Fraction(one) for one in (1, 2, 3, 4)]
    assert [quantile(ordered, Fraction(one, 4)) for one in (1, 2, 3)] == [
        Fraction(7, 4),
        Fraction(5, 2),
        Fraction(13, 4),
    ]


def test_the_distance_by_hand() -> None:
    one = compared([candidate(Fraction(16, 100))], RULE)[0]
    noise = math.sqrt(0.1 * 0.9 / 4000)
    assert one.deviation == pytest.approx(noise)
    assert one.distance == pytest.approx(0.06 / math.hypot(0.014826, noise))


def test_without_other_uncertainty_the_chance_is_the_exact_binomial_one() -> None:
    """Seven of ten when half are expected: 2 x 176/1024."""
    assert chance_of(Figure.observed(Fraction(7, 10)), 0.5, Noise(Model.SHARE, 10)) == pytest.approx(
        352 / 1024
    )


def test_for_events_it_is_the_exact_poisson_one() -> None:
    """Three per thousand of 2 000 (six) when one per thousand (two) is expected."""
    below = math.exp(-2) * sum(2**k / math.factorial(k) for k in range(6))
    found = chance_of(Figure.observed(3), 1.0, Noise(Model.EVENTS, 2000, 1000))
    assert found == pytest.approx(2 * (1 - below))


def test_households_of_two_make_it_as_uncertain_as_half_as_many() -> None:
    twice, half = Noise(Model.SHARE, 800, 1, 2.0), Noise(Model.SHARE, 400)
    figure = Figure.observed(Fraction(1, 5))
    assert chance_of(figure, 0.15, twice) == pytest.approx(chance_of(figure, 0.15, half))
    assert deviation(twice, 0.15) == pytest.approx(deviation(half, 0.15))
    assert interval(figure, twice, 0.95) == pytest.approx(interval(figure, half, 0.95))


def test_a_change_has_the_comings_and_goings_of_its_years_in_it() -> None:
    noise = Noise(Model.CHANGE, 2500, 1, 2.0, 1.0)
    assert deviation(noise, 0.1) == pytest.approx(math.sqrt(2 / 2500))


def test_six_points_more_among_four_thousand_are_apart_and_among_forty_are_not() -> None:
    assert verdict(candidate(Fraction(16, 100))) is Verdict.HIGHER
    assert verdict(candidate(Fraction(4, 100))) is Verdict.LOWER
    assert verdict(candidate(Fraction(16, 100), base=40)) is Verdict.NOT_APART


def test_bounds_that_span_the_others_are_not_apart_and_are_used_at_the_nearest_end() -> None:
    spanning = Figure(None, Figure.suppressed().mark, Fraction(5, 100), Fraction(20, 100))
    above = Figure(None, Figure.suppressed().mark, Fraction(16, 100), Fraction(30, 100))
    assert verdict(candidate(spanning)) is Verdict.NOT_APART
    assert compared([candidate(spanning)], RULE)[0].distance == 0
    one, other = (compared([candidate(own)], RULE)[0] for own in (above, Fraction(16, 100)))
    assert one.distance == pytest.approx(other.distance)


def test_bounds_are_judged_by_their_nearest_end() -> None:
    noise = Noise(Model.SHARE, 400)
    for low, high, nearest in ((16, 30, 16), (1, 4, 4)):
        bounds = Figure(None, Figure.suppressed().mark, Fraction(low, 100), Fraction(high, 100))
        assert chance_of(bounds, 0.1, noise) == chance_of(Figure.observed(Fraction(nearest, 100)), 0.1, noise)


def test_what_nobody_has_said_the_noise_of_is_not_judged() -> None:
    one = candidate(Fraction(16, 100), noise=Noise(Model.NONE))
    assert verdict(one) is Verdict.UNTOLD
    assert not findings([one], RULE)


def test_fewer_than_ten_alike_with_a_number_are_no_comparison() -> None:
    one = compared([candidate(Fraction(16, 100), alike=SHARES[:9])], RULE)[0]
    assert one.alike is None
    assert not findings([one.candidate], RULE)


def test_the_farthest_come_first_with_at_most_two_of_a_theme_and_one_of_a_family() -> None:
    several = [
        candidate(Fraction(13 + place, 100), name=name, theme=theme)
        for place, (name, theme) in enumerate(
            [
                ("a", "demografi"),
                ("b", "demografi"),
                ("c", "demografi"),
                ("settled_per_1000_3y", "bosetting"),
                ("settled_per_1000_5y", "bosetting"),
                ("d", "oppvekst"),
            ]
        )
    ]
    found = findings(several, NONE_FOLLOW)
    assert [one.indicator.id for one in found] == ["d", "settled_per_1000_5y", "c", "b"]
    assert [one.place_in_order for one in found] == [1, 2, 4, 5]
    assert {one.of for one in found} == {6}


def test_nothing_apart_gives_no_findings() -> None:
    several = [candidate(Fraction(1, 10), name=name, theme=name) for name in "abcdefg"]
    assert findings(several, RULE) == findings(several, NONE_FOLLOW) == ()


def test_it_is_said_when_there_are_fewer_findings_than_the_rule_allows() -> None:
    several = [candidate(Fraction(2, 10), name=name, theme=name) for name in "abcdef"]
    one, three, five = (findings(several[:number], RULE) for number in (1, 3, 6))
    assert str(how_many(one, 5)) == "Regelen gir høyst 5 funn. Her ga den ett."
    assert str(how_many(three, 5)) == "Regelen gir høyst 5 funn. Her ga den 3."
    assert how_many(five, 5) is None


def test_a_rule_may_let_what_is_not_clearly_apart_follow_and_it_is_told_as_such() -> None:
    several = [candidate(Fraction(1, 10), name=name, theme=name) for name in "abcdefg"]
    followers = findings(several, ALL_FOLLOW)
    assert len(followers) == RULE.findings
    assert not any(one.clear or one.place_in_order for one in followers)
    assert (
        str(how_many(followers, 5)) == "Ingen tall skiller seg fra de andre med mer enn tilfeldig variasjon."
    )
    for one in followers:
        text = " ".join(map(str, about_comparison(one.comparison, NAMES)))
        assert "skiller seg ikke klart" in text
        assert "ikke nok til å kalle det en forskjell" in str(why_chosen(one))


def test_what_is_apart_but_near_follows_first_and_is_told_as_near() -> None:
    wide = [one * 5 - Fraction(40, 100) for one in SHARES]
    near = candidate(Fraction(13, 100), name="near", alike=wide)
    alike = candidate(Fraction(10, 100), name="alike", theme="oppvekst")
    assert [one.indicator.id for one in findings([alike, near], RULE)] == ["near"]
    found = findings([alike, near], ALL_FOLLOW)
    assert [(one.indicator.id, one.clear, one.place_in_order) for one in found] == [
        ("near", True, 0),
        ("alike", False, 0),
    ]
    assert "større enn tilfeldig variasjon, men avstanden er bare 0,4" in str(why_chosen(found[0]))
    assert findings([alike, near], NONE_FOLLOW) == ()


def test_a_difference_is_called_the_only_one_of_its_size_and_not_the_only_one_beyond_the_noise() -> None:
    """A smaller difference beyond the noise may stand beside it."""
    wide = [one * 5 - Fraction(40, 100) for one in SHARES]
    far = candidate(Fraction(20, 100), name="far", theme="oppvekst")
    near = candidate(Fraction(13, 100), name="near", alike=wide)
    found = findings([far, near], RULE)
    assert [(one.indicator.id, one.clear, one.of) for one in found] == [("far", True, 1), ("near", True, 1)]
    assert "den eneste forskjellen som er så stor" in str(why_chosen(found[0]))
    assert "eneste forskjellen som er større enn tilfeldig" not in str(why_chosen(found[0]))


def test_what_is_left_out_or_rests_on_few_is_never_chosen() -> None:
    assert not findings([candidate(Fraction(1, 2), name="unemployment_share_2022")], RULE)
    few = candidate(Fraction(6, 10), base=30)
    assert compared([few], RULE)[0].open_to_chance
    assert not findings([few], RULE)
    assert "tilfeldigheter kan flytte det mye" in " ".join(
        map(str, about_comparison(compared([few], RULE)[0], NAMES))
    )


def test_a_person_replaces_a_finding_with_a_reason() -> None:
    several = [
        candidate(Fraction(20, 100), name="old_age_share"),
        candidate(Fraction(1, 10), name="refugee_share"),
    ]
    swap = Replacement("old_age_share", "refugee_share", "Viktigere for planen.", date(2026, 11, 21))
    found = findings(several, NONE_FOLLOW, [swap])
    assert [(one.indicator.id, one.replaced) for one in found] == [("refugee_share", swap)]
    assert not found[0].clear
    assert "Viktigere for planen." in str(why_chosen(found[0]))
    assert "skiller seg ikke klart" in " ".join(map(str, about_comparison(found[0].comparison, NAMES)))
    assert unused([swap], found) == ()


def test_a_replacement_of_what_was_not_chosen_is_told_and_changes_nothing() -> None:
    several = [
        candidate(Fraction(20, 100), name="old_age_share"),
        candidate(Fraction(1, 10), name="refugee_share"),
    ]
    swap = Replacement("children_share", "refugee_share", "Fordi.", date(2026, 11, 21))
    found = findings(several, NONE_FOLLOW, [swap])
    assert [one.indicator.id for one in found] == ["old_age_share"]
    assert unused([swap], found) == (swap,)


def test_a_replacement_by_what_was_chosen_already_changes_nothing() -> None:
    several = [
        candidate(Fraction(20, 100), name="old_age_share"),
        candidate(Fraction(19, 100), name="refugee_share"),
    ]
    swap = Replacement("old_age_share", "refugee_share", "Fordi.", date(2026, 11, 21))
    found = findings(several, NONE_FOLLOW, [swap])
    assert [one.indicator.id for one in found] == ["old_age_share", "refugee_share"]
    assert unused([swap], found) == (swap,)


def test_a_replacement_needs_a_reason_and_a_figure() -> None:
    several = [candidate(Fraction(20, 100), name="old_age_share")]
    for swap in (
        Replacement("old_age_share", "old_age_share", "  ", date(2026, 11, 21)),
        Replacement("old_age_share", "refugee_share", "Fordi.", date(2026, 11, 21)),
    ):
        with pytest.raises(InputError):
            findings(several, RULE, [swap])


GOOD = """schema = 1
[[replace]]
indicator = "children_share"
by = "refugee_share"
reason = "Viktigere for planen."
on = 2026-11-21
"""


def test_replacements_are_read_from_a_file() -> None:
    found = read_replacements(GOOD.encode(), "bytter.toml")
    assert found == (
        Replacement("children_share", "refugee_share", "Viktigere for planen.", date(2026, 11, 21)),
    )
    assert read_replacements(b"schema = 1", "tom.toml") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema = 1", "schema = 9"),
        ("schema = 1", "schema = "),
        ('"children_share"', '"finnes_ikke"'),
        ('"Viktigere for planen."', '" "'),
        ("on = 2026-11-21", ""),
        ("on = 2026-11-21", 'on = "i går"'),
        ("[[replace]]", "replace = [3]\n[x]"),
    ],
)
def test_a_faulty_file_of_replacements_is_refused_with_its_place(old: str, new: str) -> None:
    with pytest.raises(InputError) as fault:
        read_replacements(GOOD.replace(old, new).encode(), "bytter.toml")
    assert "bytter.toml" in str(fault.value)


def test_the_rule_is_dated_and_says_whose_it_is() -> None:
    assert RULE.dated == "2026-11-21"
    assert "uten ekstern kilde" in RULE.source
    assert all(RULE.left_out.values())
    with pytest.raises(InputError):
        read_rule(b"schema = 1\n[alike]\nnumber = 3", "egen.toml")


def test_every_result_has_composition_and_labour_market_beside_it() -> None:
    for name in results():
        context = context_of(name)
        assert context is not None
        assert context.composition
        assert context.labour_market
    known = set(load_catalogue().indicators)
    for name in ("intro_programme_result", "retention_first_municipality", "refugees_moved_in_share"):
        context = context_of(name)
        assert context is not None
        assert set(context.all) <= known
    assert context_of("children_share") is None


def test_a_result_is_told_with_what_to_read_beside_it_and_never_with_a_cause() -> None:
    found = findings([candidate(Fraction(20, 100), name="refugees_moved_in_share")], RULE)[0]
    named = {one.id: one.name for one in load_catalogue()}
    told = " ".join(str(one) for one in not_said(found, named))
    assert "sier ikke hvorfor" in told
    assert "Andel helt ledige 2022" in told
    assert "mangler" in " ".join(str(one) for one in not_said(found, {}))


fractions = st.integers(0, 400).map(lambda number: Fraction(number, 1000))


@settings(deadline=None)
@given(
    owns=st.lists(fractions, min_size=1, max_size=8),
    alike=st.lists(fractions, min_size=10, max_size=20),
    base=st.integers(20, 20_000),
)
def test_higher_and_lower_are_said_only_beyond_the_noise(
    owns: list[Fraction], alike: list[Fraction], base: int
) -> None:
    several = [candidate(own, name=f"x{place}", alike=alike, base=base) for place, own in enumerate(owns)]
    words = language("nb")
    for one in compared(several, RULE):
        text = " ".join(words.text(part) for part in about_comparison(one, NAMES))
        assert one.beside_alike is not None
        assert one.alike is not None
        if "høyere enn hos" in text or "lavere enn hos" in text:
            assert one.beside_alike.adjusted <= RULE.false_share
            assert ("høyere" in text) == (one.candidate.own.value > one.alike.median)  # type: ignore[operator]
        for word in ("fordi", "skyldes", "best", "dårligst", "økte"):
            assert word not in text


@settings(deadline=None, max_examples=40)
@given(owns=st.lists(fractions, min_size=1, max_size=10, unique=True), seed=st.integers(0, 99))
def test_the_order_candidates_come_in_changes_nothing(owns: list[Fraction], seed: int) -> None:
    several = [candidate(own, name=f"x{place}", theme=f"t{place % 3}") for place, own in enumerate(owns)]
    shuffled = list(np.random.default_rng(seed).permutation(len(several)))
    one, other = findings(several, RULE), findings([several[place] for place in shuffled], RULE)
    assert [found.indicator.id for found in one] == [found.indicator.id for found in other]
    assert len(one) <= RULE.findings
    distances = [abs(found.comparison.distance) for found in one if found.clear]
    assert distances == sorted(distances, reverse=True)


@pytest.mark.parametrize(
    ("base", "share", "spread"), [(500, 0.05, 0.0), (2500, 0.1, 0.2), (30_000, 0.05, 0.0)]
)
def test_places_like_those_alike_are_rarely_said_to_differ(base: int, share: float, spread: float) -> None:
    found = comparison_alarms(np.random.default_rng(17), 60, base, share, [0.0] * 10, spread)
    assert found.below / found.tests <= 0.05 + 0.027
    assert found.below / found.tests >= 0.01, "a rule that never speaks is no rule"
    assert found.with_wrong / found.documents <= 0.05 + 0.085


def test_places_that_differ_much_are_found_and_few_others_with_them() -> None:
    away = [0.0] * 5 + [0.6, -0.6, 0.8, -0.8, 0.7]
    found = comparison_alarms(np.random.default_rng(18), 60, 2500, 0.1, away)
    assert found.said >= 0.9 * 5 * 60
    assert found.wrong / found.said <= 0.05


@settings(deadline=None)
@given(
    count=st.integers(0, 60),
    base=st.integers(61, 5000),
    level=st.integers(1, 99).map(lambda one: one / 100),
    more=st.floats(0.0, 0.01),
    model=st.sampled_from([Model.SHARE, Model.EVENTS]),
)
def test_more_noise_never_makes_a_difference_surer(
    count: int, base: int, level: float, more: float, model: Model
) -> None:
    """A chance is one, and what is less sure of the others' level is never told with less chance, beyond a hair."""
    own = Figure.observed(Fraction(count, base))
    single = chance_of(own, level, Noise(model, base))
    assert 0 <= single <= 1
    away = abs(float(own.value or 0) - level) > 3 * deviation(Noise(model, base, 1, 4.0), level)
    if away:
        assert chance_of(own, level, Noise(model, base, 1, 2.0)) >= single
        assert chance_of(own, level, Noise(model, base), uncertain=more) >= single
