"""The letter back to a municipality: its number, why, what its reply was used for, and what happens next."""

from __future__ import annotations

import re
import unicodedata

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, Document, Heading
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.effects import rules_for
from fotfeste.reports.documents.facts_page import history_pictures, possible_range
from fotfeste.reports.documents.overrides import overrides_for
from fotfeste.reports.documents.own_year import asked_in_words, beside_request, requested_now
from fotfeste.reports.documents.ownership import draft_notice
from fotfeste.reports.documents.recommendation import reference_lines, sender_lines
from fotfeste.reports.documents.replied import reply_blocks
from fotfeste.reports.documents.revision import opening_of, revision_for, titled
from fotfeste.reports.documents.sections import bullets, criteria_explained, paragraph, request_in_words
from fotfeste.reports.documents.sources_told import criteria_sources
from fotfeste.reports.documents.tables import explanation_table, status_note
from fotfeste.reports.documents.wording import minors_of, said, sentence_case
from fotfeste.settlement.comparison import per_thousand
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.facts import Compared
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Mark

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


def letter(one: MunicipalityResult, basis: Basis) -> Document:
    """Return the letter to one municipality."""
    text = basis.text
    year = str(basis.year)
    return Document(
        title=titled(
            msg("Anbefalt bosetting av flyktninger i {name} i {year}", name=one.name, year=year),
            msg("Revidert anbefaling om bosetting i {name} i {year}", name=one.name, year=year),
            basis,
        ),
        subtitle=text(msg("Tallet, begrunnelsen og veien videre")),
        language=basis.locale,
        issued=basis.issued,
        blocks=tuple(_blocks(one, basis)),
        file_stem=f"brev/{one.code}-{file_name(one.name)}",
        sender=sender_lines(basis),
        recipient=(municipality_name(one, basis),),
        reference=reference_lines(basis),
        description=opening_of(one, basis, opening(one, basis)),
    )


def municipality_name(one: MunicipalityResult, basis: Basis) -> str:
    """Return the municipality as an addressee: ``Skien kommune``."""
    return basis.text(msg("{name} kommune", name=one.name))


def file_name(name: str, most: int | None = None) -> str:
    """Return a name in small ASCII letters for a file: ``Bø`` becomes ``bo``; with ``most`` signs it is cut between words."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(LETTERS)).encode("ascii", "ignore").decode()
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "kommune"
    if most is None or len(whole) <= most:
        return whole
    return whole[: most + 1].rpartition("-")[0] or whole[:most]


def opening(one: MunicipalityResult, basis: Basis) -> str:
    """Return the number in one sentence, as it is said to the municipality itself."""
    last = basis.last(one).requested
    who = municipality_name(one, basis)
    if not one.recommended:
        first = msg(
            "{sender} anbefaler ikke at {who} bosetter flyktninger i {year}",
            sender=basis.sender,
            who=who,
            year=str(basis.year),
        )
    else:
        first = msg(
            "{sender} anbefaler at {who} bosetter {count} i {year}",
            sender=basis.sender,
            who=who,
            count=_refugees(one.recommended, basis),
            year=str(basis.year),
        )
    minors = msg(", {part}", part=minors_of(one.minors)) if one.minors else ""
    beside, now = beside_request(one, basis), requested_now(one, basis)
    known = now.figure.value is not None if now is not None else last.mark is Mark.OBSERVED
    if one.recommended and known:
        return basis.text(msg("{first}{minors}. Det er {beside}.", first=first, minors=minors, beside=beside))
    if not one.recommended and now is not None:
        beside = asked_in_words(now, basis)
    elif not one.recommended and (last.known or last.high):
        beside = msg("IMDi ba om {asked} i {year}", asked=said(last), year=str(basis.last_year))
    after = sentence_case(basis.text(beside))
    return basis.text(msg("{first}{minors}. {after}.", first=first, minors=minors, after=after))


def _refugees(count: int, basis: Basis) -> str:
    from fotfeste.messages import nmsg

    return basis.text(nmsg("{count} flyktning", "{count} flyktninger", count))


def _blocks(one: MunicipalityResult, basis: Basis) -> list[Block]:
    text = basis.text
    blocks: list[Block] = [
        paragraph(opening_of(one, basis, opening(one, basis)), lead=True),
        *draft_notice(basis),
        *revision_for(one, basis),
        Heading(1, text(msg("Hvorfor dette tallet"))),
        paragraph(request_in_words(basis), text(msg("Kriteriene gir dette for {name}:", name=one.name))),
        explanation_table(one, basis),
    ]
    if rules := rules_for(one, basis):
        blocks.append(bullets(rules))
    blocks += overrides_for(one, basis)
    if possible := possible_range(one, basis):
        blocks.append(paragraph(possible))
    blocks += [
        Heading(2, text(msg("Slik virker kriteriene"))),
        bullets(criteria_explained(basis)),
        Heading(1, text(msg("Ved siden av årene før og kommuner som ligner"))),
    ]
    if beside := beside_others(one, basis):
        blocks.append(paragraph(beside))
    blocks += history_pictures(one, basis)
    blocks += _reply(one, basis)
    blocks += _next_steps(basis)
    if sources := criteria_sources(basis):
        blocks.append(paragraph(text(msg("Kilder: {sources}.", sources=sources)), status_note(basis)))
    return blocks


def beside_others(one: MunicipalityResult, basis: Basis) -> str:
    """Return the recommended number per 1 000 inhabitants and recent settlement, beside the county and those alike."""
    lines = []
    own, county = per_thousand(one.recommended, one.facts.population), basis.county_per_thousand
    if own.value and county.value is not None:
        lines.append(
            msg(
                "Anbefalingen er {own} personer per 1\u00a0000 innbyggere. For hele {county} er den {all}.",
                own=basis.words.number(own.value, 1),
                county=basis.county,
                all=basis.words.number(county.value, 1),
            )
        )
    recent = _indicator(one, "settled_per_1000_5y")
    names = basis.words.join([basis.names.get(code, code) for code in one.facts.alike])
    if recent is not None and recent.own.value is not None and recent.alike.value is not None and names:
        lines.append(
            msg(
                "I {period} bosatte {name} {own} per 1\u00a0000 innbyggere. I kommunene som ligner mest ({names}), er medianen {alike}.",
                period=recent.period,
                name=one.name,
                own=basis.words.number(recent.own.value, 1),
                names=names,
                alike=basis.words.number(recent.alike.value, 1),
            )
        )
    return " ".join(basis.text(line) for line in lines)


def _indicator(one: MunicipalityResult, name: str) -> Compared | None:
    return next((found for found in one.facts.indicators if found.indicator == name), None)


def _reply(one: MunicipalityResult, basis: Basis) -> list[Block]:
    if basis.recommendation.replies is None:
        return []
    heading = Heading(1, basis.text(msg("Svaret fra kommunen")))
    blocks = reply_blocks(one, basis)
    if blocks:
        return [heading, *blocks]
    silent = msg(
        "Vi har ikke fått svar fra kommunen om kapasitet og ønsker. Tallet bygger derfor bare på kriteriene og reglene."
    )
    capped = any(
        rule.kind is RuleKind.CAP and rule.origin == "replies" for rule in basis.recommendation.criteria.rules
    )
    without = (
        msg("Uten svar har kommunen heller ikke noe tak. Et svar nå kan endre tallet.") if capped else ""
    )
    return [heading, paragraph(basis.text(silent), basis.text(without) if without else "")]


def _next_steps(basis: Basis) -> list[Block]:
    text, detail = basis.text, basis.detail
    lines = [
        text(msg("{sender} sender anbefalingen til IMDi {day}.", sender=basis.sender, day=detail("sent_on"))),
        text(msg("IMDi ber kommunen om å bosette et antall: {day}.", day=detail("request_on"))),
        text(
            msg(
                "Kommunestyret avgjør om kommunen skal bosette, og hvor mange: {day}. Vedtaket kan ikke ha forbehold, og "
                "familiegjenforente skal ikke regnes med.",
                day=detail("council_by"),
            )
        ),
        text(
            msg(
                "Har kommunen ekstra kapasitet, ber IMDi om å få vite det, sammen med datoen for behandlingen."
            )
        ),
    ]
    return [
        Heading(1, text(msg("Hva skjer nå"))),
        bullets(lines, numbered=True),
        paragraph(
            text(
                msg(
                    "Er noe feil, eller vil kommunen at vi ser på tallet igjen? Send merknader til {where} {deadline}.",
                    where=detail("comments_to"),
                    deadline=detail("comments_by"),
                )
            )
        ),
    ]
