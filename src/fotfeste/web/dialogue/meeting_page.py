"""What the pages of one meeting call it, and where they are."""

from __future__ import annotations

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste.messages import Message, msg
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.dialogue.work_page import address

MEETINGS = msg("Møter")
both = require_http_methods(["GET", "HEAD", "POST"])


def called(one: Meeting) -> Message:
    """Return what the page of a meeting is called."""
    return msg("Møtet {day}", day=timezone.localdate(one.starts_at))


def address_of(one: Meeting, view: str, **parts: object) -> str:
    """Return the address of a page of one meeting."""
    return address(view, one.round, code=one.municipality, number=one.number, **parts)
