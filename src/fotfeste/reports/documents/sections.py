"""Parts that several documents have in common: the answer, the criteria in short, what the rules did, the reply."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Block, Bullets, Heading, KeyFigures, Paragraph
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.last_request import beside_last_request
from fotfeste.reports.documents.method import key_in_words
from fotfeste.reports.documents.naming import rule_in_words
from fotfeste.reports.documents.own_year import asked_in_words, requested_now
from fotfeste.reports.documents.wording import (
    answer,
    listed,
    minors_of,
    municipalities,
    persons,
    sentence_case,
)
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.wording import METHODS

MOST_NAMED = 3


def paragraph(*texts: str, lead: bool = False) -> Paragraph:
    """Return running text from sentences, one space between them."""
    return Paragraph((" ".join(text for text in texts if text),), lead)


def bullets(lines: Sequence[str], *, numbered: bool = False) -> Bullets:
    """Return a list with one item a line."""
    return Bullets(tuple((line,) for line in lines), numbered)


def county_answer(basis: Basis, *, sender: bool = True) -> str:
    """Return the recommendation in one sentence; without ``sender`` nobody is said to recommend it."""
    request = basis.recommendation.request
    count = len(basis.results)
    some = sum(1 for one in basis.results if one.recommended)
    minors = msg(", {part}", part=minors_of(request.minors)) if request.minors else ""
    if basis.alone:
        return basis.text(
            nmsg(
                "Anbefalingen er at {name} bosetter {count} flyktning i {year}{minors}.",
                "Anbefalingen er at {name} bosetter {count} flyktninger i {year}{minors}.",
                request.total,
                name=basis.results[0].name,
                year=str(basis.year),
                minors=minors,
            )
        )
    if some < count:
        who = msg("{some} av de {count} kommunene i {county}", some=some, count=count, county=basis.county)
    else:
        who = msg("de {count} kommunene i {county}", count=count, county=basis.county)
    if not sender:
        return basis.text(
            nmsg(
                "Anbefalingen er at {who} bosetter {count} flyktning i {year}{minors}.",
                "Anbefalingen er at {who} bosetter {count} flyktninger i {year}{minors}.",
                request.total,
                who=who,
                year=str(basis.year),
                minors=minors,
            )
        )
    return basis.text(
        nmsg(
            "{sender} anbefaler at {who} bosetter {count} flyktning i {year}{minors}.",
            "{sender} anbefaler at {who} bosetter {count} flyktninger i {year}{minors}.",
            request.total,
            sender=basis.sender,
            who=who,
            year=str(basis.year),
            minors=minors,
        )
    )


def request_in_words(basis: Basis) -> str:
    """Return what is to be shared out, without saying that it is decided to be settled: the councils decide."""
    request = basis.recommendation.request
    shared = {"total": request.total, "county": basis.county, "year": str(basis.year)}
    return basis.text(
        msg(
            "{sender} skal anbefale hvordan {total} flyktninger fordeles på kommunene i {county} i {year}.",
            sender=basis.sender,
            **shared,
        )
        if len(basis.results) > 1
        else msg("Anbefalingen gjelder {total} flyktninger i {county} i {year}.", **shared)
    )


def spread(basis: Basis) -> str:
    """Return who gets most and fewest, and who gets none."""
    if len(basis.results) < MOST_NAMED + 2:
        return ""
    by_number = sorted(basis.results, key=lambda one: (-one.recommended, one.code))
    top = by_number[:MOST_NAMED]
    lines = [
        msg(
            "Flest anbefales i {names}: til sammen {sum} av {total}.",
            names=basis.words.join([f"{one.name} ({basis.words.number(one.recommended)})" for one in top]),
            sum=sum(one.recommended for one in top),
            total=basis.recommendation.request.total,
        )
    ]
    none = [one.name for one in basis.results if not one.recommended]
    some = [one for one in basis.results if one.recommended]
    least = min(one.recommended for one in some)
    fewest = [one.name for one in some if one.recommended == least]
    lines.append(
        msg("Det laveste tallet er {least} ({names}).", least=least, names=listed(fewest, basis.words, 4))
        if not none
        else msg("Tallet er null i {names}.", names=listed(none, basis.words, 6))
    )
    return " ".join(basis.text(line) for line in lines)


def spread_paragraph(basis: Basis) -> list[Block]:
    """Return the spread as a paragraph; none in a county of few municipalities."""
    return [paragraph(told)] if (told := spread(basis)) else []


def county_figures(basis: Basis) -> KeyFigures:
    """Return the county's key figures."""
    text, words = basis.text, basis.words
    request = basis.recommendation.request
    level = basis.county_per_thousand
    items = [
        (
            text(msg("Anbefalt i {year}", year=str(basis.year))),
            words.number(request.total),
            beside_last_request(basis),
        ),
    ]
    if level.value is not None:
        items.append(
            (
                text(msg("Per 1\u00a0000 innbyggere")),
                words.number(level.value, 1),
                "" if basis.alone else text(msg("hele {county}", county=basis.county)),
            )
        )
    if basis.alone:
        return KeyFigures(tuple(items))
    facts = basis.recommendation.county
    items.append(
        (
            text(msg("Kommuner")),
            words.number(facts.municipalities),
            text(
                nmsg(
                    "{count} er distriktskommune (sentralitetsklasse 5 og 6)",
                    "{count} er distriktskommuner (sentralitetsklasse 5 og 6)",
                    facts.district_municipalities,
                )
                if facts.district_municipalities
                else msg("ingen er distriktskommune")
            ),
        )
    )
    return KeyFigures(tuple(items))


def municipality_answer(one: MunicipalityResult, basis: Basis) -> str:
    """Return a municipality's answer in a sentence or two."""
    last = basis.last(one).requested
    first = answer(one.name, one.recommended, basis.year, last, basis.last_year, one.minors)
    if (asked := requested_now(one, basis)) is None:
        return basis.text(first)
    now = sentence_case(basis.text(asked_in_words(asked, basis)))
    return basis.text(msg("{first} {now}.", first=first, now=now))


def criteria_in_short(basis: Basis) -> list[str]:
    """Return one line per criterion: its name and its weight."""
    return [
        basis.text(
            msg(
                "{name}: {share}",
                name=one.name,
                share=basis.words.percent(one.share, percent_places(one.share)),
            )
        )
        for one in basis.used_criteria
    ]


def criteria_explained(basis: Basis) -> list[str]:
    """Return one line per criterion: its name, its weight, and what it shares out by."""
    return [
        basis.text(
            msg(
                "{name} ({share}): {key}",
                name=one.name,
                share=basis.words.percent(one.share, percent_places(one.share)),
                key=key_in_words(one.key, basis),
            )
        )
        for one in basis.used_criteria
    ]


def percent_places(share: object) -> int:
    """Return the decimals a share needs: none for whole per cents."""
    from fractions import Fraction

    scaled = Fraction(str(share)) * 100
    return 0 if scaled.denominator == 1 else 1


def method_in_short(basis: Basis) -> list[Block]:
    """Return how the numbers were made, short enough for a letter to IMDi."""
    if basis.alone:
        return method_alone(basis)
    text = basis.text
    criteria = basis.recommendation.criteria
    request = basis.recommendation.request
    opening = text(
        msg(
            "Hvert kriterium har sin del av {persons} og fordeler den på kommunene. En kommunes tall er summen av det den får av hvert kriterium:",
            persons=persons(request.total - request.minors),
        )
    )
    blocks: list[Block] = [paragraph(opening), bullets(criteria_explained(basis))]
    rounded = text(
        msg(
            "Summene er gjort om til hele personer med {method}.",
            method=METHODS[criteria.method],
        )
    )
    apart = (
        text(
            nmsg(
                "Den ene enslige mindreårige er fordelt for seg, etter plassene som er oppgitt.",
                "De {count} enslige mindreårige er fordelt for seg, etter plassene som er oppgitt.",
                request.minors,
            )
        )
        if request.minors
        else ""
    )
    blocks.append(paragraph(rounded, apart))
    if criteria.rules:
        blocks.append(paragraph(text(msg("Disse reglene gjelder:"))))
        blocks.append(bullets([rule_in_words(rule, basis) for rule in criteria.rules]))
    return blocks


def method_heading(basis: Basis) -> Heading:
    """Return the heading over how the numbers were made."""
    title = msg("Slik er tallet satt") if basis.alone else msg("Slik er tallene regnet ut")
    return Heading(1, basis.text(title))


def method_alone(basis: Basis) -> list[Block]:
    """Return why there is nothing to work out in a county of one municipality."""
    only = msg(
        "Fylket har bare én kommune, {name}. Hele tallet gjelder den, uansett kriterier og vekter.",
        name=basis.results[0].name,
    )
    return [paragraph(basis.text(only))]


def answered(basis: Basis) -> str:
    """Return how many municipalities have replied, or nothing without replies."""
    replies = basis.recommendation.replies
    if replies is None:
        return ""
    number = sum(1 for one in basis.results if one.code in replies.by_code)
    return basis.text(
        msg("{count} av {all} har svart.", count=municipalities(number), all=len(basis.results))
    )
