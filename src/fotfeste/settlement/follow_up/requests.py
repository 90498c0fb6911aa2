"""IMDi's request to every municipality: written by hand, or from the table that IMDi publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.county_table import CountyTable, Layout, read_county_table
from fotfeste.settlement.follow_up.columns import REQUESTED, REQUESTED_MINORS, minors_fault
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.readers.tidy import refuse_faults

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.readers.grids import Limits

LAYOUT = Layout(
    "requests",
    (REQUESTED, REQUESTED_MINORS),
    msg("Filen må ha kolonnene kommune (eller kommunenummer) og anmodet."),
    tells_sums=True,
)


@dataclass(frozen=True, slots=True)
class MunicipalRequest:
    """How many persons IMDi asks one municipality to settle; ``minors`` of them are unaccompanied.

    ``persons`` may be not asked. ``dated`` is the day of IMDi's letter or table, ``source`` says where the number
    stands, ``reference`` is the case number. Raises nothing: see :func:`request_faults`.
    """

    code: str
    persons: Figure
    minors: Figure
    dated: date
    source: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests to a county's municipalities for ``year``, by code.

    ``checksum`` is that of the file they were read from (empty when written by hand); ``remarks`` tell of sums in it
    that do not agree.
    """

    year: int
    by_code: Mapping[str, MunicipalRequest]
    checksum: str = ""
    remarks: tuple[Message, ...] = field(default=())


def requests_by_hand(year: int, requests: Iterable[MunicipalRequest], names: Mapping[str, str]) -> Requests:
    """Return requests written by hand; municipalities without one are simply not there.

    Raises :class:`InputError` with everything that is wrong: unknown or repeated municipality, more minors than all.
    """
    by_code: dict[str, MunicipalRequest] = {}
    problems: list[Problem] = []
    for one in requests:
        problems += request_faults(one, names)
        if one.code in by_code:
            what = msg("{name} har to anmodninger.", name=names.get(one.code, one.code))
            problems.append(Problem("requests.twice", what, one.code, msg("Behold den som gjelder.")))
        by_code[one.code] = one
    if problems:
        raise InputError(
            "requests.faults",
            msg("Anmodningene har feil som må rettes ({number}).", number=len(problems)),
            problems=problems,
        )
    return Requests(year, by_code)


def request_faults(request: MunicipalRequest, names: Mapping[str, str]) -> list[Problem]:
    """Return what is wrong with one request."""
    place = names.get(request.code, request.code)
    faults = [minors_fault(request.persons, request.minors, place)]
    if request.code not in names:
        what = msg("{code} er ikke i fylket.", code=request.code)
        faults.append(Problem("requests.municipality", what, place))
    for figure in (request.persons, request.minors):
        if figure.value is not None and (figure.value < 0 or figure.value.denominator != 1):
            what = msg("Tallet må være helt, 0 eller mer.")
            faults.append(Problem("requests.number", what, place))
    return [one for one in faults if one is not None]


def read_requests(
    path: Path,
    names: Mapping[str, str],
    year: int,
    dated: date | None,
    regions: Regions,
    *,
    county: str,
    source: str = "IMDi",
    reference: str = "",
    division: int | None = None,
    limits: Limits | None = None,
) -> Requests:
    """Read IMDi's published table, of the county or the whole country, for the municipalities ``names`` of ``county``.

    One column a number or one line a number, as CSV or a workbook; other columns and rows of other years and counties
    are passed by; ``names`` are in the division of the year ``division``, by default ``year``. Minors are missing where the
    file does not have them. ``dated`` may be ``None`` when the file itself gives its day. Raises :class:`InputError`
    with every cell and row that is wrong; nothing is then read.
    """
    table = read_county_table(
        path, LAYOUT, names, year, regions, county=county, division=division, limits=limits
    )
    day = day_of(table, dated, "requests.undated")
    by_code = {
        code: MunicipalRequest(
            code, table.of("requested", code), _minors(table.of("requested", code), table.of("minors", code)),
            day, f"{source}: {table.name}", reference,
        )
        for code in names
    }  # fmt: skip
    problems = [fault for one in by_code.values() for fault in request_faults(one, names)]
    refuse_faults("requests.faults", table.name, problems)
    return Requests(year, by_code, table.checksum, table.remarks)


def _minors(persons: Figure, minors: Figure) -> Figure:
    """Return the minors of a request; nobody was asked for where no persons were."""
    return Figure.not_asked() if persons.mark is Mark.NOT_ASKED and not minors.known else minors


def day_of(table: CountyTable, stated: date | None, code: str) -> date:
    """Return the day a table is of: the one ``stated``, or the table's own; raises :class:`InputError` where there is none."""
    day = stated or table.as_of
    if day is None:
        raise InputError(
            code,
            msg("Filen sier ikke hvilken dato tallene gjelder."),
            place=table.name,
            remedy=msg("Oppgi datoen som står på IMDis side eller brev."),
        )
    return day
