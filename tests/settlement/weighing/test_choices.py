"""What people choose is one value: it begins somewhere, and its text reads back to the same."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
from fotfeste.settlement.criteria_write import criteria_as_toml
from fotfeste.settlement.kept_files import checksum_of_content
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.weighing.apply_change import apply
from fotfeste.settlement.weighing.changes import AddRule, SetWeight
from fotfeste.settlement.weighing.choices import (
    CHECKSUM,
    begun,
    checksum_of,
    choices_as_text,
    choices_of_text,
    uploaded_criteria,
)

from .examples import AT, SKIEN, choices, override, ready, rule
from .strategies import versions


def test_a_weighing_begins_with_the_standard_of_the_year() -> None:
    assert choices().criteria == read_criteria("standard-2027")
    assert choices().ledger == Ledger("40", 2027)


@pytest.mark.parametrize("name", shipped_criteria())
def test_choices_by_every_shipped_file_read_back_to_the_same(name: str) -> None:
    one = choices(criteria=name)
    assert choices_of_text(choices_as_text(one), "test") == one


@given(st.data())
def test_choices_after_any_changes_read_back_to_the_same(data: st.DataObject) -> None:
    for one in data.draw(versions(choices())):
        text = choices_as_text(one)
        again = choices_of_text(text, "test")
        assert again == one
        assert choices_as_text(again) == text
        assert json.loads(text)[CHECKSUM] == checksum_of(one)


def test_a_weight_with_decimals_is_kept_exactly() -> None:
    third = apply(choices(), SetWeight("work", Fraction("32.125")), AT)
    kept = choices_of_text(choices_as_text(third), "test").criteria.criteria
    assert next(one.weight for one in kept if one.id == "work") == Fraction(257, 8)
    assert sum(one.share for one in kept) == 1


@pytest.mark.parametrize("field", ["total", "minors", "criteria", "ledger", "year", "codes"])
def test_choices_that_somebody_has_changed_in_the_file_are_refused(field: str) -> None:
    content = json.loads(choices_as_text(choices()))
    content[field] = 7 if isinstance(content[field], int) else []
    with pytest.raises(InputError) as caught:
        choices_of_text(json.dumps(content), "avveiing.json")
    assert caught.value.code == "choices.checksum"
    assert caught.value.problem.place == "avveiing.json"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "choices.unreadable"),
        ("[]", "choices.unreadable"),
        ('{"kind": "fotfeste-bundle"}', "choices.unreadable"),
        ('{"kind": "fotfeste-choices", "schema": 2}', "choices.schema"),
    ],
)
def test_what_are_no_choices_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        choices_of_text(text, "test")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("total", "minors", "place"),
    [(0, 0, "total"), (-3, 0, "total"), (10**7, 0, "total"), (20, 21, "minors"), (20, -1, "minors")],
)
def test_numbers_that_cannot_be_are_refused_where_they_stand(total: int, minors: int, place: str) -> None:
    with pytest.raises(InputError) as caught:
        begun("40", 2027, ready().codes, total, minors)
    assert caught.value.problem.place == place
    assert caught.value.problem.remedy is not None


def test_a_ledger_of_another_year_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        choices(ledger=Ledger("40", 2026))
    assert caught.value.code == "ledger.other"


def test_uploaded_criteria_are_the_same_as_those_in_the_file() -> None:
    shipped = read_criteria("capacity")
    national = shipped.national.id if shipped.national else ""
    content = criteria_as_toml(shipped, national).encode()
    uploaded = uploaded_criteria(content, "våre.toml")
    assert uploaded.origin == "våre.toml"
    assert uploaded.criteria == shipped.criteria
    assert uploaded.rules == shipped.rules
    assert uploaded.national == shipped.national


def test_an_upload_that_is_called_as_shipped_criteria_is_still_somebodys_own() -> None:
    content = criteria_as_toml(read_criteria("capacity"), "").encode()
    assert uploaded_criteria(content, "capacity").origin not in shipped_criteria()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"schema = 1", b"[[", b"schema = 99"])
def test_an_upload_that_is_no_criteria_file_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        uploaded_criteria(content, "våre.toml")
    assert "våre.toml" in str(caught.value.problem.place)


def test_an_upload_cannot_name_a_file_beside_it() -> None:
    content = criteria_as_toml(read_criteria("capacity"), "nasjonale.toml").encode()
    with pytest.raises(InputError) as caught:
        uploaded_criteria(content, "våre.toml")
    assert caught.value.code == "criteria.national"


def test_uploaded_rules_about_another_county_are_refused() -> None:
    oslo = apply(choices(), AddRule(rule(RuleKind.LOCK, SKIEN, persons=40)), AT).criteria
    with pytest.raises(InputError) as caught:
        begun("56", 2027, ready("56").codes, 160, 0, oslo)
    assert caught.value.code == "choices.municipality"


def test_the_name_of_whoever_set_a_number_is_kept() -> None:
    one = apply(choices(), override(SKIEN, 60), AT)
    assert choices_of_text(choices_as_text(one), "test").ledger.entries[0].name == "Navn Navnesen"


def test_a_ledger_that_somebody_has_changed_is_found_out_even_with_a_new_checksum() -> None:
    content = json.loads(choices_as_text(apply(choices(), override(SKIEN, 60), AT)))
    del content[CHECKSUM]
    content["ledger"]["entries"][0]["persons"] = 61
    content[CHECKSUM] = checksum_of_content(content)
    with pytest.raises(InputError) as caught:
        choices_of_text(json.dumps(content), "test")
    assert caught.value.code == "ledger.changed"
