"""How people sign in: the settings of Django's mail and of django-allauth, derived from our own settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settings import OidcProvider, Serving
from fotfeste.web.people.claims import held_from_rule

PROVIDER = "openid_connect"
_FORMS = "fotfeste.web.people.account_forms"
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def sign_in_settings(serving: Serving) -> dict[str, Any]:
    """Return the settings of mail and sign-in for one installation.

    Raises :class:`InputError` when the address of the mail server or a provider's roles cannot be used.
    """
    return {**_mail(serving), **_accounts(serving), **_second_factors(), **_providers(serving)}


def _mail(serving: Serving) -> dict[str, Any]:
    if not serving.email_url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "DEFAULT_FROM_EMAIL": serving.sender,
        }
    parts = urlsplit(serving.email_url)
    if parts.scheme == "console":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
            "DEFAULT_FROM_EMAIL": serving.sender,
        }
    if parts.scheme not in _MAIL_PORTS or not parts.hostname:
        raise InputError(
            "settings.email_url",
            msg("Adressen til e-posttjeneren kan ikke brukes."),
            place="email_url",
            remedy=msg("Skriv den slik: smtp+tls://navn:passord@tjener:587"),
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", ["10"])[0]),
        "DEFAULT_FROM_EMAIL": serving.sender,
    }


def _accounts(serving: Serving) -> dict[str, Any]:
    return {
        "ACCOUNT_ADAPTER": "fotfeste.web.people.adapters.Accounts",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        # An invitation proves the address; a changed address is proved before it holds.
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS": 2,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        # Unknown addresses get a letter too, so that the answer and the time it takes give nobody away.
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if serving.secure else "http",
        "ACCOUNT_RATE_LIMITS": {"login_failed": "20/m/ip,5/5m/key", "reset_password": "10/m/ip,3/15m/key"},
        "ACCOUNT_FORMS": {
            "login": f"{_FORMS}.SignIn",
            "reauthenticate": f"{_FORMS}.ConfirmByPassword",
            "change_password": f"{_FORMS}.ChangePassword",
            "set_password": f"{_FORMS}.SetPassword",
            "reset_password": f"{_FORMS}.Forgotten",
            "reset_password_from_key": f"{_FORMS}.NewPassword",
            "add_email": f"{_FORMS}.ChangeAddress",
        },
        "ALLAUTH_TRUSTED_PROXY_COUNT": serving.proxies,
        "PASSWORD_RESET_TIMEOUT": 2 * 3600,
    }


def _second_factors() -> dict[str, Any]:
    return {
        "MFA_ADAPTER": "fotfeste.web.people.adapters.SecondFactors",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_TOTP_ISSUER": "Fotfeste",
        "MFA_TOTP_TOLERANCE": 1,
        # Accounts come by invitation only, so nobody can lock the owner of an address out by taking it first.
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_FORMS": {
            "authenticate": f"{_FORMS}.Code",
            "reauthenticate": f"{_FORMS}.ConfirmByCode",
            "activate_totp": f"{_FORMS}.StartCodes",
            "add_webauthn": f"{_FORMS}.AddKey",
            "edit_webauthn": f"{_FORMS}.NameKey",
        },
    }


def _providers(serving: Serving) -> dict[str, Any]:
    return {
        "SOCIALACCOUNT_ADAPTER": "fotfeste.web.people.adapters.Services",
        "SOCIALACCOUNT_AUTO_SIGNUP": True,
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_QUERY_EMAIL": True,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        # A form that leads elsewhere is refused by the pages' policy (form-action 'self'), so sign-in is a link.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
        "SOCIALACCOUNT_PROVIDERS": {PROVIDER: {"APPS": [_app(one) for one in serving.oidc]}},
    }


def _app(provider: OidcProvider) -> dict[str, Any]:
    for rule in provider.claims:
        held_from_rule(rule)
    return {
        "provider_id": provider.id,
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.client_secret,
        "settings": {
            "server_url": provider.issuer.rstrip("/"),
            "scope": list(provider.scopes),
            "auth_params": dict(provider.extra),
            "oauth_pkce_enabled": True,
            "email_authentication": provider.trusted_email,
        },
    }
