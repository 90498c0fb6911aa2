"""Keys for many draws at once, in floats: the forms of :mod:`fotfeste.settlement.keys`, municipality by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fotfeste.settlement.criteria import Key, KeyForm
from fotfeste.settlement.mixture import number_of
from fotfeste.settlement.prepared import Prepared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def shares_of(key: Key, figures: Mapping[str, Floats], prepared: Prepared, total: int) -> Floats:
    """Return each municipality's share of the key (draws, or one row for all, by municipalities; rows sum to one).

    A draw in which nobody has anything to share by gives equal shares; the exact path refuses such figures.
    """
    import numpy as np

    # Draws with nothing to share by are seen to below, and numbers beyond all limits are cut by the limits.
    with np.errstate(over="ignore", invalid="ignore"):
        values = _values(key, figures, prepared, total)
    whole = values.sum(axis=1, keepdims=True)
    shares: Floats = np.full_like(values, 1 / values.shape[1])
    np.divide(values, whole, out=shares, where=whole > 0)
    return shares


def _values(key: Key, figures: Mapping[str, Floats], prepared: Prepared, total: int) -> Floats:
    import numpy as np

    damped = float(key.exponent if key.form is KeyForm.POWER else key.base_exponent)
    one_row = np.ones((1, len(prepared.codes)))
    base = _power(figures[key.base], damped) if key.base else one_row
    other = figures[key.indicator] if key.indicator else one_row
    values: Floats = one_row
    match key.form:
        case KeyForm.POWER:
            values = base
        case KeyForm.RELATIVE:
            values = base * _factor(key, other, prepared)
        case KeyForm.SHORTFALL:
            everybody = other.sum(axis=1, keepdims=True) + total
            values = np.maximum(0, base / base.sum(axis=1, keepdims=True) * everybody - other)
        case KeyForm.DOUBLE_SHARE:
            carried = other.sum(axis=1, keepdims=True)
            burden = np.divide(other, carried, out=np.zeros_like(other), where=carried > 0)
            values = np.maximum(0, 2 * base / base.sum(axis=1, keepdims=True) - burden)
        case KeyForm.WHERE:
            values = np.where(other >= float(key.at_least), base, 0)
        case KeyForm.EQUAL:
            pass
    return values


def _power(values: Floats, exponent: float) -> Floats:
    import numpy as np

    return np.where(values > 0, np.power(np.maximum(values, 1e-300), exponent), 0.0)


def _factor(key: Key, other: Floats, prepared: Prepared) -> Floats:
    import numpy as np

    level = number_of(prepared.levels[key.indicator], prepared.criteria.suppressed)
    exponent = float(key.exponent)
    ratio = other / float(level or 1)
    if exponent == 1:
        factor = ratio
    else:
        factor = np.where(
            ratio > 0, np.power(np.maximum(ratio, 1e-300), exponent), np.inf if exponent < 0 else 0
        )
    if key.limits is None:
        return factor
    return np.clip(factor, float(key.limits[0]), float(key.limits[1]))
