"""Files with a mapping, in CSV and as workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import load_regions
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.importing import read_file
from fotfeste.statistics.readers.mapped import read_mapped
from fotfeste.statistics.readers.mapping import Mapping, read_mapping

MAPPING = """schema = 1
[columns]
region = "Kommune"
year = "År"
[columns.measures]
"Anmodning" = "requested"
"Bosatt" = "settled"
[marks]
"x" = "suppressed"
"""
TABLE = "Kommune;År;Anmodning;Bosatt\nSkien;2024;110;x\n4028;2024;-;.\n"


def mapping(tmp_path: Path, text: str = MAPPING) -> Mapping:
    path = tmp_path / "mapping.toml"
    path.write_text(text, "utf-8")
    return read_mapping(path)


def table(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "tall.csv"
    path.write_text(text, "utf-8")
    return path


def faults(tmp_path: Path, text: str, described: str = MAPPING) -> dict[str | None, str]:
    with pytest.raises(InputError) as caught:
        read_file(table(tmp_path, text), mapping(tmp_path, described), load_regions())
    return {str(problem.place): problem.code for problem in caught.value.problems}


def test_columns_become_measures_and_signs_become_marks(tmp_path: Path) -> None:
    tidy = read_mapped(table(tmp_path), mapping(tmp_path), load_regions())
    found = {(row.code, row.dimensions): row.figure for row in tidy.rows}
    assert found == {
        ("4003", ("requested",)): Figure.observed(110),
        ("4003", ("settled",)): Figure.suppressed(),
        ("4028", ("requested",)): Figure.not_asked(),
        ("4028", ("settled",)): Figure.missing(low=0),
    }


def test_a_workbook_is_read_like_a_csv_file(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["Kommune", "År", "Anmodning", "Bosatt"],
        ["Skien", 2024, 110, "x"],
        [4028, 2024.0, "-", None],
    ):
        page.append(row)
    book.save(tmp_path / "tall.xlsx")
    from_book = read_mapped(tmp_path / "tall.xlsx", mapping(tmp_path), load_regions())
    from_csv = read_mapped(table(tmp_path), mapping(tmp_path), load_regions())
    assert [(row.code, row.figure) for row in from_book.rows] == [
        (row.code, row.figure) for row in from_csv.rows
    ]


def test_a_formula_in_a_workbook_is_refused_with_its_cell_and_never_evaluated(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Kommune", "År", "Anmodning", "Bosatt"])
    page.append(["Skien", 2024, "=100+10", 5])
    book.save(tmp_path / "tall.xlsx")
    with pytest.raises(InputError) as caught:
        read_mapped(tmp_path / "tall.xlsx", mapping(tmp_path), load_regions())
    assert [(one.code, str(one.place)) for one in caught.value.problems] == [
        ("cell.formula", "tall.xlsx, celle C2")
    ]


def test_text_for_number_negative_and_decimals_are_told_by_cell(tmp_path: Path) -> None:
    found = faults(tmp_path, "Kommune;År;Anmodning;Bosatt\nSkien;2024;mange;-4\nTinn;2024;2,5;=1+1\n")
    assert found == {
        "tall.csv, linje 2, kolonne 3": "cell.text",
        "tall.csv, linje 2, kolonne 4": "cell.negative",
        "tall.csv, linje 3, kolonne 3": "cell.whole",
        "tall.csv, linje 3, kolonne 4": "cell.formula",
    }


def test_a_code_of_another_year_an_unknown_name_and_an_ambiguous_one_are_told(tmp_path: Path) -> None:
    found = faults(tmp_path, "Kommune;År;Anmodning;Bosatt\n3807;2024;1;1\nSjien;2024;1;1\nHerøy;2024;1;1\n")
    assert set(found) == {f"tall.csv, linje {line}, kolonne 1" for line in (2, 3, 4)}


def test_a_code_of_another_year_is_read_when_the_mapping_says_so(tmp_path: Path) -> None:
    described = MAPPING + "[regions]\nyear = 2023\n"
    tidy = read_mapped(
        table(tmp_path, "Kommune;År;Anmodning;Bosatt\n3807;2024;1;1\n"),
        mapping(tmp_path, described),
        load_regions(),
    )
    assert {(row.code, row.code_year) for row in tidy.rows} == {("3807", 2023)}


def test_a_municipality_twice_is_told_with_its_first_line(tmp_path: Path) -> None:
    found = faults(tmp_path, TABLE + "4003;2024;3;3\n")
    assert found == {"tall.csv, linje 4": "row.twice"}


def test_missing_municipalities_are_told_when_all_must_be_there(tmp_path: Path) -> None:
    described = MAPPING.replace('year = "År"', "year = 2024") + "[regions]\nall = true\n"
    with pytest.raises(InputError) as caught:
        read_file(table(tmp_path), mapping(tmp_path, described), load_regions())
    assert len(caught.value.problems) == 355
    assert {problem.code for problem in caught.value.problems} == {"row.missing"}


def test_a_suppressed_number_where_a_number_is_needed_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, TABLE, MAPPING + "[cells]\nneeded = true\n")
    assert set(found.values()) == {"cell.needed"}
    assert len(found) == 3


def test_counties_are_read_where_the_rows_are_counties(tmp_path: Path) -> None:
    described = MAPPING + '[regions]\nlevel = "county"\nskip = ["Hele landet"]\n'
    text = "Kommune;År;Anmodning;Bosatt\nTelemark;2024;1070;812\nHele landet;2024;37000;25593\n"
    tidy = read_mapped(table(tmp_path, text), mapping(tmp_path, described), load_regions())
    assert {row.code for row in tidy.rows} == {"40"}


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_mapped(table(tmp_path, "Kommune;År;Bosatt\nSkien;2024;1\n"), mapping(tmp_path), load_regions())
    assert caught.value.code == "file.columns"
    assert "anmodning" in str(caught.value).lower()


@pytest.mark.parametrize(
    "text",
    [
        "schema = 2\n",
        "schema = 1\nukjent = 3\n",
        'schema = 1\n[marks]\nx = "noe"\n',
        "ikke toml",
        "schema = 1\n[file]\nheader = 0\n",
    ],
)
def test_a_broken_mapping_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        mapping(tmp_path, text)
    assert caught.value.code.startswith("mapping.")
