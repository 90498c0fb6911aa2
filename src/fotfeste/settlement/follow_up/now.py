"""What is known of every municipality as it stands: what the county has brought in goes before what the data hold of the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.known import KnownYear
from fotfeste.settlement.follow_up.requests import Requests
from fotfeste.settlement.follow_up.status import SettlementStatus
from fotfeste.settlement.revision import Standing
from fotfeste.settlement.status_file import HIDDEN_BELOW, Status
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark


@dataclass(frozen=True, slots=True)
class Now:
    """Persons requested, decided and settled in one municipality, exact; missing where nobody has supplied them."""

    requested: Figure
    decided: Figure
    settled: Figure


@dataclass(frozen=True, slots=True)
class NowOfAll:
    """The municipalities by code, with the day (or year) and the source of what is settled; empty where nothing is known."""

    by_code: Mapping[str, Now]
    as_of: date | str
    source: str


def now_of(
    codes: Iterable[str],
    known: Mapping[str, KnownYear],
    requests: Requests | None,
    decisions: Mapping[str, Decision],
    status: SettlementStatus | None,
) -> NowOfAll:
    """Return what is known of the municipalities ``codes``; ``known`` is what the data hold of the year."""
    found = {}
    for code in codes:
        held = known.get(code)
        request = requests.by_code.get(code) if requests else None
        decision = decisions.get(code)
        told = decision is not None and decision.given
        settled = status.by_code.get(code) if status else None
        found[code] = Now(
            request.persons if request else held.requested if held else Figure.missing(),
            decision.decided if decision and told else held.decided if held else Figure.missing(),
            settled.persons if settled else held.settled if held else Figure.missing(),
        )
    if status is not None:
        return NowOfAll(found, status.as_of, status.origin)
    newest = next(iter(known.values()), None)
    return NowOfAll(found, newest.as_of if newest else "", newest.source if newest else "")


def least(figure: Figure) -> int | None:
    """Return the fewest persons that a figure can be; nothing where it is not known or nobody was asked for."""
    if figure.mark in (Mark.MISSING, Mark.NOT_ASKED) or figure.low is None:
        return None
    return int(figure.low)


def status_so_far(now: NowOfAll, decisions: Iterable[Decision], today: date) -> Status | None:
    """Return what is decided and settled so far, as a revision wants it; nothing when neither is known anywhere.

    Settled persons from one to four are hidden: the revision goes into a bundle that others may read. Where nobody is
    known to be settled, it stands as of the last decision; where no decision has its day, as of ``today``.
    """
    if all(one.decided.mark is one.settled.mark is Mark.MISSING for one in now.by_code.values()):
        return None
    standing = {
        code: Standing(one.decided, hide_small(one.settled, HIDDEN_BELOW))
        for code, one in now.by_code.items()
    }
    days = [one.dated for one in decisions if one.given and one.dated is not None]
    as_of = now.as_of or max(days, default=today)
    return Status(standing, as_of.isoformat() if isinstance(as_of, date) else as_of, now.source)
