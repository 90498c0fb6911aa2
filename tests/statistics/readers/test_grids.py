"""Files as they come: wrong encoding, too large, empty, no workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.statistics.readers.grids import Grid, Limits, Line, column_letters, read_grid


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_a_workbook(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_guessed_from_the_first_line(tmp_path: Path, separator: str) -> None:
    grid = read_grid(write(tmp_path / "a.csv", f"kode{separator}verdi\n4001{separator}3\n"))
    assert [line.cells for line in grid.lines] == [("kode", "verdi"), ("4001", "3")]


def test_latin_1_read_as_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "kommune;antall\nSkien;3\nBø;4\n", "iso-8859-1")
    with pytest.raises(InputError) as caught:
        read_grid(path)
    assert (caught.value.code, str(caught.value.problem.place)) == ("file.encoding", "a.csv, linje 3")


def test_utf_8_read_as_latin_1_is_told_too(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "kommune;antall\nBø;4\nMåsøy;4\n")
    with pytest.raises(InputError) as caught:
        read_grid(path, encoding="iso-8859-1")
    assert caught.value.code == "file.encoding"


@pytest.mark.parametrize("content", ["", "\n\n", ";;;\n; ;\n"])
def test_an_empty_file_is_told(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError) as caught:
        read_grid(write(tmp_path / "a.csv", content))
    assert caught.value.code == "file.empty"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "kode;verdi\n" + "4001;3\n" * 1000)
    for limits in (Limits(file_bytes=1000), Limits(cells=100)):
        with pytest.raises(InputError) as caught:
            read_grid(path, limits=limits)
        assert caught.value.code == "file.large"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_grid(tmp_path / "finnes-ikke.csv")
    assert caught.value.code == "file.unreadable"


def test_a_file_that_only_pretends_to_be_a_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_grid(write(tmp_path / "a.xlsx", "kode;verdi\n"))
    assert caught.value.code == "file.workbook"
    with pytest.raises(InputError) as other:
        read_grid(write(tmp_path / "a.csv", b"PK\x03\x04rest"))
    assert other.value.code == "file.format"


def test_a_workbook_that_unpacks_without_end_or_declares_entities_is_not_opened(tmp_path: Path) -> None:
    import io
    import zipfile

    from openpyxl import Workbook

    stream = io.BytesIO()
    Workbook().save(stream)
    for part, code in ((b" " * 5_000_000, "file.large"), (b"<!DOCTYPE a><a/>", "file.workbook")):
        made = io.BytesIO(stream.getvalue())
        with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/more.xml", part)
        with pytest.raises(InputError) as caught:
            read_grid(write(tmp_path / "a.xlsx", made.getvalue()))
        assert caught.value.code == code


def test_an_unknown_sheet_is_told_with_those_there_are(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="Sheet"):
        read_grid(tmp_path / "a.xlsx", sheet="Tall")


def test_a_place_is_told_in_the_readers_language() -> None:
    line = Line(7, ("4003", 1))
    text, book = Grid("a.csv", (line,)), Grid("a.xlsx", (line,), workbook=True)
    assert [str(one) for one in (text.place(line, 2), text.row(line), book.place(line, 2), book.row(line))] == [
        "a.csv, linje 7, kolonne 3", "a.csv, linje 7", "a.xlsx, celle C7", "a.xlsx, rad 7",
    ]  # fmt: skip
    told = [language("en").text(one) for one in (text.place(line, 2), book.place(line, 2), book.row(line))]
    assert told == ["a.csv, line 7, column 3", "a.xlsx, cell C7", "a.xlsx, row 7"]
