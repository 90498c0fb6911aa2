"""Every main page in every language: accessible, at every width, in both colour schemes, nothing wrong in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import breaches, contrast_breaches, too_wide
from tests.browser.pages import PAGES, Page
from tests.browser.serving import Workspace
from tests.browser.watching import watched

LANGUAGES = {"nb": "nb", "nn": "nn", "en": "en"}
WIDTHS = (320, 768, 1440, 2560)

every_page = pytest.mark.parametrize("main", PAGES, ids=lambda one: one.name)


@every_page
def test_page_is_accessible_and_fits_in_every_language(
    place: Workspace, browser: Browser, axe: str, main: Page
) -> None:
    found = []
    for language in LANGUAGES:
        with watched(browser, place, main.role, language) as seen:
            seen.open(main)
            page = seen.page
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("h1").count() == 1
            assert page.title().endswith("Fotfeste")
            wrong = breaches(page, axe)
            for width in WIDTHS:
                wrong += too_wide(page, width)
            if language == "nb":
                page.set_viewport_size({"width": 320, "height": 640})
                wrong += [f"320 px: {one}" for one in breaches(page, axe)]
                page.emulate_media(color_scheme="dark")
                wrong += [f"dark: {one}" for one in contrast_breaches(page, axe)]
            found += [f"{language}: {one}" for one in wrong]
    assert found == []


@every_page
def test_page_can_be_read_without_scripts_with_large_letters_and_on_paper(
    place: Workspace, browser: Browser, main: Page
) -> None:
    found = []
    with watched(browser, place, main.role, "nb", java_script_enabled=False) as seen:
        seen.open(Page(main.name, main.address, main.role, main.status))
        page = seen.page
        assert page.locator("main h1").is_visible()
        words = len(page.locator("main").inner_text().split())
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
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.emulate_media(media="print")
        found += [f"paper: {one}" for one in too_wide(page, 718)]
        assert page.locator("main h1").is_visible()
        for hidden in ("header.top", "footer.bottom", ".top-search"):
            assert page.locator(hidden).count() == 0 or not page.locator(hidden).first.is_visible()
    assert found == []
