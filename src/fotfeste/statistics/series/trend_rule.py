"""When a change in a series is said to be one: the limits, read from dated TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import msg

SCHEMA = 1
FILE = "trends.toml"


@dataclass(frozen=True, slots=True)
class TrendLimits:
    """The limits for one kind of series; years are counted with the newest, shares are of the figure before.

    Figures known by bounds wider than ``widest_bounds`` of their middle are not used."""

    window: int
    least_years: int
    least_count: int
    as_before_within: float
    smallest_change: float = 0.0
    widest_bounds: float = 0.0


@dataclass(frozen=True, slots=True)
class TrendRule:
    """When a change is said to be one; ``source`` is who set the limits."""

    false_share: float
    level: float
    events: TrendLimits
    stock: TrendLimits
    dated: str
    source: str


@cache
def trend_rule() -> TrendRule:
    """Return the limits that come with Fotfeste."""
    content: Mapping[str, Any] = tomllib.loads(
        (resources.files("fotfeste.statistics.series") / FILE).read_text("utf-8")
    )
    if content["schema"] != SCHEMA:
        raise InputError("trends.schema", msg("Grensene for utvikling har et ukjent skjema."), place=FILE)
    together = content["together"]
    return TrendRule(
        float(together["false_share"]),
        float(together["level"]),
        TrendLimits(**content["events"]),
        TrendLimits(**content["stock"]),
        str(content["dated"]),
        content["source"],
    )
