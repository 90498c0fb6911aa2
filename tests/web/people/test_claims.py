"""What a provider says of a person: claims read as roles, and identity tokens that cannot be trusted."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
import pytest
from allauth.core import context
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import RequestFactory

from fotfeste.errors import InputError
from fotfeste.settings import OidcProvider, Serving
from fotfeste.web.people.claims import held_from_rule, roles_from, values_at
from fotfeste.web.people.provider import StrictAdapter
from fotfeste.web.people.sign_in import sign_in_settings
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role
from tests.web.people.test_provider import configure

ISSUER = "https://tjeneste.example.org"
KEY, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))


@pytest.mark.parametrize(
    ("content", "path", "values"),
    [
        ({"groups": ["a", "b"]}, "groups", ["a", "b"]),
        ({"role": "a"}, "role", ["a"]),
        ({"level": 3, "chief": True}, "chief", ["true"]),
        ({"https://example.org/roles": ["a"]}, "https://example.org/roles", ["a"]),
        (
            {"details": [{"parties": [{"orgno": {"ID": "0192:1"}}, {"orgno": {"ID": "0192:2"}}]}]},
            "details.parties.orgno.ID",
            ["0192:1", "0192:2"],
        ),
        ({"groups": {"a": 1}}, "groups", []),
        ({}, "groups.a", []),
        ({"groups": None}, "groups", []),
    ],
)
def test_values_of_a_claim_are_found_where_the_path_leads(content: Any, path: str, values: list[str]) -> None:
    assert list(values_at(content, path)) == values


def test_a_claim_gives_a_role_only_by_its_whole_value() -> None:
    rules = (("groups", "radgiver", "county_adviser", "40"),)
    assert roles_from({"groups": ["radgivere", "Radgiver", " radgiver"]}, rules) == ()
    assert roles_from({"groups": ["radgiver"]}, rules) == (Held(Role.COUNTY_ADVISER, county="40"),)


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("sjef", ""),
        ("administrator", "40"),
        ("county_adviser", ""),
        ("county_reader", "4003"),
        ("municipality_contact", "40"),
        ("partner", ""),
        ("partner", "40:"),
        ("partner", "4003:Nav"),
    ],
)
def test_a_rule_that_gives_no_role_is_refused_before_anybody_signs_in(role: str, area: str) -> None:
    with pytest.raises(InputError):
        held_from_rule(("groups", "a", role, area))
    provider = OidcProvider("x", "X", ISSUER, "id", claims=(("groups", "a", role, area),))
    with pytest.raises(InputError):
        sign_in_settings(Serving(oidc=(provider,)))


@pytest.mark.parametrize("address", ["http://tjener", "smtp://", "tjener:25"])
def test_an_address_of_a_mail_server_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        sign_in_settings(Serving(email_url=address))


def test_a_mail_server_is_read_with_its_name_and_password() -> None:
    found = sign_in_settings(Serving(email_url="smtp+tls://post:a%40b@tjener.example.org:2525?timeout=5"))
    assert found["EMAIL_HOST_PASSWORD"] == "a@b"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "tjener.example.org",
        2525,
        True,
    )
    assert found["EMAIL_TIMEOUT"] == 5


class _Keys:
    """Answers for the provider's keys."""

    def get_requests_session(self) -> _Keys:
        return self

    def __enter__(self) -> _Keys:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def get(self, _address: str) -> _Keys:
        return self

    def raise_for_status(self) -> None:
        return None

    def json(self) -> Any:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}, {"kid": "2", "use": "enc"}]}


@pytest.fixture
def checks(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what checks an identity token, for a request with the nonce ``n``."""
    configure(settings, issuer=ISSUER, extra=(("acr_values", "substantial high"),))
    request = RequestFactory().get("/")
    monkeypatch.setattr("fotfeste.web.people.provider.get_adapter", lambda: _Keys())
    with context.request_context(request):
        adapter = StrictAdapter(request, "fylket")
        monkeypatch.setattr(
            adapter, "_openid_config", {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"}, raising=False
        )
        adapter.state = {"nonce": "n"}
        from allauth.socialaccount.models import SocialApp

        values = {"auth_params": {"acr_values": "substantial high"}, "server_url": ISSUER}
        app = SocialApp(
            provider="openid_connect", provider_id="fylket", client_id="fotfeste", settings=values
        )
        monkeypatch.setattr(adapter, "get_provider", lambda: type("P", (), {"app": app})())
        yield lambda written: adapter.checked(written, app)


def token(key: Any = KEY, algorithm: str = "RS256", kid: str | None = "1", **claims: Any) -> str:
    """Write an identity token."""
    now = int(time.time())
    whole = {
        "iss": ISSUER,
        "sub": "s",
        "aud": "fotfeste",
        "exp": now + 60,
        "iat": now,
        "nonce": "n",
        "acr": "high",
    }
    content = {name: value for name, value in {**whole, **claims}.items() if value is not None}
    return jwt.encode(content, key, algorithm=algorithm, headers={"kid": kid} if kid else {})


@pytest.mark.django_db
def test_an_identity_token_as_it_must_be_is_trusted(checks: Any) -> None:
    assert checks(token())["sub"] == "s"
    assert checks(token(aud=["fotfeste", "annen"], azp="fotfeste"))["sub"] == "s"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://annen.example.org"},
        {"aud": "annen"},
        {"aud": ["fotfeste", "annen"]},
        {"aud": ["fotfeste", "annen"], "azp": "annen"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"iat": None},
        {"sub": None},
        {"nonce": "m"},
        {"nonce": None},
        {"nonce": ""},
        {"acr": "low"},
        {"acr": None},
        {"key": OTHER},
        {"kid": "2"},
        {"kid": "3"},
        {"key": "a" * 64, "algorithm": "HS256"},
        {"key": None, "algorithm": "none"},
        {"algorithm": "RS512"},
    ],
)
def test_an_identity_token_with_anything_wrong_is_refused(checks: Any, claims: dict[str, Any]) -> None:
    with pytest.raises(OAuth2Error):
        checks(token(**claims))


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(checks: Any, written: str) -> None:
    with pytest.raises(OAuth2Error):
        checks(written)
