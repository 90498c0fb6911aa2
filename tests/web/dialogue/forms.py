"""What the tests of pages share: a page as text, and what its forms carry."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse


def text(answer: HttpResponse) -> str:
    """A page as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def carried(answer: HttpResponse, name: str = "seen") -> str:
    """The hidden value that the last form with ``name`` carries."""
    found = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, name
    return html.unescape(found[-1])
