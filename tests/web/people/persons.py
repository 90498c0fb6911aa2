"""Synthetic people for the tests: nobody here exists."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from fotfeste.web.people.models import User
from fotfeste.web.people.services import grant
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role

PASSWORD = "en lang setning om fjell"

ADMINISTRATOR = Held(Role.ADMINISTRATOR)
ADVISER = Held(Role.COUNTY_ADVISER, county="40")
OTHER_ADVISER = Held(Role.COUNTY_ADVISER, county="42")
READER = Held(Role.COUNTY_READER, county="40")
CONTACT = Held(Role.MUNICIPALITY_CONTACT, municipality="4003")
PARTNER = Held(Role.PARTNER, county="40", organisation="Nav")


def person(address: str, *held: Held, second: bool = True, **values: Any) -> User:
    """Make a synthetic person with roles, a password and (unless said) an app for codes."""
    user = User.objects.create(email=address, name=values.pop("name", "Kari Prøve"), **values)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    for one in held:
        grant(user, one, "invitation", NOBODY)
    if second:
        add_second(user)
    return user


def add_second(user: User) -> str:
    """Give ``user`` an app for codes, and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def signed_in(user: User) -> Client:
    """Return a browser in which ``user`` is signed in and has just confirmed it."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    confirm(client, user)
    return client


def confirm(client: Client, user: User) -> None:
    """Let ``user`` have confirmed just now who it is."""
    import time

    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
