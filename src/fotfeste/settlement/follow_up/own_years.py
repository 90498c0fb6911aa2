"""What the county itself has entered of a year, where the official statistics do not have the figure yet.

IMDi's request and the council's decision are known to the county months before they stand in the statistics. What is
published goes first, always; what the county has entered fills the gaps, and is told to be the county's own, with its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fotfeste.messages import Language, Message, msg
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import Requests
from fotfeste.settlement.follow_up.status import SettlementStatus
from fotfeste.settlement.status_file import HIDDEN_BELOW
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark

Measure = Literal["requested", "decided", "settled"]
MEASURES: tuple[Measure, ...] = ("requested", "decided", "settled")


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure of persons that the county has entered, and the day it is of."""

    figure: Figure
    on: date


@dataclass(frozen=True, slots=True)
class OwnYear:
    """What the county has entered of one municipality and year; nothing where nothing is entered.

    One to four settled persons are hidden: this goes into papers that others may read.
    """

    year: int
    requested: OwnFigure | None = None
    decided: OwnFigure | None = None
    settled: OwnFigure | None = None

    def of(self, measure: Measure) -> OwnFigure | None:
        """Return what is entered of one measure."""
        return {"requested": self.requested, "decided": self.decided, "settled": self.settled}[measure]

    @property
    def entered(self) -> tuple[tuple[Measure, OwnFigure], ...]:
        """What is entered, by measure."""
        return tuple((one, found) for one in MEASURES if (found := self.of(one)) is not None)


def own_year(
    code: str,
    year: int,
    requests: Requests | None,
    decision: Decision | None,
    status: SettlementStatus | None,
) -> OwnYear | None:
    """Return what the county has entered of one municipality and year; nothing when that is nothing.

    A council's answer that is still awaited is no figure.
    """
    request = requests.by_code.get(code) if requests else None
    settled = status.by_code.get(code) if status else None
    given = decision if decision is not None and decision.given and decision.dated is not None else None
    found = OwnYear(
        year,
        _entered(request.persons, request.dated) if request else None,
        _entered(given.decided, given.dated) if given and given.dated else None,
        _entered(hide_small(settled.persons, HIDDEN_BELOW), status.as_of) if settled and status else None,
    )
    return found if found.entered else None


def _entered(figure: Figure, on: date) -> OwnFigure | None:
    return None if figure.mark is Mark.MISSING else OwnFigure(figure, on)


def filled(
    history: Sequence[YearFigures], own: OwnYear | None
) -> tuple[tuple[YearFigures, ...], OwnYear | None]:
    """Return the history with what the county has entered where a figure is missing, and what of it was used.

    A year whose settled persons are not known for the whole year is never taken for a finished one.
    """
    if own is None:
        return tuple(history), None
    gap = Figure.missing()
    standing = next((one for one in history if one.year == own.year), YearFigures(own.year, gap, gap, gap))
    lacking: dict[Measure, Figure] = {
        "requested": standing.requested,
        "decided": standing.decided,
        "settled": standing.settled,
    }
    kept = {one: found for one, found in own.entered if lacking[one].mark is Mark.MISSING}
    used = OwnYear(own.year, kept.get("requested"), kept.get("decided"), kept.get("settled"))
    if not used.entered:
        return tuple(history), None
    day = standing.status_date
    if standing.settled.mark is Mark.MISSING:
        newest = used.settled.on if used.settled else max(found.on for _, found in used.entered)
        whole = used.settled is not None and newest >= date(own.year, 12, 31)
        day = None if whole else newest.isoformat()
    told = YearFigures(
        own.year,
        used.requested.figure if used.requested else standing.requested,
        used.decided.figure if used.decided else standing.decided,
        used.settled.figure if used.settled else standing.settled,
        day,
    )
    others = [one for one in history if one.year != own.year]
    return tuple(sorted((*others, told), key=lambda one: one.year)), used


def own_in_words(own: OwnYear, words: Language) -> Message:
    """Return which figures of a year are the county's own, and of which day: the source where they stand."""
    names: Mapping[Measure, Message] = {
        "requested": msg("anmodet"),
        "decided": msg("vedtatt"),
        "settled": msg("bosatt"),
    }
    parts = [
        words.text(msg("{name} ({day})", name=names[measure], day=found.on)) for measure, found in own.entered
    ]
    return msg("{figures} i {year}: fylkets egen føring", figures=words.join(parts), year=str(own.year))
