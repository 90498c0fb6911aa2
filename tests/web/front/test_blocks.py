"""The library's blocks on a page: what is said, how it can be read, and that nothing slips past the strict policy."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import engines
from django.utils import translation

from fotfeste.messages import language
from fotfeste.reports import svg
from fotfeste.reports.blocks import (
    Aside,
    Bullets,
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
from fotfeste.statistics.figure import Figure
from fotfeste.web.front.blocks import OnPage, block_as_html, blocks_as_html

NB = language("nb")
TABLE = Table(
    "Anbefalt bosetting",
    (Column("Kommune"), Column("Anbefalt", "number", summed=True), Column("Andel", "percent", 1)),
    (
        ("Skien", 123, Fraction(1, 8)),
        ("Fyresdal", Figure.suppressed(1, 4), Fraction(1, 2)),
    ),
    total_label="Telemark",
    emphasis=frozenset({0}),
    note="Status per i dag.",
    source="IMDi",
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 391 425"><title>x</title><rect id="a" width="9" height="9"/></svg>'
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class Elements(HTMLParser):
    """Every element with its attributes, for statements about a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_a_table_names_its_rows_and_columns_and_can_be_scrolled_by_keyboard() -> None:
    html = block_as_html(TABLE, NB)
    page = Elements(html)
    assert [one.get("scope") for one in page.all("th")] == ["col", "col", "col", "row", "row", "row"]
    region = next(one for one in page.all("div") if one.get("role") == "region")
    assert region["tabindex"] == "0"
    assert region["aria-label"] == "Anbefalt bosetting"
    assert "<caption><span>Anbefalt bosetting</span></caption>" in html


def test_a_column_without_a_heading_has_no_empty_one() -> None:
    table = Table("x", (Column("Kommune"), Column(""), Column("Tall", "number")), (("Skien", "a", 1),))
    assert '<th scope="col">Kommune</th><td></td><th scope="col" class="number">Tall</th>' in block_as_html(
        table, NB
    )


def test_a_suppressed_figure_is_shown_as_its_mark_and_never_as_a_number() -> None:
    html = block_as_html(TABLE, NB)
    assert re.search(r"Fyresdal</th><td class=\"number\">:</td>", html)
    assert "«:» betyr at tallet er skjult fordi det er lite." in html


def test_the_total_row_does_not_give_a_hidden_part_away() -> None:
    foot = block_as_html(TABLE, NB).partition("<tfoot>")[2]
    assert "124–127" in foot
    assert ">123<" not in foot


def test_numbers_stand_to_the_right_by_class_and_follow_the_readers_language() -> None:
    assert '<td class="number">12,5\u00a0%</td>' in block_as_html(TABLE, NB)
    assert '<td class="number">12.5%</td>' in block_as_html(TABLE, language("en"))


def test_a_rows_heading_may_lead_to_its_page() -> None:
    html = block_as_html(TABLE, NB, OnPage(row_links={0: "/kommune/4003/?a=1&b=2"}))
    assert '<th scope="row"><a class="ds-link" href="/kommune/4003/?a=1&amp;b=2">Skien</a></th>' in html
    assert '<th scope="row">Fyresdal</th>' in html


def test_a_picture_has_a_text_in_its_place_and_a_size_without_a_style() -> None:
    html = block_as_html(Picture(DRAWING, "Kart: Skien 123.", "Anbefalt", "Kartverket"), NB)
    drawing = Elements(html).all("svg")[0]
    assert drawing["role"] == "img"
    assert drawing["aria-label"] == "Kart: Skien 123."
    assert drawing["width"] == "489"
    assert "Kilde: Kartverket" in html


def test_a_map_whose_places_lead_somewhere_can_be_skipped() -> None:
    shape = '<path d="M0 0h9v9z" fill="#fff" data-code="4003"><title>Skien: 123</title></path></svg>'
    picture = Picture(DRAWING.replace("</svg>", shape), "Kart: Skien 123.", "Anbefalt", "Kartverket")
    html = block_as_html(picture, NB, OnPage(places={"4003": "/bosetting/2027/40/4003/"}))
    assert '<a href="/bosetting/2027/40/4003/" aria-label="Skien: 123">' in html
    found = re.search(r'<a class="ds-skip-link" href="#(etter-p[0-9a-f]{8})">Hopp over kartet</a>', html)
    assert found
    assert html.index(found[0]) < html.index("<figure") < html.index(f'id="{found[1]}" tabindex="-1"')
    assert "Hopp over" not in block_as_html(picture, NB)


def test_two_pictures_on_a_page_do_not_share_names() -> None:
    other = DRAWING.replace("391", "392")
    html = blocks_as_html([Picture(DRAWING, "a", "b"), Picture(other, "a", "b")], NB)
    names = [one["id"] for _, one in Elements(html).found if "id" in one]
    assert len(names) == 2
    assert len(set(names)) == 2


def test_a_picture_that_is_a_program_is_refused() -> None:
    with pytest.raises(svg.UnsafePicture):
        block_as_html(Picture(DRAWING.replace("<title", '<rect onload="x()"/><title'), "", ""), NB)


def every_block(text: str) -> list[Any]:
    cells = (text, 1)
    return [
        Heading(1, text),
        Paragraph((text, Strong(text), Link(text, "https://example.org/" + text)), lead=True),
        Bullets(((text,),), numbered=True),
        Table(text, (Column(text), Column(text, "number")), (cells,), note=text, source=text),
        Picture(DRAWING, text, text, text),
        KeyFigures(((text, text, text),)),
        Aside("warning", text, (text,)),
        PageBreak(),
    ]


def test_nothing_that_people_wrote_becomes_markup() -> None:
    html = blocks_as_html(
        every_block(HOSTILE), NB, OnPage(row_links={0: HOSTILE}, downloads=[(HOSTILE, HOSTILE)])
    )
    page = Elements(html)
    assert not page.all("script")
    assert not page.all("img")
    assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)


def test_a_page_never_holds_a_style_of_its_own() -> None:
    page = Elements(blocks_as_html(every_block("tekst"), NB))
    assert not page.all("style")
    assert not any("style" in attributes for _, attributes in page.found)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"]
)
def test_a_link_that_leads_astray_is_only_its_words(target: str) -> None:
    html = block_as_html(Paragraph((Link("les mer", target),)), NB)
    assert "<a" not in html
    assert "les mer" in html


def test_a_link_within_the_document_may_be_sent_to_the_page_where_it_stands_now() -> None:
    link = Paragraph((Link("Skien", "#skien"),))
    assert 'href="#skien"' in block_as_html(link, NB)
    assert 'href="/bosetting/2027/4003/"' in block_as_html(
        link, NB, OnPage(addresses={"#skien": "/bosetting/2027/4003/"})
    )


def test_headings_stand_below_the_pages_own_without_a_gap() -> None:
    html = blocks_as_html([Heading(1, "Én"), Heading(3, "To"), Heading(1, "Én")], NB)
    assert re.findall(r"<(h\d) id=\"([^\"]+)\"", html) == [("h2", "en"), ("h3", "to"), ("h2", "en-2")]
    assert "<h4" in block_as_html(Heading(1, "x"), NB, OnPage(level=4))


def test_what_must_be_noticed_says_so_in_words_and_not_by_colour_alone() -> None:
    html = block_as_html(Aside("choice", "Totalen", ("Velg.",)), NB)
    assert "Dette må dere velge: Totalen" in html


def test_templates_show_blocks_in_the_language_of_the_page() -> None:
    template = engines["django"].from_string(
        "{{ table|as_html }}{% blocks many level=3 row_links=links downloads=files %}"
    )
    context = {
        "table": TABLE,
        "many": [Heading(1, "Fakta"), TABLE],
        "links": {1: "/her/"},
        "files": [("CSV", "/fil.csv")],
    }
    with translation.override("en"):
        html = template.render(context)
    assert html.count("Source: IMDi") == 2
    assert "<h3" in html
    assert '<a class="ds-link" href="/her/">Fyresdal</a>' in html
    assert '<a class="ds-link" href="/fil.csv" download>CSV</a>' in html


def test_dates_are_written_out_as_in_the_documents() -> None:
    table = Table("x", (Column("a"), Column("b", "date")), (("y", date(2026, 11, 21)),))
    assert "21. november 2026" in block_as_html(table, NB)
