"""How commands print: columns that line up, CSV and JSON for programs."""

from __future__ import annotations

import json
from datetime import date

from fotfeste.cli.output import LINE, as_csv, as_json, as_table, in_lines, sources_in_words
from fotfeste.messages import language
from fotfeste.statistics.sources import Source


def test_words_stand_to_the_left_and_numbers_with_their_marks_to_the_right() -> None:
    table = as_table(
        ["Kommune", "Antall"], [["Skien", "1\u00a0200"], ["Vinje", ":"], ["Sum", "\u22123,5"], ["x", None]]
    )
    assert table.splitlines() == [
        "Kommune  Antall",
        "-------  ------",
        "Skien     1\u00a0200",
        "Vinje         :",
        "Sum        \u22123,5",
        "x",
    ]


def test_spans_and_estimates_stand_with_the_numbers() -> None:
    shown = ["222–231", "\u22121 … 3", "4,4\u00a0%*", "1,0\u00a0%–1,4\u00a0%"]
    lines = as_table(["Tall"], [[one] for one in shown]).splitlines()[2:]
    assert [line.strip() for line in lines] == shown
    assert len({len(line) for line in lines}) == 1


def test_numbers_in_english_stand_to_the_right_as_well() -> None:
    shown = ["1,200", "3.5", "12,345.6*", "\u22121.25", "0.65", "4.4%"]
    lines = as_table(["Number"], [[one] for one in shown]).splitlines()[2:]
    assert [line.strip() for line in lines] == shown
    assert len({len(line) for line in lines}) == 1


def test_a_column_with_words_in_it_stands_to_the_left() -> None:
    assert as_table(["a"], [["12"], ["ukjent"]]).splitlines()[2] == "12"


def test_an_empty_table_has_its_headings() -> None:
    assert as_table(["Kommune", "Antall"], []) == "Kommune  Antall\n-------  ------"


def test_long_words_are_broken_and_the_numbers_stay_on_the_first_line() -> None:
    table = as_table(["Fakta", "Tall"], [["Bosatt per tusen innbyggere", "1,5"]], widest=12)
    assert table.splitlines()[2:] == ["Bosatt per     1,5", "  tusen", "  innbyggere"]


def test_csv_leaves_the_unknown_empty_and_quotes_what_needs_it() -> None:
    assert as_csv(["a", "b"], [[1, None], ["x,y", 'z"']]) == 'a,b\n1,\n"x,y","z"""'


def test_json_keeps_letters_and_order() -> None:
    assert as_json({"ø": 1, "a": None}) == '{\n  "ø": 1,\n  "a": null\n}'
    assert json.loads(as_json([1.5])) == [1.5]


def test_running_text_is_broken_into_readable_lines() -> None:
    lines = in_lines("ord " * 100, "  ").splitlines()
    assert max(len(line) for line in lines) <= LINE
    assert lines[1].startswith("  ord")


def test_sources_are_named_with_table_and_date() -> None:
    one = Source(
        "population", "1", "Folkemengde", "SSB", "07459", "2006–2026", date(2026, 8, 22), "CC BY 4.0"
    )
    assert sources_in_words([one], language("nb")).splitlines() == [
        "Kilder:",
        "• Folkemengde: SSB, 07459, 2006–2026. Tatt inn 22. august 2026.",
    ]
    assert sources_in_words([], language("nb")) == ""
