"""Which pages are read how often: every day each once, and the main ones by keyboard, on paper and so on; all in every way in `make verify`."""

from __future__ import annotations

import pytest

from tests.browser.pages import PAGES, Page

READ_AT = {"nb": 1440, "nn": 320, "en": 768}
"""Each language at a width of its own, so that the rules are tried on every layout of a page in three readings of it."""


def _param(page: Page, *values: object, daily: bool) -> object:
    name = "-".join((page.name, *(str(one) for one in values)))
    return pytest.param(page, *values, id=name, marks=() if daily else pytest.mark.slow)


in_every_language = pytest.mark.parametrize(
    ("main", "language"),
    [
        _param(page, language, daily=number % len(READ_AT) == turn)
        for number, page in enumerate(PAGES)
        for turn, language in enumerate(READ_AT)
    ],
)
"""Every page in every language; on a day each page in one language, by turns."""

every_page = pytest.mark.parametrize("main", [_param(page, daily=page.picture) for page in PAGES])
"""Every page; on a day the main ones, which a picture is taken of."""
