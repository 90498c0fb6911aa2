"""Text for people: messages that are translated and formatted at the edge, never where they arise.

The source language is bokmål (decision record 0001). A :class:`Message` carries the text with named fields and
their values; a :class:`Language` turns it into words, numbers and dates for one reader. Nothing here reads the
environment: the locale is passed in.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Literal

Locale = Literal["nb", "nn", "en"]

NARROW_SPACE = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Message:
    """One text with named fields, still untranslated.

    ``text`` is the bokmål source with ``{name}`` fields; ``plural`` and ``count`` choose a plural form.
    Field values may be text, whole numbers, exact fractions (shown with one decimal), decimals (with their own), dates,
    further messages or translated texts.
    """

    text: str
    fields: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        return language("nb").text(self)


@dataclass(frozen=True, slots=True)
class Translated:
    """A text that carries its translations itself, by locale: the name of an indicator, the title of a data set."""

    texts: Mapping[Locale, str] | Mapping[str, str]

    def __str__(self) -> str:
        return self.texts["nb"]


def msg(text: str, /, **fields: object) -> Message:
    """Mark ``text`` for translation and bind its fields."""
    return Message(text, fields)


def nmsg(singular: str, plural: str, count: int, /, **fields: object) -> Message:
    """Mark a text with singular and plural form; ``{count}`` is available as a field."""
    return Message(singular, {"count": count, **fields}, plural, count)


def one_after_another(parts: Iterable[Message | Translated | str]) -> Message | Translated | str:
    """Return ``parts`` with commas between them, each still in the language of whoever reads it."""
    whole: Message | Translated | str = ""
    for part in parts:
        whole = Message("{before}, {part}", {"before": whole, "part": part}) if whole else part
    return whole


@dataclass(frozen=True, slots=True)
class Language:
    """Words, numbers and dates as one reader expects them."""

    locale: Locale
    _catalogue: gettext.NullTranslations = field(repr=False, compare=False)

    def text(self, message: Message | Translated | str) -> str:
        """Return ``message`` in this language with its fields filled in; plain strings pass unchanged."""
        if isinstance(message, str):
            return message
        if isinstance(message, Translated):
            return message.texts.get(self.locale) or message.texts["nb"]
        if message.plural is not None and message.count is not None:
            template = self._catalogue.ngettext(message.text, message.plural, message.count)
        else:
            template = self._catalogue.gettext(message.text) if message.text else ""
        if not message.fields:
            return template
        return template.format(**{name: self._show(value) for name, value in message.fields.items()})

    def _show(self, value: object) -> str:
        if isinstance(value, Message | Translated):
            return self.text(value)
        if isinstance(value, bool) or value is None:
            return str(value)
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, Fraction):
            return self.number(value, 1)
        if isinstance(value, Decimal):
            return self.number(value, max(0, -int(value.as_tuple().exponent)))
        if isinstance(value, date):
            return self.date(value)
        return str(value)

    def number(self, value: int | Fraction | Decimal, decimals: int = 0) -> str:
        """Return ``value`` rounded half away from zero, with this language's separators."""
        exact = Fraction(value)
        scaled = exact * 10**decimals
        whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
        units, parts = divmod(whole, 10**decimals)
        digits = f"{units:,}.{parts:0{decimals}d}" if decimals else f"{units:,}"
        if self.locale != "en":
            digits = digits.replace(",", NARROW_SPACE).replace(".", ",")
        return f"{MINUS}{digits}" if exact < 0 and whole else digits

    def percent(self, share: int | Fraction | Decimal, decimals: int = 1) -> str:
        """Return a share between 0 and 1 as per cent."""
        space = "" if self.locale == "en" else NARROW_SPACE
        return f"{self.number(Fraction(share) * 100, decimals)}{space}%"

    def short_date(self, day: date) -> str:
        """Return ``day`` as short as it is written in a table: ``21.11.2026``, ``21 Nov 2026``."""
        if self.locale != "en":
            return f"{day.day}.{day.month}.{day.year}"
        from babel.dates import format_date

        return format_date(day, format="d MMM y", locale="en_GB")

    def month(self, day: date) -> str:
        """Return the month of ``day`` as it stands in a period: ``januar``, ``Jan``."""
        from babel.dates import format_date

        if self.locale == "en":
            return format_date(day, format="MMM", locale="en_GB")
        return format_date(day, format="MMMM", locale=self.locale)

    def date(self, day: date) -> str:
        """Return ``day`` written out, as on pages: ``21. november 2026``, ``21 November 2026``."""
        from babel.dates import format_date

        return format_date(day, format="long", locale="en_GB" if self.locale == "en" else self.locale)

    def quoted(self, text: str) -> str:
        """Return ``text`` in this language's marks of quotation: ``«tekst»``, ``‘text’``."""
        return f"‘{text}’" if self.locale == "en" else f"«{text}»"

    def join(self, items: list[str]) -> str:
        """Return ``items`` as a list in running text: ``a, b og c``."""
        if len(items) < 2:
            return "".join(items)
        conjunction = self.text(msg("og"))
        return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def written_to(decided: str, county: Locale) -> Locale:
    """Return the language of a letter to a municipality, by the form of Norwegian that it has decided on.

    ``decided`` is ``bokmål``, ``nynorsk`` or anything else for one that is neutral; to those the county writes in its
    own choice, ``county``. Letters are never in English: where the county's choice is English, it is bokmål.
    """
    own: Locale = "nb" if county == "en" else county
    return {"bokmål": "nb", "nynorsk": "nn"}.get(decided, own)  # type: ignore[return-value]


@cache
def language(locale: Locale = "nb") -> Language:
    """Return the language for ``locale``; bokmål needs no catalogue since the source text is bokmål."""
    if locale == "nb":
        return Language(locale, gettext.NullTranslations())
    path = resources.files("fotfeste") / "locale" / locale / "LC_MESSAGES" / "fotfeste.mo"
    if not path.is_file():
        return Language(locale, gettext.NullTranslations())
    with path.open("rb") as stream:
        return Language(locale, gettext.GNUTranslations(stream))
