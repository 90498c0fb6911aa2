"""Where somebody from a municipality is invited, for whoever may."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from fotfeste.web.rights.declared import Actor, Held, may_give
from fotfeste.web.rights.roles import Role


def invite_address(actor: Actor, code: str) -> str:
    """Return where ``actor`` invites a contact of the municipality; empty for those who may not."""
    if not may_give(actor, Held(Role.MUNICIPALITY_CONTACT, municipality=code)):
        return ""
    chosen = {"rolle": Role.MUNICIPALITY_CONTACT.value, "kommune": code}
    return f"{reverse('invite')}?{urlencode(chosen)}"
