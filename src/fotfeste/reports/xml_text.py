"""Text on its way into XML: escaped, and without the signs that XML cannot hold."""

from __future__ import annotations

import re
from html import escape

IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(content: str) -> str:
    """Return ``content`` as the text of an XML element."""
    return escape(IMPOSSIBLE.sub("", content), quote=False)


def attribute(content: str) -> str:
    """Return ``content`` as the value of an XML attribute in double quotes."""
    return escape(IMPOSSIBLE.sub("", content), quote=True)
