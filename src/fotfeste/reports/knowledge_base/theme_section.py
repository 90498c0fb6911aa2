"""A theme: what it asks, what the figures say, picture and table, what they do not say, sources, and what to discuss."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.messages import Translated, msg
from fotfeste.reports.blocks import Block, Column, Heading, Table
from fotfeste.reports.knowledge_base.own_text import own_blocks
from fotfeste.reports.knowledge_base.telling import Telling, bullets, headline_of, paragraph, told_of
from fotfeste.reports.knowledge_base.theme_changes import changes_blocks, remarks, theme_trends
from fotfeste.reports.knowledge_base.theme_pictures import SETTLEMENT, foremost, in_order, theme_pictures
from fotfeste.reports.knowledge_base.theme_table import municipalities_table, theme_table
from fotfeste.reports.profiles.shown import is_comparable
from fotfeste.statistics.findings.choosing import qualifies
from fotfeste.statistics.findings.sentences import about_comparison
from fotfeste.statistics.findings.values import Candidate, Verdict
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.themes import ThemeEntry

MOST_COUNTS = 4
"""Counts of settlement in a table of municipalities: asked, decided and settled this year, settled the last whole year."""


def theme_section(telling: Telling, theme: ThemeEntry) -> list[Block]:
    """Return a theme in the length that its figures give; one line where there are none."""
    text, gathered = telling.text, telling.gathered
    heading = Heading(1, text(theme.name), theme.id)
    indicators = gathered.indicators(theme.id)
    if not indicators:
        return [
            heading,
            paragraph(_empty(telling, theme)),
            *own_blocks(telling.own.of(theme.id), telling.words),
        ]
    headline, finding = theme_finding(telling, theme)
    trends = theme_trends(telling, theme.id)
    blocks: list[Block] = [
        heading,
        paragraph(text(Translated(theme.asks))),
        paragraph(headline, lead=True),
        *([paragraph(*finding)] if finding else []),
        *changes_blocks(telling, trends),
        *theme_pictures(telling, theme.id, headline),
        theme_table(telling, text(msg("{theme}: tallene", theme=theme.name)), indicators),
        *_municipalities(telling, theme),
        *(block for one in _results(telling, indicators) for block in one),
        *own_blocks(telling.own.of(theme.id), telling.words),
        Heading(2, text(msg("Hva tallene ikke sier")), f"{theme.id}-sier-ikke"),
        paragraph(text(Translated(theme.silent))),
    ]
    if remarked := remarks(telling, trends, indicators):
        blocks.append(bullets(remarked))
    blocks += [
        Heading(2, text(msg("Spørsmål å drøfte")), f"{theme.id}-sporsmal"),
        bullets([text(Translated(one)) for one in theme.discuss]),
        *telling.sources_block(one.id for one in indicators),
    ]
    if lacking := gathered.lacking(theme.id):
        blocks.append(paragraph(_lacking(telling, lacking)))
    return blocks


def theme_finding(telling: Telling, theme: ThemeEntry) -> tuple[str, list[str]]:
    """Return what a theme's figures say in a heading, and in sentences: the farthest beyond the noise, or that none is."""
    text, gathered = telling.text, telling.gathered
    several = in_order(telling, theme.id)
    if not several:
        return text(msg("Tallene under dette temaet sammenlignes ikke med andre steder.")), []
    apart = (Verdict.HIGHER, Verdict.LOWER)
    clear = [one for one in several if qualifies(one, gathered.rule)]
    clear += [one for one in several if one.beside_alike and one.beside_alike.verdict in apart]
    if clear:
        told = [text(one) for one in about_comparison(clear[0], telling.names)]
        return headline_of(telling, clear[0]), [*told, telling.caution(clear[0])]
    judged = [one for one in several if one.beside_alike and one.beside_alike.verdict is not Verdict.UNTOLD]
    if not judged:
        said = text(msg("Ingen av tallene under dette temaet kan vurderes mot {alike}.", alike=telling.alike))
        return said, []
    said = text(
        msg("Ingen av tallene under dette temaet skiller seg klart fra {alike}.", alike=telling.alike)
    )
    return said, []


def _municipalities(telling: Telling, theme: ThemeEntry) -> list[Block]:
    text = telling.text
    several = [one.candidate.indicator for one in foremost(telling, theme.id)]
    every = telling.gathered.indicators(theme.id)
    rest = [one for one in every if one not in several and is_comparable(one)]
    counts = [one for one in every if one.kind == "count"] if theme.id == SETTLEMENT else []
    table = municipalities_table(
        telling,
        text(msg("{theme}: kommunene i {place}", theme=theme.name, place=telling.name)),
        [*counts[:MOST_COUNTS], *several, *rest],
    )
    return [] if table is None else [table]


def _results(telling: Telling, indicators: Sequence[Indicator]) -> list[list[Block]]:
    """Return for each result of a theme the figures to read it with; results that share them share the table."""
    gathered = telling.gathered
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for one in indicators:
        if one.id in gathered.beside:
            beside, lacking = gathered.beside[one.id]
            groups.setdefault((tuple(each.indicator.id for each in beside), lacking), []).append(one.id)
    return [_beside(telling, names, gathered.beside[names[0]]) for names in groups.values()]


def _beside(
    telling: Telling, results: Sequence[str], beside: tuple[tuple[Candidate, ...], tuple[str, ...]]
) -> list[Block]:
    text, catalogue = telling.text, telling.gathered.knowledge.catalogue
    found, lacking = beside
    names = telling.words.join([telling.words.quoted(telling.called(catalogue[one])) for one in results])
    about = text(
        msg(
            "{results} følger også av hvem det gjelder, og av arbeidsmarkedet på stedet. Derfor står de tallene ved siden av. "
            "De viser ikke at det ene følger av det andre.",
            results=names,
        )
    )
    blocks: list[Block] = [paragraph(about)]
    if found:
        knowledge = telling.gathered.knowledge
        figures = [
            (knowledge.figure(one.indicator.id, place).figure, one.indicator)
            for one in found
            for place in (telling.gathered.place, knowledge.country)
        ]
        rows = tuple(
            (
                telling.called(one.indicator),
                telling.period(one.indicator),
                telling.shown(one.indicator),
                telling.shown(one.indicator, "0"),
                telling.marks([one.indicator.id]),
            )
            for one in found
        )
        blocks.append(
            Table(
                text(msg("Leses sammen med: hvem det gjelder, og arbeidsmarkedet")),
                (
                    Column(text(msg("Tall"))),
                    Column(text(msg("Periode"))),
                    Column(telling.name, "number"),
                    Column(knowledge.country.called(telling.words), "number"),
                    Column(text(msg("Kilde"))),
                ),
                rows,
                note=told_of(figures, telling.words),
            )
        )
    if lacking:
        named = [text(catalogue[one].name) if one in catalogue else one for one in lacking]
        blocks.append(
            paragraph(
                text(
                    msg("Dette burde også stått her, men mangler: {names}.", names=telling.words.join(named))
                )
            )
        )
    return blocks


def _empty(telling: Telling, theme: ThemeEntry) -> str:
    lacking = telling.gathered.lacking(theme.id)
    if not lacking:
        return telling.text(msg("Ingen tall under dette temaet."))
    return _lacking(telling, lacking)


def _lacking(telling: Telling, lacking: Sequence[Indicator]) -> str:
    """Return what is not fetched under a theme, and the one command that fetches it."""
    from fotfeste.reports.knowledge_base.missing_section import command_for

    names = telling.words.join([telling.text(one.name) for one in lacking])
    command = command_for(lacking)
    if not command:
        return telling.text(msg("Ikke hentet: {names}. Se «Det som mangler».", names=names))
    return telling.text(
        msg("Ikke hentet: {names}. Hent det som kan hentes, med «{command}».", names=names, command=command)
    )
