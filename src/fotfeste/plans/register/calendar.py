"""The calendar of municipal planning: what is to begin where, and when the county must have been in touch by then.

Three kinds of days, never mixed: what the law demands, what a planning strategy or a plan in the register states, and what is
assumed by settings (``calendar.toml``) where nothing is stated. Guidance must come before the notice of start: the day of the
alert is counted back from the *first* day the start can mean, so that it is never late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.register.moments import LATEST, Moment
from fotfeste.plans.register.months import months_after
from fotfeste.plans.register.process import plan_type
from fotfeste.plans.register.reading import content_of, table_of, unusable
from fotfeste.plans.register.values import Owner, OwnerKind, Plan, Register, Status

SCHEMA = 1
FILE = "calendar.toml"
STRATEGY, SOCIETY = "municipal_planning_strategy", "municipal_plan_society"


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """When councils are elected and constituted, and the settings for what nobody has stated (months)."""

    first_election: int
    every: int
    constituted_month: int
    constituted_day: int
    lead: int
    strategy_begins: int
    plan_begins: int
    basis: str
    source: str

    def elections(self, day: date) -> tuple[int, int]:
        """Return the years of the last election whose councils have been constituted by ``day``, and of the next."""
        periods = (day.year - self.first_election) // self.every
        year = self.first_election + periods * self.every
        if day < self.constituted(year):
            year -= self.every
        return year, year + self.every

    def constituted(self, election: int) -> date:
        """Return the last day on which the councils elected in ``election`` are constituted."""
        return date(election, self.constituted_month, self.constituted_day)


class Rests(StrEnum):
    """What a day in the calendar rests on."""

    LAW = "law"
    STATED = "stated"
    ASSUMED = "assumed"


class What(StrEnum):
    """What happens on the day."""

    BEGINS = "begins"
    PUBLIC_BY = "public_by"
    DUE = "due"
    HEARING_ENDS = "hearing_ends"


class State(StrEnum):
    """How an entry stands on a day."""

    LATER = "later"
    ALERT = "alert"
    NOW = "now"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar.

    ``moment`` is as precise as what it rests on. ``alert`` is the day by which the county should have been in touch;
    nothing for what needs no guidance. ``plan`` is the id in the register, empty where there is no plan yet.
    """

    id: str
    owner: Owner
    type: str
    what: What
    moment: Moment
    rests: Rests
    alert: date | None
    basis: str = ""
    plan: str = ""
    title: str = ""

    def state(self, day: date) -> State:
        """Return how the entry stands on ``day``: from the day of the alert to the first possible day it is time to act."""
        if day > self.moment.last:
            return State.PASSED
        if day >= self.moment.first:
            return State.NOW
        return State.ALERT if self.alert is not None and day >= self.alert else State.LATER


@cache
def calendar_settings() -> CalendarSettings:
    """Return the settings that come with Fotfeste."""
    return read_calendar_settings((resources.files("fotfeste.plans.register") / FILE).read_bytes(), FILE)


def calendar_settings_in(path: Path) -> CalendarSettings:
    """Return the settings in a county's own file; raises :class:`InputError`."""
    return read_calendar_settings(content_of(path), str(path))


def read_calendar_settings(content: bytes, origin: str) -> CalendarSettings:
    """Return the settings in a file of the form of ``calendar.toml``; raises :class:`InputError`."""
    table = table_of(content, origin, SCHEMA)
    try:
        election, setting = (table.inner(name) for name in ("election", "setting"))
        found = CalendarSettings(
            election.whole("year"),
            election.whole("every"),
            election.whole("constituted_month"),
            election.whole("constituted_day"),
            setting.whole("lead"),
            setting.whole("strategy_begins"),
            setting.whole("plan_begins"),
            election.text("basis"),
            setting.text("source"),
        )
        found.constituted(found.first_election)
        if (
            not 1 <= found.every <= 10
            or found.first_election > LATEST
            or max(found.lead, found.plan_begins) > 120
        ):
            raise election.wrong("every")
    except (TypeError, ValueError) as error:
        raise unusable(origin, str(error)) from error
    return found


def calendar_of(
    owners: Iterable[Owner],
    register: Register,
    day: date,
    *,
    years: int = 4,
    settings: CalendarSettings | None = None,
) -> tuple[Entry, ...]:
    """Return what is to come for the municipalities ``owners``, from ``day`` and ``years`` ahead, earliest first.

    What has passed is left out, except planning strategies that are due and not in the register as adopted.
    Raises :class:`InputError` for a day or a number of years that makes no calendar.
    """
    chosen = settings or calendar_settings()
    if not 1 <= years <= 20 or not chosen.first_election <= day.year <= LATEST - 30:
        raise InputError(
            "plan.calendar",
            msg("Kalenderen kan ikke lages for {years} år fra {day}.", years=years, day=day),
            remedy=msg("Velg fra 1 til 20 år, og en dag etter {first}.", first=str(chosen.first_election)),
        )
    until = months_after(day, 12 * years)
    entries: list[Entry] = []
    for owner in owners:
        own = [
            plan for plan in register.plans if plan.owner.code == owner.code and plan.owner.kind is owner.kind
        ]
        entries += _of_one(owner, own, day, chosen)
    kept = (one for one in entries if one.moment.first <= until and not _over(one, day))
    return tuple(
        sorted(
            kept, key=lambda one: (one.alert or one.moment.first, one.moment.first, one.owner.code, one.id)
        )
    )


def _over(entry: Entry, day: date) -> bool:
    return entry.state(day) is State.PASSED and entry.what is not What.DUE


def _of_one(owner: Owner, own: list[Plan], day: date, settings: CalendarSettings) -> Iterator[Entry]:
    stated = list(_stated(owner, own, settings))
    yield from stated
    begins = {one.type for one in stated if one.what is What.BEGINS}
    for election in settings.elections(day):
        constituted = settings.constituted(election)
        strategy = _strategy_of(own, constituted, settings)
        if strategy is None:
            yield from _strategy_to_come(owner, election, settings, begun=STRATEGY in begins)
        if SOCIETY not in begins and not _says_when(strategy, own) and not _under_way(own):
            yield _assumed_plan(owner, constituted, settings)


def _stated(owner: Owner, own: list[Plan], settings: CalendarSettings) -> Iterator[Entry]:
    """Yield what the plans in the register say of themselves: when work begins, and when a hearing ends."""
    for plan in own:
        if plan.expected_start is not None and plan.status is Status.PLANNED:
            yield Entry(
                f"{plan.id}/begins",
                owner,
                plan.type,
                What.BEGINS,
                plan.expected_start,
                Rests.STATED,
                months_after(plan.expected_start.first, -settings.lead),
                plan.ordered_by,
                plan.id,
                plan.title,
            )
        for done in plan.steps:
            if done.closes is not None and plan.status in (Status.DRAFT, Status.HEARING, Status.PLANNED):
                closes = Moment.parse(done.closes.isoformat())
                basis = plan_type(plan.type).step(done.step).basis
                yield Entry(
                    f"{plan.id}/{done.step}", owner, plan.type, What.HEARING_ENDS, closes, Rests.STATED,
                    done.opens, basis, plan.id, plan.title,
                )  # fmt: skip


def _strategy_of(own: list[Plan], constituted: date, settings: CalendarSettings) -> Plan | None:
    """Return the planning strategy that the council constituted then has adopted."""
    ends = date(constituted.year + settings.every, constituted.month, constituted.day)
    for plan in own:
        adopted = plan.adopted if plan.type == STRATEGY and plan.status is Status.ADOPTED else None
        if adopted is not None and constituted <= adopted.last and adopted.first < ends:
            return plan
    return None


def _strategy_to_come(
    owner: Owner, election: int, settings: CalendarSettings, *, begun: bool
) -> Iterator[Entry]:
    kind = plan_type(STRATEGY)
    adoption, published = kind.step("adoption"), kind.step("published")
    constituted = settings.constituted(election)
    due = months_after(constituted, adoption.after_constitution_months)
    name = f"{owner.code}/{STRATEGY}-{election}"
    if not begun:
        begins = months_after(constituted, settings.strategy_begins)
        yield Entry(
            f"{name}/begins", owner, STRATEGY, What.BEGINS, _month(begins), Rests.ASSUMED,
            months_after(_month(begins).first, -settings.lead), settings.source,
        )  # fmt: skip
    public = due - timedelta(days=published.shortest)
    yield Entry(
        f"{name}/public_by", owner, STRATEGY, What.PUBLIC_BY, _day(public), Rests.LAW, None, published.basis
    )
    yield Entry(f"{name}/due", owner, STRATEGY, What.DUE, _day(due), Rests.LAW, None, adoption.basis)


def _says_when(strategy: Plan | None, own: list[Plan]) -> bool:
    """Tell whether the strategy of the period is there, and so says what will be revised: silence is an answer too."""
    return strategy is not None and any(plan.ordered_by == strategy.id for plan in own)


def _under_way(own: list[Plan]) -> bool:
    return any(plan.type == SOCIETY and plan.status in (Status.DRAFT, Status.HEARING) for plan in own)


def _assumed_plan(owner: Owner, constituted: date, settings: CalendarSettings) -> Entry:
    due = months_after(constituted, plan_type(STRATEGY).step("adoption").after_constitution_months)
    begins = _month(months_after(due, settings.plan_begins))
    return Entry(
        f"{owner.code}/{SOCIETY}-{constituted.year}/begins", owner, SOCIETY, What.BEGINS, begins, Rests.ASSUMED,
        months_after(begins.first, -settings.lead), settings.source,
    )  # fmt: skip


def _day(day: date) -> Moment:
    return Moment.parse(day.isoformat())


def _month(day: date) -> Moment:
    return Moment.parse(f"{day.year}-{day.month:02}")


def municipality_owner(code: str, name: str) -> Owner:
    """Return a municipality as the owner of plans."""
    return Owner(OwnerKind.MUNICIPALITY, code, name)
