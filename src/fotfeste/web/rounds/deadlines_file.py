"""The deadlines of a round as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from fotfeste.messages import Locale, language
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of, title_of
from fotfeste.work.calendar_file import calendar_file
from fotfeste.work.deadlines import Deadline, settlement_year


def deadlines_file(round_: Round, deadlines: Iterable[Deadline], locale: Locale, code: str = "") -> bytes:
    """Return ``deadlines`` of the round as a calendar file in a language; those of the municipality ``code`` name it."""
    found = list(deadlines)
    key = f"{round_.county}/{round_.year}"
    return calendar_file(
        f"{key}/{code}" if code else key,
        title_of(round_),
        found,
        (),
        settlement_year().reminders,
        words=language(locale),
        stamp=timezone.now(),
        place=municipalities_of(round_)[code] if code else "",
        links={one.id: _link(round_, one, code) for one in found},
    )


def _link(round_: Round, deadline: Deadline, code: str) -> str:
    """Return the page where the deadline is met: the reply, the council's decision, or the county's work."""
    kwargs = {"year": round_.year, "name": round_.name}
    if not code:
        path = reverse("round_room", kwargs=kwargs)
    elif deadline.id == "council":
        path = reverse("follow_up_municipality", kwargs=kwargs | {"code": code})
    else:
        path = reverse("round_reply", kwargs=kwargs | {"code": code})
    return f"{settings.FOTFESTE.serving.base_url}{path}"
