"""What people change when they weigh: typed changes, each applied to choices as a value.

A change names what it is about by what it is (a criterion by its id, a rule by all it says), never by its place in a
list. So a change that was made to an older version can be applied to a newer one, where nobody has touched the same
(:mod:`fotfeste.settlement.weighing.touching`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fotfeste.settlement.criteria import Criteria, Key, PageMethod, Rule, SuppressedAs
from fotfeste.settlement.weighing.choices import Choices


@dataclass(frozen=True, slots=True)
class SetTotal:
    """Share out ``total`` persons, ``minors`` unaccompanied minors of them."""

    total: int
    minors: int


@dataclass(frozen=True, slots=True)
class SetWeight:
    """Give a criterion another weight; the other weights stay as they are written."""

    criterion: str
    weight: Fraction


@dataclass(frozen=True, slots=True)
class SetKey:
    """Give a criterion's key other parameters; what it counts (form, base, indicator) stays."""

    criterion: str
    key: Key


@dataclass(frozen=True, slots=True)
class SetMethod:
    """Share out by another method."""

    method: PageMethod


@dataclass(frozen=True, slots=True)
class SetSuppressedAs:
    """Let suppressed figures count as another place within their bounds."""

    suppressed: SuppressedAs


@dataclass(frozen=True, slots=True)
class SetPlaces:
    """Say how many unaccompanied minors each municipality has places for, by code, in place of what it has answered.

    Without any, what the municipalities have answered counts.
    """

    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AddRule:
    """Add a rule, after the others."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """Put ``after`` in the place of the rule ``before``."""

    before: Rule
    after: Rule


@dataclass(frozen=True, slots=True)
class RemoveRule:
    """Take a rule away."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class UseCriteria:
    """Weigh by other criteria, with their own weights, rules and method."""

    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Override:
    """Set the whole number of a municipality. Role and reason may be public, the name is for the county itself."""

    code: str
    persons: int
    reason: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class WithdrawOverride:
    """Take back the number that was set for a municipality; the ledger keeps both entries."""

    code: str
    reason: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class RestoreVersion:
    """Go back to an earlier version: undo.

    The ledger is never shortened: overrides made since are withdrawn, and those withdrawn since are entered again with
    their own role, name and reason. ``reason``, ``role`` and ``name`` are for the withdrawals.
    """

    version: int
    choices: Choices
    reason: str
    role: str
    name: str


Change = (
    SetTotal
    | SetWeight
    | SetKey
    | SetMethod
    | SetSuppressedAs
    | SetPlaces
    | AddRule
    | ChangeRule
    | RemoveRule
    | UseCriteria
    | Override
    | WithdrawOverride
    | RestoreVersion
)
