"""Small made-up records for the tests of past requests; codes and figures are synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from fotfeste.settlement.past.choices import PastSettings, past_settings
from fotfeste.settlement.past.record import Record
from fotfeste.statistics.figure import Figure

Sign = int | str | Figure


def settings(memory: str = "0.5", average_years: str = "0", asked_memory: str = "0") -> PastSettings:
    return replace(
        past_settings(),
        memory=Decimal(memory),
        average_years=Decimal(average_years),
        asked_memory=Decimal(asked_memory),
    )


def figure(sign: Sign) -> Figure:
    if isinstance(sign, Figure):
        return sign
    if isinstance(sign, int):
        return Figure.observed(sign)
    return {"-": Figure.not_asked(), ".": Figure.missing(low=0), ":": Figure.suppressed()}[sign]


def record(requests: Mapping[int, Mapping[str, Sign]], people: Mapping[str, int]) -> Record:
    """Return a record with the same population in all years."""
    years = {*requests, *(year - 1 for year in requests)}
    return Record(
        {year: {code: figure(sign) for code, sign in by_code.items()} for year, by_code in requests.items()},
        {year: dict(people) for year in years},
    )
