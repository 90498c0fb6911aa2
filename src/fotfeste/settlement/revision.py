"""A revision: a new total in the middle of the year, with what is decided and settled respected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fotfeste.messages import msg
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.rules import Bound
from fotfeste.statistics.figure import Figure

DecidedAs = Literal["floor", "cap", "none"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What has happened in a municipality so far this year: the council's decision, and persons settled."""

    decided: Figure = field(default_factory=Figure.missing)
    settled: Figure = field(default_factory=Figure.missing)


@dataclass(frozen=True, slots=True)
class Revision:
    """What a revision stands on: the original recommendation, and how far the year has come.

    ``original`` are the original numbers, minors included, by code; ``bundle`` is the checksum of the bundle that
    holds them and ``made`` the day it was made. ``standing`` is by code, as of ``as_of`` (ISO date or a year).
    ``decided_as`` says what decisions mean for the new numbers: nobody below its decision (``floor``), nobody
    above it (``cap``), or nothing (``none``). Nobody ever comes below those already settled.
    """

    bundle: str
    made: date
    original_total: int
    original_minors: int
    original: Mapping[str, int]
    standing: Mapping[str, Standing]
    as_of: str
    decided_as: DecidedAs

    def bounds(self) -> tuple[Bound, ...]:
        """Return what is settled and decided as bounds on the whole numbers."""
        found: list[Bound] = []
        for code, one in sorted(self.standing.items()):
            settled = most_settled(one.settled)
            if settled:
                reason = msg("{persons} er alt bosatt i år", persons=_told(one.settled))
                found.append(Bound(RuleKind.SETTLED, code, reason, settled))
            decided = one.decided.value
            if decided is None or self.decided_as == "none":
                continue
            reason = msg("kommunestyret har vedtatt {persons}", persons=int(decided))
            if self.decided_as == "floor":
                found.append(Bound(RuleKind.DECIDED, code, reason, int(decided)))
            else:
                found.append(Bound(RuleKind.DECIDED, code, reason, 0, max(int(decided), settled)))
        return tuple(found)


def most_settled(settled: Figure) -> int:
    """Return the persons that may be settled already; a hidden figure counts as its upper bound, unknown as none."""
    return 0 if settled.mark.value in (".", "-") or settled.high is None else int(settled.high)


def decided_as_for(total: int, standing: Mapping[str, Standing]) -> DecidedAs:
    """Return what decisions can mean under a new total: a floor where it holds them all, otherwise a cap."""
    committed = sum(max(int(one.decided.value or 0), most_settled(one.settled)) for one in standing.values())
    return "floor" if committed <= total else "cap"


def _told(settled: Figure) -> object:
    return (
        int(settled.value) if settled.value is not None else msg("inntil {most}", most=most_settled(settled))
    )
