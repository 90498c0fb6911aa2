"""A county's own round that is being weighed; its figures are gathered once for all the tests."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rounds.models import Round
from fotfeste.web.weighing import services
from fotfeste.web.weighing.models import Version
from tests.web.people.persons import ADVISER, person, signed_in
from tests.web.trace.conftest import shared_database  # noqa: F401

ROOM = "/bosetting/2027/40/avveiing/"
PARTLY = {"HX-Request": "true"}


def own_round(**more: object) -> Round:
    values = {"county": "40", "county_name": "Telemark", "year": 2027, "total": 545, "state": "weighing"}
    return Round.objects.create(**(values | more))


def adviser(number: int = 1, *held: Held) -> User:
    """Synthetic people: nobody here exists."""
    return person(f"rad{number}@example.org", *(held or (ADVISER,)), name=f"Navnesen Prøve{number}")


def delivered(round_: Round, code: str, **values: object) -> None:
    """Let a municipality have delivered a reply."""
    from fotfeste.web.dialogue.models import Delivery, Reply

    reply, _ = Reply.objects.get_or_create(round=round_, municipality=code)
    number = reply.deliveries.count() + 1
    Delivery.objects.create(reply=reply, number=number, values=values, checksum="ab", at=timezone.now())


@pytest.fixture
def round_(db: None) -> Round:
    return own_round()


@pytest.fixture
def kari(db: None) -> Actor:
    return actor_for(adviser(1))


@pytest.fixture
def ola(db: None) -> Actor:
    return actor_for(adviser(2))


@pytest.fixture
def begun(round_: Round, kari: Actor) -> Version:
    return services.begin(kari, round_)


@pytest.fixture
def browser(round_: Round) -> Client:
    return signed_in(adviser(3))


@pytest.fixture
def ready(browser: Client) -> Client:
    """Somebody who sees a weighing that has begun."""
    browser.post(ROOM + "begynn/")
    return browser
