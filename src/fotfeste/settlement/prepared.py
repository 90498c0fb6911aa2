"""Everything a recommendation rests on, as one value: nothing else is looked at once it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from fotfeste.settlement.criteria import Criteria, RuleKind
from fotfeste.settlement.facts import CountyFacts, MunicipalityFacts
from fotfeste.settlement.ledger import Ledger, bounds_of
from fotfeste.settlement.mixture import Inputs, number_of
from fotfeste.settlement.past.words import PastStanding
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.result import Request
from fotfeste.settlement.revision import Revision
from fotfeste.settlement.rules import RuleInputs
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.sources import Source
from fotfeste.statistics.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True)
class DataVersion:
    """One data set that was read: its version and the checksum (SHA-256) of it as it is shown; none of the user's own file.

    A checksum of the file would give away what is hidden in it to whoever tries the few numbers that it can be.
    """

    dataset: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """The request, the choices, the replies and every figure, gathered once.

    ``names`` are the county's municipalities by code, in the county's order. ``figures`` holds, by indicator and
    code, what keys may count with, ``shown`` what may be shown of it, ``levels`` the county's own value.
    ``last_requested`` is last year's request, ``stocks`` persons settled in so many finished years, for the
    continuity rules. ``uncertainty`` is what is declared about
    indicators. ``beside`` are other criteria to set beside ``criteria``, and ``past`` each municipality's share
    if requests went on as before (``None``: not asked for), ``past_standing`` what is to be said of them.
    """

    request: Request
    criteria: Criteria
    replies: Replies | None
    ledger: Ledger | None
    revision: Revision | None
    names: Mapping[str, str]
    figures: Mapping[str, Mapping[str, Figure]]
    shown: Mapping[str, Mapping[str, Figure]]
    levels: Mapping[str, Figure]
    last_requested: Mapping[str, Figure]
    stocks: Mapping[int, Mapping[str, Figure]]
    facts: Mapping[str, MunicipalityFacts]
    county: CountyFacts
    sources: tuple[Source, ...]
    data: tuple[DataVersion, ...]
    uncertainty: Mapping[str, Uncertainty]
    beside: tuple[Criteria, ...] = ()
    past: Mapping[str, Fraction] | None = None
    past_standing: PastStanding | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the county's municipalities, in order."""
        return tuple(self.names)

    def under(self, criteria: Criteria) -> Prepared:
        """Return the same with other criteria, whose figures must be among those gathered."""
        return replace(self, criteria=criteria)

    def inputs(self) -> Inputs:
        """Return the figures that the criteria use, with the names and the way to supply them."""
        from fotfeste.statistics import load_catalogue

        catalogue = load_catalogue()
        wanted = self.criteria.indicators
        known = [name for name in wanted if name in self.figures]
        return Inputs(
            self.codes,
            {name: self.figures[name] for name in known},
            {name: self.levels[name] for name in known},
            {name: catalogue[name].name for name in wanted if name in catalogue},
            {name: catalogue[name].supply for name in wanted if name in catalogue},
        )

    def rule_inputs(self, minors: Mapping[str, int]) -> RuleInputs:
        """Return what the rules look at; ``minors`` is what each municipality receives of unaccompanied minors."""
        return RuleInputs(
            self.codes,
            self.names,
            self.last_requested,
            self.stocks_as_numbers(self.criteria),
            minors,
            self.replies,
            self.revision.bounds() if self.revision else (),
            bounds_of(self.ledger) if self.ledger else {},
        )

    def stocks_as_numbers(self, criteria: Criteria) -> dict[int, dict[str, Fraction | None]]:
        """Return settled persons per span that the continuity rules look back on; hidden ones as the file says."""
        spans = {rule.years for rule in criteria.rules if rule.kind is RuleKind.CONTINUITY}
        return {
            span: {
                code: number_of(figure, criteria.suppressed)
                for code, figure in self.stocks.get(span, {}).items()
            }
            for span in sorted(spans)
        }
