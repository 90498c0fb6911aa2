"""IMDi's long CSV and its crosstab with stacked headings; the tables are made up, the layout is IMDi's."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import load_regions
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.readers.imdi import read_imdi_crosstab, read_imdi_long

LONG = """Kommunenummer;Kommune;År;Innvandringsgrunn;Kjønn;Antall
0821;Bø (Telemark) (t.o.m. 2019);2018;Flukt;Alle;120
3817;Midt-Telemark (f.o.m. 2020);2021;Flukt;Alle;:
301;Oslo;2021;Flukt;Alle;1 234
3807;Skien;2019;Flukt;Alle;.
"""
CROSSTAB = """Bosatte flyktninger;;;;;
;;Anmodning;;Bosatt;
;;2021;2022;2021;2022
Nr;Kommune;Antall;Antall;Antall;Antall
0301;Oslo;100;2000;90;1924
3807;Skien;50;:;-;.
"""


def write(tmp_path: Path, text: str, encoding: str = "iso-8859-1") -> Path:
    path = tmp_path / "imdi.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_long_csv_gives_figures_by_municipality_year_and_the_rest(tmp_path: Path) -> None:
    tidy = read_imdi_long(write(tmp_path, LONG), load_regions())
    assert tidy.dimensions == ("Innvandringsgrunn", "Kjønn")
    found = {(row.code, row.code_year, row.year): row.figure for row in tidy.rows}
    assert found["0821", 2018, 2018] == Figure.observed(120)
    assert found["3817", 2021, 2021] == Figure.suppressed()
    assert found["0301", 2021, 2021] == Figure.observed(1234)


def test_a_municipality_with_its_newest_number_in_old_years_is_read_in_the_year_the_number_belongs_to(
    tmp_path: Path,
) -> None:
    tidy = read_imdi_long(write(tmp_path, LONG), load_regions())
    skien = next(row for row in tidy.rows if row.code == "3807")
    assert (skien.year, skien.code_year, skien.figure.mark) == (2019, 2020, Mark.MISSING)


def test_the_table_has_one_row_per_figure(tmp_path: Path) -> None:
    frame = read_imdi_long(write(tmp_path, LONG), load_regions()).frame()
    assert frame.columns[:3] == ["code", "code_year", "year"]
    assert frame["value"].to_list() == [120, None, 1234, None]
    assert frame["mark"].to_list() == ["", ":", "", "."]


def test_the_crosstab_gives_the_same_kind_of_rows(tmp_path: Path) -> None:
    tidy = read_imdi_crosstab(write(tmp_path, CROSSTAB), load_regions())
    found = {(row.code, row.year, row.dimensions[0]): row.figure for row in tidy.rows}
    assert found["0301", 2022, "Anmodning"] == Figure.observed(2000)
    assert found["0301", 2021, "Bosatt"] == Figure.observed(90)
    assert found["3807", 2022, "Anmodning"] == Figure.suppressed()
    assert found["3807", 2021, "Bosatt"] == Figure.not_asked()
    assert found["3807", 2022, "Bosatt"] == Figure.missing(low=0)


def test_a_crosstab_may_have_number_and_name_in_one_column_and_four_heading_lines(tmp_path: Path) -> None:
    text = (
        "Tabell;;\n;Flyktninger;\n;Alle;Menn\n;2018;2018\n"
        "0821 Bø (Telemark) (t.o.m. 2019);12;5\n3807 Skien;700;:\n"
    )
    tidy = read_imdi_crosstab(write(tmp_path, text), load_regions())
    found = {(row.code, row.code_year, *row.dimensions): row.figure for row in tidy.rows}
    assert found["0821", 2018, "Flyktninger", "Alle"] == Figure.observed(12)
    assert found["3807", 2020, "Flyktninger", "Menn"] == Figure.suppressed()


def test_faults_in_a_crosstab_are_told_with_their_cells(tmp_path: Path) -> None:
    text = CROSSTAB.replace("1924", "mange").replace("3807;Skien;50", "9998;Ukjent;50")
    with pytest.raises(InputError) as caught:
        read_imdi_crosstab(write(tmp_path, text), load_regions())
    assert [str(one.place) for one in caught.value.problems] == [
        "imdi.csv, linje 5, kolonne 6",
        "imdi.csv, linje 6, kolonne 1",
    ]


def test_all_faults_are_told_at_once_with_their_cells(tmp_path: Path) -> None:
    broken = (
        LONG
        + "9998;Ukjent;2021;Flukt;Alle;3\n3807;Skien;2021;Flukt;Alle;mange\n3807;Skien;i fjor;Flukt;Alle;3\n0301;Oslo;2021;Flukt;Alle;5\n3807;Skien;2022;Flukt;Alle;-7\n"
    )
    with pytest.raises(InputError) as caught:
        read_imdi_long(write(tmp_path, broken), load_regions())
    places = {str(problem.place) for problem in caught.value.problems}
    assert places == {
        "imdi.csv, linje 6, kolonne 1", "imdi.csv, linje 7, kolonne 6", "imdi.csv, linje 8, kolonne 3",
        "imdi.csv, linje 9", "imdi.csv, linje 10, kolonne 6",
    }  # fmt: skip


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_imdi_long(write(tmp_path, LONG, "utf-8"), load_regions())
    assert caught.value.code == "file.encoding"


@pytest.mark.parametrize(
    "text", ["Kommune;Antall\nSkien;3\n", "en;to\ntre;fire\n", "0301;Oslo;3\n", ";;Antall\n0301;Oslo;3\n"]
)
def test_a_file_of_another_layout_is_told(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError):
        read_imdi_long(path, load_regions())
    with pytest.raises(InputError):
        read_imdi_crosstab(path, load_regions())
