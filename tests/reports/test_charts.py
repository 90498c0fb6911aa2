import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from fotfeste.messages import language
from fotfeste.reports import charts, svg
from fotfeste.statistics.figure import Figure

NB = language("nb")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>x</script> & \" '\x00"
MEAN = Figure.observed(4)
TEXTS = {"title": "Tittel", "description": "Beskrivelse"}


def texts(drawing):
    return [element.text for element in ElementTree.fromstring(svg.check(drawing)).iter(f"{SVG}text")]


def stacked(*rows):
    return charts.persons_by_criterion(rows, ["Folketall", "Arbeid"], "Anbefalt", NB, **TEXTS)


def test_a_stacked_bar_names_its_parts_and_carries_the_final_number():
    drawn = texts(stacked(charts.StackedRow("Skien", (Fraction(251, 10), 30), 1055)))
    assert {"Folketall", "Arbeid", "Anbefalt", "Skien", "1\u00a0055"} <= set(drawn)


def test_the_lengths_of_stacked_parts_follow_the_persons():
    drawing = stacked(charts.StackedRow("a", (10, 30), 40))
    widths = [
        float(one) for one in re.findall(r'<rect x="[^"]+" y="[^"]+" width="([\d.]+)" height="14"', drawing)
    ]
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)


def test_parts_below_zero_stand_to_the_left_of_zero():
    drawing = stacked(charts.StackedRow("a", (20, -10), 10))
    (zero,) = re.findall(r'<text x="([\d.]+)"[^>]*>0</text>', drawing)
    bars = re.findall(r'<rect x="([\d.]+)" y="[^"]+" width="([\d.]+)" height="14"', drawing)
    assert float(bars[0][0]) == pytest.approx(float(zero), abs=0.2)
    assert float(bars[1][0]) + float(bars[1][1]) == pytest.approx(float(zero), abs=0.2)


def test_every_series_has_a_hatch_or_a_tone_of_its_own():
    names = [f"Kriterium {number}" for number in range(8)]
    row = charts.StackedRow("a", tuple(range(1, 9)), 36)
    drawing = charts.persons_by_criterion([row], names, "Anbefalt", NB, **TEXTS)
    fills = re.findall(r'<rect x="[^"]+" y="[^"]+" width="[^"]+" height="14" fill="([^"]+)"', drawing)
    assert len(set(fills)) == 8
    assert drawing.count("<pattern") == 7


def dots(*others):
    row = charts.ComparedRow("Skien", 86, others)
    return charts.compared_with_last_year(
        [row], "Anbefalt 2027", ["Anmodet", "Vedtatt", "Bosatt"][: len(others)], NB, **TEXTS
    )


def test_each_figure_of_last_year_has_its_own_shape():
    drawing = dots(Figure.observed(80), Figure.observed(81), Figure.observed(60))
    assert drawing.count("<polygon") == 6
    assert texts(drawing).count("86") == 1


def test_missing_and_not_asked_figures_are_not_drawn():
    assert dots(Figure.missing(), Figure.not_asked(), Figure.missing()).count("<polygon") == 3


def test_a_suppressed_figure_is_drawn_as_its_range_and_explained():
    drawing = dots(Figure.suppressed())
    assert any("skjult" in text for text in texts(drawing))
    assert drawing.count("url(#") == 2
    assert "skjult" not in dots(Figure.missing())


def bars(*figures, mean=MEAN):
    rows = [charts.FigureRow(f"K{place}", figure, place == 0) for place, figure in enumerate(figures)]
    return charts.per_thousand(rows, mean, "Telemark", NB, **TEXTS)


def test_bars_show_their_values_and_the_mean_of_the_county():
    drawn = texts(bars(Figure.observed(Fraction(5, 2)), Figure.observed(3, estimated=True)))
    assert {"2,5", "3,0*", "Telemark 4,0"} <= set(drawn)


def test_a_bar_without_a_number_shows_its_sign():
    drawn = texts(
        bars(Figure.missing(), Figure.suppressed(Fraction(1, 5), Fraction(4, 5)), Figure.not_asked())
    )
    assert {".", ":", "–"} <= set(drawn)


def test_without_a_known_mean_no_line_is_drawn():
    drawing = bars(Figure.observed(1), mean=Figure.missing())
    assert "stroke-dasharray" not in drawing


def test_a_chart_without_any_known_figure_is_still_a_chart():
    assert "K0" in texts(bars(Figure.missing(), mean=Figure.missing()))


def test_intervals_show_low_and_high():
    rows = [charts.IntervalRow("Skien", 80, 92, 86), charts.IntervalRow("Tinn", 10, 10, 10)]
    drawn = texts(charts.intervals(rows, NB, **TEXTS))
    assert {"80–92", "10"} <= set(drawn)


@pytest.mark.parametrize("count", [1, 17, 46, 357])
def test_the_picture_is_as_tall_as_its_rows(count):
    rows = [charts.IntervalRow(f"K{number}", 0, 1, 1) for number in range(count)]
    assert svg.size(charts.intervals(rows, NB, **TEXTS))[1] == pytest.approx(count * charts.ROW + 30)


def test_hostile_names_stay_text():
    drawing = charts.persons_by_criterion(
        [charts.StackedRow(HOSTILE, (1,), 1)], [HOSTILE], HOSTILE, NB, title=HOSTILE, description=HOSTILE
    )
    root = ElementTree.fromstring(svg.check(drawing))
    assert root.findtext(f"{SVG}title") == HOSTILE.replace("\x00", "")


def test_names_that_are_too_long_are_cut_with_an_ellipsis():
    rows = [charts.IntervalRow("Guovdageaidnu – Kautokeino og enda mye mer", 0, 1, 1)]
    assert any(text.endswith("…") for text in texts(charts.intervals(rows, NB, **TEXTS)))


def test_english_readers_get_english_numbers():
    drawn = texts(
        charts.per_thousand(
            [charts.FigureRow("a", Figure.observed(2))], Figure.missing(), "", language("en"), **TEXTS
        )
    )
    assert "2.0" in drawn


def spread(row, series=None):
    names = series or {0: "Andre kriterier", 1: "Uten regler", 2: "Metode", 3: "Som før"}
    return charts.spread([row], "Anbefalt", names, NB, **TEXTS)


def test_a_spread_names_the_ends_and_says_the_lowest_and_the_highest():
    drawn = texts(spread(charts.SpreadRow("Skien", 50, ((0, 20), (0, 90), (3, 60)), "B", "CD")))
    assert {"Skien", "B", "CD", "20–90", "Anbefalt", "Uten regler"} <= set(drawn)


def test_alternatives_with_the_chosen_number_are_not_drawn_over_it():
    apart = spread(charts.SpreadRow("a", 50, ((1, 20), (2, 90)), "B", "C"), {0: "x"})
    same = spread(charts.SpreadRow("a", 50, ((1, 50), (2, 50)), "A", "A"), {0: "x"})
    assert apart.count("<polygon") == 2
    assert same.count("<polygon") == 0
    assert "50" in texts(same)


def test_kinds_of_alternatives_differ_in_shape_and_not_in_colour_alone():
    drawing = spread(charts.SpreadRow("a", 50, ((0, 10), (1, 20), (2, 30), (3, 40)), "B", "A"))
    legend = re.findall(r"<(circle|polygon)[^>]*(?:cy|points)=\"([^\"]+)\"", drawing)
    corners = {len(points.split()) for shape, points in legend if shape == "polygon"}
    assert corners == {3, 4}
    assert drawing.count("<circle") == 4


def test_names_in_a_spread_cannot_break_the_picture():
    svg.check(spread(charts.SpreadRow(HOSTILE, 1, ((0, 2),), HOSTILE, HOSTILE)))
