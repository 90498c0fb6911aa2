"""Pictures inside a page: checked, named apart, and with links where places lead somewhere."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from fotfeste.reports import svg
from fotfeste.reports.maps import CODE
from fotfeste.reports.profiles.values import Href
from fotfeste.reports.xml_text import attribute

SAFE = re.compile(r"/(?!/)[^\\]*\Z")
_SHAPE = re.compile(rf'<path\b[^>]*\b{CODE}="(?P<code>\d+)"[^>]*>(?:<title>(?P<told>[^<]*)</title>)?</path>')


def inline(picture: str, prefix: str, alternative: str, href: Href | None = None) -> str:
    """Return a picture to stand in HTML; see :meth:`fotfeste.reports.profiles.values.Drawing.inline`.

    An address must begin with a single slash: a map leads to pages of the same site only. Raises ``ValueError`` for
    others. A place that is drawn twice is reached once by keyboard.
    """
    text = svg.embed(picture, prefix, alternative)
    if href is None:
        return text

    reached: set[str] = set()

    def linked(found: re.Match[str]) -> str:
        address = href(found["code"])
        if address is None:
            return found[0]
        if not SAFE.match(address):
            raise ValueError(f"a map leads to pages of the same site only, not {address!r}")
        again = ' tabindex="-1" aria-hidden="true"' if found["code"] in reached else ""
        reached.add(found["code"])
        name = _quoted(found["told"] or found["code"])
        return f'<a href="{attribute(address)}" aria-label="{name}"{again}>{found[0]}</a>'

    changed = _SHAPE.sub(linked, text)
    if changed == text:
        return text
    head = f' role="img" aria-label={quoteattr(alternative)} focusable="false">'
    group = f' role="group" aria-label={quoteattr(alternative)}>'
    return changed.replace(head, group, 1)


def _quoted(told: str) -> str:
    """Return text that is already escaped for an element as the value of an attribute."""
    return told.replace('"', "&quot;")
