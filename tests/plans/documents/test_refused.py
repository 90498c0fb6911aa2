"""What is not read, and how it is said: locked, broken, empty, too large, made to harm."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.documents.made import Text, assembled, typeset, written

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.plans.documents import Bounds, read
from fotfeste.plans.documents.apart import read_apart

PAGE = [Text(50, 700, "Kommunen bosetter flyktninger.", 11)]


def code(name: str, data: bytes, bounds: Bounds | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(name, data, bounds=bounds)
    assert caught.value.describe(language("nb"))
    assert caught.value.problem.remedy is not None
    assert caught.value.problem.place
    return caught.value.code


def locked(password: str, owner: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(written([PAGE]))))
    writer.encrypt(password, owner, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_pdf_with_a_password_says_so() -> None:
    assert code("plan.pdf", locked("hemmelig", "eier")) == "plan.locked"


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert read("plan.pdf", locked("", "eier")).text == "Kommunen bosetter flyktninger."


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx", "plan.txt", "plan.html", "plan.md", "plan.odt"])
def test_an_empty_file_says_so(name: str) -> None:
    assert code(name, b"") == "plan.empty"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.pdf", written([[]])), ("plan.txt", b" \n\n"), ("plan.html", b"<html><script>tekst()</script></html>"),
        ("plan.md", b"\n"),
    ],
)  # fmt: skip
def test_a_file_without_words_says_so(name: str, data: bytes) -> None:
    assert code(name, data) == "plan.empty"


def test_a_broken_pdf_says_so() -> None:
    whole = written([PAGE])
    assert code("plan.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20) == "plan.broken"
    assert code("plan.pdf", whole[:120]) == "plan.broken"


def test_something_else_is_named_as_such() -> None:
    assert code("plan.xyz", b"hei") == "plan.kind"
    assert code("plan.doc", b"\xd0\xcf\x11\xe0" + bytes(600)) == "upload.locked"
    assert code("plan.txt", b"a\0b") == "plan.broken"


def test_a_long_plan_is_read_and_one_beyond_the_bound_is_refused_by_its_number_of_pages() -> None:
    pages = [[Text(50, 700, f"Side nummer {number} om bosetting.", 11)] for number in range(2001)]
    assert len(read("plan.pdf", written(pages[:2000])).pages) == 2000
    with pytest.raises(InputError) as caught:
        read("plan.pdf", written(pages))
    assert caught.value.code == "plan.huge"
    assert "2 001" in str(caught.value).replace("\u00a0", " ")


def test_bounds_hold_for_every_kind_of_text() -> None:
    small = Bounds(letters=1_000)
    text = "Kommunen bosetter flyktninger i dag. " * 200
    assert code("plan.txt", text.encode(), small) == "plan.huge"
    assert code("plan.md", text.encode(), small) == "plan.huge"
    assert code("plan.html", f"<html><p>{text}</html>".encode(), small) == "plan.huge"
    assert code("plan.pdf", typeset(1, 2).file, small) == "plan.huge"
    assert code("plan.txt", b"a" * 2_000, Bounds(file=1_000)) == "plan.huge"
    assert code("plan.txt", b"Avsnitt.\n\n" * 200, Bounds(passages=100)) == "plan.huge"


def test_a_stream_that_bursts_is_not_unpacked() -> None:
    bomb = zlib.compress(b"q " * 40_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(bomb) + bomb + b"\nendstream"
    twice = zlib.compress(bomb)
    double = (
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(twice)
        + twice
        + b"\nendstream"
    )
    for one in (stream, double):
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>", one,
        ]  # fmt: skip
        assert code("plan.pdf", assembled(objects)) == "plan.huge"


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000 >>"]
    assert code("plan.pdf", assembled(objects)) in ("plan.broken", "plan.empty")


@pytest.mark.parametrize("size", [0.0, 1e-6, 1e9, -12.0])
def test_letters_of_any_size_are_read(size: float) -> None:
    document = read("plan.pdf", written([[Text(50, 700, "Flyktning", size), *PAGE]]))
    assert "Kommunen" in document.text


def test_a_page_with_too_much_on_it_is_read_in_part_with_a_remark() -> None:
    page = [Text(20 + place % 5 * 100, 700 - place % 600, f"ord{place}", 4) for place in range(3_000)]
    document = read("plan.pdf", written([page]), bounds=Bounds(page_letters=5_000, page_objects=500))
    assert len(document.remarks) == 1
    assert "1" in str(document.remarks[0])


def test_a_scanned_page_is_marked_and_remarked() -> None:
    picture = zlib.compress(bytes(100))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 30 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray "
        b"/Filter /FlateDecode /Length %d >>\nstream\n" % len(picture) + picture + b"\nendstream",
        (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
        b"/Resources << /Font << /F 8 0 R >> >> >>"),
        b"<< /Length 60 >>\nstream\nBT /F 12 Tf 50 700 Td (Kommunen bosetter flyktninger.) Tj ET     \nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    document = read("plan.pdf", assembled(objects))
    assert [page.scanned for page in document.pages] == [True, False]
    assert len(document.remarks) == 1


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str, before: str = "") -> bytes:
    content = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": content.encode()})


def test_an_office_document_made_to_harm_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert code("plan.docx", word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", entities)) == "upload.entities"
    assert code("plan.docx", word("<w:p>" + " " * 80_000_000 + "</w:p>")).endswith("huge")
    assert (
        code(
            "plan.docx", packed({"../ut.txt": b"x", "[Content_Types].xml": b"", "word/document.xml": b"<a/>"})
        )
        == "upload.names"
    )
    assert code("plan.docx", b"PK\x03\x04" + bytes(200)) == "upload.broken"
    assert code("plan.docx", word("")) == "plan.empty"


NOT_FIGURES = ["²", "٣", "9" * 5_000, "-1", "1e9", ""]
"""What a number in an attribute is not, though some of it counts as digits; and one with too many figures to be read whole."""


@pytest.mark.parametrize("stated", NOT_FIGURES)
def test_a_number_of_an_office_document_that_is_none_costs_no_words(stated: str) -> None:
    level = f'<w:pPr><w:outlineLvl w:val="{stated}"/></w:pPr>'
    cell = (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{stated}"/></w:tcPr><w:p><w:r><w:t>celle</w:t></w:r></w:p></w:tc>'
    )
    body = f"<w:p>{level}<w:r><w:t>Mål</w:t></w:r></w:p><w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:name w:val="a"/>{level}</w:style></w:styles>'
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
        "word/styles.xml": styles.encode(),
    }
    assert read("plan.docx", packed(parts)).text.split() == ["Mål", "celle", "celle"]
    cell = f'<table:table-cell table:number-columns-repeated="{stated}"><text:p>celle</text:p></table:table-cell>'
    content = (
        f'<text:h text:outline-level="{stated}">Mål</text:h><table:table><table:table-row>{cell}{cell}'
        "</table:table-row></table:table>"
    )
    assert read("plan.odt", open_document(content)).text.split() == ["Mål", "celle", "celle"]


def open_document(content: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("text", "table", "office")
    )
    body = f"<office:body><office:text>{content}</office:text></office:body>"
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>".encode(),
        }
    )


def test_a_part_without_a_name_keeps_the_document_out() -> None:
    nameless = packed({"word/document.xml": b"<a/>", "[Content_Types].xml": b"", "NAVN": b"x"})
    assert code("plan.docx", nameless.replace(b"NAVN", b"\0AVN")) == "upload.names"


def test_what_is_left_out_of_a_page_may_hold_and_be_followed_by_any_sign() -> None:
    page = "<html><body><p>Kommunen <svg>\x01</svg>bo\x01setter<select>\x02</select>\x0b flyktninger.</p></body></html>"
    assert read("plan.html", page.encode()).text == "Kommunen bosetter flyktninger."


@pytest.mark.parametrize("depth", [90, 5_000])
def test_nesting_without_end_is_read_or_refused_but_never_overflows(depth: int) -> None:
    deep = (
        "<w:sdt><w:sdtContent>" * depth
        + "<w:p><w:r><w:t>dypt</w:t></w:r></w:p>"
        + "</w:sdtContent></w:sdt>" * depth
    )
    if depth > 200:
        assert code("plan.docx", word(deep)) in ("plan.broken", "upload.broken")
    else:
        assert read("plan.docx", word(deep)).text == "dypt"
    page = "<div>" * depth + "<p>Kommunen bosetter.</p>" + "</div>" * depth
    texts = {"plan.html": f"<html><body>{page}</body></html>", "plan.md": "> " * depth + "Kommunen bosetter."}
    for name, text in texts.items():
        if depth > 200:
            assert code(name, text.encode()) in ("plan.broken", "plan.empty")
        else:
            assert read(name, text.encode()).text == "Kommunen bosetter."


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_words(data: st.DataObject) -> None:
    name, whole = data.draw(
        st.sampled_from(
            [("plan.pdf", typeset(1, 1).file), ("plan.docx", word("<w:p><w:r><w:t>Plan</w:t></w:r></w:p>"))]
        )
    )
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(damaged)))
    refusal = None
    try:
        read(name, bytes(damaged[:cut] if data.draw(st.booleans()) else damaged))
    except InputError as error:
        refusal = error.code
    assert refusal is None or refusal.startswith(("plan.", "upload."))


def forms(levels: int) -> bytes:
    """Forms that each draw the next ten times: ten to the power of ``levels`` words in a few hundred bytes each."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /XObject << /X 5 0 R >> >> >>"
        ),
        b"<< /Length 6 >>\nstream\n/X Do \nendstream",
    ]
    for level in range(levels):
        own = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %d 0 R >> >>"
        objects.append(
            b"<< " + own % (6 + level) + b" /Length 60 >>\nstream\n" + b"/X Do " * 10 + b"\nendstream"
        )
    objects.append(
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 14 >>\nstream\n0 0 9 9 re f  \nendstream"
    )
    return assembled(objects)


def test_a_file_that_would_take_for_ever_is_given_up_apart() -> None:
    with pytest.raises(InputError) as caught:
        read_apart("plan.pdf", forms(12), seconds=2)
    assert caught.value.code in ("plan.slow", "plan.broken")


def test_apart_a_plan_is_read_or_refused_as_here() -> None:
    data = written([PAGE])
    assert read_apart("plan.pdf", data) == read("plan.pdf", data)
    with pytest.raises(InputError) as caught:
        read_apart("plan.pdf", locked("hemmelig", "eier"))
    assert caught.value.code == "plan.locked"
