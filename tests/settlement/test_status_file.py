"""The county's own list of what is decided and settled: every municipality once, every wrong cell told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fotfeste.errors import InputError
from fotfeste.regions import load_regions
from fotfeste.settlement.revision import Standing
from fotfeste.settlement.status_file import Status, read_status, status_in_data
from fotfeste.statistics import open_store
from fotfeste.statistics.figure import Figure, Mark

REGIONS = load_regions()
NAMES = {"4003": "Skien", "4020": "Midt-Telemark", "4032": "Fyresdal", "4036": "Vinje"}
WHOLE = "kommune;vedtatt;bosatt\nSkien;60;20\nMidt-Telemark;.;0\n4032;:;:\nVinje;-;3\n"


def read(tmp_path: Path, text: str) -> Status:
    path = tmp_path / "status.csv"
    path.write_text(text, "utf-8")
    return read_status(path, NAMES, 2027, "2027-06-01", REGIONS)


def refused(tmp_path: Path, text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return caught.value


def test_numbers_marks_and_zero_are_read_and_small_numbers_of_settled_are_hidden(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert found.as_of == "2027-06-01"
    assert found.standing == {
        "4003": Standing(Figure.observed(60), Figure.observed(20)),
        "4020": Standing(Figure.missing(0), Figure.observed(0)),
        "4032": Standing(Figure.suppressed(), Figure.suppressed()),
        "4036": Standing(Figure.not_asked(), Figure.suppressed()),
    }


def test_a_workbook_with_other_columns_and_order_is_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Merknad", "Bosatt", "Kommunenummer", "Vedtatt"),
        ("", 20, 4003, 60),
        ("", 0, "4020", "."),
        ("x", ":", 4032.0, ":"),
        ("", 3, "4036", "-"),
    ):
        sheet.append(row)
    path = tmp_path / "status.xlsx"
    book.save(path)
    assert read_status(path, NAMES, 2027, "2027-06-01", REGIONS).standing == read(tmp_path, WHOLE).standing


@pytest.mark.parametrize(
    "header",
    ["kommune;vedteke;busett", "kommunenummer;vedtekne;busette", "Municipality;Decided;Settled"],
)
def test_the_columns_may_be_named_in_nynorsk_and_english(tmp_path: Path, header: str) -> None:
    text = WHOLE.replace("kommune;vedtatt;bosatt", header)
    assert read(tmp_path, text).standing == read(tmp_path, WHOLE).standing


def test_every_wrong_cell_is_told_with_its_place(tmp_path: Path) -> None:
    text = "kommune;vedtatt;bosatt\nSkien;mange;20,5\nMidt-Telemark;-3;=1+1\nNarnia;1;1\nVinje;1;1\n"
    error = refused(tmp_path, text)
    places = [str(problem.place) for problem in error.problems]
    assert error.code == "status.faults"
    assert places[:5] == [
        "status.csv, linje 2, kolonne 2",
        "status.csv, linje 2, kolonne 3",
        "status.csv, linje 3, kolonne 2",
        "status.csv, linje 3, kolonne 3",
        "status.csv, linje 4, kolonne 1",
    ]


def test_a_municipality_that_is_left_out_is_told_so_that_nobody_is_forgotten(tmp_path: Path) -> None:
    error = refused(tmp_path, "kommune;vedtatt;bosatt\nSkien;60;20\n")
    assert [problem.code for problem in error.problems] == ["row.missing"] * 3
    assert "Vinje (4036) mangler" in str(error)


def test_a_municipality_twice_or_from_elsewhere_is_told(tmp_path: Path) -> None:
    error = refused(tmp_path, WHOLE + "Skien;61;20\nOslo;5;5\n")
    assert [problem.code for problem in error.problems] == ["row.twice", "status.municipality"]


def test_lacking_columns_are_told_with_those_that_are_there(tmp_path: Path) -> None:
    error = refused(tmp_path, "sted;vedtatt;antall\nSkien;1;1\n")
    assert error.code == "status.columns"
    assert "sted, vedtatt, antall" in str(error)


def test_the_data_know_how_far_the_year_has_come_with_small_numbers_hidden() -> None:
    codes = tuple(one.code for one in REGIONS.municipalities(2026, "40"))
    found = status_in_data(open_store(), REGIONS, codes, 2026)
    assert found is not None
    assert found.as_of == "2026-09-28"
    assert "IMDi" in found.origin
    assert set(found.standing) == set(codes)
    assert found.standing["4003"].decided.value == 46
    assert found.standing["4003"].settled.value == 41
    assert found.standing["4020"].settled.mark is Mark.SUPPRESSED


def test_the_data_know_nothing_of_a_year_to_come() -> None:
    assert status_in_data(open_store(), REGIONS, ("4003",), 2027) is None
