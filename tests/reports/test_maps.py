import itertools
import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.regions.outlines import load_outlines
from fotfeste.reports import maps, svg
from fotfeste.reports.maps import MapValue, class_breaks, municipality_map
from fotfeste.statistics.figure import Figure

NB = language("nb")
SVG = "{http://www.w3.org/2000/svg}"
TEXTS = {"title": "Kart", "description": "Beskrivelse"}


def square(x, y, side=10_000):
    return (((x, y), (x + side, y), (x + side, y + side), (x, y + side)),)


RINGS = {f"{number}": square(10_000 * number, 0) for number in range(5)}


def drawn(*figures, **options):
    values = [MapValue(f"{place}", f"Kommune {place}", figure) for place, figure in enumerate(figures)]
    return municipality_map(RINGS, values, NB, **TEXTS, **options)


def areas(drawing):
    return [
        path
        for path in ElementTree.fromstring(svg.check(drawing)).iter(f"{SVG}path")
        if path.find(f"{SVG}title") is not None
    ]


def texts(drawing):
    return [element.text for element in ElementTree.fromstring(drawing).iter(f"{SVG}text")]


def test_every_municipality_tells_its_name_and_figure():
    found = [area.findtext(f"{SVG}title") for area in areas(drawn(Figure.observed(86), Figure.suppressed()))]
    assert found == ["Kommune 0: 86", "Kommune 1: :"]


def test_a_higher_number_is_darker():
    found = [area.get("fill") for area in areas(drawn(*[Figure.observed(n) for n in (10, 30, 60, 90, 120)]))]
    order = [maps.GRADES.index(fill) for fill in found]
    assert order == sorted(order)
    assert len(set(order)) >= 4


def test_zero_suppressed_and_missing_have_hatches_of_their_own():
    drawing = drawn(Figure.observed(0), Figure.suppressed(), Figure.missing(), Figure.observed(5))
    fills = [area.get("fill") for area in areas(drawing)]
    assert len(set(fills)) == 4
    assert all(fill.startswith("url(#") for fill in fills[:3])
    assert {"0", "skjult, lite tall", "tallet mangler"} <= set(texts(drawing))


def test_the_legend_tells_zero_and_not_asked_apart_in_words():
    assert "0 eller ikke spurt" in texts(drawn(Figure.observed(0), Figure.not_asked(), Figure.observed(5)))
    assert "ikke spurt" in texts(drawn(Figure.not_asked(), Figure.observed(5)))


def test_the_grades_fall_in_lightness_so_that_they_work_in_grey():
    grey = [sum(int(colour[place : place + 2], 16) * part for place, part in ((1, 0.3), (3, 0.59), (5, 0.11)))
            for colour in maps.GRADES]  # fmt: skip
    assert all(before - after > 15 for before, after in itertools.pairwise(grey))


def test_labels_can_be_left_out():
    assert "Kommune 0" in texts(drawn(Figure.observed(7)))
    assert "Kommune 0" not in texts(drawn(Figure.observed(7), labels=False))


def test_the_scale_bar_is_as_long_as_it_says():
    drawing = drawn(*[Figure.observed(1)] * 5, labels=False)
    length = re.findall(r'<line x1="1" y1="[\d.]+" x2="([\d.]+)"', drawing)[0]
    metres_per_unit = 50_000 / 680
    assert (float(length) - 1) * metres_per_unit == pytest.approx(10_000, rel=0.01)
    assert "10 km" in texts(drawing)


def test_a_map_of_nothing_is_refused():
    with pytest.raises(ValueError, match="municipality"):
        municipality_map(RINGS, [], NB, **TEXTS)


@given(st.lists(st.integers(1, 300), max_size=60))
def test_class_limits_rise_and_leave_no_class_empty(values):
    limits = class_breaks(values)
    assert list(limits) == sorted(set(limits))
    assert len(limits) <= 4
    ends = [Fraction(-1), *limits, Fraction(10**9)]
    if values:
        assert all(any(low <= value < high for value in values) for low, high in itertools.pairwise(ends))


def test_limits_of_small_rates_keep_their_decimals():
    assert class_breaks([Fraction(n, 10) for n in (8, 12, 19, 24, 31, 38)], 1)[0] < 2


def test_the_whole_country_is_drawn_within_the_limit():
    outlines = load_outlines().municipalities
    values = [MapValue(code, code, Figure.observed(int(code) % 90)) for code in outlines]
    drawing = municipality_map(outlines, values, NB, labels=False, **TEXTS)
    assert len(values) == 357
    assert len(areas(drawing)) == 357
    assert len(drawing.encode()) < 450_000


@pytest.mark.parametrize("county", ["03", "15", "40", "46", "55", "56"])
def test_labels_of_a_county_never_cover_each_other(county):
    outlines = {
        code: rings for code, rings in load_outlines().municipalities.items() if code.startswith(county)
    }
    values = [MapValue(code, "Kommunenavn", Figure.observed(88)) for code in outlines]
    drawing = municipality_map(outlines, values, NB, **TEXTS)
    places = [
        (float(x), float(y))
        for x, y in re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)"[^>]*>Kommunenavn', drawing)
    ]
    assert len(places) == len(values)
    wide = maps.text_width("Kommunenavn", maps.NAME_SIZE)
    for place, (x, y) in enumerate(places):
        for other_x, other_y in places[place + 1 :]:
            assert abs(x - other_x) >= wide - 0.3 or abs(y - other_y) >= 26


@pytest.mark.parametrize("county", ["34", "40"])
def test_names_stand_in_their_own_municipality_where_there_is_room(county):
    names = {one.code: one.name for one in load_regions().municipalities(2027, county)}
    outlines = {code: load_outlines().municipalities[code] for code in names}
    values = [
        MapValue(code, name, Figure.observed(10 + place)) for place, (code, name) in enumerate(names.items())
    ]
    drawing = municipality_map(outlines, values, NB, **TEXTS)
    assert len(re.findall(r'stroke-width="0.9"', drawing)) <= (1 if county == "40" else 0)
