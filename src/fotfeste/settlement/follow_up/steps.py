"""The six steps of the board, and one figure of a step with its period, day and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from fotfeste.messages import Message, Translated, msg
from fotfeste.settlement.follow_up.hiding import hide_part, hide_whole
from fotfeste.statistics.figure import Figure, Mark, total

Viewer = Literal["county", "others"] | str
"""Who looks: the county, everyone else, or one municipality by its code."""
COUNTY, OTHERS = "county", "others"


class Step(StrEnum):
    """The way from a recommendation to what became of people."""

    RECOMMENDED = "recommended"
    REQUESTED = "requested"
    DECIDED = "decided"
    SETTLED = "settled"
    STILL_HERE = "still_here"
    WORK_OR_EDUCATION = "in_work_or_education"


STEPS = tuple(Step)
PEOPLE = (Step.SETTLED, Step.STILL_HERE, Step.WORK_OR_EDUCATION)
"""Steps whose small counts are people, and are hidden from others; the first three are public however small."""


def step_name(step: Step) -> Message:
    """Return the name of a step."""
    return {
        Step.RECOMMENDED: msg("Anbefalt"),
        Step.REQUESTED: msg("Anmodet"),
        Step.DECIDED: msg("Vedtatt"),
        Step.SETTLED: msg("Bosatt"),
        Step.STILL_HERE: msg("Bor her fortsatt"),
        Step.WORK_OR_EDUCATION: msg("I arbeid eller utdanning"),
    }[step]


def what_would_supply(step: Step) -> Message:
    """Return who has the figure of a step where there is none here, and how it comes in."""
    return {
        Step.RECOMMENDED: msg("anbefalingen for året, når den er laget eller lagt inn"),
        Step.REQUESTED: msg("IMDis anmodning: tabellen IMDi publiserer, eller tallet skrevet inn for hånd"),
        Step.DECIDED: msg("kommunestyrets vedtak, skrevet inn med saksnummer"),
        Step.SETTLED: msg("IMDis status over bosatte"),
        Step.STILL_HERE: msg(
            "gruppetall fra kommunen, eller bofasthet etter kommune og bosettingsår bestilt fra IMDi eller SSB"
        ),
        Step.WORK_OR_EDUCATION: msg(
            "gruppetall fra kommunen, eller resultat av introduksjonsprogrammet etter kommune fra IMDi eller SSB"
        ),
    }[step]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of persons: the years of settlement it is about, the day it stands at, and where it is from.

    A missing figure without a source is «ingen tall»: nobody has supplied it. ``as_of`` is a day, a year, or empty.
    """

    figure: Figure
    period: str
    as_of: date | str = ""
    source: Message | Translated | str = ""

    @property
    def lacking(self) -> bool:
        """Whether there is nothing at all to show: neither a number nor that it is hidden or was not asked."""
        return not self.source


Steps = Mapping[Step, Cell]


def nothing(period: str) -> Cell:
    """Return the cell of a step that nobody has supplied a figure for."""
    return Cell(Figure.missing(low=0), period)


@dataclass(frozen=True, slots=True)
class Parts:
    """The cells of one municipality: all persons, and the unaccompanied minors among them."""

    persons: Steps
    minors: Steps


def as_shown(exact: Parts) -> Parts:
    """Return a municipality's cells as others may see them.

    Settled is hidden when small; those still here are a part of the settled, those in work or education a part of those
    still here (of the settled where that is not known), and minors a part of all settled. Whatever of them is hidden, its
    parts are hidden with it. What became of the minors is for the county and the municipality only.
    """
    persons = _chain(exact.persons)
    return Parts(persons, _minors(exact, persons))


def _chain(exact: Steps) -> dict[Step, Cell]:
    shown = dict(exact)
    whole: Step | None = None
    for step in PEOPLE:
        figure = exact[step].figure
        hidden = (
            hide_whole(figure)
            if whole is None
            else hide_part(figure, exact[whole].figure, shown[whole].figure)
        )
        shown[step] = replace(exact[step], figure=hidden)
        if not exact[step].lacking:
            whole = step
    return shown


def _minors(exact: Parts, persons: Steps) -> dict[Step, Cell]:
    """Return the minors' cells: those settled as a part of all settled, and what became of them never, not even nobody.

    All who moved less the minors who moved are the adults who moved: a small number of them would follow from numbers
    that are all large. The bounds are those of what is shown of the wholes.
    """
    shown = dict(exact.minors)
    settled = exact.minors[Step.SETTLED]
    figure = hide_part(settled.figure, exact.persons[Step.SETTLED].figure, persons[Step.SETTLED].figure)
    shown[Step.SETTLED] = replace(settled, figure=figure)
    for step in (Step.STILL_HERE, Step.WORK_OR_EDUCATION):
        if exact.minors[step].lacking:
            continue
        wholes = (shown[Step.SETTLED].figure, persons[step].figure)
        ends = [one.high for one in wholes if one.high is not None and one.mark is not Mark.MISSING]
        hidden = Figure(None, Mark.SUPPRESSED, 0, min(ends, default=None))
        shown[step] = replace(exact.minors[step], figure=hidden)
    return shown


def summed(cells: list[Cell], period: str) -> Cell:
    """Return the county's cell: the sum of what is shown, as of the oldest of the days, with all sources."""
    told = [one for one in cells if not one.lacking]
    if not told:
        return nothing(period)
    days = sorted({str(one.as_of) for one in told if one.as_of})
    first = next((one.as_of for one in told if str(one.as_of) == days[0]), "") if days else ""
    sources = list(dict.fromkeys(str(one.source) for one in told))
    source = told[0].source if len(sources) == 1 else msg("flere kilder, se kommunene")
    return Cell(total(one.figure for one in cells), period, first, source)
