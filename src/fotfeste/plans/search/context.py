"""Keyword in context: each match with the words before and after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fotfeste.plans.documents.model import Span
from fotfeste.plans.search.model import InContext
from fotfeste.plans.words.patterns import Match

ELLIPSIS = "…"


def in_context(text: str, matches: Iterable[Match], start: int, width: int) -> tuple[InContext, ...]:
    """Return the lines of ``matches`` in the passage ``text``, which stands at ``start`` in its document.

    Up to ``width`` code points stand on each side, whole words, with «…» where more is left out; a line break is
    shown as a space.
    """
    return tuple(
        InContext(
            _left(text[: match.span.start], width),
            _on_one_line(text[match.span.start : match.span.end]),
            _right(text[match.span.end :], width),
            _moved(match.span, start),
            replace(
                match,
                span=_moved(match.span, start),
                places=tuple(_moved(place, start) for place in match.places),
            ),
        )
        for match in matches
    )


def _left(text: str, width: int) -> str:
    if len(text) <= width:
        return _on_one_line(text)
    kept = text[-width:]
    space = kept.find(" ")
    return ELLIPSIS + _on_one_line(kept[space:] if 0 <= space < width // 2 else kept)


def _right(text: str, width: int) -> str:
    if len(text) <= width:
        return _on_one_line(text)
    kept = text[:width]
    space = kept.rfind(" ")
    return _on_one_line(kept[: space + 1] if space >= width // 2 else kept) + ELLIPSIS


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ")


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
