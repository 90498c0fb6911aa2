"""Sentences about differences and findings, made from figures by rule: nothing higher inside the noise, never a cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from fotfeste.messages import Message, Translated, msg, nmsg, one_after_another
from fotfeste.statistics.findings.rule import context_of
from fotfeste.statistics.findings.values import Against, Comparison, Finding, Verdict
from fotfeste.statistics.indicator_catalogue import Indicator
from fotfeste.statistics.periods import in_each_language
from fotfeste.statistics.series.sentences import Told, figure_told, number_told, rounded

Names = Mapping[str, str]
"""What places are called, by number."""


def about_comparison(one: Comparison, names: Names) -> tuple[Message, ...]:
    """Return what can be said of a figure beside those alike, and beside county and country.

    ``names`` has the place itself under the empty text. «høyere» and «lavere» stand only where the difference is beyond
    the noise after all the document's differences are looked at together.
    """
    own = one.candidate
    fields = {
        "name": own.indicator.name,
        "place": names[""],
        "own": _with_unit(figure_told(own.own, own.indicator), own.indicator),
    }
    if own.period and own.period not in own.indicator.names["nb"]:
        first = msg("{name} i {place} ({period}): {own}.", period=in_each_language(own.period), **fields)
    else:
        first = msg("{name} i {place}: {own}.", **fields)
    found = [first]
    if one.alike is not None and one.beside_alike is not None:
        found.append(_beside_alike(one, len(next(iter(own.alike), "")) == 2))
    told = [_against(other, one, names) for other in one.larger if other.figure.low is not None]
    if told:
        found.append(msg("Til sammenligning: {compared}.", compared=one_after_another(told)))
    if one.open_to_chance:
        found.append(msg("Tallet bygger på så få at tilfeldigheter kan flytte det mye."))
    return tuple(found)


def _with_unit(told: Told, indicator: Indicator) -> Told:
    """Return a figure with its unit where neither the figure nor the name tells it."""
    unit, name = indicator.units["nb"], indicator.names["nb"]
    if indicator.kind == "share" or unit.casefold() in name.casefold():
        return told
    return msg("{number} {unit}", number=told, unit=indicator.unit)


def _beside_alike(one: Comparison, counties: bool) -> Message:
    alike, indicator = one.alike, one.candidate.indicator
    if alike is None or one.beside_alike is None:
        return msg("Det er for få lignende med tall til å sammenligne.")
    fields = {
        "known": alike.known,
        "median": number_told(alike.median, indicator),
        "lower": number_told(alike.lower, indicator),
        "upper": number_told(alike.upper, indicator),
    }
    match (one.beside_alike.verdict, counties):
        case (Verdict.HIGHER, False):
            return msg(
                "Det er høyere enn hos de {known} mest lignende kommunene, der det midterste tallet er {median} og "
                "halvparten ligger mellom {lower} og {upper}.",
                **fields,
            )
        case (Verdict.LOWER, False):
            return msg(
                "Det er lavere enn hos de {known} mest lignende kommunene, der det midterste tallet er {median} og "
                "halvparten ligger mellom {lower} og {upper}.",
                **fields,
            )
        case (Verdict.HIGHER, True):
            return msg(
                "Det er høyere enn i de {known} andre fylkene, der det midterste tallet er {median} og halvparten ligger "
                "mellom {lower} og {upper}.",
                **fields,
            )
        case (Verdict.LOWER, True):
            return msg(
                "Det er lavere enn i de {known} andre fylkene, der det midterste tallet er {median} og halvparten ligger "
                "mellom {lower} og {upper}.",
                **fields,
            )
        case (Verdict.NOT_APART, False):
            return msg(
                "Det skiller seg ikke klart fra de {known} mest lignende kommunene, der det midterste tallet er {median} og "
                "halvparten ligger mellom {lower} og {upper}.",
                **fields,
            )
        case (Verdict.NOT_APART, True):
            return msg(
                "Det skiller seg ikke klart fra de {known} andre fylkene, der det midterste tallet er {median} og "
                "halvparten ligger mellom {lower} og {upper}.",
                **fields,
            )
        case _ if one.candidate.own.estimated:
            return msg(
                "Hos {known} lignende er det midterste tallet {median}, og halvparten ligger mellom {lower} og {upper}. "
                "Tallet her er et anslag, og ingen har sagt hvor langt fra det rette det kan være, så forskjellen vurderes ikke.",
                **fields,
            )
        case _:
            return msg(
                "Hos {known} lignende er det midterste tallet {median}, og halvparten ligger mellom {lower} og {upper}. "
                "Kilden sier ikke hvor usikkert tallet er, så forskjellen vurderes ikke.",
                **fields,
            )


def _against(other: Against, one: Comparison, names: Names) -> Message:
    fields = {"place": names[other.place], "value": figure_told(other.figure, one.candidate.indicator)}
    match other.verdict:
        case Verdict.HIGHER:
            return msg("høyere enn {place} ({value})", **fields)
        case Verdict.LOWER:
            return msg("lavere enn {place} ({value})", **fields)
        case Verdict.NOT_APART:
            return msg("ikke klart forskjellig fra {place} ({value})", **fields)
        case Verdict.UNTOLD:
            return msg("{place} {value}", **fields)


def about_finding(one: Finding, names: Names) -> tuple[Message, ...]:
    """Return the finding in words: the figure, and how it stands beside those alike, county and country."""
    return about_comparison(one.comparison, names)


def why_chosen(one: Finding) -> Message:
    """Return why a figure became a finding: the distance and its place in the order, or who put it there and why."""
    if one.replaced is not None:
        return msg(
            "Satt inn {day} i stedet for et annet funn. Begrunnelse: {reason}",
            day=one.replaced.on,
            reason=one.replaced.reason,
        )
    distance = rounded(Fraction(abs(one.comparison.distance)), 1)
    if not one.place_in_order and one.clear:
        return msg(
            "Tatt med fordi færre enn ønsket ligger langt fra de andre: forskjellen er større enn tilfeldig variasjon, men "
            "avstanden er bare {distance} ganger de andres spredning og den tilfeldige variasjonen til sammen.",
            distance=distance,
        )
    if not one.place_in_order:
        return msg(
            "Tatt med fordi færre enn ønsket skiller seg klart fra de andre: avstanden er {distance} ganger deres "
            "spredning og den tilfeldige variasjonen til sammen, og det er ikke nok til å kalle det en forskjell.",
            distance=distance,
        )
    return nmsg(
        "Valgt fordi avstanden til de andre er {distance} ganger deres spredning og den tilfeldige variasjonen til "
        "sammen. Det er den eneste forskjellen som er så stor at regelen gjør den til et funn.",
        "Valgt fordi avstanden til de andre er {distance} ganger deres spredning og den tilfeldige variasjonen til "
        "sammen: nummer {order} av {count} forskjeller som er så store at regelen kan gjøre dem til funn.",
        one.of,
        distance=distance,
        order=one.place_in_order,
    )


def not_said(one: Finding, named: Mapping[str, Translated]) -> tuple[Message | Translated, ...]:
    """Return what a finding does not say; ``named`` are the names of indicators by id.

    That it does not say why stands with all. A result is told together with who the people are and the local labour
    market; of these, those that are not at hand are named as missing.
    """
    found: list[Message | Translated] = [msg("Tallet sier ikke hvorfor forskjellen er der.")]
    found += one.silent
    context = context_of(one.indicator.id)
    if context is not None:
        known = [named[name] for name in context.all if name in named]
        if known:
            found.append(
                msg(
                    "Et resultat følger også av hvem det gjelder og av arbeidsmarkedet på stedet. Les det sammen med: "
                    "{beside}.",
                    beside=one_after_another(known),
                )
            )
        else:
            found.append(
                msg(
                    "Et resultat følger også av hvem det gjelder og av arbeidsmarkedet på stedet; de tallene mangler."
                )
            )
    return tuple(found)


def how_many(found: Sequence[Finding], most: int) -> Message | None:
    """Return how many findings there are and how many lie beyond the noise; ``None`` when there are ``most`` and all do."""
    clear = sum(one.clear for one in found)
    if clear == len(found) >= most:
        return None
    if found and clear == len(found):
        return nmsg(
            "Regelen gir høyst {most} funn. Her ga den ett.",
            "Regelen gir høyst {most} funn. Her ga den {count}.",
            clear,
            most=most,
        )
    if not clear:
        return msg("Ingen tall skiller seg fra de andre med mer enn tilfeldig variasjon.")
    return nmsg(
        "Bare {count} av tallene skiller seg fra de andre med mer enn tilfeldig variasjon.",
        "Bare {count} av tallene skiller seg fra de andre med mer enn tilfeldig variasjon.",
        clear,
    )
