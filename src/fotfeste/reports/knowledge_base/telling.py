"""What the sections of a knowledge base share: the figures, the reader's language, and how figures and sources are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.reports.blocks import Block, Bullets, Paragraph, Table
from fotfeste.reports.cells import legend
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.profiles.shown import column_of, of_place, period_beside, shown_name
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.findings.values import Comparison, Verdict
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words
from fotfeste.statistics.sources import EMBEDDED, Source

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base.framework import Framework
    from fotfeste.reports.knowledge_base.own_text import OwnText
    from fotfeste.reports.knowledge_base.previous import Previous

VERDICTS: Mapping[Verdict, Message] = {
    Verdict.HIGHER: msg("høyere"),
    Verdict.LOWER: msg("lavere"),
    Verdict.NOT_APART: msg("ikke klart"),
    Verdict.UNTOLD: msg("ikke vurdert"),
}


@dataclass(frozen=True)
class Telling:
    """The figures of a place and the reader they are told to, with what people have written themselves."""

    gathered: Gathered
    words: Language
    framework: Framework
    own: OwnText
    previous: Previous | None = None

    def text(self, message: Message | Translated | str) -> str:
        """Return a text in the reader's language."""
        return self.words.text(message)

    @property
    def name(self) -> str:
        """The name of the place."""
        return self.gathered.place.called(self.words)

    @property
    def names(self) -> dict[str, str]:
        """What places are called, by number; the place itself also under the empty text."""
        known = self.gathered.knowledge.places
        return {"": self.name, **{code: one.called(self.words) for code, one in known.items()}}

    @property
    def alike(self) -> str:
        """What those are called that the place is compared with."""
        if self.gathered.place.kind == "county":
            return self.text(msg("andre fylker"))
        return self.text(msg("lignende kommuner"))

    def caution(self, one: Comparison) -> str:
        """Return that a figure is an estimate, with the source that says of what; empty for one that is counted."""
        if not one.candidate.own.estimated:
            return ""
        marks = self.marks([one.candidate.indicator.id])
        return self.text(
            msg(
                "Tallet for {place} er et anslag; hva det bygger på, står ved {marks}.",
                place=self.name,
                marks=marks,
            )
        )

    def called(self, indicator: Indicator) -> str:
        """Return the name of an indicator, with the year where its name alone would leave it open."""
        return shown_name(indicator, self.gathered.knowledge, self.words)

    def period(self, indicator: Indicator) -> str:
        """Return the period of an indicator's figures."""
        return in_words(self.gathered.knowledge.period(indicator.id), self.words)

    def period_left(self, indicator: Indicator) -> str:
        """Return what the period tells that the name does not."""
        return period_beside(self.called(indicator), self.period(indicator))

    def shown(self, indicator: Indicator, code: str = "") -> str:
        """Return the figure of a place (the document's own by default) as a table shows it, or empty."""
        knowledge = self.gathered.knowledge
        return of_place(knowledge, indicator, knowledge.places[code or self.gathered.code], self.words).text

    def sources_of(self, indicators: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources of indicators in the document's order, each once."""
        used = {source for name in indicators for source in self.gathered.knowledge.sources(name)}
        return tuple(one for one in self.gathered.sources if one in used)

    def marks(self, indicators: Iterable[str]) -> str:
        """Return the marks of the sources of indicators: ``K1, K4``."""
        return ", ".join(self.mark(one) for one in self.sources_of(indicators))

    def mark(self, source: Source) -> str:
        """Return the mark of a source: ``K1``."""
        return f"K{self.gathered.number(source)}"

    def source_told(self, source: Source) -> str:
        """Return a source on one line: mark, agency, table, date of retrieval and data version."""
        return self.text(msg("{mark}: {origin}", mark=self.mark(source), origin=self._origin(source)))

    def _origin(self, source: Source) -> str:
        told = source.for_reader(self.words)
        return self.text(
            msg(
                "{agency}, {table}. Hentet {day}, dataversjon {version}.",
                agency=told.agency,
                table=told.table,
                day=told.retrieved,
                version=self.version_told(source),
            )
        )

    def version_told(self, source: Source) -> str:
        """Return the data version: its own name, or that it comes with Fotfeste."""
        return self.text(msg("innebygd")) if source.version == EMBEDDED else source.version

    def sources_block(self, indicators: Iterable[str]) -> list[Block]:
        """Return the sources of what a section shows; nothing where it shows nothing."""
        groups: dict[str, list[str]] = {}
        for one in self.sources_of(indicators):
            groups.setdefault(self._origin(one), []).append(self.mark(one))
        if not groups:
            return []
        lines = tuple(
            (self.text(msg("{mark}: {origin}", mark=", ".join(marks), origin=origin)),)
            for origin, marks in groups.items()
        )
        return [Paragraph((self.text(msg("Kilder til tallene under dette temaet:")),)), Bullets(lines)]


def headline_of(telling: Telling, one: Comparison) -> str:
    """Return a comparison as a heading: the figure's name, and higher or lower where it is."""
    county = telling.gathered.place.kind == "county"
    fields = {
        "name": telling.called(one.candidate.indicator),
        "alike": telling.alike,
        "beside": msg("i andre fylker") if county else msg("hos lignende kommuner"),
    }
    verdict = None if one.beside_alike is None else one.beside_alike.verdict
    match verdict:
        case Verdict.HIGHER:
            return telling.text(msg("{name}: høyere enn {beside}.", **fields))
        case Verdict.LOWER:
            return telling.text(msg("{name}: lavere enn {beside}.", **fields))
        case Verdict.NOT_APART:
            return telling.text(msg("{name}: ikke klart forskjellig fra {alike}.", **fields))
        case _:
            return telling.text(msg("{name}.", **fields))


def day_of(dated: str) -> date | str:
    """Return the day that a setting is dated, so that each language writes it its own way."""
    try:
        return date.fromisoformat(dated)
    except ValueError:
        return dated


def paragraph(*parts: str, lead: bool = False) -> Paragraph:
    """Return sentences as one paragraph."""
    return Paragraph((" ".join(part for part in parts if part),), lead)


def bullets(lines: Iterable[str]) -> Bullets:
    """Return lines as a list."""
    return Bullets(tuple((line,) for line in lines))


def told_of(several: Sequence[tuple[Figure, Indicator]], words: Language) -> str:
    """Return what the signs of figures mean that stand as text in a table."""
    columns = tuple(column_of(one) for _, one in several)
    return legend(Table("", columns, (tuple(figure for figure, _ in several),)), words)
