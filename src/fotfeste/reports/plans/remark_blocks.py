"""What the gap report and the hearing statement have in common: quotes of the draft, the search, the words, and the figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from fotfeste.messages import Language, Translated, msg, nmsg
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.gaps.model import GapReport, Remark, TermFound
from fotfeste.reports.blocks import Block, Bullets, Heading, Inline, Paragraph, Strong
from fotfeste.reports.plans.quoted import page, quote, where

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base.telling import Telling
    from fotfeste.reports.knowledge_base.values import Gathered

MOST_QUOTES = 3
MOST_PATTERNS = 10
SIMPLE = re.compile(r'[\w*-]+|"[\w* -]+"')
"""Patterns that people can read as they stand: a word, a beginning, a phrase."""
MOST_PAGES = 12


def quotes(passages: Sequence[Evidence], words: Language, most: int = MOST_QUOTES) -> Bullets:
    """Return the first passages as a list of quotes, each with its page."""
    items = []
    for one in passages[:most]:
        place = where(one, "", words)
        said = words.quoted(quote(one))
        items.append((f"{said} ({place})" if place else said,))
    return Bullets(tuple(items))


def extent(report: GapReport, words: Language) -> str:
    """Return how much of the draft was read: its pages, or how many passages where the file knows no pages."""
    document = report.read.document
    unseen = report.read.unseen_pages
    if document.pages:
        said = words.text(msg("s. 1–{last}", last=str(document.pages[-1].number)))
        if unseen:
            pictures = msg("uten s. {pages}, som er bilder", pages=words.join([str(one) for one in unseen]))
            said = f"{said}, {words.text(pictures)}"
        return said
    return words.text(nmsg("ett avsnitt", "{count} avsnitt", len(report.read.readable)))


def searched(remark: Remark, words: Language) -> str:
    """Return what was looked for before a remark."""
    return patterns_told(remark.searched, words)


def patterns_told(patterns: Sequence[str], words: Language) -> str:
    """Return what was looked for: some of the words and phrases, and how many more patterns there are."""
    plain = [one.strip('"') for one in patterns if SIMPLE.fullmatch(one)][:MOST_PATTERNS]
    more = len(patterns) - len(plain)
    shown = words.join([words.quoted(one) for one in plain])
    if plain and more:
        said = nmsg(
            "Det er søkt etter {patterns} og ett mønster til.",
            "Det er søkt etter {patterns} og {count} mønstre til.",
            more,
            patterns=shown,
        )
    elif plain:
        said = msg("Det er søkt etter {patterns}.", patterns=shown)
    else:
        said = nmsg(
            "Det er søkt etter ett mønster av ord.", "Det er søkt etter {count} mønstre av ord.", more
        )
    return words.text(said)


def pages_told(passages: Iterable[Evidence], words: Language) -> str:
    """Return the pages of passages, each once: ``s. 3, 7 og 12``."""
    numbers = list(dict.fromkeys(one.pages[0] for one in passages if one.pages is not None))
    if not numbers:
        return ""
    shown = [str(one) for one in sorted(numbers)[:MOST_PAGES]]
    told = words.text(msg("s. {pages}", pages=words.join(shown)))
    return f"{told} …" if len(numbers) > MOST_PAGES else told


def term_items(terms: Sequence[TermFound], words: Language) -> tuple[tuple[Inline, ...], ...]:
    """Return each word to be looked at again: as it stands, where, what to write instead, why, and who says so."""
    items: list[tuple[Inline, ...]] = []
    for one in terms:
        text = words.text
        place = pages_told(one.passages, words)
        source = (
            text(msg("Kilde: {sources}.", sources=words.join(list(one.term.sources))))
            if one.term.sources
            else text(msg("Rådet er Fotfestes eget."))
        )
        instead = text(msg("Skriv heller {instead}.", instead=one.term.instead))
        items.append(
            (
                Strong(words.join([words.quoted(each) for each in one.words[:3]])),
                f" ({place}): " if place else ": ",
                f"{instead} {text(one.term.why)} {source}",
            )
        )
    return tuple(items)


def unjudged(report: GapReport) -> int:
    """Return how many remarks rest on something that no person has judged: suggestions, or silence that nobody has read for."""
    read_for = set(report.read.readable) <= report.read.read_through
    return sum(
        any(not each.judged for each in one.passages) or not (one.passages or read_for)
        for one in report.remarks
    )


def telling_of(gathered: Gathered, words: Language) -> Telling:
    """Return the figures of a municipality ready to be told by the building blocks of the knowledge base."""
    from fotfeste.reports.knowledge_base.framework import shipped_framework
    from fotfeste.reports.knowledge_base.own_text import OwnText
    from fotfeste.reports.knowledge_base.telling import Telling

    return Telling(gathered, words, shipped_framework(), OwnText(), None)


def figures(telling: Telling, themes: Sequence[str], *, questions: bool = True) -> list[Block]:
    """Return for each theme what its figures say, the table, the questions to discuss, and the sources of all at the end."""
    from fotfeste.reports.knowledge_base.telling import bullets, paragraph
    from fotfeste.reports.knowledge_base.theme_section import theme_finding
    from fotfeste.reports.knowledge_base.theme_table import theme_table

    blocks: list[Block] = []
    shown: list[str] = []
    for theme in telling.gathered.themes:
        if theme.id not in themes:
            continue
        blocks.append(Heading(2, telling.text(theme.name), anchor_of(theme.id)))
        indicators = telling.gathered.indicators(theme.id)
        if not indicators:
            blocks.append(paragraph(telling.text(msg("Ingen tall er tatt inn under dette temaet ennå."))))
        else:
            said, more = theme_finding(telling, theme)
            blocks.append(paragraph(" ".join([said, *more])))
            blocks.append(
                theme_table(telling, telling.text(msg("{theme}: tallene", theme=theme.name)), indicators)
            )
            shown += [one.id for one in indicators]
        if questions:
            blocks.append(paragraph(telling.text(msg("Spørsmål å drøfte:"))))
            blocks.append(bullets([telling.text(Translated(one)) for one in theme.discuss]))
    sources = telling.sources_block(shown)
    if sources:
        blocks += [paragraph(telling.text(msg("Kilder til tallene:"))), *sources[1:]]
    return blocks


def anchor_of(theme: str) -> str:
    """Return the anchor of a theme's figures."""
    return f"tall-{theme}"


def themes_of(remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return the themes that remarks belong to, each once."""
    return tuple(dict.fromkeys(one.expectation.theme for one in remarks if one.expectation.theme))


def sources_told(remark: Remark, words: Language) -> Paragraph:
    """Return what an expectation rests on."""
    names = words.join(list(remark.expectation.sources))
    return Paragraph((words.text(msg("Bygger på: {sources}.", sources=names)),))


def titled(document: str, titles: Mapping[str, str]) -> str:
    """Return what a document is called in running text."""
    return titles.get(document, document)


__all__ = [
    "anchor_of", "extent", "figures", "page", "pages_told", "patterns_told", "quotes", "searched", "sources_told", "telling_of",
    "term_items", "themes_of", "titled", "unjudged",
]  # fmt: skip
