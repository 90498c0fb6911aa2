"""Files that people hand in are let through by what they are, and hostile ones are refused with the way out."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.office_gate import Bounds, Fault, Kind, examine
from fotfeste.uploads import checked_table, checked_upload

ALL = frozenset(Kind)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PDF = (
    b"%PDF-1.7\n1 0 obj\n<< /Length 12 >>\nstream\n/JS /Encrypt \nendstream\nendobj\ntrailer\n<< >>\n%%EOF\n"
)


def docx() -> bytes:
    from docx import Document

    document, stream = Document(), io.BytesIO()
    document.add_paragraph("Anbefaling for Telemark")
    document.save(stream)
    return stream.getvalue()


def xlsx() -> bytes:
    from openpyxl import Workbook

    book, stream = Workbook(), io.BytesIO()
    book.active["A1"] = 545
    book.active["A2"].hyperlink = "https://example.org"
    book.save(stream)
    return stream.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + b"\xff\xd9"


def ods(content: bytes = b"<a/>", *, kind: bytes = b"spreadsheet", **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument." + kind)
        archive.writestr("content.xml", content)
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return stream.getvalue()


def with_part(
    name: str | zipfile.ZipInfo, data: bytes, packed: int = zipfile.ZIP_DEFLATED
) -> Callable[[], bytes]:
    def made() -> bytes:
        stream = io.BytesIO(docx())
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr(name, data, packed)
        return stream.getvalue()

    return made


def relation(attributes: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><R xmlns="{RELATIONS}"><Relationship {attributes}/></R>'
    )
    return with_part("word/_rels/extra.xml.rels", text.encode(encoding))


def linked() -> bytes:
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return with_part(link, b"/etc/passwd")()


def locked_part() -> bytes:
    content = bytearray(docx())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    """State a smaller size than what a part unpacks to."""
    content = bytearray(with_part("word/more.xml", b"<a>" + b" " * 500_000 + b"</a>")())
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, 100)
    return bytes(content)


def twice() -> bytes:
    return with_part("WORD/document.xml", b"<a/>")()


@pytest.mark.parametrize(
    ("name", "made", "kind"),
    [
        ("brev.docx", docx, Kind.DOCX),
        ("SVAR.XLSX", xlsx, Kind.XLSX),
        ("tall.ods", ods, Kind.ODS),
        ("notat.odt", lambda: ods(kind=b"text"), Kind.ODT),
        ("vedtak.pdf", lambda: PDF, Kind.PDF),
        ("tavle.png", lambda: PNG, Kind.PNG),
        ("tavle.JPG", lambda: JPEG, Kind.JPEG),
        ("tavle.jpeg", lambda: JPEG + b"what a telephone adds", Kind.JPEG),
    ],
)
def test_ordinary_files_are_known_by_their_content(name: str, made: Callable[[], bytes], kind: Kind) -> None:
    assert checked_upload(name, made(), ALL) is kind
    with pytest.raises(InputError) as caught:
        checked_upload(name, made(), ALL - {kind})
    assert caught.value.code == "upload.kind"
    with pytest.raises(InputError) as other:
        checked_upload("navn.txt", made(), ALL)
    assert other.value.code == "upload.ending"
    assert f".{kind}" in str(other.value)


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (with_part("word/big.xml", b" " * 61_000_000), Fault.HUGE),
        (with_part("word/big.xml", b" " * 5_000_000), Fault.HUGE),
        (lying, Fault.BROKEN),
        (with_part("../../etc/cron.d/x", b""), Fault.NAMES),
        (with_part("/etc/passwd", b""), Fault.NAMES),
        (with_part("word\\..\\x.xml", b"<a/>"), Fault.NAMES),
        (with_part("C:/x.xml", b"<a/>"), Fault.NAMES),
        (linked, Fault.NAMES),
        (twice, Fault.NAMES),
        (with_part("word/vbaProject.bin", b"x"), Fault.MACRO),
        (with_part("word/VBAPROJECT.BIN", b"x"), Fault.MACRO),
        (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), Fault.LINK),
        (relation(f'Type="{TYPE}/image" TargetMode="External" Target="https://example.org/x"'), Fault.LINK),
        (relation(f"Id='a>b' Type='{TYPE}/image' TargetMode='&#69;xternal' Target='file:///x'"), Fault.LINK),
        (
            relation(f'Type="{TYPE}/attachedTemplate" TargetMode="External" Target="x"', "utf-16"),
            Fault.LINK,
        ),
        (with_part("word/_rels/extra.xml.rels", b"<a><b"), Fault.BROKEN),
        (with_part("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), Fault.ENTITIES),
        (with_part("word/x.xml", '<!DOCTYPE a SYSTEM "file:///x"><a/>'.encode("utf-16")), Fault.ENTITIES),
        (with_part("word/x.xml", '<!DOCTYPE a SYSTEM "file:///x"><a/>'.encode("utf-16-be")), Fault.ENTITIES),
        (
            with_part("word/x.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'),
            Fault.ENTITIES,
        ),
        (with_part("word/x.xml", "<!DOCTYPE a><a/>".encode("cp037")), Fault.ENTITIES),
        (with_part("word/x.xml", b"<a/>", zipfile.ZIP_LZMA), Fault.BROKEN),
        (locked_part, Fault.LOCKED),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.LOCKED),
        (lambda: docx()[:-40], Fault.BROKEN),
        (lambda: docx()[: len(docx()) // 2], Fault.BROKEN),
        (lambda: b"kode;verdi\n", Fault.KIND),
        (lambda: PDF[:-8], Fault.BROKEN),
        (lambda: PDF.replace(b"<< >>", b"<< /Encrypt 2 0 R >>"), Fault.LOCKED),
        (lambda: PDF.replace(b"<< >>", b"<< /OpenAction << /S /JavaScript >> >>"), Fault.MACRO),
        (lambda: ods(META_INF__manifest_xml=b"<a/>", Basic__x_xml=b"<a/>"), Fault.MACRO),
        (
            lambda: ods(b'<a xmlns:x="x"><x:table-source x:href="file:///C:/hemmelig.ods"/></a>'),
            Fault.LINK,
        ),
    ],
)
def test_hostile_and_broken_files_are_refused_with_the_way_out(
    made: Callable[[], bytes], fault: Fault
) -> None:
    with pytest.raises(InputError) as caught:
        checked_upload("brev.docx", made(), ALL)
    assert caught.value.code == f"upload.{fault}"
    assert caught.value.problem.remedy is not None
    assert caught.value.problem.place is not None


def test_an_ods_whose_parts_are_locked_is_refused() -> None:
    stream = io.BytesIO(ods())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("META-INF/manifest.xml", b"<m><encryption-data/></m>")
    assert [one.fault for one in examine(stream.getvalue(), Bounds()).found] == [Fault.LOCKED]


def test_an_empty_file_and_one_above_the_limit_are_told() -> None:
    with pytest.raises(InputError) as caught:
        checked_upload("a.docx", b"", ALL)
    assert caught.value.code == "upload.empty"
    with pytest.raises(InputError) as large:
        checked_upload("a.docx", docx(), ALL, Bounds(file=100))
    assert large.value.code == "upload.huge"
    with pytest.raises(InputError) as many:
        checked_upload("a.docx", docx(), ALL, Bounds(parts=3))
    assert many.value.code == "upload.huge"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    stream = io.BytesIO(with_part("word/vbaProject.bin", b"x")())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")
    with pytest.raises(InputError) as caught:
        checked_upload("brev.docx", stream.getvalue(), ALL)
    assert {one.code for one in caught.value.problems} == {"upload.macro", "upload.link"}


def test_a_document_that_is_also_a_workbook_is_neither() -> None:
    with pytest.raises(InputError) as caught:
        checked_upload("brev.docx", with_part("xl/workbook.xml", b"<a/>")(), ALL)
    assert caught.value.code == "upload.kind"


@given(st.binary(max_size=400), st.integers(0, 30_000))
def test_whatever_is_handed_in_is_let_through_or_refused_and_nothing_else(noise: bytes, at: int) -> None:
    whole = _WHOLE
    at %= len(whole)
    for content in (noise, b"PK\x03\x04" + noise, whole[:at] + noise + whole[at + len(noise) :]):
        assert _verdict(content) in {"docx", *(f"upload.{one}" for one in Fault)} | {
            "upload.empty",
            "upload.ending",
        }


def _verdict(content: bytes) -> str:
    try:
        return str(checked_upload("brev.docx", content, ALL))
    except InputError as error:
        return error.code


_WHOLE = docx()


@pytest.mark.parametrize("picture", [PNG, JPEG])
def test_a_picture_that_is_cut_short_is_refused(picture: bytes) -> None:
    name = "tavle.png" if picture is PNG else "tavle.jpg"
    with pytest.raises(InputError) as caught:
        checked_upload(name, picture[:-4], ALL)
    assert caught.value.code == "upload.broken"


def test_a_page_that_calls_itself_a_picture_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        checked_upload("tavle.png", b"<script>alert(1)</script>", ALL)
    assert caught.value.code == "upload.kind"


def test_a_table_is_text_or_a_workbook_by_its_content() -> None:
    assert checked_table("tabell.csv", b"kommune;anmodet\nSkien;10") == "csv"
    assert checked_table("TABELL.CSV", "kommune;anmodet\nØrsta;10".encode("iso-8859-1")) == "csv"
    assert checked_table("tabell.xlsx", xlsx()) == "xlsx"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tabell.csv", b"", "upload.empty"),
        ("tabell.csv", b"PK\x03\x04 and more", "upload.ending"),
        ("tabell.csv", PDF, "upload.ending"),
        ("tabell.csv", b"\xd0\xcf\x11\xe0 an old workbook", "upload.ending"),
        ("tabell.csv", b"kommune;anmodet\0", f"upload.{Fault.BROKEN}"),
        ("tabell.csv", b"a" * 2001, f"upload.{Fault.HUGE}"),
        ("tabell.xlsx", b"kommune;anmodet", f"upload.{Fault.KIND}"),
        ("tabell.txt", b"kommune;anmodet", f"upload.{Fault.KIND}"),
    ],
)
def test_what_only_calls_itself_a_table_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        checked_table(name, content, Bounds(file=2000))
    assert refused.value.code == code


def test_a_workbook_called_text_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        checked_table("tabell.csv", xlsx())
    assert refused.value.code == "upload.ending"
