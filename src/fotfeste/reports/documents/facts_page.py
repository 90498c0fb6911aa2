"""One page of facts about a municipality, on one template for all, and the compact form for IMDi."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Block, Heading, KeyFigures, Paragraph, Picture, Strong
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.effects import explained_in_line, rules_for
from fotfeste.reports.documents.history_pictures import history_picture
from fotfeste.reports.documents.naming import SHORT_NAMES_EXPLAINED, indicator_name, short_name, short_period
from fotfeste.reports.documents.overrides import overrides_for
from fotfeste.reports.documents.own_year import beside_request
from fotfeste.reports.documents.parts_picture import parts_picture
from fotfeste.reports.documents.pictures import NOT_IN_STRIP, comparison_picture
from fotfeste.reports.documents.reason import reason_in_words, why_in_words
from fotfeste.reports.documents.replied import handling, reply_blocks, reply_in_short
from fotfeste.reports.documents.sections import municipality_answer, paragraph
from fotfeste.reports.documents.sources_told import criteria_sources
from fotfeste.reports.documents.tables import explanation_table, history_table, status_note
from fotfeste.reports.documents.wording import said
from fotfeste.settlement.comparison import per_thousand
from fotfeste.settlement.replies import Service
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.wording import service_name
from fotfeste.statistics.figure import Mark


def facts_page(one: MunicipalityResult, basis: Basis) -> list[Block]:
    """Return the page of one municipality: the answer, the sum, the history, the comparison, its reply."""
    blocks: list[Block] = [
        Heading(2, one.name, anchor(one)),
        paragraph(municipality_answer(one, basis), lead=True),
        *([] if basis.alone else [paragraph(why_in_words(one, basis))]),
        key_figures(one, basis),
        *([] if basis.alone else [explanation_table(one, basis)]),
    ]
    remarks = [*rules_for(one, basis), possible_range(one, basis)]
    if any(remarks):
        blocks.append(paragraph(*remarks))
    blocks += [
        picture for picture in (history_picture(one, basis), comparison_picture(one, basis)) if picture
    ]
    if hidden := not_shown(one, basis):
        blocks.append(paragraph(hidden))
    blocks.append(paragraph(about_in_short(one, basis)))
    blocks += reply_blocks(one, basis, figures_shown=True) or silence(basis)
    return blocks


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality's number on a page of its own, in the order it is read: the answer with the reason, what rules and
    alternatives do to it, how it came about, what it stands beside, the sources."""

    answer: Block
    held: tuple[Block, ...]
    how: tuple[Block, ...]
    beside: tuple[Block, ...]
    sources: tuple[Block, ...]


def municipality_page(one: MunicipalityResult, basis: Basis) -> MunicipalityPage:
    """Return the page of one municipality: the number and the reason first."""
    hidden, sources = not_shown(one, basis), criteria_sources(basis)
    pictures = [parts_picture(one, basis), history_picture(one, basis), comparison_picture(one, basis)]
    drawn, *others = ([picture] if picture else [] for picture in pictures)
    return MunicipalityPage(
        paragraph(reason_in_words(one, basis), lead=True),
        (
            *([] if basis.alone else [paragraph(rules_line(one, basis))]),
            *([paragraph(told)] if (told := range_line(one, basis)) else []),
        ),
        (
            *drawn,
            *([] if basis.alone else [explanation_table(one, basis)]),
            *overrides_for(one, basis),
            *([paragraph(told)] if (told := possible_range(one, basis)) else []),
        ),
        (
            paragraph(municipality_answer(one, basis)),
            key_figures(one, basis),
            *(picture for found in others for picture in found),
            *([paragraph(hidden)] if hidden else []),
            paragraph(about_in_short(one, basis)),
            *(reply_blocks(one, basis, figures_shown=True) or silence(basis)),
        ),
        tuple(paragraph(line) for line in (f"{sources}." if sources else "", status_note(basis)) if line),
    )


def rules_line(one: MunicipalityResult, basis: Basis) -> str:
    """Return what the rules did to the number, or that none changed it."""
    if told := rules_for(one, basis):
        return " ".join(told)
    rules = basis.recommendation.criteria.rules
    return basis.text(msg("Ingen regel endrer tallet.") if rules else msg("Ingen regler gjelder."))


def range_line(one: MunicipalityResult, basis: Basis) -> str:
    """Return the lowest and the highest number among the alternatives; nothing where none are discussed."""
    comparison = basis.discussion.comparison
    if comparison is None or len(comparison.counted) < 2:
        return ""
    low, high = comparison.spans[one.code]
    count = len(comparison.counted) - 1
    if low == high:
        return basis.text(
            nmsg(
                "Tallet er det samme i det ene alternativet.",
                "Tallet er det samme i alle de {count} alternativene.",
                count,
            )
        )
    return basis.text(
        nmsg(
            "Mellom {low} og {high} i anbefalingen og det ene alternativet.",
            "Mellom {low} og {high} i anbefalingen og de {count} alternativene.",
            count,
            low=low,
            high=high,
        )
    )


def compact_facts(one: MunicipalityResult, basis: Basis) -> list[Block]:
    """Return the facts in short: the answer, the sum on one line, the newest years, and the reply."""
    return [
        Heading(2, one.name, anchor(one)),
        Paragraph((Strong(municipality_answer(one, basis)),)),
        *([] if basis.alone else [_made_of(one, basis)]),
        paragraph(reply_in_short(one, basis), handling(one, basis), about_in_short(one, basis)),
        history_table(one, basis),
    ]


def _made_of(one: MunicipalityResult, basis: Basis) -> Paragraph:
    return paragraph(explained_in_line(one, basis), *rules_for(one, basis), possible_range(one, basis))


def anchor(one: MunicipalityResult) -> str:
    """Return the link target of a municipality's facts."""
    return f"kommune-{one.code}"


def key_figures(one: MunicipalityResult, basis: Basis) -> KeyFigures:
    """Return the municipality's key figures side by side."""
    text, words = basis.text, basis.words
    level = per_thousand(one.recommended, one.facts.population)
    items = [
        (
            text(msg("Anbefalt i {year}", year=str(basis.year))),
            words.number(one.recommended),
            text(beside_request(one, basis)),
        ),
    ]
    if level.value is not None and basis.county_per_thousand.value is not None:
        items.append(
            (
                text(msg("Per 1 000 innbyggere")),
                words.number(level.value, 1),
                ""
                if basis.alone
                else text(
                    msg(
                        "{county}: {value}",
                        county=basis.county,
                        value=words.number(basis.county_per_thousand.value, 1),
                    )
                ),
            )
        )
    stated = _stated(one, basis)
    if stated:
        return KeyFigures((*items, *stated))
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


def _stated(one: MunicipalityResult, basis: Basis) -> list[tuple[str, str, str]]:
    """Return capacity and wish from the reply as key figures; none without a reply that states them."""
    reply = basis.reply(one.code)
    if reply is None:
        return []
    text, words = basis.text, basis.words
    found = []
    if reply.bottleneck is not None:
        service, capacity = reply.bottleneck
        found.append((text(msg("Laveste kapasitet")), words.number(capacity), text(service_name(service))))
    elif len(reply.unlimited) == len(Service):
        found.append(
            (text(msg("Laveste kapasitet")), text(msg("ingen begrensning")), text(msg("kommunens svar")))
        )
    if reply.own_wish is not None:
        found.append((text(msg("Eget ønske")), words.number(reply.own_wish), text(msg("kommunens svar"))))
    return found


def about_in_short(one: MunicipalityResult, basis: Basis) -> str:
    """Return population, centrality, region and those alike in as few words as a list has."""
    facts = one.facts
    names = [basis.names.get(code, code) for code in facts.alike]
    population = facts.population.value
    parts = [
        basis.text(msg("Innbyggere: {count}.", count=population)) if isinstance(population, int) else "",
        basis.text(msg("Sentralitetsklasse: {number}.", number=facts.centrality_class)),
        basis.text(msg("Bo- og arbeidsmarkedsregion: {region}.", region=facts.labour_market_region)),
        basis.text(msg("Ligner mest på: {names}.", names=", ".join(names))) if names else "",
    ]
    return " ".join(part for part in parts if part)


def possible_range(one: MunicipalityResult, basis: Basis) -> str:
    """Return the range that hidden figures leave open, or nothing."""
    if one.possible is None:
        return ""
    low, high = one.possible
    return basis.text(
        msg(
            "Noen av tallene bak er skjult i kilden. Var de kjent, kunne anbefalingen vært fra {low} til {high}.",
            low=low,
            high=high,
        )
    )


def silence(basis: Basis) -> list[Block]:
    """Return that the municipality has not replied, where replies were asked for."""
    if basis.recommendation.replies is None:
        return []
    return [paragraph(basis.text(msg("Kommunen har ikke svart på spørsmålene om kapasitet og ønsker.")))]


def not_shown(one: MunicipalityResult, basis: Basis) -> str:
    """Return which shares and rates are hidden or lacking for the municipality, or nothing."""
    lines = []
    for mark, message in (
        (Mark.SUPPRESSED, msg("Skjult fordi tallet er lite: {names}.")),
        (Mark.MISSING, msg("Mangler: {names}.")),
    ):
        names = [
            f"{short_name(found.indicator, basis.locale)} {short_period(found.period)}"
            for found in one.facts.indicators
            if found.own.mark is mark
            and found.indicator not in NOT_IN_STRIP
            and not indicator_name(found.indicator, basis.locale).count
        ]
        if names:
            lines.append(basis.text(replace(message, fields={"names": basis.words.join(names)})))
    return " ".join(lines)


def history_pictures(one: MunicipalityResult, basis: Basis) -> list[Picture]:
    """Return the history picture as a list, empty where there is nothing to draw."""
    picture = history_picture(one, basis)
    return [picture] if picture else []


def labels_explained(basis: Basis) -> str:
    """Return what the short names beside the comparison mean, for those that do not say it themselves."""
    shown = {found.indicator for one in basis.results[:1] for found in one.facts.indicators}
    return " ".join(basis.text(told) for name, told in SHORT_NAMES_EXPLAINED.items() if name in shown)


def marks_note(basis: Basis) -> str:
    """Return what the dagger beside last year means."""
    note = status_note(basis)
    return f"† {note}" if note else ""
