"""Who stands behind the letters that Fotfeste sends: where an answer to one goes, and who can be asked."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def asked_at() -> str:
    """Return whom the reader of a letter can ask, as the settings have it (``contact``); empty where they have nothing."""
    return " ".join(str(settings.FOTFESTE.serving.contact).removeprefix("mailto:").split())


def answers_to() -> list[str]:
    """Return the address that answers go to: the contact's, where that is an e-mail address."""
    _, address = parseaddr(asked_at())
    try:
        validate_email(address)
    except ValidationError:
        return []
    return [address] if address == asked_at() else []
