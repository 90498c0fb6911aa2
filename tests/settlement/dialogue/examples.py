"""Cases made by hand: an invented municipality whose figures are as the test says."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from fotfeste.settlement.dialogue.facts import Case
from fotfeste.settlement.facts import Compared, MunicipalityFacts, YearFigures
from fotfeste.statistics.figure import Figure

Number = int | Figure


def figure(value: Number) -> Figure:
    return value if isinstance(value, Figure) else Figure.observed(value)


def year(
    number: int, asked: Number, decided: Number, settled: Number, status: str | None = None
) -> YearFigures:
    return YearFigures(number, figure(asked), figure(decided), figure(settled), status)


def compared(name: str, own: object, county: object, alike: object, period: str = "2022") -> Compared:
    def one(value: object) -> Figure:
        return value if isinstance(value, Figure) else Figure.observed(Fraction(str(value)))

    return Compared(name, one(own), one(county), one(county), one(alike), period)


ORDINARY = (
    *(year(number, 40, 40, 40) for number in range(2018, 2026)),
    year(2026, 40, 40, 30, "2026-09-28"),
)
"""Asked, decided and settled as planned every year; the last is unfinished."""


def case(
    *, history: tuple[YearFigures, ...] = ORDINARY, indicators: tuple[Compared, ...] = (), **changes: object
) -> Case:
    facts = MunicipalityFacts("4003", Figure.observed(20_000), 3, "Skien", history, indicators, ("4001",))
    return replace(Case("4003", "Prøvevik", 2027, "bokmål", facts, ()), **changes)  # type: ignore[arg-type]


def newest(*years: YearFigures) -> tuple[YearFigures, ...]:
    """The ordinary history with some years replaced."""
    changed = {one.year: one for one in years}
    return tuple(changed.get(one.year, one) for one in ORDINARY)
