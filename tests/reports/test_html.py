import itertools
import re
from dataclasses import replace

import pytest
from lxml import html

from fotfeste.reports import render_html
from fotfeste.reports.blocks import Column, Heading, Link, Paragraph, Picture, Strong, Table
from fotfeste.reports.svg import UnsafePicture

HOSTILE = "</script><script>alert('x')</script>\"'&{{7*7}}#import ${x}"


@pytest.fixture(scope="module")
def page(document):
    return html.fromstring(render_html(document))


def test_the_page_is_one_file_without_scripts_or_anything_to_fetch(document):
    text = render_html(document).decode()
    assert "<script" not in text
    assert not re.search(r"""(?:src|href)=["'](?!#|data:|https://example\.org/tall)""", text)
    assert not re.search(r"url\((?!data:|#)", text)


def test_language_title_and_description_are_set(page, document):
    assert page.get("lang") == "nb-NO"
    assert page.findtext(".//title") == document.title
    assert page.find(".//meta[@name='description']").get("content") == document.description


@pytest.mark.parametrize(("locale", "tag"), [("nn", "nn-NO"), ("en", "en-GB")])
def test_the_language_follows_the_document(document, locale, tag):
    assert html.fromstring(render_html(replace(document, language=locale))).get("lang") == tag


def test_there_is_one_first_heading_and_no_level_is_skipped(page):
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_landmarks_and_a_skip_link_are_there(page):
    assert len(page.findall(".//main")) == len(page.findall(".//header")) == len(page.findall(".//nav")) == 1
    first = next(page.find("body").iter("a"))
    assert page.find(".//main").get("id") == first.get("href").removeprefix("#")


def test_every_link_inside_the_page_leads_to_something(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
    assert len(targets) >= 5
    assert set(targets) <= set(ids)
    references = [one for value in page.xpath("//@aria-labelledby") for one in value.split()]
    assert set(references) <= set(ids)


def test_tables_have_captions_header_cells_and_can_be_scrolled_from_the_keyboard(page, table):
    found = page.find(".//table")
    assert found.findtext("caption") == table.caption
    assert [cell.get("scope") for cell in found.iterfind("thead/tr/th")] == ["col"] * len(table.columns)
    assert [row[0].get("scope") for row in found.iterfind("tbody/tr")] == ["row"] * len(table.rows)
    assert found.find("tfoot/tr/th").text == "Telemark"
    region = found.getparent()
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")


def test_marks_are_shown_and_explained(page):
    text = page.find(".//table").text_content()
    assert "27*" in text
    assert "«:» betyr" in page.text_content()


def test_pictures_are_images_with_text_alternatives(page):
    pictures = page.findall(".//figure//svg")
    assert [picture.get("aria-label") for picture in pictures] == [
        "Skien 86, Porsgrunn 74",
        "Samme bilde i halv bredde",
    ]
    assert {picture.get("role") for picture in pictures} == {"img"}


def test_hostile_text_stays_text_everywhere(document):
    table = Table(HOSTILE, (Column(HOSTILE),), ((HOSTILE,),), note=HOSTILE, source=HOSTILE)
    blocks = (
        Heading(1, HOSTILE, 'a"onclick="x'),
        Paragraph((HOSTILE, Strong(HOSTILE), Link(HOSTILE, "https://example.org/?\"'><b>"))),
        table,
    )
    hostile = replace(
        document, title=HOSTILE, subtitle=HOSTILE, description=HOSTILE, sender=(HOSTILE,), recipient=(HOSTILE,),
        reference=((HOSTILE, HOSTILE),), blocks=blocks,
    )  # fmt: skip
    page = html.fromstring(render_html(hostile))
    assert page.findall(".//script") == []
    assert page.xpath("//@onclick") == []
    assert page.text_content().count(HOSTILE) >= 11


def test_a_link_that_runs_code_becomes_plain_text(document):
    page = html.fromstring(
        render_html(replace(document, blocks=(Paragraph((Link("se", "javascript:x()"),)),)))
    )
    assert page.xpath("//main//a") == []
    assert "se" in page.find(".//main").text_content()


def test_a_picture_with_a_program_is_refused(document):
    bad = Picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>', "", "")
    with pytest.raises(UnsafePicture):
        render_html(replace(document, blocks=(bad,)))


COLOURS = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "#ffffff"), ("quiet", "#ffffff"), ("quiet", "faint"), ("quiet", "blue-faint"), ("blue", "#ffffff"),
        ("blue", "faint"), ("blue-dark", "blue-faint"), ("ink", "amber-faint"), ("amber", "amber-faint"),
        ("plum", "plum-faint"), ("ink", "plum-faint"),
    ],
)  # fmt: skip
def test_text_has_enough_contrast(document, text, ground):
    colours = dict(COLOURS.findall(render_html(document).decode()))
    assert contrast(colours[text], colours.get(ground, ground)) >= 4.5


def test_the_same_document_gives_the_same_bytes(document):
    assert render_html(document) == render_html(document)
