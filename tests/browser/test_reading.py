"""Every page read in other ways: without scripts, with large letters, on paper, without motion, by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import focused, too_wide
from tests.browser.pages import Page
from tests.browser.readings import every_page
from tests.browser.serving import Workspace
from tests.browser.watching import watched

MOST_STEPS = 1_000
PAPER = 718
"""The width of an A4 sheet within its margins, in CSS pixels."""


@every_page
def test_page_can_be_read_without_scripts_with_large_letters_and_on_paper(
    place: Workspace, browser: Browser, main: Page
) -> None:
    found = []
    with watched(browser, place, main.role, "nb", java_script_enabled=False) as seen:
        seen.open(replace(main, steps=()))
        assert seen.page.locator("main h1").is_visible()
        words = len(seen.page.locator("main").inner_text().split())
        assert words > 5
    with watched(browser, place, main.role, "nb", reduced_motion="reduce") as seen:
        seen.open(main)
        page = seen.page
        assert len(page.locator("main").inner_text().split()) >= words / 2
        moving = page.evaluate(
            "document.getAnimations().filter(one => one.effect.getTiming().duration > 50).length"
        )
        assert moving == 0
        # What a reader does who has set the browser's letters to double size.
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"large letters: {one}" for width in (1280, 640) for one in too_wide(page, width)]
        # Opened anew: the browser may go on drawing with the large letters for a while.
        seen.open(main)
        page.emulate_media(media="print")
        found += [f"paper: {one}" for one in too_wide(page, PAPER)]
        assert page.locator("main h1").is_visible()
        for hidden in ("header.top", "footer.bottom", ".top-search"):
            assert page.locator(hidden).count() == 0 or not page.locator(hidden).first.is_visible()
    assert found == []


@every_page
def test_the_keyboard_reaches_everything_in_order_and_is_caught_nowhere(
    place: Workspace, browser: Browser, main: Page
) -> None:
    with watched(browser, place, main.role, "nb", reduced_motion="reduce") as seen:
        seen.open(replace(main, steps=()))
        page = seen.page
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement?.blur()")
        visited = []
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            at = focused(page)
            if at is None:
                break
            visited.append(at)
        else:
            pytest.fail(f"after {MOST_STEPS} steps the keyboard is still on {visited[-1]['name']}")
        assert visited[0]["name"].startswith("a Hopp til innholdet")
        assert [one["name"] for one in visited if not one["seen"]] == []
        assert [one["name"] for one in visited if not one["marked"]] == []
        assert [one["name"] for one in visited if not one["after"]] == []
        assert len(visited) > 10
