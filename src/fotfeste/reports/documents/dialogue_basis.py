"""What the documents of the yearly meeting have in common: the round, the questions, and one reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fotfeste.messages import Language, Locale, Message, language, msg
from fotfeste.reports.blocks import Column, Kind
from fotfeste.reports.cells import format_cell, is_span
from fotfeste.reports.documents.basis import OSLO
from fotfeste.reports.documents.naming import indicator_name, short_name, short_period
from fotfeste.reports.documents.own_words import quotable
from fotfeste.reports.documents.wording import said
from fotfeste.settlement.dialogue.questions import DialogueForm, Words
from fotfeste.settlement.dialogue.raised import IndicatorValue, NamedIndicator, Part, Value
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.sources import Source

BLANK = "…" * 9
"""What stands where something is to be written by hand."""
NOTES = "\u00a0" * 78
"""Keeps a column wide enough to write in: a table gives a column the room of what stands in it."""


@dataclass(frozen=True)
class DialogueBasis:
    """Who meets whom about which year, what is asked, and how one reader is told.

    ``county_code`` and ``county`` name the county, ``names`` the municipalities by code.
    """

    county_code: str
    county: str
    year: int
    form: DialogueForm
    names: Mapping[str, str]
    sources: tuple[Source, ...]
    locale: Locale
    issued: date

    @cached_property
    def words(self) -> Language:
        """The reader's language."""
        return language(self.locale)

    def text(self, message: Message | str) -> str:
        """Return ``message`` in the reader's language."""
        return self.words.text(message)

    def of(self, words: Words) -> str:
        """Return words from the file of questions in the reader's language."""
        return words[self.locale]

    def theme(self, theme: str) -> str:
        """Return the name of a theme."""
        return self.of(self.form.theme_names[theme])

    @property
    def sender(self) -> str:
        """The county municipality; Oslo is its own."""
        if self.county_code == OSLO:
            return self.text(msg("{name} kommune", name=self.county))
        return self.text(msg("{name} fylkeskommune", name=self.county))

    def municipality(self, code: str) -> str:
        """Return the municipality as it is addressed: ``Skien kommune``."""
        return self.text(msg("{name} kommune", name=self.names[code]))

    def filled(self, words: Words, values: Mapping[str, Value]) -> str:
        """Return words from the file of questions with their values written for this reader."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return self.text(Message(self.of(words), shown))

    def _shown(self, value: Value) -> object:
        match value:
            case IndicatorValue():
                return self.spoken(value.figure, value.indicator)
            case tuple():
                return self.words.join([self._part(part) for part in value])
            case Figure():
                return said(value)
            case str():
                return quotable(value, self.words)
            case _:
                return value

    def _part(self, part: Part) -> str:
        if isinstance(part, NamedIndicator):
            return f"{self.indicator(part.indicator)} {short_period(part.period)}"
        return self.text(part)

    def indicator(self, indicator: str) -> str:
        """Return the short name of an indicator."""
        return short_name(indicator, self.locale)

    def written(self, figure: Figure, indicator: str) -> str:
        """Return an indicator's value with its unit; signs for what is hidden or lacking."""
        named = indicator_name(indicator, self.locale)
        kind: Kind = "percent" if named.percent else "number"
        return format_cell(figure, Column("", kind, named.decimals), self.words)

    def spoken(self, figure: Figure, indicator: str) -> str:
        """Return an indicator's value as it stands in a sentence: what is hidden or lacking in words."""
        if figure.value is None and not is_span(figure):
            return self.text(said(figure))
        return self.written(figure, indicator)

    def agencies(self, *datasets: str) -> str:
        """Return the agencies behind the sources whose data set is named like one of ``datasets``; all without."""
        told = [one.for_reader(self.words) for one in self.sources]
        found = [one.agency for one in told if not datasets or any(name in one.dataset for name in datasets)]
        return ", ".join(dict.fromkeys(found))


def shortened(text: str, most: int) -> str:
    """Return ``text`` cut at a word and marked with an ellipsis where it is longer than ``most`` letters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut
    return f"{whole.rstrip(' ,.;:–-')} …"
