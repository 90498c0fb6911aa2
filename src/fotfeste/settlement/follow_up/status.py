"""IMDi's cumulative settlement status: exact counts for the county and each municipality, hidden ones for others.

Small counts of settled persons are people. The exact table is kept; what leaves it is made by :mod:`.hiding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.county_table import Layout, read_county_table
from fotfeste.settlement.follow_up.columns import SETTLED, SETTLED_MINORS, minors_fault
from fotfeste.settlement.follow_up.hiding import hide_part, hide_whole
from fotfeste.settlement.follow_up.requests import day_of
from fotfeste.statistics.figure import Figure, total
from fotfeste.statistics.readers.tidy import refuse_faults

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.readers.grids import Limits

LAYOUT = Layout(
    "settled",
    (SETTLED, SETTLED_MINORS),
    msg("Filen må ha kolonnene kommune (eller kommunenummer) og bosatt."),
    tells_sums=True,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """Persons settled so far in one municipality; ``minors`` of them are unaccompanied."""

    persons: Figure
    minors: Figure


@dataclass(frozen=True, slots=True)
class ShownStatus:
    """A status as others may see it: each municipality and the county, whose sums never give a hidden count away."""

    by_code: Mapping[str, Settled]
    county: Settled
    as_of: date


@dataclass(frozen=True, slots=True)
class SettlementStatus:
    """How many are settled in every municipality of a county in ``year``, cumulative, as of the day ``as_of``.

    Counts are exact where the source has them so. ``checksum`` is SHA-256 of the file, ``origin`` its name and sender.
    """

    year: int
    by_code: Mapping[str, Settled]
    as_of: date
    origin: str
    checksum: str
    remarks: tuple[Message, ...] = field(default=())

    def for_owner(self, code: str) -> Settled:
        """Return the exact counts of one municipality, for itself and the county only."""
        return self.by_code[code]

    def for_others(self) -> ShownStatus:
        """Return what everyone may see: small counts hidden, sums as the bounds that the shown counts give."""
        shown = {code: _shown(one) for code, one in self.by_code.items()}
        county = Settled(
            total(one.persons for one in shown.values()), total(one.minors for one in shown.values())
        )
        return ShownStatus(shown, county, self.as_of)


def _shown(settled: Settled) -> Settled:
    persons = hide_whole(settled.persons)
    return Settled(persons, hide_part(settled.minors, settled.persons, persons))


@dataclass(frozen=True, slots=True)
class Fall:
    """A later status that is lower than an earlier one, by municipality: told, not refused.

    IMDi corrects its figures; a person may also have been counted in the wrong municipality. For the county only.
    """

    code: str
    minors: bool
    before: Figure
    after: Figure
    since: date


def falls(earlier: SettlementStatus, later: SettlementStatus) -> tuple[Fall, ...]:
    """Return every municipality whose count certainly fell from ``earlier`` to ``later``, in the order of codes.

    Raises :class:`InputError` when the two are of different years or ``later`` is of an earlier day.
    """
    if earlier.year != later.year or later.as_of < earlier.as_of:
        raise InputError(
            "settled.order",
            msg("En status kan bare sammenlignes med en tidligere status for samme år."),
            remedy=msg("Sjekk datoen på statusene."),
        )
    found = []
    for code in sorted(earlier.by_code.keys() & later.by_code.keys()):
        before, after = earlier.by_code[code], later.by_code[code]
        for minors, one, other in (
            (False, before.persons, after.persons),
            (True, before.minors, after.minors),
        ):
            if one.low is not None and other.high is not None and other.high < one.low:
                found.append(Fall(code, minors, one, other, earlier.as_of))
    return tuple(found)


def read_settlement_status(
    path: Path,
    names: Mapping[str, str],
    year: int,
    as_of: date | None,
    regions: Regions,
    *,
    county: str,
    source: str = "IMDi",
    division: int | None = None,
    limits: Limits | None = None,
) -> SettlementStatus:
    """Read IMDi's status table for the municipalities ``names`` of ``county``; counts are kept exact.

    The layout is as for :func:`~fotfeste.settlement.follow_up.requests.read_requests`. ``as_of`` may be ``None`` when the
    file itself gives its day. Raises :class:`InputError` with every cell and row that is wrong; nothing is then read.
    """
    table = read_county_table(
        path, LAYOUT, names, year, regions, county=county, division=division, limits=limits
    )
    day = day_of(table, as_of, "settled.undated")
    by_code = {code: Settled(table.of("settled", code), table.of("minors", code)) for code in names}
    faults = [
        fault
        for code, one in by_code.items()
        if (fault := minors_fault(one.persons, one.minors, names[code])) is not None
    ]
    refuse_faults("settled.faults", table.name, faults)
    return SettlementStatus(year, by_code, day, f"{source}: {table.name}", table.checksum, table.remarks)
