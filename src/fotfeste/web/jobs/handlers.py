"""What can be done in the background: one handler for each kind of work, registered by its name.

A handler must be idempotent: it may run again after a worker was killed, also when it had nearly finished, and two
may run at once for a moment when the first has lost its lease without knowing. So it

- runs outside any transaction, and computes from its arguments and from what is stored;
- changes nothing on its way that a second run would trip over (a file is written whole, under a name given by its content);
- returns what is to be stored as :class:`Outcome`, whose ``store`` runs in the one short transaction that also marks
  the job as done, and only if the worker still holds the job; what it began from may have changed meanwhile: ``store``
  looks again under the lock, and refuses with a :class:`FotfesteError`, which then stands as the job's own;
- tells its progress often: ``progress`` raises :class:`Interrupted` when the work is to stop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fotfeste.messages import Message, msg

JSON = Any
"""What JSON can hold: texts, numbers, lists, and mappings by text."""
Arguments = Mapping[str, JSON]
Progress = Callable[[Fraction | float, Message], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the work: plain data for whoever asked, and what is to be stored together with it.

    A ``result`` with the field ``address`` (a path of ours) is shown as a link. ``store`` must be quick.
    """

    result: JSON = None
    store: Callable[[], None] | None = None


Work = Callable[[Arguments, Progress, Cancelled], Outcome | JSON]


@dataclass(frozen=True, slots=True)
class Handler:
    """One kind of work: its name for people, the number of its arguments' layout, and what does it.

    ``about`` tells from the arguments what a job is about, without looking anything up (``Telemark 2027``).
    """

    kind: str
    title: Message
    schema: int
    work: Work
    about: Callable[[Arguments], Message | str] | None = None


class Interrupted(Exception):
    """The work is to stop: it was cancelled, the worker is stopping, or another worker has it."""


_HANDLERS: dict[str, Handler] = {}
_DAILY: list[str] = []


def handler(
    kind: str,
    title: Message | None = None,
    *,
    schema: int = 1,
    about: Callable[[Arguments], Message | str] | None = None,
) -> Callable[[Work], Work]:
    """Register the function below as what does work of ``kind``.

    ``schema`` is raised when the arguments change their layout: work ordered under an older number is then refused
    with a message to order it again, and a worker that is older than the order leaves it to a newer one.
    """

    def register(work: Work) -> Work:
        known = _HANDLERS.get(kind)
        if known is not None and known.work is not work:
            raise ValueError(f"two handlers for {kind}")
        _HANDLERS[kind] = Handler(kind, title or msg("Arbeid i bakgrunnen"), schema, work, about)
        return work

    return register


def handler_of(kind: str) -> Handler | None:
    """Return what does work of ``kind``, if this program can."""
    return _HANDLERS.get(kind)


def known_kinds() -> Mapping[str, int]:
    """Return every kind of work that this program can do, with the layout of its arguments."""
    return {one.kind: one.schema for one in _HANDLERS.values()}


def daily(kind: str) -> None:
    """Let work of ``kind``, which takes no arguments, be ordered once a day by whichever worker is first."""
    if kind not in _DAILY:
        _DAILY.append(kind)


def daily_kinds() -> tuple[str, ...]:
    """Return the kinds of work that are done every day."""
    return tuple(_DAILY)
