"""Pages and letters: every one that can be reached is ours, in our words, and works for everyone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern, get_resolver

from fotfeste.web import people
from fotfeste.web.people import urls
from fotfeste.web.rights.guard import right_of
from tests.web.people.persons import ADMINISTRATOR, PASSWORD, READER, person, signed_in

ALLAUTH = Path(allauth.__file__).parent
OWN = Path(people.__file__).parent / "templates"

UNREACHED = {
    # Sign-up is closed, and adds nobody by form.
    "account/signup.html",
    "account/signup_by_passkey.html",
    "mfa/webauthn/signup_form.html",
    "socialaccount/signup.html",
    # Neither telephones, codes by mail, several addresses, trusted browsers nor files of recovery codes are in use.
    "account/phone_change.html",
    "account/confirm_phone_verification_code.html",
    "account/request_login_code.html",
    "account/confirm_login_code.html",
    "account/confirm_email_verification_code.html",
    "account/confirm_password_reset_code.html",
    "account/email.html",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "account/messages/login_code_sent.txt",
    "account/email/login_code",
    "account/email/password_reset_code",
    "mfa/trust.html",
    "mfa/recovery_codes/download.txt",
    # Sign-in by a provider is a link, and only strict cookies would need a page between.
    "socialaccount/login.html",
    "socialaccount/login_redirect.html",
    # Only where a view asks for a verified address; none does.
    "account/verified_email_required.html",
    # Provider accounts are shown on our own page.
    "account/password_reset_help_text.html",
    "account/email/password_reset",
}
_NAMED = re.compile(r'f?"((?:account|mfa|usersessions|socialaccount)/[a-z_/]+?)(\.\{[^}]+\}|\.txt|\.html)?"')


def named() -> set[str]:
    """Return the templates that allauth's code names in the parts that are in use."""
    found: set[str] = set()
    for part in ("account", "mfa", "usersessions", "socialaccount"):
        for path in (ALLAUTH / part).rglob("*.py"):
            if "tests" in path.parts or ("providers" in path.parts and "openid_connect" not in path.parts):
                continue
            for name, ending in _NAMED.findall(path.read_text(encoding="utf-8")):
                if ending == ".txt":
                    found.add(f"{name}.txt")
                elif "/email/" in name:
                    found.add(name)
                elif ending:
                    found.add(f"{name}.html")
    return found


def test_every_page_and_letter_of_allauth_that_can_be_reached_is_ours() -> None:
    wanted = named() - UNREACHED
    assert len(wanted) > 50
    missing = []
    for name in sorted(wanted):
        files = [f"{name}_subject.txt", f"{name}_message.txt"] if "/email/" in name else [name]
        missing += [one for one in files if not (OWN / one).is_file()]
    assert missing == []


def test_ours_go_before_theirs() -> None:
    for name in ("account/login.html", "mfa/index.html", "socialaccount/connections.html"):
        origin = get_template(name).origin
        assert origin is not None
        assert str(origin.name).startswith(str(OWN))


def test_no_page_or_letter_of_ours_has_words_that_cannot_be_translated_or_what_the_policy_forbids() -> None:
    for path in OWN.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert "{% trans" not in text, path
        assert "{% blocktrans" not in text, path
        assert not re.search(r"\sstyle=|<\w+[^>%]*\son[a-z]+=|<style", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or "application/json" in script, path


def test_every_address_of_the_account_says_who_may_use_it() -> None:
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert right_of(pattern.callback) is not None, pattern


def test_addresses_that_allauth_does_not_need_are_not_there() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not names & {
        "mfa_download_recovery_codes",
        "account_request_login_code",
        "mfa_signup_webauthn",
        "mfa_trust",
    }


PAGES = (
    "/konto/",
    "/konto/profil/",
    "/konto/slett/",
    "/konto/okter/",
    "/konto/bekreft/",
    "/konto/bekreft/kode/",
    "/konto/e-post/",
    "/konto/passord/",
    "/konto/to-trinn/",
    "/konto/to-trinn/app/fjern/",
    "/konto/to-trinn/koder/",
    "/konto/to-trinn/koder/nye/",
    "/konto/to-trinn/nokler/",
    "/konto/to-trinn/nokler/ny/",
    "/konto/tjenester/",
    "/konto/logg-ut/",
    "/konto/personer/",
    "/konto/invitasjoner/",
    "/konto/invitasjoner/ny/",
)
OPEN_PAGES = (
    "/konto/logg-inn/",
    "/konto/ny/",
    "/konto/stengt/",
    "/konto/glemt/",
    "/konto/glemt/sendt/",
    "/konto/glemt/ferdig/",
    "/konto/glemt/1-abc-def/",
    "/konto/e-post/sendt/",
    "/konto/e-post/bekreft/abc/",
    "/konto/tjenester/avbrutt/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_page_stands_in_every_language(locale: str) -> None:
    user = person("adm@example.org", ADMINISTRATOR, language=locale)
    client, nobody = signed_in(user), Client(headers={"Accept-Language": locale})
    for browser, addresses in ((client, PAGES), (nobody, OPEN_PAGES)):
        for address in addresses:
            answer = browser.get(address)
            page = answer.content.decode()
            assert answer.status_code == 200, address
            assert f'<html lang="{locale}"' in page, address
            assert page.count("<h1") == 1, address
            assert not re.search(r"id_password\d?\"[^>]+value=", page), address


@pytest.mark.django_db
def test_pages_about_people_are_not_kept_by_browsers_or_proxies() -> None:
    client = signed_in(person("adm@example.org", ADMINISTRATOR))
    for address in ("/konto/", "/konto/personer/", "/konto/invitasjoner/", "/konto/to-trinn/koder/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "Kari\r\nBcc: alle@example.org"]
)
def test_a_hostile_name_is_only_a_name(name: str) -> None:
    user = person("adm@example.org", ADMINISTRATOR)
    client = signed_in(user)
    client.post("/konto/profil/", {"name": name, "language": "nb"})
    person("leser@example.org", READER)
    pages = [client.get(address).content.decode() for address in ("/konto/", "/konto/personer/")]
    assert not any("<script>alert" in page for page in pages)


@pytest.mark.django_db
def test_wrong_forms_say_what_is_wrong_at_the_field_and_on_top(client: Client) -> None:
    page = client.post(
        "/konto/logg-inn/", {"login": "ikke en adresse", "password": PASSWORD}
    ).content.decode()
    assert 'value="ikke en adresse"' in page
    assert PASSWORD not in page
    assert 'href="#id_login"' in page
    assert re.search(
        r'<input[^>]+id="id_login"[^>]*aria-describedby="id_login_error"|aria-describedby="id_login_error"[^>]*id="id_login"',
        page,
    )


@pytest.mark.django_db
def test_an_unknown_provider_is_not_there(client: Client, settings: Any) -> None:
    assert client.get("/konto/tjenester/ukjent/").status_code == 404
    assert client.get("/konto/tjenester/ukjent/svar/").status_code == 404
