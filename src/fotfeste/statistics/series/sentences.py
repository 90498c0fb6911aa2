"""Sentences about change, made from figures by rule: no rise or fall inside the noise, and never a cause."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from fotfeste.messages import Message, Translated, msg
from fotfeste.statistics.figure import Figure, Number
from fotfeste.statistics.indicators import Indicator, load_catalogue
from fotfeste.statistics.series.trends import Trend, Verdict
from fotfeste.statistics.series.values import Behaviour, Break

Told = Message | Translated | str | int | Decimal


def number_told(value: Number, indicator: Indicator) -> Told:
    """Return a number as it stands in a sentence: with the decimals of its indicator, shares in per cent."""
    if indicator.kind == "share":
        return msg("{number} prosent", number=rounded(Fraction(value) * 100, indicator.decimals))
    if indicator.kind == "count" and Fraction(value).denominator == 1:
        return int(value)
    return rounded(value, indicator.decimals or 1)


def figure_told(figure: Figure, indicator: Indicator) -> Told:
    """Return a figure as it stands in a sentence: the number, the bounds of a hidden one, or that it is not known."""
    if figure.value is not None:
        return number_told(figure.value, indicator)
    if figure.low is not None and figure.high is not None:
        low, high = number_told(figure.low, indicator), number_told(figure.high, indicator)
        if low == high:
            return msg("om lag {number}", number=low)
        return msg("mellom {low} og {high}", low=low, high=high)
    return msg("ikke kjent")


def rounded(value: Number, decimals: int) -> Decimal:
    """Return a number with so many decimals, halves away from zero."""
    exact = Fraction(value)
    scaled = exact * 10**decimals
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    number = Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def about_trend(trend: Trend) -> Message:
    """Return what can be said of a change, in one sentence or two.

    «økte» and «gikk ned» stand only where the change is beyond the noise after all the document's changes are looked at
    together; «om lag som før» only where the whole interval of the change is small.
    """
    series = trend.series
    if trend.newest is None or trend.before is None:
        return _untold(trend)
    indicator = load_catalogue()[series.indicator]
    fields = {
        "name": series.name,
        "now": figure_told(trend.newest.figure, indicator),
        "year": str(trend.newest.year),
        "before": figure_told(trend.before, indicator),
        "since": _years(trend),
    }
    events = series.behaviour is Behaviour.EVENTS
    match trend.verdict:
        case Verdict.ROSE if events:
            return msg("{name} økte: {now} i {year}, mot {before} i snitt i {since}.", **fields)
        case Verdict.ROSE:
            return msg("{name} økte fra {before} i {since} til {now} i {year}.", **fields)
        case Verdict.FELL if events:
            return msg("{name} gikk ned: {now} i {year}, mot {before} i snitt i {since}.", **fields)
        case Verdict.FELL:
            return msg("{name} gikk ned fra {before} i {since} til {now} i {year}.", **fields)
        case Verdict.AS_BEFORE if events:
            return msg("{name} var om lag som før: {now} i {year} og {before} i snitt i {since}.", **fields)
        case Verdict.AS_BEFORE:
            return msg("{name} var om lag som før: {now} i {year} og {before} i {since}.", **fields)
        case Verdict.UNSTEADY if events:
            return msg(
                "{name} var {now} i {year} og {before} i snitt i {since}. Tallene varierer så mye fra år til år at "
                "forskjellen kan være tilfeldig.",
                **fields,
            )
        case Verdict.UNSTEADY:
            return msg(
                "{name} var {now} i {year} og {before} i {since}. Tallene varierer så mye fra år til år at "
                "forskjellen kan være tilfeldig.",
                **fields,
            )
        case Verdict.TOO_SMALL:
            return msg("{name}: for små tall til å si noe om utviklingen.", name=series.name)
        case Verdict.DECIDED:
            return msg("{name} var {now} i {year}, mot {before} i {since}.", **fields)
        case Verdict.UNTOLD:
            return _untold(trend)


def _years(trend: Trend) -> str:
    return str(trend.since) if trend.since == trend.until else f"{trend.since}–{trend.until}"


def _untold(trend: Trend) -> Message:
    """Return why nothing is said of a change."""
    series = trend.series
    if trend.verdict is Verdict.TOO_SMALL:
        return msg("{name}: for små tall til å si noe om utviklingen.", name=series.name)
    if trend.verdict is Verdict.DECIDED and trend.newest is not None:
        return msg(
            "{name} var {now} i {year}. Tallet lar seg ikke sammenligne med året før. {why}",
            name=series.name,
            now=figure_told(trend.newest.figure, load_catalogue()[series.indicator]),
            year=str(trend.newest.year),
            why="" if trend.cut_by is None else trend.cut_by.why,
        )
    if series.behaviour is Behaviour.MONTHS:
        return msg(
            "{name}: måneder i ett år viser årstidene, ikke utviklingen.",
            name=series.name,
        )
    if trend.cut_by is not None and trend.cut_by.between is None:
        return msg("{name}: ingen utvikling vises. {why}", name=series.name, why=trend.cut_by.why)
    if trend.cut_by is not None and trend.newest is not None:
        return msg(
            "{name}: ingen utvikling vises, fordi serien har et brudd i {year}. {why}",
            name=series.name,
            year=str(trend.cut_by.between[1][0] if trend.cut_by.between else ""),
            why=trend.cut_by.why,
        )
    return msg("{name}: det er ikke tall for mange nok år på rad til å vise en utvikling.", name=series.name)


def about_break(one: Break) -> Message:
    """Return a break in words, with who says so."""
    if one.between is None:
        return msg("Gjelder hele serien: {why} Kilde: {source}.", why=one.why, source=one.source)
    years = str(one.between[1][0])
    if one.bridged:
        return msg("Brudd i {year}: {why} Kilde: {source}.", year=years, why=one.why, source=one.source)
    return msg(
        "Brudd i {year}: {why} Endringer regnes ikke over bruddet. Kilde: {source}.",
        year=years,
        why=one.why,
        source=one.source,
    )
