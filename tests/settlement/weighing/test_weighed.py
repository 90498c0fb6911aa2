"""What follows from the choices: the same numbers as from the command line, and ways out where there are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.settlement.alternatives import default_alternatives
from fotfeste.settlement.bundle import Bundle, bundle_as_text, bundle_of
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.criteria_file import shipped_criteria
from fotfeste.settlement.criteria_write import criteria_as_toml
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.verify import verify
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Change,
    ChangeRule,
    RemoveRule,
    SetPlaces,
    SetTotal,
    SetWeight,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.choices import Choices, begun
from fotfeste.settlement.weighing.ready import prepare_for_weighing
from fotfeste.settlement.weighing.ways_out import MOST_WAYS, WayOut
from fotfeste.settlement.weighing.weighed import bundle_from, compare_versions, cost_of_override, weigh
from fotfeste.statistics import open_store
from tests.daily import every_nth

from .examples import AT, BAMBLE, PORSGRUNN, SKIEN, answered, choices, override, ready, rule
from .strategies import versions

MADE = date(2026, 11, 21)
NB = language("nb")


def after(*changes: Change, start: Choices | None = None) -> Choices:
    state = start or choices()
    for change in changes:
        state = apply(state, change, AT)
    return state


COUNTIES = tuple(one.code for one in load_regions().counties(2027))


def bundles_are_the_same(county: str, names: tuple[str, ...]) -> None:
    regions, store = load_regions(), open_store()
    gathered = prepare_for_weighing(county, 2027, regions=regions, store=store)
    total = 23 * len(gathered.codes)
    for name in names:
        chosen = begun(county, 2027, gathered.codes, total, 0, name)
        alone = prepare(
            county, 2027, total, criteria=name, beside=default_alternatives(name), past=True, regions=regions, store=store
        )  # fmt: skip
        expected = found_or_refused(partial(recalculated, alone))
        assert found_or_refused(partial(bundle_from, gathered, chosen, MADE, "0.1.0")) == expected


@pytest.mark.parametrize(("place", "county"), every_nth(4, enumerate(COUNTIES)))
def test_a_bundle_is_byte_for_byte_the_one_that_is_gathered_for_it_alone(place: int, county: str) -> None:
    bundles_are_the_same(county, (shipped_criteria()[place % len(shipped_criteria())],))


@pytest.mark.slow
@pytest.mark.parametrize("county", COUNTIES)
def test_so_it_is_by_every_shipped_file_in_every_county(county: str) -> None:
    bundles_are_the_same(county, shipped_criteria())


def recalculated(prepared: Prepared) -> Bundle:
    return bundle_of(prepared, calculate(prepared), MADE, "0.1.0")


def found_or_refused(made: Callable[[], Bundle]) -> str:
    try:
        return bundle_as_text(made())
    except FotfesteError as error:
        return str(error)


def test_changed_choices_give_the_bundle_that_their_own_criteria_file_gives(tmp_path: Path) -> None:
    chosen = after(
        SetWeight("work", Fraction("32.5")),
        AddRule(rule(RuleKind.CONTINUITY, SKIEN, BAMBLE, persons=40, years=4)),
        AddRule(rule(RuleKind.LOCK, PORSGRUNN, persons=80)),
        SetTotal(600, 5),
        override(SKIEN, 61),
    )
    criteria = chosen.criteria
    path = tmp_path / criteria.origin
    path.write_text(criteria_as_toml(criteria, criteria.national.id if criteria.national else ""), "utf-8")
    alone = prepare(
        "40",
        2027,
        600,
        minors=5,
        criteria=path,
        replies=answered().gathered.replies,
        ledger=chosen.ledger,
        beside=default_alternatives(str(path)),
        past=True,
    )
    made = bundle_from(answered(), chosen, MADE, "0.1.0")
    assert bundle_as_text(made) == bundle_as_text(bundle_of(alone, calculate(alone), MADE, "0.1.0"))
    assert verify(made).same


def test_replies_can_be_replaced_without_reading_anything_again() -> None:
    without = weigh(ready(), choices())
    assert without.numbers[SKIEN] > 60
    assert weigh(answered(), choices()).numbers[SKIEN] == 60
    assert weigh(answered().with_replies(None), choices()).numbers == without.numbers
    with pytest.raises(InputError):
        ready().with_replies(Replies("56", 2027, {}, "svar"))


@given(st.data())
@settings(max_examples=25)
def test_whatever_is_chosen_the_numbers_sum_to_the_total_or_somebody_is_told_why(data: st.DataObject) -> None:
    for chosen in data.draw(versions(choices()))[1:]:
        found = weigh(ready(), chosen, ranges=False)
        if found.recommendation is None:
            assert found.what is not None
            assert not found.numbers
            assert len(found.ways) <= MOST_WAYS
            for way in found.ways:
                check_way(way, chosen)
            continue
        assert sum(found.numbers.values()) == chosen.total
        assert {code: found.numbers[code] for code in chosen.overrides} == chosen.overrides


def check_way(way: WayOut, chosen: Choices) -> None:
    solved = weigh(ready(), apply(chosen, way.change, max([AT, *(one.at for one in chosen.ledger.entries)])))
    assert solved.error is None
    assert solved.numbers == way.numbers
    assert way.persons >= 0


def test_without_ranges_everything_but_the_ranges_is_the_same() -> None:
    chosen = after(SetTotal(306, 0), start=choices("56", criteria="equal-burden"))
    quick, whole = weigh(ready("56"), chosen, ranges=False), weigh(ready("56"), chosen)
    assert quick.recommendation is not None
    assert whole.recommendation is not None
    assert not quick.ranged
    assert quick.with_ranges.recommendation == whole.recommendation
    assert whole.with_ranges is whole
    assert any(one.possible for one in whole.recommendation.municipalities)
    bare = tuple(replace(one, possible=None) for one in whole.recommendation.municipalities)
    assert quick.recommendation.municipalities == bare


def test_what_an_override_costs_is_told_before_it_is_made_as_it_is_afterwards() -> None:
    chosen = after(override(BAMBLE, 20))
    cost = cost_of_override(ready(), chosen, SKIEN, 60)
    made = weigh(ready(), after(override(SKIEN, 60), start=chosen)).recommendation
    assert made is not None
    then = next(one for one in made.overrides if one.code == SKIEN)
    assert replace(cost, role=then.role, reason=then.reason) == then
    assert cost.instead == weigh(ready(), chosen).numbers[SKIEN]
    assert sum(cost.others.values()) + 60 - cost.instead == 0


def test_the_cost_of_an_override_counts_minors_in() -> None:
    chosen = after(SetTotal(545, 6))
    cost = cost_of_override(answered(), chosen, BAMBLE, 20)
    made = weigh(answered(), after(override(BAMBLE, 20), start=chosen)).recommendation
    assert made is not None
    assert replace(cost, role="rådgiver", reason="Byen bygger om") == made.overrides[0]
    with pytest.raises(InputError) as caught:
        cost_of_override(answered(), chosen, SKIEN, 3)
    assert caught.value.code == "override.minors"


@pytest.mark.parametrize(("code", "persons"), [("0301", 3), (SKIEN, -1), (SKIEN, 546)])
def test_an_override_that_cannot_be_made_has_no_cost(code: str, persons: int) -> None:
    with pytest.raises(InputError):
        cost_of_override(ready(), choices(), code, persons)


def test_versions_are_compared_by_persons_moved_and_by_what_another_total_adds() -> None:
    first = weigh(ready(), choices())
    moved = weigh(ready(), after(override(SKIEN, first.numbers[SKIEN] - 10)))
    change = compare_versions(first, moved)
    assert (change.more, change.fewer, change.moved) == (10, 10, 10)
    assert change.changes[SKIEN] == -10
    assert sum(change.changes.values()) == 0
    more = compare_versions(first, weigh(ready(), after(SetTotal(560, 0))))
    assert more.more - more.fewer == 15
    assert compare_versions(first, first).changes == {}
    assert compare_versions(first, weigh(ready(), TOO_HIGH)).changes == {}


def test_alternatives_stand_beside_the_choices() -> None:
    found = weigh(ready(), after(SetWeight("work", Fraction(30)))).alternatives
    assert found is not None
    assert len([one for one in found.alternatives if one.kind == "criteria"]) == len(shipped_criteria())
    assert found.chosen.title != found.alternatives[1].title


FLOOR = rule(RuleKind.FLOOR, persons=40)
TOO_HIGH = after(AddRule(FLOOR))


def told(chosen: Choices) -> Mapping[str, WayOut]:
    return {NB.text(way.told): way for way in weigh(ready(), chosen).ways}


def test_a_floor_that_is_too_high_can_be_lowered_just_so_far_or_the_total_raised() -> None:
    found = weigh(ready(), TOO_HIGH)
    assert found.recommendation is None
    assert NB.text(found.what or "") == "Reglene kan ikke oppfylles når 545 personer skal fordeles."
    assert all("--" not in NB.text(problem.what) for problem in found.problems)
    ways = [(way.change, way.persons) for way in found.ways]
    assert ways[0] == (SetTotal(17 * 40, 0), 17 * 40 - 545)
    assert ways[1][0] == ChangeRule(FLOOR, replace(FLOOR, persons=545 // 17))
    assert ways[2][0] == RemoveRule(FLOOR)
    assert [persons for _, persons in ways] == sorted(persons for _, persons in ways)


def test_a_cap_that_is_too_low_can_be_raised_just_so_far_or_the_total_lowered() -> None:
    cap = rule(RuleKind.CAP, persons=20)
    found = [way.change for way in weigh(ready(), after(AddRule(cap))).ways]
    assert SetTotal(17 * 20, 0) in found
    assert ChangeRule(cap, replace(cap, persons=-(-545 // 17))) in found


def test_locks_that_take_too_much_can_be_lowered_or_removed() -> None:
    locks = [rule(RuleKind.LOCK, code, persons=300) for code in (SKIEN, PORSGRUNN)]
    found = [way.change for way in weigh(ready(), after(*map(AddRule, locks))).ways]
    assert SetTotal(600, 0) in found
    assert RemoveRule(locks[0]) in found
    assert ChangeRule(locks[0], replace(locks[0], persons=245)) in found


def test_a_number_that_somebody_has_set_can_be_withdrawn_and_somebody_must_stand_for_it() -> None:
    chosen = after(override(SKIEN, 545), override(BAMBLE, 20))
    ways = weigh(ready(), chosen).ways
    withdrawn = [way for way in ways if isinstance(way.change, WithdrawOverride)]
    assert {way.change.code for way in withdrawn if isinstance(way.change, WithdrawOverride)} == {
        SKIEN,
        BAMBLE,
    }
    assert all(way.asks for way in withdrawn)
    assert "Trekk tilbake tallet som er satt for Bamble." in told(chosen)


def test_a_number_below_the_minors_is_told_of_and_can_be_withdrawn() -> None:
    chosen = after(SetTotal(545, 6), override(SKIEN, 3))
    found = weigh(answered(), chosen)
    assert found.error is not None
    assert found.error.code == "override.minors"
    assert any(isinstance(way.change, WithdrawOverride) for way in found.ways)


def test_minors_without_places_are_shared_as_the_others_or_later_and_never_wished_away() -> None:
    found = weigh(answered(), after(SetTotal(545, 9)))
    first, later = found.ways
    assert isinstance(first.change, SetPlaces)
    assert sum(number for _, number in first.change.places) == 9
    assert dict(first.change.places)[SKIEN] >= 4, "what is answered stands"
    assert first.persons == 0
    assert sum(first.numbers.values()) == 545
    shared = weigh(answered(), after(SetTotal(545, 9), first.change))
    assert shared.recommendation is not None
    assert sum(one.minors for one in shared.recommendation.municipalities) == 9
    assert later.change == SetTotal(536, 0)
    assert NB.text(later.told).startswith("Fordel 9 enslige mindreårige senere, og de andre nå.")


def test_the_others_have_their_numbers_while_the_minors_lack_places() -> None:
    found = weigh(ready(), after(SetTotal(545, 20)))
    assert found.recommendation is None
    assert found.without_minors is not None
    assert sum(found.without_minors.numbers.values()) == 525
    assert weigh(ready(), TOO_HIGH).without_minors is None
    assert weigh(ready(), after(SetTotal(20, 20))).without_minors is None


def test_places_that_the_county_has_set_can_be_taken_back() -> None:
    first = weigh(answered(), after(SetTotal(545, 9))).ways[0].change
    back = after(SetTotal(545, 9), first, SetPlaces(()))
    assert back.criteria.minors == ()
    assert weigh(answered(), back).error is not None


def test_choices_for_another_county_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        weigh(ready(), choices("56"))
    assert caught.value.code == "ledger.other"


def test_a_rule_for_all_can_be_lifted_where_it_meets_another() -> None:
    floor, cap = rule(RuleKind.FLOOR, persons=12), rule(RuleKind.CAP, BAMBLE, persons=11)
    ways = weigh(ready(), after(AddRule(floor), AddRule(cap))).ways
    others = tuple(code for code in ready().codes if code != BAMBLE)
    lifted = next(
        way for way in ways if way.change == ChangeRule(floor, replace(floor, municipalities=others))
    )
    assert lifted.persons == 1
    assert lifted.numbers[BAMBLE] == 11
    assert NB.text(lifted.told) == "La ikke regelen gjelde Bamble: Minst 12 personer (alle kommuner)."


def test_no_more_ways_are_offered_than_people_can_choose_between() -> None:
    locks = [AddRule(rule(RuleKind.LOCK, code, persons=90)) for code in ready().codes[:7]]
    assert len(weigh(ready(), after(*locks)).ways) == MOST_WAYS


def test_criteria_without_figures_can_be_left_out() -> None:
    unknown = replace(choices().criteria.criteria[1].key, indicator="not_there")
    criteria = choices().criteria
    ones = (criteria.criteria[0], replace(criteria.criteria[1], key=unknown), *criteria.criteria[2:])
    found = weigh(ready(), replace(choices(), criteria=replace(criteria, origin="våre.toml", criteria=ones)))
    assert found.error is not None
    assert found.error.code == "criteria.data"
    assert [way.change for way in found.ways] == [SetWeight(criteria.criteria[1].id, Fraction(0))]
