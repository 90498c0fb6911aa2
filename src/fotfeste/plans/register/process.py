"""How each type of plan comes about: its steps in order, with participation, hearing periods and their source.

The rules are dated TOML (``process.toml``). What no source confirms has an empty ``confirmed``, and is shown as
something to be confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg
from fotfeste.plans.register.months import months_after
from fotfeste.plans.register.reading import Table, table_of, unusable

SCHEMA = 1
FILE = "process.toml"
LONGEST_HEARING = 5 * 366


class Level(StrEnum):
    """Who makes plans of a type."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"
    BOTH = "both"


class StepKind(StrEnum):
    """What happens in a step."""

    NOTICE = "notice"
    PARTICIPATION = "participation"
    HEARING = "hearing"
    DECISION = "decision"
    APPROVAL = "approval"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process.

    ``shortest`` is the least number of days that a hearing or a publication lasts (0: no such rule); ``months`` the usual
    time from the step before, a setting; ``after_constitution_months`` the deadline counted from the constitution of
    the council (0: none). ``confirmed`` are the sources in words; none means that the step must be confirmed.
    """

    id: str
    kind: StepKind
    name: Translated
    by: str
    basis: str
    confirmed: tuple[str, ...]
    shortest: int
    months: int
    after_constitution_months: int
    optional: bool


@dataclass(frozen=True, slots=True)
class PlanType:
    """A type of plan with its process. ``statutory``: the act has rules for it."""

    id: str
    level: Level
    statutory: bool
    name: Translated
    about: Translated
    confirmed: tuple[str, ...]
    steps: tuple[Step, ...]

    def step(self, step: str) -> Step:
        """Return a step by its id; raises :class:`InputError` for one that this type does not have."""
        for one in self.steps:
            if one.id == step:
                return one
        raise InputError(
            "plan.step",
            msg("{type} har ikke noe trinn «{step}».", type=self.name, step=step[:60]),
            remedy=msg("Velg blant: {names}.", names=", ".join(one.id for one in self.steps) or "–"),
        )

    @property
    def notified(self) -> Step | None:
        """The step by which the start is made known; guidance must come before it."""
        return next((one for one in self.steps if one.kind is StepKind.NOTICE), None)


@dataclass(frozen=True, slots=True)
class ExpectedStep:
    """A step with the earliest day the rules allow and the day that is usual, and the last day of a hearing."""

    step: Step
    earliest: date
    usual: date
    hearing_ends: date | None


@cache
def plan_types() -> dict[str, PlanType]:
    """Return the types of plans that come with Fotfeste, by id, in the order they are shown."""
    return read_plan_types((resources.files("fotfeste.plans.register") / FILE).read_bytes(), FILE)


def plan_type(name: str) -> PlanType:
    """Return a type by its id; raises :class:`InputError` with the types there are."""
    if (found := plan_types().get(name)) is not None:
        return found
    raise InputError(
        "plan.type",
        msg("Det er ingen plantype som heter «{name}».", name=name[:60]),
        remedy=msg("Velg blant: {names}.", names=", ".join(plan_types())),
    )


def read_plan_types(content: bytes, origin: str) -> dict[str, PlanType]:
    """Return the types in a file of the form of ``process.toml``; raises :class:`InputError`."""
    table = table_of(content, origin, SCHEMA)
    try:
        table.day("dated")
        sources = dict(table.content["source"])
        found = {one.id: one for one in (_type(entry, sources) for entry in table.tables("type"))}
        if len(found) != len(table.tables("type")):
            raise table.wrong("type")
    except (KeyError, TypeError, ValueError) as error:
        raise unusable(origin, str(error)) from error
    return found


def _type(entry: Table, sources: dict[str, str]) -> PlanType:
    steps = tuple(_step(one, sources) for one in entry.tables("step"))
    if len({one.id for one in steps}) != len(steps):
        raise entry.wrong("step")
    return PlanType(
        entry.text("id"),
        Level(entry.text("level")),
        entry.truth("statutory"),
        entry.translated(),
        entry.translated("about"),
        _sources(entry, sources),
        steps,
    )


def _step(entry: Table, sources: dict[str, str]) -> Step:
    return Step(
        entry.text("id"),
        StepKind(entry.text("kind")),
        entry.translated(),
        entry.text("by"),
        entry.text("basis", ""),
        _sources(entry, sources),
        7 * entry.whole("weeks", 0) + entry.whole("days", 0),
        entry.whole("months"),
        entry.whole("after_constitution_months", 0),
        entry.truth("optional", False),
    )


def _sources(entry: Table, sources: dict[str, str]) -> tuple[str, ...]:
    return tuple(sources[one] for one in entry.texts("confirmed"))


def expected_steps(kind: PlanType, starts: date) -> tuple[ExpectedStep, ...]:
    """Return when the steps of a plan that starts on ``starts`` can come at the earliest, and usually come.

    The earliest is what the shortest hearings allow, one after another; the usual rests on settings. A hearing ends on
    its last day: the comment that arrives on that day is in time.
    """
    earliest = usual = starts
    found = []
    for step in kind.steps:
        usual = max(months_after(usual, step.months), earliest)
        ends = usual + timedelta(days=step.shortest) if step.shortest else None
        found.append(ExpectedStep(step, earliest, usual, ends))
        earliest += timedelta(days=step.shortest)
        usual = ends or usual
    return tuple(found)


def last_day_of_hearing(step: Step, opens: date) -> date | None:
    """Return the first day on which a hearing that opens on ``opens`` may end, or nothing where no rule says."""
    return opens + timedelta(days=step.shortest) if step.shortest else None
