"""What the figures of each year are made of, and where the series break, as declared in TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg
from fotfeste.statistics.series.values import Behaviour, When

SCHEMA = 1
SERIES_FILE, BREAKS_FILE = "series.toml", "breaks.toml"
Rule = Literal["", "split", "merged", "status"]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a data set: those where each named column has its value."""

    dataset: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredSeries:
    """What an indicator is made of each year: ``count`` less ``less``, of ``base`` where it is a rate.

    ``then`` counts the same in the years after those of ``count``.
    """

    indicator: str
    name: Translated
    behaviour: Behaviour
    count: Part
    less: Part | None = None
    base: Part | None = None
    per: int = 1
    then: Part | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return what is counted (without the base)."""
        return tuple(one for one in (self.count, self.less, self.then) if one is not None)

    @property
    def datasets(self) -> tuple[str, ...]:
        """Return the data sets that the series is made of, each once."""
        parts = (*self.parts, *(() if self.base is None else (self.base,)))
        return tuple(dict.fromkeys(one.dataset for one in parts))


@dataclass(frozen=True, slots=True)
class DeclaredBreak:
    """A break as declared; ``between`` pairs of times, from ``between`` or ``alone`` in the file."""

    id: str
    kind: str
    why: Translated
    source: str
    bridged: bool
    rule: Rule
    datasets: tuple[str, ...]
    measures: tuple[str, ...]
    between: tuple[tuple[When, When], ...]

    @property
    def throughout(self) -> bool:
        """Whether it holds for the whole series."""
        return not self.rule and not self.between

    def concerns(self, series: DeclaredSeries) -> bool:
        """Whether it is about a series: one of its data sets, and the measure where any is named."""
        if self.datasets and not any(part.dataset in self.datasets for part in series.parts):
            return False
        measures = {dict(part.where).get("measure") for part in series.parts}
        return not self.measures or bool(measures.intersection(self.measures))


@cache
def declared_series() -> Mapping[str, DeclaredSeries]:
    """Return the indicators that have figures of several years, by id."""
    entries: Sequence[Mapping[str, Any]] = _content(SERIES_FILE)["series"]
    found = [
        DeclaredSeries(
            entry["indicator"],
            Translated(entry["name"]),
            Behaviour(entry["behaviour"]),
            _part(entry["count"]),
            _part(entry["less"]) if "less" in entry else None,
            _part(entry["base"]) if "base" in entry else None,
            entry.get("per", 1),
            _part(entry["then"]) if "then" in entry else None,
        )
        for entry in entries
    ]
    return {one.indicator: one for one in found}


@cache
def declared_breaks() -> tuple[DeclaredBreak, ...]:
    """Return the breaks that come with Fotfeste, in the order of the file."""
    entries: Sequence[Mapping[str, Any]] = _content(BREAKS_FILE)["break"]
    return tuple(
        DeclaredBreak(
            entry["id"],
            entry["kind"],
            Translated(entry["why"]),
            entry["source"],
            entry["bridged"],
            entry.get("rule", ""),
            tuple(entry.get("datasets", ())),
            tuple(entry.get("measures", ())),
            _between(entry),
        )
        for entry in entries
    )


def _content(file: str) -> Mapping[str, Any]:
    content = tomllib.loads((resources.files("fotfeste.statistics.series") / file).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise InputError("series.schema", msg("Filen har et ukjent skjema."), place=file)
    return content


def _part(entry: Mapping[str, Any]) -> Part:
    return Part(entry["dataset"], tuple(sorted(entry["where"].items())))


def _between(entry: Mapping[str, Any]) -> tuple[tuple[When, When], ...]:
    if "between" in entry:
        before, after = entry["between"]
        return ((_when(before), _when(after)),)
    years: Sequence[int] = entry.get("alone", ())
    return tuple(pair for year in years for pair in (((year - 1, 0), (year, 0)), ((year, 0), (year + 1, 0))))


def _when(written: int | str) -> When:
    if isinstance(written, int):
        return (written, 0)
    year, _, month = written.partition("-")
    return (int(year), int(month))
