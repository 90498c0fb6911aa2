"""Tags for the pages about people: providers of sign-in, moments in time, browsers."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.template import Context
from django.utils import timezone

from fotfeste.settings import OidcProvider
from fotfeste.web.front.words import reader
from fotfeste.web.people.words import browser_name

register = template.Library()


@register.simple_tag
def providers() -> tuple[OidcProvider, ...]:
    """Return the providers that people can sign in with."""
    found: tuple[OidcProvider, ...] = settings.FOTFESTE.serving.oidc
    return found


@register.simple_tag(takes_context=True)
def connected(context: Context, provider: str) -> str:
    """Return the number of the reader's account at ``provider``, or nothing."""
    from allauth.socialaccount.models import SocialAccount

    found = SocialAccount.objects.filter(user_id=context["request"].user.pk, provider=provider).first()
    return str(found.pk) if found else ""


@register.simple_tag
def mail_works() -> bool:
    """Whether the installation can send mail."""
    return bool(settings.FOTFESTE.serving.email_url)


@register.filter
def moment(at: datetime) -> str:
    """Return a moment as people write it: ``21. november 2026 kl. 13.05``."""
    words = reader()
    return f"{words.date(local(at))}{', ' if words.locale == 'en' else ' kl. '}{clock(at)}"


@register.filter
def clock(at: datetime, seconds: str = "") -> str:
    """Return the time of day that ``at`` was here, as it stands in a table: ``13.05``, in English ``13:05``.

    With ``seconds`` (any text) the seconds stand after it.
    """
    here = timezone.localtime(at)
    shown = (here.hour, here.minute, here.second) if seconds else (here.hour, here.minute)
    return (":" if reader().locale == "en" else ".").join(f"{one:02}" for one in shown)


@register.filter
def second_factors(user: AbstractBaseUser) -> set[str]:
    """Return the kinds of second factor that ``user`` has: ``webauthn``, ``totp``, ``recovery_codes``."""
    from allauth.mfa.models import Authenticator

    return set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))


@register.filter
def local(at: datetime) -> date:
    """Return the day that ``at`` was here."""
    return timezone.localtime(at).date()


@register.filter
def fours(secret: str) -> str:
    """Return a key in groups of four signs, as it is read and typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@register.filter
def browser(agent: str) -> str:
    """Return a browser's name in the reader's language."""
    return reader().text(browser_name(agent))
