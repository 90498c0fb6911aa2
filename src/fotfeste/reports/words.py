"""The fixed words that renderers add around a document's own text."""

from __future__ import annotations

from fotfeste.messages import Language, Message, msg

LANGUAGE_TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}

CONTENTS = msg("Innhold")
SKIP = msg("Hopp til innholdet")
SENDER = msg("Fra")
RECIPIENT = msg("Til")
DATE = msg("Dato")

ASIDES: dict[str, Message] = {
    "warning": msg("Viktig"),
    "note": msg("Merk"),
    "choice": msg("Dette må dere velge"),
}


def source_line(source: str, words: Language) -> str:
    """Return the line that tells where figures come from, or nothing."""
    return words.text(msg("Kilde: {source}", source=source)) if source else ""


def page_parts(words: Language) -> list[str]:
    """Return the text before, between and after the two numbers of «side 1 av 9»."""
    shown = words.text(msg("side {page} av {pages}", page="\0", pages="\0"))
    return shown.split("\0")
