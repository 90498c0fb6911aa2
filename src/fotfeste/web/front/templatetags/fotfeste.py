"""Tags and filters for templates: texts in the reader's language, numbers and dates as people write them, terms.

A text stands in bokmål: ``{% say "Kommuner i {fylke}" fylke=county.name %}``; with a plural form:
``{% say "{count} kommune" plural="{count} kommuner" count=n %}``. Texts and values are escaped. The texts are
collected for translation (``tools/messages.py``), so they are always written out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, FileInput, Select
from django.forms.widgets import ChoiceWidget
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from fotfeste.messages import Message, Translated
from fotfeste.web.front.request import is_partial
from fotfeste.web.front.wordlist import term_of
from fotfeste.web.front.words import reader

register = template.Library()


@register.simple_tag
def say(text: str, /, *, plural: str | None = None, count: int | None = None, **values: Any) -> str:
    """Return ``text`` in the reader's language with its fields filled in."""
    if plural is None or count is None:
        return reader().text(Message(text, values if count is None else {"count": count, **values}))
    return reader().text(Message(text, {"count": count, **values}, plural, count))


@register.filter
def tell(message: object) -> str:
    """Return a message from the library in the reader's language; whatever else is shown as it is."""
    return reader().text(message) if isinstance(message, Message | Translated) else str(message)


@register.filter
def number(value: int | Fraction | Decimal, decimals: int = 0) -> str:
    """Return a number as the reader writes it."""
    return reader().number(value, decimals)


@register.filter
def file_size(size: int) -> str:
    """Return the size of a file in thousands or millions of bytes: «2,9 kB»."""
    for unit, bytes_ in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_:
            return f"{reader().number(Fraction(size, bytes_), 1)}\N{NO-BREAK SPACE}{unit}"
    return f"{size}\N{NO-BREAK SPACE}byte"


@register.filter
def in_quotes(text: str) -> str:
    """Return what somebody else has written, in the reader's marks of quotation."""
    return reader().quoted(text)


@register.filter
def date_written(day: date) -> str:
    """Return a date written out."""
    return reader().date(day)


@register.filter
def date_short(day: date) -> str:
    """Return a date as short as in a table."""
    return reader().short_date(day)


@register.simple_tag(takes_context=True)
def term(context: Context, wanted: str, shown: str = "") -> SafeString:
    """Return a term of the word list with its explanation at hand: ``{% term "bosetting" %}``.

    ``shown`` is the form that the sentence needs, already in the reader's language. The button opens the
    explanation without any script; ``fotfeste.js`` also opens it under the pointer and under the keyboard's focus.
    """
    request = context.get("request")
    count = getattr(request, "_fotfeste_terms", 0) + 1
    if request is not None:
        request._fotfeste_terms = count
    found = term_of(wanted)
    part = "d" if request is not None and is_partial(request) else ""
    name = reader().text(found.name)
    values = {
        "id": f"ord-{found.id}-{count}{part}",
        "term": found,
        "name": name,
        "shown": shown or name,
    }
    # The template has escaped what is in it.
    return mark_safe(render_to_string("front/term.html", values).strip())


@register.filter
def dressed(field: BoundField) -> str:
    """Give the control of ``field`` its looks, and return what kind it is.

    ``hidden``, ``check`` (one box), ``choices`` (several boxes or buttons, in a group), ``file`` or ``plain``.
    """
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} ds-input".strip()
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return "choices"
    return "file" if isinstance(widget, FileInput) else "plain"
