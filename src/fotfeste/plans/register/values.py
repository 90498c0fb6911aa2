"""What the register holds: plans with owner, type, status, validity, documents, steps and remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from fotfeste.plans.register.moments import Moment


class OwnerKind(StrEnum):
    """What kind of unit made a plan."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"


class Status(StrEnum):
    """How far a plan has come, as it is stated; the value stands in files."""

    PLANNED = "planned"
    DRAFT = "draft"
    HEARING = "hearing"
    ADOPTED = "adopted"
    EXPIRED = "expired"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """What a plan is on a day: what is stated, held against its validity."""

    PLANNED = "planned"
    DRAFT = "draft"
    HEARING = "hearing"
    IN_FORCE = "in_force"
    RUN_OUT = "run_out"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Owner:
    """The unit that made a plan, under the number and name it had then; it may be dissolved since."""

    kind: OwnerKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A document of a plan: its name, the check sum of the file, and what it is (``plan``, ``draft``, ``appendix`` …)."""

    name: str
    sha256: str
    role: str = "plan"


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step as it happened or is decided: a hearing has a first and a last day, other steps one day."""

    step: str
    opens: date
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader must know, by a code with its values, or in somebody's own words (code ``note``).

    The words for each code: :func:`fotfeste.plans.register.remarks.remark_text`.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> Mapping[str, str]:
        """The values by name."""
        return MappingProxyType(dict(self.values))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in the register. What is not known is empty or ``None``; nothing is guessed.

    ``topics`` are fields such as ``integration`` or ``business``. ``valid_from`` and ``valid_to`` are the years on the
    cover, ``horizon`` a year it looks towards. ``expected_start`` is when a planning strategy says that the work begins,
    ``ordered_by`` the id of that strategy. ``replaces`` are ids of the plans it takes over from.
    """

    id: str
    owner: Owner
    type: str
    title: str
    status: Status
    topics: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    horizon: int | None = None
    published: Moment | None = None
    adopted: Moment | None = None
    adopted_by: str = ""
    expected_start: Moment | None = None
    ordered_by: str = ""
    replaces: tuple[str, ...] = ()
    files: tuple[PlanFile, ...] = ()
    steps: tuple[StepDone, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def standing(self, day: date) -> Standing:
        """Return what the plan is on ``day``: an adopted plan whose last year is over has run out, until somebody ends it."""
        if self.status in (Status.EXPIRED, Status.REPEALED):
            return Standing.ENDED
        if self.status is Status.ADOPTED:
            over = self.valid_to is not None and day.year > self.valid_to
            return Standing.RUN_OUT if over else Standing.IN_FORCE
        return Standing(self.status.value)

    def done(self, step: str) -> StepDone | None:
        """Return a step as it happened, or nothing."""
        return next((one for one in self.steps if one.step == step), None)


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """Where the plans of a register come from."""

    title: str
    licence: str
    retrieved: date
    remark: str = ""


@dataclass(frozen=True)
class Register:
    """Plans ordered by owner, type and title, with the source of the whole."""

    plans: tuple[Plan, ...]
    source: RegisterSource | None = None

    def plan(self, name: str) -> Plan | None:
        """Return the plan with this id."""
        return next((one for one in self.plans if one.id == name), None)
