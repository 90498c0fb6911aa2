"""Sentences about numbers of persons, in plain words: more, fewer, as many as, not asked, hidden, lacking."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.statistics.figure import Figure, Mark

TENTHS = 1
"""Decimals of persons wherever people read the parts of a number."""


def persons(count: int) -> Message:
    """Return ``1 person`` or ``5 personer``."""
    return nmsg("{count} person", "{count} personer", count)


def municipalities(count: int) -> Message:
    """Return ``1 kommune`` or ``5 kommuner``."""
    return nmsg("{count} kommune", "{count} kommuner", count)


def said(figure: Figure) -> Message:
    """Return a figure of persons as it is said in a sentence; hidden, lacking and not asked are words."""
    if figure.mark is Mark.NOT_ASKED:
        return msg("ikke anmodet")
    if figure.mark is Mark.SUPPRESSED:
        return hidden(figure)
    if figure.value is None:
        return msg("mangler")
    number = whole(figure.value)
    return msg("om lag {count}", count=number) if figure.estimated else msg("{count}", count=number)


def requested(figure: Figure) -> Message:
    """Return a request as it is said in a list: ``anmodet 30``, or ``ikke anmodet`` where there was none."""
    if figure.mark is Mark.NOT_ASKED:
        return said(figure)
    return msg("anmodet {asked}", asked=said(figure))


def hidden(figure: Figure) -> Message:
    """Return what can be said of a suppressed figure: ``færre enn 5``, or the bounds of a sum."""
    if figure.high is None:
        return msg("skjult")
    low, high = whole(figure.low or 0), whole(figure.high)
    if low <= 1:
        return msg("færre enn {count}", count=high + 1)
    return msg("{low} til {high}", low=low, high=high)


def whole(value: int | Fraction) -> int:
    """Return a number of persons as a whole number (half away from zero)."""
    exact = Fraction(value)
    return (
        (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator) * (1 if exact >= 0 else -1)
    )


def against_last(recommended: int, last: Figure, year: int) -> Message:
    """Return the number beside what IMDi asked for in ``year``: ``5 færre enn IMDi ba om i 2026``.

    A suppressed request is compared by its bounds; a missing one is said to be missing.
    """
    when = str(year)
    if last.mark is Mark.NOT_ASKED:
        return msg("kommunen ble ikke anmodet i {year}", year=when)
    if last.mark is Mark.SUPPRESSED and last.high is not None:
        asked = hidden(last)
        if recommended > last.high:
            return msg("flere enn IMDi ba om i {year} ({asked})", year=when, asked=asked)
        if recommended < (last.low or 0):
            return msg("færre enn IMDi ba om i {year} ({asked})", year=when, asked=asked)
        return msg("IMDi ba om {asked} i {year}", year=when, asked=asked)
    if last.value is None:
        return msg("tallet på anmodede i {year} mangler", year=when)
    difference = recommended - whole(last.value)
    if not difference:
        return msg("like mange som IMDi ba om i {year}", year=when)
    if difference > 0:
        return nmsg(
            "én flere enn IMDi ba om i {year}",
            "{count} flere enn IMDi ba om i {year}",
            difference,
            year=when,
        )
    return nmsg(
        "én færre enn IMDi ba om i {year}",
        "{count} færre enn IMDi ba om i {year}",
        -difference,
        year=when,
    )


def answer(name: str, recommended: int, year: int, last: Figure, last_year: int, minors: int = 0) -> Message:
    """Return a municipality's answer: what is recommended, of which ``minors``, and beside last year's request."""
    when = str(year)
    if not recommended:
        first = msg("{name} anbefales ikke å bosette noen i {year}", name=name, year=when)
        if last.mark is Mark.NOT_ASKED:
            return msg("{first}, og ble heller ikke anmodet i {last}.", first=first, last=str(last_year))
        if last.value is None and last.mark is Mark.MISSING:
            return msg("{first}.", first=first)
        return msg(
            "{first}. IMDi ba om {asked} i {last}.", first=first, asked=said(last), last=str(last_year)
        )
    first = msg(
        "{name} anbefales å bosette {count} i {year}", name=name, count=persons(recommended), year=when
    )
    if minors:
        first = msg("{first}, {part}", first=first, part=minors_of(minors))
    if last.mark is Mark.SUPPRESSED and last.high is not None and (last.low or 0) <= recommended <= last.high:
        return msg(
            "{first}. IMDi ba om {asked} i {last}.", first=first, asked=hidden(last), last=str(last_year)
        )
    if last.mark is Mark.OBSERVED or (last.mark is Mark.SUPPRESSED and last.high is not None):
        beside = against_last(recommended, last, last_year)
        if minors:
            return msg("{first}. Det er {beside}.", first=first, beside=beside)
        return msg("{first}, {beside}.", first=first, beside=beside)
    return msg("{first}. {beside}.", first=first, beside=_nothing_to_compare(last, last_year))


def _nothing_to_compare(last: Figure, last_year: int) -> Message:
    if last.mark is Mark.NOT_ASKED:
        return msg("Kommunen ble ikke anmodet i {year}", year=str(last_year))
    return msg("Tallet på anmodede i {year} mangler", year=str(last_year))


def minors_of(minors: int) -> Message:
    """Return the part that is unaccompanied minors: ``herav 3 enslige mindreårige``."""
    return nmsg("herav {count} enslig mindreårig", "herav {count} enslige mindreårige", minors)


def rule_effect(rule: str, effect: int, *, own: bool) -> Message:
    """Return what a rule alone does to one municipality, in persons.

    ``own`` tells that the rule holds the municipality's own number; otherwise the persons are moved to or from it
    because the rule holds others.
    """
    if own and effect > 0:
        return nmsg(
            "Regelen «{rule}» legger til {count} person.",
            "Regelen «{rule}» legger til {count} personer.",
            effect,
            rule=rule,
        )
    if own:
        return nmsg(
            "Regelen «{rule}» trekker fra {count} person.",
            "Regelen «{rule}» trekker fra {count} personer.",
            -effect,
            rule=rule,
        )
    if effect > 0:
        return nmsg(
            "Regelen «{rule}» gir {count} person mer, fordi regelen senker tallet i andre kommuner.",
            "Regelen «{rule}» gir {count} personer mer, fordi regelen senker tallet i andre kommuner.",
            effect,
            rule=rule,
        )
    return nmsg(
        "Regelen «{rule}» gir {count} person mindre, fordi regelen hever tallet i andre kommuner.",
        "Regelen «{rule}» gir {count} personer mindre, fordi regelen hever tallet i andre kommuner.",
        -effect,
        rule=rule,
    )


def signed(value: Decimal | Fraction | int, words: Language, decimals: int = TENTHS) -> str:
    """Return a number with its sign always shown, as in a sum: ``+2,4``, ``−0,2``, ``0,0``."""
    shown = words.number(value, decimals)
    positive = value > 0 and any(digit in "123456789" for digit in shown)
    return f"+{shown}" if positive else shown


def listed(names: Sequence[str], words: Language, most: int = 6) -> str:
    """Return names as running text; beyond ``most`` the rest is counted: ``A, B, C og 4 til``."""
    if len(names) <= most + 1:
        return words.join(list(names))
    rest = len(names) - most
    return words.text(
        nmsg("{names} og {count} til", "{names} og {count} til", rest, names=", ".join(names[:most]))
    )


def sentence_case(text: str) -> str:
    """Return ``text`` with its first letter as a capital."""
    return text[:1].upper() + text[1:]
