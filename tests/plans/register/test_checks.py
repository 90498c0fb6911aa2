"""The dates of a plan held against the rules: only what a source confirms is held against anybody."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.plans.register import Plan, Status, date_faults, shipped_register
from fotfeste.plans.register.calendar import municipality_owner
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.values import StepDone

SKIEN = municipality_owner("4003", "Skien")


def plan(kind: str, *steps: StepDone, adopted: str | None = None) -> Plan:
    when = None if adopted is None else Moment.parse(adopted)
    return Plan(
        "a", SKIEN, kind, "A", Status.ADOPTED if adopted else Status.HEARING, adopted=when, steps=steps
    )


def codes(one: Plan) -> list[str]:
    return [found.code for found in date_faults(one)]


@pytest.mark.parametrize(
    ("closes", "expected"), [(date(2027, 3, 14), ["plan.hearing_short"]), (date(2027, 3, 15), [])]
)
def test_a_hearing_lasts_six_weeks_to_the_day(closes: date, expected: list[str]) -> None:
    assert codes(plan("municipal_plan_society", StepDone("hearing", date(2027, 2, 1), closes))) == expected


def test_a_short_hearing_of_a_theme_plan_breaks_no_rule() -> None:
    assert codes(plan("theme_plan", StepDone("hearing", date(2027, 2, 1), date(2027, 2, 8)))) == []


def test_a_decision_before_the_hearing_is_over_is_told() -> None:
    heard = StepDone("hearing", date(2027, 2, 1), date(2027, 4, 1))
    assert codes(plan("municipal_plan_society", heard, adopted="2027-03")) == ["plan.decided_early"]
    assert codes(plan("municipal_plan_society", heard, adopted="2027")) == []


@pytest.mark.parametrize(
    ("adopted", "expected"),
    [
        ("2024-10-31", []),
        ("2024", []),
        ("2024-11-01", ["plan.adopted_late"]),
        ("2025", ["plan.adopted_late"]),
    ],
)
def test_a_planning_strategy_comes_within_a_year_of_the_constitution(
    adopted: str, expected: list[str]
) -> None:
    assert codes(plan("municipal_planning_strategy", adopted=adopted)) == expected


def test_of_the_shipped_plans_one_strategy_came_late() -> None:
    assert [one.id for one in shipped_register().plans if date_faults(one)] == ["finnmark-planstrategi-2025"]
