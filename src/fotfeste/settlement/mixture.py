"""The mixture: each criterion has its part of the total and shares it out; a quota is a sum of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from fotfeste.errors import DataMissing, InputError, Problem
from fotfeste.messages import Message, Translated, msg, one_after_another
from fotfeste.settlement.criteria import Criteria, Criterion, SuppressedAs
from fotfeste.settlement.keys import key_values
from fotfeste.settlement.wording import as_named
from fotfeste.statistics.figure import Figure, Mark


@dataclass(frozen=True, slots=True)
class Inputs:
    """The figures a recommendation rests on.

    ``figures`` by indicator and municipality; ``levels`` the county's own value by indicator; ``names`` the
    indicators' names; ``supply`` says per indicator where a figure can be had (table and how to bring it).
    """

    codes: tuple[str, ...]
    figures: Mapping[str, Mapping[str, Figure]]
    levels: Mapping[str, Figure]
    names: Mapping[str, Translated | str] = field(default_factory=dict)
    supply: Mapping[str, Message | str] = field(default_factory=dict)


Ends = Mapping[tuple[str, str], Literal["low", "high"]]
"""Which end of its bounds a suppressed figure is set to, by (indicator, municipality)."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """Persons per criterion and municipality, before rules and rounding; exact, summing to the total."""

    persons: Mapping[str, Mapping[str, Fraction]]
    shares: Mapping[str, Mapping[str, Fraction]]

    def quotas(self, codes: tuple[str, ...]) -> list[Fraction]:
        """Return the ideal share of each municipality: the sum over criteria."""
        return [sum((by_code[code] for by_code in self.persons.values()), Fraction(0)) for code in codes]


def number_of(
    figure: Figure, policy: SuppressedAs, end: Literal["low", "high"] | None = None
) -> Fraction | None:
    """Return the number a figure counts as: itself, a place within its bounds when suppressed, or ``None``.

    ``policy`` is the criteria file's choice for suppressed figures, ``end`` overrides it.
    """
    if figure.value is not None:
        return Fraction(figure.value)
    if figure.mark is Mark.MISSING or figure.low is None or figure.high is None:
        return None
    place = end or policy
    if place == "middle":
        return figure.middle
    return Fraction(figure.low if place == "low" else figure.high)


def mix(criteria: Criteria, inputs: Inputs, total: int, ends: Ends | None = None) -> Mixed:
    """Share ``total`` out over the municipalities by every criterion's key and part.

    Raises :class:`DataMissing` naming every figure that is needed and missing (with its source and how to
    supply it), and :class:`InputError` when a criterion's key is zero for the whole county.
    """
    figures = _numbers(criteria, inputs, ends or {})
    levels = {name: Fraction(level.value) for name, level in inputs.levels.items() if level.value is not None}
    levels |= {
        name: middle
        for name, level in inputs.levels.items()
        if name not in levels and (middle := number_of(level, criteria.suppressed)) is not None
    }
    persons: dict[str, dict[str, Fraction]] = {}
    shares: dict[str, dict[str, Fraction]] = {}
    for criterion in criteria.criteria:
        if not criterion.share:
            continue
        values = key_values(criterion.key, inputs.codes, figures[criterion.id], levels, total)
        whole = sum(values.values())
        if not whole:
            raise InputError(
                "criterion.empty",
                msg(
                    "Kriteriet «{name}» gir ingen kommuner i fylket noe å fordele etter.",
                    name=as_named(criterion.name, criteria),
                ),
                place=f"{criteria.origin}: {criterion.id}",
                remedy=msg("Ta kriteriet ut, gi det vekt null, eller endre grensen i det."),
            )
        shares[criterion.id] = {code: values[code] / whole for code in inputs.codes}
        part = criterion.share * total
        persons[criterion.id] = {code: share * part for code, share in shares[criterion.id].items()}
    return Mixed(persons, shares)


def _numbers(criteria: Criteria, inputs: Inputs, ends: Ends) -> dict[str, dict[str, dict[str, Fraction]]]:
    """Return, per criterion, a number for each indicator and municipality it uses."""
    missing: list[tuple[Criterion, str, str]] = []
    numbers: dict[str, dict[str, dict[str, Fraction]]] = {}
    for criterion in criteria.criteria:
        if not criterion.share:
            continue
        used: dict[str, dict[str, Fraction]] = {}
        for indicator in criterion.key.indicators:
            used[indicator] = {}
            # A figure that is lacking may count as zero; an indicator that does not exist is a mistake.
            refused = criterion.key.missing == "refuse" or indicator not in inputs.figures
            for code in inputs.codes:
                figure = inputs.figures.get(indicator, {}).get(code, Figure.missing())
                number = number_of(figure, criteria.suppressed, ends.get((indicator, code)))
                if number is None and refused:
                    missing.append((criterion, indicator, code))
                used[indicator][code] = number or Fraction(0)
        numbers[criterion.id] = used
    if missing:
        raise _lacking(criteria, inputs, missing)
    return numbers


def _lacking(criteria: Criteria, inputs: Inputs, missing: list[tuple[Criterion, str, str]]) -> DataMissing:
    from fotfeste.statistics.indicators import way_to_supply

    problems = []
    for indicator in dict.fromkeys(indicator for _, indicator, _ in missing):
        codes = [code for _, name, code in missing if name == indicator]
        users = dict.fromkeys(criterion.name for criterion, name, _ in missing if name == indicator)
        problems.append(
            Problem(
                "indicator.missing",
                msg(
                    "Indikatoren «{name}» ({id}) mangler for {count} av {all} kommuner: {codes}. Den brukes av: {users}.",
                    name=inputs.names.get(indicator, indicator),
                    id=indicator,
                    count=len(set(codes)),
                    all=len(inputs.codes),
                    codes=", ".join(sorted(set(codes))),
                    users=one_after_another(as_named(name, criteria) for name in users),
                ),
                criteria.origin,
                msg("{supply}", supply=inputs.supply.get(indicator, ""))
                if inputs.supply.get(indicator)
                else way_to_supply(indicator),
            )
        )
    return DataMissing(
        "criteria.data",
        msg("Kriteriene bruker tall som ikke finnes for alle kommunene i fylket."),
        problems=problems,
    )
