"""Criteria as files: what is written reads back to the same, and a new year begins with the old one's choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.settlement.criteria import Criteria
from fotfeste.settlement.criteria_file import read_criteria, read_national, shipped_criteria, shipped_national
from fotfeste.settlement.criteria_review import figures_used, holes, national_answers
from fotfeste.settlement.criteria_write import begun, criteria_as_toml, national_as_toml
from fotfeste.statistics import open_store

from .file_strategies import COUNTIES, REAL_INDICATORS, criteria_lines

NB = language("nb")
TELEMARK = COUNTIES["40"]


def back(criteria: Criteria, folder: Path, national: str = "") -> Criteria:
    file = folder / "skrevet.toml"
    file.write_text(criteria_as_toml(criteria, national), "utf-8")
    return replace(read_criteria(file), origin=criteria.origin)


@pytest.mark.parametrize("name", shipped_criteria())
def test_shipped_criteria_read_back_to_the_same(name: str, tmp_path: Path) -> None:
    criteria = read_criteria(name)
    assert back(criteria, tmp_path, criteria.national.id if criteria.national else "") == criteria


@pytest.mark.parametrize("name", shipped_national())
def test_national_criteria_read_back_to_the_same(name: str, tmp_path: Path) -> None:
    national = read_national(name)
    (tmp_path / "n.toml").write_text(national_as_toml(national, ["Et hode\nmed to linjer"]), "utf-8")
    assert read_national(tmp_path / "n.toml") == national


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_criteria_read_back_to_the_same(tmp_path: Path, data: st.DataObject) -> None:
    file = tmp_path / "egne.toml"
    file.write_text("\n".join(data.draw(criteria_lines(TELEMARK, 100, REAL_INDICATORS))), "utf-8")
    try:
        criteria = read_criteria(file)
    except InputError:
        return
    assert back(criteria, tmp_path, criteria.national.id if criteria.national else "") == criteria


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_survives(tmp_path: Path, text: str) -> None:
    criteria = replace(read_criteria("continuity"), national=None, title=text, source=text, note=text)
    assert back(criteria, tmp_path) == criteria


def test_a_number_without_an_end_is_refused_and_not_rounded() -> None:
    criteria = read_criteria("equal-burden")
    third = replace(criteria.criteria[0], weight=Fraction(1, 3))
    with pytest.raises(InputError) as caught:
        criteria_as_toml(replace(criteria, criteria=(third,)), "")
    assert caught.value.code == "criteria.number"


def test_a_new_year_begins_with_the_weights_and_rules_of_the_old() -> None:
    old = read_criteria("standard-2027")
    new = begun(old, 2028, date(2027, 10, 20), NB)
    assert (new.criteria, new.rules, new.answers) == (old.criteria, old.rules, old.answers)
    assert (new.id, new.title, new.year, new.dated) == (
        "standard-2028",
        "Standard for 2028",
        2028,
        date(2027, 10, 20),
    )
    assert begun(read_criteria("capacity"), 2028, date(2027, 10, 20), NB).id == "capacity-2028"


def test_last_years_national_criteria_never_pass_for_this_years() -> None:
    old = read_criteria("standard-2027")
    new = begun(old, 2028, date(2027, 10, 20), NB)
    assert new.national is not None
    assert old.national is not None
    assert (new.national.year, new.national.complete) == (2028, False)
    assert new.national.criteria == old.national.criteria
    assert "2026" in new.national.note
    assert {place for place, _ in holes(new)} == {"owner", "source", "national.source"}
    assert holes(old) == ()


def test_a_countys_own_name_stays_when_its_file_is_carried_on() -> None:
    own = replace(
        read_criteria("standard-2027"), origin="kriterier-2027.toml", owner="Telemark fylkeskommune"
    )
    assert begun(own, 2028, date(2027, 10, 20), NB).owner == "Telemark fylkeskommune"


def test_a_national_criterion_is_answered_by_weight_by_words_or_not_at_all() -> None:
    read = read_criteria("standard-2027")
    found = {one.national.id: one for one in national_answers(read)}
    assert [one.name for one in found["work"].by] == ["Muligheter for arbeid"]
    assert (found["secondary-moves"].by, found["secondary-moves"].silent) == ((), False)
    mute = {one.national.id: one.silent for one in national_answers(replace(read, answers=()))}
    assert mute == {"work": False, "living-conditions": False, "secondary-moves": True}
    weightless = tuple(replace(one, share=Fraction(0)) for one in read.criteria)
    assert all(one.silent for one in national_answers(replace(read, criteria=weightless, answers=())))
    assert national_answers(replace(read, national=None)) == ()


def test_missing_figures_are_told_by_municipality_and_stop_only_where_the_criteria_say_so() -> None:
    read = read_criteria("equal-burden")
    key = replace(read.criteria[0].key, indicator="need_index_2026")
    needs = replace(read, criteria=(replace(read.criteria[0], key=key),))
    used = {one.indicator: one for one in figures_used(needs, open_store(), load_regions(), "Rogaland", 2027)}
    assert used["need_index_2026"].lacking == ("Utsira",)
    assert used["need_index_2026"].stops
    assert not used["population"].lacking
    zero = replace(needs.criteria[0], key=replace(key, missing="zero"))
    lenient = figures_used(replace(needs, criteria=(zero,)), open_store(), load_regions(), "Rogaland", 2027)
    assert not any(one.stops for one in lenient)


def test_an_indicator_that_nobody_knows_is_lacking_everywhere() -> None:
    read = read_criteria("equal-burden")
    key = replace(read.criteria[0].key, indicator="ledige_boliger")
    unknown = replace(read, criteria=(replace(read.criteria[0], key=key),))
    found = figures_used(unknown, open_store(), load_regions(), "Telemark", 2027)[1]
    assert (found.period, len(found.lacking), found.stops) == ("", 17, True)
