"""Where everything about places stands: addresses that stay what they are, the same in all languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlencode

from fotfeste.messages import Language, language
from fotfeste.reports.profiles import Knowledge, Place
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.statistics.themes import load_themes

API = "/api/v1"
TABLE_ENDINGS = ("xlsx", "csv", "json")
PICTURE_ENDINGS = ("svg", "png")
MOST_LETTERS = 60
_NORWEGIAN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


def address_of(place: Place, indicator: str = "") -> str:
    """Return the address of the page about a place, or about one indicator of it."""
    if place.kind == "country":
        return f"/indikator/{indicator}/" if indicator else "/"
    room = "fylke" if place.kind == "county" else "kommune"
    return f"/{room}/{place.code}/{indicator}/" if indicator else f"/{room}/{place.code}/"


def theme_address(place: Place, theme: str) -> str:
    """Return the address of the page about a theme of a place."""
    return f"/tema/{theme}/" if place.kind == "country" else f"{address_of(place)}tema/{theme}/"


def ages_address(place: Place) -> str:
    """Return the address of the page about people by age and sex in a place."""
    return "/alder/" if place.kind == "country" else f"{address_of(place)}alder/"


def theme_links(place: Place, words: Language) -> list[tuple[str, str, str]]:
    """Return id, name and address of each theme for a place."""
    return [(one.id, words.text(one.name), theme_address(place, one.id)) for one in load_themes()]


def comparison_address(
    places: Iterable[str], indicators: Iterable[str] = (), under: str = "/sammenlign/"
) -> str:
    """Return the address of a comparison: the places in their order, then the indicators."""
    asked = [*(("sted", one) for one in places), *(("indikator", one) for one in indicators)]
    return f"{under}?{urlencode(asked)}" if asked else under


def table_files(under: str, name: str = "tabell") -> list[tuple[str, str]]:
    """Return what a table is called as a file in each format, and where it stands."""
    return [(ending.upper(), f"{under}{name}.{ending}") for ending in TABLE_ENDINGS]


def picture_files(under: str, name: str) -> list[tuple[str, str]]:
    """Return what a picture is called as a file in each format, and where it stands."""
    return [(ending.upper(), f"{under}{name}.{ending}") for ending in PICTURE_ENDINGS]


def api_addresses(place: Place, indicator: str = "") -> list[str]:
    """Return where the figures of a page are found as data."""
    if indicator:
        within = {"county": place.code, "municipality": place.county_code}.get(place.kind, "")
        query = f"?county={within}" if within else ""
        return [f"{API}/indicators/{indicator}/values{query}", f"{API}/indicators/{indicator}"]
    return [f"{API}/places/{place.code}/indicators", f"{API}/places/{place.code}"]


def file_name(knowledge: Knowledge, place: Place, subject: str, ending: str) -> str:
    """Return the name of a file about a place, in bokmål whatever the reader's language: ``skien-folketall.csv``.

    ``subject`` is the id of an indicator, or the name of a table.
    """
    words = language("nb")
    name = (
        shown_name(knowledge.indicator(subject), knowledge, words)
        if subject in knowledge.indicator_ids
        else subject
    )
    return f"{plain(place.called(words))}-{plain(name)}.{ending}"


def plain(text: str) -> str:
    """Return ``text`` in small letters a–z, digits and hyphens, for names of files."""
    small = unicodedata.normalize("NFKD", text.lower().translate(_NORWEGIAN))
    ascii_only = small.encode("ascii", "ignore").decode()
    parts = [one for one in re.split(r"[^a-z0-9]+", ascii_only) if one]
    name = ""
    for part in parts:
        if name and len(name) + len(part) >= MOST_LETTERS:
            break
        name = f"{name}-{part}" if name else part[:MOST_LETTERS]
    return name or "uten-navn"
