"""The needs as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.messages import Message
from fotfeste.web.dialogue import minutes
from fotfeste.web.dialogue.models import Need
from fotfeste.web.dialogue.needs import task_of
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work import tasks
from fotfeste.work.tasks import TaskState


@dataclass(frozen=True, slots=True)
class Row:
    """A need on a page: where it comes from, its theme and state in words, and whether it is overdue."""

    need: Need
    place: str
    theme: Message | str
    state: Message
    overdue: bool


def rows(round_: Round, found: Iterable[Need], today: date, locale: str) -> list[Row]:
    """Return needs for a page: those overdue first, then by deadline, those that are ended last."""
    names, themes = municipalities_of(round_), minutes.form().theme_names
    shown = [
        Row(
            one,
            names.get(one.municipality, ""),
            str(themes[one.theme].get(locale, one.theme)) if one.theme in themes else "",  # type: ignore[call-overload]
            tasks.task_state_name(TaskState(one.state)),
            tasks.overdue(task_of(one), today),
        )
        for one in found
    ]
    return sorted(shown, key=lambda row: (task_of(row.need).ended, not row.overdue, row.need.due or date.max))
