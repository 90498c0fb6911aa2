"""Versions of a weighing: what becomes one, what is made on top of others' changes, what is refused, what can be undone."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from fotfeste.errors import Infeasible, InputError
from fotfeste.settlement.bundle import bundle_of_text
from fotfeste.settlement.criteria import Criteria, Rule, RuleKind
from fotfeste.settlement.verify import verify
from fotfeste.settlement.weighing.changes import (
    AddRule,
    Override,
    SetMethod,
    SetTotal,
    SetWeight,
    UseCriteria,
)
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import bundle_text
from fotfeste.web.rounds.stages import facts_of
from fotfeste.web.trace.models import Entry
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of, foundation_of
from fotfeste.web.weighing.models import Alternative, Version
from fotfeste.web.weighing.services import Changed, Clash
from tests.web.weighing.conftest import delivered, own_round

pytestmark = pytest.mark.django_db

WORK = SetWeight("work", Fraction(40))
SIZE = SetWeight("size", Fraction(50))
OVERRIDE = Override("4003", 90, "Mange boliger står klare", "rådgiver", "Navnesen Prøve1")


def made(done: Changed | Clash) -> Version:
    assert isinstance(done, Changed), done
    return done.version


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


def test_what_was_made_and_then_undone_is_no_longer_made(round_: Round, kari: Actor, begun: Version) -> None:
    services.change(kari, round_, WORK, 1)
    services.undo(kari, round_, 2)
    assert isinstance(services.change(kari, round_, WORK, 1), Clash)
    assert made(services.change(kari, round_, WORK, 3)).number == 4


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
        lambda: services.restore(kari, round_, 1, 1),
        lambda: services.make_recommendation(kari, round_, 1),
        lambda: services.name_alternative(kari, round_, 1, "Navn"),
    ):
        with pytest.raises(InputError):
            call()
    assert Version.objects.count() == 1


def test_undo_is_a_version_and_undo_of_that_makes_it_again(
    round_: Round, kari: Actor, begun: Version
) -> None:
    services.change(kari, round_, WORK, 1)
    services.change(kari, round_, SIZE, 2)
    texts = [one.choices for one in Version.objects.order_by("number")]
    assert made(services.undo(kari, round_, 3)).choices == texts[1]
    assert made(services.undo(kari, round_, 4)).choices == texts[0]
    with pytest.raises(InputError):
        services.undo(kari, round_, 5)
    assert made(services.redo(kari, round_, 5)).choices == texts[1]
    assert made(services.redo(kari, round_, 6)).choices == texts[2]
    with pytest.raises(InputError):
        services.redo(kari, round_, 7)
    assert str(told(Version.objects.get(number=4).told)) == "Valgene er satt tilbake til versjon 2."


def test_an_undo_never_takes_back_what_was_not_seen(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(kari, round_, WORK, 1)
    services.change(ola, round_, SIZE, 2)
    assert isinstance(services.undo(kari, round_, 2), Clash)


def test_an_override_that_is_undone_stands_in_the_ledger_as_withdrawn(
    round_: Round, kari: Actor, begun: Version
) -> None:
    services.change(kari, round_, OVERRIDE, 1)
    ledger = choices_of(made(services.undo(kari, round_, 2)).choices).ledger
    assert [one.persons for one in ledger.entries] == [90, None]
    assert not ledger.in_force


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
    first = services.name_alternative(kari, round_, 1, "  Uten   mindreårige ")
    assert first.name == "Uten mindreårige"
    assert services.name_alternative(kari, round_, 1, "Uten mindreårige").pk == first.pk
    services.change(kari, round_, WORK, 1)
    with pytest.raises(InputError):
        services.name_alternative(kari, round_, 2, "Uten mindreårige")
    for name in ("", "   ", "x" * 81):
        with pytest.raises(InputError):
            services.name_alternative(kari, round_, 1, name)
    assert Alternative.objects.count() == 1


def test_the_recommendation_is_the_bundle_of_the_version_and_can_be_computed_anew(
    round_: Round, kari: Actor, begun: Version
) -> None:
    version = made(services.change(kari, round_, [SetTotal(500, 0), OVERRIDE], 1))
    done = services.make_recommendation(kari, round_, version.number)
    assert isinstance(done, Round)
    kept = Round.objects.get()
    assert (kept.weighed, kept.total, kept.minors, kept.state) == (version.number, 500, 0, "weighing")
    bundle = bundle_of_text(bundle_text(kept.pk), kept.bundle_checksum)
    assert verify(bundle).same
    assert bundle.outcome.numbers["4003"] == 90
    assert bundle.outcome.numbers == services.recommendation_of(kept, version).numbers
    assert facts_of(kept).recommendation_current


def test_a_recommendation_is_not_current_after_a_change_or_a_reply(
    round_: Round, kari: Actor, begun: Version
) -> None:
    services.make_recommendation(kari, round_, 1)
    services.change(kari, round_, WORK, 1)
    assert not facts_of(Round.objects.get()).recommendation_current
    services.make_recommendation(kari, round_, 2)
    assert facts_of(Round.objects.get()).recommendation_current
    delivered(round_, "4003", housing=50)
    assert not facts_of(Round.objects.get()).recommendation_current
    services.make_recommendation(kari, round_, 2)
    assert facts_of(Round.objects.get()).recommendation_current


def test_a_recommendation_is_made_of_what_was_seen_or_not_at_all(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(ola, round_, WORK, 1)
    assert isinstance(services.make_recommendation(kari, round_, 1), Clash)
    assert not Round.objects.get().bundle_checksum


def test_choices_that_cannot_be_met_are_kept_and_recommended_to_nobody(
    round_: Round, kari: Actor, begun: Version
) -> None:
    floor = AddRule(Rule(RuleKind.FLOOR, (), 60, source="Møtet"))
    version = made(services.change(kari, round_, floor, 1))
    weighed = services.recommendation_of(round_, version)
    assert weighed.recommendation is None
    assert weighed.ways
    with pytest.raises(Infeasible):
        services.make_recommendation(kari, round_, version.number)
    assert not Round.objects.get().bundle_checksum


@pytest.mark.parametrize("state", ["prepared", "dialogue"])
def test_before_the_weighing_choices_can_be_tried_and_nothing_recommended(kari: Actor, state: str) -> None:
    round_ = own_round(state=state)
    services.begin(kari, round_)
    services.change(kari, round_, WORK, 1)
    with pytest.raises(InputError) as caught:
        services.make_recommendation(kari, round_, 2)
    assert caught.value.code == "weighing.stage"


def test_the_same_recommendation_made_twice_is_one(round_: Round, kari: Actor, begun: Version) -> None:
    services.make_recommendation(kari, round_, 1)
    entries = Entry.objects.count()
    services.make_recommendation(kari, round_, 1)
    assert Entry.objects.count() == entries


def test_numbers_follow_the_newest_replies(round_: Round, kari: Actor, begun: Version) -> None:
    before = services.recommendation_of(round_, begun).numbers["4003"]
    empty = foundation_of(round_)
    delivered(round_, "4003", housing=50)
    full = foundation_of(round_)
    assert (empty.replied, full.replied) != ("", "")
    assert empty.replied != full.replied
    after = services.recommendation_of(round_, begun)
    assert before > 50
    assert after.prepared.replies is not None
    assert after.numbers["4003"] == 50


def test_what_follows_is_worked_out_once_for_the_same_version_and_replies(
    round_: Round, kari: Actor, begun: Version
) -> None:
    assert services.recommendation_of(round_, begun) is services.recommendation_of(round_, begun)
    assert timezone.now() - begun.at < timedelta(minutes=5)
