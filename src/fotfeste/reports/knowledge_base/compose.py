"""The knowledge base as one document: its sections in order, each with the texts that people have written for it."""

from __future__ import annotations

from collections.abc import Sequence

import fotfeste
from fotfeste.messages import Locale, Message, Translated, language, msg
from fotfeste.reports.blocks import Block, Document, Heading, KeyFigures
from fotfeste.reports.cells import is_span
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.knowledge_base.changes_section import changes_section
from fotfeste.reports.knowledge_base.findings_section import finding_id, findings_section
from fotfeste.reports.knowledge_base.frame_sections import (
    legal_section,
    participation_section,
    plans_section,
)
from fotfeste.reports.knowledge_base.framework import Framework, shipped_framework
from fotfeste.reports.knowledge_base.missing_section import missing_section
from fotfeste.reports.knowledge_base.own_text import OwnText, orphans, own_blocks
from fotfeste.reports.knowledge_base.previous import STEM, Previous
from fotfeste.reports.knowledge_base.settlement_section import retention_blocks
from fotfeste.reports.knowledge_base.sources_section import sources_section
from fotfeste.reports.knowledge_base.telling import Telling, paragraph
from fotfeste.reports.knowledge_base.theme_pictures import SETTLEMENT
from fotfeste.reports.knowledge_base.theme_section import theme_section
from fotfeste.reports.knowledge_base.theme_table import written
from fotfeste.reports.knowledge_base.values import Gathered
from fotfeste.reports.profiles.overviews import overview
from fotfeste.reports.profiles.shown import is_comparable
from fotfeste.reports.profiles.values import Place

MOST_KEY_FIGURES = 4


def knowledge_base(
    gathered: Gathered,
    locale: Locale,
    *,
    framework: Framework | None = None,
    own: OwnText | None = None,
    previous: Previous | None = None,
) -> Document:
    """Return the knowledge base of a place in one language.

    ``own`` are texts that people have written: each stands at the end of its section, and one whose section is not
    there stands last, with the section it belongs to. ``previous`` is the last edition, which this one is set beside.
    """
    telling = Telling(
        gathered, language(locale), framework or shipped_framework(), own or OwnText(), previous
    )
    text, place = telling.text, gathered.place
    sections = _sections(telling)
    blocks: list[Block] = [*_opening(telling)]
    for _, section in sections:
        blocks += section
    blocks += _without_place(telling, [name for name, _ in sections])
    return Document(
        title=text(msg("Kunnskapsgrunnlag for integrering: {place}", place=telling.name)),
        subtitle=text(msg("Offisiell statistikk med kilde, periode og dataversjon for hvert tall")),
        language=locale,
        issued=gathered.issued,
        blocks=tuple(blocks),
        file_stem=f"{file_stem(place)}-{locale}",
        reference=(
            (text(msg("Gjelder")), _about(telling)),
            (text(msg("Laget med")), f"Fotfeste {fotfeste.__version__}"),
        ),
        description=text(msg("Kunnskapsgrunnlag for {place}", place=telling.name)),
        contents=True,
    )


def file_stem(place: Place) -> str:
    """Return the name of a place's files, without language and ending: ``kunnskapsgrunnlag-4028-kviteseid``."""
    return f"{STEM}-{place.code}-{file_name(place.name)}"


def _about(telling: Telling) -> str:
    place = telling.gathered.place
    fields = {"name": telling.name, "code": place.code}
    if place.kind == "county":
        return telling.text(msg("{name} fylke ({code})", **fields))
    if place.county_name and not place.alone:
        return telling.text(msg("{name} kommune ({code}), {county}", county=place.county_name, **fields))
    return telling.text(msg("{name} kommune ({code})", **fields))


def _opening(telling: Telling) -> list[Block]:
    """Return the place in short: one sentence or two, and a few figures."""
    gathered = telling.gathered
    found = overview(gathered.knowledge, gathered.place, telling.words)
    told = [
        one for one in found.key_figures if one.value.figure.value is not None or is_span(one.value.figure)
    ]
    items = tuple(
        (one.label, one.value.text, _beside(telling, one.indicator)) for one in told[:MOST_KEY_FIGURES]
    )
    return [paragraph(found.sentence, lead=True), *([KeyFigures(items)] if items else [])]


def _beside(telling: Telling, name: str) -> str:
    """Return the period of a key figure and what it stands beside: the same places and numbers as under its theme."""
    gathered, knowledge, text = telling.gathered, telling.gathered.knowledge, telling.text
    indicator = knowledge.indicator(name)
    told = []
    if is_comparable(indicator):
        larger = (knowledge.county_of(gathered.place), knowledge.country)
        told = [
            text(msg("{place} {value}", place=one.called(telling.words), value=shown))
            for one in larger
            if one is not None and (shown := telling.shown(indicator, one.code)) not in (".", "–", ":")
        ]
        comparison = gathered.comparisons.get(name)
        if comparison is not None and comparison.alike is not None:
            median = written(telling, indicator, comparison.alike.median)
            told.append(text(msg("midt blant {alike} {value}", alike=telling.alike, value=median)))
    return "; ".join(one for one in (telling.period_left(indicator), ", ".join(told)) if one)


def _sections(telling: Telling) -> list[tuple[str, list[Block]]]:
    """Return the sections that the document has, by id, each with its own texts."""
    found: list[tuple[str, list[Block]]] = [("funn", _with_own(telling, "funn", findings_section(telling)))]
    found += [(finding_id(one), []) for one in telling.gathered.findings]
    parts = (
        ("endringer", changes_section),
        ("grunnlag", legal_section),
        ("medvirkning", participation_section),
    )
    for name, section in parts:
        if blocks := section(telling):
            found.append((name, _with_own(telling, name, blocks)))
    for theme in telling.gathered.themes:
        blocks = theme_section(telling, theme)
        if theme.id == SETTLEMENT:
            blocks = _with_retention(telling, blocks)
        found.append((theme.id, blocks))
    for name, section in (
        ("planer", plans_section),
        ("mangler", missing_section),
        ("kilder", sources_section),
    ):
        found.append((name, _with_own(telling, name, section(telling))))
    return found


def _with_own(telling: Telling, section: str, blocks: list[Block]) -> list[Block]:
    return [*blocks, *own_blocks(telling.own.of(section), telling.words)]


def _with_retention(telling: Telling, blocks: list[Block]) -> list[Block]:
    """Return the theme of settlement with who has stayed before what the figures do not say."""
    place = next(
        (
            place
            for place, one in enumerate(blocks)
            if isinstance(one, Heading) and one.anchor == f"{SETTLEMENT}-sier-ikke"
        ),
        len(blocks),
    )
    return [*blocks[:place], *retention_blocks(telling), *blocks[place:]]


def _without_place(telling: Telling, sections: Sequence[str]) -> list[Block]:
    left = telling.own.without_place(sections)
    if not left:
        return []
    return [
        Heading(1, telling.text(msg("Egne tekster uten plass")), "uten-plass"),
        paragraph(
            telling.text(
                msg(
                    "Disse tekstene hører til deler som ikke er med i denne utgaven. De er tatt vare på her, så ingenting går tapt."
                )
            )
        ),
        *orphans(left, telling.words),
    ]


def sections_of(gathered: Gathered) -> tuple[tuple[str, Message | Translated], ...]:
    """Return the id and the title of every section that may have own texts, in order."""
    findings = [(finding_id(one), msg("Funn: {name}", name=one.indicator.name)) for one in gathered.findings]
    return (
        ("funn", msg("Funnene")),
        *findings,
        ("endringer", msg("Endret siden forrige utgave")),
        ("grunnlag", msg("Rettslig grunnlag")),
        ("medvirkning", msg("Medvirkning")),
        *((one.id, one.name) for one in gathered.themes),
        ("planer", msg("Hva planene bør ta opp")),
        ("mangler", msg("Det som mangler")),
        ("kilder", msg("Kilder og metode")),
    )
