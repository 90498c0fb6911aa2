"""The numbers in a criterion's key that people can set: which they are, what they are called, and a key with others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import Key, KeyForm

ParameterId = Literal["exponent", "base_exponent", "at_least", "lowest", "highest"]

NAMES: Mapping[ParameterId, Message] = {
    "exponent": msg("Eksponent"),
    "base_exponent": msg("Demping av grunnlaget"),
    "at_least": msg("Grense"),
    "lowest": msg("Minste justering (ganger)"),
    "highest": msg("Største justering (ganger)"),
}
USED: Mapping[KeyForm, tuple[ParameterId, ...]] = {
    KeyForm.POWER: ("exponent",),
    KeyForm.RELATIVE: ("base_exponent", "exponent", "lowest", "highest"),
    KeyForm.SHORTFALL: ("base_exponent",),
    KeyForm.DOUBLE_SHARE: ("base_exponent",),
    KeyForm.WHERE: ("base_exponent", "at_least"),
    KeyForm.EQUAL: (),
}
"""The numbers that count in each form of key, as :class:`~fotfeste.settlement.criteria.Key` says."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a key."""

    id: ParameterId
    value: Fraction

    @property
    def name(self) -> Message:
        """What the number is called."""
        return NAMES[self.id]


def parameters(key: Key) -> tuple[Parameter, ...]:
    """Return the numbers of a key that count in its form; the limits only where it has any."""
    ends = dict(zip(("lowest", "highest"), key.limits, strict=True)) if key.limits else {}
    given = {"exponent": key.exponent, "base_exponent": key.base_exponent, "at_least": key.at_least} | ends
    return tuple(Parameter(one, given[one]) for one in USED[key.form] if one in given)


def with_values(key: Key, values: Mapping[ParameterId, Fraction]) -> Key:
    """Return the key with other ``values`` of its numbers; those that are not given stay.

    Raises :class:`InputError`, with the number's id as its place, for limits in the wrong order or not above zero, and for
    an exponent below zero where nothing limits what it gives.
    """
    limits, exponent = key.limits, values.get("exponent", key.exponent)
    if limits is not None:
        limits = values.get("lowest", limits[0]), values.get("highest", limits[1])
        if not 0 < limits[0] <= limits[1]:
            raise InputError(
                "key.limits",
                msg("Justeringen må ligge mellom to tall over null, det minste først."),
                place="lowest",
                remedy=msg("Oppgi for eksempel 0,5 og 2: minst halvparten, høyst det dobbelte."),
            )
    elif key.form is KeyForm.RELATIVE and exponent < 0:
        raise InputError(
            "key.exponent",
            msg("Eksponenten kan ikke være under null når justeringen ikke har grenser."),
            place="exponent",
            remedy=msg("Oppgi null eller mer, eller last opp en kriteriefil med grenser."),
        )
    return replace(
        key,
        exponent=exponent,
        base_exponent=values.get("base_exponent", key.base_exponent),
        at_least=values.get("at_least", key.at_least),
        limits=limits,
    )
