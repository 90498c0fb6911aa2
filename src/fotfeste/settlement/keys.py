"""Keys: what each criterion shares its part of the total out by. One short function per form, in exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import msg
from fotfeste.settlement.criteria import Key, KeyForm

Numbers = Mapping[str, Fraction]

KEPT_KEYS = 256
"""So many keys' values are kept: those of a few counties, with hidden figures at either end."""
_POWER = Context(prec=28)
_KEPT_DIGITS = Context(prec=12)


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return ``base`` to ``exponent``; for other exponents than whole ones to 28 significant digits.

    The digits come from decimal arithmetic and are the same on every machine. ``base`` is not negative, and not
    zero where the exponent is.
    """
    if exponent.denominator == 1:
        return base**exponent.numerator
    return Fraction(_POWER.power(_decimal(base), _decimal(exponent))) if base else Fraction(0)


def kept(number: Fraction) -> Fraction:
    """Return ``number`` to twelve significant digits, unless it is whole: what a key value is from here on.

    Without this, ratios of hundreds of different populations would give fractions with thousands of digits.
    """
    return number if number.denominator == 1 else Fraction(_KEPT_DIGITS.plus(_decimal(number)))


def relative(base: Fraction, figure: Fraction, level: Fraction, key: Key) -> Fraction:
    """Return ``base · (figure/level)^exponent``, the factor held within the key's limits."""
    if key.limits is None:
        return base * power(figure / level, key.exponent)
    low, high = key.limits
    if figure == 0 and key.exponent < 0:
        return base * high
    return base * max(low, min(high, power(figure / level, key.exponent)))


def shortfall(base: Numbers, carried: Numbers, total: int) -> dict[str, Fraction]:
    """Return each one's fair share of all carried and all new persons, less what it carries; negatives are zero."""
    whole = sum(base.values())
    everybody = sum(carried.values()) + total
    return {code: max(Fraction(0), base[code] / whole * everybody - carried[code]) for code in base}


def double_share(base: Numbers, carried: Numbers) -> dict[str, Fraction]:
    """Return twice the share of ``base`` less the share of ``carried``; negatives are zero.

    The Danish rule for quotas between municipalities: population share − (immigrant share − population share).
    """
    people, burden = sum(base.values()), sum(carried.values())
    return {
        code: max(Fraction(0), 2 * base[code] / people - (carried[code] / burden if burden else 0))
        for code in base
    }


def key_values(
    key: Key,
    codes: tuple[str, ...],
    figures: Mapping[str, Numbers],
    levels: Mapping[str, Fraction],
    total: int,
) -> dict[str, Fraction]:
    """Return the key's value for every municipality, none negative; exact, or to twelve significant digits.

    ``figures`` holds a number per indicator and municipality, ``levels`` the county's own value of each
    indicator, ``total`` the persons to be shared out (needed by ``shortfall``). Raises :class:`InputError` for
    figures that cannot be shared out by: below zero, or zero to a negative power; and :class:`DataMissing`
    where the county's own value is needed and unknown.
    """
    given = tuple((name, tuple(figures[name][code] for code in codes)) for name in key.indicators)
    known = tuple((name, levels[name]) for name in (key.indicator,) if name in levels)
    return dict(_values(key, codes, given, known, total if key.form is KeyForm.SHORTFALL else 0))


@lru_cache(maxsize=KEPT_KEYS)
def _values(
    key: Key,
    codes: tuple[str, ...],
    given: tuple[tuple[str, tuple[Fraction, ...]], ...],
    known: tuple[tuple[str, Fraction], ...],
    total: int,
) -> dict[str, Fraction]:
    """Return a key's values; kept, since the same keys are worked out again whenever weights or rules change."""
    figures = {name: dict(zip(codes, numbers, strict=True)) for name, numbers in given}
    levels = dict(known)
    damped = key.exponent if key.form is KeyForm.POWER else key.base_exponent
    _refuse_unusable(key, damped, codes, figures)
    base = {code: kept(power(figures[key.base][code], damped)) for code in codes} if key.base else {}
    other = {code: figures[key.indicator][code] for code in codes} if key.indicator else {}
    match key.form:
        case KeyForm.SHORTFALL | KeyForm.DOUBLE_SHARE if not any(base.values()):
            return base
        case KeyForm.POWER:
            return base
        case KeyForm.RELATIVE:
            level = _level(key.indicator, levels)
            return {code: kept(relative(base[code], other[code], level, key)) for code in codes}
        case KeyForm.SHORTFALL:
            return shortfall(base, other, total)
        case KeyForm.DOUBLE_SHARE:
            return double_share(base, other)
        case KeyForm.WHERE:
            return {code: base[code] if other[code] >= key.at_least else Fraction(0) for code in codes}
        case KeyForm.EQUAL:
            return {code: Fraction(1) for code in codes}


def _level(indicator: str, levels: Mapping[str, Fraction]) -> Fraction:
    """Return the county's own value, which municipalities are measured against: known and above zero."""
    if indicator not in levels:
        raise DataMissing(
            "key.level_missing",
            msg(
                "Fylkets egen verdi for «{indicator}» er ikke kjent, så kommunene kan ikke måles mot den.",
                indicator=indicator,
            ),
            remedy=msg("Legg til en rad for fylket i filen med tallene, eller endre kriteriet."),
            command=msg("Filen gis med --data."),
        )
    if levels[indicator] <= 0:
        raise InputError(
            "key.level",
            msg(
                "Fylkets egen verdi for «{indicator}» er ikke over null, så kommunene kan ikke måles mot den.",
                indicator=indicator,
            ),
            remedy=msg(
                "Bruk en annen indikator i kriteriet, eller oppgi en verdi for fylket som er over null."
            ),
        )
    return levels[indicator]


def _refuse_unusable(
    key: Key, damped: Fraction, codes: tuple[str, ...], figures: Mapping[str, Numbers]
) -> None:
    """Raise unless the key's figures can be shared out by.

    An indicator may be below zero where only its order counts: in ``where``, and in a plain factor within limits.
    """
    ordered = key.form is KeyForm.RELATIVE and key.exponent == 1 and key.limits is not None
    carried = key.form in (KeyForm.RELATIVE, KeyForm.SHORTFALL, KeyForm.DOUBLE_SHARE) and not ordered
    for name in filter(None, (key.base, key.indicator if carried else "")):
        below = [code for code in codes if figures[name][code] < 0]
        if below:
            raise InputError(
                "key.negative",
                msg(
                    "«{indicator}» er under null for {codes}, og da kan ingen personer fordeles etter den.",
                    indicator=name,
                    codes=", ".join(below),
                ),
                remedy=msg("Bruk en indikator som er null eller mer i alle kommunene i fylket."),
            )
    nothing = [code for code in codes if key.base and damped < 0 and not figures[key.base][code]]
    if nothing:
        raise InputError(
            "key.zero",
            msg(
                "«{indicator}» er null for {codes}, og null kan ikke opphøyes i et tall under null.",
                indicator=key.base,
                codes=", ".join(nothing),
            ),
            remedy=msg("Bruk en eksponent som er null eller mer, eller en annen indikator."),
        )


def _decimal(number: Fraction) -> Decimal:
    return _POWER.divide(Decimal(number.numerator), Decimal(number.denominator))
