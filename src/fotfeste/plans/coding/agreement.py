"""Agreement between two coders: Cohen's kappa for each code, with its interval, and when there is none.

Kappa (Cohen 1960) is the share of agreement beyond what the two coders' own frequencies would give by chance:
(p_o - p_e) / (1 - p_e). Its large-sample standard error is that of Fleiss, Cohen and Everitt (1969).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from fotfeste.messages import Message, msg

NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Kappa:
    """Kappa for ``count`` units: observed and expected agreement (0..1), the value, and its 95 per cent interval.

    ``first`` and ``second`` are how often each coder used the code. ``value`` is None where kappa is not defined, and
    ``low`` and ``high`` where there is no interval; ``why`` then says why.
    """

    count: int
    both: int
    first: int
    second: int
    observed: float
    expected: float
    value: float | None
    error: float | None
    low: float | None
    high: float | None
    why: Message | None = None


def kappa(first: Sequence[Hashable], second: Sequence[Hashable], positive: Hashable = True) -> Kappa:
    """Return Cohen's kappa for what two coders say of the same units, in the same order; any number of categories.

    ``positive`` is the category whose use is counted.
    """
    if len(first) != len(second):
        raise ValueError("two coders say something of the same units")
    count = len(first)
    both = sum(a == b == positive for a, b in zip(first, second, strict=True))
    ones, twos = sum(a == positive for a in first), sum(b == positive for b in second)
    if not count:
        why = msg("De to har ikke lest noe felles.")
        return Kappa(0, 0, 0, 0, 0.0, 0.0, None, None, None, None, why)
    categories = list(dict.fromkeys([*first, *second]))
    table: dict[tuple[Hashable, Hashable], int] = {}
    for pair in zip(first, second, strict=True):
        table[pair] = table.get(pair, 0) + 1
    rows = {one: sum(n for (a, _), n in table.items() if a == one) / count for one in categories}
    columns = {one: sum(n for (_, b), n in table.items() if b == one) / count for one in categories}
    observed = sum(table.get((one, one), 0) for one in categories) / count
    expected = sum(rows[one] * columns[one] for one in categories)
    known = (count, both, ones, twos, observed, expected)
    if len(categories) == 1:
        if categories[0] == positive:
            why = msg("Begge har brukt koden på alt; da kan ikke samsvar skilles fra tilfeldighet.")
        else:
            why = msg("Ingen av de to har brukt koden.")
        return Kappa(*known, None, None, None, None, why)
    value = (observed - expected) / (1 - expected)
    error = _error(table, rows, columns, observed, expected, count)
    if observed == 1:
        why = msg("De to er helt enige; utvalget sier ikke hvor usikkert det er.")
        return Kappa(*known, value, None, None, None, why)
    low, high = max(-1.0, value - NORMAL_95 * error), min(1.0, value + NORMAL_95 * error)
    return Kappa(*known, value, error, low, high)


def kappa_by_code(
    first: Sequence[frozenset[str]], second: Sequence[frozenset[str]], codes: Sequence[str]
) -> Mapping[str, Kappa]:
    """Return kappa for each code, where each coder has given each unit a set of codes."""
    return {
        code: kappa([code in unit for unit in first], [code in unit for unit in second]) for code in codes
    }


def bootstrap_interval(
    first: Sequence[Hashable], second: Sequence[Hashable], *, draws: int, seed: int
) -> tuple[float, float] | None:
    """Return the 2.5 and 97.5 percentiles of kappa over units drawn anew, or None when too few draws have a kappa.

    For few units, where the large-sample interval is doubtful. The same seed gives the same interval.
    """
    chance = Random(seed)
    values: list[float] = []
    for _ in range(draws):
        drawn = [chance.randrange(len(first)) for _ in first]
        value = kappa([first[place] for place in drawn], [second[place] for place in drawn]).value
        if value is not None:
            values.append(value)
    if len(values) < max(40, draws // 2):
        return None
    values.sort()
    return values[int(0.025 * (len(values) - 1))], values[int(0.975 * (len(values) - 1) + 0.5)]


def mean_kappa(by_code: Mapping[str, Kappa]) -> float | None:
    """Return the mean of the kappas that are defined, each code counting once; None when none is."""
    values = [one.value for one in by_code.values() if one.value is not None]
    return sum(values) / len(values) if values else None


def _error(
    table: Mapping[tuple[Hashable, Hashable], int],
    rows: Mapping[Hashable, float],
    columns: Mapping[Hashable, float],
    observed: float,
    expected: float,
    count: int,
) -> float:
    """Return the standard error by the delta method (Fleiss, Cohen and Everitt 1969, equation 13)."""
    value = (observed - expected) / (1 - expected)
    on = sum(
        table.get((one, one), 0) / count * (1 - (rows[one] + columns[one]) * (1 - value)) ** 2 for one in rows
    )
    off = (1 - value) ** 2 * sum(
        n / count * (columns[a] + rows[b]) ** 2 for (a, b), n in table.items() if a != b
    )
    rest = (value - expected * (1 - value)) ** 2
    return sqrt(max(0.0, on + off - rest) / count) / (1 - expected)
