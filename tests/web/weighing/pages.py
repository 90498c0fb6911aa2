"""How the tests ask for pages of the weighing and send its forms."""

from __future__ import annotations

import html

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from fotfeste.web.people.models import User
from tests.web.weighing.conftest import PARTLY, ROOM


def text_of(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return html.unescape(answer.content.decode())


def post(client: Client, what: str, seen: int = 1, part: bool = False, **fields: object) -> HttpResponse:
    data = {"hva": what, "sett": seen, **fields}
    return client.post(ROOM + "endre/", data, headers=PARTLY if part else {})  # type: ignore[return-value]


def ended(client: Client) -> None:
    """Let the session end, and nothing else of the browser."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def back(client: Client, email: str = "rad3@example.org") -> None:
    """Sign in again."""
    user = User.objects.get(email=email)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
