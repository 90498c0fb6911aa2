"""The calendar of municipal planning: what the law says, what is stated, what is assumed, and when to be in touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.plans.register import Plan, Register, Status, calendar_of, plan_types
from fotfeste.plans.register.calendar import (
    SOCIETY,
    STRATEGY,
    Entry,
    Rests,
    State,
    What,
    calendar_settings,
    municipality_owner,
    read_calendar_settings,
)
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.months import months_after
from fotfeste.plans.register.values import StepDone

SKIEN = municipality_owner("4003", "Skien")
DAY = date(2026, 11, 22)
NONE = Register(())


def of(entries: tuple[Entry, ...], what: What, kind: str = STRATEGY) -> list[Entry]:
    return [one for one in entries if one.what is what and one.type == kind]


def strategy(adopted: str = "2024-06-13") -> Plan:
    return Plan(
        "skien-planstrategi-2024", SKIEN, STRATEGY, "Planstrategi 2024–2027", Status.ADOPTED, adopted=Moment.parse(adopted)
    )  # fmt: skip


def ordered(start: str, status: Status = Status.PLANNED) -> Plan:
    return Plan(
        "skien-samfunnsdel", SKIEN, SOCIETY, "Samfunnsdelen", status, expected_start=Moment.parse(start),
        ordered_by="skien-planstrategi-2024",
    )  # fmt: skip


def test_the_councils_elected_in_2027_must_have_a_planning_strategy_by_the_end_of_october_2028() -> None:
    (due,) = [one for one in of(calendar_of([SKIEN], NONE, DAY), What.DUE) if one.moment.first > DAY]
    assert (due.moment.first, due.rests) == (date(2028, 10, 31), Rests.LAW)
    (public,) = of(calendar_of([SKIEN], NONE, DAY), What.PUBLIC_BY)
    assert (public.moment.first, public.basis) == (date(2028, 10, 1), "plan- og bygningsloven § 10-1")


def test_a_strategy_that_is_due_and_not_in_the_register_is_told_of_until_it_is_entered() -> None:
    lacking = [one for one in calendar_of([SKIEN], NONE, DAY) if one.state(DAY) is State.PASSED]
    assert [one.moment.text for one in lacking] == ["2024-10-31"]
    entered = calendar_of([SKIEN], Register((strategy(),)), DAY)
    assert [one for one in entered if one.state(DAY) is State.PASSED] == []


def test_a_stated_start_goes_before_the_assumed_one() -> None:
    entries = calendar_of([SKIEN], Register((strategy(), ordered("2027-Q2"))), DAY)
    (start,) = of(entries, What.BEGINS, SOCIETY)
    assert (start.rests, start.moment.text, start.alert) == (Rests.STATED, "2027-Q2", date(2026, 10, 1))
    assert start.state(DAY) is State.ALERT
    assert start.state(date(2026, 9, 30)) is State.LATER
    assert start.state(date(2027, 4, 1)) is State.NOW
    assert start.state(date(2027, 7, 1)) is State.PASSED


def test_what_is_assumed_is_said_to_be() -> None:
    assert {one.rests for one in calendar_of([SKIEN], NONE, DAY) if one.what is What.BEGINS} == {
        Rests.ASSUMED
    }


def test_a_plan_that_is_under_way_is_not_assumed_to_begin_again() -> None:
    entries = calendar_of([SKIEN], Register((replace(ordered("2026"), status=Status.DRAFT),)), DAY)
    assert of(entries, What.BEGINS, SOCIETY) == []


def test_a_hearing_that_is_open_is_time_to_act_until_its_last_day() -> None:
    done = StepDone("hearing", date(2026, 11, 1), date(2026, 12, 20))
    draft = replace(ordered("2025"), status=Status.HEARING, steps=(done,))
    (entry,) = of(calendar_of([SKIEN], Register((draft,)), DAY), What.HEARING_ENDS, SOCIETY)
    assert entry.moment.first == date(2026, 12, 20)
    assert entry.state(DAY) is State.ALERT
    assert entry.state(date(2026, 12, 20)) is State.NOW


@pytest.mark.parametrize(
    ("day", "last", "following"),
    [(date(2027, 10, 30), 2023, 2027), (date(2027, 10, 31), 2027, 2031), (date(2026, 1, 1), 2023, 2027)],
)
def test_a_new_council_counts_from_its_first_meeting(day: date, last: int, following: int) -> None:
    assert calendar_settings().elections(day) == (last, following)


starts = st.one_of(
    st.dates(date(2024, 1, 1), date(2034, 1, 1)).map(date.isoformat),
    st.builds("{}-Q{}".format, st.integers(2024, 2033), st.integers(1, 4)),
    st.builds("{}".format, st.integers(2024, 2033)),
)
plans = st.builds(
    lambda number, kind, start, status: Plan(
        f"plan-{number}", SKIEN, kind, "Plan", status, expected_start=Moment.parse(start)
    ),
    st.integers(0, 9_999), st.sampled_from(sorted(plan_types())), starts, st.sampled_from(Status),
)  # fmt: skip


@given(
    day=st.dates(date(2024, 1, 1), date(2060, 1, 1)),
    found=st.lists(plans, max_size=5, unique_by=lambda one: one.id),
    years=st.integers(1, 12),
)
def test_guidance_always_comes_before_the_first_day_the_start_can_mean(
    day: date, found: list[Plan], years: int
) -> None:
    entries = calendar_of([SKIEN], Register(tuple(found)), day, years=years)
    assert len({one.id for one in entries}) == len(entries)
    for one in entries:
        assert one.moment.first <= months_after(day, 12 * years)
        if one.what is What.BEGINS:
            assert one.alert == months_after(one.moment.first, -calendar_settings().lead)
            assert one.alert < one.moment.first
        assert one.what is What.DUE or one.moment.last >= day
        for other in (day, day + timedelta(days=400)):
            assert (one.state(other) is State.PASSED) == (other > one.moment.last)


@given(day=st.dates(date(2024, 1, 1), date(2060, 1, 1)), earlier=st.integers(1, 900))
def test_an_entry_of_the_law_does_not_move_with_the_day_it_is_seen_from(day: date, earlier: int) -> None:
    now = {one.id: one.moment for one in calendar_of([SKIEN], NONE, day, years=8) if one.rests is Rests.LAW}
    later = calendar_of([SKIEN], NONE, day + timedelta(days=earlier), years=8)
    assert all(now.get(one.id, one.moment) == one.moment for one in later)


@pytest.mark.parametrize(
    ("day", "years"), [(date(2000, 1, 1), 3), (date(2099, 1, 1), 3), (DAY, 0), (DAY, 21)]
)
def test_a_calendar_that_cannot_be_made_is_refused(day: date, years: int) -> None:
    with pytest.raises(InputError) as caught:
        calendar_of([SKIEN], NONE, day, years=years)
    assert caught.value.code == "plan.calendar"


@pytest.mark.parametrize("old", ["every = 4", "lead = 6", "constituted_day = 31", 'basis = "'])
def test_settings_that_lack_something_are_refused(old: str) -> None:
    from importlib import resources

    text = (resources.files("fotfeste.plans.register") / "calendar.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(InputError):
        read_calendar_settings(text.replace(old, old.replace(" =", "x =")).encode(), "kalender.toml")
    with pytest.raises(InputError):
        read_calendar_settings(
            text.replace("constituted_day = 31", "constituted_day = 32").encode(), "kalender.toml"
        )
    with pytest.raises(InputError):
        read_calendar_settings(text.replace("every = 4", "every = 0").encode(), "kalender.toml")
