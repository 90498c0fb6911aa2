"""The explanation as it is shown: parts of persons that add up exactly to the number.

The exact parts are fractions with long denominators. Shown, each is rounded so that the shown parts still sum to the
whole number (largest remainders): to tenths where people read them, to hundredths in files for machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from fotfeste.settlement.result import MunicipalityResult

RowKind = Literal["criterion", "rounding", "rule", "interaction", "minors"]
TENTHS, HUNDREDTHS = 10, 100
"""Steps to a person that parts are rounded to: for readers, and in files for machines."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of an explanation: a criterion, the rounding, a rule, the interaction or the minors.

    ``id`` is the criterion's id or the rule's kind, empty otherwise. ``persons`` is in the steps that were asked for.
    """

    kind: RowKind
    id: str
    persons: Decimal


@dataclass(frozen=True, slots=True)
class ShownExplanation:
    """Rows that sum exactly to ``total``, the recommended number; ``ideal`` is the sum of the criteria's rows."""

    rows: tuple[ShownRow, ...]
    total: int

    @property
    def ideal(self) -> Decimal:
        """The ideal share as shown."""
        return sum((row.persons for row in self.rows if row.kind == "criterion"), Decimal(0))


def shown_explanation(result: MunicipalityResult, per_person: int = HUNDREDTHS) -> ShownExplanation:
    """Return the explanation of one number, its parts rounded to ``1/per_person`` so that they add up."""
    explanation = result.explanation
    exact: list[tuple[RowKind, str, Fraction]] = [
        *(("criterion", one.criterion, one.persons) for one in explanation.contributions),
        ("rounding", "", explanation.rounding),
    ]
    whole: list[tuple[RowKind, str, int]] = [
        *(("rule", one.kind.value, one.persons) for one in explanation.rule_effects)
    ]
    if explanation.interaction or explanation.rule_effects:
        whole.append(("interaction", "", explanation.interaction))
    if explanation.minors:
        whole.append(("minors", "", explanation.minors))
    rounded = round_to_sum([part for _, _, part in exact], per_person)
    rows = [
        *(ShownRow(kind, name, part) for (kind, name, _), part in zip(exact, rounded, strict=True)),
        *(ShownRow(kind, name, Decimal(persons)) for kind, name, persons in whole),
    ]
    return ShownExplanation(tuple(rows), result.recommended)


def round_to_sum(parts: list[Fraction], per_unit: int) -> list[Decimal]:
    """Round ``parts`` to multiples of ``1/per_unit`` so that the rounded parts have the rounded sum.

    Whole parts below first, then the largest remainders; ties go to the earlier part.
    """
    scaled = [part * per_unit for part in parts]
    floors = [part.numerator // part.denominator for part in scaled]
    goal = round(sum(scaled, Fraction(0)))
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - scaled[i], i))
    for place in order[: goal - sum(floors)]:
        floors[place] += 1
    return [Decimal(number) / per_unit for number in floors]
