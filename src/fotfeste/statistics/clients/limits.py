"""What each interface allows, and how patient we are: read from the dated file, never written in code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, how often we try, and how much we take in.

    ``silence_seconds`` is the longest between two pieces of an answer, ``whole_answer_seconds`` the longest for all of it.
    ``longest_wait_seconds`` bounds a wait that the source asks for, ``parts`` the number of parts of one fetch.
    """

    connect_seconds: float
    silence_seconds: float
    whole_answer_seconds: float
    attempts: int
    first_wait_seconds: float
    longest_wait_seconds: float
    largest_answer_bytes: int
    redirects: int
    parts: int

    def wait(self, attempt: int) -> float:
        """Return how many seconds to wait after failed attempt number ``attempt`` (from 1), where the source says nothing."""
        return float(min(self.first_wait_seconds * 2 ** (attempt - 1), self.longest_wait_seconds))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one interface allows: cells and selected values in a request, calls in a number of seconds.

    ``cells`` and ``values`` are ``None`` where there is no such limit. ``confirmed`` and ``to_be_confirmed`` say what the
    numbers rest on.
    """

    id: str
    agency: str
    base: str
    calls: int
    seconds: float
    cells: int | None = None
    values: int | None = None
    confirmed: str = ""
    to_be_confirmed: str = ""


@dataclass(frozen=True, slots=True)
class AllLimits:
    """Every interface by its id, our patience, and the date of both."""

    dated: date
    patience: Patience
    interfaces: Mapping[str, Limits]

    def __getitem__(self, interface: str) -> Limits:
        return self.interfaces[interface]


@cache
def load_limits() -> AllLimits:
    """Return the limits as they stand in ``limits.toml``."""
    path = resources.files("fotfeste.statistics.clients") / "limits.toml"
    stated = tomllib.loads(path.read_text("utf-8"))
    if stated["schema"] != SCHEMA:
        raise ValueError(f"limits.toml has schema {stated['schema']}, not {SCHEMA}")
    interfaces = [Limits(**entry) for entry in stated["interface"]]
    return AllLimits(stated["dated"], Patience(**stated["patience"]), {one.id: one for one in interfaces})
