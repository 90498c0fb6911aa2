"""Criteria in two layers: what the ministry says for the year, and how the county puts it into numbers.

Both are dated files that their owners write and change; nothing here holds a weight or a limit. See
:mod:`fotfeste.settlement.criteria_file` for reading them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

SuppressedAs = Literal["middle", "low", "high"]
PageMethod = Literal["hamilton", "sainte-lague"]


class RuleKind(StrEnum):
    """The kinds of rules, in the order in which explanations list them.

    The last three never stand in a criteria file: ``settled`` and ``decided`` come with a revision, ``override``
    with the ledger.
    """

    EXCLUDE = "exclude"
    LOCK = "lock"
    TRANSFER = "transfer"
    FLOOR = "floor"
    ZERO_OR_FLOOR = "zero_or_floor"
    CONTINUITY = "continuity"
    CAP = "cap"
    MAX_CHANGE = "max_change"
    SETTLED = "settled"
    DECIDED = "decided"
    OVERRIDE = "override"


class KeyForm(StrEnum):
    """How a criterion makes a key, that is, what its part of the total is shared out by.

    ``power``: base to an exponent. ``relative``: base times (indicator relative to the county's own level) to an
    exponent, within limits. ``shortfall``: a fair share by base of everybody (those already carried and this
    year's), less those already carried; negatives are zero. ``double_share``: twice the base's share less the
    share of those already carried; negatives are zero (the Danish rule). ``where``: base where an indicator
    is at least a limit, zero elsewhere. ``equal``: the same for every municipality.
    """

    POWER = "power"
    RELATIVE = "relative"
    SHORTFALL = "shortfall"
    DOUBLE_SHARE = "double_share"
    WHERE = "where"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one criterion; which fields matter follows from the form.

    ``base`` and ``indicator`` are indicator ids. ``exponent`` is that of the base in ``power`` and of the factor
    in ``relative``; in all other forms than ``power`` the base itself may be damped by ``base_exponent``.
    ``limits`` bound the relative factor; ``at_least`` is the limit of ``where``. ``missing`` says what a missing
    figure means: ``refuse`` (stop and say so) or ``zero``.
    """

    form: KeyForm
    base: str = ""
    indicator: str = ""
    exponent: Fraction = Fraction(1)
    base_exponent: Fraction = Fraction(1)
    limits: tuple[Fraction, Fraction] | None = None
    at_least: Fraction = Fraction(1)
    missing: Literal["refuse", "zero"] = "refuse"

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the indicators the key uses, the base first."""
        return tuple(name for name in (self.base, self.indicator) if name)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its part of the total (``share``, 0 to 1, of all weights), its key, and its grounds.

    ``weight`` is the number as written in the file. ``answers`` are ids of the national criteria it answers.
    """

    id: str
    name: str
    weight: Fraction
    share: Fraction
    key: Key
    answers: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as written in the file.

    ``municipalities`` are codes; empty means all. ``persons`` is the floor, cap, lock or number transferred;
    ``share`` is the largest relative change from last year; ``years`` is how far back continuity counts.
    ``origin`` is ``file`` for numbers in the criteria file, ``replies`` for what municipalities stated.
    ``receiver`` is the municipality that a transfer goes to. ``reason`` is the owner's text.
    """

    kind: RuleKind
    municipalities: tuple[str, ...] = ()
    persons: int | None = None
    share: Fraction | None = None
    years: int = 0
    origin: Literal["file", "replies"] = "file"
    receiver: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NationalCriterion:
    """One national criterion: short id, the text as quoted or entered, and a note."""

    id: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NationalCriteria:
    """The ministry's criteria for one year; ``complete`` is false where the full text was not at hand."""

    id: str
    year: int
    title: str
    dated: date
    source: str
    complete: bool
    note: str
    criteria: tuple[NationalCriterion, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """The county's operationalisation for one year.

    ``suppressed`` says what a suppressed figure counts as inside its bounds. ``answers`` are the county's own
    words on national criteria (by id), beside what the criteria answer. ``origin`` is a shipped id or a file's name
    without its folders.
    """

    id: str
    title: str
    year: int
    dated: date
    owner: str
    source: str
    note: str
    method: PageMethod
    suppressed: SuppressedAs
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    national: NationalCriteria | None
    answers: tuple[tuple[str, str], ...] = ()
    minors: tuple[tuple[str, int], ...] = ()
    origin: str = ""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of all indicators the criteria use, without repetition, in order of first use."""
        return tuple(dict.fromkeys(name for one in self.criteria for name in one.key.indicators))
