"""How well a hidden count must be protected, read from dated TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from fotfeste.errors import InputError
from fotfeste.messages import msg

SCHEMA = 1
FILE = "protection.toml"


@dataclass(frozen=True, slots=True)
class Protection:
    """How well a hidden count must be protected.

    ``range`` is the least distance between the least and the greatest that an outsider can find it to be. ``zeros`` tells
    whether zeros may be hidden to protect others: ``last`` (where nothing else protects) or ``never``. ``sum_cost`` is what
    hiding a sum costs, where a cell that is no sum costs one. ``tries`` limits the search for whole numbers.
    ``agencies`` publish their tables themselves.
    """

    range: int
    zeros: Literal["last", "never"]
    sum_cost: int
    tries: int
    agencies: tuple[str, ...]
    dated: str
    source: str


@cache
def protection() -> Protection:
    """Return the protection that comes with Fotfeste."""
    content = tomllib.loads(
        (resources.files("fotfeste.statistics.disclosure_control") / FILE).read_text("utf-8")
    )
    if content["schema"] != SCHEMA:
        raise InputError("protection.schema", msg("Reglene for skjerming har et ukjent skjema."), place=FILE)
    rules = content["protection"]
    return Protection(
        rules["range"],
        rules["zeros"],
        rules["sum_cost"],
        rules["tries"],
        tuple(rules["agencies"]),
        str(content["dated"]),
        content["source"],
    )
