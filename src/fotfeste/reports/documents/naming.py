"""Names and units as documents show them: indicators, methods, rules and the rows of an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from fotfeste.messages import Locale, Message, language, msg
from fotfeste.reports.blocks import Column, Kind
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.wording import said
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.rules_told import rule_told
from fotfeste.settlement.shown import ShownRow
from fotfeste.settlement.wording import rule_name
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from fotfeste.statistics.indicators import Indicator

SHORT_NAMES: Mapping[str, Message] = {
    "population_change_5y": msg("Endring i folketall"),
    "settled_per_1000_1y": msg("Bosatt per 1\u00a0000 innb."),
    "settled_per_1000_5y": msg("Bosatt per 1\u00a0000 innb."),
    "refugee_share": msg("Flyktninger med familie"),
    "other_immigrant_share": msg("Andre innvandrere"),
    "reduced_work_capacity_share": msg("Nedsatt arbeidsevne"),
    "unemployment_share_2022": msg("Helt ledige"),
    "refugees_moved_in_share": msg("Flyktninger flyttet hit"),
}
"""Names for pictures; an indicator without one keeps its own."""
SHORT_NAMES_EXPLAINED: Mapping[str, Message] = {
    "refugee_share": msg("«Flyktninger med familie» og «Andre innvandrere» er andeler av folketallet."),
    "refugees_moved_in_share": msg(
        "«Flyktninger flyttet hit» er andelen av flyktningene i kommunen som først ble bosatt i en annen kommune."
    ),
}
"""What a short name in a picture stands for, where it does not say so itself."""
RULES_IN_ALL = msg("Reglene i alt")
"""What all rules together give or take in one municipality: each alone, and how they act on each other."""
METHODS_EXPLAINED: Mapping[str, Message] = {
    "hamilton": msg(
        "Hver kommune får først den hele delen av sin andel. Personene som er igjen, går til kommunene med størst rest."
    ),
    "sainte-lague": msg(
        "Personene fordeles én for én til kommunen som ligger lengst etter sin andel, målt med delingstallene 1, 3, 5 og så videre. "
        "Metoden favoriserer verken store eller små kommuner."
    ),
}


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """An indicator as a reader meets it: name, unit, and how its values are written.

    ``percent`` is a share shown as per cent; ``count`` a plain number that cannot be compared between places;
    ``flag`` is yes (one) or no (zero).
    """

    name: str
    unit: str
    decimals: int
    percent: bool
    count: bool
    flag: bool = False


def indicator_name(indicator: str, locale: Locale) -> IndicatorName:
    """Return how an indicator is named and written; one that users supply is known by its id."""
    found = _catalogued(indicator)
    if found is None:
        return IndicatorName(indicator, "", 1, percent=False, count=True)
    words = language(locale)
    percent = found.kind == "share"
    unit = "%" if percent else words.text(found.unit)
    count = found.kind not in ("share", "per_100", "per_1000")
    return IndicatorName(
        words.text(found.name), unit, found.decimals, percent, count, flag=found.kind == "flag"
    )


@cache
def _catalogued(indicator: str) -> Indicator | None:
    from fotfeste.statistics import load_catalogue

    return load_catalogue().indicators.get(indicator)


def written(figure: Figure, indicator: str, basis: Basis) -> str:
    """Return an indicator's value as text with its unit; signs and words for what is not a number."""
    named = indicator_name(indicator, basis.locale)
    if figure.value is None:
        from fotfeste.reports.cells import format_cell

        kind: Kind = "percent" if named.percent else "number"
        return format_cell(figure, Column("", kind, named.decimals), basis.words)
    if named.flag:
        return basis.text(msg("ja") if figure.value else msg("nei"))
    if named.percent:
        return basis.words.percent(figure.value, named.decimals)
    return basis.words.number(figure.value, named.decimals)


def datasets_of(indicator: str) -> tuple[str, ...]:
    """Return the ids of the data sets that an indicator is made of; none for one that users supply."""
    found = _catalogued(indicator)
    return found.datasets if found else ()


def fixed_period(indicator: str) -> str:
    """Return the period of an indicator whose figures exist for one period only; otherwise nothing."""
    found = _catalogued(indicator)
    return found.period_rule.removeprefix("=") if found and found.period_rule.startswith("=") else ""


def spoken(figure: Figure, indicator: str, basis: Basis) -> str:
    """Return an indicator's value as it stands in a sentence: what is hidden or lacking in words."""
    if figure.value is None and not indicator_name(indicator, basis.locale).percent:
        return basis.text(said(figure))
    return written(figure, indicator, basis)


def short_name(indicator: str, locale: Locale) -> str:
    """Return a name short enough to stand beside a line in a picture."""
    return language(locale).text(SHORT_NAMES.get(indicator, indicator_name(indicator, locale).name))


def short_period(period: str) -> str:
    """Return the years of a period: ``1.1.2021–1.1.2026`` becomes ``2021–2026``."""
    digits = "".join(sign if sign.isdigit() else " " for sign in period).split()
    years = list(dict.fromkeys(part for part in digits if len(part) == 4))
    return "–".join((years[0], years[-1])) if len(years) > 1 else "".join(years) or period


def row_name(row: ShownRow, basis: Basis) -> str:
    """Return what a row of an explanation is called."""
    match row.kind:
        case "criterion":
            return basis.criteria[row.id].name
        case "rule":
            return basis.text(msg("Regel: {name}", name=rule_name(RuleKind(row.id))))
        case "rounding":
            return basis.text(msg("Avrunding til hele personer"))
        case "interaction":
            return basis.text(msg("Samvirke mellom reglene"))
        case "minors":
            return basis.text(msg("Enslige mindreårige (fordelt for seg)"))


def shown_rows(one: MunicipalityResult, basis: Basis) -> list[tuple[ShownRow, str]]:
    """Return the parts of one number with their names, in order; parts that are zero only for criteria and rounding.

    Where the rules change something together beyond what each does alone, they stand as one part: the effects of each
    alone can then point the other way than the number.
    """
    rows = basis.explanations[one.code].rows
    together = sum((row.persons for row in rows if row.kind in ("rule", "interaction")), Decimal(0))
    shown = []
    for row in rows:
        if one.explanation.interaction and row.kind == "interaction":
            row, name = replace(row, persons=together), basis.text(RULES_IN_ALL)
        elif one.explanation.interaction and row.kind == "rule":
            continue
        else:
            name = row_name(row, basis)
        if row.persons or row.kind in ("criterion", "rounding"):
            shown.append((row, name))
    return shown


def rule_in_words(rule: Rule, basis: Basis) -> str:
    """Return what a rule says, in one sentence."""
    return basis.text(rule_told(rule, basis.names))


def is_example(basis: Basis) -> bool:
    """Whether the criteria are one of the files that come with the program, which are nobody's choice by themselves."""
    from fotfeste.settlement.criteria_file import shipped_criteria

    return basis.recommendation.criteria.origin in shipped_criteria()


def is_adopted(basis: Basis) -> bool:
    """Whether it is known which body adopts the recommendation and when: the weights and rules are adopted with it."""
    return bool(basis.details.deciding_body and basis.details.decided_on)
