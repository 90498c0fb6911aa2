"""Alternatives side by side: worked by hand first, then what must always hold, then what can go wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import given, reject
from hypothesis import strategies as st

from fotfeste.errors import Infeasible
from fotfeste.settlement.alternatives import Comparison, compare, default_alternatives
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Criteria, Key, KeyForm, RuleKind
from fotfeste.settlement.criteria_file import shipped_criteria
from fotfeste.settlement.discuss import discuss
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.under_rules import distance
from fotfeste.statistics.figure import Figure
from tests.settlement.discussed import CODES, PEOPLE, equal, prepared
from tests.settlement.examples import by_population, criteria, criterion, rule

BY_POPULATION = criteria(by_population())
BY_EQUAL = replace(criteria(equal()), id="equal", title="Like mange", origin="like.toml")


def compared(made: Prepared, near: int = 5) -> Comparison:
    return compare(made, calculate(made), near)


def by_kind(found: Comparison, kind: str) -> dict[str, int]:
    return next(dict(one.numbers) for one in found.alternatives if one.kind == kind)


def test_population_beside_as_many_to_each_is_as_worked_out_by_hand() -> None:
    found = compared(prepared(BY_POPULATION, beside=[BY_EQUAL]))
    assert [one.kind for one in found.alternatives] == ["chosen", "criteria", "without-rules", "method"]
    chosen, other = found.alternatives[:2]
    assert list(chosen.numbers.values()) == [45, 30, 20, 5]
    assert list(other.numbers.values()) == [25, 25, 25, 25]
    assert found.from_chosen(other) == 25
    assert found.agreed == 25 + 25 + 20 + 5
    assert found.spans == dict(zip(CODES, [(25, 45), (25, 30), (20, 25), (5, 25)], strict=True))
    assert found.close == ("4020", "4032")
    assert found.changes(other) == dict(zip(CODES, [-20, -5, 5, 20], strict=True))


def test_a_narrower_limit_calls_fewer_municipalities_near() -> None:
    assert compared(prepared(BY_POPULATION, beside=[BY_EQUAL]), near=4).close == ()


def test_without_rules_is_what_the_method_alone_gives() -> None:
    ruled = criteria(by_population(), rules=[rule(RuleKind.CAP, "4003", persons=40)])
    found = compared(prepared(ruled))
    assert list(found.chosen.numbers.values()) == [40, 33, 22, 5]
    assert list(by_kind(found, "without-rules").values()) == [45, 30, 20, 5]
    without = next(one for one in found.alternatives if one.kind == "without-rules")
    assert not without.same_rules
    assert found.from_chosen(without) == 5


def test_the_other_method_spreads_what_a_cap_leaves_evenly_in_persons() -> None:
    ruled = criteria(by_population(), rules=[rule(RuleKind.CAP, "4003", persons=39)])
    assert list(by_kind(compared(prepared(ruled)), "method").values()) == [39, 32, 22, 7]


def test_past_practice_is_shared_out_under_the_rules_of_the_recommendation_and_says_what_it_is() -> None:
    ruled = criteria(by_population(), rules=[rule(RuleKind.CAP, "4003", persons=40)])
    shares = dict(
        zip(CODES, [Fraction(8, 10), Fraction(1, 10), Fraction(1, 20), Fraction(1, 20)], strict=True)
    )
    past = compared(prepared(ruled, past=shares)).alternatives[-1]
    assert past.kind == "past"
    assert list(past.numbers.values()) == [40, 30, 15, 15]
    told = " ".join(str(note) for note in past.notes)
    assert "sier ikke om fordelingen var god" in told
    assert "samme metode og regler" in told


def test_past_practice_names_those_that_get_nothing_because_they_were_not_asked() -> None:
    shares = dict(zip(CODES, (Fraction(3, 5), Fraction(0), Fraction(2, 5), Fraction(0)), strict=True))
    past = compared(prepared(BY_POPULATION, past=shares)).alternatives[-1]
    assert list(past.numbers.values()) == [60, 0, 40, 0]
    assert "Regnet som ikke bedt: Kommune 4020, Kommune 4036." in [str(note) for note in past.notes]
    all_asked = compared(prepared(BY_POPULATION, past=dict.fromkeys(CODES, Fraction(1, 4)))).alternatives[-1]
    assert not any("ikke bedt" in str(note) for note in all_asked.notes)


def test_a_number_that_somebody_has_set_holds_in_the_recommendation_alone() -> None:
    found = compared(prepared(BY_POPULATION, beside=[BY_EQUAL], overrides={"4036": 12}))
    numbers = {one.kind: one.numbers["4036"] for one in found.counted}
    assert numbers == {"chosen": 12, "criteria": 25, "without-rules": 5, "method": 5}
    assert {one.kind: one.set_by_hand for one in found.alternatives if one.set_by_hand} == {
        "chosen": ("4036",)
    }


def test_a_number_that_somebody_has_set_never_stands_firm() -> None:
    plain = compared(prepared(BY_POPULATION))
    assert "4036" in plain.close
    by_hand = compared(prepared(BY_POPULATION, overrides={"4036": plain.chosen.numbers["4036"]}))
    assert by_hand.spans["4036"] == plain.spans["4036"]
    assert set(plain.close) - set(by_hand.close) == {"4036"}


def test_unaccompanied_minors_are_the_same_in_all() -> None:
    named = replace(BY_EQUAL, minors=(("4032", 8),))
    found = compared(prepared(BY_POPULATION, beside=[named], minors={"4003": 3, "4036": 1}))
    assert list(found.alternatives[1].numbers.values()) == [27, 24, 24, 25]
    assert {sum(one.numbers.values()) for one in found.counted} == {100}


def test_criteria_without_figures_are_kept_with_the_reason() -> None:
    lacking = replace(
        criteria(criterion("unknown", 1, Key(KeyForm.POWER, base="newcomers"))),
        id="lacking",
        title="Uten tall",
    )
    found = compared(prepared(BY_POPULATION, beside=[lacking, BY_EQUAL]))
    refused = found.alternatives[1]
    assert refused.numbers == {}
    assert "newcomers" in str(refused.refused)
    assert refused not in found.counted
    assert found.agreed == 75


def test_criteria_whose_rules_clash_are_kept_with_the_rules_in_conflict() -> None:
    clash = replace(BY_EQUAL, rules=(rule(RuleKind.FLOOR, persons=30),))
    refused = compared(prepared(BY_POPULATION, beside=[clash])).alternatives[1]
    assert "Minstetall" in str(refused.refused)
    assert not refused.same_rules


def test_rules_are_the_same_when_only_their_grounds_differ() -> None:
    one = rule(RuleKind.FLOOR, persons=2)
    found = compared(
        prepared(
            replace(BY_POPULATION, rules=(one,)),
            beside=[replace(BY_EQUAL, rules=(replace(one, reason="ny"),))],
        )
    )
    assert found.alternatives[1].same_rules


def test_files_that_call_themselves_the_same_are_told_apart() -> None:
    twin = replace(BY_EQUAL, origin="kopi.toml")
    found = compared(prepared(BY_POPULATION, beside=[BY_EQUAL, twin, twin]))
    assert len({one.id for one in found.alternatives}) == len(found.alternatives)
    assert len({str(one.title) for one in found.alternatives}) == len(found.alternatives)
    assert "kopi.toml" in str(found.alternatives[2].title)


def test_all_shipped_criteria_but_the_chosen_are_the_default_alternatives() -> None:
    found = default_alternatives("standard-2027")
    assert "standard-2027" not in found
    assert {*found, "standard-2027"} == set(shipped_criteria())
    assert set(default_alternatives("egne.toml")) == set(shipped_criteria())


people = st.lists(st.integers(1, 9000), min_size=4, max_size=4).map(
    lambda n: dict(zip(CODES, n, strict=True))
)
rules = st.lists(
    st.one_of(
        st.builds(lambda code, n: rule(RuleKind.CAP, code, persons=n), st.sampled_from(CODES), st.integers(5, 60)),
        st.builds(lambda n: rule(RuleKind.ZERO_OR_FLOOR, persons=n), st.integers(2, 15)),
        st.builds(lambda code, n: rule(RuleKind.FLOOR, code, persons=n), st.sampled_from(CODES), st.integers(1, 15)),
    ),
    max_size=3,
)  # fmt: skip


@st.composite
def counties(draw: st.DrawFn) -> Prepared:
    """A county whose own rules can be met; those of the alternative need not be."""
    weights = draw(st.tuples(st.integers(0, 5), st.integers(1, 5)))
    chosen: Criteria = criteria(
        replace(by_population(), weight=Fraction(weights[0])),
        equal(weights[1]),
        rules=[
            one for one in draw(rules) if one.kind is not RuleKind.CAP or one.municipalities == (CODES[0],)
        ],
        method=draw(st.sampled_from(["sainte-lague", "hamilton"])),
    )
    shares = draw(st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any))
    past = {code: Fraction(n, sum(shares)) for code, n in zip(CODES, shares, strict=True)}
    other = replace(BY_POPULATION, id="other", title="Annet", rules=tuple(draw(rules)))
    made = prepared(chosen, beside=[other], past=past, people=draw(people), total=draw(st.integers(70, 200)))
    try:
        calculate(made)
    except Infeasible:
        reject()
    return made


@given(counties())
def test_the_chosen_is_the_recommendation_and_distance_is_a_metric(made: Prepared) -> None:
    found = compare(made, recommendation := calculate(made))
    assert dict(found.chosen.numbers) == {one.code: one.recommended for one in recommendation.municipalities}
    for one in found.counted:
        assert sum(one.numbers.values()) == made.request.total
        assert sum(found.changes(one).values()) == 0
        assert sum(n for n in found.changes(one).values() if n > 0) == found.from_chosen(one)
        for other in found.counted:
            apart = found.distances[one.id, other.id]
            assert apart == found.distances[other.id, one.id]
            assert (apart == 0) == (dict(one.numbers) == dict(other.numbers))
            assert found.total - apart >= found.agreed
            for third in found.counted:
                assert apart <= found.distances[one.id, third.id] + found.distances[third.id, other.id]
    for code, (low, high) in found.spans.items():
        assert low <= found.chosen.numbers[code] <= high
    assert 0 <= found.agreed <= found.total


def test_half_of_an_odd_sum_never_arises_for_equal_totals() -> None:
    assert distance({"a": 3, "b": 0}, {"a": 0, "b": 3}) == 3


def test_a_county_of_one_municipality_has_nothing_to_discuss() -> None:
    made = prepared(BY_POPULATION, people={"4003": 10})
    assert discuss(made, calculate(made)) == Discussion()


def test_every_shipped_alternative_is_told_of_on_the_embedded_data() -> None:
    names = default_alternatives("standard-2027")
    made = prepare("Telemark", 2027, 545, beside=names, past=True)
    found = compared(made)
    assert [one.id for one in found.alternatives] == ["chosen", *names, "without-rules", "method", "past"]
    assert found.counted == found.alternatives
    assert {sum(one.numbers.values()) for one in found.counted} == {545}


def test_districts_are_refused_where_there_are_none() -> None:
    made = prepare("Akershus", 2027, 1500, beside=["district-growth"])
    refused = compared(made).alternatives[1]
    assert refused.numbers == {}
    assert "Distriktskommuner" in str(refused.refused)


def test_a_bundle_gives_the_same_discussion_without_any_data(tmp_path: Path) -> None:
    from datetime import date

    from fotfeste.settlement.bundle import bundle_of, read_bundle, write_bundle

    made = prepare("Telemark", 2027, 545, beside=["equal-burden", "capacity"], past=True)
    recommendation = calculate(made)
    write_bundle(bundle_of(made, recommendation, date(2026, 11, 21), "0"), tmp_path / "b.json")
    again = read_bundle(tmp_path / "b.json").prepared
    found, before = discuss(again, calculate(again)), discuss(made, recommendation)
    assert found.weights == before.weights
    assert found.costs == before.costs
    assert found.comparison is not None
    assert before.comparison is not None
    assert [(one.id, dict(one.numbers)) for one in found.comparison.alternatives] == [
        (one.id, dict(one.numbers)) for one in before.comparison.alternatives
    ]


def test_a_missing_figure_that_only_an_alternative_needs_stops_nothing() -> None:
    lacking = {"newcomers": {code: Figure.missing() for code in PEOPLE}}
    other = replace(criteria(criterion("n", 1, Key(KeyForm.POWER, base="newcomers"))), id="n", title="N")
    found = compared(prepared(BY_POPULATION, beside=[other], more=lacking))
    assert "4003" in str(found.alternatives[1].refused)
