"""Steps of the types of plans: what the act says, what is only a default, and that a broken file is refused."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import Locale, language
from fotfeste.plans.register import expected_steps, plan_type, plan_types
from fotfeste.plans.register.months import months_after
from fotfeste.plans.register.process import FILE, StepKind, read_plan_types
from fotfeste.plans.register.wording import basis_told

SIX_WEEKS = 42


@pytest.mark.parametrize(
    ("kind", "step", "shortest", "basis"),
    [
        ("regional_planning_strategy", "hearing", SIX_WEEKS, "§ 7-2"),
        ("regional_plan", "programme_hearing", SIX_WEEKS, "§ 8-3"),
        ("regional_plan", "hearing", SIX_WEEKS, "§ 8-3"),
        ("municipal_planning_strategy", "published", 30, "§ 10-1"),
        ("plan_programme", "programme_hearing", SIX_WEEKS, "§ 11-13"),
        ("municipal_plan_society", "hearing", SIX_WEEKS, "§ 11-14"),
        ("municipal_plan_society", "yearly_review", 30, "§§ 11-1 og 11-4"),
        ("municipal_plan_land", "hearing", SIX_WEEKS, "§ 11-14"),
    ],
)
def test_hearings_last_as_long_as_the_planning_and_building_act_says(
    kind: str, step: str, shortest: int, basis: str
) -> None:
    found = plan_type(kind).step(step)
    assert (found.shortest, bool(found.confirmed)) == (shortest, True)
    assert found.basis == f"plan- og bygningsloven {basis}"


@pytest.mark.parametrize("kind", ["regional_planning_strategy", "municipal_planning_strategy"])
def test_a_planning_strategy_is_due_a_year_after_the_council_is_constituted(kind: str) -> None:
    assert plan_type(kind).step("adoption").after_constitution_months == 12


def test_every_type_the_field_asks_for_is_there() -> None:
    assert {
        "regional_planning_strategy", "regional_plan", "regional_strategy", "action_programme", "municipal_planning_strategy",
        "plan_programme", "municipal_plan_society", "municipal_plan_land", "theme_plan",
    } <= plan_types().keys()  # fmt: skip


def test_a_rule_without_a_paragraph_that_nobody_confirms_is_optional_or_a_decision() -> None:
    for kind in plan_types().values():
        for step in kind.steps:
            if not step.confirmed:
                assert step.optional or step.kind is StepKind.DECISION, (kind.id, step.id)
            assert "§" in step.basis or not step.basis


def test_a_strategy_and_a_theme_plan_have_no_rules_in_the_act() -> None:
    for name in ("regional_strategy", "theme_plan", "knowledge_base"):
        assert not plan_type(name).statutory
        assert all(not step.basis for step in plan_type(name).steps)


def test_the_programme_is_heard_from_the_day_of_the_notice_for_six_weeks() -> None:
    steps = {
        one.step.id: one for one in expected_steps(plan_type("municipal_plan_society"), date(2028, 1, 15))
    }
    assert steps["notice"].usual == steps["programme_hearing"].usual == date(2028, 1, 15)
    assert steps["programme_hearing"].hearing_ends == date(2028, 2, 26)
    assert steps["adoption"].earliest == date(2028, 1, 15) + timedelta(days=2 * SIX_WEEKS)


@given(starts=st.dates(date(2000, 1, 1), date(2080, 1, 1)), name=st.sampled_from(sorted(plan_types())))
def test_steps_come_in_order_and_never_before_they_may(starts: date, name: str) -> None:
    steps = expected_steps(plan_type(name), starts)
    assert all(one.usual >= one.earliest >= starts for one in steps)
    assert [one.earliest for one in steps] == sorted(one.earliest for one in steps)
    assert [one.usual for one in steps] == sorted(one.usual for one in steps)


@given(day=st.dates(date(1970, 1, 1), date(2090, 1, 1)), months=st.integers(-120, 120))
def test_months_are_counted_on_the_calendar(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_an_unknown_type_or_step_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match="municipal_plan_society") as caught:
        plan_type("kommuneplan")
    assert caught.value.code == "plan.type"
    with pytest.raises(InputError, match="hearing"):
        plan_type("regional_plan").step("høring")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('kind = "notice"', 'kind = "varsel"', "varsel"),
        ("weeks = 6", 'weeks = "seks"', "weeks"),
        ("weeks = 6", "weeks = -6", "weeks"),
        ('confirmed = ["lk2009"]', 'confirmed = ["oppdiktet"]', "oppdiktet"),
        ('id = "hearing"', 'id = "notice"', "step"),
        ('nb = "Vedtak"', "nb = 3", "nb"),
    ],
)
def test_a_broken_file_of_rules_is_refused_with_the_place(old: str, new: str, place: str) -> None:
    text = (resources.files("fotfeste.plans.register") / FILE).read_text("utf-8")
    assert old in text
    with pytest.raises(InputError, match=place) as caught:
        read_plan_types(text.replace(old, new).encode(), "regler.toml")
    assert caught.value.code == "plan.file"


@pytest.mark.parametrize(
    "content", [b"", b"schema = 2", b"\xff\xfe", b"schema = 1\n[[type]", b"schema = true"]
)
def test_a_file_of_another_kind_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_plan_types(content, "regler.toml")


@pytest.mark.parametrize(
    ("locale", "wanted"),
    [
        ("nb", "plan- og bygningsloven § 8-3"),
        ("nn", "plan- og bygningslova § 8-3"),
        ("en", "Planning and Building Act § 8-3"),
    ],
)
def test_the_act_is_called_what_it_is_called_in_each_language(locale: Locale, wanted: str) -> None:
    words = language(locale)
    told = basis_told("plan- og bygningsloven § 8-3")
    assert (told if isinstance(told, str) else words.text(told)) == wanted
    assert basis_told("kommuneloven § 14-2") == "kommuneloven § 14-2"
