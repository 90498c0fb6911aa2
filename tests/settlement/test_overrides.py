"""A number that a person has set: it stands, the rest is solved anew, and what it costs is known exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import Infeasible, InputError
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.shown import shown_explanation

from .changed import NAME, ledger, numbers, prepared
from .examples import CODES, replies, rule

SKIEN, MIDT, FYRESDAL, VINJE = CODES


def effect(found: Recommendation, code: str, kind: RuleKind) -> int:
    one = next(each for each in found.municipalities if each.code == code)
    return next((each.persons for each in one.explanation.rule_effects if each.kind is kind), 0)


def assert_adds_up(found: Recommendation) -> None:
    assert sum(one.recommended for one in found.municipalities) == found.request.total
    for one in found.municipalities:
        parts = one.explanation
        assert (
            parts.ideal
            + parts.rounding
            + sum(each.persons for each in parts.rule_effects)
            + parts.interaction
            + parts.minors
            == one.recommended
        )
        assert sum(row.persons for row in shown_explanation(one).rows) == one.recommended


def test_a_set_number_stands_and_the_others_share_the_rest_by_the_method() -> None:
    # Without: 55, 11, 1, 4. The other 31 by 11 000, 1 200 and 3 800 inhabitants, divisors 1, 3, 5: 22, 2, 7.
    found = calculate(prepared(overrides=ledger({SKIEN: 40})))
    assert {one.code: one.recommended for one in found.municipalities} == {
        SKIEN: 40, MIDT: 22, FYRESDAL: 2, VINJE: 7
    }  # fmt: skip
    (cost,) = found.overrides
    assert (cost.code, cost.entry, cost.persons, cost.instead) == (SKIEN, 1, 40, 55)
    assert cost.others == {MIDT: 11, FYRESDAL: 1, VINJE: 3}
    assert effect(found, SKIEN, RuleKind.OVERRIDE) == -15
    assert_adds_up(found)


def test_the_row_of_the_override_is_there_and_names_role_and_reason_but_nobody() -> None:
    found = calculate(prepared(overrides=ledger({SKIEN: 40})))
    skien = found.municipalities[0]
    assert [row.id for row in shown_explanation(skien).rows if row.kind == "rule"] == ["override"]
    (binding,) = skien.explanation.bindings
    assert "fylkesdirektør" in str(binding.reason)
    assert NAME not in repr(found)


@pytest.mark.parametrize(
    "general",
    [
        rule(RuleKind.LOCK, SKIEN, persons=30),
        rule(RuleKind.EXCLUDE, SKIEN),
        rule(RuleKind.FLOOR, SKIEN, persons=50),
        rule(RuleKind.ZERO_OR_FLOOR, SKIEN, persons=50),
        rule(RuleKind.CAP, SKIEN, persons=20),
    ],
    ids=lambda one: one.kind.value,
)
def test_an_override_goes_before_every_rule_of_the_file_and_that_is_told(general: object) -> None:
    found = calculate(prepared(general, overrides=ledger({SKIEN: 40})))  # type: ignore[arg-type]
    assert found.municipalities[0].recommended == 40
    assert sum("Skien er overstyrt, og regelen" in str(note) for note in found.notes) == 1
    assert not any("låst eller unntatt" in str(note) for note in found.notes)
    assert_adds_up(found)


def test_an_override_goes_before_the_capacity_that_was_replied() -> None:
    answer = replies(Reply(SKIEN, {Service.HOUSING: 10}))
    cap = rule(RuleKind.CAP, origin="replies")
    assert numbers(prepared(cap, replies=answer))[SKIEN] == 10
    assert numbers(prepared(cap, replies=answer, overrides=ledger({SKIEN: 40})))[SKIEN] == 40


def test_rules_still_hold_for_the_others() -> None:
    found = numbers(prepared(rule(RuleKind.FLOOR, persons=10), overrides=ledger({SKIEN: 41})))
    assert found == {SKIEN: 41, MIDT: 10, FYRESDAL: 10, VINJE: 10}


def test_the_set_number_is_the_whole_number_with_minors() -> None:
    places = {SKIEN: 6, VINJE: 4}
    found = calculate(prepared(minors=10, places=places, overrides=ledger({SKIEN: 40})))
    skien, *_, vinje = found.municipalities
    assert (skien.recommended, skien.minors) == (40, 6)
    assert vinje.minors == 4
    assert_adds_up(found)
    (cost,) = found.overrides
    assert cost.instead is not None
    assert cost.persons - cost.instead + sum(cost.others.values()) == 0


def test_an_excluded_municipality_with_minors_can_be_overridden_where_the_exclusion_alone_is_refused() -> (
    None
):
    out = rule(RuleKind.EXCLUDE, VINJE)
    with pytest.raises(InputError):
        calculate(prepared(out, minors=4, places={VINJE: 4}))
    found = calculate(prepared(out, minors=4, places={VINJE: 4}, overrides=ledger({VINJE: 6})))
    assert found.municipalities[-1].recommended == 6
    assert found.overrides[0].instead is None  # without it, the exclusion cannot be met
    assert_adds_up(found)


def test_a_number_below_the_minors_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        calculate(prepared(minors=4, places={VINJE: 4}, overrides=ledger({VINJE: 3})))
    assert caught.value.code == "override.minors"


def test_a_transfer_still_moves_its_persons_beside_an_override() -> None:
    moved = rule(RuleKind.TRANSFER, SKIEN, persons=5, receiver=VINJE)
    found = calculate(prepared(moved, overrides=ledger({VINJE: 20})))
    assert found.municipalities[-1].recommended == 20
    assert_adds_up(found)
    given = calculate(prepared(moved, overrides=ledger({SKIEN: 20})))
    assert given.municipalities[0].recommended == 20
    assert_adds_up(given)


def test_a_number_below_what_is_moved_there_is_refused_and_names_the_transfer() -> None:
    moved = rule(RuleKind.TRANSFER, SKIEN, persons=5, receiver=VINJE)
    with pytest.raises(InputError) as caught:
        calculate(prepared(moved, overrides=ledger({VINJE: 4})))
    assert caught.value.code == "override.transfer"
    assert calculate(prepared(moved, overrides=ledger({VINJE: 5}))).municipalities[-1].recommended == 5


def test_when_every_number_is_set_they_must_sum_to_the_total() -> None:
    whole = dict(zip(CODES, (40, 20, 5, 6), strict=True))
    assert numbers(prepared(overrides=ledger(whole))) == whole
    with pytest.raises(Infeasible) as caught:
        calculate(prepared(overrides=ledger(whole | {VINJE: 7})))
    told = str(caught.value)
    assert "Overstyring" in told
    assert "Skien: nøyaktig 40" in told
    assert "Vinje: nøyaktig 7" in told
    assert "krever minst 72" in told
    assert "fotfeste overrides withdraw" in told


def test_numbers_above_the_total_are_infeasible_and_the_overrides_are_named() -> None:
    with pytest.raises(Infeasible) as caught:
        calculate(prepared(overrides=ledger({SKIEN: 60, MIDT: 12})))
    assert [problem.code for problem in caught.value.problems] == ["conflict.override"]
    assert "Midt-Telemark: nøyaktig 12" in str(caught.value)


def test_an_override_that_leaves_too_few_for_the_floors_names_both() -> None:
    with pytest.raises(Infeasible) as caught:
        calculate(prepared(rule(RuleKind.FLOOR, persons=10), overrides=ledger({SKIEN: 60})))
    named = {problem.code for problem in caught.value.problems}
    assert named == {"conflict.override", "conflict.floor", "conflict.sum"}
    assert "krever 80. I tillegg kommer Midt-Telemark: 10" in str(caught.value)


def test_an_override_that_makes_the_rules_possible_has_nothing_to_be_compared_with() -> None:
    floors = rule(RuleKind.FLOOR, persons=20)
    with pytest.raises(Infeasible):
        calculate(prepared(floors))
    (cost,) = calculate(prepared(floors, overrides=ledger({FYRESDAL: 1}))).overrides
    assert cost.instead is None
    assert cost.others == {}


def test_a_withdrawn_override_is_as_if_it_had_never_been() -> None:
    taken_back = ledger({SKIEN: 40}).followed(
        at=ledger({SKIEN: 40}).entries[0].at, role="r", name="n n", code=SKIEN, persons=None, reason="x"
    )
    found = calculate(prepared(overrides=taken_back))
    assert found.overrides == ()
    assert {one.code: one.recommended for one in found.municipalities} == numbers(prepared())
    assert not any(
        kind.kind is RuleKind.OVERRIDE for kind in found.municipalities[0].explanation.rule_effects
    )


def test_the_newest_of_two_overrides_holds() -> None:
    twice = ledger({SKIEN: 40}).followed(
        at=ledger({SKIEN: 40}).entries[0].at, role="r", name="n n", code=SKIEN, persons=50, reason="x"
    )
    (cost,) = calculate(prepared(overrides=twice)).overrides
    assert (cost.persons, cost.entry) == (50, 2)


def test_each_cost_is_measured_with_the_other_overrides_standing() -> None:
    found = calculate(prepared(overrides=ledger({SKIEN: 40, VINJE: 15})))
    with_vinje_only = numbers(prepared(overrides=ledger({VINJE: 15})))
    cost = next(one for one in found.overrides if one.code == SKIEN)
    assert cost.instead == with_vinje_only[SKIEN]
    assert VINJE not in cost.others


def test_an_override_outside_the_county_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        calculate(prepared(overrides=ledger({"0301": 40})))
    assert caught.value.code == "override.municipality"
    assert "0301" in str(caught.value)


def test_a_tie_among_the_others_is_told() -> None:
    alike = dict.fromkeys(CODES, 1000)
    found = calculate(prepared(people=alike, total=8, overrides=ledger({SKIEN: 1})))
    assert sorted(one.recommended for one in found.municipalities) == [1, 2, 2, 3]
    (tie,) = found.ties
    assert set(tie.codes) == {MIDT, FYRESDAL, VINJE}
    assert_adds_up(found)


@given(
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 40), min_size=1, max_size=3),
    st.integers(1, 150),
    st.sampled_from(["sainte-lague", "hamilton"]),
    st.integers(0, 6),
)
def test_the_cost_is_the_numbers_with_less_the_numbers_without_and_sums_to_zero(
    chosen: dict[str, int], total: int, method: str, floor: int
) -> None:
    rules = [rule(RuleKind.ZERO_OR_FLOOR, persons=floor)] if floor else []
    arguments: dict[str, object] = {"total": total, "method": method}
    try:
        found = calculate(prepared(*rules, overrides=ledger(chosen), **arguments))  # type: ignore[arg-type]
    except Infeasible:
        return
    assert_adds_up(found)
    now = {one.code: one.recommended for one in found.municipalities}
    assert {code: now[code] for code in chosen} == chosen
    for cost in found.overrides:
        others = {code: persons for code, persons in chosen.items() if code != cost.code}
        try:
            without = numbers(prepared(*rules, overrides=ledger(others), **arguments))  # type: ignore[arg-type]
        except Infeasible:
            assert cost.instead is None
            continue
        assert cost.instead == without[cost.code]
        assert cost.others == {
            code: now[code] - without[code]
            for code in CODES
            if code != cost.code and now[code] != without[code]
        }
        assert cost.persons - cost.instead + sum(cost.others.values()) == 0
