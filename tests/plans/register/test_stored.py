"""The register as a file: what comes with Fotfeste, what a user writes, and what is refused."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.plans.register import (
    Owner,
    Plan,
    Register,
    Status,
    dump_register,
    joined,
    load_register,
    plan_types,
    remark_text,
    shipped_register,
)
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.remarks import TEXTS
from fotfeste.plans.register.values import (
    OwnerKind,
    PlanFile,
    RegisterSource,
    Remark,
    Standing,
    StepDone,
)

DAY = date(2026, 11, 22)


def test_the_shipped_register_holds_the_42_plans_of_43_rows() -> None:
    """One plan of Innlandet is listed twice in the source."""
    register = shipped_register()
    assert len(register.plans) == 42
    twice = [plan for plan in register.plans if any(one.code == "listed_twice" for one in plan.remarks)]
    assert [plan.title for plan in twice] == ["Regional plan for det inkluderende Innlandet"]
    assert twice[0].topics == ("integration", "competence")
    assert register.source is not None
    assert "ideas2evidence" in register.source.title


def test_conflicts_of_the_source_are_kept_as_remarks() -> None:
    plans = {plan.id: plan for plan in shipped_register().plans}
    innlandet = plans["innlandet-integrerings-mangfoldsplan-2020"]
    assert Remark("year_conflict", (("adopted", "2020"), ("published", "2024"))) in innlandet.remarks
    codes = {name: {one.code for one in plan.remarks} for name, plan in plans.items()}
    assert "study_disagrees" in codes["troms-planstrategi-2024"]
    assert "draft_was_read" in codes["finnmark-planstrategi-2025"]
    assert "no_longer_valid" in codes["buskerud-naeringsplan-2020"]
    assert plans["buskerud-naeringsplan-2020"].standing(DAY) is Standing.ENDED


def test_a_plan_of_a_joint_county_is_not_given_to_the_one_it_is_listed_under() -> None:
    plan = shipped_register().plan("vestfold-og-telemark-kompetanseplan-2021")
    assert plan is not None
    assert (plan.owner.code, plan.owner.name) == ("38", "Vestfold og Telemark")
    assert Remark("listed_under", (("county", "Telemark"),)) in plan.remarks


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_remark_can_be_said(locale: str) -> None:
    words = language(locale)  # type: ignore[arg-type]
    for plan in shipped_register().plans:
        for remark in plan.remarks:
            assert "{" not in words.text(remark_text(remark))
    for code in TEXTS:
        assert words.text(TEXTS[code])
    used = {one.code for plan in shipped_register().plans for one in plan.remarks}
    assert TEXTS.keys() == used


def test_a_remark_in_ones_own_words_is_shown_as_it_is_written() -> None:
    assert remark_text(Remark("note", (("text", "Ring {Kari} i plan"),))) == "Ring {Kari} i plan"


@pytest.mark.parametrize(
    ("status", "valid_to", "standing"),
    [
        (Status.ADOPTED, 2026, Standing.IN_FORCE),
        (Status.ADOPTED, 2025, Standing.RUN_OUT),
        (Status.ADOPTED, None, Standing.IN_FORCE),
        (Status.REPEALED, 2030, Standing.ENDED),
        (Status.HEARING, 2025, Standing.HEARING),
        (Status.UNKNOWN, 2025, Standing.UNKNOWN),
    ],
)
def test_a_plan_runs_out_when_its_last_year_is_over(
    status: Status, valid_to: int | None, standing: Standing
) -> None:
    assert Plan("a", OWNER, "regional_plan", "A", status, valid_to=valid_to).standing(DAY) is standing


OWNER = Owner(OwnerKind.MUNICIPALITY, "4003", "Skien")

slugs = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
years = st.none() | st.integers(1965, 2100)
words = st.text(
    st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\x7f\x85"), min_size=1, max_size=30
)
moments = st.sampled_from(["2027", "2027-H2", "2027-Q3", "2027-02", "2028-02-29"]).map(Moment.parse)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@st.composite
def made_up_plans(draw: st.DrawFn) -> Plan:
    kind = plan_types()[draw(st.sampled_from(sorted(plan_types())))]
    first, last = sorted(draw(st.tuples(st.integers(1965, 2100), st.integers(1965, 2100))))
    steps = [
        StepDone(step.id, opens, draw(st.none() | st.dates(opens, date(2095, 1, 1))))
        for step, opens in zip(kind.steps, draw(st.lists(days, max_size=3)), strict=False)
    ]
    files = draw(st.lists(st.builds(PlanFile, words, st.just("ab" * 32), slugs), max_size=2))
    notes = draw(st.lists(st.builds(lambda text: Remark("note", (("text", text),)), words), max_size=2))
    return Plan(
        draw(slugs), OWNER, kind.id, draw(words), draw(st.sampled_from(Status)), tuple(draw(st.lists(slugs, max_size=2))),
        first, last, draw(years), draw(st.none() | moments), draw(st.none() | moments), draw(slugs | st.just("")),
        draw(st.none() | moments), draw(slugs | st.just("")), tuple(draw(st.lists(slugs, max_size=2))),
        tuple(files), tuple(steps), tuple(notes),
    )  # fmt: skip


@given(plans=st.lists(made_up_plans(), max_size=4, unique_by=lambda one: one.id), title=words)
def test_what_is_written_is_read_back(plans: list[Plan], title: str) -> None:
    source = RegisterSource(title, "", DAY)
    written = dump_register(Register(tuple(plans), source), DAY, head="Laget av en prøve.")
    read = load_register(written, "prøve")
    assert sorted(read.plans, key=lambda one: one.id) == sorted(plans, key=lambda one: one.id)
    assert read.source == source
    assert dump_register(read, DAY, head="Laget av en prøve.") == dump_register(
        load_register(written, "prøve"), DAY, head="Laget av en prøve."
    )


def test_ones_own_plan_goes_before_the_shipped_one_with_the_same_id() -> None:
    shipped = shipped_register()
    own = Register((Plan(shipped.plans[0].id, OWNER, "theme_plan", "Egen", Status.DRAFT),))
    both = joined([shipped, own])
    assert len(both.plans) == 42
    found = both.plan(shipped.plans[0].id)
    assert found is not None
    assert found.title == "Egen"


GOOD = """schema = 1
dated = 2026-11-22
[[plan]]
id = "skien-samfunnsdel"
owner = { kind = "municipality", code = "4003", name = "Skien" }
type = "municipal_plan_society"
title = "Samfunnsdelen"
status = "planned"
expected_start = "2027-Q2"
"""


def test_a_register_of_ones_own_is_short_to_write() -> None:
    (plan,) = load_register(GOOD.encode(), "mitt.toml").plans
    assert plan.expected_start is not None
    assert (plan.expected_start.first, plan.expected_start.last) == (date(2027, 4, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('id = "skien-samfunnsdel"', 'id = "../../etc"', "id"),
        ('code = "4003"', 'code = "40"', "code"),
        ('code = "4003"', 'code = "４００３"', "code"),
        ('kind = "municipality"', 'kind = "bydel"', "bydel"),
        ('type = "municipal_plan_society"', 'type = "samfunnsdel"', r"plan\[1\]"),
        ('status = "planned"', 'status = "påtenkt"', "påtenkt"),
        ('"2027-Q2"', '"2027-Q5"', "expected_start"),
        ('"2027-Q2"', '"2027-02-30"', "expected_start"),
        ('title = "Samfunnsdelen"', 'tittel = "Samfunnsdelen"', "tittel"),
        ('title = "Samfunnsdelen"', 'title = "a\\u0007b"', "title"),
        ('title = "Samfunnsdelen"', 'title = "A"\nvalid_from = 2030\nvalid_to = 2027', "valid_to"),
        ('title = "Samfunnsdelen"', 'title = "A"\nvalid_from = true', "valid_from"),
        ('"2027-Q2"', '"2027-Q2"\n[[plan.file]]\nname = "a.pdf"\nsha256 = "kort"', "sha256"),
        ('"2027-Q2"', '"2027-Q2"\n[[plan.step]]\nid = "hearing"\nopens = 2027-02-01\ncloses = 2027-01-01', "closes"),
        ('"2027-Q2"', '"2027-Q2"\n[[plan.step]]\nid = "innsigelse"\nopens = 2027-02-01', "innsigelse"),
        ('"2027-Q2"', '"2027-Q2"\n[[plan.remark]]\ncode = "ukjent"', "code"),
        ('"2027-Q2"', '"2027-Q2"\n[[plan.remark]]\ncode = "made_by"', "who"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_register_is_told_with_its_place(old: str, new: str, place: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError, match=place) as caught:
        load_register(GOOD.replace(old, new).encode(), "mitt.toml")
    assert caught.value.code == "plan.register"


def test_every_plan_that_is_wrong_is_told_not_the_first() -> None:
    entry = GOOD.partition("[[plan]]")[2]
    both = (
        GOOD.replace("planned", "a") + "[[plan]]" + entry.replace("planned", "b").replace("skien-", "skiens-")
    )
    with pytest.raises(InputError) as caught:
        load_register(both.encode(), "mitt.toml")
    assert len(caught.value.problems) == 2


def test_the_same_id_twice_is_refused() -> None:
    with pytest.raises(InputError, match="id"):
        load_register((GOOD + "[[plan]]" + GOOD.partition("[[plan]]")[2]).encode(), "mitt.toml")


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        load_register(content, "noe")
