import io
import itertools
import re
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from fotfeste.reports import render_pdf
from fotfeste.reports.blocks import Column, Heading, Link, Paragraph, Picture, Strong, Table
from fotfeste.reports.svg import UnsafePicture

HOSTILE = '#import "x.typ": * $ @a <b> // \\ ] [ *x* _y_ `z` {{a}} #read("/etc/passwd")'


@pytest.fixture(scope="module")
def content(document):
    return render_pdf(document)


@pytest.fixture(scope="module")
def pdf(content):
    return PdfReader(io.BytesIO(content))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def structure(node, found):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            structure(child, found)
    elif hasattr(node, "get"):
        if "/S" in node:
            found.append((str(node["/S"]), node))
        if "/K" in node:
            structure(node["/K"], found)
    return found


@pytest.fixture(scope="module")
def tags(pdf):
    return structure(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"], [])


def test_the_file_declares_pdf_ua_and_is_tagged(pdf):
    root = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part[^0-9]*1", metadata)
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True


def test_language_title_and_author_are_set(pdf, document):
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "nb-NO"
    assert pdf.metadata.title == document.title
    assert pdf.metadata.author == "Telemark fylkeskommune"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_date_in_the_file_is_the_date_of_issue(pdf):
    assert pdf.metadata.creation_date.date() == date(2026, 11, 21)


def test_tables_are_tagged_with_header_cells_and_captions(tags, table):
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == len(table.columns)
    assert kinds.count("/TR") == len(table.rows) + 2
    assert "/Caption" in kinds


def test_headings_are_tagged_without_gaps(tags):
    levels = [int(kind[2]) for kind, _ in tags if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_figure_has_a_text_alternative(tags, document):
    wanted = [block.alternative for block in document.blocks if isinstance(block, Picture)]
    found = [str(node.get("/Alt", "")) for kind, node in tags if kind == "/Figure"]
    assert [alternative for alternative in found if alternative] == found
    assert set(wanted) <= set(found)


def test_only_the_embedded_font_is_used_and_it_is_in_the_file(pdf):
    fonts = {}
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            fonts[str(font["/BaseFont"])] = (
                font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            )
    assert fonts
    assert all("FotfesteInter" in name for name in fonts)
    assert all("/FontFile3" in descriptor or "/FontFile2" in descriptor for descriptor in fonts.values())


def test_pages_are_numbered_and_table_headers_are_repeated(pdf):
    pages = [page.extract_text() for page in pdf.pages]
    for number, text in enumerate(pages, start=1):
        assert f"side {number} av {len(pages)}" in " ".join(text.split())
    assert sum("Anmodet 2026" in text for text in pages) == 2


def test_the_content_is_there(pdf):
    text = " ".join(text_of(pdf).split())
    assert "Telemark anbefaler at kommunene bosetter 714 flyktninger" in text
    assert "Integrerings- og mangfoldsdirektoratet" in text
    assert "26/01234" in text
    assert "Čáhcesuolu" in text
    assert "27*" in text


def test_markup_in_texts_is_never_run(document):
    table = Table(HOSTILE, (Column(HOSTILE),), ((HOSTILE,),), note=HOSTILE, source=HOSTILE)
    blocks = (
        Heading(1, HOSTILE, 'a"<b>'),
        Paragraph((HOSTILE, Strong(HOSTILE), Link("x", f"#{HOSTILE}"))),
        table,
    )
    hostile = replace(document, title=HOSTILE, subtitle=HOSTILE, sender=(HOSTILE,), blocks=blocks)
    text = re.sub(r"\s", "", text_of(PdfReader(io.BytesIO(render_pdf(hostile)))))
    assert text.count(re.sub(r"\s", "", HOSTILE)) >= 7


def test_signs_outside_the_font_do_not_stop_the_document(document):
    odd = replace(document, blocks=(Paragraph(("日本 \U0001f600 \x00\x07 ok",)),), contents=False)
    assert "ok" in text_of(PdfReader(io.BytesIO(render_pdf(odd))))


def test_a_picture_with_a_program_is_refused(document):
    bad = Picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>', "a", "b")
    with pytest.raises(UnsafePicture):
        render_pdf(replace(document, blocks=(bad,)))


def test_a_short_letter_without_headings_is_a_document_too(document):
    letter = replace(document, contents=False, reference=(), blocks=(Paragraph(("Takk for samtalen.",)),))
    assert len(PdfReader(io.BytesIO(render_pdf(letter))).pages) == 1


def test_the_same_document_gives_the_same_bytes(document, content):
    assert render_pdf(document) == content


@pytest.mark.system
def test_another_reader_opens_the_file_and_finds_it_tagged(content, program, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(content)
    told = subprocess.run([program("pdfinfo"), path], capture_output=True, text=True, check=True)
    assert re.search(r"Tagged:\s+yes", told.stdout)
