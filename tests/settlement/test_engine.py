from fractions import Fraction

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from fotfeste.errors import FotfesteError, Infeasible, InputError
from fotfeste.settlement.check import BrokenAnswer, check_answer
from fotfeste.settlement.conflict import find_conflict
from fotfeste.settlement.criteria import Key, KeyForm, Rule, RuleKind
from fotfeste.settlement.domains import feasible
from fotfeste.settlement.engine import Worked, binding, work_out
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.rules import Bound, domains_of, set_aside
from fotfeste.statistics.figure import Figure

from .examples import CODES, NAMES, by_population, criteria, criterion, inputs, replies, rule, rule_inputs

# Shares of 71 by population: Skien 55, Midt-Telemark 11, Fyresdal 1.2, Vinje 3.8.


def worked(*rules: Rule, total: int = 71, **more: object) -> Worked:
    return work_out(criteria(by_population(), rules=rules), inputs(), rule_inputs(**more), total)  # type: ignore[arg-type]


def parts(done: Worked, code: str) -> Fraction:
    """Everything the explanation of one number adds up."""
    ideal = sum((by_code[code] for by_code in done.mixed.persons.values()), Fraction(0))
    rounding = done.unruled[code] - ideal
    effects = sum(changes[code] for changes in done.alone.values())
    interaction = done.numbers[code] - done.unruled[code] - effects
    return ideal + rounding + effects + interaction


def test_without_rules_everyone_gets_the_rounded_share() -> None:
    assert worked().numbers == {"4003": 55, "4020": 11, "4032": 1, "4036": 4}


def test_nobody_below_the_floor() -> None:
    done = worked(rule(RuleKind.FLOOR, persons=5))
    assert min(done.numbers.values()) == 5
    assert done.alone[RuleKind.FLOOR]["4032"] == 4


def test_zero_or_the_floor() -> None:
    done = worked(rule(RuleKind.ZERO_OR_FLOOR, persons=10))
    assert done.numbers == {"4003": 59, "4020": 12, "4032": 0, "4036": 0}
    assert [bound.kind for bound in binding(done, "4036", 0)] == [RuleKind.ZERO_OR_FLOOR]


def test_the_lowest_stated_capacity_is_the_cap_and_is_named() -> None:
    answer = Reply("4003", {Service.HOUSING: 50, Service.ADULT_EDUCATION: 40, Service.HEALTH: 45})
    done = worked(rule(RuleKind.CAP, origin="replies"), replies=replies(answer))
    assert done.numbers["4003"] == 40
    (bound,) = binding(done, "4003", 0)
    assert "voksenopplæring" in str(bound.reason)
    assert any("Uten oppgitt kapasitet" in str(note) for note in done.applied.notes)


def test_blank_capacity_is_unknown_and_sets_no_cap() -> None:
    done = worked(rule(RuleKind.CAP, origin="replies"), replies=replies(Reply("4003")))
    assert done.numbers["4003"] == 55


def test_a_stated_capacity_of_zero_is_a_cap_of_zero() -> None:
    done = worked(rule(RuleKind.CAP, origin="replies"), replies=replies(Reply("4020", {Service.HOUSING: 0})))
    assert done.numbers["4020"] == 0


def test_a_lock_is_the_whole_number_with_minors_in_it() -> None:
    done = worked(rule(RuleKind.LOCK, "4036", persons=12), minors={"4036": 2})
    assert done.numbers["4036"] == 10


def test_a_lock_goes_before_general_rules_and_says_so() -> None:
    done = worked(rule(RuleKind.LOCK, "4036", persons=5), rule(RuleKind.ZERO_OR_FLOOR, persons=10))
    assert done.numbers["4036"] == 5
    assert [bound.kind for bound in set_aside(done.applied.bounds, done.numbers)] == [RuleKind.ZERO_OR_FLOOR]


def test_an_excluded_municipality_gets_none_and_the_others_share_in_proportion() -> None:
    done = worked(rule(RuleKind.EXCLUDE, "4003"))
    assert done.numbers["4003"] == 0
    assert done.numbers["4020"] == round(71 * 11000 / 16000)


def test_a_transfer_moves_whole_persons_between_two_municipalities() -> None:
    done = worked(rule(RuleKind.TRANSFER, "4020", persons=3, receiver="4032"))
    assert done.alone[RuleKind.TRANSFER] == {"4003": 0, "4020": -3, "4032": 3, "4036": 0}


@given(st.integers(0, 11), st.integers(20, 300), st.sampled_from(["hamilton", "sainte-lague"]))
def test_a_transfer_touches_nobody_else(persons: int, total: int, method: str) -> None:
    moving = rule(RuleKind.TRANSFER, "4003", persons=persons, receiver="4032")
    file = criteria(by_population(), rules=[moving], method=method)  # type: ignore[arg-type]
    done = work_out(file, inputs(), rule_inputs(), total)
    assert done.alone[RuleKind.TRANSFER] == {"4003": -persons, "4020": 0, "4032": persons, "4036": 0}


def test_rules_are_about_the_whole_number_with_minors_in_it() -> None:
    last = {"4020": Figure.observed(10)}
    minors = {"4020": 4, "4032": 2}
    done = worked(
        rule(RuleKind.MAX_CHANGE, persons=3),
        rule(RuleKind.FLOOR, "4032", persons=6),
        last=last,
        minors=minors,
    )
    assert done.numbers["4020"] + 4 == 13
    assert done.numbers["4032"] + 2 == 6


def test_who_receives_minors_is_not_at_zero_and_reaches_the_floor() -> None:
    done = worked(rule(RuleKind.ZERO_OR_FLOOR, persons=10), minors={"4032": 3})
    assert done.numbers["4032"] + 3 == 10
    assert done.numbers["4036"] == 0


def test_a_stated_capacity_is_apart_from_minors() -> None:
    answer = Reply("4003", {Service.HOUSING: 40})
    done = worked(rule(RuleKind.CAP, origin="replies"), replies=replies(answer), minors={"4003": 5})
    assert done.numbers["4003"] == 40


def test_a_conflict_tells_whole_totals() -> None:
    with pytest.raises(Infeasible) as caught:
        worked(rule(RuleKind.CAP, persons=10), minors={"4003": 4})
    text = str(caught.value)
    assert "når 75 personer skal fordeles" in text
    assert "høyst 40 personer" in text


def test_a_rule_that_changes_nothing_is_not_said_to_hold_the_number() -> None:
    done = worked(rule(RuleKind.FLOOR, persons=1))
    assert done.numbers["4032"] == 1
    assert binding(done, "4032", 0) == ()


def test_a_transfer_of_more_than_the_share_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        worked(rule(RuleKind.TRANSFER, "4032", persons=3, receiver="4020"))
    assert "Fyresdal" in str(caught.value)


def test_the_change_from_last_year_is_held_where_there_was_a_request() -> None:
    last = {"4003": Figure.observed(40), "4020": Figure.observed(15), "4032": Figure.not_asked()}
    done = worked(rule(RuleKind.MAX_CHANGE, share=Fraction(1, 10)), last=last)
    assert done.numbers["4003"] == 44
    assert done.numbers["4020"] == 16
    assert done.numbers["4032"] + done.numbers["4036"] == 11
    assert any("Fyresdal, Vinje" in str(note) for note in done.applied.notes)


def test_continuity_counts_those_settled_before() -> None:
    stocks = {3: {"4003": Fraction(200), "4020": Fraction(40), "4032": Fraction(4), "4036": None}}
    done = worked(rule(RuleKind.CONTINUITY, years=3, persons=10), stocks=stocks)
    assert done.numbers["4032"] == 6
    assert done.alone[RuleKind.CONTINUITY]["4032"] == 5
    assert any("Vinje" in str(note) for note in done.applied.notes)


def test_a_municipalitys_own_minimum_goes_before_the_files() -> None:
    stocks = {3: dict.fromkeys(CODES, Fraction(0))}
    answer = replies(Reply("4032", minimum_stock=8))
    done = worked(
        rule(RuleKind.CONTINUITY, years=3, persons=2, origin="replies"), stocks=stocks, replies=answer
    )
    assert done.numbers["4032"] == 8


def test_continuity_goes_before_zero() -> None:
    stocks = {3: {"4003": Fraction(99), "4020": Fraction(99), "4032": Fraction(6), "4036": Fraction(99)}}
    done = worked(
        rule(RuleKind.CONTINUITY, years=3, persons=10),
        rule(RuleKind.ZERO_OR_FLOOR, persons=10),
        stocks=stocks,
    )
    assert done.numbers["4032"] == 10
    assert done.numbers["4036"] == 0


def test_caps_below_the_total_are_refused_with_the_range() -> None:
    with pytest.raises(Infeasible) as caught:
        worked(rule(RuleKind.CAP, persons=10))
    text = str(caught.value)
    assert "71" in text
    assert "høyst 40" in text
    assert "alle 4 kommuner: høyst 10" in text


def test_floors_above_the_total_are_refused_with_the_range() -> None:
    with pytest.raises(Infeasible) as caught:
        worked(rule(RuleKind.FLOOR, persons=20))
    assert "minst 80" in str(caught.value)


def test_a_total_in_a_gap_gets_the_nearest_totals_on_both_sides() -> None:
    with pytest.raises(Infeasible) as caught:
        worked(rule(RuleKind.ZERO_OR_FLOOR, persons=40), rule(RuleKind.CAP, persons=50))
    assert "50 eller 80" in str(caught.value)


def test_rules_that_contradict_each_other_for_one_municipality_are_named_alone() -> None:
    with pytest.raises(Infeasible) as caught:
        worked(
            rule(RuleKind.FLOOR, "4032", persons=12),
            rule(RuleKind.CAP, "4032", persons=6),
            rule(RuleKind.CAP, "4003", persons=60),
        )
    text = str(caught.value)
    assert "uansett hvor mange" in text
    assert "Fyresdal: minst 12" in text
    assert "Fyresdal: høyst 6" in text
    assert "Skien" not in text


def test_a_rule_that_a_lock_has_set_aside_is_not_blamed_for_a_conflict() -> None:
    with pytest.raises(Infeasible) as caught:
        worked(
            rule(RuleKind.LOCK, "4036", persons=10),
            rule(RuleKind.FLOOR, "4036", persons=50),
            *(rule(RuleKind.LOCK, code, persons=5) for code in CODES if code != "4036"),
            total=30,
        )
    assert "minst 50" not in str(caught.value)
    assert "Vinje: nøyaktig 10" in str(caught.value)


def test_nobody_at_all_is_never_proposed_as_a_total() -> None:
    with pytest.raises(Infeasible) as nobody:
        worked(*(rule(RuleKind.EXCLUDE, code) for code in CODES))
    assert "høyst 0" not in str(nobody.value)
    with pytest.raises(Infeasible) as few:
        worked(rule(RuleKind.ZERO_OR_FLOOR, persons=100))
    assert "krever minst 100" in str(few.value)


def test_an_excluded_municipality_that_should_have_minors_is_refused() -> None:
    with pytest.raises(InputError, match="enslige mindreårige") as caught:
        worked(rule(RuleKind.EXCLUDE, "4036"), minors={"4036": 2})
    assert "Vinje" in str(caught.value)


bounds = st.lists(
    st.builds(
        lambda kind, code, low, width, or_zero: Bound(
            kind, code, NAMES[code], low, None if width > 8 else max(0, low + width - 2), or_zero  # type: ignore[arg-type]
        ),
        st.sampled_from([RuleKind.FLOOR, RuleKind.CAP, RuleKind.ZERO_OR_FLOOR, RuleKind.LOCK]),
        st.sampled_from(CODES),
        st.integers(0, 8),
        st.integers(0, 12),
        st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


@given(bounds, st.integers(1, 30))
def test_a_conflict_is_real_and_cannot_be_made_smaller(given_bounds: list[Bound], total: int) -> None:
    if feasible(domains_of(given_bounds, CODES, total), total):
        return
    conflict = find_conflict(given_bounds, CODES, total)
    roof = total + sum(bound.low for bound in given_bounds)

    def possible(kept: list[Bound]) -> bool:
        if conflict.with_total:
            return feasible(domains_of(kept, CODES, total), total)
        return not any(domain.empty for domain in domains_of(kept, CODES, roof))

    assert not possible(list(conflict.bounds))
    for place in range(len(conflict.bounds)):
        assert possible([*conflict.bounds[:place], *conflict.bounds[place + 1 :]])


rules = st.lists(
    st.one_of(
        st.builds(lambda n: rule(RuleKind.FLOOR, persons=n), st.integers(0, 12)),
        st.builds(lambda n: rule(RuleKind.ZERO_OR_FLOOR, persons=n), st.integers(1, 15)),
        st.builds(lambda n, c: rule(RuleKind.CAP, c, persons=n), st.integers(0, 60), st.sampled_from(CODES)),
        st.builds(lambda n, c: rule(RuleKind.LOCK, c, persons=n), st.integers(0, 40), st.sampled_from(CODES)),
        st.builds(lambda c: rule(RuleKind.EXCLUDE, c), st.sampled_from(CODES)),
        st.builds(lambda n: rule(RuleKind.MAX_CHANGE, persons=n), st.integers(0, 60)),
        st.builds(lambda n: rule(RuleKind.CONTINUITY, years=3, persons=n), st.integers(0, 40)),
        st.just(rule(RuleKind.CAP, origin="replies")),
        st.builds(lambda n: rule(RuleKind.TRANSFER, "4003", persons=n, receiver="4036"), st.integers(0, 10)),
    ),
    max_size=4,
)


@given(
    rules,
    st.integers(1, 200),
    st.sampled_from(["hamilton", "sainte-lague"]),
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 12)),
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 80)),
    st.fixed_dictionaries(dict.fromkeys(CODES, st.integers(0, 30))),
)
def test_every_answer_keeps_the_total_and_explains_itself_to_the_last_person(
    given_rules: list[Rule],
    total: int,
    method: str,
    minors: dict[str, int],
    capacity: dict[str, int],
    settled: dict[str, int],
) -> None:
    file = criteria(
        by_population(), criterion("equal", 1, Key(KeyForm.EQUAL)), rules=given_rules, method=method  # type: ignore[arg-type]
    )  # fmt: skip
    answers = replies(*(Reply(code, {Service.HOUSING: places}) for code, places in capacity.items()))
    looked_at = rule_inputs(
        last={code: Figure.observed(total // 4) for code in CODES},
        stocks={3: {code: Fraction(persons) for code, persons in settled.items()}},
        minors=minors,
        replies=answers,
    )
    try:
        done = work_out(file, inputs(), looked_at, total)
    except FotfesteError as error:
        event(error.code)
        return
    assert sum(done.numbers.values()) == total
    for code in CODES:
        assert parts(done, code) == done.numbers[code]
    for changes in done.alone.values():
        assert sum(changes.values()) == 0
    locked = {one.municipalities[0] for one in given_rules if one.kind in (RuleKind.LOCK, RuleKind.EXCLUDE)}
    for one in given_rules:
        if one.kind is RuleKind.CAP and one.origin == "replies":
            for code in capacity.keys() - locked:
                assert done.numbers[code] <= capacity[code]
        if one.kind is RuleKind.ZERO_OR_FLOOR:
            for code in set(CODES) - locked:
                whole = done.numbers[code] + minors.get(code, 0)
                assert whole == 0 or whole >= (one.persons or 0)


@pytest.mark.parametrize(
    ("numbers", "what"),
    [
        ({"a": 5, "b": 4}, "total"),
        ({"a": 2, "b": 8}, "rule"),
        ({"a": 6, "b": 4}, "improve"),
    ],
)
def test_the_independent_check_catches_wrong_answers(numbers: dict[str, int], what: str) -> None:
    bound = Bound(RuleKind.FLOOR, "a", NAMES["4003"], 3)  # type: ignore[arg-type]
    with pytest.raises(BrokenAnswer, match=what):
        check_answer(numbers, {"a": Fraction(5), "b": Fraction(5)}, [bound], 10, "hamilton")
