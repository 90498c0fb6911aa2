"""Figures as they are shown: one function for tables, sentences, pictures and key figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import median

from fotfeste.messages import Language, Message, msg
from fotfeste.reports.blocks import Column, Kind
from fotfeste.reports.cells import format_cell, is_span
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.reports.profiles.values import Alike, IndicatorRow, Place, Shown, SourceLine
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words
from fotfeste.statistics.public_figures import PublicFigure

COMPARABLE = ("share", "per_100", "per_1000", "index", "class")
"""Kinds of indicators where one place can be said to lie above or below a larger one."""
_YEARS = re.compile(r"\d{4}(–\d{4})?")
ADDED_UP = ("area",)
"""Indicators of such a kind that grow with the place all the same."""


def column_of(indicator: Indicator, title: str = "") -> Column:
    """Return how the figures of an indicator stand in a column."""
    kind: Kind = "percent" if indicator.kind == "share" else "number"
    return Column(title, kind, indicator.decimals, signed=is_change(indicator))


def is_change(indicator: Indicator) -> bool:
    """Whether the sign of a number carries meaning: a change or a gap, shown with plus and minus."""
    return indicator.signed or indicator.kind == "difference"


def shown(found: PublicFigure, indicator: Indicator, words: Language, *, several: bool = False) -> Shown:
    """Return a figure for the reader; ``several`` is for a place of several municipalities, where a flag is a share."""
    figure = found.figure
    if indicator.kind == "flag" and figure.value is not None:
        text = (
            words.text(msg("{share} av kommunene", share=words.percent(figure.value, 0)))
            if several
            else words.text(msg("ja") if figure.value else msg("nei"))
        )
        return Shown(figure, text, text, found.few)
    text = format_cell(figure, column_of(indicator), words)
    return Shown(figure, text, _said(figure, text, words), found.few)


def _said(figure: Figure, text: str, words: Language) -> str:
    if figure.value is not None:
        return words.text(msg("om lag {value}", value=text.rstrip("*"))) if figure.estimated else text
    if is_span(figure):
        return _between(text, words)
    match figure.mark:
        case Mark.SUPPRESSED:
            return words.text(msg("skjult fordi tallet er lite"))
        case Mark.NOT_ASKED:
            return words.text(msg("ikke spurt"))
        case _:
            return words.text(msg("ikke kjent"))


def _between(text: str, words: Language) -> str:
    """Return the bounds that a table shows in words; the one number where both are written alike."""
    for sign in ("–", " … "):
        low, found, high = text.partition(sign)
        if found:
            return words.text(msg("mellom {low} og {high}", low=low, high=high))
    return text


def of_place(knowledge: Knowledge, indicator: Indicator, place: Place, words: Language) -> Shown:
    """Return the figure of one place for the reader."""
    several = place.kind != "municipality" and not place.alone
    return shown(knowledge.figure(indicator.id, place), indicator, words, several=several)


def alike_of(knowledge: Knowledge, indicator: Indicator, place: Place, words: Language) -> Alike | None:
    """Return the middle, lowest and highest of the municipalities most alike, over those that have a number."""
    others = [knowledge.figure(indicator.id, one) for one in knowledge.alike(place)]
    known = [Fraction(one.figure.value) for one in others if one.figure.value is not None]
    if not known or indicator.kind == "flag":
        return None
    few = any(one.few for one in others)
    middle, low, high = (
        shown(PublicFigure(Figure.observed(value), few), indicator, words)
        for value in (median(known), min(known), max(known))
    )
    return Alike(len(known), middle, low, high)


def row_of(knowledge: Knowledge, indicator: Indicator, place: Place, words: Language) -> IndicatorRow:
    """Return one indicator for one place, beside its county, the country and those alike."""
    county = knowledge.county_of(place)
    return IndicatorRow(
        indicator.id,
        shown_name(indicator, knowledge, words),
        unit_of(indicator, words),
        in_words(knowledge.period(indicator.id), words),
        of_place(knowledge, indicator, place, words),
        of_place(knowledge, indicator, county, words) if county else None,
        of_place(knowledge, indicator, knowledge.country, words) if place.kind != "country" else None,
        alike_of(knowledge, indicator, place, words),
    )


def shown_name(indicator: Indicator, knowledge: Knowledge, words: Language) -> str:
    """Return the name of an indicator on open pages: with the year where the catalogue's tells it from the year of a recommendation."""
    years, _, rest = knowledge.period(indicator.id).partition(" ")
    if not years:
        return words.text(indicator.name)
    match indicator.id:
        case "requested_last":
            name = msg("Anmodet i {year}", year=years)
        case "decided_last":
            name = msg("Vedtatt i {year}", year=years)
        case "settled_last" if rest:
            name = msg("Bosatt hittil i {year}", year=years)
        case "settled_last" | "settled_1y":
            name = msg("Bosatt i {year}", year=years)
        case "settled_3y" | "settled_5y":
            name = msg("Bosatt {years}", years=years)
        case "settled_per_1000_1y":
            name = msg("Bosatt per 1\u00a0000 innbyggere i {year}", year=years)
        case "settled_per_1000_3y" | "settled_per_1000_5y":
            name = msg("Bosatt per 1\u00a0000 innbyggere {years}", years=years)
        case _:
            return words.text(indicator.name)
    return words.text(name)


def period_beside(name: str, period: str) -> str:
    """Return what a period tells that does not stand in a name: «28.9.2026» of «2026 (28.9.2026)» after «Anmodet i 2026»."""
    years, _, rest = period.partition(" ")
    return rest.strip("()") if _YEARS.fullmatch(years) and years in name else period


def is_comparable(indicator: Indicator) -> bool:
    """Whether the figure of a place can be said to lie above or below that of a larger place."""
    return indicator.kind in COMPARABLE and indicator.id not in ADDED_UP


def unit_of(indicator: Indicator, words: Language) -> str:
    """Return the unit as it is shown: ``%`` for a share."""
    return "%" if indicator.kind == "share" else words.text(indicator.unit)


def source_lines(knowledge: Knowledge, indicators: Iterable[str], words: Language) -> tuple[SourceLine, ...]:
    """Return where figures come from, each source once, in the reader's language."""
    found = dict.fromkeys(source for name in indicators for source in knowledge.sources(name))
    return tuple(
        SourceLine(
            one.agency,
            one.title,
            one.table,
            in_words(one.period, words),
            one.licence,
            one.retrieved,
            one.remark,
        )
        for one in (source.for_reader(words) for source in found)
    )


def note_of(found: Iterable[Shown], knowledge: Knowledge, words: Language) -> str:
    """Return what the mark of uncertain figures means; nothing where none is uncertain."""
    return words.text(few_explained(knowledge)) if any(one.few for one in found) else ""


def few_explained(knowledge: Knowledge) -> Message:
    """Return what «usikkert: få personer» means, with the limits."""
    return msg(
        "«Usikkert: få personer» betyr at tallet bygger på færre enn {base} personer i alt, eller på færre enn {counted} som er talt opp. "
        "Da kan det endre seg mye fra år til år uten at det betyr noe. Grensene er en innstilling i Fotfeste.",
        base=knowledge.limits.base,
        counted=knowledge.limits.counted,
    )


def names_of(places: Sequence[Place], words: Language) -> str:
    """Return the names of places as a list in running text."""
    return words.join([one.called(words) for one in places])
