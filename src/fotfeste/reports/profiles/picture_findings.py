"""What the pictures of an indicator say, in one sentence each: the headings of chart and map."""

from __future__ import annotations

from collections.abc import Sequence

from fotfeste.messages import Language, Message, msg
from fotfeste.reports.profiles.judged import comparisons
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.shown import alike_of, of_place
from fotfeste.reports.profiles.values import Place, Shown
from fotfeste.statistics.findings.values import Verdict
from fotfeste.statistics.indicators import Indicator

FEWEST = 2


def highest_and_lowest(ordered: Sequence[tuple[str, Shown]], words: Language) -> str:
    """Return which of some places has the highest figure and which the lowest, or that they are alike; nothing for none.

    ``ordered`` are names and figures, the highest first, all with a number.
    """
    if not ordered:
        return ""
    (high, most), (low, least) = ordered[0], ordered[-1]
    if len(ordered) < FEWEST:
        return words.text(msg("{place}: {value}", place=high, value=most.said))
    if most.text == least.text:
        return words.text(msg("Alle stedene som vises, har samme tall: {value}.", value=most.said))
    return words.text(
        msg(
            "Høyest av tallene som vises: {high} ({most}). Lavest: {low} ({least}).",
            high=high,
            most=most.said,
            low=low,
            least=least.said,
        )
    )


def beside_alike(
    knowledge: Knowledge, indicator: Indicator, place: Place, words: Language, *, judged: bool
) -> str:
    """Return how a municipality stands beside those most alike: higher or lower only where that is beyond the noise.

    Not ``judged``, the figures alone are told: judging a place's differences takes some hundredths of a second.
    """
    own, alike = of_place(knowledge, indicator, place, words), alike_of(knowledge, indicator, place, words)
    if own.figure.value is None or alike is None:
        return ""
    fields = {"place": place.name, "value": own.said}
    verdict = _verdict(knowledge, indicator, place) if judged else Verdict.UNTOLD
    return words.text(_told(verdict, fields, alike.low, alike.high))


def _verdict(knowledge: Knowledge, indicator: Indicator, place: Place) -> Verdict:
    found = comparisons(knowledge, place).get(indicator.id)
    return Verdict.UNTOLD if found is None or found.beside_alike is None else found.beside_alike.verdict


def _told(verdict: Verdict, fields: dict[str, str], low: Shown, high: Shown) -> Message:
    match verdict:
        case Verdict.HIGHER:
            return msg("{place} ({value}) ligger høyere enn lignende kommuner.", **fields)
        case Verdict.LOWER:
            return msg("{place} ({value}) ligger lavere enn lignende kommuner.", **fields)
        case Verdict.NOT_APART:
            return msg("{place} ({value}) skiller seg ikke klart fra lignende kommuner.", **fields)
        case _:
            return msg(
                "{place}: {value}. Lignende kommuner: fra {low} til {high}.",
                low=low.said,
                high=high.said,
                **fields,
            )
