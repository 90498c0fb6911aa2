"""A new total in the middle of the year: what is decided and settled stands, and the original is kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fotfeste.errors import Infeasible, InputError
from fotfeste.settlement.bundle import bundle_as_text, bundle_of_text
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria import Key, KeyForm, Rule, RuleKind
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.revise import prepare_revision, revise
from fotfeste.settlement.revision import DecidedAs, Standing, committed, decided_as_for, meaning_for
from fotfeste.settlement.verify import verify
from fotfeste.statistics.figure import Figure

from .changed import TOTAL, bundle, ledger, numbers, prepared, standing
from .examples import CODES, criteria, criterion, rule

SKIEN, MIDT, FYRESDAL, VINJE = CODES
JUNE = "2027-06-01"
ORIGINAL = (55, 11, 1, 4)


def revised(
    total: int,
    decided: tuple[int | str | None, ...] = ORIGINAL,
    settled: tuple[int | str | None, ...] = (0, 0, 0, 0),
    *rules: Rule,
    decided_as: DecidedAs | None = None,
    minors: int | None = None,
    made_with: int = TOTAL,
    **more: object,
) -> Recommendation:
    before = bundle(prepared(*rules, total=made_with, **more))  # type: ignore[arg-type]
    revision = revise(
        before, total, standing=standing(decided, settled), as_of=JUNE, minors=minors, decided_as=decided_as
    )
    return calculate(prepare_revision(before, revision, total, minors=minors))


def of(found: Recommendation) -> dict[str, int]:
    return {one.code: one.recommended for one in found.municipalities}


def told(found: Recommendation) -> str:
    return "\n".join(map(str, found.notes))


def test_a_raised_total_leaves_nobody_below_its_decision() -> None:
    found = revised(100, (60, 11, 5, 4))
    assert found.revision is not None
    assert found.revision.decided_as == "floor"
    assert of(found)[SKIEN] >= 60
    assert of(found)[FYRESDAL] == 5  # its share of 100 is 2
    assert sum(of(found).values()) == 100
    assert "minstetall" in told(found)
    assert "rommer alt som er vedtatt og bosatt (80)" in told(found)


def test_a_council_that_has_said_no_is_held_to_it_and_nobody_else_comes_below_its_decision() -> None:
    found = revised(100, (60, 0, 5, 4), decided_as="held")
    assert of(found)[MIDT] == 0
    assert of(found)[SKIEN] >= 60
    assert sum(of(found).values()) == 100
    assert "De som har sagt nei, får ingen" in told(found)
    assert of(revised(100, (60, 0, 5, 4)))[MIDT] > 0, "a floor of none binds nobody"
    assert meaning_for(100, standing((60, 0, 5, 4), (0, 0, 0, 0))) == "held"
    assert meaning_for(100, standing((60, 11, 5, 4), (0, 0, 0, 0))) == "floor"


def test_a_halved_total_gives_nobody_more_than_its_decision_and_nobody_fewer_than_settled() -> None:
    found = revised(35, (20, 11, 1, 10), (10, 2, 1, 8))
    assert found.revision is not None
    assert found.revision.decided_as == "cap"
    # Free shares of 35: 27, 5, 1, 2. Skien stops at 20 and Vinje has 8 already: the last 6 go to Midt-Telemark.
    assert of(found) == {SKIEN: 20, MIDT: 6, FYRESDAL: 1, VINJE: 8}
    assert "rommer ikke alt som er vedtatt og bosatt (42)" in told(found)


def test_decisions_can_be_left_out_of_it() -> None:
    found = revised(35, (20, 11, 1, 10), (10, 2, 1, 8), decided_as="none")
    assert of(found)[SKIEN] > 20
    assert of(found)[VINJE] == 8
    assert "Fylket har valgt dette selv" in told(found)


@pytest.mark.parametrize(
    ("before", "after", "decided", "settled", "meaning"),
    [
        (5_500, 35_000, 5_400, 1_200, "floor"),  # 2022: raised in March and April
        (35_000, 38_000, 33_000, 9_000, "floor"),  # 2023: raised again
        (18_900, 12_640, 16_800, 5_000, "cap"),  # 2025: lowered in the middle of the year
    ],
)
def test_the_totals_of_2022_2023_and_2025(
    before: int, after: int, decided: int, settled: int, meaning: str
) -> None:
    # The totals are the country's; the sums of decisions and settled are invented, of the right order.
    shares = (55, 11, 2, 3)
    figures = standing(
        [decided * share // 71 for share in shares], [settled * share // 71 for share in shares]
    )
    original = bundle(prepared(total=before))
    revision = revise(original, after, standing=figures, as_of=JUNE)
    assert revision.decided_as == meaning
    found = of(calculate(prepare_revision(original, revision, after)))
    assert sum(found.values()) == after
    for code, one in figures.items():
        assert found[code] >= (one.settled.value or 0)
        if meaning == "floor":
            assert found[code] >= (one.decided.value or 0)
        else:
            assert found[code] <= (one.decided.value or 0)


def test_a_floor_that_cannot_be_held_says_what_to_choose() -> None:
    with pytest.raises(Infeasible) as caught:
        revised(35, ORIGINAL, decided_as="floor")
    assert "krever minst 71" in str(caught.value)
    assert "--decided" in str(caught.value)


def test_a_cap_that_leaves_persons_over_says_what_to_choose() -> None:
    with pytest.raises(Infeasible) as caught:
        revised(100, ORIGINAL, decided_as="cap")
    assert "høyst 71" in str(caught.value)
    assert "--decided" in str(caught.value)


def test_without_a_decision_only_what_is_settled_binds_and_that_is_told() -> None:
    found = revised(35, (20, 11, None, "-"), (0, 0, 3, 0))
    # 27, 5, 1 and 2 are the free shares; Skien stops at 20 and Midt-Telemark at 11.
    assert of(found)[SKIEN] == 20
    assert of(found)[VINJE] + of(found)[FYRESDAL] + of(found)[MIDT] == 15
    assert "Vedtaket i år er ikke kjent, og setter derfor ingen grense: Fyresdal." in told(found)


def test_a_decision_of_none_is_a_decision() -> None:
    assert of(revised(20, (30, 11, 0, 10), decided_as="cap"))[FYRESDAL] == 0


def test_hidden_settled_persons_count_as_four_and_are_told_as_fewer_than_five() -> None:
    found = revised(20, (55, 11, 9, 9), (2, 1, ":", ":"))
    assert of(found)[FYRESDAL] == 4
    assert of(found)[VINJE] == 4
    reasons = [str(one.reason) for one in found.municipalities[2].explanation.bindings]
    assert any("færre enn 5 er alt bosatt" in reason for reason in reasons)
    assert "regnet som 4: Fyresdal, Vinje" in told(found)


def test_what_hidden_settled_persons_could_change_is_told() -> None:
    found = revised(20, (55, 11, 9, 9), (2, 1, ":", ":"))
    # Were one settled in each of the two, the free shares of 20 would stand: 16, 3, 0 and 1, and one more to Fyresdal.
    assert found.municipalities[2].possible == (1, 4)
    assert found.municipalities[3].possible == (1, 4)
    assert revised(20, (55, 11, 9, 9), (2, 1, 4, 4)).municipalities[2].possible is None


def test_unknown_settled_persons_bind_nothing_and_that_is_told() -> None:
    found = revised(35, (20, 11, 2, 10), (None, 0, 0, 0))
    assert "Bosatte så langt i år er ikke kjent, og er regnet som ingen: Skien." in told(found)


def test_those_settled_beyond_the_decision_stay() -> None:
    found = revised(35, (30, 11, 1, 4), (5, 2, 6, 4))
    assert of(found)[FYRESDAL] == 6
    assert "Flere er alt bosatt enn kommunestyret har vedtatt: Fyresdal." in told(found)


def test_fewer_than_are_settled_is_refused_with_the_sum() -> None:
    with pytest.raises(Infeasible) as caught:
        revised(35, ORIGINAL, (30, 4, ":", 0))
    assert "38 er alt bosatt i år når skjulte tall regnes som 4" in str(caught.value)
    assert revised(38, ORIGINAL, (30, 4, ":", 0)).request.total == 38


def test_settled_are_whole_numbers_with_minors() -> None:
    found = revised(40, (55, 11, 9, 12), (10, 2, 0, 10), minors=6, places={VINJE: 6}, made_with=80)
    vinje = found.municipalities[-1]
    assert vinje.minors == 6
    assert vinje.recommended >= 10


def test_minors_follow_the_bundle_unless_they_are_given() -> None:
    same = revised(60, (55, 11, 9, 12), minors=None, places={VINJE: 6})
    assert same.request.minors == 0
    original = bundle(prepared(minors=6, places={VINJE: 6}))
    kept = revise(original, 50, standing={}, as_of=JUNE)
    assert prepare_revision(original, kept, 50).request.minors == 6
    with pytest.raises(InputError):
        revise(original, 5, standing={}, as_of=JUNE)


def test_a_decision_below_the_minors_is_refused_with_the_way_out() -> None:
    with pytest.raises(InputError) as caught:
        revised(40, (55, 11, 1, 3), places={VINJE: 5}, minors=5, made_with=80)
    assert caught.value.code == "revision.minors"
    assert "--decided none" in str(caught.value)


def test_a_cap_below_what_is_settled_is_raised_to_it_and_no_farther() -> None:
    found = revised(40, (30, 11, 9, 9), (20, 2, 1, 8), rule(RuleKind.CAP, VINJE, persons=5), made_with=80)
    assert of(found)[VINJE] == 8
    assert "Øvre grense i regelen «Tak» er hevet til 8 i Vinje" in told(found)


def test_a_floor_above_the_decision_is_set_aside_with_a_note() -> None:
    found = revised(30, (25, 11, 3, 9), (0, 0, 0, 0), rule(RuleKind.FLOOR, persons=5))
    assert of(found)[FYRESDAL] <= 3
    assert "«Minstetall» lar seg ikke forene" in told(found)
    assert of(found)[VINJE] >= 5


def test_none_or_a_floor_does_not_take_everyone_from_a_council_that_decided_fewer() -> None:
    found = revised(35, (25, 11, 1, 8), (0, 0, 0, 0), rule(RuleKind.ZERO_OR_FLOOR, persons=10))
    assert 0 < of(found)[VINJE] <= 8
    assert "Vinje, og er satt til side der" in told(found)
    refused = revised(30, (25, 11, 0, 8), (0, 0, 0, 0), rule(RuleKind.ZERO_OR_FLOOR, persons=10))
    assert of(refused)[FYRESDAL] == 0
    assert "i Fyresdal, og" not in told(refused)


def test_a_number_set_below_those_settled_is_refused() -> None:
    original = bundle(prepared(overrides=ledger({VINJE: 5})))
    revision = revise(original, 40, standing=standing(ORIGINAL, (0, 0, 0, 6)), as_of=JUNE)
    with pytest.raises(InputError) as caught:
        calculate(prepare_revision(original, revision, 40))
    assert caught.value.code == "revision.settled"
    assert "Vinje er satt til 5, men har alt bosatt 6" in str(caught.value)


def test_an_override_may_go_against_a_decision_and_that_is_told() -> None:
    original = bundle(prepared(overrides=ledger({VINJE: 9})))
    revision = revise(original, 40, standing=standing(ORIGINAL, (0, 0, 0, 0)), as_of=JUNE)
    found = calculate(prepare_revision(original, revision, 40))
    assert of(found)[VINJE] == 9
    assert "Vinje er overstyrt, og regelen «Kommunestyrets vedtak i år»" in told(found)
    assert "Overstyringene gjelder også etter revisjonen: Vinje." in told(found)


def test_a_rule_set_aside_by_an_override_is_told_of_once() -> None:
    original = bundle(prepared(rule(RuleKind.CAP, VINJE, persons=5), overrides=ledger({VINJE: 9})))
    revision = revise(original, 40, standing=standing(ORIGINAL, (0, 0, 0, 8)), as_of=JUNE)
    found = told(calculate(prepare_revision(original, revision, 40)))
    assert found.count("«Tak»") == 1
    assert "Vinje er overstyrt, og regelen «Tak» er derfor satt til side der." in found


def test_the_ledger_of_a_revision_continues_that_of_the_bundle() -> None:
    first = ledger({VINJE: 5})
    original = bundle(prepared(overrides=first))
    revision = revise(original, 40, standing={}, as_of=JUNE)
    longer = ledger({VINJE: 5, SKIEN: 20})
    assert of(calculate(prepare_revision(original, revision, 40, ledger=longer)))[SKIEN] == 20
    with pytest.raises(InputError) as caught:
        prepare_revision(original, revision, 40, ledger=ledger({SKIEN: 20}))
    assert caught.value.code == "revision.ledger"


def test_a_status_from_before_the_year_cannot_know_of_anybody_settled() -> None:
    original = bundle(prepared())
    with pytest.raises(InputError) as caught:
        revise(original, 40, standing=standing(ORIGINAL, (1, 0, 0, 0)), as_of="2026-12-31")
    assert caught.value.code == "revision.day"
    assert "Skien" in str(caught.value)
    revise(original, 40, standing=standing(ORIGINAL, (0, 0, 0, 0)), as_of="2026-12-31")


def test_a_status_for_a_municipality_elsewhere_is_refused() -> None:
    with pytest.raises(InputError):
        revise(bundle(prepared()), 40, standing={"0301": Standing()}, as_of=JUNE)


def test_original_and_revised_are_kept_apart_through_a_chain() -> None:
    original = bundle(prepared())
    first = revise(original, 50, standing=standing(ORIGINAL, (0, 0, 0, 0)), as_of="2027-04-01")
    once = bundle(prepare_revision(original, first, 50), date(2027, 4, 2))
    second = revise(once, 40, standing=standing(ORIGINAL, (9, 2, 0, 1)), as_of=JUNE)
    twice = bundle(prepare_revision(once, second, 40), date(2027, 6, 2))
    assert second.number == 2
    assert [one.bundle for one in second.versions] == [original.checksum, once.checksum]
    assert [one.total for one in second.versions] == [TOTAL, 50]
    assert second.original.numbers == original.outcome.numbers
    assert second.last.numbers == once.outcome.numbers
    assert second.original.numbers != second.last.numbers
    again = bundle_of_text(bundle_as_text(twice), "pakke")
    assert again == twice
    assert again.prepared.revision == second
    assert verify(again).same


def test_the_figures_of_a_revision_are_those_of_the_bundle() -> None:
    original = bundle(prepared())
    revision = revise(original, 40, standing={}, as_of=JUNE)
    found = prepare_revision(original, revision, 40)
    assert replace(found, request=original.prepared.request, revision=None) == original.prepared
    assert found.revision == revision


def test_what_else_was_changed_is_told() -> None:
    original = bundle(prepared(overrides=ledger({VINJE: 5})))
    revision = revise(original, 40, standing={}, as_of=JUNE)
    assert revision.also == ()
    same = prepare_revision(original, revision, 40).revision
    assert same is not None
    assert same.also == ()
    found = prepare_revision(
        original,
        revision,
        40,
        minors=2,
        criteria=criteria(criterion("equal", 1, Key(KeyForm.EQUAL)), minors=((SKIEN, 2),)),
        ledger=ledger({VINJE: 5, SKIEN: 20}),
    )
    assert found.revision is not None
    assert found.revision.also == ("criteria", "overrides", "minors")
    assert "Kriteriene er andre enn" in told(calculate(found))


def test_other_weights_on_the_same_figures_need_nothing_gathered() -> None:
    original = bundle(prepared())
    revision = revise(original, 40, standing={}, as_of=JUNE)
    equal = criteria(criterion("equal", 1, Key(KeyForm.EQUAL)))
    assert of(calculate(prepare_revision(original, revision, 40, criteria=equal))) == dict.fromkeys(CODES, 10)


def test_what_is_decided_and_settled_is_summed_by_the_larger_of_the_two() -> None:
    figures = standing((10, ":", None, "-"), (4, 5, 3, ":"))
    assert committed(figures) == 10 + 5 + 3 + 4
    assert decided_as_for(22, figures) == "floor"
    assert decided_as_for(21, figures) == "cap"


FIGURES = st.one_of(st.integers(0, 30), st.sampled_from([":", "-", None]))


@given(
    st.tuples(FIGURES, FIGURES, FIGURES, FIGURES),
    st.tuples(FIGURES, FIGURES, FIGURES, FIGURES),
    st.integers(1, 150),
)
def test_by_default_a_revision_is_always_possible_and_keeps_what_stands(
    decided: tuple[int | str | None, ...], settled: tuple[int | str | None, ...], total: int
) -> None:
    figures = standing(decided, settled)
    assume(sum(_most(one.settled) for one in figures.values()) <= total)
    original = bundle(prepared())
    revision = revise(original, total, standing=figures, as_of=JUNE)
    found = of(calculate(prepare_revision(original, revision, total)))
    assert sum(found.values()) == total
    for code, one in figures.items():
        assert found[code] >= _most(one.settled)
        if one.decided.mark.value in (".", "-"):
            continue
        if revision.decided_as == "floor":
            assert found[code] >= _most(one.decided)
        else:
            assert found[code] <= max(_most(one.decided), _most(one.settled))


def _most(figure: Figure) -> int:
    return {"": int(figure.value or 0), ":": 4}.get(figure.mark.value, 0)


def test_numbers_of_the_original_stand_unchanged_beside_the_revision() -> None:
    original = bundle(prepared())
    before = bundle_as_text(original)
    revision = revise(original, 35, standing=standing(ORIGINAL, (5, 1, 0, 1)), as_of=JUNE)
    calculate(prepare_revision(original, revision, 35))
    assert bundle_as_text(original) == before
    assert revision.original.numbers == numbers(prepared())
