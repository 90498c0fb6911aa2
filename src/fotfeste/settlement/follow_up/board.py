"""The board: recommended, requested, decided, settled, still here, in work or education, by municipality and cohort.

A cohort is the year of settlement, or some years together. Figures are about groups only. Each cell tells its period, the
day it stands at and its source; a step that nobody has supplied says so. Others than the county see small counts hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.hiding import hide_whole
from fotfeste.settlement.follow_up.known import County, KnownYear
from fotfeste.settlement.follow_up.outcomes import GroupOutcome
from fotfeste.settlement.follow_up.recommended import Recommended
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import SettlementStatus
from fotfeste.settlement.follow_up.steps import (
    COUNTY,
    OTHERS,
    STEPS,
    Cell,
    Parts,
    Step,
    Viewer,
    as_shown,
    nothing,
    step_name,
    summed,
    what_would_supply,
)
from fotfeste.statistics.figure import Figure, Mark, total

__all__ = ["Board", "Cohort", "Row", "Supplied", "make_board"]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those settled in the years from ``first`` to ``last``."""

    first: int
    last: int

    @classmethod
    def of(cls, year: int) -> Cohort:
        """Return those settled in one year."""
        return cls(year, year)

    @property
    def period(self) -> str:
        """The years in words: ``2027`` or ``2025–2027``."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def one_year(self) -> int | None:
        """The year, when there is only one."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True)
class Supplied:
    """Everything that the county has of one cohort; what is not there is shown as lacking.

    ``known`` is what the data hold of each year by code; ``county`` what they hold of the whole county only.
    ``previous`` is an earlier status of the same year.
    """

    recommended: Recommended | None = None
    requests: Requests | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    status: SettlementStatus | None = None
    previous: SettlementStatus | None = None
    known: Mapping[str, Sequence[KnownYear]] = field(default_factory=dict)
    outcomes: Sequence[GroupOutcome] = ()
    county: Sequence[County] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality: its cells, the request and decision behind them, and settled as an earlier status had it.

    The earlier status is for the county and the municipality only: two statuses tell of those who came between them.
    """

    code: str
    name: str
    cells: Parts
    request: MunicipalRequest | None = None
    decision: Decision | None = None
    before: Cell | None = None
    before_minors: Cell | None = None

    def of(self, step: Step) -> Figure:
        """Return a step's figure of all persons."""
        return self.cells.persons[step].figure

    def minors_of(self, step: Step) -> Figure:
        """Return a step's figure of the unaccompanied minors."""
        return self.cells.minors[step].figure


@dataclass(frozen=True, slots=True)
class Board:
    """The board as one ``viewer`` may see it; nothing in it tells more than that viewer may know.

    ``county_cells`` are sums of what is shown. ``beside`` are figures that exist for the whole county only, about
    other groups than the cohort. ``status_on`` is the day of the settlement status, where there is one.
    """

    county_code: str
    county: str
    cohort: Cohort
    viewer: Viewer
    rows: tuple[Row, ...]
    county_cells: Parts
    beside: tuple[County, ...] = ()
    status_on: date | None = None

    @property
    def lacking(self) -> tuple[tuple[Step, Message], ...]:
        """The steps that no municipality has a figure for, each with what would supply it."""
        return tuple(
            (step, what_would_supply(step))
            for step in STEPS
            if all(row.cells.persons[step].lacking for row in self.rows)
        )

    @property
    def lacking_in_words(self) -> tuple[Message, ...]:
        """The same in sentences."""
        return tuple(
            msg("{step}: ingen tall. Det som trengs: {supply}.", step=step_name(step), supply=supply)
            for step, supply in self.lacking
        )


def make_board(
    county_code: str,
    county: str,
    names: Mapping[str, str],
    cohort: Cohort,
    supplied: Supplied,
    viewer: Viewer = OTHERS,
) -> Board:
    """Return the board of a county's municipalities ``names`` (code to name) as ``viewer`` may see it.

    ``viewer`` is ``county``, ``others`` or the code of a municipality, which sees its own counts exact. What people and
    IMDi have supplied goes before what the data hold. Raises :class:`InputError` for an unknown viewer or a year mixed up.
    """
    if viewer not in (COUNTY, OTHERS) and viewer not in names:
        raise InputError("board.viewer", msg("{code} er ikke i fylket.", code=viewer))
    _check_years(cohort, supplied)
    rows = tuple(_row(code, name, cohort, supplied, viewer) for code, name in names.items())
    county_cells = Parts(
        {step: summed([row.cells.persons[step] for row in rows], cohort.period) for step in STEPS},
        {step: summed([row.cells.minors[step] for row in rows], cohort.period) for step in STEPS},
    )
    return Board(
        county_code,
        county,
        cohort,
        viewer,
        rows,
        county_cells,
        _beside(rows, supplied, viewer),
        supplied.status.as_of if supplied.status else None,
    )


def _beside(rows: Sequence[Row], supplied: Supplied, viewer: Viewer) -> tuple[County, ...]:
    """Return the figures of the whole county; exact counts of people are the county's own where a part of them is hidden."""
    if viewer == COUNTY:
        return tuple(supplied.county)
    apart = any(not row.cells.minors[Step.SETTLED].lacking for row in rows)
    return tuple(
        replace(one, figure=hide_whole(one.figure)) if one.people else one
        for one in supplied.county
        if not (one.people and apart)
    )


def _check_years(cohort: Cohort, supplied: Supplied) -> None:
    for one in (supplied.requests, supplied.status, supplied.previous):
        if one is not None and one.year != cohort.one_year:
            raise InputError(
                "board.year",
                msg("Tallene gjelder {year}, ikke {cohort}.", year=str(one.year), cohort=cohort.period),
                remedy=msg("Velg årskullet som tallene gjelder."),
            )


def _row(code: str, name: str, cohort: Cohort, supplied: Supplied, viewer: Viewer) -> Row:
    """Return one municipality's row; whoever may not see small counts gets cells made of hidden ones only."""
    may_see = viewer in (COUNTY, code)
    cells = _seen(code, cohort, supplied, may_see=may_see)
    before = None
    if may_see and supplied.previous is not None and code in supplied.previous.by_code:
        before = _seen(code, cohort, Supplied(status=supplied.previous), may_see=True)
    return Row(
        code,
        name,
        cells,
        supplied.requests.by_code.get(code) if supplied.requests else None,
        supplied.decisions.get(code) if cohort.one_year else None,
        before.persons[Step.SETTLED] if before else None,
        before.minors[Step.SETTLED] if before else None,
    )


def _seen(code: str, cohort: Cohort, supplied: Supplied, *, may_see: bool) -> Parts:
    """Return the cells of a municipality; each year of several is hidden before they are summed."""
    exact = Parts(_persons(code, cohort, supplied, may_see=may_see), _minors(code, cohort, supplied))
    return exact if may_see else as_shown(exact)


def _persons(code: str, cohort: Cohort, supplied: Supplied, *, may_see: bool) -> dict[Step, Cell]:
    cells = {step: nothing(cohort.period) for step in STEPS}
    years = [one for one in supplied.known.get(code, ()) if cohort.first <= one.year <= cohort.last]
    if len(years) == cohort.last - cohort.first + 1:
        for step, figures in (
            (Step.REQUESTED, [one.requested for one in years]),
            (Step.DECIDED, [one.decided for one in years]),
            (Step.SETTLED, [one.settled if may_see else hide_whole(one.settled) for one in years]),
        ):
            newest = years[-1]
            if any(one.mark is not Mark.MISSING for one in figures):
                cells[step] = Cell(
                    figures[0] if len(figures) == 1 else total(figures),
                    cohort.period,
                    newest.as_of,
                    newest.source,
                )
    if cohort.one_year is not None:
        cells |= _supplied(code, cohort.period, supplied)
    for one in supplied.outcomes:
        if one.code == code and (one.first, one.last) == (cohort.first, cohort.last):
            cells |= one.cells(cohort.period)
    return cells


def _supplied(code: str, period: str, supplied: Supplied) -> dict[Step, Cell]:
    """Return what the county itself has brought in about one year."""
    cells: dict[Step, Cell] = {}
    if supplied.recommended is not None and code in supplied.recommended.numbers:
        one = supplied.recommended
        cells[Step.RECOMMENDED] = Cell(Figure.observed(one.numbers[code]), period, one.dated, one.source)
    if supplied.requests is not None and code in supplied.requests.by_code:
        request = supplied.requests.by_code[code]
        cells[Step.REQUESTED] = Cell(request.persons, period, request.dated, request.source)
    decision = supplied.decisions.get(code)
    if decision is not None and decision.given:
        cells[Step.DECIDED] = Cell(decision.decided, period, decision.dated or "", _decision_source(decision))
    if supplied.status is not None and code in supplied.status.by_code:
        settled = supplied.status.by_code[code].persons
        cells[Step.SETTLED] = Cell(settled, period, supplied.status.as_of, supplied.status.origin)
    return cells


def _minors(code: str, cohort: Cohort, supplied: Supplied) -> dict[Step, Cell]:
    period = cohort.period
    cells = {step: nothing(period) for step in STEPS}
    if cohort.one_year is not None:
        if supplied.recommended is not None and code in supplied.recommended.minors:
            one = supplied.recommended
            minors = Figure.observed(one.minors[code])
            cells[Step.RECOMMENDED] = Cell(minors, period, one.dated, one.source)
        if supplied.requests is not None and code in supplied.requests.by_code:
            request = supplied.requests.by_code[code]
            cells[Step.REQUESTED] = _told(request.minors, period, request.dated, request.source)
        decision = supplied.decisions.get(code)
        if decision is not None and decision.given:
            source = _decision_source(decision)
            cells[Step.DECIDED] = _told(decision.decided_minors, period, decision.dated or "", source)
        if supplied.status is not None and code in supplied.status.by_code:
            settled, status = supplied.status.by_code[code].minors, supplied.status
            cells[Step.SETTLED] = _told(settled, period, status.as_of, status.origin)
    for outcome in supplied.outcomes:
        if outcome.code == code and (outcome.first, outcome.last) == (cohort.first, cohort.last):
            cells |= outcome.minors_cells(period)
    return cells


def _told(figure: Figure, period: str, as_of: date | str, source: Message | str) -> Cell:
    """Return a cell with its source where the source has the figure at all."""
    return nothing(period) if figure.mark is Mark.MISSING else Cell(figure, period, as_of, source)


def _decision_source(decision: Decision) -> Message:
    return msg("{body}, sak {case}", body=decision.body, case=decision.case_reference)
