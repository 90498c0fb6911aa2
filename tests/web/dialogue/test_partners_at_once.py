"""Partners at the same moment as others: the room that two files share, and a share that ends while one writes."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from time import sleep
from typing import Any

import pytest

from fotfeste.errors import InputError
from fotfeste.web.dialogue import partner_files, partners
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.partners import Stated
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import changes
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record
from tests.web.dialogue.conftest import make_round, member
from tests.web.dialogue.test_partners import GOVERNOR, PDF, STATE, with_room
from tests.web.people.persons import ADVISER
from tests.web.people.test_at_once import _on_disk, at_once

__all__ = ["_on_disk"]

pytestmark = pytest.mark.django_db(transaction=True)


def shared_round() -> tuple[Actor, Round]:
    """A round that is shared with a partner, and somebody there."""
    round_ = make_round()
    Round.objects.filter(pk=round_.pk).update(shared_with=[STATE])
    round_.refresh_from_db()
    return member("sf@example.org", GOVERNOR)[1], round_


def test_two_files_at_once_do_not_fill_more_than_there_is_room_for(settings: Any) -> None:
    settings.FOTFESTE = with_room(settings.FOTFESTE, partner_megabytes=1)
    by, round_ = shared_round()
    large = PDF.replace(b"trailer", b"%" + b"x" * 600_000 + b"\ntrailer")
    one, two = (partners.add(by, round_, Stated(STATE, title)) for title in ("En", "To"))
    kept = at_once(*[lambda of=of: partner_files.attach(by, of, "stor.pdf", large) for of in (one, two)])
    assert sum(isinstance(each, InputError) for each in kept) == 1
    assert Attachment.objects.count() == 1


def test_what_is_written_while_the_county_ends_the_sharing_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The county has ended it, and is about to stand in the queue of the trace."""
    by, round_ = shared_round()
    survey = partners.add(by, round_, Stated(STATE, "Kartlegging"))
    county = member("fylke@example.org", ADVISER)[1]
    holds = Event()

    def slowly(*told: Any) -> Any:
        holds.set()
        sleep(1)
        return record(*told)

    def write() -> object:
        assert holds.wait(10)
        base = partners.stated_in(survey)
        return partners.change(by, survey, base.as_stored, replace(base, title="Endret"))

    monkeypatch.setattr(changes, "record", slowly)
    _, written = at_once(lambda: changes.share(county, round_, [STATE], [], [STATE]), write)
    assert isinstance(written, InputError)
    assert PartnerInput.objects.get().title == "Kartlegging"
