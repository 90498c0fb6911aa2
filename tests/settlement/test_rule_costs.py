"""What rules cost the others: worked by hand first, then what must always hold, then what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given

from fotfeste.messages import msg
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.rule_costs import RuleCost, rule_costs, stands_at
from fotfeste.settlement.rules import Bound
from fotfeste.statistics.figure import Figure
from tests.settlement.discussed import CODES, equal, prepared
from tests.settlement.examples import by_population, criteria, rule
from tests.settlement.test_alternatives import counties


def costs(made: Prepared) -> dict[tuple[RuleKind, str], RuleCost]:
    return {(one.kind, one.code): one for one in rule_costs(made, calculate(made))}


def test_a_cap_gives_the_others_what_it_takes() -> None:
    # 45, 30, 20, 5 by population. Capped at 34, the other 66 are shared 30 : 20 : 5, that is 36, 24, 6.
    found = costs(prepared(criteria(by_population(), rules=[rule(RuleKind.CAP, "4003", persons=34)])))
    assert set(found) == {(RuleKind.CAP, ""), (RuleKind.CAP, "4003")}
    one = found[RuleKind.CAP, "4003"]
    assert one.changes == {"4003": -11, "4020": 6, "4032": 4, "4036": 1}
    assert (one.number, one.moved, one.paid_by_others) == (34, 11, -11)
    assert one.gains == (("4020", 6), ("4032", 4), ("4036", 1))
    assert one.losses == (("4003", 11),)
    assert found[RuleKind.CAP, ""].changes == one.changes
    assert found[RuleKind.CAP, ""].paid_by_others is None


def test_a_floor_is_paid_by_the_others() -> None:
    # The floor of 10 gives the smallest 5 more; the 90 left go to 43, 28 and 19, where one more costs least.
    found = costs(prepared(criteria(by_population(), rules=[rule(RuleKind.FLOOR, persons=10)])))
    assert set(found) == {(RuleKind.FLOOR, ""), (RuleKind.FLOOR, "4036")}
    one = found[RuleKind.FLOOR, "4036"]
    assert one.changes == {"4003": -2, "4020": -2, "4032": -1, "4036": 5}
    assert one.paid_by_others == 5
    assert [str(reason) for reason in one.reasons] == ["fordi"]


def test_a_lock_costs_the_others_what_is_above_its_share() -> None:
    found = costs(prepared(criteria(by_population(), rules=[rule(RuleKind.LOCK, "4032", persons=36)])))
    # 64 left for 45 : 30 : 5 are 36, 24, 4.
    assert found[RuleKind.LOCK, "4032"].changes == {"4003": -9, "4020": -6, "4032": 16, "4036": -1}


def test_continuity_costs_the_others_what_the_services_need() -> None:
    demand = rule(RuleKind.CONTINUITY, "4036", persons=30, years=3)
    made = prepared(criteria(by_population(), rules=[demand]))
    stocks = {3: {"4036": Figure.observed(20)}}
    found = costs(replace(made, stocks=stocks))
    assert found[RuleKind.CONTINUITY, "4036"].paid_by_others == 5


def test_none_or_a_floor_can_take_all_from_the_smallest() -> None:
    found = costs(prepared(criteria(by_population(), rules=[rule(RuleKind.ZERO_OR_FLOOR, persons=15)])))
    one = found[RuleKind.ZERO_OR_FLOOR, "4036"]
    assert (one.number, one.paid_by_others) == (0, -5)


def test_a_transfer_changes_two_numbers_and_no_third() -> None:
    moved = rule(RuleKind.TRANSFER, "4003", persons=5, receiver="4036")
    found = costs(prepared(criteria(by_population(), rules=[moved])))
    assert found[RuleKind.TRANSFER, "4003"].changes == {"4003": -5, "4036": 5}
    assert found[RuleKind.TRANSFER, ""].changes == {"4003": -5, "4036": 5}


def test_an_override_is_a_rule_with_a_cost_like_any_other() -> None:
    made = prepared(criteria(by_population()), overrides={"4003": 34})
    found = costs(made)
    assert found[RuleKind.OVERRIDE, "4003"].changes == {"4003": -11, "4020": 6, "4032": 4, "4036": 1}
    (told,) = calculate(made).overrides
    assert told.others == {"4020": 6, "4032": 4, "4036": 1}


def test_what_is_settled_in_a_revision_has_a_cost() -> None:
    from fotfeste.settlement.revision import Revision, Standing, Version

    before = Version("x", date(2026, 11, 21), 90, 0, {})
    revision = Revision((before,), {"4036": Standing(settled=Figure.observed(10))}, "2027-05-01", "none")
    found = costs(prepared(criteria(by_population()), revision=revision))
    assert found[RuleKind.SETTLED, "4036"].paid_by_others == 5
    assert found[RuleKind.SETTLED, ""].moved == 5


def test_rules_that_do_not_hold_a_number_cost_nothing_and_name_nobody() -> None:
    found = costs(prepared(criteria(by_population(), rules=[rule(RuleKind.CAP, persons=90)])))
    assert set(found) == {(RuleKind.CAP, "")}
    assert found[RuleKind.CAP, ""].moved == 0


def test_without_rules_there_are_no_costs() -> None:
    assert costs(prepared(criteria(by_population()))) == {}


def test_when_the_others_cannot_be_met_without_it_the_cost_is_not_told() -> None:
    # The override stands in for a lock that, together with the other locks, leaves nothing for the floor.
    locks = [rule(RuleKind.LOCK, code, persons=n) for code, n in (("4003", 50), ("4020", 30), ("4032", 20))]
    chosen = criteria(by_population(), rules=[*locks, rule(RuleKind.FLOOR, "4036", persons=5)])
    one = costs(prepared(chosen, overrides={"4003": 45}))[RuleKind.OVERRIDE, "4003"]
    assert one.changes is None
    assert (one.moved, one.paid_by_others, one.gains, one.losses) == (None, None, (), ())


def test_minors_stand_on_top_and_cost_nobody() -> None:
    made = prepared(
        criteria(by_population(), rules=[rule(RuleKind.CAP, "4003", persons=37)]),
        total=103,
        minors={"4003": 3},
    )
    one = costs(made)[RuleKind.CAP, "4003"]
    assert (one.number, one.paid_by_others) == (37, -11)


def test_a_number_stands_at_a_bound_only_where_the_bound_is() -> None:
    floor = Bound(RuleKind.FLOOR, "4003", msg("minst 5"), 5)
    assert stands_at(floor, 5)
    assert not stands_at(floor, 6)
    assert not stands_at(floor, 4)
    assert not stands_at(Bound(RuleKind.CAP, "4003", msg("høyst 5"), 0, 5), 0)
    either = Bound(RuleKind.ZERO_OR_FLOOR, "4003", msg("ingen eller minst 5"), 5, or_zero=True)
    assert stands_at(either, 0)


@given(counties())
def test_what_some_gain_others_lose(made: Prepared) -> None:
    recommendation = calculate(made)
    numbers = {one.code: one.recommended for one in recommendation.municipalities}
    for one in rule_costs(made, recommendation):
        assert one.changes is not None
        assert sum(one.changes.values()) == 0
        assert all(one.changes.values())
        assert sum(n for _, n in one.gains) == sum(n for _, n in one.losses) == one.moved
        if one.code:
            assert one.number == numbers[one.code]
            others = sum(n for code, n in one.changes.items() if code != one.code)
            assert one.paid_by_others == -others
        else:
            kept = tuple(each for each in made.criteria.rules if each.kind is not one.kind)
            freed = calculate(made.under(replace(made.criteria, rules=kept)))
            assert one.changes == {
                m.code: numbers[m.code] - m.recommended
                for m in freed.municipalities
                if numbers[m.code] != m.recommended
            }


@given(counties())
def test_without_gaps_a_rule_that_no_number_stands_at_costs_nothing(made: Prepared) -> None:
    plain = tuple(each for each in made.criteria.rules if each.kind is not RuleKind.ZERO_OR_FLOOR)
    made = made.under(replace(made.criteria, rules=plain))
    recommendation = calculate(made)
    held = {(one.kind, one.code) for one in rule_costs(made, recommendation)}
    numbers = [one.recommended for one in recommendation.municipalities]
    for kind in {each.kind for each in plain}:
        for code in CODES:
            if (kind, code) in held:
                continue
            left = tuple(
                replace(each, municipalities=others) if each.kind is kind else each
                for each in plain
                if (others := tuple(c for c in each.municipalities or CODES if c != code))
                or each.kind is not kind
            )
            freed = calculate(made.under(replace(made.criteria, rules=left)))
            assert [one.recommended for one in freed.municipalities] == numbers


@given(counties())
def test_with_gaps_every_rule_that_changes_a_number_is_told_of(made: Prepared) -> None:
    either = rule(RuleKind.ZERO_OR_FLOOR, persons=12)
    kept = [each for each in made.criteria.rules if each.kind is RuleKind.CAP]
    made = made.under(replace(made.criteria, rules=(either, *kept)))
    recommendation = calculate(made)
    told = {one.code for one in rule_costs(made, recommendation) if one.kind is RuleKind.ZERO_OR_FLOOR}
    numbers = [one.recommended for one in recommendation.municipalities]
    for code in CODES:
        others = replace(either, municipalities=tuple(one for one in CODES if one != code))
        freed = calculate(made.under(replace(made.criteria, rules=(others, *kept))))
        assert code in told or [one.recommended for one in freed.municipalities] == numbers


def test_a_number_above_the_floor_can_be_there_because_of_the_floor() -> None:
    # 16 persons, shares 8, 4, 2, 2. With none or at least ten, one gets all 16; without it there, others come in.
    people = {"4003": 800, "4020": 400, "4032": 200, "4036": 200}
    chosen = criteria(by_population(), rules=[rule(RuleKind.ZERO_OR_FLOOR, persons=10)])
    found = costs(prepared(chosen, people=people, total=16))
    one = found[RuleKind.ZERO_OR_FLOOR, "4003"]
    assert one.number == 16
    assert one.changes is not None
    assert one.changes["4003"] > 0


def test_the_floor_of_the_default_costs_the_larger_ones_in_innlandet() -> None:
    made = prepare("Innlandet", 2027, 1054)
    found = costs(made)
    assert found[RuleKind.ZERO_OR_FLOOR, ""].moved == 11
    assert found[RuleKind.ZERO_OR_FLOOR, "3429"].paid_by_others == 3


def test_equal_numbers_need_no_floor() -> None:
    found = costs(prepared(criteria(equal(), rules=[rule(RuleKind.FLOOR, persons=25)])))
    assert {one.moved for one in found.values()} == {0}
    assert {code for _, code in found} == {"", *CODES}
