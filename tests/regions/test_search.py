"""Places found as people type them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.regions import load_regions
from fotfeste.regions.names import norwegian_order
from fotfeste.regions.search import SearchIndex, build_index, key_of, slips_between

REGIONS = load_regions()
INDEX = build_index(REGIONS, 2026)
MUNICIPALITIES = REGIONS.municipalities(2026)


def codes(text: str, limit: int = 8) -> list[str]:
    return [one.code for one in INDEX.find(text, limit)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Skien", "4003"),
        ("skien kommune", "4003"),
        ("  SKIEN ", "4003"),
        ("Ålesund", "1508"),
        ("Alesund", "1508"),
        ("Aalesund", "1508"),
        ("tromso", "5501"),
        ("Tromsoe", "5501"),
        ("faerder", "3911"),
        ("Kárášjohka", "5610"),
        ("karasjohka", "5610"),
        ("Porsanki", "5622"),
        ("Nord Aurdal", "3451"),
        ("Våler, Østfold", "3114"),
        ("Herøy (Nordland)", "1818"),
        ("herøy møre", "1515"),
        ("Telemark", "40"),
        ("telemark fylkeskommune", "40"),
        ("Trondelag", "50"),
        ("Norge", "0"),
        ("noreg", "0"),
        ("0", "0"),
        ("40", "40"),
        ("4003", "4003"),
        ("301", "0301"),
        ("midt telem", "4020"),
        ("hele landet", "0"),
    ],
)
def test_the_place_that_is_meant_comes_first(text: str, code: str) -> None:
    assert codes(text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("skein", "4003"),
        ("Sjien", "4003"),
        ("kristiansnad", "4204"),
        ("Levangr", "5037"),
        ("Finmark", "56"),
        ("porsangerr", "5622"),
        ("lilehammer", "3405"),
        ("Fredrikstdad", "3107"),
        ("trondhiem", "5001"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(text: str, code: str) -> None:
    assert code in codes(text)[:2]


@pytest.mark.parametrize(
    ("text", "code", "former", "name"),
    [
        ("0806", "4003", "0806", "Skien"),
        ("3807", "4003", "3807", "Skien"),
        ("Sauherad", "4020", "0822", "Sauherad"),
        ("Bø i Telemark", "4020", "0821", "Bø"),
        ("Oppland", "34", "05", "Oppland"),
        ("Viken", "32", "30", "Viken"),
        ("Tysfjord", "1806", "1850", "Tysfjord"),
    ],
)
def test_an_old_name_or_number_leads_to_the_place_of_today(
    text: str, code: str, former: str, name: str
) -> None:
    first = INDEX.find(text)[0]
    assert (first.code, first.former_code, first.former_name) == (code, former, name)


def test_what_became_several_leads_to_all_of_them() -> None:
    assert INDEX.became("1850") == ("1806", "1875")
    assert set(INDEX.became("30")) == {"31", "32", "33"}
    assert INDEX.became("4003") == INDEX.became("") == INDEX.became("tull") == ()


def test_two_of_the_same_name_are_both_found_the_larger_first() -> None:
    assert codes("Herøy")[:2] == ["1515", "1818"]
    assert set(codes("Våler")[:2]) == {"3114", "3419"}


def test_the_county_comes_before_the_municipality_of_the_same_name() -> None:
    assert codes("Oslo") == ["03", "0301"]


def test_the_first_letters_come_before_letters_inside() -> None:
    found = codes("nes", 30)
    names = [next(one.name for one in MUNICIPALITIES if one.code == code) for code in found]
    assert names[0] == "Nes"
    starts = [name.lower().startswith("nes") for name in names]
    assert starts == sorted(starts, reverse=True)


@pytest.mark.parametrize("one", MUNICIPALITIES, ids=lambda one: one.code)
def test_every_municipality_is_found_by_its_names_and_number(one: object) -> None:
    code, name = one.code, one.name  # type: ignore[attr-defined]
    assert codes(code) == [code]
    assert code in codes(name)[:2]
    assert code in codes(f"{name}, {one.county_name}")[:1]  # type: ignore[attr-defined]


def test_every_county_is_found_first_by_its_name() -> None:
    for county in REGIONS.counties(2026):
        assert codes(county.name)[0] == county.code


@pytest.mark.parametrize(
    "text", ["", "   ", "-", "%_", "?!", "\x00", "🙂", "kommune i", "xqzzy", "x" * 10_000]
)
def test_nothing_is_found_where_there_is_nothing(text: str) -> None:
    assert INDEX.find(text) == ()


@given(st.text(max_size=40), st.integers(min_value=-2, max_value=12))
def test_whatever_is_typed_no_place_comes_twice_and_never_more_than_asked(text: str, limit: int) -> None:
    found = codes(text, limit)
    assert len(found) == len(set(found)) <= max(limit, 0)
    assert all(code == "0" or len(code) in (2, 4) for code in found)


@given(st.text("abcø", max_size=7), st.text("abcø", max_size=7))
def test_slips_are_counted_the_same_both_ways(one: str, other: str) -> None:
    assert slips_between(one, other, 7) == slips_between(other, one, 7)
    assert (slips_between(one, other, 7) == 0) == (one == other)
    assert slips_between(one, other, 1) == min(slips_between(one, other, 7), 2)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("skien", "skein", 1), ("skien", "sken", 1), ("abc", "abc", 0), ("", "ab", 2), ("ca", "abc", 3)],
)
def test_slips_are_those_of_the_literature(one: str, other: str, slips: int) -> None:
    """Optimal string alignment: «ca» to «abc» is three, since no part is changed twice."""
    assert slips_between(one, other, 9) == slips


def test_letters_are_compared_as_they_are_typed_on_any_keyboard() -> None:
    assert key_of("Ålesund") == key_of("AALESUND") == key_of("alesund") == "alesund"
    assert key_of("Møre og Romsdal fylke") == key_of("Moere og Romsdal") == "more og romsdal"


def quickest(find: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.process_time()
        find()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize(
    "text", ["s", "sk", "skein", "kristiansnad", "nordre trøndelagg", "x" * 80, "e" * 80]
)
def test_an_answer_comes_while_people_type(text: str) -> None:
    """Under 5 ms of work; the test leaves room for a slow machine."""
    assert quickest(lambda: INDEX.find(text)) < 0.015


def test_the_index_can_be_built_for_another_year() -> None:
    earlier: SearchIndex = build_index(REGIONS, 2026)
    assert earlier.find("Skien") == INDEX.find("Skien")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4003 Skien", ["4003"]),
        ("Skien (4003)", ["4003"]),
        ("0806 skien", ["4003"]),
        ("40 Telemark", ["40"]),
        ("4003 Porsgrunn", ["4003", "4001"]),
    ],
)
def test_a_number_beside_a_name_is_understood_as_lists_write_it(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_names_are_sorted_as_norwegians_look_them_up() -> None:
    wanted = ["Bamble", "Bømlo", "Gáivuotna", "Vinje", "Ærø", "Østre Toten", "Ås"]
    mixed = wanted[::-1]
    assert sorted(mixed, key=norwegian_order) == wanted
