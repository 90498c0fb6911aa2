"""The deadlines of a round as a calendar file."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from fotfeste.messages import Locale, language
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import title_of
from fotfeste.work.calendar_file import calendar_file
from fotfeste.work.deadlines import Deadline, settlement_year


def deadlines_file(round_: Round, deadlines: Iterable[Deadline], locale: Locale) -> bytes:
    """Return ``deadlines`` of the round as a calendar file in a language."""
    return calendar_file(
        f"{round_.county}/{round_.year}",
        title_of(round_),
        deadlines,
        (),
        settlement_year().reminders,
        words=language(locale),
        stamp=timezone.now(),
    )
