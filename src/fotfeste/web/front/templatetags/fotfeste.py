"""Tags and filters for templates: texts in the reader's language, numbers and dates as people write them.

A text stands in bokmål: ``{% say "Kommuner i {fylke}" fylke=county.name %}``; with a plural form:
``{% say "{count} kommune" plural="{count} kommuner" count=n %}``. Texts and values are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils import translation
from django.utils.safestring import SafeString

from fotfeste.messages import Language, Message, Translated, language
from fotfeste.reports.blocks import Block
from fotfeste.web.front.blocks import OnPage, block_as_html, blocks_as_html

register = template.Library()


def _reader() -> Language:
    locale = translation.get_language() or "nb"
    return language("nn" if locale == "nn" else "en" if locale == "en" else "nb")


@register.simple_tag
def say(text: str, /, *, plural: str | None = None, count: int | None = None, **values: Any) -> str:
    """Return ``text`` in the reader's language with its fields filled in."""
    if plural is None or count is None:
        return _reader().text(Message(text, values if count is None else {"count": count, **values}))
    return _reader().text(Message(text, {"count": count, **values}, plural, count))


@register.filter
def tell(message: Message | Translated | str) -> str:
    """Return a message from the library in the reader's language."""
    return _reader().text(message)


@register.filter
def number(value: int | Fraction | Decimal, decimals: int = 0) -> str:
    """Return a number as the reader writes it."""
    return _reader().number(value, decimals)


@register.filter
def date_written(day: date) -> str:
    """Return a date written out."""
    return _reader().date(day)


@register.filter
def date_short(day: date) -> str:
    """Return a date as short as in a table."""
    return _reader().short_date(day)


@register.filter
def as_html(block: Block | tuple[Block, ...] | list[Block]) -> SafeString:
    """Return a block from the library, or several after one another, as they stand on a page."""
    if isinstance(block, tuple | list):
        return blocks_as_html(block, _reader())
    return block_as_html(block, _reader())


@register.simple_tag
def blocks(
    one_or_more: Block | Sequence[Block],
    /,
    *,
    level: int = 2,
    row_links: Mapping[int, str] | None = None,
    downloads: Sequence[tuple[str, str]] = (),
) -> SafeString:
    """Return blocks with more said about how they stand: heading level, links on a table's rows, files to download.

    ``{% blocks table row_links=addresses downloads=files %}``; see :class:`fotfeste.web.front.blocks.OnPage`.
    """
    how = OnPage(level, row_links or {}, downloads)
    if isinstance(one_or_more, Sequence):
        return blocks_as_html(one_or_more, _reader(), how)
    return block_as_html(one_or_more, _reader(), how)
