"""Which pages are read how often: every day each page once and the main ones in every way, all in every way in `make verify`."""

from __future__ import annotations

import pytest

from tests.browser.pages import PAGES, Page

READ_AT = {"nb": 1440, "nn": 320, "en": 768}
"""Each language at a width of its own, so that the rules are tried on every layout of a page in three readings of it."""


def _is_main(page: Page) -> bool:
    return page.picture


def _param(page: Page, *values: object, daily: bool) -> object:
    name = "-".join((page.name, *(str(one) for one in values)))
    return pytest.param(page, *values, id=name, marks=() if daily else pytest.mark.slow)


in_every_language = pytest.mark.parametrize(
    ("main", "language"),
    [
        _param(page, language, daily=_is_main(page) or number % len(READ_AT) == turn)
        for number, page in enumerate(PAGES)
        for turn, language in enumerate(READ_AT)
    ],
)
"""Every page in every language; on a day those that are not main ones in one language each, by turns."""

every_page = pytest.mark.parametrize("main", [_param(page, daily=_is_main(page)) for page in PAGES])
"""Every page; on a day the main ones."""
