"""Real plans, where they are at hand: every quote stands on the page it is said to, and the three kinds of file say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import html
from tests.daily import every_nth
from tests.plans.documents.test_real_plans import NAMES

from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingRules
from fotfeste.plans.coverage import ReadDocument, read_document
from fotfeste.plans.documents import read
from fotfeste.plans.gaps import gaps, shipped_expectations
from fotfeste.reports import render_docx, render_html, render_pdf
from fotfeste.reports.blocks import Block, Bullets, Document, Heading, Inline, Paragraph, Table
from fotfeste.reports.knowledge_base import gather
from fotfeste.reports.plans import gap_document, leanings, statement

DAY = date(2026, 11, 22)
KVITESEID = "4028"
CITED = re.compile(r"^«(?P<quote>.*)» \((?:(?P<title>.*), )?s\.[\s\u202f\u00a0](?P<first>\d+)(?:–(?P<last>\d+))?\)$", re.DOTALL)  # fmt: skip

MARKS = re.compile(r"K\d+(, K\d+)*")
SOURCE = re.compile(r"(?P<marks>K\d+(, K\d+)*): ")


def letters(text: str) -> str:
    """The letters and digits of a text alone: files break lines, join and hyphenate as they like."""
    return re.sub(r"[\W_]+", "", text.replace("\ufffe", "").replace("\u00ad", "")).casefold()


def inline(content: tuple[Inline, ...]) -> str:
    return "".join(one if isinstance(one, str) else one.text for one in content)


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The headings, paragraphs, list items and captions of a document in order."""
    for one in blocks:
        if isinstance(one, Heading):
            yield one.text
        elif isinstance(one, Paragraph):
            yield inline(one.content)
        elif isinstance(one, Bullets):
            yield from map(inline, one.items)
        elif isinstance(one, Table):
            yield one.caption


@cache
def _read(folder: Path, name: str) -> ReadDocument:
    made = read(name, (folder / name).read_bytes())
    return read_document(name, made, _rules().suggest(made))


@cache
def _rules() -> CodingRules:
    return CodingRules(load("integrering"))


@cache
def _pages(folder: Path, name: str) -> tuple[str, ...]:
    file = pypdfium2.PdfDocument(str(folder / name))
    return tuple(letters(page.get_textpage().get_text_range()) for page in file)


@pytest.fixture
def folder(shared: Path) -> Path:
    found = shared / "plans"
    if not all((found / one).is_file() for one in NAMES):
        pytest.skip("the real plans (../shared/plans) are not beside the checkout")
    return found


def both(folder: Path, draft: str) -> tuple[Document, Document]:
    """What one plan forgets if it is held against what a municipality's plan must say, and the statement that leans on the others."""
    book, gathered = _rules().book, gather(None, KVITESEID, DAY)
    report = gaps(_read(folder, draft), "municipal_plan_society", (), book)
    others = [_read(folder, one) for one in NAMES if one != draft]
    made = statement(
        report, leanings(report, others, book, shipped_expectations()), title=draft, county="Telemark", municipality="Kviteseid",
        titles={}, locale="nb", issued=DAY, gathered=gathered,
    )  # fmt: skip
    return gap_document(report, draft, "nb", DAY, gathered), made


@pytest.mark.shared
@pytest.mark.parametrize("draft", every_nth(5, NAMES))
def test_every_quote_stands_on_the_page_it_is_said_to_stand_on(folder: Path, draft: str) -> None:
    seen = 0
    for document in both(folder, draft):
        for line in lines(document.blocks):
            if (found := CITED.match(line)) is None:
                continue
            title = found["title"]
            name = next(one for one in NAMES if one == (title or draft))
            first, last = int(found["first"]), int(found["last"] or found["first"])
            here = "".join(_pages(folder, name)[first - 1 : last])
            for piece in found["quote"].split("…"):
                for sentence in re.split(r"(?<=[.!?]) ", piece.strip()):
                    words = letters(sentence)
                    middle = words[len(words) // 3 : len(words) // 3 + 24]
                    assert middle in here, f"{name}, page {first}: {sentence}"
                    seen += 1
    assert seen > 10


@pytest.mark.shared
@pytest.mark.parametrize("draft", every_nth(5, NAMES))
def test_word_pdf_and_html_have_the_same_remarks_in_the_same_order(folder: Path, draft: str) -> None:
    for document in both(folder, draft):
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(render_pdf(document))]
        word = docx.Document(BytesIO(render_docx(document)))
        kinds = {
            "pdf": letters("".join(pages)),
            "docx": letters(" ".join("".join(one.itertext()) for one in word.element.body.iter() if one.tag.endswith("}p"))),
            "html": letters(html.fromstring(render_html(document).decode()).text_content()),
        }  # fmt: skip
        wanted = [letters(line)[:24] for line in lines(document.blocks)]
        assert len(wanted) > 20
        for kind, text in kinds.items():
            at = text.index(wanted[0])
            for one in wanted:
                found = text.find(one, at)
                assert found >= 0, (kind, one)
                at = found


@pytest.mark.shared
@pytest.mark.parametrize("draft", every_nth(5, NAMES))
def test_every_figure_beside_a_plan_has_its_source_below_it(folder: Path, draft: str) -> None:
    for document in both(folder, draft):
        shown, told = set[str](), set[str]()
        for one in document.blocks:
            if isinstance(one, Table) and one.columns[-1].title == "Kilde":
                assert all(MARKS.fullmatch(str(row[-1])) for row in one.rows), one.caption
                shown |= {mark for row in one.rows for mark in str(row[-1]).split(", ")}
            elif isinstance(one, Bullets):
                marked = [SOURCE.match(inline(item)) for item in one.items]
                told |= {mark for found in marked if found for mark in found["marks"].split(", ")}
        assert shown
        assert shown == told
