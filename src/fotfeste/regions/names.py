"""Names as people write them: upper and lower case, letters without marks, county labels, misspellings."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŧ": "t", "ŋ": "n", "–": "-", "—": "-", "‑": "-"})
_LAST = str.maketrans({"æ": "{", "ø": "|", "å": "}", "ä": "{", "ö": "|", "đ": "d", "ŧ": "t", "ŋ": "n"})
"""Letters that come after z, as the signs that do so in ASCII."""
_LABEL = re.compile(r"^(?P<name>.+?)\s*\((?P<county>[^()]+)\)$")
_COMMA = re.compile(r"^(?P<name>.+?)\s*,\s*(?P<county>[^,]+)$")
_IN = re.compile(r"^(?P<name>.+?)\s+i\s+(?P<county>.+)$", re.IGNORECASE)
_MUNICIPALITY_WORD = re.compile(r"\s+kommune$")
_COUNTY_WORD = re.compile(r"\s+(fylke|fylkeskommune)$")
_CLOSE = 0.7


def plain(text: str) -> str:
    """Return ``text`` composed, in lower case, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def folded(text: str) -> str:
    """Return ``text`` without marks on letters, so that «Tromso» and «Karasjohka» are found."""
    bare = unicodedata.normalize("NFD", plain(text).translate(_LETTERS))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def norwegian_order(text: str) -> str:
    """Return a key that sorts names from A to Å: æ, ø and å last, other letters without their marks («Gáivuotna» as «Gaivuotna»)."""
    kept = plain(text).translate(_LAST)
    bare = unicodedata.normalize("NFD", kept)
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def municipality_name(text: str) -> str:
    """Return ``text`` without the word «kommune» at the end."""
    return _MUNICIPALITY_WORD.sub("", plain(text))


def county_name(text: str) -> str:
    """Return ``text`` without «fylke» or «fylkeskommune» at the end."""
    return _COUNTY_WORD.sub("", plain(text))


def with_county(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read ``text`` as a name and a county: «Herøy (Nordland)», «Våler, Innlandet», «Bø i Telemark»."""
    for pattern in (_LABEL, _COMMA, _IN):
        if match := pattern.match(text.strip()):
            yield match["name"], match["county"]


def name_parts(official: str) -> tuple[str, ...]:
    """Return the names in an official name of several languages, without SSB's county label."""
    match = _LABEL.match(official)
    return tuple((match["name"] if match else official).split(" - "))


def close_names(text: str, names: Iterable[str], number: int = 3) -> list[str]:
    """Return up to ``number`` of ``names`` that ``text`` may be a misspelling of, the likeliest first."""
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(folded(name), name)
    found = difflib.get_close_matches(folded(text), by_fold, number, _CLOSE)
    return [by_fold[one] for one in found]
