"""A theme of the knowledge base as a page: the finding, the picture, the table, what is not said, and what is missing.

What a theme says is made where the document is made (``fotfeste.reports.knowledge_base``), so that both say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from fotfeste.messages import Language, Translated, msg
from fotfeste.reports.blocks import Block, Table
from fotfeste.reports.drawing import NARROW_WIDTH
from fotfeste.reports.knowledge_base.framework import shipped_framework
from fotfeste.reports.knowledge_base.own_text import OwnText
from fotfeste.reports.knowledge_base.telling import Telling
from fotfeste.reports.knowledge_base.theme_changes import changes_blocks, remarks, theme_trends
from fotfeste.reports.knowledge_base.theme_pictures import beside_others, foremost, on_map
from fotfeste.reports.knowledge_base.theme_section import theme_finding
from fotfeste.reports.knowledge_base.theme_table import theme_table
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.pages.editions import data_versions, edition_of
from fotfeste.reports.profiles.indicator_views import draw_chart, draw_map, indicator_view
from fotfeste.reports.profiles.judged import comparisons, trends
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.overviews import data_of
from fotfeste.reports.profiles.shown import row_of, shown_name, source_lines
from fotfeste.reports.profiles.values import DataTable, Drawing, Place, SourceLine
from fotfeste.statistics.findings.choosing import findings_among
from fotfeste.statistics.findings.rule import context_of, finding_rule
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.themes import ThemeEntry, load_themes

FIRST_TOLD = 3
"""Figures that the country's page of a theme opens with."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """An indicator without figures: its id, name and definition, and why they are not there, with the way to fetch them."""

    id: str
    name: str
    definition: str
    why: str


@dataclass(frozen=True, slots=True)
class ThemePage:
    """A theme for one place, in the reader's language.

    ``sentences`` is the finding, ``trends`` what can be said of changes. ``beside`` compares the place with others, ``map``
    shows the municipalities (of a county or the country); either may be ``None``. ``links`` are the indicators of the
    table's rows. ``context`` names the results of the theme and what to read them with. ``edition`` is the edition of
    the figures, ``versions`` the data versions in words.
    """

    place: Place
    theme: str
    name: str
    asks: str
    sentences: tuple[str, ...]
    trends: tuple[Block, ...]
    beside: Drawing | None
    map: Drawing | None
    mapped: str
    table: Table | None
    links: tuple[str, ...]
    data: DataTable
    context: tuple[tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]], ...]
    silent: tuple[str, ...]
    discuss: tuple[str, ...]
    lacking: tuple[Lacking, ...]
    sources: tuple[SourceLine, ...]
    edition: str
    versions: str


def theme_page(knowledge: Knowledge, place: Place, theme: ThemeEntry, words: Language) -> ThemePage:
    """Return a theme for a place: what the document says of it, and what the page shows beside it."""
    telling = Telling(_gathered(knowledge, place), words, shipped_framework(), OwnText())
    indicators = telling.gathered.indicators(theme.id)
    names = [one.id for one in indicators]
    rows = {one.id: row_of(knowledge, one, place, words) for one in indicators}
    data = data_of(
        knowledge,
        place,
        rows,
        words,
        f"{theme.id}-{place.code}",
        msg("{theme}: tallene for {place}, ved siden av andre", theme=theme.name, place=telling.name),
    )
    headline, sentences = _finding(telling, theme, indicators)
    mapped = on_map(telling, theme.id) if place.kind != "municipality" else None
    followed = theme_trends(telling, theme.id)
    title = words.text(msg("{theme}: tallene for {place}", theme=theme.name, place=telling.name))
    return ThemePage(
        place,
        theme.id,
        words.text(theme.name),
        words.text(Translated(theme.asks)),
        tuple(sentences),
        tuple(changes_blocks(telling, followed)),
        _beside(telling, theme, headline),
        draw_map(knowledge, mapped, place, words) if mapped and place.kind == "county" else None,
        mapped.id if mapped else "",
        _table(telling, title, indicators),
        tuple(names),
        data,
        _context(telling, indicators),
        (words.text(Translated(theme.silent)), *remarks(telling, followed, indicators)),
        tuple(words.text(Translated(one)) for one in theme.discuss),
        lacking_of(knowledge, theme.id, words),
        source_lines(knowledge, names, words),
        edition_of(knowledge, names, data),
        data_versions(knowledge, names, words),
    )


def lacking_of(knowledge: Knowledge, theme: str, words: Language) -> tuple[Lacking, ...]:
    """Return the indicators of a theme (of all, when it is empty) that have no figures here, and how they are fetched."""
    return tuple(
        Lacking(
            one.id,
            words.text(one.name),
            words.text(Translated(one.definition)),
            words.text(knowledge.why_missing(one.id) or msg("Tallene mangler.")),
        )
        for one in knowledge.lacking
        if theme in ("", one.theme)
    )


def _gathered(knowledge: Knowledge, place: Place) -> Gathered:
    """Return what the document gathers, from what the pages have worked out already; kept with ``knowledge``."""
    key = ("gathered", place.code)
    if key not in knowledge.remembered:
        rule, compared = finding_rule(), comparisons(knowledge, place)
        used = dict.fromkeys(source for one in knowledge.indicators for source in knowledge.sources(one.id))
        knowledge.remembered[key] = Gathered(
            knowledge=knowledge,
            place=place,
            issued=knowledge.today,
            rule=rule,
            themes=load_themes(),
            comparisons=compared,
            findings=findings_among(tuple(compared.values()), rule),
            unused=(),
            trends=trends(knowledge, place),
            beside={},
            cohorts=(),
            residents=(),
            outcomes={},
            sources=tuple(used),
        )
    return cast(Gathered, knowledge.remembered[key])


def _finding(
    telling: Telling, theme: ThemeEntry, indicators: Sequence[Indicator]
) -> tuple[str, Sequence[str]]:
    """Return the heading and the sentences of what is found; for the country, which has none alike, its first figure."""
    if not indicators:
        said = msg("Fotfeste har ingen tall om {place} under dette temaet ennå.", place=telling.name)
        return "", [telling.text(said)]
    if telling.gathered.place.kind != "country":
        return theme_finding(telling, theme)
    knowledge, place = telling.gathered.knowledge, telling.gathered.place
    said_of = [
        indicator_view(knowledge, place, one.id, telling.words, pictures=False).sentence
        for one in indicators[:FIRST_TOLD]
    ]
    return said_of[0], said_of


def _beside(telling: Telling, theme: ThemeEntry, headline: str) -> Drawing | None:
    """Return the place beside others in several figures, or in the foremost one where there is one only."""
    gathered, words = telling.gathered, telling.words
    if gathered.place.kind == "country":
        charts = (
            draw_chart(gathered.knowledge, one, gathered.place, words)
            for one in gathered.indicators(theme.id)
        )
        return next((one for one in charts if one is not None), None)
    drawn = foremost(telling, theme.id)
    if not drawn:
        return None
    strip = beside_others(telling, drawn, headline)
    if strip is None:
        chart = draw_chart(gathered.knowledge, drawn[0].candidate.indicator, gathered.place, words)
        return None if chart is None else replace(chart, finding=headline)
    narrow = beside_others(telling, drawn, headline, NARROW_WIDTH)
    names = [one.candidate.indicator.id for one in drawn]
    title = telling.text(msg("{place} ved siden av andre", place=telling.name))
    sources = source_lines(gathered.knowledge, names, words)
    return Drawing(
        strip.svg,
        title,
        strip.alternative,
        "",
        sources,
        finding=headline,
        narrow="" if narrow is None else narrow.svg,
    )


def _table(telling: Telling, title: str, indicators: Sequence[Indicator]) -> Table | None:
    """Return the table of the theme without its marks of sources, which the page lists; for the country its figures alone."""
    if not indicators:
        return None
    found = theme_table(telling, title, indicators)
    kept = 3 if telling.gathered.place.kind == "country" else len(found.columns) - 1
    return replace(found, columns=found.columns[:kept], rows=tuple(row[:kept] for row in found.rows))


def _context(
    telling: Telling, indicators: Sequence[Indicator]
) -> tuple[tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]], ...]:
    """Return for each result: its name, what to read it with (id and name with the figure), and what of that is missing."""
    knowledge, place = telling.gathered.knowledge, telling.gathered.place
    results: dict[tuple[str, ...], list[str]] = {}
    for one in indicators:
        if (context := context_of(one.id)) is not None:
            results.setdefault(context.all, []).append(shown_name(one, knowledge, telling.words))
    found = []
    for beside, names in results.items():
        at_hand = [name for name in beside if name in knowledge.indicator_ids]
        rows = [row_of(knowledge, knowledge.indicator(name), place, telling.words) for name in at_hand]
        shown = tuple(
            (row.indicator, telling.text(msg("{name}: {value}", name=row.name, value=row.own.said)))
            for row in rows
        )
        lacking = tuple(
            telling.text(knowledge.catalogue[name].name)
            for name in beside
            if name not in at_hand and name in knowledge.catalogue
        )
        found.append((telling.words.join([telling.words.quoted(name) for name in names]), shown, lacking))
    return tuple(found)
