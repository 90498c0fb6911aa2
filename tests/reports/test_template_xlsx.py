import io
import zipfile
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from fotfeste.errors import InputError
from fotfeste.reports import fill_xlsx
from fotfeste.statistics.figure import Figure


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Ark 'en'"
    sheet["A1"] = "{{tittel}}"
    sheet["A2"] = "Sum {{total}} i {{år}}"
    sheet["B1"] = "{{total}}"
    sheet["B2"] = "=B1*2"
    sheet["A5"], sheet["B5"] = "{{kommune.navn}}", "{{kommune.antall}}"
    sheet["B5"].number_format = "#,##0"
    sheet["D4"] = "Sum"
    sheet["D5"] = "=SUM(B5:B30)"
    made.defined_names["sak"] = DefinedName("sak", attr_text="'Ark ''en'''!$F$9")
    made.defined_names["fremmed"] = DefinedName("fremmed", attr_text="'Ark ''en'''!$A$1:$B$2")
    return made


FIELDS = {"tittel": "Bosetting", "total": 545, "år": 2027, "sak": "26/1"}
ROWS = {
    "kommune": [
        {"navn": "Skien", "antall": 86},
        {"navn": "Tinn", "antall": Figure.suppressed()},
        {"navn": "=1+1", "antall": Fraction(5, 2)},
    ]
}


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(book, fields=FIELDS, rows=ROWS):
    return openpyxl.load_workbook(io.BytesIO(fill_xlsx(saved(book), fields, rows))).active


def test_numbers_stay_numbers_and_are_written_out_inside_text(book):
    sheet = filled(book)
    assert (sheet["B1"].value, sheet["B1"].data_type) == (545, "n")
    assert sheet["A2"].value == "Sum 545 i 2027"
    assert sheet["A1"].value == "Bosetting"


def test_a_defined_name_is_a_field_and_other_names_are_left_alone(book):
    assert filled(book)["F9"].value == "26/1"


def test_formulas_are_kept_and_their_old_results_forgotten(book):
    content = fill_xlsx(saved(book), FIELDS, ROWS)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet["B2"].value, sheet["D5"].value) == ("=B1*2", "=SUM(B5:B30)")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert 'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml").decode()


def test_a_list_is_written_downwards_with_the_format_of_its_first_row(book):
    sheet = filled(book)
    assert [sheet[f"A{row}"].value for row in (5, 6, 7)] == ["Skien", "Tinn", "=1+1"]
    assert [sheet[f"B{row}"].value for row in (5, 6, 7)] == [86, ":", 2.5]
    assert sheet["B7"].number_format == "#,##0"


@pytest.mark.parametrize("value", ["=cmd|'/C calc'!A0", "+1", "@x", "-1", "{{total}}", "</t><v>1"])
def test_text_is_never_a_formula_or_a_field(book, value):
    cell = filled(book, {**FIELDS, "tittel": value})["A1"]
    assert (cell.value, cell.data_type) == (value, "s")


def test_an_empty_list_leaves_empty_cells(book):
    sheet = filled(book, rows={"kommune": []})
    assert sheet["A5"].value is None


def test_a_list_without_room_is_refused_with_the_cell(book):
    book.active["B7"] = "=SUM(B5:B6)"
    with pytest.raises(InputError) as caught:
        filled(book)
    assert caught.value.code == "template.no_room"
    assert [str(problem.place) for problem in caught.value.problems] == ["mal.xlsx, Ark 'en'!B7"]


def test_unknown_fields_are_all_named_with_their_cells(book):
    book.active["C1"] = "{{totalt}}"
    book.active["C5"] = "{{kommune.antal}}"
    with pytest.raises(InputError) as caught:
        filled(book)
    assert [str(problem.place) for problem in caught.value.problems] == [
        "mal.xlsx, Ark 'en'!C1",
        "mal.xlsx, Ark 'en'!C5",
    ]
    assert "kommune.antall" in str(caught.value)


def test_a_name_that_points_to_several_cells_or_a_formula_is_refused(book):
    with pytest.raises(InputError, match="fremmed"):
        filled(book, {**FIELDS, "fremmed": 1})
    book.defined_names["sak"] = DefinedName("sak", attr_text="'Ark ''en'''!$B$2")
    with pytest.raises(InputError, match="formel"):
        filled(book)


def test_dates_missing_values_and_figures_have_a_form(book):
    assert filled(book, {**FIELDS, "tittel": date(2026, 11, 21)})["A1"].value == "21.11.2026"
    assert filled(book, {**FIELDS, "tittel": None})["A1"].value is None
    assert filled(book, {**FIELDS, "total": Figure.missing()})["B1"].value == "."
    assert filled(book, {**FIELDS, "total": Figure.observed(7)})["A2"].value == "Sum 7 i 2027"


def with_part(content, name, data):
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "template.macro"),
        ("xl/macrosheets/sheet1.xml", "template.macro"),
        ("xl/externalLinks/externalLink1.xml", "template.link"),
        ("xl/connections.xml", "template.link"),
    ],
)
def test_macros_and_links_to_other_files_are_refused(book, part, code):
    with pytest.raises(InputError) as caught:
        fill_xlsx(with_part(saved(book), part, b"<x/>"), FIELDS, ROWS)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_other_files_are_refused():
    with pytest.raises(InputError, match="riktig slag"):
        fill_xlsx(b"nei", {})


def test_the_same_template_and_values_give_the_same_bytes(book):
    content = saved(book)
    assert fill_xlsx(content, FIELDS, ROWS) == fill_xlsx(content, FIELDS, ROWS)
