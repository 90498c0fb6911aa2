"""A place at a glance: the opening sentence, key figures, every indicator, settlement and people by year."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.daily import every_nth

from fotfeste.messages import Language, language
from fotfeste.reports.profiles import Knowledge, indicator_view, overview
from fotfeste.reports.profiles.overviews import shown_in
from fotfeste.reports.profiles.shown import period_beside, shown_name

NBSP = "\u00a0"


def sentence(knowledge: Knowledge, code: str, words: Language) -> str:
    return overview(knowledge, knowledge.place(code), words).sentence.replace(NBSP, " ")


def test_the_sentence_about_a_municipality_tells_people_change_settled_and_refugees(
    knowledge: Knowledge, words: Language
) -> None:
    assert sentence(knowledge, "4003", words) == (
        "Skien har 56 906 innbyggere, 3,2 % flere enn for fem år siden. I 2025 ble 65 flyktninger bosatt her. "
        "I 2026 er kommunen bedt om å bosette 91, den har vedtatt 46, og 41 er bosatt hittil. "
        "I begynnelsen av 2021 var 6,8 % av innbyggerne flyktninger eller i familie med flyktninger."
    )


def test_the_sentence_about_a_county_counts_its_municipalities_and_keeps_hidden_numbers(
    knowledge: Knowledge, words: Language
) -> None:
    told = sentence(knowledge, "40", words)
    assert told.startswith("Telemark har 177 923 innbyggere i 17 kommuner, 2,5 % flere enn for fem år siden.")
    assert "I 2025 ble mellom 396 og 405 flyktninger bosatt her." in told


def test_the_sentence_about_the_country_counts_municipalities_and_counties(
    knowledge: Knowledge, words: Language
) -> None:
    assert sentence(knowledge, "0", words).startswith(
        "Norge har 5 627 400 innbyggere i 357 kommuner og 15 fylker, 4,4 % flere enn for fem år siden."
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("4010", "I 2025 ble færre enn 5 flyktninger bosatt her."),
        (
            "5618",
            "Måsøy har 1 089 innbyggere, 9,0 % færre enn for fem år siden. I 2025 ble ingen flyktninger bosatt her.",
        ),
        ("1151", "var mellom 0,5 og 2,1 % av innbyggerne flyktninger"),
    ],
)
def test_the_sentence_says_none_few_and_fewer_in_words(
    knowledge: Knowledge, words: Language, code: str, told: str
) -> None:
    assert told in sentence(knowledge, code, words)


def test_oslo_is_not_told_to_have_one_municipality(knowledge: Knowledge, words: Language) -> None:
    assert "kommune" not in sentence(knowledge, "03", words)
    assert sentence(knowledge, "03", words) == sentence(knowledge, "0301", words)


@pytest.mark.parametrize("first", every_nth(6, range(6)))
def test_every_place_has_a_whole_sentence(knowledge: Knowledge, words: Language, first: int) -> None:
    for place in list(knowledge.places.values())[first::6]:
        told = overview(knowledge, place, words).sentence
        assert told.startswith(f"{place.name} har ")
        assert told.endswith(".")
        assert "{" not in told
        assert "None" not in told


def test_every_indicator_stands_in_the_overview_once_beside_county_country_and_those_alike(
    knowledge: Knowledge, words: Language
) -> None:
    rows = [row for theme in overview(knowledge, knowledge.place("4003"), words).themes for row in theme.rows]
    assert [row.indicator for row in rows] == list(knowledge.indicator_ids)
    share = next(row for row in rows if row.indicator == "working_age_share")
    assert share.county is not None
    assert share.country is not None
    assert share.alike is not None
    assert [one.text.replace(NBSP, " ") for one in (share.own, share.county, share.country)] == [
        "59,1 %", "58,5 %", "60,9 %",
    ]  # fmt: skip
    assert share.alike.known == 5
    low, middle, high = (one.figure.value for one in (share.alike.low, share.alike.median, share.alike.high))
    assert low is not None
    assert middle is not None
    assert high is not None
    assert low <= middle <= high


def test_a_county_is_beside_the_country_and_the_country_beside_none(
    knowledge: Knowledge, words: Language
) -> None:
    county = overview(knowledge, knowledge.place("40"), words).themes[0].rows[0]
    country = overview(knowledge, knowledge.country, words).themes[0].rows[0]
    assert county.county is None
    assert county.country is not None
    assert (country.county, country.country, country.alike) == (None, None, None)


def test_a_county_lists_its_municipalities_and_the_country_its_counties(
    knowledge: Knowledge, words: Language
) -> None:
    county = overview(knowledge, knowledge.place("40"), words)
    assert len(county.places) == 17
    skien = next(row for row in county.places if row.place.name == "Skien")
    assert skien.population.figure.value == 56_906
    assert skien.settled.text == "65"
    assert county.settled_period == "2025"
    assert len(overview(knowledge, knowledge.country, words).places) == 15
    assert overview(knowledge, knowledge.place("4003"), words).places == ()


def test_the_years_of_settlement_are_told_in_words_and_as_data(knowledge: Knowledge, words: Language) -> None:
    found = overview(knowledge, knowledge.place("4003"), words).settlement
    assert found is not None
    assert "2025: anmodet 65, vedtatt 80, bosatt 65." in found.drawing.alternative
    assert "2026 (per 28.9.2026)" in found.drawing.alternative
    last = found.data.rows[-1]
    assert (last[0], *last[-2:]) == ("2026", "per 28.9.2026", "2026-09-28")
    keys = [one.key for one in found.data.columns]
    assert keys == ["year", "requested", "decided", "settled", "status", "status_date"]


def test_the_people_by_year_end_with_the_newest(knowledge: Knowledge, words: Language) -> None:
    found = overview(knowledge, knowledge.place("4003"), words).population
    assert found is not None
    assert "2026" in found.drawing.title
    year, people = found.data.rows[-1]
    assert year == "2026"
    assert getattr(people, "value", None) == 56_906


def test_the_mark_of_uncertain_figures_is_explained_where_it_is_used(
    knowledge: Knowledge, words: Language
) -> None:
    for code in ("1151", "4010", "40", "0"):
        found = overview(knowledge, knowledge.place(code), words)
        every = [one for theme in found.themes for row in theme.rows for one in shown_in(row)]
        assert ("Usikkert: få personer" in found.note) == any(one.few for one in every)


def test_a_rate_on_few_people_is_marked_and_a_count_is_not(knowledge: Knowledge) -> None:
    utsira = knowledge.place("1151")
    assert knowledge.figure("children_share", utsira).few, "219 people are fewer than 300"
    assert not knowledge.figure("population", utsira).few
    assert not knowledge.figure("children_share", knowledge.place("4003")).few
    assert not knowledge.figure("settled_per_1000_1y", knowledge.place("5618")).few, "none is certain"
    assert knowledge.figure("settled_per_1000_1y", utsira).few


def test_the_data_of_the_overview_have_a_row_for_each_indicator_and_place(
    knowledge: Knowledge, words: Language
) -> None:
    data = overview(knowledge, knowledge.place("4003"), words).data
    assert len(data.rows) == len(data.links) == len(knowledge.indicator_ids) * (1 + 1 + 1 + 5)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_names_and_numbers_follow_the_reader(knowledge: Knowledge, locale: str) -> None:
    found = overview(knowledge, knowledge.place("4003"), language(locale))  # type: ignore[arg-type]
    names = {"nb": "Andel 20–66 år", "nn": "Del 20–66 år", "en": "Share aged 20–66"}
    rows = {row.indicator: row for theme in found.themes for row in theme.rows}
    assert rows["working_age_share"].name == names[locale]
    assert rows["working_age_share"].own.text == {"en": "59.1%"}.get(locale, f"59,1{NBSP}%")


def test_a_sum_with_hidden_parts_is_a_line_when_the_picture_cannot_show_its_bounds(
    knowledge: Knowledge, words: Language
) -> None:
    """12 574 to 12 607 settled in the country is one point on an axis to 40 000; one to four in Siljan is a range."""
    country = overview(knowledge, knowledge.country, words).settlement
    siljan = overview(knowledge, knowledge.place("4010"), words).settlement
    assert country is not None
    assert siljan is not None
    hollow = 'stroke="#083f75" stroke-width="1.8"'
    assert country.drawing.svg.count(hollow) == 1, "the unfinished year alone"
    assert siljan.drawing.svg.count(hollow) == 1, "a marker would read as a number"
    assert siljan.drawing.svg.count('stroke="#083f75" stroke-width="1.2"') == 1
    assert "bosatt 12\u00a0574 til 12\u00a0607" in country.drawing.alternative
    settled = next(row for row in country.data.rows if row[0] == "2025")[3]
    assert getattr(settled, "value", 0) is None


def test_oslo_is_no_map_of_one_municipality(knowledge: Knowledge, words: Language) -> None:
    for code in ("03", "0301"):
        assert indicator_view(knowledge, knowledge.place(code), "population", words).map is None


@pytest.mark.parametrize(
    ("indicator", "name"),
    [
        ("requested_last", "Anmodet i 2026"),
        ("decided_last", "Vedtatt i 2026"),
        ("settled_last", "Bosatt hittil i 2026"),
        ("settled_1y", "Bosatt i 2025"),
        ("settled_3y", "Bosatt 2023–2025"),
        ("settled_per_1000_1y", "Bosatt per 1\u00a0000 innbyggere i 2025"),
        ("settled_per_1000_5y", "Bosatt per 1\u00a0000 innbyggere 2021–2025"),
        ("population", "Folketall"),
    ],
)
def test_a_name_tells_the_year_that_the_figure_is_of(
    knowledge: Knowledge, words: Language, indicator: str, name: str
) -> None:
    assert shown_name(knowledge.indicator(indicator), knowledge, words) == name


def test_a_finished_year_is_not_called_so_far(knowledge: Knowledge, words: Language) -> None:
    over = replace(knowledge, _periods={"settled_last": "2026"})
    assert shown_name(knowledge.indicator("settled_last"), over, words) == "Bosatt i 2026"


@pytest.mark.parametrize(
    ("name", "period", "left"),
    [
        ("Anmodet i 2026", "2026 (28.9.2026)", "28.9.2026"),
        ("Bosatt 2023–2025", "2023–2025", ""),
        ("Vedtak minus anmodning", "2025", "2025"),
        ("Settled per 1,000 inhabitants", "1 Jan 2021–1 Jan 2026", "1 Jan 2021–1 Jan 2026"),
        ("Folketall", "", ""),
    ],
)
def test_a_period_is_not_told_twice(name: str, period: str, left: str) -> None:
    assert period_beside(name, period) == left


def test_the_key_figures_tell_what_a_municipality_is_asked_for_this_year(
    knowledge: Knowledge, words: Language
) -> None:
    found = {
        one.label: one.value.text for one in overview(knowledge, knowledge.place("4003"), words).key_figures
    }
    assert [found[name] for name in ("Anmodet i 2026", "Vedtatt i 2026", "Bosatt hittil i 2026")] == [
        "91",
        "46",
        "41",
    ]
    assert "Sentralitetsklasse" not in found
    silent = overview(knowledge, knowledge.place("4010"), words)
    assert {one.label: one.value.said for one in silent.key_figures}["Anmodet i 2026"] == "ikke spurt"
    assert "bedt om" not in silent.sentence


def test_years_that_are_not_known_are_told_beside_the_picture(knowledge: Knowledge, words: Language) -> None:
    country = overview(knowledge, knowledge.country, words).settlement
    assert country is not None
    told = "Ikke kjent for alle kommuner: 2016–2020; vedtatt 2015, 2023–2026."
    assert country.drawing.alternative.endswith(told)
    assert told in country.drawing.svg.partition("</desc>")[2]
    seljord = overview(knowledge, knowledge.place("4020"), words).settlement
    assert seljord is not None
    assert "for alle kommuner" not in seljord.drawing.svg
