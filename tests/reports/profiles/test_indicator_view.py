"""One indicator for one place: the sentence, what stands beside it, the data behind, the source."""

from __future__ import annotations

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import Language, language
from fotfeste.reports.profiles import Knowledge, indicator_values, indicator_view
from fotfeste.statistics import Figure, Mark

NBSP = "\u00a0"


def sentence(knowledge: Knowledge, code: str, indicator: str, words: Language) -> str:
    view = indicator_view(knowledge, knowledge.place(code), indicator, words, pictures=False)
    return view.sentence.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("code", "indicator", "told"),
    [
        (
            "4003",
            "working_age_share",
            (
                "Andel 20–66 år i Skien, 1.1.2026: 59,1 %. Det er høyere enn i Telemark (58,5 %) og lavere enn i Norge "
            "(60,9 %). Blant 5 lignende kommuner (Larvik, Sandefjord, Sarpsborg, Tønsberg og Ålesund) er det "
            "midterste tallet 59,6 %, det laveste 57,7 % og det høyeste 61,0 %."
            ),
        ),
        ("4003", "population", "Folketall i Skien, 1.1.2026: 56 906 personer. Telemark: 177 923, Norge: 5 627 400."),
        ("0", "population", "Folketall i Norge, 1.1.2026: 5 627 400 personer."),
        ("4010", "settled_1y", "Bosatt i 2025 i Siljan: skjult fordi tallet er lite."),
        ("4010", "requested_last", "kommunen ble ikke spurt om å bosette."),
        ("40", "settled_1y", "Bosatt i 2025 i Telemark: mellom 396 og 405 personer. Noen av tallene bak er skjult fordi de er små."),
        ("40", "settled_minus_decided", "2025: mellom −79 og −70 personer."),
        ("1151", "refugees_moved_in_share", "vises ikke, fordi tallet mangler eller bygger på færre enn 30 personer."),
        ("1151", "settled_per_1000_1y", "Tallet bygger på få personer og er usikkert."),
        ("40", "centrality_class", "Sentralitetsklasse i Telemark, 2024: ikke kjent."),
        ("4003", "district", "Distriktskommune i Skien, 2024: nei. Telemark: 53 % av kommunene"),
        ("4003", "travel_time", "11 minutter"),
        ("4003", "area", "779 km². Telemark: 15 298, Norge: 323 805."),
    ],
)  # fmt: skip
def test_the_sentence_tells_the_figure_and_what_it_stands_beside(
    knowledge: Knowledge, words: Language, code: str, indicator: str, told: str
) -> None:
    assert told in sentence(knowledge, code, indicator, words)


def test_no_comparison_is_made_where_counts_grow_with_the_place(
    knowledge: Knowledge, words: Language
) -> None:
    for name in knowledge.indicator_ids:
        if knowledge.indicator(name).kind in ("count", "difference"):
            told = sentence(knowledge, "4003", name, words)
            assert "høyere enn" not in told
            assert "lavere enn" not in told


@pytest.mark.parametrize(
    ("code", "locale"),
    [("0", "nb"), ("40", "nn"), ("03", "en"), ("0301", "nb"), ("1151", "en"), ("5610", "nn"), ("1508", "nb")],
)
def test_every_indicator_can_be_shown_for_every_kind_of_place(
    knowledge: Knowledge, code: str, locale: str
) -> None:
    place = knowledge.place(code)
    for name in knowledge.indicator_ids:
        view = indicator_view(knowledge, place, name, language(locale))  # type: ignore[arg-type]
        assert view.sentence.endswith(".")
        assert "{" not in view.sentence + view.note + view.definition
        assert view.sources
        assert view.formula
        assert len(view.data.rows) == len(view.data.links)
        assert view.data.links[0] == place.code
        assert len(set(view.data.links)) == len(view.data.links)


def test_the_data_hold_everything_in_the_map_and_the_chart(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "settled_1y", words)
    assert view.map is not None
    drawn = {part[:4] for part in view.map.svg.split('data-code="')[1:]}
    assert drawn == {one.code for one in knowledge.inside(knowledge.place("40"))}
    assert drawn | {one.code for one in knowledge.alike(view.place)} | {"40", "0"} == set(view.data.links)
    assert view.chart is not None
    for other in knowledge.alike(view.place):
        assert f">{other.name}<" in view.chart.svg


def test_the_chart_of_a_county_orders_its_municipalities(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("40"), "settled_1y", words)
    assert view.chart is not None
    places = [
        view.chart.alternative.index(f"{name}: ") for name in ("Skien", "Porsgrunn", "Notodden", "Tokke")
    ]
    assert places == sorted(places)


def test_a_figure_for_counties_only_has_no_map(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("40"), "retention_first_municipality", words)
    assert view.map is None


def test_where_a_figure_comes_from_is_told_whole(knowledge: Knowledge, words: Language) -> None:
    source = indicator_view(knowledge, knowledge.place("4003"), "population", words).sources[0]
    assert source.agency == "Statistisk sentralbyrå"
    assert "07459" in source.table
    assert source.licence
    assert source.retrieved.year >= 2025


def test_what_the_data_set_remarks_is_told(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugees", words)
    assert any("Kilden runder 1 og 2 til 0 eller 3" in one for one in view.remarks)
    assert "Tall fra 1 til 4 er skjult av hensyn til personvernet." in view.remarks


def test_an_unknown_indicator_is_refused(knowledge: Knowledge, words: Language) -> None:
    with pytest.raises(InputError):
        indicator_view(knowledge, knowledge.country, "../../etc/passwd", words)


def test_the_values_for_machines_are_exact_and_have_every_place(knowledge: Knowledge) -> None:
    rows = {row.code: row for row in indicator_values(knowledge, "population")}
    assert len(rows) == 1 + 15 + 357
    assert (rows["4003"].value, rows["4003"].mark, rows["4003"].period) == ("56906", "observed", "1.1.2026")
    shares = {row.code: row for row in indicator_values(knowledge, "population_change_5y")}
    assert shares["4003"].value == "0.031953"
    settled = {row.code: row for row in indicator_values(knowledge, "settled_1y")}
    assert (settled["4010"].value, settled["4010"].mark) == (None, "suppressed")
    assert (settled["40"].low, settled["40"].high) == ("396", "405")
    asked = {row.code: row for row in indicator_values(knowledge, "requested_last")}
    assert (asked["4010"].value, asked["4010"].mark) == (None, "not_asked")
    with pytest.raises(InputError):
        indicator_values(knowledge, "finnes_ikke")


def test_a_value_for_machines_has_a_number_exactly_when_it_is_observed(knowledge: Knowledge) -> None:
    for name in knowledge.indicator_ids:
        for row in indicator_values(knowledge, name):
            assert (row.value is None) == (row.mark != "observed")
            assert row.mark == "suppressed" or (row.low, row.high) == (None, None)


def test_what_is_hidden_for_a_small_base_keeps_no_bounds(knowledge: Knowledge) -> None:
    hidden = knowledge.figure("refugees_moved_in_share", knowledge.place("1151")).figure
    assert hidden == Figure.missing()
    assert hidden.mark is Mark.MISSING
