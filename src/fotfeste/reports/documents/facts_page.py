"""One page of facts about a municipality, on one template for all, and the compact form for IMDi."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, Heading, KeyFigures, PageBreak, Picture
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.pictures import comparison_picture, history_picture
from fotfeste.reports.documents.replied import reply_blocks, reply_in_short
from fotfeste.reports.documents.sections import (
    bullets,
    explained_in_line,
    municipality_answer,
    paragraph,
    rules_for,
)
from fotfeste.reports.documents.tables import explanation_table, history_table, status_note
from fotfeste.reports.documents.wording import against_last, said
from fotfeste.settlement.result import MunicipalityResult


def facts_page(one: MunicipalityResult, basis: Basis) -> list[Block]:
    """Return the page of one municipality: the answer, the sum, the history, the comparison, its reply."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(2, one.name, anchor(one)),
        paragraph(municipality_answer(one, basis), lead=True),
        key_figures(one, basis),
        explanation_table(one, basis),
    ]
    if rules := rules_for(one, basis):
        blocks.append(bullets(rules))
    if possible := possible_range(one, basis):
        blocks.append(paragraph(possible))
    blocks += [picture for picture in (history_picture(one, basis), comparison_picture(one, basis)) if picture]
    blocks.append(paragraph(about(one, basis), resembles(one, basis)))
    blocks += reply_blocks(one, basis) or [paragraph(no_reply(basis))]
    return blocks


def compact_facts(one: MunicipalityResult, basis: Basis) -> list[Block]:
    """Return the facts in short: the answer, the sum on one line, the newest years, and the reply."""
    return [
        Heading(2, one.name, anchor(one)),
        paragraph(municipality_answer(one, basis)),
        paragraph(explained_in_line(one, basis), *rules_for(one, basis)),
        paragraph(
            about(one, basis), resembles(one, basis), possible_range(one, basis), reply_in_short(one, basis)
        ),
        history_table(one, basis),
    ]


def anchor(one: MunicipalityResult) -> str:
    """Return the link target of a municipality's facts."""
    return f"kommune-{one.code}"


def key_figures(one: MunicipalityResult, basis: Basis) -> KeyFigures:
    """Return the municipality's key figures side by side."""
    text, words = basis.text, basis.words
    last = basis.last(one)
    level = basis.per_thousand(one.recommended, one.facts.population)
    items = [
        (
            text(msg("Anbefalt i {year}", year=str(basis.year))),
            words.number(one.recommended),
            text(against_last(one.recommended, last.requested, basis.last_year)),
        ),
    ]
    if level.value is not None and basis.county_per_thousand.value is not None:
        items.append(
            (
                text(msg("Per 1 000 innbyggere")),
                words.number(level.value, 1),
                text(msg("{county}: {value}", county=basis.county, value=words.number(basis.county_per_thousand.value, 1))),
            )
        )
    settled = basis.settled_in(one.facts.history, 3)
    if settled is not None:
        figure, first, newest = settled
        items.append(
            (
                text(msg("Bosatt {first}–{last}", first=str(first), last=str(newest))),
                text(said(figure)),
                text(msg("tre siste avsluttede år")),
            )
        )
    return KeyFigures(tuple(items))


def about(one: MunicipalityResult, basis: Basis) -> str:
    """Return population, centrality and labour-market region in one sentence."""
    facts = one.facts
    population = (
        basis.text(msg("{name} har {count} innbyggere.", name=one.name, count=facts.population.value))
        if isinstance(facts.population.value, int)
        else ""
    )
    rest = basis.text(
        msg(
            "Kommunen er i sentralitetsklasse {number} av 6 (1 er mest sentral) og i bo- og arbeidsmarkedsregionen {region}.",
            number=facts.centrality_class,
            region=facts.labour_market_region,
        )
    )
    return f"{population} {rest}".strip()


def resembles(one: MunicipalityResult, basis: Basis) -> str:
    """Return which municipalities it resembles, and by what."""
    names = [basis.names.get(code, code) for code in one.facts.alike]
    if not names:
        return ""
    return basis.text(
        msg(
            "Den ligner mest på {names} (folketall, sentralitet og KOSTRA-gruppe).",
            names=basis.words.join(names),
        )
    )


def possible_range(one: MunicipalityResult, basis: Basis) -> str:
    """Return the range that hidden figures leave open, or nothing."""
    if one.possible is None:
        return ""
    low, high = one.possible
    return basis.text(
        msg("Fordi tall er skjult i kilden, kan tallet ligge mellom {low} og {high}.", low=low, high=high)
    )


def no_reply(basis: Basis) -> str:
    """Return that no reply is used."""
    if basis.recommendation.replies is None:
        return ""
    return basis.text(msg("Kommunen har ikke svart på spørsmålene om kapasitet og ønsker."))


def history_pictures(one: MunicipalityResult, basis: Basis) -> list[Picture]:
    """Return the history picture as a list, empty where there is nothing to draw."""
    picture = history_picture(one, basis)
    return [picture] if picture else []


def marks_note(basis: Basis) -> str:
    """Return what the dagger beside last year means."""
    note = status_note(basis)
    return f"† {note}" if note else ""
