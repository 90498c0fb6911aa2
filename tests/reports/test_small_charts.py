from fractions import Fraction
from xml.etree import ElementTree

import pytest

from fotfeste.messages import language
from fotfeste.reports import small_charts as charts
from fotfeste.reports import svg
from fotfeste.statistics.figure import Figure

NB = language("nb")
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("Anmodet", "Vedtatt", "Bosatt")
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


def test_a_suppressed_year_is_an_open_marker_in_its_range():
    circles = [
        one.get("fill") for one in root(history(KNOWN, Figure.suppressed(), KNOWN)).iter(f"{SVG}circle")
    ]
    assert circles.count("#ffffff") == 1


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
    assert {"57,0\u00a0%", "Seljord", "Telemark", "Landet"} <= set(texts(strip))
    assert len(list(root(strip).iter(f"{SVG}circle"))) == 2
    assert len(list(root(strip).iter(f"{SVG}polygon"))) == 3


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
