"""Passwords are hashed before the database is locked: hashing takes long, and every other writer would wait for it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection, transaction
from django.test import Client

from fotfeste.errors import InputError
from fotfeste.web.people import invitations, services
from fotfeste.web.people.models import User
from tests.web.people.persons import ADMINISTRATOR, PASSWORD, READER, person, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "en helt annen setning"


class Outside(MD5PasswordHasher):
    """Hashes quickly, and only outside a transaction."""

    hashed: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        assert not connection.in_atomic_block, "hashed while others wait"
        self.hashed.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _hashed_outside(settings: Any) -> None:
    Outside.hashed.clear()
    settings.PASSWORD_HASHERS = [f"{__name__}.Outside"]


def test_the_probe_notices_what_is_hashed_within_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(AssertionError, match="others wait"):
        User().set_password(PASSWORD)


def test_a_new_account_is_hashed_before_the_transaction_and_signs_in() -> None:
    link = services.first_administrator_link()
    assert link is not None
    values = {
        "name": "Kari Prøve",
        "email": "ny@example.org",
        "password": NEW,
        "again": NEW,
        "language": "nb",
    }
    assert Client().post(link, values).status_code == 302
    assert NEW in Outside.hashed
    assert User.objects.get().check_password(NEW)


def test_a_link_that_opens_nothing_costs_no_hashing() -> None:
    with pytest.raises(InputError) as caught:
        invitations.accept_as_new("tull", email="ny@example.org", name="Kari", password=NEW, reads="nb")
    assert caught.value.code == "people.invitation_closed"
    assert Outside.hashed == []


def test_a_changed_password_is_hashed_outside() -> None:
    user = person("rad@example.org", READER)
    signed_in(user).post("/konto/passord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_password_set_by_a_link_is_hashed_outside_and_so_is_the_first_step_of_signing_in() -> None:
    user = person("glemt@example.org", READER)
    administrator = signed_in(person("adm@example.org", ADMINISTRATOR))
    page = administrator.post(f"/konto/personer/{user.pk}/nytt-passord/").content.decode()
    found = re.search(r"http://localhost:8000(/konto/glemt/[^<]+)<", page)
    assert found is not None
    fresh = Client()
    there = fresh.get(found[1], follow=True).redirect_chain[-1][0]
    fresh.post(there, {"password1": NEW, "password2": NEW})
    Outside.hashed.clear()
    assert fresh.post("/konto/logg-inn/", {"login": user.email, "password": NEW}).status_code == 302
    assert NEW in Outside.hashed


def test_an_account_that_is_erased_is_left_without_a_password() -> None:
    user = person("rad@example.org", READER)
    services.erase(user, services.actor_for(user))
    user.refresh_from_db()
    assert not user.has_usable_password()
