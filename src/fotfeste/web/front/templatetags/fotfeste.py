"""Tags and filters for templates: texts in the reader's language, numbers and dates as people write them.

A text stands in bokmål: ``{% say "Kommuner i {fylke}" fylke=county.name %}``; with a plural form:
``{% say "{count} kommune" plural="{count} kommuner" count=n %}``. Texts and values are escaped.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils import translation

from fotfeste.messages import Language, Message, Translated, language

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
