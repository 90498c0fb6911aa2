"""Every main page in every language: accessible, at every width, in both colour schemes, nothing wrong in the browser."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.looking import breaches, contrast_breaches, too_wide
from tests.browser.pages import Page
from tests.browser.readings import READ_AT, in_every_language
from tests.browser.serving import Workspace
from tests.browser.watching import watched

WIDTHS = (320, 768, 1440, 2560)


@in_every_language
def test_page_is_accessible_and_fits_in_every_language(
    place: Workspace, browser: Browser, axe: str, main: Page, language: str
) -> None:
    width = READ_AT[language]
    with watched(browser, place, main.role, language) as seen:
        page = seen.page
        page.set_viewport_size({"width": width, "height": 900})
        seen.open(main)
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
        assert page.title().endswith("Fotfeste")
        found = breaches(page, axe)
        for other in WIDTHS:
            found += too_wide(page, other)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in contrast_breaches(page, axe)]
    assert found == []
