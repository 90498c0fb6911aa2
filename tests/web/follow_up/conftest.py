"""A round that is sent, and the people around it; all synthetic."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from fotfeste.web.people.models import User
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from tests.web.follow_up.year import a_round
from tests.web.people.persons import ADVISER, CONTACT, person, signed_in
from tests.web.trace.conftest import shared_database  # noqa: F401

TYPED = "fotfeste_typ"
"""What the cookies of typing that is kept begin with."""
NEXT_DOOR = Held(Role.MUNICIPALITY_CONTACT, municipality="4001")


@pytest.fixture
def sent(db: None) -> Round:
    return a_round()


@pytest.fixture
def adviser_user(db: None) -> User:
    return person("adviser@example.org", ADVISER)


@pytest.fixture
def adviser(adviser_user: User) -> Actor:
    return actor_for(adviser_user)


@pytest.fixture
def contact_user(db: None) -> User:
    return person("contact@example.org", CONTACT)


@pytest.fixture
def contact(contact_user: User) -> Actor:
    return actor_for(contact_user)


def after_the_session_ended(client: Client, user: User, page: str, typed: dict[str, Any]) -> Client:
    """Send ``typed`` to ``page`` when the session has ended, and return the same browser, signed in anew."""
    del client.cookies[settings.SESSION_COOKIE_NAME]
    lost = client.post(page, typed)
    assert lost.status_code == 302
    again = signed_in(user)
    for name, morsel in client.cookies.items():
        if name.startswith(TYPED):
            again.cookies[name] = morsel.value
    return again
