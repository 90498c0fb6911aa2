"""Permanent links: the address carries the edition of its figures, and the page tells whether they are still the same."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

from fotfeste.messages import Language
from fotfeste.reports.pages.editions import edition_of
from fotfeste.reports.pages.series import series_view
from fotfeste.reports.profiles import Knowledge, Place, indicator_view
from fotfeste.statistics.indicators import Indicator

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


def indicator_edition(known: Knowledge, place: Place, indicator: Indicator, words: Language) -> str:
    """Return the edition of the page about one indicator of a place: its table, and its figures over time."""
    several = (
        indicator_view(known, place, indicator.id, words, pictures=False),
        series_view(known, place, indicator, words),
    )
    return edition_of(known, [indicator.id], *(one.data for one in several if one is not None))


def permanent(under: str, edition: str) -> str:
    """Return the permanent link to a page as its figures are now."""
    sign = "&" if "?" in under else "?"
    return f"{under}{sign}{EDITION}={edition}"
