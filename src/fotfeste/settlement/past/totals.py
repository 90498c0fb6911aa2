"""How many the State asked for in all: the first total of each year and every revised one, with source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

SCHEMA = 1
UNCONFIRMED = "ikke bekreftet"

Kind = Literal["first", "revised"]


@dataclass(frozen=True, slots=True)
class TotalVintage:
    """One published national total for one year.

    ``published`` is the day it was made known or, where only that is known, the ``month`` (``2023-05``); both are ``None`` where
    no source says. A total that no source at hand confirms has «ikke bekreftet» in its source.
    """

    year: int
    kind: Kind
    persons: int
    source: str
    published: date | None = None
    month: str | None = None
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a source at hand states this total."""
        return UNCONFIRMED not in self.source


@cache
def national_totals() -> tuple[TotalVintage, ...]:
    """Return all totals that are shipped with the package, oldest year first, each year's first total first."""
    text = (resources.files("fotfeste.settlement.past") / "national_totals.toml").read_text(encoding="utf-8")
    return totals_of(tomllib.loads(text))


def totals_of(content: Mapping[str, Any]) -> tuple[TotalVintage, ...]:
    """Return the totals of a file; raises :class:`ValueError` when a year does not begin with its first total."""
    if content["schema"] != SCHEMA:
        raise ValueError("national_totals.toml has another schema than this version reads")
    found = tuple(TotalVintage(**entry) for entry in content["total"])
    before: TotalVintage | None = None
    for one in found:
        opens = before is None or one.year > before.year
        if opens != (one.kind == "first") or (before is not None and one.year < before.year):
            raise ValueError(
                f"the totals of {one.year} do not stand as one first total and those that replaced it"
            )
        before = one
    return found
