"""Drawing weights and uncertain figures at random, from a stated seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from fotfeste.settlement.criteria import Criterion
from fotfeste.settlement.mixture import number_of
from fotfeste.settlement.prepared import Prepared
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.uncertainty import Uncertainty

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One block of draws: weights (draws by criteria, each row sums to one), and figures by indicator.

    Figures are draws by municipalities where they vary, otherwise one row that holds for every draw.
    """

    weights: Floats
    figures: Mapping[str, Floats]


def draw(
    prepared: Prepared,
    used: tuple[Criterion, ...],
    concentration: Fraction,
    rows: int,
    seed: tuple[int, int],
) -> Drawn:
    """Return ``rows`` draws around the criteria's weights and figures; the same seed gives the same draws."""
    import numpy as np

    random = np.random.Generator(np.random.Philox(np.random.SeedSequence(seed)))
    parameters = np.array([float(concentration * one.share) for one in used])
    weights = random.dirichlet(parameters, rows) if len(used) > 1 else np.ones((rows, 1))
    names = dict.fromkeys(name for one in used for name in one.key.indicators)
    return Drawn(weights, {name: _figures(prepared, name, rows, random) for name in names})


def _figures(prepared: Prepared, indicator: str, rows: int, random: np.random.Generator) -> Floats:
    import numpy as np

    figures = [prepared.figures[indicator][code] for code in prepared.codes]
    known = [number_of(figure, prepared.criteria.suppressed) for figure in figures]
    values = np.array([[float(number or 0) for number in known]])
    declared = prepared.uncertainty.get(indicator)
    if declared is None and not any(_bounded(figure) for figure in figures):
        return values
    drawn = np.repeat(values, rows, axis=0)
    for place, figure in enumerate(figures):
        if _bounded(figure):
            drawn[:, place] = _between(figure, rows, random)
        if declared is not None and figure.value is not None:
            drawn[:, place] = _around(drawn[:, place], declared, random)
    return drawn


def _bounded(figure: Figure) -> bool:
    """Whether the true number lies somewhere between two known, different bounds."""
    known = figure.value is not None or figure.mark.value == ":"
    return known and figure.low is not None and figure.high is not None and figure.low != figure.high


def _between(figure: Figure, rows: int, random: np.random.Generator) -> Floats:
    """Return numbers evenly between the bounds; whole numbers where the bounds are whole."""
    low, high = Fraction(figure.low or 0), Fraction(figure.high or 0)
    if low.denominator == high.denominator == 1:
        return random.integers(int(low), int(high), rows, endpoint=True).astype(float)
    return random.uniform(float(low), float(high), rows)


def _around(values: Floats, declared: Uncertainty, random: np.random.Generator) -> Floats:
    """Return numbers around ``values``; none below zero unless the figure itself is."""
    import numpy as np

    size = float(declared.size)
    if declared.kind == "half_width":
        drawn = values + random.uniform(-size, size, values.size)
    else:
        drawn = values * random.normal(1, size, values.size)
    return np.where(values < 0, drawn, np.maximum(drawn, 0))


def uncertain_figures(prepared: Prepared) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the indicators that count and are declared uncertain, that have hidden figures, and that are exact.

    A known figure with bounds is declared uncertain by its source or by whoever brought it.
    """
    used = [one for one in prepared.criteria.criteria if one.share]
    names = tuple(dict.fromkeys(name for one in used for name in one.key.indicators))
    figures = {name: tuple(prepared.figures[name].values()) for name in names}
    declared = tuple(
        name
        for name in names
        if name in prepared.uncertainty
        or any(_bounded(one) and one.value is not None for one in figures[name])
    )
    hidden = tuple(
        name for name in names if any(_bounded(one) and one.value is None for one in figures[name])
    )
    return declared, hidden, tuple(name for name in names if name not in (*declared, *hidden))
