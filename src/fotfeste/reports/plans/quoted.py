"""How a passage of a plan is shown in a document: its words, shortened where they are many, and where they stand."""

from __future__ import annotations

from fotfeste.messages import NARROW_SPACE, Language, Message, msg
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.coverage.wording import SAID

QUOTE = 400
"""Signs of a passage that a document shows; the workbook has it whole."""


def quote(one: Evidence, most: int = QUOTE) -> str:
    """Return the passage as it stands, or the part around the words it counts for, with «…» where something is left out."""
    if len(one.quote) <= most:
        return one.quote
    text = one.core or one.quote
    if len(text) <= most:
        return text
    lowered = text.casefold()
    words = [word.casefold() for coded in one.coded for word in coded.words]
    found = min((at for word in words if (at := lowered.find(word)) >= 0), default=0)
    if found < most * 2 // 3:
        return f"{_to_word(text[:most])} …"
    start = found - most // 2
    start = (
        text.rfind(". ", max(0, start - most // 4), found) + 2
        if ". " in text[max(0, start - most // 4) : found]
        else start
    )
    start = max(0, start)
    before = "… " if start else ""
    piece = text[start:].lstrip()
    return f"{before}{piece}" if len(piece) <= most else f"{before}{_to_word(piece[:most])} …"


def _to_word(text: str) -> str:
    space = text.rfind(" ")
    return text[:space].rstrip(" ,;:–-") if space > 0 else text


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
