"""A plan from file to finding: handed in, read in the background, coded by keyboard and by mouse, and seen in matrix and gaps.

The plan is written for the test; nobody has made it (`plan_material.py`).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.pages import PLANS, READER
from tests.browser.pages import Page as MainPage
from tests.browser.plan_material import pdf
from tests.browser.serving import PATIENCE, Workspace
from tests.browser.watching import Watched, watched

TITLE = "Temaplan for integrering i grenda (eksempel)"
TEXT = """
Denne planen er oppdiktet. Den er skrevet for å prøve programmet, og ingen har vedtatt den.
= Arbeid
Bosatte flyktninger skal få norskopplæring og praksis i bedriftene i bygda.
= Bolig
Kommunen vil at flere flytter hit, og boligene skal brukes bedre enn før.
= Fritid
Biblioteket er åpent hver dag, og idrettslaget har gratis utstyr.
"""


def test_a_plan_is_handed_in_read_coded_and_found_again(place: Workspace, browser: Browser) -> None:
    with watched(browser, place, "county_adviser", "nb") as seen:
        _enter(seen)
        _hand_in(seen)
        page = seen.page
        place_of_work = _passage(page, "Bosatte flyktninger")
        _code_by_keyboard(page, place_of_work)
        _code_words_by_mouse(page, _passage(page, "Kommunen vil at flere"))
        _accept_and_reject(page, place_of_work)
        _undo(page, place_of_work)
        _look_in_matrix_and_gaps(seen)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_register_on_a_telephone_is_a_row_of_blocks_and_still_a_table(
    place: Workspace, browser: Browser, scripts: bool
) -> None:
    phone = {"width": 360, "height": 800}
    with watched(browser, place, "county_adviser", "nb", viewport=phone, java_script_enabled=scripts) as seen:
        seen.open(MainPage("planer", PLANS + "?fylke=40"))
        table = seen.page.get_by_role("table", name="Planene, etter eier")
        assert table.get_by_role("columnheader").count() == 6
        row = table.get_by_role("row", name=re.compile("inkludering og levende bygder"))
        cells = row.get_by_role("cell")
        assert cells.count() >= 4
        assert "Eier" in cells.first.evaluate("one => getComputedStyle(one, '::before').content")
        for cell in cells.all():
            box = cell.bounding_box()
            assert box is None or box["x"] + box["width"] <= phone["width"]


def test_the_text_of_a_plan_comes_before_the_picture_of_the_page_on_a_telephone(
    place: Workspace, browser: Browser
) -> None:
    with watched(browser, place, None, "nb", viewport={"width": 390, "height": 844}) as seen:
        seen.open(MainPage("plan-les", READER + "?side=2"))
        page = seen.page
        text, picture = page.locator(".plan-text").bounding_box(), page.locator(".plan-page").bounding_box()
        assert text is not None
        assert picture is not None
        assert picture["y"] >= text["y"] + text["height"]
        page.set_viewport_size({"width": 1440, "height": 900})
        text, picture = page.locator(".plan-text").bounding_box(), page.locator(".plan-page").bounding_box()
        assert text is not None
        assert picture is not None
        assert picture["x"] >= text["x"] + text["width"]


def _passage(page: Page, begins: str) -> Locator:
    return page.locator(".plan-passage", has_text=re.compile(rf"^\s*{begins}"))


def _given(passage: Locator) -> Locator:
    return passage.locator(".plan-given .ds-tag")


def _enter(seen: Watched) -> None:
    seen.open(MainPage("plan-ny", PLANS + "ny/"))
    page = seen.page
    page.get_by_label("Tittel").fill(TITLE)
    page.get_by_label("Hvem eier planen").select_option(label="Hjartdal")
    page.get_by_label("Plantype").select_option(label="Temaplan")
    page.get_by_role("button", name="Før inn planen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def _hand_in(seen: Watched) -> None:
    """Hand in the file, and wait until the worker has read it."""
    page = seen.page
    page.get_by_role("link", name="Legg inn dokument").click()
    file = {"name": "temaplan.pdf", "mimeType": "application/pdf", "buffer": pdf(TITLE, TEXT)}
    page.get_by_label("Fil", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Legg inn").click()
    # Either the page says that it is read now, or the worker was quicker than the browser.
    opened = page.get_by_role("link", name="Dokumentet er lest. Åpne det")
    expect(opened.or_(page.locator(".plan-passage").first)).to_be_visible(timeout=1000 * PATIENCE)
    if opened.is_visible():
        opened.click()
    expect(_passage(page, "Bosatte flyktninger")).to_be_visible()
    picture = page.locator(".plan-page img")
    expect(picture).to_be_visible()
    picture.evaluate("one => one.decode()")
    assert picture.evaluate("one => one.naturalWidth") > 500


def _code_by_keyboard(page: Page, passage: Locator) -> None:
    """Reach the passage, its field and its code without the mouse."""
    page.locator("h1").click()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.plan-passage')"):
            break
    for _ in range(20):
        if passage.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("j")
    expect(passage).to_be_focused()
    page.keyboard.press("c")
    expect(passage.get_by_label("Gi avsnittet en kode")).to_be_focused()
    page.keyboard.type("Helse og omsorg")
    page.keyboard.press("Enter")
    expect(_given(passage).filter(has_text="Helse og omsorg")).to_be_visible()
    expect(passage).to_be_focused()


def _code_words_by_mouse(page: Page, passage: Locator) -> None:
    """Mark some words with the mouse: the code is given to them alone."""
    words = passage.locator(".plan-words")
    words.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = words.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 8, steps=5)
    page.mouse.up()
    expect(passage.locator("[data-chosen]")).to_have_text("gjelder ordene du har merket")
    passage.get_by_label("Gi avsnittet en kode").fill("Folkevekst")
    passage.get_by_role("button", name="Gi kode").click()
    expect(_given(passage).filter(has_text="Folkevekst")).to_be_visible()
    expect(passage.locator(".plan-given")).to_contain_text("deler av avsnittet")


def _accept_and_reject(page: Page, passage: Locator) -> None:
    """Take the first suggestion with a key, and say no to another with the mouse; undo it with a key, and say it again."""
    first, other = passage.locator(".plan-offered .ds-tag").all_inner_texts()[:2]
    passage.focus()
    page.keyboard.press("g")
    expect(_given(passage).filter(has_text=first)).to_be_visible()
    expect(passage).to_be_focused()
    no = passage.get_by_role("button", name=f"Avvis {other}", exact=True)
    no.click()
    expect(passage).to_contain_text(f"Avvist: {other}")
    expect(no).to_have_count(0)
    passage.focus()
    page.keyboard.press("z")
    expect(no).to_be_visible()
    expect(passage).not_to_contain_text("Avvist:")
    no.click()
    expect(passage).to_contain_text(f"Avvist: {other}")


def _undo(page: Page, passage: Locator) -> None:
    """The button undoes what was done last, and nothing else: the other codes stand."""
    given = _given(passage).all_inner_texts()
    page.get_by_role("button", name="Angre det siste").click()
    expect(passage).not_to_contain_text("Avvist:")
    assert _given(passage).all_inner_texts() == given


def _look_in_matrix_and_gaps(seen: Watched) -> None:
    """The cell of the theme says that somebody has accepted a passage, and opens it; the gaps of the plan are told."""
    page = seen.page
    seen.open(MainPage("plan-matrise", PLANS + "matrise/?fylke=40"))
    owner = page.locator("section", has=page.get_by_role("heading", name="Hjartdal", exact=True))
    owner.get_by_role("link", name=re.compile("nevnt i ett avsnitt.*Folkevekst")).click()
    expect(page.locator("#rute")).to_contain_text("Kommunen vil at flere")
    page.goto(seen.address + PLANS)
    page.get_by_label("Ord i tittelen").fill("grenda")
    page.get_by_role("button", name="Vis").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name=re.compile("^Hva er glemt")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("arbeidskraft")
