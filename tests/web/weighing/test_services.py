"""Versions of a weighing: what becomes one, what is made on top of others' changes, what is refused, what can be undone."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from fotfeste.errors import InputError
from fotfeste.settlement.criteria import Criteria, Rule, RuleKind
from fotfeste.settlement.weighing.changes import (
    AddRule,
    SetMethod,
    SetTotal,
    SetWeight,
    UseCriteria,
)
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Alternative, Version
from fotfeste.web.weighing.naming import name_alternative
from fotfeste.web.weighing.recommending import make_recommendation
from fotfeste.web.weighing.services import Changed, Clash
from fotfeste.web.weighing.turning import restore
from tests.web.weighing.changing import OVERRIDE, SIZE, WORK, made
from tests.web.weighing.conftest import own_round

pytestmark = pytest.mark.django_db


def test_a_weighing_begins_with_the_rounds_criteria_and_total(begun: Version) -> None:
    choices = choices_of(begun.choices)
    assert (begun.number, choices.total, choices.minors, len(choices.codes)) == (1, 545, 0, 17)
    assert choices.criteria.origin == "2027-standard" or choices.criteria.title == "Standard for 2027"
    assert str(told(begun.told)) == "Avveiingen begynte med «Standard for 2027» og 545 personer."


def test_a_weighing_begins_once(round_: Round, kari: Actor, ola: Actor, begun: Version) -> None:
    assert services.begin(ola, round_).pk == begun.pk
    assert Version.objects.count() == 1


def test_a_round_without_a_total_begins_with_the_one_that_is_tried(kari: Actor) -> None:
    round_ = own_round(total=None)
    with pytest.raises(InputError):
        services.begin(kari, round_)
    assert choices_of(services.begin(kari, round_, 300).choices).total == 300


def test_a_change_is_a_new_version_and_the_one_before_stands(
    round_: Round, kari: Actor, begun: Version
) -> None:
    done = services.change(kari, round_, WORK, 1)
    assert made(done).number == 2
    assert str(told(made(done).told)) == "Vekten for «Muligheter for arbeid» er endret fra 25 til 40."
    weights = [
        {one.id: one.weight for one in choices_of(version.choices).criteria.criteria}["work"]
        for version in Version.objects.order_by("number")
    ]
    assert weights == [25, 40]


def test_several_changes_are_made_together_or_not_at_all(round_: Round, kari: Actor, begun: Version) -> None:
    assert made(services.change(kari, round_, [WORK, SIZE], 1)).number == 3
    with pytest.raises(InputError):
        services.change(kari, round_, [SetTotal(600, 0), SetWeight("work", Fraction(-1))], 3)
    assert Version.objects.count() == 3


def test_changes_of_different_things_are_made_on_top_of_each_other_and_told(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(ola, round_, SetTotal(600, 0), 1)
    done = services.change(kari, round_, WORK, 1)
    assert isinstance(done, Changed)
    assert [one.number for one in done.passed] == [2]
    choices = choices_of(done.version.choices)
    assert choices.total == 600
    assert {one.id: one.weight for one in choices.criteria.criteria}["work"] == 40


def test_changes_of_the_same_thing_clash_and_neither_is_written_over(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    theirs = made(services.change(ola, round_, SetWeight("work", Fraction(30)), 1))
    done = services.change(kari, round_, WORK, 1)
    assert isinstance(done, Clash)
    assert [str(one) for one in done.mine] == ["Vekten for «Muligheter for arbeid» er endret fra 25 til 40."]
    assert [one.pk for one in done.others] == [theirs.pk]
    assert services.current(round_) == theirs


def test_of_several_changes_none_is_made_when_one_clashes(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(ola, round_, SetWeight("work", Fraction(30)), 1)
    assert isinstance(services.change(kari, round_, [SIZE, WORK], 1), Clash)
    assert Version.objects.count() == 2


def test_other_criteria_clash_with_a_weight_and_not_with_the_total(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(ola, round_, SetTotal(600, 0), 1)
    assert isinstance(services.change(kari, round_, UseCriteria(_another(begun)), 1), Changed)
    assert isinstance(services.change(ola, round_, WORK, 2), Clash)


def _another(version: Version) -> Criteria:
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria

    own = choices_of(version.choices).criteria.origin
    return read_criteria(next(one for one in shipped_criteria() if one != own))


def test_a_form_that_is_posted_twice_makes_one_version(round_: Round, kari: Actor, begun: Version) -> None:
    for change in (WORK, AddRule(Rule(RuleKind.CAP, (), 90, source="Møtet")), OVERRIDE):
        seen = services.current(round_).number  # type: ignore[union-attr]
        first = made(services.change(kari, round_, change, seen))
        again = made(services.change(kari, round_, change, seen))
        assert again.pk == first.pk
    assert Version.objects.count() == 4


def test_a_change_that_changes_nothing_is_refused(round_: Round, kari: Actor, begun: Version) -> None:
    with pytest.raises(InputError) as caught:
        services.change(kari, round_, SetMethod(choices_of(begun.choices).criteria.method), 1)
    assert caught.value.code == "change.nothing"


def test_a_version_that_nobody_has_seen_cannot_be_changed(round_: Round, kari: Actor, begun: Version) -> None:
    with pytest.raises(InputError):
        services.change(kari, round_, WORK, 7)


@pytest.mark.parametrize("state", ["adopted", "sent", "closed"])
def test_what_is_adopted_is_not_changed(round_: Round, kari: Actor, begun: Version, state: str) -> None:
    Round.objects.update(state=state)
    for call in (
        lambda: services.change(kari, round_, WORK, 1),
        lambda: restore(kari, round_, 1, 1),
        lambda: make_recommendation(kari, round_, 1),
        lambda: name_alternative(kari, round_, 1, "Navn"),
    ):
        with pytest.raises(InputError):
            call()
    assert Version.objects.count() == 1


def test_the_trace_tells_what_kind_of_change_and_holds_neither_name_nor_reason(
    round_: Round, kari: Actor, begun: Version
) -> None:
    services.change(kari, round_, OVERRIDE, 1)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.act, entry.kind, entry.county) == ("weighing.changed", "weighing", "40")
    assert json.loads(entry.detail) == {"version": "2", "change": "override"}
    whole = " ".join(f"{one.detail} {one.object}" for one in Entry.objects.all())
    assert "Navnesen" not in whole
    assert "boliger" not in whole


def test_the_words_of_a_version_hold_role_and_reason_and_never_the_name(
    round_: Round, kari: Actor, begun: Version
) -> None:
    version = made(services.change(kari, round_, OVERRIDE, 1))
    assert "rådgiver" in str(told(version.told))
    assert "Mange boliger" in str(told(version.told))
    assert "Navnesen" not in json.dumps(version.told)


def test_a_version_gets_a_name_once(round_: Round, kari: Actor, begun: Version) -> None:
    first = name_alternative(kari, round_, 1, "  Uten   mindreårige ")
    assert first.name == "Uten mindreårige"
    assert name_alternative(kari, round_, 1, "Uten mindreårige").pk == first.pk
    services.change(kari, round_, WORK, 1)
    with pytest.raises(InputError):
        name_alternative(kari, round_, 2, "Uten mindreårige")
    for name in ("", "   ", "x" * 81):
        with pytest.raises(InputError):
            name_alternative(kari, round_, 1, name)
    assert Alternative.objects.count() == 1
