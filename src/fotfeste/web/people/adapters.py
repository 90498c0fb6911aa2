"""Where allauth asks us: who may have an account, when to confirm again, how secrets are kept, what a provider gives."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from fotfeste.messages import msg
from fotfeste.settings import OidcProvider
from fotfeste.web.front.words import said
from fotfeste.web.people.claims import roles_from
from fotfeste.web.people.letter_sender import answers_to, asked_at
from fotfeste.web.people.models import User
from fotfeste.web.people.services import follow_claims
from fotfeste.web.rights.actor import NOBODY, actor_of
from fotfeste.web.rights.declared import Held, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.services import record
from fotfeste.web.upkeep.logs import event


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts: only for the invited; letters in the language of whoever gets them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - as allauth calls it
        """Whether anybody may make an account: nobody may."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where signing in leads: those with one thing to do are led to it, others to their account."""
        from fotfeste.web.rounds.own_work import first_page

        return first_page(actor_of(request)) or str(settings.LOGIN_REDIRECT_URL)

    def is_reauthentication_required(self, *, app: str, **values: Any) -> bool:  # noqa: ARG002
        """Whether a sensitive act asks who it is again: always, but not while setting up the first factor.

        Whoever has just signed in, and had no second factor then, goes on to make one and to see the recovery codes.
        """
        user = self.request.user
        if not user.is_authenticated:
            return True
        records = get_authentication_records(self.request, user)
        latest = max((float(one.get("at", 0)) for one in records), default=0.0)
        if timezone.now().timestamp() - latest > float(settings.ACCOUNT_REAUTHENTICATION_TIMEOUT):
            return True
        began = datetime.fromtimestamp(latest, UTC)
        return bool(Authenticator.objects.filter(user_id=user.pk, created_at__lt=began).exists())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the reader's address; of one who has come past the proxies, that of the connection."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META["REMOTE_ADDR"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter in the language of whoever has the address."""
        owner = User.objects.filter(email__iexact=email).first()
        locale = owner.language if owner else translation.get_language() or "nb"
        with translation.override(locale):
            whose = {"owner": settings.FOTFESTE.serving.owner, "contact": asked_at()}
            super().send_mail(template_prefix, email, {**context, **whose})

    def render_mail(self, *args: Any, **named: Any) -> EmailMessage:
        """Return the letter as allauth makes it, with the address that an answer goes to."""
        message: EmailMessage = super().render_mail(*args, **named)
        message.reply_to = answers_to()
        return message

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link in the letter: to our own address, whatever the request called us."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.FOTFESTE.serving.base_url}{path.replace('UID-KEY', quote(key))}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:  # noqa: ARG002
        """Return the link in the letter: to our own address, whatever the request called us."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return f"{settings.FOTFESTE.serving.base_url}{path}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Return where a changed password leads: to the account."""
        return reverse("account")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Let a confirmed address hold, with a line in the trace; not one that somebody has taken meanwhile."""
        others = User.objects.exclude(pk=email_address.user_id)
        if others.filter(email__iexact=email_address.email).exists():
            return False
        with transaction.atomic():
            held: bool = super().confirm_email(request, email_address)
            if held:
                thing = Thing(Kind.ACCOUNT, str(email_address.user_id), owner_id=email_address.user_id)
                record(NOBODY, "account.address_changed", thing)
        return held


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are kept sealed, and the last one stays."""

    error_messages = {  # noqa: RUF012 - as allauth has it
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": said(
            msg("Dette er den eneste måten du logger inn i to trinn på. Sett opp en annen først.")
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret sealed with the key of the installation."""
        return str(_seal().encrypt(text.encode()).decode())

    def decrypt(self, encrypted_text: str) -> str:
        """Return a sealed secret."""
        return str(_seal().decrypt(encrypted_text.encode()).decode())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another second factor remains."""
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=kinds)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """Return a name for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(said(msg("Passnøkkel {number}", number=number)))


class Services(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by a provider: roles follow its claims, and no claim that gives a role is no account."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let the roles of a known person follow the claims; turn away those who would get none."""
        provider = configured(sociallogin.account.provider)
        held = self.held(sociallogin)
        if sociallogin.state.get("process") == "connect":
            return
        if sociallogin.is_existing:
            if sociallogin.user.is_active:
                follow_claims(sociallogin.user, provider.id, held)
            return
        address = sociallogin.user.email
        reason = "role" if not held else "address" if not address else ""
        if not reason and User.objects.filter(email__iexact=address).exists():
            reason = "taken"
        if reason:
            values = {"reason": reason, "provider": provider.name}
            page = render(request, "socialaccount/turned_away.html", values, status=403)
            raise ImmediateHttpResponse(page)

    def on_authentication_error(
        self,
        _request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Log why a sign-in by a provider was refused, without what the provider said of the person."""
        del extra_context
        reason = str(exception) if isinstance(exception, OAuth2Error) else type(exception).__name__
        # What allauth quotes from the provider's answer stays out of the log.
        event(
            "sign_in_refused",
            provider=provider.app.provider_id,
            error=str(error),
            reason=reason.partition(":")[0],
        )

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Whether the claims give a role."""
        return bool(self.held(sociallogin))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Fill in name, address and language of a new person."""
        user: User = super().populate_user(request, sociallogin, data)
        names = (data.get("first_name") or "", data.get("last_name") or "")
        user.name = str(data.get("name") or " ".join(one for one in names if one) or user.email)[:120]
        user.email = user.email.lower()
        user.language = translation.get_language() or "nb"
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Open the account of a new person with the roles that the claims give."""
        with transaction.atomic():
            user: User = super().save_user(request, sociallogin, form)
            record(NOBODY, "account.opened", Thing(Kind.ACCOUNT, str(user.pk), owner_id=user.pk))
            follow_claims(user, sociallogin.account.provider, self.held(sociallogin))
        return user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """Return the account with the verified address that a trusted provider states, when it is verified here too."""
        found = super().authenticate_by_email(sociallogin)
        if found is None:
            return None
        user, address = found
        verified = EmailAddress.objects.filter(user_id=user.pk, email__iexact=address, verified=True)
        return (user, address) if verified.exists() else None

    def held(self, sociallogin: SocialLogin) -> tuple[Held, ...]:
        """Return the roles that the claims of this sign-in give."""
        rules = configured(sociallogin.account.provider).claims
        return roles_from(getattr(sociallogin, "claims", {}), rules)


def configured(provider_id: str) -> OidcProvider:
    """Return the provider of our settings with this id."""
    return next(one for one in settings.FOTFESTE.serving.oidc if one.id == provider_id)


def vouched_for(request: HttpRequest) -> bool:
    """Whether this session began at a provider that asks for a second factor itself."""
    vouching = {one.id for one in settings.FOTFESTE.serving.oidc if one.second_factor}
    if not vouching:
        return False
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "socialaccount" and one.get("provider") in vouching for one in records)


def _seal() -> Any:
    from cryptography.fernet import Fernet

    key = hashlib.sha256(b"fotfeste.people.second-factors" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
