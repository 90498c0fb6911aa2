"""What became of those settled, as group figures: what a municipality has counted itself, or a table ordered for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.known import KnownYear
from fotfeste.settlement.follow_up.steps import Cell, Step
from fotfeste.settlement.replies import Reply
from fotfeste.statistics.figure import Figure, Mark, total


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """How many of those settled in a municipality from ``first`` to ``last`` live there still, and how many of them are
    in work or education on ``as_of``; minors among them apart. Missing where nobody has counted."""

    code: str
    first: int
    last: int
    still_here: Figure
    in_work_or_education: Figure
    as_of: date
    source: Message | str
    minors_still_here: Figure = field(default_factory=Figure.missing)
    minors_in_work_or_education: Figure = field(default_factory=Figure.missing)

    def cells(self, period: str) -> dict[Step, Cell]:
        """Return the cells of all persons that are known."""
        return self._known(self.still_here, self.in_work_or_education, period)

    def minors_cells(self, period: str) -> dict[Step, Cell]:
        """Return the cells of the unaccompanied minors that are known."""
        return self._known(self.minors_still_here, self.minors_in_work_or_education, period)

    def _known(self, here: Figure, busy: Figure, period: str) -> dict[Step, Cell]:
        return {
            step: Cell(figure, period, self.as_of, self.source)
            for step, figure in ((Step.STILL_HERE, here), (Step.WORK_OR_EDUCATION, busy))
            if figure.mark is not Mark.MISSING
        }


REPLY_YEARS = 3
"""The reply form asks about those settled in the last three years."""


def years_asked_about(year: int) -> tuple[int, int]:
    """Return the first and the last year of settlement that replies in the dialogue for ``year`` tell of."""
    return year - REPLY_YEARS, year - 1


def outcomes_of_replies(
    replies: Mapping[str, Reply],
    known: Mapping[str, Sequence[KnownYear]],
    year: int,
    days: Mapping[str, date],
) -> tuple[GroupOutcome, ...]:
    """Return what the replies tell of those settled before, by municipality; ``days`` are when the replies came in.

    How many were settled is what the data hold of all the years that the form asks about, and missing where one lacks.
    """
    first, last = years_asked_about(year)
    found = []
    for code, reply in replies.items():
        years = [one.settled for one in known.get(code, ()) if first <= one.year <= last]
        whole = total(years) if len(years) == REPLY_YEARS else Figure.missing(low=0)
        found.append(outcome_of_reply(reply, year, whole, days[code]))
    return tuple(found)


def outcome_of_reply(reply: Reply, year: int, settled: Figure, as_of: date) -> GroupOutcome:
    """Return what a reply in the dialogue for ``year`` tells of those settled in the three years before.

    ``settled`` is how many they were. Persons in work and persons in education are two answers, and somebody may be in
    both: their sum is marked as estimated, with bounds. What the reply leaves blank is missing.
    """
    moved = reply.outcomes.get("moved_away")
    here = Figure.missing(low=0)
    if moved is not None and settled.value is not None and moved <= settled.value:
        here = Figure.observed(settled.value - moved)
    busy = Figure.missing(low=0)
    work, education = reply.outcomes.get("in_work"), reply.outcomes.get("in_education")
    if work is not None and education is not None:
        most = work + education
        least = max(work, education)
        if here.value is not None and least <= here.value < most:
            most = int(here.value)
        busy = Figure(most, Mark.OBSERVED, least, most, estimated=least != most)
    source = msg("kommunens svar i dialogen om {year}, deltakere i programmet medregnet", year=str(year))
    return GroupOutcome(reply.code, *years_asked_about(year), here, busy, as_of, source)
