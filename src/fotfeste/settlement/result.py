"""What a recommendation is: the request, a number per municipality, and how each number came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.messages import Message
from fotfeste.settlement.criteria import Criteria, RuleKind
from fotfeste.settlement.facts import CountyFacts, MunicipalityFacts
from fotfeste.settlement.replies import Replies
from fotfeste.settlement.revision import Revision
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.sources import Source


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be shared out: all persons to be settled in ``county`` in ``year``; ``minors`` of them alone."""

    county_code: str
    county_name: str
    year: int
    total: int
    minors: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """Persons that one criterion gives one municipality, and the figure it rests on.

    ``persons`` is exact; ``share`` is the municipality's part of the criterion's key in the county (0 to 1);
    ``figure`` is the indicator's value (``None`` where the key uses no indicator).
    """

    criterion: str
    persons: Fraction
    share: Fraction
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """Whole persons that one kind of rule gives or takes when it alone is added to the criteria.

    Overrides are added last, to everything else: what people have set stands as what it changed.
    """

    kind: RuleKind
    persons: int


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule that holds the final number at a bound: which rule, which bound, and why (for example the service
    whose capacity is the lowest)."""

    kind: RuleKind
    bound: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Explanation:
    """``ideal`` + ``rounding`` + rule effects + ``interaction`` + ``minors`` = the number, exactly, in persons.

    ``ideal`` is the sum of the contributions. ``rounding`` takes it to the whole number that the method gives
    without any rule. Each rule effect is what that kind of rule alone changes, in whole persons;
    ``interaction`` is what the rules change together beyond that.
    """

    contributions: tuple[Contribution, ...]
    ideal: Fraction
    rounding: Fraction
    rule_effects: tuple[RuleEffect, ...]
    interaction: int
    minors: int
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityResult:
    """The recommendation for one municipality.

    ``recommended`` includes ``minors``. ``possible`` is the range of numbers when suppressed inputs take every
    end of their bounds, or ``None`` when no suppressed input could change the number.
    """

    code: str
    name: str
    recommended: int
    minors: int
    explanation: Explanation
    facts: MunicipalityFacts
    possible: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Municipalities that stood exactly equal for one or more places, and who got them under the stated rule."""

    codes: tuple[str, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverrideCost:
    """What one override does: ``persons`` is the number set, ``instead`` what it would be without (``None``: the
    rules cannot then be met). ``others`` are the changes, in persons, that it makes in other municipalities.

    ``entry`` is its number in the ledger; role and reason may be public.
    """

    code: str
    entry: int
    persons: int
    instead: int | None
    others: Mapping[str, int]
    role: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A whole recommendation: what was asked, under which criteria, and the number for every municipality.

    ``municipalities`` are in the county's order of codes. ``notes`` are things every reader must know (rules that
    could not apply, hidden figures); ``before_deciding`` is what the county itself must see to. ``sources`` are all
    sources that any figure here rests on. ``overrides`` are numbers that people have set, each with its cost;
    ``revision`` holds the original numbers when this is a revision.
    """

    request: Request
    criteria: Criteria
    municipalities: tuple[MunicipalityResult, ...]
    county: CountyFacts
    replies: Replies | None
    ties: tuple[Tie, ...]
    notes: tuple[Message, ...]
    before_deciding: tuple[Message, ...]
    sources: tuple[Source, ...]
    overrides: tuple[OverrideCost, ...] = ()
    revision: Revision | None = None
