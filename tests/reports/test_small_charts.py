from fractions import Fraction
from xml.etree import ElementTree

import pytest

from fotfeste.messages import language
from fotfeste.reports import small_charts as charts
from fotfeste.reports import svg
from fotfeste.reports.drawing import NARROW_WIDTH, PAGE_WIDTH
from fotfeste.reports.typeface import text_width
from fotfeste.statistics.figure import Figure

NB = language("nb")
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Anmodet", "Vedtatt", "Bosatt")
BROWSERS_DRAW_WIDER = 1.016
"""Measured in Chromium: letters that are fitted to the screen take so much more room than the font says."""
TEXTS = {"title": "Tittel", "description": "Beskrivelse"}
KNOWN = Figure.observed(20)


def root(drawing):
    return ElementTree.fromstring(svg.check(drawing))


def texts(drawing):
    return [element.text for element in root(drawing).iter(f"{SVG}text")]


def history(*settled, status=""):
    last = len(settled) - 1
    points = [
        charts.HistoryPoint(2020 + place, KNOWN, KNOWN, figure, status if place == last else "")
        for place, figure in enumerate(settled)
    ]
    return charts.history(points, NAMES, NB, **TEXTS)


def lines(drawing):
    return [line.get("points").split() for line in root(drawing).iter(f"{SVG}polyline")]


def test_history_draws_one_line_per_series_through_all_years():
    assert [len(line) for line in lines(history(KNOWN, KNOWN, KNOWN))] == [3, 3, 3]


def test_a_year_without_a_figure_is_a_gap_and_never_zero():
    drawn = lines(history(KNOWN, KNOWN, Figure.missing(), KNOWN, KNOWN))
    assert [len(line) for line in drawn] == [5, 5, 2, 2]


HIDDEN = "skjult tall: ligger i dette området"


def test_a_suppressed_year_is_a_hatched_range_and_never_a_marker_that_reads_as_a_number():
    drawing = history(KNOWN, Figure.suppressed(), KNOWN)
    circles = [one.get("fill") for one in root(drawing).iter(f"{SVG}circle")]
    assert "#ffffff" not in circles
    assert "<pattern" in drawing
    assert HIDDEN in texts(drawing)
    assert HIDDEN not in texts(history(KNOWN, KNOWN))


def test_a_suppressed_unfinished_year_is_a_range_too():
    drawing = history(KNOWN, Figure.suppressed(), status="per 28. september")
    assert [one.get("fill") for one in root(drawing).iter(f"{SVG}circle")].count("#ffffff") == 0


def test_a_note_stands_below_the_history():
    points = [charts.HistoryPoint(2020, KNOWN, KNOWN, KNOWN)]
    assert "Ikke kjent: 2019." in texts(charts.history(points, NAMES, NB, **TEXTS, note="Ikke kjent: 2019."))


def test_a_year_that_was_not_asked_has_no_marker():
    circles = list(root(history(KNOWN, Figure.not_asked())).iter(f"{SVG}circle"))
    assert len(circles) == 2  # the legend and the known year


def test_an_unfinished_year_stands_apart_with_its_status():
    drawing = history(KNOWN, KNOWN, KNOWN, status="per 28. september")
    assert [len(line) for line in lines(drawing)] == [2, 2, 2]
    assert "per 28. september" in texts(drawing)


def test_a_history_without_figures_is_still_a_picture():
    assert "2020" in texts(history(Figure.missing()))
    assert charts.history((), NAMES, NB, **TEXTS)


def test_years_are_thinned_when_there_are_many_and_the_last_one_is_kept():
    drawn = [text for text in texts(history(*[KNOWN] * 31)) if text.startswith("20") and len(text) == 4]
    assert "2050" in drawn
    assert len(drawn) < 31


@pytest.fixture
def strip():
    row = charts.StripRow(
        "Andel",
        Figure.observed(Fraction(57, 100)),
        (Figure.observed(Fraction(6, 10)), Figure.missing()),
        True,
    )
    return charts.comparison([row], "Seljord", ["Telemark", "Landet"], NB, **TEXTS)


def test_a_comparison_shows_the_own_value_and_only_what_is_known(strip):
    assert {"57,0\u00a0%", "Seljord", "Telemark", "Andel: uten tall for Landet."} <= set(texts(strip))
    assert "Landet" not in texts(strip)
    assert len(list(root(strip).iter(f"{SVG}circle"))) == 2
    assert len(list(root(strip).iter(f"{SVG}polygon"))) == 2


def of_a_county(low, high):
    row = charts.StripRow(
        "Bosatt per 1 000", Figure.observed(18), (Figure.suppressed(Fraction(low), Fraction(high)),), places=1
    )
    return charts.comparison([row], "Seljord", ["Telemark"], NB, **TEXTS)


def test_a_county_with_hidden_parts_is_a_mark_where_both_bounds_are_written_alike():
    drawing = of_a_county("20.37", "20.42")
    assert len(list(root(drawing).iter(f"{SVG}polygon"))) == 2
    assert "<pattern" not in drawing


def test_a_county_with_hidden_parts_is_otherwise_a_range_within_the_axis():
    drawing = of_a_county("34.1", "55.3")
    assert "Telemark, skjult tall: ligger i dette området" in texts(drawing)
    assert "Telemark" not in texts(drawing)
    ranges = [one for one in root(drawing).iter(f"{SVG}rect") if one.get("height") == "10"]
    axis = max(float(one.get("x2")) for one in root(drawing).iter(f"{SVG}line"))
    assert [float(one.get("x")) + float(one.get("width")) <= axis for one in ranges] == [True]
    assert float(ranges[0].get("width")) > 100


LONG = "Tilflyttede blant flyktninger med lang botid i kommunen ved årets utgang"


@pytest.mark.parametrize("across", [NARROW_WIDTH, PAGE_WIDTH])
def test_no_text_of_a_comparison_reaches_outside_the_picture(across):
    rows = [charts.StripRow(LONG, Figure.observed(Fraction(1)), (Figure.missing(),), True, 1)]
    drawing = charts.comparison(rows, "Skien", ["Midt-Telemark"], NB, **TEXTS, across=across)
    for one in root(drawing).iter(f"{SVG}text"):
        size, weight = float(one.get("font-size", 12)), int(one.get("font-weight", 400))
        wide = text_width(one.text, size, weight) * BROWSERS_DRAW_WIDER
        start = float(one.get("x")) - wide * {"end": 1.0, "middle": 0.5}.get(one.get("text-anchor"), 0.0)
        assert start >= -0.5, one.text
        assert start + wide <= across + 0.5, one.text


def test_a_narrow_comparison_has_the_names_above_the_axes():
    row = charts.StripRow("Andel", KNOWN, (KNOWN,))
    drawing = charts.comparison([row], "Seljord", ["Telemark"], NB, **TEXTS, across=NARROW_WIDTH)
    assert root(drawing).get("viewBox").startswith(f"0 0 {NARROW_WIDTH} ")
    name = next(one for one in root(drawing).iter(f"{SVG}text") if one.text == "Andel")
    axis = min(float(one.get("y1")) for one in root(drawing).iter(f"{SVG}line"))
    assert float(name.get("y")) < axis


def test_a_hidden_own_value_shows_its_sign():
    row = charts.StripRow("Andel", Figure.suppressed(), (KNOWN,))
    assert ":" in texts(charts.comparison([row], "Seljord", ["Telemark"], NB, **TEXTS))


def test_a_comparison_of_nothing_known_is_still_a_picture():
    row = charts.StripRow("Andel", Figure.missing(), (Figure.missing(),))
    assert "." in texts(charts.comparison([row], "Seljord", ["Telemark"], NB, **TEXTS))


def test_steps_begin_where_the_last_one_ended():
    items = [
        charts.Step("Folketall", 8),
        charts.Step("Avrunding", Fraction(-1, 2)),
        charts.Step("Sum", 12, "sum"),
    ]
    drawing = charts.steps(items, NB, **TEXTS)
    assert {"+8", "−0,5", "12"} <= set(texts(drawing))
    bars = [(float(one.get("x")), float(one.get("width"))) for one in root(drawing).iter(f"{SVG}rect")]
    assert bars[0][0] + bars[0][1] == pytest.approx(bars[1][0] + bars[1][1], abs=0.2)
    assert bars[2][0] == bars[0][0]


def test_what_is_taken_is_hatched():
    assert "<pattern" in charts.steps([charts.Step("Tak", 5), charts.Step("Tak", -3)], NB, **TEXTS)
    assert "<pattern" not in charts.steps([charts.Step("Tak", 5)], NB, **TEXTS)
