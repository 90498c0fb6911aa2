"""The kinds of alert: what each compares on one municipality's row, how far apart it is, and the sentence that tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.follow_up.board import Board, Row
from fotfeste.settlement.follow_up.steps import Cell, Step
from fotfeste.settlement.follow_up.thresholds import RuleId
from fotfeste.settlement.wording import minors_named
from fotfeste.statistics.figure import Figure, Mark


@dataclass(frozen=True, slots=True)
class Hit:
    """How far a figure is from what it is compared with, the figures, the day, and the sentence.

    ``about`` tells two things of one kind in a municipality from each other.
    """

    size: int
    figures: tuple[tuple[Step, Figure], ...]
    on: date
    sentence: Message
    about: str = ""


def _told(figure: Figure) -> Message | int:
    """Return a number for a sentence; a hidden one as its bounds."""
    if figure.value is not None:
        return int(figure.value)
    low, high = int(figure.low or 0), int(figure.high or 0)
    return msg("{low} til {high}", low=low, high=high)


def _minors_told(figure: Figure) -> Message:
    """Return a number of unaccompanied minors for a sentence; one alone as one."""
    if figure.value is not None:
        return minors_named(int(figure.value))
    return msg("{count} enslige mindreårige", count=_told(figure))


def _known(figure: Figure) -> bool:
    """Whether there is a number or bounds to compare with: neither missing nor not asked."""
    return (
        figure.mark in (Mark.OBSERVED, Mark.SUPPRESSED) and figure.low is not None and figure.high is not None
    )


def _least_gap(more: Figure, less: Figure) -> int:
    """Return how many persons ``more`` is above ``less`` at the least."""
    return ceil(Fraction(more.low or 0) - Fraction(less.high or 0))


def _day(cell: Cell, today: date) -> date:
    return cell.as_of if isinstance(cell.as_of, date) else today


def _asked_without_answer(row: Row) -> bool:
    answered = row.decision is not None and row.decision.given
    asked = row.request is not None and (row.request.persons.high or 0) > 0
    return asked and not answered and row.cells.persons[Step.DECIDED].lacking


def _no_answer(row: Row, _: Board, today: date) -> Hit | None:
    if row.request is None or not _asked_without_answer(row) or row.decision is not None:
        return None
    days = (today - row.request.dated).days
    sentence = nmsg(
        "{name} ble {day} anmodet om å bosette {asked}, og har verken vedtak, avslag eller dato for behandling etter {count} dag.",
        "{name} ble {day} anmodet om å bosette {asked}, og har verken vedtak, avslag eller dato for behandling etter {count} dager.",
        days, name=row.name, asked=_told(row.request.persons), day=row.request.dated,
    )  # fmt: skip
    return Hit(days, ((Step.REQUESTED, row.request.persons),), today, sentence)


def _no_decision(row: Row, _: Board, today: date) -> Hit | None:
    if row.request is None or not _asked_without_answer(row):
        return None
    expected = row.decision.expected_handling if row.decision else None
    since = max(row.request.dated, expected) if expected else row.request.dated
    days = (today - since).days
    sentence = msg(
        "{name} ble {day} anmodet om å bosette {asked}, og har ikke vedtatt noe.",
        name=row.name, asked=_told(row.request.persons), day=row.request.dated,
    )  # fmt: skip
    return Hit(days, ((Step.REQUESTED, row.request.persons),), today, sentence)


def _handling_passed(row: Row, _: Board, today: date) -> Hit | None:
    if row.decision is None or row.decision.given or row.decision.expected_handling is None:
        return None
    if not row.cells.persons[Step.DECIDED].lacking:
        return None
    days = (today - row.decision.expected_handling).days
    sentence = msg(
        "Kommunestyret i {name} skulle behandle saken {day}. Vedtaket er ikke registrert.",
        name=row.name, day=row.decision.expected_handling,
    )  # fmt: skip
    return Hit(days, (), today, sentence)


def _decided_below_requested(row: Row, _: Board, today: date) -> Hit | None:
    asked, decided = row.of(Step.REQUESTED), row.of(Step.DECIDED)
    if not _known(asked) or not _known(decided):
        return None
    told = {"name": row.name, "asked": _told(asked), "decided": _told(decided)}
    declined = row.decision is not None and row.decision.answer == "declined"
    sentence = (
        msg("{name} ble anmodet om {asked} og har sagt nei.", **told)
        if declined
        else msg("{name} ble anmodet om {asked} og har vedtatt {decided}.", **told)
    )
    figures = ((Step.REQUESTED, asked), (Step.DECIDED, decided))
    return Hit(_least_gap(asked, decided), figures, _day(row.cells.persons[Step.DECIDED], today), sentence)


def _recommended_unlike_requested(row: Row, _: Board, today: date) -> Hit | None:
    advised, asked = row.of(Step.RECOMMENDED), row.of(Step.REQUESTED)
    if not _known(advised) or (not _known(asked) and asked.mark is not Mark.NOT_ASKED):
        return None
    gap = max(_least_gap(advised, asked), _least_gap(asked, advised))
    told = {"name": row.name, "advised": _told(advised)}
    sentence = (
        msg("{name} ble anbefalt {advised}, men ikke anmodet.", **told)
        if asked.mark is Mark.NOT_ASKED
        else msg("{name} ble anbefalt {advised} og anmodet om {asked}.", asked=_told(asked), **told)
    )
    figures = ((Step.RECOMMENDED, advised), (Step.REQUESTED, asked))
    return Hit(gap, figures, _day(row.cells.persons[Step.REQUESTED], today), sentence)


def _behind_pace(row: Row, board: Board, _: date) -> Hit | None:
    decided, settled = row.of(Step.DECIDED), row.of(Step.SETTLED)
    as_of = row.cells.persons[Step.SETTLED].as_of
    year = board.cohort.one_year
    if year is None or not isinstance(as_of, date) or not _known(decided) or not _known(settled):
        return None
    due = Fraction(decided.low or 0) * share_of_year(year, as_of)
    sentence = msg(
        "{name} har bosatt {settled} av {decided} vedtatte {day}. Jevnt gjennom året ville det vært {due}.",
        name=row.name, settled=_told(settled), decided=_told(decided), day=as_of, due=floor(due),
    )  # fmt: skip
    size = floor(due - Fraction(settled.high or 0))
    return Hit(size, ((Step.DECIDED, decided), (Step.SETTLED, settled)), as_of, sentence)


def share_of_year(year: int, day: date) -> Fraction:
    """Return how much of ``year`` has passed at the end of ``day``, from 0 to 1."""
    passed = (day - date(year, 1, 1)).days + 1
    whole = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return Fraction(min(max(passed, 0), whole), whole)


def _settled_above_decided(row: Row, _: Board, today: date) -> Hit | None:
    decided, settled = row.of(Step.DECIDED), row.of(Step.SETTLED)
    if not _known(decided) or not _known(settled):
        return None
    sentence = msg(
        "{name} har bosatt {settled}, flere enn de {decided} som er vedtatt.",
        name=row.name, settled=_told(settled), decided=_told(decided),
    )  # fmt: skip
    figures = ((Step.DECIDED, decided), (Step.SETTLED, settled))
    return Hit(_least_gap(settled, decided), figures, _day(row.cells.persons[Step.SETTLED], today), sentence)


def _minors_not_decided(row: Row, _: Board, today: date) -> Hit | None:
    asked = row.minors_of(Step.REQUESTED)
    if row.decision is None or not row.decision.given or not _known(asked):
        return None
    decided = row.minors_of(Step.DECIDED)
    silent = not _known(decided)
    told = {"name": row.name, "asked": _minors_told(asked)}
    sentence = (
        msg("{name} ble anmodet om {asked}. Vedtaket sier ikke hvor mange.", **told)
        if silent
        else msg(
            "{name} ble anmodet om {asked} og har vedtatt {decided}.",
            decided=_told(decided), **told,
        )
    )  # fmt: skip
    size = ceil(Fraction(asked.low or 0)) if silent else _least_gap(asked, decided)
    return Hit(
        size, ((Step.REQUESTED, asked), (Step.DECIDED, decided)), row.decision.dated or today, sentence
    )


def _extra_unused(row: Row, _: Board, today: date) -> Hit | None:
    if row.decision is None or not row.decision.given or not row.decision.extra:
        return None
    decided, settled, asked = row.of(Step.DECIDED), row.of(Step.SETTLED), row.of(Step.REQUESTED)
    used = max(0, *(int(one.high or 0) - int(decided.low or 0) for one in (settled, asked) if _known(one)), 0)
    sentence = msg(
        "{name} kan ta imot {extra} flere enn vedtaket på {decided}. {unused} av dem er ikke brukt.",
        name=row.name, extra=row.decision.extra, decided=_told(decided), unused=max(0, row.decision.extra - used),
    )  # fmt: skip
    return Hit(row.decision.extra - used, ((Step.DECIDED, decided),), row.decision.dated or today, sentence)


def _reservation(row: Row, _: Board, today: date) -> Hit | None:
    flags = row.decision.flags if row.decision is not None else ()
    if not flags or row.decision is None:
        return None
    first = flags[0].in_words()
    sentence = nmsg(
        "Vedtaket i {name} bør leses. {first}",
        "Vedtaket i {name} bør leses ({count} steder). {first}",
        len(flags), name=row.name, first=first,
    )  # fmt: skip
    about = hashlib.sha256("\n".join(flag.passage for flag in flags).encode()).hexdigest()[:12]
    return Hit(len(flags), (), row.decision.dated or today, sentence, about)


def _settled_fell(row: Row, _: Board, today: date) -> Hit | None:
    worst: Hit | None = None
    now, minors = row.cells.persons[Step.SETTLED], row.cells.minors[Step.SETTLED]
    for before, after, what in (
        (row.before, now, msg("bosatte")),
        (row.before_minors, minors, msg("bosatte enslige mindreårige")),
    ):
        if before is None or not _known(before.figure) or not _known(after.figure):
            continue
        size = _least_gap(before.figure, after.figure)
        if size <= (worst.size if worst else 0):
            continue
        sentence = msg(
            "{name}: antall {what} gikk fra {before} ({since}) til {after}. Tallet skal bare kunne øke gjennom året.",
            name=row.name, what=what, before=_told(before.figure), since=before.as_of, after=_told(after.figure),
        )  # fmt: skip
        worst = Hit(size, ((Step.SETTLED, after.figure),), _day(after, today), sentence)
    return worst


KINDS: Mapping[RuleId, Callable[[Row, Board, date], Hit | None]] = {
    "no_answer": _no_answer,
    "no_decision": _no_decision,
    "handling_passed": _handling_passed,
    "decided_below_requested": _decided_below_requested,
    "recommended_unlike_requested": _recommended_unlike_requested,
    "behind_pace": _behind_pace,
    "settled_above_decided": _settled_above_decided,
    "minors_not_decided": _minors_not_decided,
    "extra_unused": _extra_unused,
    "reservation": _reservation,
    "settled_fell": _settled_fell,
}
