"""Which pages are read how often: every day half of the main ones and some of the others, all in every way in `make verify`."""

from __future__ import annotations

import pytest

from tests.browser.pages import PAGES, Page
from tests.daily import LONG_RUN

READ_AT = {"nb": 1440, "nn": 320, "en": 768}
"""Each language at a width of its own, so that the rules are tried on every layout of a page in three readings of it."""


def _param(page: Page, *values: object, daily: bool) -> object:
    name = "-".join((page.name, *(str(one) for one in values)))
    return pytest.param(page, *values, id=name, marks=() if daily else LONG_RUN)


MAIN = tuple(one for one in PAGES if one.picture)
"""The main pages, which a picture is taken of."""
DAILY = {*MAIN[::4], *tuple(one for one in PAGES if not one.picture)[::48]}

in_every_language = pytest.mark.parametrize(
    ("main", "language"),
    [
        _param(page, language, daily=page in DAILY and number % len(READ_AT) == turn)
        for number, page in enumerate(PAGES)
        for turn, language in enumerate(READ_AT)
    ],
)
"""Every page in every language; on a day those of the day in one language each, by turns."""

every_page = pytest.mark.parametrize("main", [_param(page, daily=page in MAIN[::16]) for page in PAGES])
"""Every page; on a day some of the main ones."""
