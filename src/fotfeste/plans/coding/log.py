"""What coders do, one event after another: nothing is changed or taken away, and everything can be undone.

A log is a value. Acts return a longer log; what holds now is :func:`codings`, which goes through the events in order.
The web keeps the events in its database and the command line in a file (:mod:`fotfeste.plans.coding.log_file`); both
give them to these functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.documents.model import Span

LONGEST_MEMO = 20_000


class Act(StrEnum):
    """What a coder does; the value stands in files.

    ``ACCEPT`` gives a piece of text a code, of one's own accord or as suggested. ``REJECT`` says that a suggested code
    does not hold. ``CORRECT`` puts another code or another piece in the place of an earlier coding. ``REMOVE`` takes
    an own coding back. ``MEMO`` writes a note on a coding, or on a piece of text. ``READ`` says that the coder has read
    a piece of text through, so that what is not coded there counts as a no. ``RESOLVE`` settles what coders disagree
    about. ``UNDO`` undoes one event.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    REMOVE = "remove"
    MEMO = "memo"
    READ = "read"
    RESOLVE = "resolve"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Event:
    """One act: its number in the log from 1, when (with a time zone), who (an id without a name), and what.

    ``of`` is the number of the event it is about: the coding that is corrected, removed or noted on, or the event that
    is undone; 0 for none. ``verdict`` is what a resolution says: whether the code holds. ``cause`` is the id of the
    rule that suggested it, ``learnt`` for the classifier, empty for neither. No event holds text of a plan.
    """

    number: int
    at: datetime
    coder: str
    act: Act
    text_sha256: str = ""
    span: Span | None = None
    code: str = ""
    of: int = 0
    cause: str = ""
    memo: str = ""
    verdict: bool | None = None


@dataclass(frozen=True)
class CodingLog:
    """All events of one coding, made with one codebook (its id and date, as ``integrering 2026-11-22``)."""

    codebook: str
    events: tuple[Event, ...] = ()

    def event(self, number: int) -> Event:
        """Return an event by its number; raises :class:`InputError` when there is none such."""
        if not 1 <= number <= len(self.events):
            raise _refused(
                "plan.coding.event_unknown", msg("Loggen har ingen hendelse nummer {number}.", number=number)
            )
        return self.events[number - 1]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was settled about a code on a piece of text, by whom, and why."""

    text_sha256: str
    span: Span
    code: str
    holds: bool
    by: str
    memo: str
    at: datetime


def accept(
    log: CodingLog,
    *,
    at: datetime,
    coder: str,
    text_sha256: str,
    span: Span,
    code: str,
    cause: str = "",
    memo: str = "",
) -> CodingLog:
    """Return the log with a code given to a piece of text."""
    event = Event(0, at, coder, Act.ACCEPT, text_sha256, span, code, cause=cause, memo=memo)
    return _with(log, event)


def reject(
    log: CodingLog,
    *,
    at: datetime,
    coder: str,
    text_sha256: str,
    span: Span,
    code: str,
    cause: str,
    memo: str = "",
) -> CodingLog:
    """Return the log with a suggested code rejected, so that it is not suggested to this coder again."""
    return _with(log, Event(0, at, coder, Act.REJECT, text_sha256, span, code, cause=cause, memo=memo))


def correct(
    log: CodingLog,
    number: int,
    *,
    at: datetime,
    coder: str,
    code: str | None = None,
    span: Span | None = None,
    memo: str | None = None,
) -> CodingLog:
    """Return the log with the coding made by event ``number`` replaced by one with another code, piece or memo."""
    old = _own(log, number, coder)
    event = Event(
        0, at, coder, Act.CORRECT, old.text_sha256, span or old.span, code or old.code, number, old.cause,
        old.memo if memo is None else memo,
    )  # fmt: skip
    return _with(log, event)


def remove(log: CodingLog, number: int, *, at: datetime, coder: str) -> CodingLog:
    """Return the log with the coder's own coding made by event ``number`` taken back."""
    old = _own(log, number, coder)
    return _with(log, Event(0, at, coder, Act.REMOVE, old.text_sha256, old.span, old.code, number))


def note(log: CodingLog, number: int, *, at: datetime, coder: str, memo: str) -> CodingLog:
    """Return the log with a memo on the coder's own coding made by event ``number``; it replaces the one before."""
    old = _own(log, number, coder)
    return _with(log, Event(0, at, coder, Act.MEMO, old.text_sha256, old.span, old.code, number, memo=memo))


def mark_read(log: CodingLog, *, at: datetime, coder: str, text_sha256: str, span: Span) -> CodingLog:
    """Return the log with a piece of text marked as read through by a coder."""
    return _with(log, Event(0, at, coder, Act.READ, text_sha256, span))


def resolve(
    log: CodingLog,
    *,
    at: datetime,
    coder: str,
    text_sha256: str,
    span: Span,
    code: str,
    holds: bool,
    memo: str = "",
) -> CodingLog:
    """Return the log with a disagreement settled; each coder's own coding stays as it was."""
    return _with(log, Event(0, at, coder, Act.RESOLVE, text_sha256, span, code, memo=memo, verdict=holds))


def undo(log: CodingLog, *, at: datetime, coder: str, number: int | None = None) -> CodingLog:
    """Return the log with an event undone: event ``number``, or the coder's last that is not undone.

    Undoing an undo does the first thing again. Raises :class:`InputError` for another's event, for one that is undone
    already, and for one that later events that hold build on: undo those first.
    """
    undone = _undone(log.events)
    if number is None:
        own = [
            one
            for one in log.events
            if one.coder == coder and one.act is not Act.UNDO and one.number not in undone
        ]
        if not own:
            raise _refused("plan.coding.nothing_to_undo", msg("Det er ingenting å angre."))
        number = own[-1].number
    event = log.event(number)
    if event.coder != coder:
        raise _refused("plan.coding.not_own", msg("Hendelse {number} er en annens.", number=number))
    if number in undone:
        raise _refused("plan.coding.undone", msg("Hendelse {number} er alt angret.", number=number))
    building = [one.number for one in log.events if one.of == number and one.number not in undone]
    if building:
        raise _refused(
            "plan.coding.built_on",
            msg("Hendelse {number} er grunnlag for hendelse {later}.", number=number, later=building[-1]),
            msg("Angre den siste først."),
        )
    return _with(log, Event(0, at, coder, Act.UNDO, event.text_sha256, event.span, event.code, number))


def codings(log: CodingLog) -> tuple[Coding, ...]:
    """Return the codings that hold now, accepted and rejected, in the order they were made."""
    found: dict[int, Coding] = {}
    for event in _standing(log):
        if event.act in (Act.ACCEPT, Act.REJECT, Act.CORRECT) and event.span is not None:
            state = State.REJECTED if event.act is Act.REJECT else State.ACCEPTED
            if event.act is Act.CORRECT:
                found.pop(event.of, None)
            found[event.number] = Coding(
                event.text_sha256, event.span, event.code, event.coder, state, event.cause, event.memo, event.at,
                event.number,
            )  # fmt: skip
        elif event.act is Act.REMOVE:
            found.pop(event.of, None)
        elif event.act is Act.MEMO and event.of in found:
            found[event.of] = replace(found[event.of], memo=event.memo)
    return tuple(found.values())


def resolutions(log: CodingLog) -> tuple[Resolution, ...]:
    """Return what is settled now; a later settlement of the same code on the same piece replaces an earlier one."""
    found: dict[tuple[str, Span, str], Resolution] = {}
    for event in _standing(log):
        if event.act is Act.RESOLVE and event.span is not None:
            found[event.text_sha256, event.span, event.code] = Resolution(
                event.text_sha256,
                event.span,
                event.code,
                event.verdict is True,
                event.coder,
                event.memo,
                event.at,
            )
    return tuple(found.values())


def without_memos(log: CodingLog, until: int) -> CodingLog:
    """Return the log without what is written in the memos of the events up to number ``until``; all else stays."""
    return replace(
        log, events=tuple(replace(one, memo="") if one.number <= until else one for one in log.events)
    )


def memos_written(log: CodingLog, until: int) -> int:
    """Return how many memos that stand now were written in the events up to number ``until``."""
    bare = without_memos(log, until)
    held = [(one.memo, other.memo) for one, other in zip(codings(log), codings(bare), strict=True)]
    held += [(one.memo, other.memo) for one, other in zip(resolutions(log), resolutions(bare), strict=True)]
    return sum(bool(memo) and memo != left for memo, left in held)


def read_by(log: CodingLog, coder: str) -> tuple[tuple[str, Span], ...]:
    """Return the pieces of text that a coder has marked as read through."""
    return tuple(
        (event.text_sha256, event.span)
        for event in _standing(log)
        if event.act is Act.READ and event.coder == coder and event.span is not None
    )


def coders(log: CodingLog) -> tuple[str, ...]:
    """Return the coders in the order they first did something that holds."""
    return tuple(dict.fromkeys(event.coder for event in _standing(log)))


def _standing(log: CodingLog) -> Iterator[Event]:
    undone = _undone(log.events)
    return (event for event in log.events if event.number not in undone and event.act is not Act.UNDO)


def _undone(events: Iterable[Event]) -> frozenset[int]:
    undone: set[int] = set()
    for event in reversed(tuple(events)):
        if event.act is Act.UNDO and event.number not in undone:
            undone.add(event.of)
    return frozenset(undone)


def _own(log: CodingLog, number: int, coder: str) -> Coding:
    found = next((one for one in codings(log) if one.number == number), None)
    if found is None:
        raise _refused("plan.coding.gone", msg("Koding nummer {number} finnes ikke lenger.", number=number))
    if found.coder != coder:
        raise _refused(
            "plan.coding.not_own",
            msg("Koding nummer {number} er en annens.", number=number),
            msg("Er dere uenige, så avgjør det i listen over uenighet."),
        )
    return found


def _with(log: CodingLog, event: Event) -> CodingLog:
    if event.at.tzinfo is None:
        raise ValueError("the time of an event has a time zone")
    if not event.coder:
        raise _refused("plan.coding.no_coder", msg("Det er ikke sagt hvem som koder."))
    if len(event.memo) > LONGEST_MEMO:
        raise _refused("plan.coding.memo", msg("Notatet er lengre enn {most} tegn.", most=LONGEST_MEMO))
    return replace(log, events=(*log.events, replace(event, number=len(log.events) + 1)))


def _refused(code: str, what: Message, remedy: Message | None = None) -> InputError:
    return InputError(code, what, remedy=remedy or msg("Last inn på nytt og se hva som gjelder nå."))
