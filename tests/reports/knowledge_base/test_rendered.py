"""The three formats: the same bytes each time, headings in order, and a Word file that opens."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import docx
import pypdfium2
import pytest

from fotfeste.reports import render_docx, render_html, render_pdf
from fotfeste.reports.blocks import Document, Heading, Picture, Table


class Read(HTMLParser):
    """What matters to a reader who hears the page: headings, names of regions, and how tables are headed."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.tables = self.captions = self.images = self.described = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag == "svg":
            self.images += 1
            self.described += found.get("role") == "img"


def test_html_has_headings_in_order_captions_and_described_pictures(telemark: Document) -> None:
    read = Read()
    read.feed(render_html(telemark).decode())
    assert read.levels[0] == 1
    assert read.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(read.levels, read.levels[1:], strict=False))
    assert len(read.ids) == len(set(read.ids))
    assert read.tables == read.captions == sum(isinstance(one, Table) for one in telemark.blocks)
    assert read.images == read.described >= sum(isinstance(one, Picture) for one in telemark.blocks)


def test_word_opens_it_with_the_same_headings_and_tables(kviteseid: Document) -> None:
    opened = docx.Document(io.BytesIO(render_docx(kviteseid)))
    headings = [
        one.text for one in opened.paragraphs if one.style and str(one.style.name).startswith("Heading")
    ]
    wanted = [one.text for one in kviteseid.blocks if isinstance(one, Heading)]
    assert [one for one in headings if one in wanted] == wanted
    captions = sum(isinstance(one, Table) for one in kviteseid.blocks)
    assert len(opened.tables) >= captions
    assert opened.core_properties.title == kviteseid.title


def test_pdf_has_the_figures_and_is_not_longer_than_the_data_give(kviteseid: Document) -> None:
    pdf = pypdfium2.PdfDocument(render_pdf(kviteseid))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Kviteseid" in text
    assert "2 463" in text.replace("\u00a0", " ")
    assert len(pdf) <= 22


@pytest.mark.parametrize("render", [render_html, render_docx, render_pdf])
def test_the_same_document_gives_the_same_bytes(kviteseid: Document, render) -> None:  # type: ignore[no-untyped-def]
    assert render(kviteseid) == render(kviteseid)
