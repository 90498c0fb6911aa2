"""Names and numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.daily import every_nth

from fotfeste.errors import InputError
from fotfeste.regions import Regions, load_regions
from fotfeste.regions.names import close_names, folded


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("Skien", 2027, "4003"),
        ("  skien ", 2027, "4003"),
        ("SKIEN KOMMUNE", 2027, "4003"),
        ("4003", 2027, "4003"),
        ("4003 Skien", 2027, "4003"),
        ("4003 - Skien", 2027, "4003"),
        ("Herøy (Nordland)", 2027, "1818"),
        ("Herøy, Møre og Romsdal", 2027, "1515"),
        ("Våler i Østfold", 2024, "3114"),
        ("Våler, Innlandet", 2024, "3419"),
        ("våler i innlandet fylke", 2024, "3419"),
        ("Våler (Viken)", 2021, "3018"),
        ("Bø i Telemark", 2019, "0821"),
        ("Bø", 2024, "1867"),
        ("Karasjok", 2024, "5610"),
        ("Kárášjohka", 2024, "5610"),
        ("karasjohka", 2024, "5610"),
        ("Kárášjohka - Karasjok", 2024, "5610"),
        ("Kárášjohka – Karasjok", 2024, "5610"),
        ("Guovdageaidnu", 2024, "5612"),
        ("Kaivuono", 2024, "5540"),
        ("Gáivuotna", 2024, "5540"),
        ("Porsanki", 2024, "5622"),
        ("Evenášši", 2024, "1853"),
        ("Stïentje", 2026, "5006"),
        ("Tromso", 2024, "5501"),
        ("Nord-Aurdal", 2024, "3451"),
        ("Nore og Uvdal", 2024, "3338"),
        ("Os", 2024, "3430"),
        ("Ås", 2024, "3218"),
        ("Hol", 2024, "3330"),
    ],
)
def test_a_name_or_number_is_found(regions: Regions, text: str, year: int, code: str) -> None:
    assert regions.municipality(text, year).code == code


@pytest.mark.parametrize(
    ("text", "year", "candidates"),
    [
        ("Herøy", 2027, {"1515", "1818"}),
        ("Våler", 2027, {"3114", "3419"}),
        ("Bø", 2019, {"0821", "1867"}),
        ("Nes", 2019, {"0236", "0616"}),
        ("Sande", 2019, {"0713", "1514"}),
        ("Os", 2019, {"0441", "1243"}),
    ],
)
def test_a_name_of_several_is_refused_with_the_candidates_and_their_counties(
    regions: Regions, text: str, year: int, candidates: set[str]
) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality(text, year)
    assert caught.value.code == "region.ambiguous"
    for code in candidates:
        one = regions.municipality(code, year)
        assert code in str(caught.value)
        assert one.county_name in str(caught.value)


def test_the_county_narrows_an_ambiguous_name(regions: Regions) -> None:
    assert regions.municipality("Våler", 2027, "Innlandet").code == "3419"
    assert regions.municipality("Våler", 2027, "31").code == "3114"


def test_a_municipality_outside_the_county_is_refused_with_where_it_lies(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality("Skien", 2027, "Agder")
    assert caught.value.code == "region.not_in_county"
    assert "Telemark (4003)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Sjien", "Skien"),
        ("Kragerö", None),
        ("Drangedahl", "Drangedal"),
        ("Porsgrun", "Porsgrunn"),
        ("Tromsöe", "Tromsø"),
    ],
)
def test_a_misspelling_is_refused_with_a_suggestion(
    regions: Regions, text: str, suggestion: str | None
) -> None:
    if suggestion is None:
        assert regions.municipality(text, 2027).name == "Kragerø"
        return
    with pytest.raises(InputError) as caught:
        regions.municipality(text, 2027)
    assert caught.value.code == "region.no_municipality"
    assert f"Mente du {suggestion}" in str(caught.value)


def test_the_suggestion_for_skien_is_skien_alone(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality("Sjien", 2027)
    assert "Mente du Skien?" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "year", "answer"),
    [
        ("3807", 2027, "4003 Skien"),
        ("0806", 2027, "4003 Skien"),
        ("4003", 2022, "3807 Skien"),
        ("5012", 2027, "5055 Heim / 5056 Hitra / 5059 Orkland"),
        ("Sauherad", 2027, "4020 Midt-Telemark"),
        ("Bø i Telemark", 2027, "4020 Midt-Telemark"),
        ("Bø (Telemark)", 2027, "4020 Midt-Telemark"),
        ("Våler i Hedmark", 2024, "3419 Våler"),
        ("Hurum", 2027, "3203 Asker"),
        ("Midt-Telemark", 2019, "0821 Bø / 0822 Sauherad"),
        ("1534", 2027, "1580 Haram"),
        ("Tysfjord", 2027, "1806 Narvik / 1875 Hamarøy"),
    ],
)
def test_what_belongs_to_another_year_is_refused_with_what_it_became(
    regions: Regions, text: str, year: int, answer: str
) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality(text, year)
    assert caught.value.code == "region.other_year"
    assert answer in str(caught.value)


def test_a_lost_leading_zero_is_recognised(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality("301", 2027)
    assert "0301 Oslo" in str(caught.value)


def test_a_number_and_a_name_that_disagree_are_refused(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality("4003 Bamble", 2027)
    assert caught.value.code == "region.number_and_name"


@pytest.mark.parametrize("text", ["", "   ", "?", "xyzzy", "99999", "Skien; DROP TABLE", "i", "()", ", "])
def test_nonsense_is_refused_in_words(regions: Regions, text: str) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality(text, 2027)
    assert caught.value.code == "region.no_municipality"


def test_a_county_is_not_a_municipality(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.municipality("Telemark", 2027)
    assert caught.value.code == "region.is_county"


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("Telemark", 2027, "40"),
        ("telemark fylkeskommune", 2027, "40"),
        ("Telemark fylke", 2019, "08"),
        ("40", 2027, "40"),
        ("Romsa", 2027, "55"),
        ("Troms", 2019, "19"),
        ("More og Romsdal", 2027, "15"),
        ("Viken", 2022, "30"),
    ],
)
def test_a_county_is_found(regions: Regions, text: str, year: int, code: str) -> None:
    assert regions.county(text, year).code == code


def test_a_county_of_another_time_is_refused_with_its_years(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.county("Viken", 2027)
    assert caught.value.code == "region.county_other_year"
    assert "2020–2023" in str(caught.value)


def test_a_misspelt_county_is_refused_with_a_suggestion(regions: Regions) -> None:
    with pytest.raises(InputError) as caught:
        regions.county("Telemrk", 2027)
    assert "Mente du Telemark?" in str(caught.value)


@pytest.mark.parametrize("year", every_nth(4, [2026, 1994, 2002, 2010, 2019, 2017, 2021, 2024]))
def test_every_municipality_answers_to_number_official_name_and_name_with_county(
    regions: Regions, year: int
) -> None:
    for one in regions.municipalities(year):
        assert regions.municipality(one.code, year) == one
        assert regions.municipality(one.official_name, year, one.county_code) == one
        assert regions.municipality(f"{one.name}, {one.county_name}", year) == one
        assert regions.municipality(f"{one.code} {one.name}", year) == one


@given(st.text(max_size=40))
def test_no_text_makes_anything_but_an_answer_or_a_refusal(text: str) -> None:
    refused: str | None = None
    try:
        answer = load_regions().municipality(text, 2027).code
    except InputError as error:
        answer, refused = "", str(error)
    assert (len(answer) == 4) != bool(refused)


def test_folding_takes_marks_from_letters_and_nothing_else() -> None:
    assert folded("Guovdageaidnu – KAUTOKEINO") == "guovdageaidnu - kautokeino"
    assert folded("Ærø Ås đŧŋ") == "aero as dtn"


def test_close_names_come_likeliest_first() -> None:
    assert close_names("Sandefjor", ["Sande", "Sandefjord", "Sandnes"])[0] == "Sandefjord"
    assert close_names("xyzzy", ["Sande"]) == []
