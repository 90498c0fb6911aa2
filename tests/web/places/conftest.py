"""What the tests of the open pages share. None of them may touch the database: reading needs no account."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from lxml import html

from fotfeste.reports.profiles import Knowledge
from fotfeste.web.places.answers import SHELF
from fotfeste.web.places.knowledge import knowledge as known_now

Page = html.HtmlElement
Read = Callable[..., Page]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """What the pages are made of: the embedded data."""
    return known_now()


@pytest.fixture
def read(client: Client) -> Read:
    """Fetch a page and return it parsed; it must answer with ``status`` (200)."""

    def fetched(address: str, locale: str = "nb", status: int = 200) -> Page:
        answer = client.get(address, headers={"Accept-Language": locale})
        assert answer.status_code == status, address
        return html.fromstring(answer.content.decode())

    return fetched


def text(found: Page) -> str:
    """The text of an element with ordinary spaces."""
    return " ".join(found.text_content().split())


def lead(page: Page) -> str:
    """The one sentence that a page opens with."""
    return text(page.xpath("//p[contains(@class, 'lead')]")[0])


def links(page: Page) -> list[str]:
    """The addresses that a page leads to."""
    return [str(one) for one in page.xpath("//main//a/@href")]
