"""Rules as bounds on municipalities' numbers, each with the reason it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fotfeste.messages import Message
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.domains import Domain
from fotfeste.settlement.replies import Replies
from fotfeste.statistics.figure import Figure

DECIDED_BY_PEOPLE = (RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.OVERRIDE)
"""Rules by which someone has set a number; they go before bounds that hold in general."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One rule applied to one municipality: at least ``low``, at most ``high``, zero besides when ``or_zero``.

    Bounds are about the whole number, unaccompanied minors included.
    """

    kind: RuleKind
    code: str
    reason: Message
    low: int = 0
    high: int | None = None
    or_zero: bool = False


@dataclass(frozen=True, slots=True)
class RuleInputs:
    """What rules look at beside the criteria file.

    ``last_requested`` is last year's request; ``stocks`` holds, by number of years, the persons settled in that
    many finished years; ``minors`` is what each municipality receives of unaccompanied minors. ``standing`` are
    bounds that hold whatever the criteria file says (a revision's), ``overrides`` numbers that a person has set.
    """

    codes: tuple[str, ...]
    names: Mapping[str, str]
    last_requested: Mapping[str, Figure]
    stocks: Mapping[int, Mapping[str, Fraction | None]]
    minors: Mapping[str, int]
    replies: Replies | None = None
    standing: tuple[Bound, ...] = ()
    overrides: Mapping[str, Bound] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """All bounds, persons moved by transfers, and what the reader must know (rules that could not apply)."""

    bounds: tuple[Bound, ...]
    transfers: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Persons that are not shared out by the criteria: minors, and persons moved by transfers (by code)."""

    minors: Mapping[str, int] = field(default_factory=dict)
    transfers: Mapping[str, int] = field(default_factory=dict)

    def of(self, code: str) -> int:
        """Return the persons that stand beside a municipality's part of what is shared out."""
        return self.minors.get(code, 0) + self.transfers.get(code, 0)

    def given_away(self, code: str) -> int:
        """Return the persons that a municipality must have in order to give them to another."""
        return max(0, -self.transfers.get(code, 0))


NOBODY = Beside()


def domains_of(
    bounds: Sequence[Bound], codes: Sequence[str], total: int, beside: Beside = NOBODY
) -> list[Domain]:
    """Return, of what is shared out, the numbers that every municipality may get under ``bounds``.

    A lock or an exclusion is somebody's decision and goes before the other rules for that municipality.
    """
    by_code: dict[str, list[Bound]] = {code: [] for code in codes}
    for bound in bounds:
        by_code[bound.code].append(bound)
    return [_domain(by_code[code], total, beside.of(code), beside.given_away(code)) for code in codes]


def in_force(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """Return the bounds that count: where a lock or an exclusion has set the number, only that."""
    decided = {bound.code for bound in bounds if bound.kind in DECIDED_BY_PEOPLE}
    return tuple(bound for bound in bounds if bound.kind in DECIDED_BY_PEOPLE or bound.code not in decided)


def set_aside(bounds: Sequence[Bound], numbers: Mapping[str, int]) -> tuple[Bound, ...]:
    """Return the general bounds that a lock or an exclusion has broken; ``numbers`` are whole."""
    decided = {bound.code for bound in bounds if bound.kind in DECIDED_BY_PEOPLE}
    return tuple(
        bound
        for bound in bounds
        if bound.code in decided
        and bound.kind not in DECIDED_BY_PEOPLE
        and not holds(bound, numbers[bound.code])
    )


def holds(bound: Bound, persons: int) -> bool:
    """Whether ``persons`` keeps the rule."""
    if bound.or_zero and persons == 0:
        return True
    return bound.low <= persons and (bound.high is None or persons <= bound.high)


def _domain(bounds: Sequence[Bound], total: int, beside: int, given_away: int) -> Domain:
    decided = [bound for bound in bounds if bound.kind in DECIDED_BY_PEOPLE]
    plain = decided or [bound for bound in bounds if not bound.or_zero]
    optional = [] if decided else [bound.low for bound in bounds if bound.or_zero]
    low = max((bound.low for bound in plain), default=0)
    zero = bool(optional) and low == 0 and beside == -given_away
    least = max(0, given_away, max([low, *optional]) - beside)
    most = min([total, *(bound.high - beside for bound in plain if bound.high is not None)])
    return Domain(least, most, zero, given_away)
