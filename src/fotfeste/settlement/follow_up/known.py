"""What the embedded data know of earlier cohorts, by municipality and for the county only.

Requested, decided and settled exist for every municipality. Where settled refugees live some years later, and how many are
in work or education after the introduction programme, exist for counties only, as shares, and about other groups than one
cohort. They stand beside the board and are never spread over its municipalities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from fotfeste.messages import Message, Translated, msg
from fotfeste.statistics.figure import Figure, Mark

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics import Store
    from fotfeste.statistics.sources import Source

MINORS = "telemark_minors"


@dataclass(frozen=True, slots=True)
class KnownYear:
    """What the data have of one municipality in one year; ``as_of`` is the day of an unfinished year, else the year."""

    year: int
    requested: Figure
    decided: Figure
    settled: Figure
    as_of: date | str
    source: str


@dataclass(frozen=True, slots=True)
class County:
    """A figure that exists for the whole county only: what it counts, in persons or as a share, and what to know of it."""

    id: str
    name: Translated | Message
    figure: Figure
    unit: Literal["persons", "share"]
    period: Message | str
    source: str
    note: Translated | Message | str = ""

    @property
    def people(self) -> bool:
        """Whether it counts people who are settled: not a share, nor those asked for."""
        return self.id.startswith("minors_settled")


def known_in_data(
    store: Store, regions: Regions, codes: Sequence[str], first: int, last: int
) -> Mapping[str, tuple[KnownYear, ...]]:
    """Return requested, decided and settled of the years from ``first`` to ``last``, for municipalities of today.

    Counts are as the source has them, small ones included: the board hides them from those who may not see them.
    """
    from fotfeste.statistics import settlement_history

    source = _told(store.source("settlement"))
    history = settlement_history(store, regions, tuple(codes), range(first, last + 1))
    return {
        code: tuple(
            KnownYear(one.year, one.requested, one.decided, one.settled, _day(one.status_date, one.year), source)
            for one in years
        )
        for code, years in history.items()
    }  # fmt: skip


def known_of_county(store: Store, regions: Regions, county: str, first: int, last: int) -> tuple[County, ...]:
    """Return what the data have for the whole county about those settled: shares, and minors where they are counted."""
    from fotfeste.statistics.components import Components
    from fotfeste.statistics.indicators import load_catalogue

    catalogue = {one.id: one for one in load_catalogue()}
    facts = Components(store, regions, last + 1)
    found = []
    for name, dataset, figure in (
        ("retention_first_municipality", "refugee_retention", facts.retention(county)),
        ("intro_programme_result", "intro_programme_results", facts.programme_result(county)),
    ):
        if figure.mark is Mark.MISSING:
            continue
        source, one = store.source(dataset), catalogue[name]
        found.append(
            County(
                name, one.name, figure, "share", Message(source.period), _told(source),
                Translated(one.definition),
            )
        )  # fmt: skip
    return (*found, *_minors(store, county, first, last))


def _minors(store: Store, county: str, first: int, last: int) -> list[County]:
    """Return the minors requested and settled in the county, from the years of the cohort that have them."""
    from fotfeste.statistics.tables import figures

    if MINORS not in store.versions:
        return []
    names = {
        "requested": msg("Anmodet: enslige mindreårige"),
        "settled": msg("Bosatt: enslige mindreårige"),
    }
    rows = figures(store, MINORS, ("code", "year", "measure"), {})
    found = []
    for measure, name in names.items():
        for year in range(first, last + 1):
            figure = rows.get((county, year, measure), Figure.missing())
            if figure.mark is not Mark.MISSING:
                source = _told(store.source(MINORS))
                found.append(County(f"minors_{measure}_{year}", name, figure, "persons", str(year), source))
    return found


def _told(source: Source) -> str:
    return f"{source.agency}: {source.table}"


def _day(status_date: str | None, year: int) -> date | str:
    if status_date is None:
        return str(year)
    try:
        return date.fromisoformat(status_date)
    except ValueError:
        return status_date
