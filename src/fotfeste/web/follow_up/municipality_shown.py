"""One municipality as its page shows it: its line through the steps, where it stands, and what has been entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.reports.blocks import Column
from fotfeste.reports.cells import format_cell
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.decisions import decision_in_words
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.steps import STEPS, Step, step_name, what_would_supply
from fotfeste.settlement.wording import minors_named
from fotfeste.statistics.figure import Figure
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.stored import decision_of, request_of, status_of
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds.models import Round
from fotfeste.work.municipal_stages import (
    MunicipalFacts,
    decision_stage_name,
    municipal_stage,
    request_stage_name,
    settlement_stage_name,
)

COUNT = Column("", "number")


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of a municipality's line: its number in words, the minors among them, the day and where it is from.

    ``lacking`` tells what would supply a number that nobody has.
    """

    step: Step
    name: Message
    count: str
    minors: str
    day: str
    source: Message | Translated | str
    lacking: Message | None


def line_of(board: Board, code: str, words: Language) -> list[Stop]:
    """Return the line of one municipality through the six steps, as the board's viewer may see it."""
    row = next(one for one in board.rows if one.code == code)
    found = []
    for step in STEPS:
        cell, minors = row.cells.persons[step], row.cells.minors[step]
        found.append(
            Stop(
                step,
                step_name(step),
                "" if cell.lacking else count_in_words(cell.figure, words),
                "" if minors.lacking else count_in_words(minors.figure, words),
                words.date(cell.as_of) if isinstance(cell.as_of, date) else cell.as_of,
                cell.source,
                what_would_supply(step) if cell.lacking else None,
            )
        )
    return found


def lacks_group_figures(board: Board, code: str) -> bool:
    """Whether nobody has told how many of those settled live here still, or are in work or education."""
    row = next(one for one in board.rows if one.code == code)
    return any(row.cells.persons[step].lacking for step in (Step.STILL_HERE, Step.WORK_OR_EDUCATION))


def stages_of(round_: Round, code: str) -> tuple[tuple[Message, Message], ...]:
    """Return where one municipality stands: its request, its decision and settlement."""
    stage = municipal_stage(MunicipalFacts(after=services.outcomes(round_)[code]))
    return (
        (msg("Anmodning"), request_stage_name(stage.request)),
        (msg("Vedtak i kommunestyret"), decision_stage_name(stage.decision)),
        (msg("Bosetting"), settlement_stage_name(stage.settlement)),
    )


def count_in_words(figure: Figure, words: Language) -> str:
    """Return a count as it stands in a cell."""
    return format_cell(figure, COUNT, words)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was entered: when, in which role, what, and the words of a decision; the newest of its kind holds."""

    at: datetime
    role: Message | str
    what: Message
    text: str = ""
    holds: bool = False


def history_of(round_: Round, code: str) -> list[Entry]:
    """Return all that was entered about one municipality, the newest first; only for those who may see its exact counts."""
    requests = list(models.MunicipalRequest.objects.filter(round=round_, municipality=code))
    decisions = list(models.Decision.objects.filter(round=round_, municipality=code))
    found = [
        Entry(one.at, _role(one.role), request_in_words(request_of(one)), holds=one is requests[-1])
        for one in requests
    ]
    found += [
        Entry(one.at, _role(one.role), decision_in_words(decision_of(one)), one.text, one is decisions[-1])
        for one in decisions
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _role(role: str) -> Message | str:
    return ROLE_NAMES[Role(role)] if role in set(Role) else ""


def request_in_words(request: MunicipalRequest) -> Message:
    """Return a request in one sentence."""
    if request.persons.value is None:
        return msg("Ikke anmodet ({source}, {day})", source=request.source, day=request.dated)
    if request.minors.value is None:
        return msg(
            "Anmodet om {count} ({source}, {day})",
            count=int(request.persons.value),
            source=request.source,
            day=request.dated,
        )
    return msg(
        "Anmodet om {count}, av dem {minors} ({source}, {day})",
        count=int(request.persons.value),
        minors=minors_named(int(request.minors.value)),
        source=request.source,
        day=request.dated,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """Settled as of a day in one municipality, exact: for itself and its county."""

    as_of: date
    persons: str
    minors: str
    origin: str


def counts_of(round_: Round, code: str, words: Language) -> list[Counted]:
    """Return every status of one municipality, the newest day first; only for those who may see its exact counts."""
    rows = models.StatusReport.objects.filter(round=round_).order_by("-as_of", "-at", "-pk")
    found = []
    for row in rows:
        settled = status_of(row, round_.year).by_code.get(code)
        if settled is not None:
            persons, minors = (count_in_words(one, words) for one in (settled.persons, settled.minors))
            found.append(Counted(row.as_of, persons, minors, row.origin))
    return found
