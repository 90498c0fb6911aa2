import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree
from pypdf import PdfReader

from fotfeste.reports import render_docx
from fotfeste.reports.blocks import (
    Column,
    Heading,
    KeyFigures,
    Link,
    PageBreak,
    Paragraph,
    Picture,
    Strong,
    Table,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "</w:t><w:p>&amp; <b> {{x}} ]]> \x00\x1f =cmd \"'"


@pytest.fixture(scope="module")
def content(document):
    return render_docx(document)


@pytest.fixture(scope="module")
def opened(content):
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_is_well_formed_and_declared(parts):
    declared = parts["[Content_Types].xml"].decode()
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
        if name.endswith(".xml") and name != "[Content_Types].xml":
            assert f'PartName="/{name}"' in declared


def test_texts_have_real_styles(opened, document):
    styles = {paragraph.text: paragraph.style.name for paragraph in opened.paragraphs if paragraph.text}
    assert styles[document.title] == "Title"
    assert styles[document.subtitle] == "Subtitle"
    assert styles["Anbefalingen"] == "Heading 1"
    assert styles["Et hopp i nivå"] == "Heading 2"
    assert styles["Folketall"] == "List Bullet"
    assert styles["Først"] == "List Number"
    assert styles["Anbefalt bosetting i 2027"] == "Caption"


def test_every_style_in_use_is_defined(parts):
    used = set(re.findall(rb'<w:(?:p|r|tbl)Style w:val="([^"]+)"', parts["word/document.xml"]))
    defined = set(re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    assert len(used) > 15
    assert used <= defined


def test_the_table_repeats_its_header_and_aligns_numbers(opened, table):
    made = next(one for one in opened.tables if len(one.columns) == 5)
    assert made.style.name == "Talltabell"
    assert [cell.text for cell in made.rows[0].cells] == [column.title for column in table.columns]
    assert made.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert [cell.text for cell in made.rows[-1].cells][:2] == ["Telemark", "714"]
    assert made.rows[6].cells[2].text == "27*"
    assert made.rows[1].cells[1].paragraphs[0].alignment == 2


def test_pictures_have_text_alternatives_and_are_stored_once(opened, parts):
    described = [one._inline.docPr.get("descr") for one in opened.inline_shapes]
    assert described == ["Skien 86, Porsgrunn 74", "Samme bilde i halv bredde"]
    assert len([name for name in parts if name.endswith(".png")]) == 2
    twice = opened.inline_shapes
    assert twice[0].width > 1.9 * twice[1].width


def test_properties_language_and_dates_are_set(opened, document):
    properties = opened.core_properties
    assert (properties.title, properties.author, properties.language) == (
        document.title, "Telemark fylkeskommune", "nb-NO",
    )  # fmt: skip
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=UTC) == datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(("locale", "tag"), [("nn", "nn-NO"), ("en", "en-GB")])
def test_the_language_of_the_text_follows_the_document(document, locale, tag):
    with zipfile.ZipFile(io.BytesIO(render_docx(replace(document, language=locale)))) as archive:
        assert f'w:lang w:val="{tag}"' in archive.read("word/styles.xml").decode()


def test_the_page_is_a4_and_numbered(opened, parts):
    section = opened.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = parts["word/footer1.xml"].decode()
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert "side " in section.footer.paragraphs[0].text


def test_nothing_american_is_left(parts):
    everything = b"".join(content for name, content in parts.items() if name.endswith(".xml"))
    for leftover in (b"en-US", b"Calibri", b"Cambria", b"Times New Roman", b"python-docx", b'w:w="12240"'):
        assert leftover not in everything


def test_links_inside_the_document_lead_to_headings(parts):
    text = parts["word/document.xml"].decode()
    anchors = set(re.findall(r'w:anchor="([^"]+)"', text))
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', text)
    assert anchors <= set(names)
    assert len(names) == len(set(names)) == 4
    assert all(len(name) <= 40 for name in names)
    assert 'Target="https://example.org/tall?a=1&amp;b=2"' in parts["word/_rels/document.xml.rels"].decode()


def test_a_page_break_starts_the_next_block_on_a_new_page(opened):
    heading = next(one for one in opened.paragraphs if one.text == "Kommunene")
    assert heading.paragraph_format.page_break_before


def test_each_numbered_list_counts_from_one(parts):
    assert b'<w:num w:numId="3">' in parts["word/numbering.xml"]
    assert b'<w:numId w:val="3"/>' in parts["word/document.xml"]


def test_hostile_text_stays_text(document):
    table = Table(HOSTILE, (Column(HOSTILE),), ((HOSTILE,),), note=HOSTILE, source=HOSTILE)
    key = KeyFigures(((HOSTILE, HOSTILE, HOSTILE),))
    blocks = (Heading(1, HOSTILE), Paragraph((Strong(HOSTILE), Link("x", "javascript:x()"))), table, key)
    made = docx.Document(io.BytesIO(render_docx(replace(document, title=HOSTILE, blocks=blocks))))
    clean = re.sub("[\x00\x1f]", "", HOSTILE)
    assert made.paragraphs[2].text == clean
    assert made.tables[0].rows[1].cells[0].text == clean
    assert made.core_properties.title == clean


def test_more_than_four_key_figures_continue_on_a_new_line(document):
    items = tuple((f"navn {number}", str(number), "") for number in range(6))
    made = docx.Document(io.BytesIO(render_docx(replace(document, blocks=(KeyFigures(items),)))))
    assert [len(row.cells) for row in made.tables[0].rows] == [4, 4]


def test_a_document_that_ends_with_a_page_break_or_nothing_opens(document):
    for blocks in ((), (PageBreak(),), (PageBreak(), PageBreak(), Paragraph(("a",)))):
        docx.Document(io.BytesIO(render_docx(replace(document, blocks=blocks, contents=False))))


def test_a_tall_picture_fits_on_a_page(document):
    tall = Picture(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 400"><path d="M0 0"/></svg>', "a", "b"
    )
    made = docx.Document(io.BytesIO(render_docx(replace(document, blocks=(tall,)))))
    assert made.inline_shapes[0].height.mm < 235


def test_the_same_document_gives_the_same_bytes(document, content):
    assert render_docx(document) == content


@pytest.mark.system
def test_libreoffice_opens_the_document_and_prints_it(content, program, tmp_path, document):
    path = tmp_path / "document.docx"
    path.write_bytes(content)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        program("soffice"),
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    printed = PdfReader(tmp_path / "document.pdf")
    text = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "bosetter 714 flyktninger" in text
    assert f"side 1 av {len(printed.pages)}" in text
