"""Every main page in every language: accessible, at every width, in both colour schemes, nothing wrong in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import breaches, contrast_breaches, too_wide
from tests.browser.pages import PAGES, Page
from tests.browser.serving import Workspace
from tests.browser.watching import watched

# Each language at a width of its own, so that the rules are tried on every layout of a page in three readings of it.
READ_AT = {"nb": 1440, "nn": 320, "en": 768}
WIDTHS = (320, 768, 1440, 2560)


@pytest.mark.parametrize("main", PAGES, ids=lambda one: one.name)
def test_page_is_accessible_and_fits_in_every_language(
    place: Workspace, browser: Browser, axe: str, main: Page
) -> None:
    found = []
    with watched(browser, place, main.role, "nb") as seen:
        page = seen.page
        for language, width in READ_AT.items():
            seen.read_in(language)
            page.set_viewport_size({"width": width, "height": 900})
            seen.open(main)
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("h1").count() == 1
            assert page.title().endswith("Fotfeste")
            wrong = breaches(page, axe)
            for other in WIDTHS:
                wrong += too_wide(page, other)
            found += [f"{language}, {width} px: {one}" for one in wrong]
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in contrast_breaches(page, axe)]
    assert found == []
