"""How much figures vary from year to year without anything having changed: measured in a place and those alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Row = Sequence[float]


def dispersion(rows: Sequence[Row]) -> float:
    """Return how many times more than Poisson's the variation is, when places share the years' rises and falls.

    ``rows`` are counts by place, all for the same years. Formula: Pearson's chi-square of the table against row sum x
    column sum / all, divided by (places - 1)(years - 1); never below 1. A table too small to tell gives 1.
    Source: P. McCullagh and J. A. Nelder, *Generalized Linear Models* (1989), section 6.2 (the dispersion of counts).
    """
    used = [row for row in rows if sum(row) > 0]
    years = len(used[0]) if used else 0
    columns = [sum(row[year] for row in used) for year in range(years)]
    whole = sum(columns)
    kept = [year for year in range(years) if columns[year] > 0]
    freedom = (len(used) - 1) * (len(kept) - 1)
    if freedom <= 0:
        return 1.0
    found = 0.0
    for row in used:
        for year in kept:
            expected = sum(row) * columns[year] / whole
            found += (row[year] - expected) ** 2 / expected
    return max(1.0, found / freedom)


def step_variance(steps: Row) -> tuple[float, float]:
    """Return the variance of a year's step around a slow drift, and the degrees of freedom it is worth.

    Formula: the mean squared difference between neighbouring steps, halved; for n steps 2 (n - 1)^2 / (3 n - 4) degrees of
    freedom. A rise that itself grows or slackens from year to year is not taken for noise, as it would be by the
    variance around one mean. Source: J. von Neumann, R. H. Kent, H. R. Bellinson and B. I. Hart, «The mean square
    successive difference», Annals of Mathematical Statistics 12 (1941), 153-162.
    """
    number = len(steps)
    if number < 2:
        return 0.0, 0.0
    squares = sum((later - one) ** 2 for one, later in pairwise(steps))
    return squares / (2 * (number - 1)), 2 * (number - 1) ** 2 / (3 * number - 4)
