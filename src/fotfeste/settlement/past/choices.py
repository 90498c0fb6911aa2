"""The settings of the model, read from a dated file that says how they were chosen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class PastSettings:
    """What the model of past requests was told; everything else it learns from earlier requests.

    ``memory`` is how much a year counts beside the year after it (0..1), ``average_years`` how many years of average
    requests are added to each municipality's own, and ``asked_memory`` what ``memory`` is for having been asked at
    all. ``listed_only`` are the years in which the source lists only municipalities that were asked or settled some.
    """

    first_year: int
    memory: Decimal
    average_years: Decimal
    asked_memory: Decimal
    listed_only: tuple[int, ...]
    dated: date
    source: str

    def __post_init__(self) -> None:
        for share in (self.memory, self.asked_memory):
            if not 0 <= share <= 1:
                raise ValueError("a memory is a share between 0 and 1")
        if self.average_years < 0:
            raise ValueError("the years of average requests cannot be below zero")


@cache
def past_settings() -> PastSettings:
    """Return the settings that are shipped with the package."""
    text = (resources.files("fotfeste.settlement.past") / "settings.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text, parse_float=Decimal)
    if content.pop("schema") != SCHEMA:
        raise ValueError("settings.toml has another schema than this version reads")
    content["listed_only"] = tuple(content["listed_only"])
    for name in ("memory", "average_years", "asked_memory"):
        content[name] = Decimal(content[name])
    return PastSettings(**content)
