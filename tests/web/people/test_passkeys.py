"""Passkeys in a real browser: made, signed in with alone, used as second step; nothing refused by the pages' policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from tests.daily import LONG_RUN
from tests.web.people.persons import PASSWORD, READER, person

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.system,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt-get install chromium)"),
]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def page(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page in a browser with a key of its own, that fails the test when the policy refused anything."""
    # Playwright's own loop makes Django believe that the tests are asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    from playwright.sync_api import sync_playwright

    refused: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, "--disable-sync", "--no-first-run"]
        )
        context = browser.new_context(base_url=live_server.url, locale="nb-NO")
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: refused.append(str(error)))
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        key = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
        }
        options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        yield page
        browser.close()
        # Beside Playwright's loop Django has a connection of its own, which would outlive the test.
        connections.close_all()
    assert not [text for text in refused if "favicon" not in text]


def sign_in(page: Any, address: str) -> None:
    """Sign in with a password."""
    page.goto("/konto/logg-inn/")
    page.get_by_label("E-postadresse").fill(address)
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()


def make_key(page: Any) -> None:
    """Make a passkey, as somebody who was led there."""
    page.wait_for_url("**/konto/to-trinn/")
    page.get_by_role("link", name="Lag en passnøkkel").click()
    page.get_by_role("button", name="Lag passnøkkelen").click()
    page.wait_for_url("**/konto/to-trinn/koder/")
    page.get_by_role("link", name="Jeg har lagret kodene").click()


def sign_out(page: Any) -> None:
    """Sign out."""
    page.goto("/konto/logg-ut/")
    page.locator("main").get_by_role("button", name="Logg ut").click()
    page.get_by_role("heading", name="Du er logget ut").wait_for()


@LONG_RUN
def test_a_passkey_is_made_and_signs_in_alone(page: Any) -> None:
    user = person("nokkel@example.org", READER, second=False)
    sign_in(page, user.email)
    make_key(page)
    assert page.url.endswith("/konto/")
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
    sign_out(page)
    page.goto("/konto/logg-inn/")
    page.get_by_role("button", name="Logg inn med passnøkkel").click()
    page.wait_for_url("**/konto/")
    assert page.get_by_role("heading", name="Min konto").is_visible()


@LONG_RUN
def test_a_passkey_is_the_second_step_after_a_password_and_confirms_who_it_is(page: Any) -> None:
    user = person("nokkel@example.org", READER, second=False)
    sign_in(page, user.email)
    make_key(page)
    sign_out(page)
    sign_in(page, user.email)
    page.wait_for_url("**/konto/logg-inn/to-trinn/")
    page.get_by_role("button", name="Bruk passnøkkelen").click()
    page.wait_for_url("**/konto/")
    page.goto("/konto/slett/")
    page.get_by_role("link", name="Bruk en passnøkkel").click()
    page.get_by_role("button", name="Bruk passnøkkelen").click()
    page.wait_for_url("**/konto/slett/")
    assert page.get_by_role("button", name="Slett kontoen min").is_visible()


def test_a_key_that_is_not_there_is_told_of_on_the_page(page: Any) -> None:
    page.goto("/konto/logg-inn/")
    page.get_by_role("button", name="Logg inn med passnøkkel").click()
    page.get_by_text("Passnøkkelen ble ikke brukt").wait_for()


@LONG_RUN
def test_the_last_key_stays(page: Any) -> None:
    user = person("nokkel@example.org", READER, second=False)
    sign_in(page, user.email)
    make_key(page)
    key = Authenticator.objects.get(user=user, type="webauthn")
    page.goto(f"/konto/to-trinn/nokler/{key.pk}/fjern/")
    assert page.get_by_text("Dette er den eneste måten").is_visible()
