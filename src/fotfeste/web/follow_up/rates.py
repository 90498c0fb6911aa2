"""A municipality's own rates: written in by its contact, kept as written, never overwritten. The last entered hold."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from fotfeste.errors import InputError
from fotfeste.settlement.finances import Rates
from fotfeste.settlement.finances_file import rates_of_text
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.follow_up.models import OwnRates
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.services import record


def thing_of(code: str) -> Thing:
    """Return the rates of a municipality as the rights see them: its own, which its county may see."""
    return Thing(Kind.RATES, code, county=code[:2], municipality=code)


def newest(code: str) -> OwnRates | None:
    """Return the rates that hold for a municipality."""
    return OwnRates.objects.filter(municipality=code).order_by("-number").first()


def rates_of(row: OwnRates) -> Rates | None:
    """Return rates as the library knows them; nothing where it no longer takes what was once written."""
    try:
        return rates_of_text(row.text, row.municipality, row.municipality)
    except InputError:
        return None


def enter(by: Actor, code: str, text: str, place: str, seen: int) -> OwnRates | Clash:
    """Keep new rates of a municipality.

    ``seen`` is the number of the rates that held when the form was made, zero for none; ``place`` is named in errors. The
    same sent twice is kept once. Raises :class:`InputError` with everything that is wrong.
    """
    read = rates_of_text(text, place, code)
    if (before := _before(code, text, seen)) is not None:
        return before
    try:
        with transaction.atomic():
            made = OwnRates.objects.create(
                municipality=code, number=seen + 1, dated=read.dated, text=text, by_id=by.user_id
            )
            record(by, "rates.added", thing_of(code), {"on": read.dated.isoformat()})
    except IntegrityError:
        # Of two who write at once, the one whose number is taken sees what the other wrote.
        if (others := _before(code, text, seen)) is None:
            raise
        return others
    return made


def _before(code: str, text: str, seen: int) -> OwnRates | Clash | None:
    """Return the rates that hold when they are the same, or others than those that were seen."""
    standing = newest(code)
    if standing is not None and standing.text == text:
        return standing
    number = standing.number if standing else 0
    return Clash(number, standing) if number != seen else None
