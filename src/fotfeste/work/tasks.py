"""Tasks: a need that was heard in the dialogue, with somebody who follows it up.

A task begins open, is begun, and ends done or dropped. What has ended can be opened again, with a reason. Functions
return a new task; whoever stores it keeps the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg


class TaskState(StrEnum):
    """How far a task has come."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


NEXT: Mapping[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.BEGUN, TaskState.DONE, TaskState.DROPPED}),
    TaskState.BEGUN: frozenset({TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.OPEN}),
    TaskState.DROPPED: frozenset({TaskState.OPEN}),
}
"""Where a task can go from each state."""
ASKS_REASON = frozenset({TaskState.DROPPED, TaskState.OPEN})
"""To drop a task, or to open it again, takes a reason."""


@dataclass(frozen=True, slots=True)
class Task:
    """A need that is followed up.

    ``need`` is as it was written, never translated; ``theme`` is the id of a theme of the dialogue; ``municipality`` the
    code of where it was heard, empty for a need of the whole county. ``owner`` is a stable id of an account or a role,
    never an address. ``changed_on`` is the day it came to its state, and ``reason`` why, where one was given.
    """

    id: str
    need: str
    owner: str
    changed_on: date
    theme: str = ""
    municipality: str = ""
    due: date | None = None
    state: TaskState = TaskState.OPEN
    reason: str = ""

    @property
    def ended(self) -> bool:
        """Whether nobody follows it up any more."""
        return self.state in (TaskState.DONE, TaskState.DROPPED)


def overdue(task: Task, today: date) -> bool:
    """Whether the task should have ended before ``today``; on its last day it is in time."""
    return task.due is not None and not task.ended and task.due < today


def moved(task: Task, state: TaskState, on: date, reason: str = "") -> Task:
    """Return ``task`` in another state from the day ``on``.

    Raises :class:`InputError` when it cannot go there from where it is, when a reason is asked and none is given, and when
    ``on`` lies before its last change.
    """
    if state not in NEXT[task.state]:
        raise InputError(
            "task.state",
            msg(
                "Oppgaven er {now} og kan ikke bli {state}.",
                now=task_state_name(task.state),
                state=task_state_name(state),
            ),
            place=task.need,
            remedy=msg("Se hvor oppgaven står nå. En oppgave som er avsluttet, kan åpnes igjen."),
        )
    reason = reason.strip()
    if state in ASKS_REASON and not reason:
        raise InputError(
            "task.reason",
            msg("Det må oppgis en grunn."),
            place=task.need,
            remedy=msg("Skriv kort hvorfor oppgaven er frafalt eller åpnet igjen."),
        )
    if on < task.changed_on:
        raise InputError(
            "task.date",
            msg("Datoen {on} er før den siste endringen, {before}.", on=on, before=task.changed_on),
            place=task.need,
            remedy=msg("Oppgi en dato fra og med den siste endringen."),
        )
    return replace(task, state=state, changed_on=on, reason=reason)


def hand_over(tasks: Iterable[Task], owner: str, new_owner: str) -> tuple[Task, ...]:
    """Return all ``tasks`` with those of ``owner`` that have not ended handed over to ``new_owner``.

    What has ended stays with whoever ended it. Raises :class:`InputError` when nobody is named to take over.
    """
    if not new_owner.strip():
        raise InputError(
            "task.owner",
            msg("Det er ikke oppgitt hvem som tar over."),
            remedy=msg("Velg hvem som skal følge opp oppgavene."),
        )
    return tuple(
        replace(task, owner=new_owner) if task.owner == owner and not task.ended else task for task in tasks
    )


def task_state_name(state: TaskState) -> Message:
    """Return how far a task has come, in words."""
    return {
        TaskState.OPEN: msg("åpen"),
        TaskState.BEGUN: msg("påbegynt"),
        TaskState.DONE: msg("utført"),
        TaskState.DROPPED: msg("frafalt"),
    }[state]
