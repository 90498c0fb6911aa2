"""What the page about privacy promises to those who only read."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.browser.pages import PAGES, Page

READ_BY_ALL = [one for one in PAGES if one.role is None and not one.address.startswith("/konto/")]


@pytest.mark.django_db
@pytest.mark.parametrize("page", READ_BY_ALL, ids=lambda one: one.name)
def test_whoever_only_reads_gets_no_cookie(client: Client, page: Page) -> None:
    answer = client.get(page.address)
    assert answer.status_code in {200, 302, 404, page.status}
    assert answer.cookies == {}
