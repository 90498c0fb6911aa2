import io
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.reports import render_xlsx
from fotfeste.reports.blocks import Column, Sheet, Table, Workbook
from fotfeste.reports.xlsx import sheet_names
from fotfeste.statistics.figure import Figure, ratio, total


@pytest.fixture(scope="module")
def content(workbook):
    return render_xlsx(workbook)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def one_table(workbook, *columns_and_values, total=""):
    columns = tuple(column for column, _ in columns_and_values)
    rows = (tuple(value for _, value in columns_and_values),)
    made = replace(workbook, sheets=(Sheet("Ark", Table("T", columns, rows, total)),))
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(made)))["Ark"]


def test_numbers_are_numbers_and_shares_are_shown_as_per_cent(book):
    sheet = book["Anbefaling"]
    assert sheet["B2"].value == 10
    assert sheet["E2"].value == pytest.approx(1 / 153)
    assert "%" in sheet["E2"].number_format


def test_marks_are_text_and_estimates_stay_numbers(book):
    sheet = book["Anbefaling"]
    assert (sheet["C5"].value, sheet["C11"].value, sheet["C16"].value) == (":", ".", "–")
    assert sheet["C7"].value == 27
    assert '"*"' in sheet["C7"].number_format


def test_totals_are_live_sums_with_their_values_stored(book, content):
    assert book["Anbefaling"]["B19"].value == "=SUM(B2:B18)"
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Anbefaling"]
    assert stored["B19"].value == 714
    assert stored["E19"].value == 1


def test_a_column_with_hidden_figures_has_its_sign_instead_of_a_sum(book):
    assert book["Anbefaling"]["C19"].value == "."


def test_a_sum_with_hidden_parts_has_the_same_bounds_as_on_the_pages(workbook):
    columns = (Column("Kommune"), Column("Bosatt", "number", summed=True))
    rows = (
        ("A", Figure.observed(219)),
        ("B", Figure.suppressed()),
        ("C", total([Figure.observed(26), Figure.suppressed()])),
    )
    made = replace(workbook, sheets=(Sheet("Ark", Table("T", columns, rows, "Sum")),))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(made)))["Ark"]
    assert [sheet.cell(row, 2).value for row in (3, 4, 5)] == [":", "27–30", "247–253"]


def test_the_header_row_is_frozen_and_filtered(book):
    sheet = book["Anbefaling"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E18"


@pytest.mark.parametrize(
    "text", ["=cmd|'/C calc'!A0", "+1", "-1+2", "@SUM(A1)", "{=1}", "http://example.org", "0012"]
)
def test_text_is_never_a_formula_a_link_or_a_number(workbook, text):
    cell = one_table(workbook, (Column("Tekst"), text), (Column("Tall", "number"), text))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_other_values_keep_their_kind(workbook):
    sheet = one_table(
        workbook, (Column("År"), 2026), (Column("Dato", "date"), date(2026, 11, 21)), (Column("Tom", "number"), None),
        (Column("Endring", "number", signed=True), -3), (Column("Rate", "number", 2), Figure.observed(Fraction(1, 3))),
    )  # fmt: skip
    assert (sheet["A2"].value, sheet["A2"].number_format) == (2026, "0")
    assert sheet["B2"].value.date() == date(2026, 11, 21)
    assert sheet["C2"].value is None
    assert sheet["D2"].number_format.startswith("+")
    assert sheet["E2"].value == pytest.approx(1 / 3)


def test_an_empty_table_has_its_headings_and_no_sum_of_nothing(workbook):
    table = Table("T", (Column("K"), Column("N", "number", summed=True)), (), "Sum")
    made = replace(workbook, sheets=(Sheet("Ark", table),))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(made)))["Ark"]
    assert [cell.value for cell in sheet[1]] == ["K", "N"]
    assert sheet["B2"].value == 0


def test_captions_notes_and_sources_stand_on_the_last_sheet(book, table):
    about = book[book.sheetnames[-1]]
    text = "\n".join(str(cell.value) for row in about for cell in row if cell.value)
    assert about.title == "Om tallene"
    assert table.caption in text
    assert table.source in text
    assert "«:» betyr" in text
    assert "26/01234" in text


def test_title_and_language_are_set(content, book, workbook):
    assert book.properties.title == workbook.title
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "nb-NO" in archive.read("docProps/custom.xml").decode()


def test_the_same_workbook_gives_the_same_bytes(workbook, content):
    assert render_xlsx(workbook) == content


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_names_become_names_that_excel_accepts(wanted):
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")


def test_a_workbook_without_sheets_still_tells_what_it_is():
    empty = Workbook("Tom", "nb", date(2026, 1, 1), (), "tom")
    assert openpyxl.load_workbook(io.BytesIO(render_xlsx(empty))).sheetnames == ["Om tallene"]


def test_a_rate_whose_bounds_show_as_one_number_is_that_number(workbook):
    rate = ratio(total([Figure.observed(30_000), Figure.suppressed()]), Figure.observed(10_000))
    sheet = one_table(workbook, (Column("Landet", "number", 1), rate), (Column("Landet", "number", 4), rate))
    assert sheet["A2"].value == 3
    assert sheet["B2"].value == "3,0001–3,0004"


def test_rows_are_as_high_as_their_wrapped_text(workbook):
    sheet = one_table(workbook, (Column("Tall"), 1), (Column("Merknad"), "ord " * 60))
    assert sheet.row_dimensions[2].height > 4 * sheet.row_dimensions[1].height
