"""The record: requests and population by year in the municipalities of today, cut off before the year asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from fotfeste.statistics.borders import CURRENT, borders_of
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.tables import figures

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.store import Store

ByYear = Mapping[int, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Record:
    """Requests by year and municipality, marks kept, and population on 1 January by year and municipality."""

    requested: ByYear
    population: Mapping[int, Mapping[str, int]]

    def before(self, year: int) -> Record:
        """Return what was known when the requests for ``year`` were made.

        Those are sent out in the autumn before, so that the newest population by then is that of 1 January of the
        year before (1 January of ``year`` itself is published in February).
        """
        return Record(
            {one: by_code for one, by_code in self.requested.items() if one < year},
            {one: by_code for one, by_code in self.population.items() if one < year},
        )


def read_record(
    store: Store, regions: Regions, first_year: int, before: int, measure: str = "requested"
) -> Record:
    """Return the requests of ``first_year`` and later, but earlier than ``before``, with population from the year before.

    ``measure`` may be ``original_request``: the first request of years in which it was changed later.
    """
    borders = borders_of(regions)
    codes = [one.code for one in regions.municipalities(CURRENT)]
    rows = figures(store, "settlement", ("year", "code", "code_year"), {"measure": measure})
    by_year: dict[int, dict[tuple[str, int], Figure]] = {}
    for (year, code, code_year), figure in cast("dict[tuple[int, str, int], Figure]", rows).items():
        if first_year <= year < before:
            by_year.setdefault(year, {})[code, code_year] = figure
    requested = {}
    for year in sorted(by_year):
        carried = borders.carry(by_year[year], year)
        requested[year] = {code: carried[code] for code in codes}
    people: dict[int, dict[str, int]] = {}
    counted = figures(store, "population_age_groups", ("year", "code"), {"group": "all"})
    for (year, code), figure in cast("dict[tuple[int, str], Figure]", counted).items():
        if first_year - 1 <= year < before and figure.value is not None:
            people.setdefault(year, {})[code] = int(figure.value)
    return Record(requested, people)


def row_sums(store: Store) -> dict[tuple[str, int], int]:
    """Return what the rows of the source sum to, by measure (requests, first requests) and year.

    These are the municipalities of the year itself, so that a predecessor without a figure hides no other.
    """
    sums: dict[tuple[str, int], int] = {}
    for measure in ("requested", "original_request"):
        rows = figures(store, "settlement", ("year", "code", "code_year"), {"measure": measure})
        for (year, _, _), figure in cast("dict[tuple[int, str, int], Figure]", rows).items():
            sums[measure, year] = sums.get((measure, year), 0) + int(figure.value or 0)
    return sums


def was_asked(figure: Figure, *, listed_only: bool) -> bool | None:
    """Return whether a municipality was asked to settle anyone, or ``None`` when nobody can tell.

    A request of zero is not being asked. Where a part of the request is known, it was asked. ``listed_only`` tells that
    the source lists only those asked that year, so that one without a row was not.
    """
    if (figure.low or 0) > 0:
        return True
    if figure.mark is Mark.NOT_ASKED or figure.value == 0 or figure.high == 0 or listed_only:
        return False
    return None


def persons_asked(figure: Figure) -> int | None:
    """Return the whole persons a municipality was asked to settle, zero when it was not asked, ``None`` if unknown."""
    if figure.mark is Mark.NOT_ASKED:
        return 0
    return None if figure.value is None else round(figure.value)
