"""Permanent links: the address carries the edition of its figures, and the page tells whether they are still the same."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

EDITION = "utgave"
_WRITTEN = re.compile(r"[0-9a-f]{12}")


def edition_seen(request: HttpRequest, under: str, now: str, versions: str) -> dict[str, Any]:
    """Return what a page needs to tell of its edition: the one now, the one that was asked for, and the permanent link.

    ``edition_state`` is ``same``, ``changed``, or empty where no edition was asked for.
    """
    asked = request.GET.get(EDITION, "")
    known = bool(_WRITTEN.fullmatch(asked))
    return {
        "edition": now,
        "edition_asked": asked if known else "",
        "edition_state": ("same" if asked == now else "changed") if known else "",
        "permanent": permanent(under, now),
        "versions": versions,
    }


def permanent(under: str, edition: str) -> str:
    """Return the permanent link to a page as its figures are now."""
    sign = "&" if "?" in under else "?"
    return f"{under}{sign}{EDITION}={edition}"
