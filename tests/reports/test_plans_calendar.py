"""The calendar of planning for people: alerts on working days, and a file that calendar programs take in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from fotfeste.messages import language
from fotfeste.plans.register import Plan, Register, Status
from fotfeste.plans.register.calendar import SOCIETY, What, municipality_owner
from fotfeste.plans.register.moments import Moment
from fotfeste.regions import load_regions
from fotfeste.reports.plans_calendar import calendar_of_plans, on_working_days, planning_calendar
from fotfeste.work.working_days import is_working_day

DAY = date(2026, 11, 22)
STAMP = datetime(2026, 11, 22, 12, tzinfo=UTC)
SKIEN = municipality_owner("4003", "Skien")
OWN = Register(
    (
        Plan(
            "skien-samfunnsdel", SKIEN, SOCIETY, "Ny samfunnsdel; med\nlinje", Status.PLANNED,
            expected_start=Moment.parse("2028-Q1"),
        ),
    )
)  # fmt: skip


def test_a_county_has_a_line_for_each_of_its_municipalities() -> None:
    found = planning_calendar(load_regions(), "Telemark", Register(()), DAY)
    due = [one for one in found if one.what is What.DUE and one.moment.first > DAY]
    assert len(due) == len(load_regions().municipalities(2026, "Telemark")) == 17


@given(st.dates(date(2024, 1, 1), date(2050, 1, 1)))
def test_an_alert_is_on_a_working_day_and_never_later(day: date) -> None:
    before = planning_calendar(load_regions(), "Telemark", OWN, day, municipality="Skien")
    assert all(one.alert is None or is_working_day(one.alert) for one in before if one.what is What.BEGINS)
    assert on_working_days(before) == before


def test_the_file_has_the_day_to_be_in_touch_and_no_assumed_start() -> None:
    found = planning_calendar(load_regions(), "40", OWN, DAY, municipality="Skien", years=4)
    data = calendar_of_plans("40/planer", "Planer", found, DAY, words=language("nb"), stamp=STAMP)
    events = {str(one["summary"]): one.decoded("dtstart") for one in Calendar.from_ical(data).walk("vevent")}
    assert events == {
        "Frist: ta kontakt med Skien før oppstart (Kommunal planstrategi; tidspunktet er antatt)": date(
            2027, 6, 1
        ),
        "Frist: ta kontakt med Skien før oppstart (Ny samfunnsdel; med linje)": date(2027, 7, 1),
        "Frist: Skien gjør forslaget offentlig (Kommunal planstrategi)": date(2028, 10, 1),
        "Frist: Skien vedtar (Kommunal planstrategi)": date(2028, 10, 31),
    }


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_same_day_has_the_same_uid_in_every_file(locale: str) -> None:
    found = planning_calendar(load_regions(), "40", OWN, DAY)
    words = language(locale)  # type: ignore[arg-type]
    made = [
        {str(one["uid"]) for one in Calendar.from_ical(data).walk("vevent")}
        for data in (
            calendar_of_plans("40/planer", "Planer", found, DAY, words=language("nb"), stamp=STAMP),
            calendar_of_plans("40/planer", "Planer", found, DAY, words=words, stamp=STAMP),
        )
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 17
