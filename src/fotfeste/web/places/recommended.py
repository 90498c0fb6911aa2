"""From a place to what is recommended for it: the newest open round of its county."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.reports.profiles import Place
from fotfeste.web.rounds import newest


@dataclass(frozen=True, slots=True)
class Recommended:
    """What is recommended, in one line, and the address of why."""

    told: Message
    address: str


def recommended_for(place: Place) -> Recommended | None:
    """Return what the newest open round recommends for a county or a municipality; nothing where there is no such."""
    if place.kind == "country":
        return None
    round_ = newest.latest_open(place.code if place.kind == "county" else place.county_code)
    if round_ is None:
        return None
    parts = {"year": round_.year, "name": round_.name}
    year = str(round_.year)
    if place.kind == "county":
        told = (
            msg(
                "Anbefalt bosetting i {year} (eksempel): {count} i hele fylket", year=year, count=round_.total
            )
            if round_.is_example
            else msg("Anbefalt bosetting i {year}: {count} i hele fylket", year=year, count=round_.total)
        )
        return Recommended(told, reverse("round", kwargs=parts))
    number = newest.number_in(round_, place.code)
    if number is None:
        return None
    told = (
        msg("Anbefalt bosetting i {year} (eksempel): {count}", year=year, count=number)
        if round_.is_example
        else msg("Anbefalt bosetting i {year}: {count}", year=year, count=number)
    )
    return Recommended(told, reverse("round_municipality", kwargs={**parts, "code": place.code}))


def recommended_state(code: str) -> str:
    """Return what changes when something else is recommended; a page about the country (code ``"0"``) tells of none."""
    return "" if code == "0" else newest.state()
