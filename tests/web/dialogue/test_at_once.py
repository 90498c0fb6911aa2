"""Two at the same moment: one page delivered twice, and two who write in the same field."""

from __future__ import annotations

from threading import Event
from time import sleep
from typing import Any

import pytest

from fotfeste.errors import InputError
from fotfeste.web.dialogue import drafts, sheets
from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.drafts import Saved, save_draft
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record
from tests.web.dialogue.conftest import ANSWERS, make_round, member
from tests.web.dialogue.test_sheets import sheet
from tests.web.people.persons import ADVISER, CONTACT
from tests.web.people.test_at_once import _on_disk, at_once

__all__ = ["_on_disk"]

pytestmark = pytest.mark.django_db(transaction=True)


def of_skien() -> tuple[Actor, Reply]:
    round_ = make_round()
    _, by, _ = member("begge@example.org", CONTACT)
    return by, Reply.objects.get(round=round_, municipality="4003")


def test_one_page_delivered_twice_at_once_is_one_delivery() -> None:
    by, reply = of_skien()
    first, second = at_once(*[lambda: deliver(by, reply, ANSWERS, 0, {}).delivery] * 2)
    assert first == second is not None
    assert Delivery.objects.count() == 1


def test_of_two_who_write_at_once_in_one_field_one_is_asked() -> None:
    by, reply = of_skien()
    answers: list[Saved] = at_once(
        lambda: save_draft(by, reply, {"housing": "30", "school": "1"}, 0, {}),
        lambda: save_draft(by, reply, {"housing": "25", "work": "2"}, 0, {}),
    )
    assert sorted(len(one.clashes) for one in answers) == [0, 1]
    stored = Reply.objects.get(pk=reply.pk)
    assert stored.version == 2
    assert (stored.values["school"], stored.values["work"]) == (1, 2)
    assert stored.values["housing"] in {30, 25}


def test_a_pile_of_sheets_and_a_draft_saved_meanwhile_do_not_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The one who saves holds Skien's reply, and is about to stand in the queue of the trace."""
    by, reply = of_skien()
    _, adviser, _ = member("fylke@example.org", ADVISER)
    pile = [("p.xlsx", sheet("4001", "Porsgrunn")), ("s.xlsx", sheet())]
    read = sheets.read_sheets(adviser, reply.round, pile)
    holds = Event()

    def slowly(*told: Any) -> Any:
        holds.set()
        sleep(1)
        return record(*told)

    def take_in() -> list[str]:
        assert holds.wait(10)
        return sheets.take_in(adviser, reply.round, read.token)

    monkeypatch.setattr(drafts, "record", slowly)
    saved, taken = at_once(lambda: save_draft(by, reply, {"school": "1"}, 0, {}), take_in)
    assert saved.version == 1
    assert isinstance(taken, InputError)
    assert taken.code == "reply.meanwhile"
    assert not Delivery.objects.exists(), "all of it or nothing"
