"""Pictures of places: safe inside a page, the same to download, told apart without colour, small enough to send."""

from __future__ import annotations

import re
import struct
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.messages import Language, language
from fotfeste.reports import svg
from fotfeste.reports.profiles import Drawing, Knowledge, Shown, comparison, indicator_view, overview
from fotfeste.reports.profiles.charts import DotRow, dots
from fotfeste.reports.profiles.place_maps import MapPlace, place_map
from fotfeste.reports.typeface import text_width
from fotfeste.statistics import Figure, load_catalogue

NAMESPACE = "{http://www.w3.org/2000/svg}"
TELEMARK = ("4001", "4003", "4005", "4010", "4012")


def pictures(knowledge: Knowledge, words: Language) -> list[Drawing]:
    found: list[Drawing | None] = []
    for code in ("0", "40", "4003", "0301"):
        place = knowledge.place(code)
        whole = overview(knowledge, place, words)
        found += [one.drawing for one in (whole.settlement, whole.population) if one]
        for name in ("population_change_5y", "settled_1y", "centrality_class", "district", "refugee_share"):
            view = indicator_view(knowledge, place, name, words)
            found += [view.map, view.chart]
    found += [row.chart for row in comparison(knowledge, ["4003", "40", "0"], ["refugee_share"], words).rows]
    return [one for one in found if one is not None]


def test_every_picture_is_safe_inside_a_page_with_a_strict_policy(
    knowledge: Knowledge, words: Language
) -> None:
    drawn = pictures(knowledge, words)
    assert len(drawn) > 30
    for number, one in enumerate(drawn):
        text = one.inline(f"p{number}", lambda code: f"/kommune/{code}/")
        root = ElementTree.fromstring(text)
        for element in root.iter():
            assert element.tag.removeprefix(NAMESPACE) not in ("style", "script", "foreignObject", "image")
            assert "style" not in element.attrib
            assert not any(name.lower().startswith("on") for name in element.attrib)
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert all(name.startswith(f"p{number}-") for name in ids)
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_every_picture_has_title_description_and_text_that_stands_in_for_it(
    knowledge: Knowledge, words: Language
) -> None:
    for one in pictures(knowledge, words):
        root = ElementTree.fromstring(one.svg)
        assert root.findtext(f"{NAMESPACE}title") == one.title
        assert root.findtext(f"{NAMESPACE}desc")
        assert len(one.alternative) > len(one.title)
        assert svg.check(one.svg) == one.svg


def test_a_municipality_on_the_map_is_a_link_that_tells_its_name_and_figure(
    knowledge: Knowledge, words: Language
) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words)
    assert view.map is not None
    root = ElementTree.fromstring(view.map.inline("kart", lambda code: f"/kommune/{code}/?a=1&b=2"))
    links = {one.get("href"): one for one in root.iter(f"{NAMESPACE}a")}
    assert len(links) == 17
    assert links["/kommune/4003/?a=1&b=2"].get("aria-label") == "Skien: 6,8\u00a0%"
    assert root.get("role") == "group", "links inside an image are not reached"
    assert "focusable" not in root.attrib


def test_a_map_without_links_is_one_image(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words)
    assert view.map is not None
    for text in (view.map.inline("kart"), view.map.inline("kart", lambda _: None)):
        assert ElementTree.fromstring(text).get("role") == "img"
        assert "<a " not in text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "//evil.example/",
        "https://evil.example/",
        "kommune/4003",
        "/\\evil.example",
        "",
    ],
)
def test_a_map_leads_to_the_same_site_only(knowledge: Knowledge, words: Language, address: str) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words)
    assert view.map is not None
    with pytest.raises(ValueError, match="same site"):
        view.map.inline("kart", lambda _: address)


def test_an_address_cannot_break_out_of_its_attribute(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words)
    assert view.map is not None
    text = view.map.inline("kart", lambda code: f'/k/{code}/"><script>alert(1)</script>')
    assert "<script" not in text
    ElementTree.fromstring(text)


def test_the_place_itself_is_marked_and_drawn_last(knowledge: Knowledge, words: Language) -> None:
    skien = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words).map
    county = indicator_view(knowledge, knowledge.place("40"), "refugee_share", words).map
    assert skien is not None
    assert county is not None
    assert 'pointer-events="none"' in skien.svg
    assert 'pointer-events="none"' not in county.svg
    assert "Skien er merket med en tykk kant." in skien.alternative


def test_the_map_of_the_country_has_every_municipality_and_is_light(
    knowledge: Knowledge, words: Language
) -> None:
    for name in knowledge.indicator_ids:
        found = indicator_view(knowledge, knowledge.country, name, words).map
        if found is not None:
            assert len(set(re.findall(r'data-code="(\d+)"', found.svg))) == 357
            assert len(found.inline("kart", lambda code: f"/kommune/{code}/").encode()) < 450_000


def test_the_crowded_area_is_enlarged_and_each_municipality_is_reached_once(
    knowledge: Knowledge, words: Language
) -> None:
    found = indicator_view(knowledge, knowledge.country, "settled_1y", words).map
    assert found is not None
    root = ElementTree.fromstring(found.inline("kart", lambda code: f"/kommune/{code}/"))
    links = list(root.iter(f"{NAMESPACE}a"))
    reached = [one.get("href") for one in links if one.get("tabindex") is None]
    again = [one.get("href") for one in links if one.get("tabindex") == "-1"]
    assert len(reached) == len(set(reached)) == 357
    assert "/kommune/0301/" in again
    assert set(again) <= set(reached)
    assert all(one.get("aria-hidden") == "true" for one in links if one.get("tabindex"))


def test_a_picture_can_be_downloaded_as_png(knowledge: Knowledge, words: Language) -> None:
    view = indicator_view(knowledge, knowledge.place("4003"), "refugee_share", words)
    assert view.chart is not None
    png = view.chart.png(800)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == 800


def shown(value: Fraction | None) -> Shown:
    figure = Figure.suppressed() if value is None else Figure.observed(value)
    return Shown(figure, "vist", "sagt")


def class_fills(text: str) -> dict[str, str]:
    parts = text.split('data-code="')
    return {part[:4]: before.rsplit('fill="', 1)[1].split('"')[0] for before, part in pairwise(parts)}


def test_the_classes_of_a_change_are_as_worked_out_by_hand() -> None:
    """−2.0 and −0.1 per cent, none, 1.2 and 5.0: two classes below zero, zero itself, two above."""
    numbers = [Fraction(-20, 1000), Fraction(-1, 1000), Fraction(0), Fraction(12, 1000), Fraction(50, 1000)]
    places = [MapPlace(code, code, shown(one)) for code, one in zip(TELEMARK, numbers, strict=True)]
    indicator = load_catalogue()["population_change_5y"]
    text = place_map(places, indicator, language("nb"), marked="", title="Tittel", told="Fortalt")
    legend = re.findall(r"<text[^>]*>([^<]+)</text>", text.split(" km</text>")[1])
    assert [one.replace("\u00a0", " ") for one in legend] == [
        "−2,0 %",
        "−1,9 til −0,1 %",
        "1,2–4,9 %",
        "5,0 %",
        "0",
    ]
    assert len(set(class_fills(text).values())) == 5


def test_a_number_lies_in_the_class_that_it_is_written_as() -> None:
    """2.96 per cent is written 3,0 and so lies with 3.0, though the limit between the classes is 3.0."""
    numbers = [
        Fraction(1, 100),
        Fraction(296, 10_000),
        Fraction(3, 100),
        Fraction(31, 1000),
        Fraction(4, 100),
    ]
    places = [MapPlace(code, code, shown(one)) for code, one in zip(TELEMARK, numbers, strict=True)]
    indicator = load_catalogue()["children_share"]
    fills = class_fills(place_map(places, indicator, language("nb"), marked="", title="T", told="F"))
    assert fills["4003"] == fills["4005"]
    assert fills["4001"] != fills["4003"]


@given(
    st.lists(
        st.one_of(st.none(), st.fractions(min_value=-2, max_value=2, max_denominator=10_000)),
        min_size=5,
        max_size=5,
    ),
    st.sampled_from(["population_change_5y", "settled_minus_decided", "net_migration_2011_2025", "density"]),
)
def test_whatever_the_numbers_the_map_has_a_legend_and_higher_numbers_never_lie_in_a_lower_class(
    values: list[Fraction | None], name: str
) -> None:
    words = language("nb")
    indicator = load_catalogue()[name]
    scaled = [None if one is None else one * 100 if indicator.kind != "share" else one for one in values]
    places = [MapPlace(code, code, shown(one)) for code, one in zip(TELEMARK, scaled, strict=True)]
    text = place_map(places, indicator, words, marked="4003", title="Tittel", told="Fortalt")
    svg.check(text)
    fills = class_fills(text)
    known = sorted(
        (
            (Fraction(one.shown.figure.value), fills[one.code])
            for one in places
            if one.shown.figure.value is not None
        ),
    )
    seen: list[str] = []
    for _, fill in known:
        if not seen or seen[-1] != fill:
            assert fill not in seen, "a class is one stretch of numbers"
            seen.append(fill)
    if known and known[0][0] < Fraction(-1, 2) and known[-1][0] > Fraction(1, 2):
        assert known[0][1] != known[-1][1], "below and above zero look different"
    hidden = {fills[one.code] for one in places if one.shown.figure.value is None}
    assert len(hidden) <= 1
    assert not hidden & set(seen)


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.just(Figure.missing()),
            st.just(Figure.not_asked()),
            st.fractions(min_value=-1000, max_value=100_000),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_the_numbers_dots_stay_on_the_paper(values: list[Fraction | Figure | None]) -> None:
    indicator = load_catalogue()["settled_minus_decided"]
    rows = [
        DotRow(f"Sted {place}", Shown(one, "v", "v") if isinstance(one, Figure) else shown(one))
        for place, one in enumerate(values)
    ]
    text = dots(rows, indicator, language("nb"), names={}, title="Tittel", told="Fortalt")
    svg.check(text)
    for x in re.findall(r'<circle cx="([-\d.]+)"', text):
        assert 0 <= float(x) <= 680


def test_a_sum_with_hidden_parts_has_its_place_among_the_numbers(
    knowledge: Knowledge, words: Language
) -> None:
    chart = indicator_view(knowledge, knowledge.country, "settled_per_1000_5y", words).chart
    assert chart is not None
    told = chart.alternative
    names = ["Nordland", "Finnmark", "Møre og Romsdal", "Oslo"]
    assert sorted(names, key=told.index) == names


def test_the_years_have_room_for_the_longest_number_beside_them(
    knowledge: Knowledge, words: Language
) -> None:
    seen = overview(knowledge, knowledge.country, words)
    assert seen.settlement is not None
    ends = re.findall(
        r'<text x="([\d.]+)"[^>]*text-anchor="end"[^>]*>([^<]*)</text>', seen.settlement.drawing.svg
    )
    assert ends
    for x, text in ends:
        assert text_width(text, 11) < float(x)


def written(picture: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg.check(picture)).iter(f"{NAMESPACE}text")]


def test_a_picture_for_download_tells_title_period_source_and_program(
    knowledge: Knowledge, words: Language
) -> None:
    for drawing in pictures(knowledge, words):
        bare, alone = written(drawing.svg), written(drawing.for_file(words).svg)
        assert " ".join(alone).startswith(f"{drawing.finding} {drawing.title}".strip())
        assert re.search(r"\b(19|20)\d\d\b", f"{drawing.title} {drawing.period}"), drawing.title
        assert re.search(r"Kilde: .+?, hentet \d+\.\d+\.\d{4}\b", " ".join(alone)), drawing.title
        assert "Fotfeste" in alone
        assert ("Kommunegrenser: Kartverket (CC BY 4.0)" in alone) is ("data-code" in drawing.svg)
        assert "Fotfeste" not in bare
        assert set(bare) <= set(alone)
        assert svg.size(drawing.for_file(words).svg)[1] > svg.size(drawing.svg)[1]


def test_a_chart_for_download_explains_the_signs_that_it_writes(
    knowledge: Knowledge, words: Language
) -> None:
    picture = dots(
        [DotRow("Siljan", Shown(Figure.suppressed(), ":", "skjult")), DotRow("Skien", shown(Fraction(1, 2)))],
        load_catalogue()["refugee_share"],
        words,
        names={},
        title="Andel",
        told="",
    )
    for figures, told in (((Figure.suppressed(),), True), ((Figure.observed(3),), False)):
        drawing = Drawing(picture, "Bosatt 2025", "", shown=figures)
        assert any("«:» betyr" in one for one in written(drawing.for_file(words).svg)) is told


def on_the_map(words: Language, figure: Figure) -> str:
    numbers = [Figure.observed(Fraction(one)) for one in (10, 20, 30, 50)]
    figures = dict(zip(TELEMARK, [*numbers, figure], strict=True))
    places = [MapPlace(code, code, Shown(one, "34,1–35,3", "sagt")) for code, one in figures.items()]
    indicator = load_catalogue()["settled_per_1000_5y"]
    return place_map(places, indicator, words, marked="", title="Kart", told="")


@pytest.mark.parametrize(
    ("low", "high", "legend"),
    [("34.1", "35.3", None), ("24.1", "55.3", "delvis skjult: fra–til"), (1, 4, "skjult, lite tall")],
)
def test_a_sum_with_hidden_parts_lies_in_the_class_of_both_its_bounds_and_only_small_counts_are_hidden(
    words: Language, low: str | int, high: str | int, legend: str | None
) -> None:
    bounds = (low, high) if isinstance(low, int) else (Fraction(low), Fraction(high))
    drawn = written(on_the_map(words, Figure.suppressed(*bounds)))
    found = {one for one in drawn if "skjult" in one}
    assert found == ({legend} if legend else set())
    assert ("34,1–35,3" in drawn) is (legend != "skjult, lite tall")


def test_the_outermost_classes_reach_as_far_as_the_bounds_that_lie_in_them(words: Language) -> None:
    low, high = (Figure.suppressed(Fraction(a), Fraction(b)) for a, b in (("3.1", "4.2"), ("61.5", "63.2")))
    assert any(one.startswith("3,1–") for one in written(on_the_map(words, low)))
    assert any(one.endswith("–63,2") for one in written(on_the_map(words, high)))


def test_a_name_on_the_darkest_class_is_white_without_an_edge(words: Language) -> None:
    drawn = ElementTree.fromstring(on_the_map(words, Figure.observed(Fraction(90)))).iter(f"{NAMESPACE}text")
    names = {one.text: one.attrib for one in drawn if one.text in TELEMARK}
    assert any(one.get("fill") == "#ffffff" and "stroke" not in one for one in names.values())
    assert any("stroke" in one and "fill" not in one for one in names.values())
