"""Sign-in over OpenID Connect: allauth's provider, made strict. allauth finds this module by its name.

Added to what allauth does (code flow, state, PKCE S256): a nonce; a check of signature, issuer, audience, nonce, time and
requested level (``acr``) of the identity token; the issuer's own name in its description and its answer (RFC 9207); and
parameters that come from our settings only, never from the address.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from fotfeste.web.people.adapters import SecondFactors

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
LEEWAY = 60
ID_TOKEN = "oidc_id_token"


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """What is said to and heard from one provider during one sign-in."""

    state: dict[str, Any]

    @property
    def issuer(self) -> str:
        """The issuer that our settings name."""
        return str(self.get_provider().app.settings["server_url"])

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself, which must carry the issuer's own name."""
        found: dict[str, Any] = super().openid_config
        if str(found.get("issuer", "")).rstrip("/") != self.issuer:
            raise OAuth2Error("the description names another issuer")
        return found

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who signed in, by the checked identity token and what the provider adds about the same subject."""
        written = kwargs["response"].get("id_token")
        if not written:
            raise OAuth2Error("no identity token")
        claims = self.checked(written, app)
        if self.openid_config.get("userinfo_endpoint"):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("user information about another subject")
            claims = {**more, **claims}
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        # What a provider tells may hold national identity numbers: it is used now, and not kept; but for the token
        # that signing out asks for, sealed, as long as the session lasts.
        login.account.extra_data = {}
        login.claims = claims
        request.session[ID_TOKEN] = [app.provider_id, SecondFactors().encrypt(written)]
        return login

    def checked(self, written: str, app: SocialApp) -> dict[str, Any]:
        """Return the claims of an identity token. Raises ``OAuth2Error`` when anything about it is not as it must be."""
        try:
            header = jwt.get_unverified_header(written)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("the identity token is not signed as it must be")
            claims: dict[str, Any] = jwt.decode(
                written,
                key=self._key(header),
                algorithms=[header["alg"]],
                audience=app.client_id,
                issuer=str(self.openid_config["issuer"]),
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except (jwt.PyJWTError, TypeError, KeyError) as error:
            raise OAuth2Error("the identity token cannot be trusted") from error
        sent, came = str(self.state.get("nonce", "")).encode(), str(claims.get("nonce", "")).encode()
        if not sent or not secrets.compare_digest(sent, came):
            raise OAuth2Error("the identity token answers another request")
        parties = claims["aud"]
        if isinstance(parties, list) and len(parties) > 1 and claims.get("azp") != app.client_id:
            raise OAuth2Error("the identity token is for somebody else")
        wanted = str(app.settings["auth_params"].get("acr_values", "")).split()
        if wanted and claims.get("acr") not in wanted:
            raise OAuth2Error("the sign-in is not as strong as was asked for")
        return claims

    def _key(self, header: dict[str, Any]) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = [one for one in answer.json()["keys"] if one.get("use", "sig") == "sig"]
        known = [one for one in keys if one.get("kid") == header.get("kid")] if header.get("kid") else keys
        if len(known) != 1 or known[0].get("alg", header["alg"]) != header["alg"]:
            raise OAuth2Error("the identity token is signed with an unknown key")
        return jwt.algorithms.get_default_algorithms()[header["alg"]].from_jwk(json.dumps(known[0]))


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One provider of our settings."""

    oauth2_adapter_class = StrictAdapter

    def get_auth_params_from_request(self, _request: HttpRequest, _action: str) -> dict[str, str]:
        """Return the further parameters: those of our settings, whatever the address says."""
        return dict(self.get_auth_params())

    def get_scope_from_request(self, _request: HttpRequest) -> list[str]:
        """Return the scopes: those of our settings, whatever the address says."""
        return list(self.get_scope())

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the sign-in is for: to sign in, or to connect the provider to the account that asks."""
        found: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        connect = found.get("process") == "connect" and request.user.is_authenticated
        found["process"] = "connect" if connect else "login"
        return found

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        """Send the reader to the provider, with a nonce that the answer must carry."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**kwargs.get("auth_params", self.get_auth_params()), "nonce": nonce}
        answer: HttpResponse = super().redirect(request, process, next_url=next_url, nonce=nonce, **kwargs)
        return answer

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """Return the address, verified only where the provider says exactly that."""
        claims = data["id_token"]
        address = claims.get("email")
        verified = claims.get("email_verified") is True
        return [EmailAddress(email=address, verified=verified, primary=True)] if address else []

    @property
    def server_url(self) -> str:
        """Where the provider describes itself."""
        return str(self.wk_server_url(self.app.settings["server_url"]))


class StrictCallback(OAuth2CallbackView):  # type: ignore[misc]
    """The provider's answer."""

    def _get_state(self, request: HttpRequest, provider: StrictProvider) -> Any:
        state, answer = super()._get_state(request, provider)
        if answer is None:
            self.adapter.state = state
            named = request.GET.get("iss")
            described = self.adapter.openid_config
            must = described.get("authorization_response_iss_parameter_supported") is True
            if (named is None and must) or (named is not None and named != described["issuer"]):
                return None, render_authentication_error(request, provider)
        return state, answer


provider_classes = [StrictProvider]


def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the reader to the provider. A link on somebody else's page is answered with the page to sign in from."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        from django.shortcuts import redirect

        return redirect("account_login")
    return _through(OAuth2LoginView, request, provider_id)


def answered(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer, and sign in whoever it is about."""
    return _through(StrictCallback, request, provider_id)


def _through(view: type[Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = StrictAdapter(request, provider_id)
    try:
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except (RequestException, OAuth2Error, ValueError) as error:
        answer = render_authentication_error(request, provider, exception=error)
    return answer


def sign_out_address(request: HttpRequest, back: str) -> tuple[str, str] | None:
    """Return the name of the provider that was signed in with, and where it signs out, when it offers that."""
    from urllib.parse import urlencode

    from cryptography.fernet import InvalidToken

    kept = request.session.get(ID_TOKEN)
    if not kept:
        return None
    adapter = StrictAdapter(request, kept[0])
    try:
        provider = adapter.get_provider()
        hint = SecondFactors().decrypt(kept[1])
        address = adapter.openid_config.get("end_session_endpoint")
    except (SocialApp.DoesNotExist, RequestException, OAuth2Error, ValueError, InvalidToken):
        return None
    if not address:
        return None
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": back, "client_id": provider.app.client_id}
    return str(provider.name), f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
