"""Changes: what they do, how they are told, and that two people cannot pass over each other unseen."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import language
from fotfeste.settlement.criteria import KeyForm, RuleKind
from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Change,
    ChangeRule,
    RemoveRule,
    RestoreVersion,
    SetKey,
    SetMethod,
    SetSuppressedAs,
    SetTotal,
    SetWeight,
    UseCriteria,
    WithdrawOverride,
)
from fotfeste.settlement.weighing.changes_kept import as_data, of_data
from fotfeste.settlement.weighing.changes_told import proposed, told
from fotfeste.settlement.weighing.choices import Choices
from fotfeste.settlement.weighing.differences import changes_between, differences
from fotfeste.settlement.weighing.touching import in_the_way, meet

from .examples import AT, BAMBLE, LATER, PORSGRUNN, SKIEN, choices, override, ready, rule
from .strategies import changes, versions

NAMES = ready().names
NB = language("nb")
FLOOR = rule(RuleKind.FLOOR, persons=12, reason="")
LOCK = rule(RuleKind.LOCK, SKIEN, persons=60)
MEANWHILE = [
    (SetTotal(560, 0), "Totalen er endret fra 545 til 560."),
    (SetTotal(545, 6), "Enslige mindreårige er endret fra 0 til 6."),
    (
        SetTotal(560, 6),
        "Totalen er endret fra 545 til 560. Enslige mindreårige er endret fra 0 til 6.",
    ),
    (SetWeight("work", Fraction(30)), "Vekten for «Muligheter for arbeid» er endret fra 25 til 30."),
    (SetWeight("work", Fraction("2.5")), "Vekten for «Muligheter for arbeid» er endret fra 25 til 2,5."),
    (SetMethod("hamilton"), "Fordelingsmetoden er endret fra Sainte-Laguës metode til Hamiltons metode."),
    (SetSuppressedAs("low"), "Skjulte tall regnes nå som den nedre grensen, ikke som midten av grensene."),
    (AddRule(FLOOR), "Ny regel: Minst 12 personer (alle kommuner)."),
    (AddRule(LOCK), "Ny regel: Tallet for Skien er satt til 60. Begrunnelse: Byen bygger om."),
    (
        AddRule(rule(RuleKind.CAP, SKIEN, PORSGRUNN, BAMBLE, persons=40, reason="")),
        "Ny regel: Høyst 40 personer (Skien, Porsgrunn og Bamble).",
    ),
    (
        AddRule(rule(RuleKind.TRANSFER, SKIEN, persons=5, receiver=BAMBLE)),
        "Ny regel: 5 personer flyttes fra Skien til Bamble. Begrunnelse: Byen bygger om.",
    ),
    (
        AddRule(rule(RuleKind.MAX_CHANGE, share=Fraction(1, 10), reason="")),
        "Ny regel: Tallet endres høyst 10\u00a0% fra anmodningen året før (alle kommuner).",
    ),
    (
        UseCriteria(read_criteria("capacity")),
        "Kriteriene er byttet fra «Standard» til «Kapasitet», med vekter, regler og metode.",
    ),
    (override(SKIEN, 60), "Skien er satt til 60 av rådgiver. Begrunnelse: Byen bygger om."),
]


@pytest.mark.parametrize(("change", "expected"), MEANWHILE, ids=[type(one).__name__ for one, _ in MEANWHILE])
def test_a_change_is_told_and_seen_by_the_other_in_the_same_words(change: Change, expected: str) -> None:
    before = choices()
    expected = expected.replace("«Standard»", f"«{before.criteria.title}»")
    assert NB.text(told(change, before, NAMES)) == expected
    after = apply(before, change, AT)
    assert [NB.text(one) for one in differences(before, after, NAMES)] == [expected]


def test_a_changed_and_a_removed_rule_are_told() -> None:
    first = apply(choices(), AddRule(FLOOR), AT)
    lower = replace(FLOOR, persons=8)
    changed = apply(first, ChangeRule(FLOOR, lower), AT)
    assert [NB.text(one) for one in differences(first, changed, NAMES)] == [
        "Regel endret. Før: Minst 12 personer (alle kommuner). Nå: Minst 8 personer (alle kommuner)."
    ]
    removed = apply(changed, RemoveRule(lower), AT)
    assert [NB.text(one) for one in differences(changed, removed, NAMES)] == [
        "Regel tatt bort: Minst 8 personer (alle kommuner)."
    ]


def test_a_changed_key_is_told_by_its_parameters() -> None:
    key = next(one.key for one in choices().criteria.criteria if one.id == "work")
    changed = SetKey("work", replace(key, base_exponent=Fraction(1), limits=(Fraction(1, 4), Fraction(4))))
    assert NB.text(told(changed, choices(), NAMES)) == (
        "Måten kriteriet «Muligheter for arbeid» regnes på, er endret: dempingen av grunnlaget fra 0,7 til 1; "
        "justeringen fra mellom 0,5 og 2 ganger til mellom 0,25 og 4 ganger."
    )
    assert apply(choices(), changed, AT).criteria.criteria != choices().criteria.criteria


def test_changing_a_weight_leaves_the_other_weights_as_they_are_written() -> None:
    after = apply(choices(), SetWeight("work", Fraction(75)), AT)
    weights = {one.id: one.weight for one in after.criteria.criteria}
    assert weights == {one.id: one.weight for one in choices().criteria.criteria} | {"work": Fraction(75)}
    assert {one.id: one.share for one in after.criteria.criteria}["work"] == Fraction(75, 150)


def test_changed_criteria_are_the_countys_own_and_no_longer_those_that_are_shipped() -> None:
    after = apply(choices(), SetMethod("hamilton"), AT)
    assert after.criteria.origin not in shipped_criteria()
    assert after.criteria.title == f"{choices().criteria.title} (tilpasset)"
    again = apply(after, SetWeight("work", Fraction(30)), AT)
    assert again.criteria.title == after.criteria.title


FAULTS = [
    (SetTotal(0, 0), "choices.total", "total"),
    (SetTotal(10, 11), "choices.minors", "minors"),
    (SetWeight("work", Fraction(-1)), "change.weight", "weight"),
    (SetWeight("nothing", Fraction(1)), "change.criterion", "criterion"),
    (override("0301", 10), "change.municipality", "code"),
    (override(SKIEN, 546), "change.persons", "persons"),
    (override(SKIEN, -1), "change.persons", "persons"),
    (replace(override(SKIEN, 10), reason=" "), "ledger.empty", None),
    (replace(override(SKIEN, 10), reason="Navn Navnesen ville det"), "ledger.name", None),
    (WithdrawOverride(SKIEN, "a", "b", "c"), "change.no_override", "code"),
    (RemoveRule(FLOOR), "change.rule_gone", "rule"),
    (ChangeRule(FLOOR, LOCK), "change.rule_gone", "rule"),
    (SetSuppressedAs("middle"), "change.nothing", None),
    (SetWeight("work", Fraction(25)), "change.nothing", None),
    (SetTotal(545, 0), "change.nothing", None),
]


@pytest.mark.parametrize(("change", "code", "place"), FAULTS)
def test_a_change_that_cannot_be_made_is_refused_with_its_field(
    change: Change, code: str, place: str | None
) -> None:
    with pytest.raises(InputError) as caught:
        apply(choices(), change, AT)
    assert caught.value.code == code
    assert caught.value.problem.place == place
    assert caught.value.problem.remedy is not None


def test_the_last_weight_cannot_become_zero() -> None:
    state = choices(criteria="equal-burden")
    *others, last = state.criteria.criteria
    for one in others:
        state = apply(state, SetWeight(one.id, Fraction(0)), AT)
    with pytest.raises(InputError) as caught:
        apply(state, SetWeight(last.id, Fraction(0)), AT)
    assert caught.value.code == "change.weights"


def test_a_weight_that_no_decimal_number_is_equal_to_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        apply(choices(), SetWeight("work", Fraction(1, 3)), AT)
    assert caught.value.code == "criteria.number"


def test_what_a_criterion_counts_cannot_be_changed() -> None:
    key = next(one.key for one in choices().criteria.criteria if one.id == "work")
    for other in (replace(key, indicator="settled_5y"), replace(key, form=KeyForm.SHORTFALL)):
        with pytest.raises(InputError) as caught:
            apply(choices(), SetKey("work", other), AT)
        assert caught.value.code == "change.key"


@pytest.mark.parametrize(
    ("faulty", "fields"),
    [
        (rule(RuleKind.FLOOR), {"persons"}),
        (rule(RuleKind.FLOOR, persons=-1), {"persons"}),
        (rule(RuleKind.FLOOR, persons=5, source=""), {"source"}),
        (rule(RuleKind.FLOOR, "0301", persons=5), {"municipalities"}),
        (rule(RuleKind.FLOOR, SKIEN, SKIEN, persons=5), {"municipalities"}),
        (rule(RuleKind.LOCK, reason=""), {"municipalities", "persons", "reason"}),
        (rule(RuleKind.EXCLUDE, SKIEN, reason=" "), {"reason"}),
        (rule(RuleKind.TRANSFER, SKIEN, BAMBLE, persons=5), {"municipalities", "receiver"}),
        (rule(RuleKind.TRANSFER, SKIEN, persons=5, receiver=SKIEN), {"receiver"}),
        (rule(RuleKind.CONTINUITY, persons=5), {"years"}),
        (rule(RuleKind.CONTINUITY, persons=5, years=21), {"years"}),
        (rule(RuleKind.MAX_CHANGE), {"persons"}),
        (rule(RuleKind.MAX_CHANGE, persons=5, share=Fraction(1, 10)), {"persons"}),
        (rule(RuleKind.MAX_CHANGE, share=Fraction(-1, 10)), {"share"}),
        (rule(RuleKind.DECIDED, persons=5), {"kind"}),
        (rule(RuleKind.OVERRIDE, persons=5), {"kind"}),
    ],
)
def test_every_wrong_field_of_a_rule_is_named(faulty: object, fields: set[str]) -> None:
    with pytest.raises(InputError) as caught:
        apply(choices(), AddRule(faulty), AT)  # type: ignore[arg-type]
    assert caught.value.code == "rule.fields"
    assert {problem.place for problem in caught.value.problems} == fields


def test_the_same_rule_cannot_be_added_twice() -> None:
    with pytest.raises(InputError) as caught:
        apply(apply(choices(), AddRule(FLOOR), AT), AddRule(FLOOR), AT)
    assert caught.value.code == "change.rule_there"


def test_undo_keeps_the_ledger_and_brings_back_what_held() -> None:
    first = apply(choices(), override(SKIEN, 60), AT)
    later = apply(first, WithdrawOverride(SKIEN, "Det ble feil", "leder", "Kari Nordmann"), AT)
    later = apply(later, override(BAMBLE, 20), AT)
    undone = apply(later, RestoreVersion(1, first, "Angret", "leder", "Kari Nordmann"), LATER)
    assert undone.overrides == first.overrides == {SKIEN: 60}
    assert undone.ledger.in_force[SKIEN].role == "rådgiver"
    assert len(undone.ledger.entries) == len(later.ledger.entries) + 2
    assert undone.ledger.entries[: len(later.ledger.entries)] == later.ledger.entries
    assert NB.text(told(RestoreVersion(1, first, "", "", ""), later, NAMES)) == (
        "Valgene er satt tilbake til versjon 1."
    )


def test_a_version_of_another_county_cannot_be_restored() -> None:
    with pytest.raises(InputError) as caught:
        apply(choices(), RestoreVersion(1, choices("56"), "a", "b", "c"), AT)
    assert caught.value.code == "change.version"


@given(st.data())
def test_going_back_undoes_every_change(data: st.DataObject) -> None:
    found = data.draw(versions(choices()))
    first, last = found[0], found[-1]
    if replace(last, ledger=first.ledger) == first and last.overrides == first.overrides:
        return  # nothing is left to go back from: what was set is withdrawn
    undone = apply(last, RestoreVersion(1, first, "Angret", "leder", "Kari Nordmann"), LATER)
    assert replace(undone, ledger=first.ledger) == first
    assert undone.overrides == first.overrides
    assert differences(first, undone, NAMES) == ()


@given(st.data())
def test_a_change_reads_back_to_the_same(data: st.DataObject) -> None:
    state = data.draw(versions(choices()))[-1]
    for change in (data.draw(changes(state)), RestoreVersion(3, state, "Angret", "leder", "Kari Nordmann")):
        assert of_data(as_data(change)) == change


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "change.unreadable"),
        ({"kind": "fotfeste-change", "schema": 2}, "change.schema"),
        ({"kind": "fotfeste-change", "schema": 1}, "change.kind"),
        ({"kind": "fotfeste-change", "schema": 1, "change": "set-total"}, "change.fields"),
        ({"kind": "fotfeste-change", "schema": 1, "change": ["set-total"]}, "change.kind"),
        (
            {
                "kind": "fotfeste-change",
                "schema": 1,
                "change": "set-weight",
                "criterion": "a",
                "weight": "mye",
            },
            "change.fields",
        ),
    ],
)
def test_what_is_no_change_is_refused(data: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as caught:
        of_data(data)
    assert caught.value.code == code


@given(st.data())
def test_words_about_changes_hold_neither_codes_nor_braces_nor_inner_names(data: st.DataObject) -> None:
    state = data.draw(versions(choices()))[-1]
    change = data.draw(changes(state))
    said = [told(change, state, NAMES), proposed(change, state, NAMES)]
    said += differences(choices(), state, NAMES)
    for locale in ("nb", "nn", "en"):
        for one in said:
            text = language(locale).text(one)
            assert not re.search(r"[{}_]|\b40\d\d\b|sainte-lague|hamilton\b|None", text), text
            assert "Navn Navnesen" not in text


@given(st.data())
def test_the_differences_between_versions_lead_from_one_to_the_other(data: st.DataObject) -> None:
    found = data.draw(versions(choices()))
    first, last = found[0], found[-1]
    state: Choices = first
    for change in changes_between(first, last):
        state = apply(state, change, LATER)
    assert (state.total, state.minors, state.overrides) == (last.total, last.minors, last.overrides)
    assert set(state.criteria.rules) == set(last.criteria.rules)
    assert state.criteria.criteria == last.criteria.criteria
    assert (state.criteria.method, state.criteria.suppressed) == (
        last.criteria.method,
        last.criteria.suppressed,
    )


TOGETHER = [
    (SetWeight("work", Fraction(1)), SetWeight("size", Fraction(1))),
    (SetWeight("work", Fraction(1)), SetTotal(560, 0)),
    (AddRule(FLOOR), AddRule(LOCK)),
    (AddRule(LOCK), AddRule(rule(RuleKind.LOCK, BAMBLE, persons=5))),
    (override(SKIEN, 60), override(BAMBLE, 20)),
    (override(SKIEN, 60), SetMethod("hamilton")),
    (override(SKIEN, 60), UseCriteria(read_criteria("capacity"))),
    (AddRule(rule(RuleKind.CAP, SKIEN, persons=5)), AddRule(rule(RuleKind.CAP, BAMBLE, persons=5))),
]
AGAINST = [
    (SetWeight("work", Fraction(1)), SetWeight("work", Fraction(2))),
    (SetTotal(560, 0), SetTotal(545, 6)),
    (SetWeight("work", Fraction(1)), UseCriteria(read_criteria("capacity"))),
    (AddRule(LOCK), UseCriteria(read_criteria("capacity"))),
    (AddRule(LOCK), override(SKIEN, 60)),
    (AddRule(rule(RuleKind.EXCLUDE, SKIEN)), override(SKIEN, 60)),
    (AddRule(rule(RuleKind.TRANSFER, BAMBLE, persons=5, receiver=SKIEN)), override(SKIEN, 60)),
    (AddRule(FLOOR), AddRule(rule(RuleKind.FLOOR, SKIEN, persons=20))),
    (override(SKIEN, 60), WithdrawOverride(SKIEN, "a", "b", "c")),
    (RemoveRule(FLOOR), ChangeRule(FLOOR, replace(FLOOR, persons=3))),
    (SetMethod("hamilton"), RestoreVersion(1, choices(), "a", "b", "c")),
]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_changes_of_different_things_go_together_in_either_order(one: Change, other: Change) -> None:
    assert not meet(one, other)
    assert not meet(other, one)
    first = apply(apply(choices(), one, AT), other, AT)
    second = apply(apply(choices(), other, AT), one, AT)
    assert (first.total, first.overrides) == (second.total, second.overrides)
    assert set(first.criteria.rules) == set(second.criteria.rules)
    assert first.criteria.criteria == second.criteria.criteria


@pytest.mark.parametrize(("one", "other"), AGAINST)
def test_changes_of_the_same_thing_are_told_of(one: Change, other: Change) -> None:
    assert meet(one, other)
    assert meet(other, one)
    assert in_the_way(one, [SetSuppressedAs("low"), other])[-1] == other


def test_a_change_of_what_another_has_taken_away_meanwhile_is_refused_and_not_guessed() -> None:
    newest = apply(choices(), UseCriteria(read_criteria("capacity")), AT)
    with pytest.raises(FotfesteError) as caught:
        apply(newest, SetWeight("work", Fraction(30)), AT)
    assert caught.value.code == "change.criterion"


def test_criteria_whose_ids_begin_alike_are_different_things() -> None:
    assert not meet(SetWeight("work", Fraction(1)), SetWeight("workers", Fraction(1)))
    assert not meet(SetWeight("work", Fraction(1)), SetWeight("work-b", Fraction(1)))


def test_a_number_that_stands_as_it_stood_is_not_entered_again_by_undo() -> None:
    first = apply(choices(), override(SKIEN, 60), AT)
    later = apply(first, override(BAMBLE, 20), AT)
    undone = apply(later, RestoreVersion(1, first, "Angret", "leder", "Kari Nordmann"), LATER)
    assert [(one.code, one.persons) for one in undone.ledger.entries] == [
        (SKIEN, 60),
        (BAMBLE, 20),
        (BAMBLE, None),
    ]


def test_another_reason_for_the_same_number_is_told() -> None:
    first = apply(choices(), override(SKIEN, 60), AT)
    again = apply(first, replace(override(SKIEN, 60), reason="Skolen er full"), AT)
    assert [NB.text(one) for one in differences(first, again, NAMES)] == [
        "Skien er satt til 60 av rådgiver. Begrunnelse: Skolen er full."
    ]


def test_weights_that_change_places_are_never_all_zero_on_the_way() -> None:
    start = choices()
    first, *others = start.criteria.criteria
    for one in others:
        start = apply(start, SetWeight(one.id, Fraction(0)), AT)
    end = apply(apply(start, SetWeight(others[-1].id, Fraction(5)), AT), SetWeight(first.id, Fraction(0)), AT)
    state = start
    for change in changes_between(start, end):
        state = apply(state, change, AT)
    assert state == end
