"""How a passage of a plan is shown in a document: its words, shortened where they are many, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fotfeste.messages import NARROW_SPACE, Language, Message, msg
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.coverage.wording import SAID

SENTENCE_END = re.compile(r"[.!?…\]] +(?=\w)")
QUOTE = 400
"""Signs of a passage that a document shows; the workbook has it whole."""


def quote(one: Evidence, most: int = QUOTE) -> str:
    """Return the passage as it stands, or the part around the words it counts for, with «…» where something is left out."""
    if len(one.quote) <= most:
        return one.quote
    text = one.core or one.quote
    if len(text) <= most:
        return text
    start = _start(text, [coded.words for coded in one.coded], most)
    before, piece = ("… " if start else ""), text[start:].lstrip("… ") if start else text
    return f"{before}{piece}" if len(piece) <= most else f"{before}{_to_word(piece[:most])} …"


def _start(text: str, wanted: Sequence[Sequence[str]], most: int) -> int:
    """Return where a piece of ``most`` signs holds words for the most of what is wanted: the start of a sentence where one will do."""
    lowered = text.casefold()
    spots = [
        {found.start() for word in words for found in re.finditer(re.escape(word.casefold()), lowered)}
        for words in wanted
    ]

    def held(start: int) -> int:
        return sum(any(start <= spot < start + most * 9 // 10 for spot in some) for some in spots)

    starts = [0, *(found.end() for found in SENTENCE_END.finditer(text))]
    best = max(starts, key=lambda start: (held(start), -start))
    if held(best) or not any(spots):
        return best
    first = min(spot for some in spots for spot in some)
    return text.rfind(" ", 0, max(0, first - most // 2)) + 1


def _to_word(text: str) -> str:
    """Cut a piece at the end of a sentence where one is near, else after a whole word."""
    ends = [found.start() + 1 for found in SENTENCE_END.finditer(text)]
    if ends and ends[-1] > len(text) * 3 // 4:
        return text[: ends[-1]].rstrip(" …")
    space = text.rfind(" ")
    return text[:space].rstrip(" ,;:–-…") if space > 0 else text


def page(one: Evidence) -> Message | None:
    """Return the page or pages of a passage, or nothing where the file knows none."""
    if one.pages is None:
        return None
    first, last = one.pages
    if first == last:
        return msg("s. {page}", page=str(first))
    return msg("s. {first}–{last}", first=str(first), last=str(last))


def where(one: Evidence, title: str, words: Language) -> str:
    """Return where a passage stands: the title, the page, and the last heading where the file knows no pages."""
    told = page(one)
    if told is not None:
        number = unbroken(words.text(told))
        return f"{title}, {number}" if title else number
    under = words.quoted(one.headings[-1]) if one.headings else ""
    if under:
        told = msg("under {heading}", heading=under)
        return f"{title}, {words.text(told)}" if title else words.text(told)
    return title


def unbroken(told: str) -> str:
    """Return a page with its number on the same line."""
    return told.replace(" ", NARROW_SPACE)


def who_says(one: Evidence, words: Language) -> str:
    """Return whether a person stands behind it, or only the rules."""
    return words.text(SAID[one.said])
