"""A round in dialogue, with synthetic people: nobody here exists, and no reply is anybody's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.services import ask_all
from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rounds.models import OwnDeadline, Round
from fotfeste.work.requirements import Stage
from tests.web.people.persons import ADVISER, CONTACT, person, signed_in

ANSWERS = {
    "housing": "30",
    "adult_education": "20",
    "own_wish": "25",
    "minors": "3",
    "capacity_note": "Flere boliger fra august",
    "approved_by": "kommunedirektør",
    "approved_on": "10.9.2026",
}
"""A reply that can be delivered, as it is typed."""
LATE, EARLY = date(2020, 1, 1), date(2099, 1, 1)


def make_round(year: int = 2027, due: date = EARLY, stage: Stage = Stage.DIALOGUE) -> Round:
    round_ = Round.objects.create(
        county="40", county_name="Telemark", year=year, title="Prøve", total=545, state=stage.value
    )
    OwnDeadline.objects.create(round=round_, kind="reply", on=due)
    ask_all(NOBODY, round_)
    # Where the deadline has passed, the municipalities were asked before that.
    before = datetime.combine(due - timedelta(days=30), time(9), tzinfo=UTC)
    Reply.objects.filter(round=round_, asked_at__gt=before).update(asked_at=before)
    return round_


@pytest.fixture
def round_(db: None) -> Round:
    """A round in dialogue with the deadline far ahead; every municipality is asked."""
    return make_round()


@pytest.fixture
def skien(round_: Round) -> Reply:
    return Reply.objects.get(round=round_, municipality="4003")


def member(address: str, *held: Held) -> tuple[User, Actor, Client]:
    """Somebody with roles: the account, who acts, and their browser."""
    user = person(address, *held)
    return user, actor_for(user), signed_in(user)


@pytest.fixture
def contact(db: None) -> Actor:
    return member("kontakt@example.org", CONTACT)[1]


@pytest.fixture
def colleague(db: None) -> Actor:
    """Another contact of the same municipality."""
    return member("kollega@example.org", CONTACT)[1]


@pytest.fixture
def adviser(db: None) -> Actor:
    return member("radgiver@example.org", ADVISER)[1]


def sent(values: dict[str, str], **others: str) -> dict[str, str]:
    """The form as a browser sends it."""
    return {**{f"svar_{name}": text for name, text in values.items()}, **others}
