"""The deadlines of a round: defaults that everybody can see, and the county's own dates over them."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.work.deadlines import (
    FILE,
    FIRST_YEAR,
    LAST_YEAR,
    Who,
    deadlines_for,
    read_settlement_year,
    settlement_year,
)
from fotfeste.work.working_days import is_working_day

TEXT = (resources.files("fotfeste.work") / FILE).read_text("utf-8")


def test_the_deadlines_of_the_round_for_2027() -> None:
    assert [(one.id, one.who.value, one.on.isoformat()) for one in deadlines_for(2027)] == [
        ("reply", "municipality", "2026-09-15"),
        ("meetings", "county", "2026-10-15"),
        ("recommendation", "county", "2026-11-16"),
        ("council", "municipality", "2027-02-01"),
        ("status-1", "county", "2027-04-30"),
        ("tertial-1", "municipality", "2027-05-31"),
        ("lessons", "county", "2027-06-15"),
        ("status-2", "county", "2027-08-31"),
        ("tertial-2", "municipality", "2027-09-30"),
        ("status-3", "county", "2027-12-31"),
        ("tertial-3", "municipality", "2028-01-31"),
    ]


def test_the_reports_to_the_municipal_council_are_the_municipalitys_own() -> None:
    own = [one for one in deadlines_for(2027) if one.to_own_council]
    assert [one.id for one in own] == ["tertial-1", "tertial-2", "tertial-3"]
    assert all("kommunens egen rapport til kommunestyret" in str(one.name).lower() for one in own)


def test_the_dates_are_said_to_be_settings_and_not_anybodys_rule() -> None:
    settings = settlement_year()
    assert "uten ekstern kilde" in settings.source
    assert all(one.note for one in settings.deadlines)
    assert "source" in tomllib.loads(TEXT)["reminders"]


def test_the_bounds_of_meetings_and_own_dates_are_settings_with_a_visible_default() -> None:
    settings, stated = settlement_year(), tomllib.loads(TEXT)
    assert (settings.meeting.shortest, settings.meeting.usual, settings.meeting.longest) == (15, 60, 480)
    assert settings.meeting.years.of(2027) == (2025, 2029)
    assert settings.own_dates.of(2027) == (2025, 2030)
    assert all("uten ekstern kilde" in stated[one]["source"] for one in ("meeting", "own_dates"))


def test_the_counties_own_date_stands_as_it_is_also_on_a_sunday() -> None:
    found = {one.id: one for one in deadlines_for(2027, {"reply": date(2026, 11, 1)})}
    assert (found["reply"].on, found["reply"].default) == (date(2026, 11, 1), date(2026, 9, 15))
    assert found["reply"].own
    assert not found["meetings"].own
    assert list(found)[:3] == ["meetings", "reply", "recommendation"]


@given(st.integers(FIRST_YEAR, LAST_YEAR))
def test_a_default_is_a_working_day_except_where_figures_are_as_of_a_day(year: int) -> None:
    found = {one.id: one for one in deadlines_for(year)}
    asked = {one.id: one.working_day for one in settlement_year().deadlines}
    assert all(is_working_day(one.on) for name, one in found.items() if asked[name])
    assert [found[name].on for name in ("status-1", "status-2", "status-3")] == [
        date(year, 4, 30),
        date(year, 8, 31),
        date(year, 12, 31),
    ]


@given(st.integers(FIRST_YEAR, LAST_YEAR - 1))
def test_what_was_learned_is_asked_for_before_the_next_round_asks_anybody(year: int) -> None:
    this, following = ({one.id: one.on for one in deadlines_for(one)} for one in (year, year + 1))
    assert this["lessons"] < following["reply"]
    assert this["reply"] < this["meetings"] < this["recommendation"] < this["council"]


def test_a_date_for_a_deadline_that_does_not_exist_is_told() -> None:
    with pytest.raises(InputError) as caught:
        deadlines_for(2027, {"reply": date(2026, 10, 1), "repply": date(2026, 10, 1)})
    assert caught.value.code == "deadlines.unknown"
    assert [one.place for one in caught.value.problems] == ["repply"]
    assert "recommendation" in str(caught.value)


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_an_impossible_year_is_told(year: int) -> None:
    with pytest.raises(InputError, match=str(year)):
        deadlines_for(year)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("schema = 1", "schema = 2", "deadlines.schema"),
        ("schema = 1", "schema = ", "deadlines.file"),
        ("before = [14, 3]", "before = [14, 0]", "deadlines.file"),
        ("before = [14, 3]", "before = [3, 3]", "deadlines.file"),
        ("before = [14, 3]", "before = [true]", "deadlines.file"),
        ("before = [14, 3]", 'before = "14"', "deadlines.file"),
        ("forget = 30", "forget = -1", "deadlines.file"),
        ("month = 9\nday = 15", "month = 2\nday = 29", "deadlines.file"),
        ("month = 9\nday = 15", "month = 13\nday = 15", "deadlines.file"),
        ("month = 9\nday = 15", 'month = "9"\nday = 15', "deadlines.file"),
        ("working_day = true", "working_day = 1", "deadlines.file"),
        ('who = "municipality"', 'who = "everybody"', "deadlines.file"),
        ('id = "meetings"', 'id = "reply"', "deadlines.file"),
        ('nn = "Svar frå kommunen"', "", "deadlines.file"),
        ("years = [-2, 3]", "years = [1, 3]", "deadlines.file"),
        ("largest = 100000", "largest = 0", "deadlines.file"),
        ("again_after_hours = 12", "again_after_hours = 0.5", "deadlines.file"),
        ("news_for_days = 30", "news_for_days = 0", "deadlines.file"),
        ("to_own_council = true", "to_own_council = 1", "deadlines.file"),
        ("years = [-2, 3]", "years = [-2]", "deadlines.file"),
        ("years = [-2, 3]", 'years = "-2"', "deadlines.file"),
        ("longest = 480", "longest = 45", "deadlines.file"),
        ("shortest = 15", "shortest = 0", "deadlines.file"),
        ("usual = 60", "usual = 5", "deadlines.file"),
        ("[meeting]", "[meetings]", "deadlines.file"),
    ],
)
def test_a_file_with_a_fault_is_refused(before: str, after: str, code: str) -> None:
    assert before in TEXT
    with pytest.raises(InputError) as caught:
        read_settlement_year(TEXT.replace(before, after, 1), "egen.toml")
    assert caught.value.code == code
    assert caught.value.problem.place == "egen.toml"


def test_the_page_of_the_settlement_year_shows_the_dates_as_they_are(root: Path) -> None:
    words, notes = language("nb"), {one.id: one.note for one in settlement_year().deadlines}
    who = {Who.MUNICIPALITY: "kommunen", Who.COUNTY: "fylket"}
    rows = ["| Frist | Hvem | For bosetting i 2027 | Merknad |", "|---|---|---|---|"]
    rows += [
        f"| {words.text(one.name)} | {who[one.who]} | {words.date(one.on)} | {notes[one.id]} |"
        for one in deadlines_for(2027)
    ]
    table = "\n".join(rows) + "\n"
    assert table in (root / "docs" / "method" / "settlement-year.md").read_text("utf-8"), table


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_every_deadline_has_a_name_of_its_own_in_each_language(locale: str) -> None:
    words = language(locale)  # type: ignore[arg-type]
    names = [words.text(one.name) for one in deadlines_for(2027)]
    assert len(set(names)) == len(names)
    assert {one.who for one in deadlines_for(2027)} == set(Who)
