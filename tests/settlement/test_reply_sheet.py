"""Reply sheets: what is written can be read back, and everything that is wrong is said cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from fotfeste.errors import InputError
from fotfeste.regions import Regions, load_regions
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_form import NO_LIMIT, FormValue, load_reply_form, reply_from, values_of
from fotfeste.settlement.reply_sheet import read_reply_sheet, read_reply_sheets
from fotfeste.settlement.reply_sheet_write import Addressee, write_collected_sheet, write_reply_form
from fotfeste.statistics.figure import Figure

ISSUED = date(2026, 11, 21)
YEAR = 2027
SKIEN, PORSGRUNN = Addressee("4003", "Skien"), Addressee("4001", "Porsgrunn")
FULL = Reply(
    "4003",
    capacity={Service.HOUSING: 60, Service.ADULT_EDUCATION: 45, Service.SCHOOL: 12},
    own_wish=50,
    minimum_stock=80,
    minors=0,
    extra=0,
    texts={"raise_capacity": "Flere boliger nær bussen", "other_needs": "=1+1 er tekst"},
    approved_by="kommunedirektør",
    outcomes={"in_work": 12, "moved_away": 0},
    approved_on=date(2026, 11, 2),
    council_on=date(2026, 12, 15),
    unlimited=(Service.KINDERGARTEN,),
)


@pytest.fixture(scope="session")
def regions() -> Regions:
    return load_regions()


def telemark(regions: Regions) -> list[Addressee]:
    return [Addressee(one.code, one.name) for one in regions.municipalities(YEAR, "40")]


def form(reply: Reply | None = None, addressee: Addressee = SKIEN, year: int = YEAR) -> bytes:
    return write_reply_form(addressee, "40", "Telemark", year, ISSUED, reply=reply)


def collected(regions: Regions, replies: Mapping[str, Reply] | None = None) -> bytes:
    return write_collected_sheet(telemark(regions), "40", "Telemark", YEAR, ISSUED, replies=replies)


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def edited(path: Path, content: bytes, change: Callable[[Any], None]) -> Path:
    """Save ``content`` after ``change`` has been done to its first sheet."""
    book = load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    book.save(path)
    return path


def answer_cell(sheet: Any, name: str, code: str = "") -> Any:
    """The answer cell of a field: in a form by its row, in a collected sheet by its column and the code's row."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == name:
                if not code:
                    return sheet.cell(cell.row, 2)
                line = next(one.row for one in sheet["A"] if one.value == code)
                return sheet.cell(line, cell.column)
    raise AssertionError(name)


def put(name: str, value: object, code: str = "") -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        answer_cell(sheet, name, code).value = value

    return change


def problems_of(*paths: Path, regions: Regions, year: int = YEAR) -> dict[str, str]:
    """The problems by code, as text; several of a kind are joined."""
    with pytest.raises(InputError) as caught:
        read_reply_sheets(list(paths), "40", year, regions)
    found: dict[str, str] = {}
    for one in caught.value.problems or (caught.value.problem,):
        assert one.remedy is not None, one.code
        found[one.code] = f"{found.get(one.code, '')}{one.place}: {one.what} {one.remedy}\n"
    return found


def test_a_filled_form_is_read_as_it_was_written(tmp_path: Path, regions: Regions) -> None:
    read = read_reply_sheet(saved(tmp_path / "skien.xlsx", form(FULL)), "Telemark", YEAR, regions)
    assert read.by_code == {"4003": FULL}
    assert (read.county_code, read.year, read.origin) == ("40", YEAR, "skien.xlsx")
    assert read.by_code["4003"].bottleneck == (Service.SCHOOL, 12)


def test_a_filled_collected_sheet_is_read_as_it_was_written(tmp_path: Path, regions: Regions) -> None:
    replies = {"4003": FULL, "4001": Reply("4001", own_wish=10)}
    reading = read_reply_sheets(
        [saved(tmp_path / "alle.xlsx", collected(regions, replies))], "40", YEAR, regions
    )
    assert reading.replies.by_code == replies
    assert len(reading.unanswered) == 15
    assert not reading.notices


_NUMBERS = {one.id: one for one in load_reply_form().fields if one.kind == "persons"}


def _value(name: str) -> st.SearchStrategy[FormValue]:
    one = {field.id: field for field in load_reply_form().fields}[name]
    if one.kind == "persons":
        numbers = st.just(0) | st.integers(one.hide_below, one.most)
        return numbers | st.just(NO_LIMIT) if one.no_limit else numbers
    if one.kind == "date":
        return st.dates(date(2000, 1, 1), date(2100, 12, 31))
    letters = st.characters(
        whitelist_categories=("Lu", "Ll", "Sm"), whitelist_characters=" æøåÆØÅ=+-@'\"<>&_"
    )
    return st.text(letters, min_size=1, max_size=80).map(str.strip).filter(bool)


@given(
    values=st.sets(st.sampled_from([one.id for one in load_reply_form().fields])).flatmap(
        lambda names: st.fixed_dictionaries({name: _value(name) for name in sorted(names)})
    )
)
def test_whatever_is_answered_survives_the_way_out_and_in(
    values: dict[str, FormValue], tmp_path_factory: pytest.TempPathFactory
) -> None:
    reply = reply_from("4003", values)
    assert values_of(reply) == values
    path = saved(tmp_path_factory.mktemp("form") / "a.xlsx", form(reply))
    read = read_reply_sheet(path, "40", YEAR, load_regions())
    assert read.by_code == ({} if reply.blank else {"4003": reply})


def test_blank_is_unknown_and_never_zero(tmp_path: Path, regions: Regions) -> None:
    reading = read_reply_sheets([saved(tmp_path / "a.xlsx", form())], "40", YEAR, regions)
    assert reading.replies.by_code == {}
    assert "Skien" in {one.name for one in reading.unanswered}
    only = edited(tmp_path / "b.xlsx", form(), put("housing", 0))
    reply = read_reply_sheet(only, "40", YEAR, regions).by_code["4003"]
    assert reply.capacity == {Service.HOUSING: 0}
    assert reply.own_wish is None


def test_nobody_no_limit_and_nothing_are_three_answers_in_a_sheet(tmp_path: Path, regions: Regions) -> None:
    for typed in ("ingen begrensning", "Inga avgrensing", "no limit"):
        path = edited(tmp_path / "a.xlsx", form(), put("school", typed))
        assert read_reply_sheet(path, "40", YEAR, regions).by_code["4003"].unlimited == (Service.SCHOOL,)
    both = edited(tmp_path / "c.xlsx", form(), put("school", "30, ingen begrensning"))
    assert "reply.both" in problems_of(both, regions=regions)
    nobody = edited(tmp_path / "d.xlsx", form(Reply("4003", own_wish=30)), put("school", 0))
    reading = read_reply_sheets([nobody], "40", YEAR, regions)
    assert [one.code for one in reading.notices] == ["reply.nobody"]


def test_a_cell_takes_a_whole_number_or_that_there_is_no_limit() -> None:
    sheet = load_workbook(io.BytesIO(form())).worksheets[0]
    cell = answer_cell(sheet, "school").coordinate
    rule = next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)
    assert rule.type == "custom"
    assert f'LOWER(TRIM({cell}))="ingen begrensning"' in rule.formula1


def test_equal_input_gives_equal_bytes(regions: Regions) -> None:
    assert form(FULL) == form(FULL)
    assert collected(regions) == collected(regions)


def test_the_form_shows_what_is_known_from_before(tmp_path: Path) -> None:
    history = (
        YearFigures(2025, Figure.observed(40), Figure.not_asked(), Figure.missing()),
        YearFigures(2026, Figure.suppressed(), Figure.observed(30), Figure.observed(12), "2026-09-28"),
    )
    content = write_reply_form(Addressee("4003", "Skien", history), "40", "Telemark", YEAR, ISSUED)
    sheet = load_workbook(io.BytesIO(content))["Tall fra før"]
    rows = [tuple(row) for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert rows == [("2025", 40, "-", ".", None), ("2026", ":", 30, 12, "Status 28. september 2026")]


def test_answers_are_open_and_everything_else_is_locked(regions: Regions) -> None:
    for content, code in ((form(), ""), (collected(regions), "4003")):
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert sheet.protection.sheet
        assert not sheet.merged_cells.ranges
        cells = {answer_cell(sheet, one.id, code).coordinate for one in load_reply_form().fields}
        assert all(not sheet[cell].protection.locked for cell in cells)
        limited = {str(area) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges}
        assert cells <= limited
        if not code:
            assert {
                cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
            } == cells


@pytest.mark.parametrize(
    ("value", "number"), [("20", 20), (" 20 ", 20), ("1 200", 1200), ("1\u00a0200", 1200), (20.0, 20)]
)
def test_a_number_stored_as_text_is_read_and_said(
    tmp_path: Path, regions: Regions, value: object, number: int
) -> None:
    path = edited(tmp_path / "a.xlsx", form(), put("housing", value))
    reading = read_reply_sheets([path], "40", YEAR, regions)
    assert reading.replies.by_code["4003"].capacity == {Service.HOUSING: number}
    assert [one.code for one in reading.notices] == (
        ["reply.number_as_text"] if isinstance(value, str) else []
    )


@pytest.mark.parametrize(
    ("name", "value", "code", "says"),
    [
        ("housing", "ca. 20", "reply.not_a_number", "«ca. 20» er ikke et helt tall"),
        ("housing", "20 personer", "reply.not_a_number", "la svaret stå tomt"),
        ("housing", "-", "reply.not_a_number", "«-» er ikke et helt tall"),
        ("housing", True, "reply.not_a_number", "ja/nei"),
        ("housing", -5, "reply.negative", "negativt tall"),
        ("housing", "-5", "reply.negative", "negativt tall"),
        ("housing", 20.5, "reply.decimal", "20,5 er ikke et helt tall"),
        ("housing", 20_001, "reply.too_large", "et siffer for mye"),
        ("housing", date(2026, 4, 3), "reply.date", "dato"),
        ("housing", "=10+10", "reply.formula", "Formler regnes aldri ut"),
        ("housing", "#REF!", "reply.error", "#REF!"),
        ("raise_capacity", '=HYPERLINK("x")', "reply.formula", "formel"),
        ("approved_on", "i går", "reply.not_a_date", "15.12.2026"),
        ("approved_on", "31.02.2026", "reply.not_a_date", "15.12.2026"),
        ("approved_on", date(1905, 1, 1), "reply.not_a_date", "1905"),
        ("approved_on", 12, "reply.not_a_date", "1900 kan ikke være riktig"),
        ("in_work", 3, "reply.recognisable", "færre enn 5"),
        ("raise_capacity", "x" * 4_001, "reply.too_long", "4\u00a0001 tegn"),
        ("raise_capacity", True, "reply.not_text", "med ord"),
    ],
)
def test_a_wrong_cell_is_named_with_the_way_out(
    tmp_path: Path, regions: Regions, name: str, value: object, code: str, says: str
) -> None:
    path = edited(tmp_path / "skien.xlsx", form(), put(name, value))
    cell = answer_cell(load_workbook(path).worksheets[0], name).coordinate
    found = problems_of(path, regions=regions)
    assert list(found) == [code]
    assert found[code].startswith(f"skien.xlsx, ark «Svar», celle {cell}: ")
    assert says in found[code]


@pytest.mark.parametrize(
    ("written", "value"), [("15.12.2026", date(2026, 12, 15)), ("2026-12-15", date(2026, 12, 15))]
)
def test_a_date_written_as_text_is_read(tmp_path: Path, regions: Regions, written: str, value: date) -> None:
    path = edited(tmp_path / "a.xlsx", form(), put("council_on", written))
    assert read_reply_sheet(path, "40", YEAR, regions).by_code["4003"].council_on == value


# The numbers are made up and belong to nobody: the checks look at the length alone.
@pytest.mark.parametrize(
    "number", ["12345678901", "123456 78901", "123456-78901", "202612345678", 12345678901]
)
@pytest.mark.parametrize("name", ["outcomes_note", "approved_by", "housing"])
def test_a_number_that_identifies_a_person_is_refused_and_never_repeated(
    tmp_path: Path, regions: Regions, number: object, name: str
) -> None:
    written = number if isinstance(number, int) else f"Gjelder {number}."
    found = problems_of(edited(tmp_path / "a.xlsx", form(), put(name, written)), regions=regions)
    assert list(found) == ["reply.personal"]
    assert "78901" not in found["reply.personal"]
    assert "345678" not in found["reply.personal"]


def test_a_telephone_and_an_organisation_number_are_no_identity_numbers(
    tmp_path: Path, regions: Regions
) -> None:
    text = "Ring 35 00 00 00, org. 123 456 789, budsjett 1 200 000 kroner i 2026-2027."
    path = edited(tmp_path / "a.xlsx", form(), put("other_needs", text))
    assert read_reply_sheet(path, "40", YEAR, regions).by_code["4003"].texts == {"other_needs": text}


def test_all_wrong_cells_are_reported_at_once(tmp_path: Path, regions: Regions) -> None:
    def change(sheet: Any) -> None:
        answer_cell(sheet, "housing", "4003").value = "mange"
        answer_cell(sheet, "school", "4003").value = -1
        answer_cell(sheet, "own_wish", "4001").value = 1.5

    found = problems_of(edited(tmp_path / "alle.xlsx", collected(regions), change), regions=regions)
    assert set(found) == {"reply.not_a_number", "reply.negative", "reply.decimal"}


def test_merged_answers_are_refused(tmp_path: Path, regions: Regions) -> None:
    def change(sheet: Any) -> None:
        line = answer_cell(sheet, "housing").row
        sheet.merge_cells(start_row=line, end_row=line + 1, start_column=2, end_column=2)

    found = problems_of(edited(tmp_path / "a.xlsx", form(), change), regions=regions)
    assert found["reply.merged"].count("celle") >= 2


def test_a_municipality_that_was_deleted_from_the_collected_sheet_is_missed(
    tmp_path: Path, regions: Regions
) -> None:
    def change(sheet: Any) -> None:
        sheet.delete_rows(answer_cell(sheet, "housing", "4003").row)

    found = problems_of(edited(tmp_path / "a.xlsx", collected(regions), change), regions=regions)
    assert list(found) == ["reply.absent"]
    assert "Skien (4003) mangler" in found["reply.absent"]


def test_a_municipality_that_stands_twice_is_refused(tmp_path: Path, regions: Regions) -> None:
    def change(sheet: Any) -> None:
        line = answer_cell(sheet, "housing", "4001").row
        sheet.cell(line, 1).value, sheet.cell(line, 2).value = "4003", "Skien"

    found = problems_of(edited(tmp_path / "a.xlsx", collected(regions), change), regions=regions)
    assert set(found) == {"reply.twice", "reply.absent"}
    first, second = form(Reply("4003", own_wish=1)), form(Reply("4003", own_wish=2))
    pair = (saved(tmp_path / "en.xlsx", first), saved(tmp_path / "to.xlsx", second))
    found = problems_of(*pair, regions=regions)
    assert list(found) == ["reply.twice"]
    assert "en.xlsx" in found["reply.twice"]
    assert "to.xlsx" in found["reply.twice"]


def test_a_form_adds_to_a_collected_sheet_where_that_is_blank(tmp_path: Path, regions: Regions) -> None:
    alle = saved(tmp_path / "alle.xlsx", collected(regions, {"4001": Reply("4001", extra=4)}))
    skien = saved(tmp_path / "skien.xlsx", form(FULL))
    for order in ([alle, skien], [skien, alle]):
        read = read_reply_sheets(order, "40", YEAR, regions).replies
        assert set(read.by_code) == {"4001", "4003"}
        assert read.by_code["4003"] == FULL


@pytest.mark.parametrize(
    ("code", "problem", "says"),
    [
        ("0301", "reply.other_county", "Oslo"),
        (301, "reply.other_county", "Oslo"),
        ("3807", "reply.code", "I dag: 4003 Skien"),
        ("0806", "reply.code", "I dag: 4003 Skien"),
        ("9999", "reply.code", "finnes ikke"),
        ("Skien", "reply.code", "fire siffer"),
        (None, "reply.code", "mangler"),
    ],
)
def test_codes_that_do_not_belong_are_explained(
    tmp_path: Path, regions: Regions, code: object, problem: str, says: str
) -> None:
    def change(sheet: Any) -> None:
        line = answer_cell(sheet, "housing", "4003").row
        sheet.cell(line, 1).value = code

    found = problems_of(edited(tmp_path / "a.xlsx", collected(regions), change), regions=regions)
    assert set(found) == {problem, "reply.absent"}
    assert says in found[problem]


def test_a_code_stored_as_a_number_is_the_same_code(tmp_path: Path, regions: Regions) -> None:
    def change(sheet: Any) -> None:
        line = answer_cell(sheet, "housing", "4003").row
        answer_cell(sheet, "housing", "4003").value = 7
        sheet.cell(line, 1).value = 4003

    read = read_reply_sheet(edited(tmp_path / "a.xlsx", collected(regions), change), "40", YEAR, regions)
    assert read.by_code["4003"].capacity == {Service.HOUSING: 7}


def test_rows_that_changed_places_are_noticed(tmp_path: Path, regions: Regions) -> None:
    def change(sheet: Any) -> None:
        one, two = (answer_cell(sheet, "housing", code).row for code in ("4001", "4003"))
        sheet.cell(one, 1).value, sheet.cell(two, 1).value = "4003", "4001"

    found = problems_of(edited(tmp_path / "a.xlsx", collected(regions), change), regions=regions)
    assert list(found) == ["reply.name"]
    assert "sortering" in found["reply.name"]


def test_another_year_and_another_county_are_refused(tmp_path: Path, regions: Regions) -> None:
    last_year = saved(tmp_path / "a.xlsx", form(FULL, year=2026))
    assert set(problems_of(last_year, regions=regions)) == {"reply.other_year"}
    content = write_reply_form(Addressee("0301", "Oslo"), "03", "Oslo", YEAR, ISSUED)
    oslo = saved(tmp_path / "b.xlsx", content)
    assert set(problems_of(oslo, regions=regions)) == {"reply.other_county"}


def test_labels_may_be_reworded_but_not_the_ids(tmp_path: Path, regions: Regions) -> None:
    def reword(sheet: Any) -> None:
        for cell in sheet["A"]:
            cell.value = "Et helt annet ord" if cell.value else None

    path = edited(tmp_path / "a.xlsx", form(FULL), reword)
    assert read_reply_sheet(path, "40", YEAR, regions).by_code["4003"] == FULL

    def rename(sheet: Any) -> None:
        cell = answer_cell(sheet, "housing")
        sheet.cell(cell.row, 4).value = "house"

    found = problems_of(edited(tmp_path / "b.xlsx", form(FULL), rename), regions=regions)
    assert set(found) == {"reply.field_unknown", "reply.field_absent"}


def test_what_stands_beside_the_form_is_not_read_and_that_is_said(tmp_path: Path, regions: Regions) -> None:
    def change(sheet: Any) -> None:
        sheet["H9"] = "Obs: gjelder bare våren"

    reading = read_reply_sheets([edited(tmp_path / "a.xlsx", form(FULL), change)], "40", YEAR, regions)
    assert [(one.code, str(one.place)) for one in reading.notices] == [
        ("reply.beside", "a.xlsx, ark «Svar», celle H9")
    ]


def test_answers_that_do_not_agree_are_noticed_and_not_refused(tmp_path: Path, regions: Regions) -> None:
    reply = Reply("4003", {Service.HOUSING: 2, Service.SCHOOL: 9}, own_wish=1, minors=3)
    reading = read_reply_sheets([saved(tmp_path / "a.xlsx", form(reply))], "40", YEAR, regions)
    assert reading.replies.by_code == {"4003": reply}
    assert [one.code for one in reading.notices] == ["reply.minors_above_wish"]
    assert "3 enslige mindreårige, men ønsker 1 i alt" in str(reading.notices[0].what)
    agreeing = Reply("4003", {Service.HOUSING: 2}, own_wish=3, minors=3)
    assert not read_reply_sheets([saved(tmp_path / "b.xlsx", form(agreeing))], "40", YEAR, regions).notices


def test_a_folder_of_forms_is_read_whole(tmp_path: Path, regions: Regions) -> None:
    saved(tmp_path / "skien.xlsx", form(FULL))
    saved(tmp_path / "porsgrunn.xlsx", form(Reply("4001", own_wish=9), PORSGRUNN))
    saved(tmp_path / "~$skien.xlsx", b"a lock file of the office program")
    saved(tmp_path / "brev.docx", b"not a sheet")
    (tmp_path / "gamle").mkdir()
    reading = read_reply_sheets([tmp_path], "40", YEAR, regions)
    assert set(reading.replies.by_code) == {"4001", "4003"}
    assert [one.place for one in reading.notices] == ["brev.docx", "gamle"]


def test_an_empty_folder_is_refused(tmp_path: Path, regions: Regions) -> None:
    assert "Mappen inneholder ingen" in problems_of(tmp_path, regions=regions)["replies.none"]


def other_edition(tmp_path: Path) -> Path:
    def change(sheet: Any) -> None:
        sheet["D1"].value = "fotfeste-svar/form/99"

    return edited(tmp_path / "a.xlsx", form(), change)


def plain_workbook(tmp_path: Path) -> Path:
    Workbook().save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def two_forms(tmp_path: Path) -> Path:
    book = load_workbook(io.BytesIO(form()))
    book.copy_worksheet(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def repacked(tmp_path: Path, extra: Mapping[str, bytes], without: str = "") -> Path:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(form())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in extra and name != without:
                new.writestr(name, old.read(name))
        for name, content in extra.items():
            new.writestr(name, content)
    return path


def far_away(tmp_path: Path) -> Path:
    def change(sheet: Any) -> None:
        sheet["A1048576"] = "x"

    return edited(tmp_path / "a.xlsx", form(), change)


def thousands_of_merges(tmp_path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(form())) as old:
        sheet = old.read("xl/worksheets/sheet1.xml")
    merges = b"".join(b'<mergeCell ref="A%d:XFD%d"/>' % (n, n) for n in range(1, 3_000))
    sheet = sheet.replace(b"<dataValidations", b"<mergeCells>" + merges + b"</mergeCells><dataValidations", 1)
    return repacked(tmp_path, {"xl/worksheets/sheet1.xml": sheet})


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (lambda folder: folder / "nei.xlsx", "absent", "finnes ikke"),
        (lambda folder: saved(folder / "a.xlsx", b""), "empty", "tom"),
        (lambda folder: saved(folder / "a.xlsx", b"kommune;antall\nSkien;20\n"), "not_xlsx", ".xlsx"),
        (lambda folder: saved(folder / "a.xlsx", "Våler".encode("latin-1") * 9), "not_xlsx", ".xlsx"),
        (
            lambda folder: saved(folder / "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99),
            "locked",
            "passord",
        ),
        (lambda folder: saved(folder / "a.xlsx", form()[:4_000]), "not_xlsx", "skadet"),
        (lambda folder: saved(folder / "a.xlsx", b"PK\x03\x04" + bytes(10_000_001)), "huge", "for stor"),
        (lambda folder: repacked(folder, {"xl/media/a.xml": bytes(61_000_000)}), "huge", "når den pakkes ut"),
        (
            lambda folder: repacked(folder, {f"xl/a{n}.txt": b"" for n in range(1_001)}),
            "huge",
            "når den pakkes ut",
        ),
        (lambda folder: repacked(folder, {"xl/vbaProject.bin": b"x"}), "macros", "makroer"),
        (
            lambda folder: repacked(folder, {"xl/externalLinks/externalLink1.xml": b"<a/>"}),
            "links",
            "andre filer",
        ),
        (lambda folder: repacked(folder, {"xl/sharedStrings.xml": ENTITIES}), "unsafe", "vanlig arbeidsbok"),
        (lambda folder: repacked(folder, {"xl/worksheets/sheet1.xml": b"<worksheet"}), "broken", "skadet"),
        (lambda folder: repacked(folder, {}, "xl/workbook.xml"), "not_xlsx", "ikke en Excel-arbeidsbok"),
        (far_away, "huge", "celle A1048576"),
        (thousands_of_merges, "huge", "sammenslåtte celler"),
        (other_edition, "schema", "utgave 99"),
        (plain_workbook, "unknown", "ikke et svarskjema"),
        (two_forms, "several", "2 svarskjemaer"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_plain_words(
    tmp_path: Path, regions: Regions, make: Callable[[Path], Path], code: str, says: str
) -> None:
    found = problems_of(make(tmp_path), regions=regions)
    assert list(found) == [f"reply_sheet.{code}"]
    assert says in found[f"reply_sheet.{code}"]


def test_a_file_that_may_not_be_opened_is_told(
    tmp_path: Path, regions: Regions, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "a.xlsx", form())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    found = problems_of(path, regions=regions)
    assert "Permission denied" in found["reply_sheet.closed"]


def test_one_bad_file_does_not_hide_what_is_wrong_in_the_next(tmp_path: Path, regions: Regions) -> None:
    saved(tmp_path / "a.xlsx", b"")
    edited(tmp_path / "b.xlsx", form(), put("housing", "mange"))
    assert set(problems_of(tmp_path, regions=regions)) == {"reply_sheet.empty", "reply.not_a_number"}


ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.dates(date(1950, 1, 1), date(2150, 1, 1))
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
    | st.sampled_from(
        ["=A1", "=1/0", "fotfeste-svar/form/1", "housing", "4001", "2027", "'", "\u00a0", "#N/A"]
    )
)


@given(changes=st.lists(st.tuples(st.integers(1, 45), st.integers(1, 6), ANYTHING), max_size=6))
def test_whatever_is_written_anywhere_is_read_or_refused_in_words(
    changes: list[tuple[int, int, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def change(sheet: Any) -> None:
        for row, column, value in changes:
            sheet.cell(row, column).value = value

    path = edited(tmp_path_factory.mktemp("any") / "a.xlsx", form(FULL), change)
    for reply in read_or_refused(path):
        stated = [
            *reply.capacity.values(),
            *reply.outcomes.values(),
            reply.own_wish,
            reply.extra,
            reply.minors,
        ]
        assert all(number is None or (type(number) is int and number >= 0) for number in stated)


def read_or_refused(path: Path) -> list[Reply]:
    """The replies in a file; none when it is refused, which must be in words and with a way out."""
    refused: InputError | None = None
    try:
        return list(read_reply_sheet(path, "40", YEAR, load_regions()).by_code.values())
    except InputError as error:
        refused = error
    assert refused.problems
    assert all(one.remedy is not None and str(one.what) for one in refused.problems)
    return []


@given(
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5)
)
def test_a_damaged_file_is_read_or_refused_in_words(
    places: list[tuple[float, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(form(FULL))
    for place, byte in places:
        content[int(place * len(content))] = byte
    path = saved(tmp_path_factory.mktemp("bytes") / "a.xlsx", bytes(content))
    assert all(reply == FULL for reply in read_or_refused(path))


def test_a_part_that_holds_more_than_it_says_is_not_unpacked(tmp_path: Path, regions: Regions) -> None:
    """The header says 100 bytes, the packed content is 50 MB."""
    path = repacked(tmp_path, {"xl/media/bomb.xml": bytes(50_000_000)})
    content = path.read_bytes()
    told = (50_000_000).to_bytes(4, "little")
    assert content.count(told) == 2
    path.write_bytes(content.replace(told, (100).to_bytes(4, "little")))
    assert list(problems_of(path, regions=regions)) == ["reply_sheet.not_xlsx"]
