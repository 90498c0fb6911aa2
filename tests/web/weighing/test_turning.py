"""Undo and redo: each is a version too, and none takes back what was not seen."""

from __future__ import annotations

import pytest

from fotfeste.errors import InputError
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.inputs import choices_of
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.services import Clash
from fotfeste.web.weighing.turning import redo, undo
from tests.web.weighing.changing import OVERRIDE, SIZE, WORK, made

pytestmark = pytest.mark.django_db


def test_what_was_made_and_then_undone_is_no_longer_made(round_: Round, kari: Actor, begun: Version) -> None:
    services.change(kari, round_, WORK, 1)
    undo(kari, round_, 2)
    assert isinstance(services.change(kari, round_, WORK, 1), Clash)
    assert made(services.change(kari, round_, WORK, 3)).number == 4


def test_undo_is_a_version_and_undo_of_that_makes_it_again(
    round_: Round, kari: Actor, begun: Version
) -> None:
    services.change(kari, round_, WORK, 1)
    services.change(kari, round_, SIZE, 2)
    texts = [one.choices for one in Version.objects.order_by("number")]
    assert made(undo(kari, round_, 3)).choices == texts[1]
    assert made(undo(kari, round_, 4)).choices == texts[0]
    with pytest.raises(InputError):
        undo(kari, round_, 5)
    assert made(redo(kari, round_, 5)).choices == texts[1]
    assert made(redo(kari, round_, 6)).choices == texts[2]
    with pytest.raises(InputError):
        redo(kari, round_, 7)
    assert str(told(Version.objects.get(number=4).told)) == "Valgene er satt tilbake til versjon 2."


def test_an_undo_never_takes_back_what_was_not_seen(
    round_: Round, kari: Actor, ola: Actor, begun: Version
) -> None:
    services.change(kari, round_, WORK, 1)
    services.change(ola, round_, SIZE, 2)
    assert isinstance(undo(kari, round_, 2), Clash)


def test_an_override_that_is_undone_stands_in_the_ledger_as_withdrawn(
    round_: Round, kari: Actor, begun: Version
) -> None:
    services.change(kari, round_, OVERRIDE, 1)
    ledger = choices_of(made(undo(kari, round_, 2)).choices).ledger
    assert [one.persons for one in ledger.entries] == [90, None]
    assert not ledger.in_force
