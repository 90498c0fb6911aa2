"""Which paragraphs are headings, and of which level: by bookmarks, numbers, size and weight of the letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.documents.paragraphs import Paragraph

LONGEST = 220
LARGER = 1.07
_NUMBER = re.compile(
    r"^(?:(?:kapittel|kap\.|del|chapter|part)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"^(?:innhald|innhold|innhaldsliste|innholdsliste|innholdsfortegnelse|innhaldsoversyn|contents|table of contents)\W*$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^(?P<title>.*[^\W\d_].*?)[\s…]+(?P<page>\d{1,4})$")
_DOTTED = re.compile(r"(?:[.·…_]\s?){3,}\s*\d{1,4}$")
_REFERENCES = re.compile(
    r"^(?:\d{1,2}(?:\.\d+)*\.?\s+)?(?:litteratur|litteraturliste|litteratur og kilder|referanser|referansar|referanseliste|kilder|kjelder|kildeliste|kjeldeliste|kildehenvisninger|references|bibliography|literature)\W*$",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"^[\W\d_]*$")

_TAGS = {"Title": 1, "H": 2} | {f"H{level}": level for level in range(1, 7)}


def whole(text: str) -> str:
    """Return a heading so that it can be found again: with its number, without signs and case."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def plain(text: str) -> str:
    """Return a heading so that it can be found again: without its number, signs and case."""
    return whole(_NUMBER.sub("", text))


def _entry(text: str) -> str:
    """The heading that a line of a contents list names; nothing when it is no such line."""
    if not text[-1:].isdigit() or len(text) > 2 * LONGEST:
        return ""
    entry = _ENTRY.match(re.sub(r"(?:[.·…_]\s?){3,}", " … ", text))
    return plain(entry["title"]) if entry else ""


def mark(found: Sequence[Paragraph], body: float, bookmarks: Mapping[str, int]) -> None:
    """Mark headings with their levels, and what stands in contents lists and bibliographies."""
    contents = _contents(found)
    listed = Counter(_entry(one.text) for one in contents)
    headings: list[Paragraph] = []
    for place, one in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        if one.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM) and _heading(
            one, after, body, bookmarks, listed
        ):
            one.kind = PassageKind.HEADING
            headings.append(one)
    _levels(headings, bookmarks)
    _bibliographies(found)


def _heading(
    one: Paragraph,
    after: Paragraph | None,
    body: float,
    bookmarks: Mapping[str, int],
    listed: Mapping[str, int],
) -> bool:
    text = one.text
    if len(text) > LONGEST or len(one.lines) > 5 or _NO_WORDS.match(text):
        return False
    if one.lines[0].role in _TAGS and one.kind is not PassageKind.FOOTNOTE:
        return True
    larger = one.size > LARGER * body
    number = _NUMBER.match(text)
    name = plain(text)
    if (name in bookmarks or whole(text) in bookmarks or name in listed) and (
        larger or one.bold or number or _alone(one, after)
    ):
        return True
    if one.kind is PassageKind.LIST_ITEM and not (number and (larger or one.bold)):
        return False
    if text.endswith((".", ";", ",")) and not (number and (larger or one.bold) and len(text) < 100):
        return False
    if larger:
        return len(text) < 150 and (one.bold or len(one.lines) <= 3)
    differs = after is None or not after.bold or after.size != one.size
    if one.bold and one.size > 0.9 * body:
        return len(text) < 120 and len(one.lines) <= 2 and not text.endswith(":") and differs
    return False


def _alone(one: Paragraph, after: Paragraph | None) -> bool:
    return len(one.lines) <= 2 and not one.text.endswith(".") and (after is None or after.size <= one.size)


def _contents(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Lists of contents: what ends with dots and a page, or stands under their heading and ends with a page."""
    under, entries, misses = False, [], 0
    for one in found:
        if _CONTENTS.match(one.text):
            under, misses = True, 0
            continue
        end = one.text[-400:]
        if _DOTTED.search(end) or (under and _entry(one.text)):
            one.kind = PassageKind.CONTENTS
            entries.append(one)
            misses = 0
        elif under:
            misses += 1
            under = misses < 3
    return entries


def _levels(headings: Sequence[Paragraph], bookmarks: Mapping[str, int]) -> None:
    """Styles are ranked by size, then weight; a number or a bookmark says more than the style."""
    styles = {_style(one) for one in headings}
    ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), start=1)}
    known: dict[tuple[float, bool], Counter[int]] = {}
    for one in headings:
        stated = _stated(one, bookmarks)
        if stated:
            known.setdefault(_style(one), Counter())[stated] += 1
    usual = {style: counts.most_common(1)[0][0] for style, counts in known.items()}
    for one in headings:
        style = _style(one)
        stated = _stated(one, bookmarks)
        if stated:
            one.level = stated
        elif style in usual:
            one.level = usual[style]
        else:
            larger = [level for other, level in usual.items() if other > style]
            smaller = [level for other, level in usual.items() if other < style]
            if larger:
                one.level = max(larger) + 1
            elif smaller:
                one.level = max(1, min(smaller) - 1)
            else:
                one.level = min(ranks[style], 6)


def _style(one: Paragraph) -> tuple[float, bool]:
    return round(one.size * 2) / 2, one.bold


def _stated(one: Paragraph, bookmarks: Mapping[str, int]) -> int:
    number = _NUMBER.match(one.text)
    name = plain(one.text)
    if whole(one.text) in bookmarks:
        return bookmarks[whole(one.text)]
    if name in bookmarks and not number:
        return bookmarks[name]
    if one.lines[0].role in _TAGS:
        return _TAGS[one.lines[0].role]
    return number[1].count(".") + 1 if number else 0


def _bibliographies(found: Sequence[Paragraph]) -> None:
    level = 0
    for one in found:
        if one.kind is PassageKind.HEADING:
            if level and one.level <= level:
                level = 0
            if _REFERENCES.match(one.text):
                level = one.level
        elif level and one.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM):
            one.kind = PassageKind.BIBLIOGRAPHY
