"""What a draft case paper for a municipal council is made from, beside the recommendation itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from fotfeste.messages import Message, msg
from fotfeste.reports.documents.basis import Basis
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.finances import Rates
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.hiding import hide_whole
from fotfeste.settlement.follow_up.known import KnownYear
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.steps import OTHERS, Viewer
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Mark
from fotfeste.work.deadlines import Deadline, deadlines_for


class Part(StrEnum):
    """The parts that may be left out; the proposal for a decision always stands."""

    REQUEST = "request"
    CAPACITY = "capacity"
    RESULTS = "results"
    MEASURES = "measures"
    FINANCES = "finances"
    RISK = "risk"
    REPORTING = "reporting"
    SOURCES = "sources"


class Proposed(StrEnum):
    """What the proposal for a decision builds on: the municipality chooses."""

    REQUEST = "request"
    RECOMMENDATION = "recommendation"
    WISH = "wish"
    BLANK = "blank"


def proposed_name(proposed: Proposed) -> Message:
    """Return what the proposal builds on, as something to choose."""
    return {
        Proposed.REQUEST: msg("Anmodningen fra IMDi"),
        Proposed.RECOMMENDATION: msg("Anbefalingen fra fylkeskommunen"),
        Proposed.WISH: msg("Kommunens eget ønske"),
        Proposed.BLANK: msg("Ikke noe tall: kommunen skriver det selv"),
    }[proposed]


def part_name(part: Part) -> Message:
    """Return the heading of a part."""
    return {
        Part.REQUEST: msg("Anmodningen og anbefalingen"),
        Part.CAPACITY: msg("Kapasiteten og flaskehalsene"),
        Part.RESULTS: msg("Resultater sett mot vedtak"),
        Part.MEASURES: msg("Tiltak, ansvar og frister"),
        Part.FINANCES: msg("Økonomi med og uten tilskudd"),
        Part.RISK: msg("Risiko hvis integreringen ikke lykkes"),
        Part.REPORTING: msg("Rapportering hvert tertial"),
        Part.SOURCES: msg("Kilder"),
    }[part]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be done, the role that does it, and when; what is not known becomes a blank."""

    what: str
    responsible: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CouncilCase:
    """What is known for one municipality's paper. ``viewer`` is who makes it: only the municipality itself (its code)
    gets exact counts of people.

    ``request`` is what IMDi asked for, where it has; ``decision`` what the council has answered already, or when it will. ``reply`` goes before the one in the recommendation. ``earlier``
    are earlier years, exact where the maker has them so; without them the recommendation's own stand. ``deadlines`` are
    those of the round; without them the defaults. ``issued`` is the day on the paper, where that
    is another than the recommendation's.
    """

    viewer: Viewer = OTHERS
    request: MunicipalRequest | None = None
    decision: Decision | None = None
    reply: Reply | None = None
    earlier: Sequence[YearFigures] | None = None
    measures: Sequence[Measure] = ()
    rates: Rates | None = None
    deadlines: Sequence[Deadline] = ()
    issued: date | None = None
    parts: frozenset[Part] = field(default_factory=lambda: frozenset(Part))
    proposed: Proposed | None = None
    """What the proposal builds on; where nobody has chosen, the request, and before there is one the recommendation."""


def years_of(known: Sequence[KnownYear]) -> tuple[YearFigures, ...]:
    """Return what the data hold of earlier years as a paper takes them."""
    return tuple(
        YearFigures(
            one.year,
            one.requested,
            one.decided,
            one.settled,
            None if str(one.as_of) == str(one.year) else str(one.as_of),
        )
        for one in known
    )


@dataclass(frozen=True)
class Council:
    """One municipality's paper while it is written: its result, the recommendation around it, and the case."""

    one: MunicipalityResult
    basis: Basis
    case: CouncilCase

    def text(self, message: Message | str) -> str:
        """Return ``message`` in the paper's language."""
        return self.basis.text(message)

    def blank(self, message: Message) -> str:
        """Return a visible blank for the municipality to fill in: ``[antall]``."""
        return f"[{self.text(message)}]"

    @property
    def own(self) -> bool:
        """Whether the municipality itself makes the paper."""
        return self.case.viewer == self.one.code

    @property
    def municipality(self) -> str:
        """The municipality as a body: ``Skien kommune``."""
        return self.text(msg("{name} kommune", name=self.one.name))

    @property
    def year(self) -> str:
        """The year of settlement."""
        return str(self.basis.year)

    @property
    def asked(self) -> int | None:
        """What IMDi has asked for; ``None`` where that is not known."""
        request = self.case.request
        if request is None or request.persons.mark is not Mark.OBSERVED or request.persons.value is None:
            return None
        return int(request.persons.value)

    @property
    def known(self) -> dict[Proposed, tuple[int, int]]:
        """The numbers that there are to propose, each with the unaccompanied minors in it as far as they are known."""
        found: dict[Proposed, tuple[int, int]] = {}
        request, reply = self.case.request, self.reply
        if self.asked is not None and request is not None:
            known = request.minors.mark is Mark.OBSERVED and request.minors.value is not None
            found[Proposed.REQUEST] = (
                self.asked,
                min(int(request.minors.value or 0), self.asked) if known else 0,
            )
        found[Proposed.RECOMMENDATION] = (self.one.recommended, self.one.minors)
        if reply is not None and reply.own_wish is not None:
            found[Proposed.WISH] = (reply.own_wish, min(reply.minors or 0, reply.own_wish))
        return found

    @property
    def proposed(self) -> Proposed:
        """What the proposal builds on: as chosen, and a blank where that number is not known."""
        if self.case.proposed is not None:
            return self.case.proposed if self.case.proposed in self.known else Proposed.BLANK
        return next(iter(self.known))

    @property
    def number(self) -> int | None:
        """The number that the paper proposes; ``None`` where the municipality is to write it."""
        return self.known[self.proposed][0] if self.proposed in self.known else None

    @property
    def minors(self) -> int:
        """The unaccompanied minors in the proposed number, as far as they are known."""
        return self.known[self.proposed][1] if self.proposed in self.known else 0

    @property
    def reply(self) -> Reply | None:
        """The municipality's reply in the dialogue."""
        return self.case.reply or self.basis.reply(self.one.code)

    @property
    def deadlines(self) -> dict[str, Deadline]:
        """The deadlines of the round by id."""
        return {one.id: one for one in self.case.deadlines or deadlines_for(self.basis.year)}

    @property
    def earlier(self) -> tuple[YearFigures, ...]:
        """The years before, oldest first; counts of people hidden unless the municipality itself makes the paper."""
        years = self.one.facts.history if self.case.earlier is None else self.case.earlier
        shown = [
            one if self.own else replace(one, settled=hide_whole(one.settled))
            for one in years
            if one.year < self.basis.year
        ]
        return tuple(shown)
