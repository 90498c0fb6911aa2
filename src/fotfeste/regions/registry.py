"""The register of municipalities and counties of every year since 1994."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise
from typing import cast

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.regions import lookup
from fotfeste.regions.shares import ChangeChain, Step, share_out
from fotfeste.regions.similarity import most_alike, similarity_weights
from fotfeste.regions.values import (
    Attributes,
    Change,
    ChangeKind,
    Conversion,
    County,
    CountySummary,
    Municipality,
)

FIRST_YEAR = 1994
EDITION = 2026
ATTRIBUTES_FROM = 2024
LAST_YEAR = 2050


@dataclass(frozen=True, slots=True)
class NamePeriod:
    """A code with its names and the years it had them (``None``: still has)."""

    code: str
    valid_from: int
    valid_to: int | None
    name: str
    official_name: str

    def holds(self, year: int) -> bool:
        """Tell whether the code had these names in ``year``."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A change as the data state it, before names are put on."""

    year: int
    kind: str
    old: str
    new: str
    share: Fraction
    persons: int | None
    note: str


class Regions:
    """Municipalities and counties of any year from 1994, what became of them and what is known of them.

    A division of a year is the one in force on 1 January. Years after the newest edition (2026) get that edition;
    years before 1994 or after 2050 are refused. Built by :func:`fotfeste.regions.load_regions`.
    """

    def __init__(
        self,
        *,
        municipalities: Iterable[NamePeriod],
        counties: Iterable[NamePeriod],
        steps: Iterable[Step],
        stated: Iterable[StatedChange],
        attributes: Iterable[Attributes],
    ) -> None:
        self._periods = tuple(municipalities)
        self._county_periods = tuple(counties)
        self._chain = ChangeChain(steps)
        self._stated = tuple(stated)
        self._attributes = {one.code: one for one in attributes}
        self._by_code: dict[str, list[NamePeriod]] = {}
        for period in self._periods:
            self._by_code.setdefault(period.code, []).append(period)
        self._division = cache(self._divide)
        self._numbered = cache(lambda year: {one.code: one for one in self._division(year)})
        self._shares = cache(self._find_shares)
        self._counties = cache(self._count_counties)

    def municipalities(self, year: int, county: str | None = None) -> tuple[Municipality, ...]:
        """Return the municipalities of ``year``, ordered by code; with ``county`` only that county's."""
        found = self._division(_checked(year))
        if county is None:
            return found
        code = self.county(county, year).code
        return tuple(one for one in found if one.county_code == code)

    def counties(self, year: int) -> tuple[County, ...]:
        """Return the counties of ``year``, ordered by code."""
        return self._counties(_checked(year))

    def municipality(self, text: str, year: int, county: str | None = None) -> Municipality:
        """Return the municipality that ``text`` names in ``year``: number, name in any official language, name with county.

        ``county`` narrows the search. Raises :class:`InputError` with the candidates when the name is that of several
        («Herøy»), with a suggestion when it is misspelt («Sjien»), and with what it became when the number or name
        belongs to another year.
        """
        division = self.municipalities(year)
        if county is None and text in (numbered := self._numbered(year)):
            return numbered[text]
        within = None if county is None else self.county(county, year)
        return lookup.find_municipality(
            text, division, self.counties(year), within, year, self._of_other_years
        )

    def county(self, text: str, year: int) -> County:
        """Return the county that ``text`` names in ``year``: «Telemark», «telemark fylkeskommune», «40»."""
        return lookup.find_county(text, self.counties(year), self._counties_of_other_years(year), year)

    def attributes(self, code: str) -> Attributes:
        """Return what is known of the municipality with number ``code`` in today's division (from 2024)."""
        if code in self._attributes:
            return self._attributes[code]
        return self._attributes[self.municipality(code, EDITION).code]

    def similar(self, code: str, number: int = 5) -> tuple[Municipality, ...]:
        """Return the ``number`` municipalities most alike ``code`` in size, centrality and KOSTRA group, nearest first.

        The measure and its weights: :mod:`fotfeste.regions.similarity`.
        """
        if number < 1:
            raise InputError("region.number", msg("Antallet må være minst 1, ikke {number}.", number=number))
        one = self.attributes(code)
        by_code = {found.code: found for found in self.municipalities(EDITION)}
        ranked = most_alike(one, self._attributes.values(), number, similarity_weights())
        return tuple(by_code[other.code] for other in ranked)

    def county_summaries(self) -> tuple[CountySummary, ...]:
        """Return every county of today with its municipalities by centrality class, ordered by code."""
        found = []
        for county in self.counties(EDITION):
            classes = [
                self._attributes[one.code].centrality_class
                for one in self.municipalities(EDITION)
                if one.county_code == county.code
            ]
            by_class = tuple(classes.count(number) for number in range(1, 7))
            found.append(
                CountySummary(county.code, county.name, cast(tuple[int, int, int, int, int, int], by_class))
            )
        return tuple(found)

    def changes(self, from_year: int, to_year: int) -> tuple[Change, ...]:
        """Return the changes from ``from_year`` to ``to_year`` (1 January both), by year and code.

        Mergers, splits, new numbers, new names and moved parts. Raises :class:`InputError` when the years are reversed.
        """
        _checked(from_year)
        _checked(to_year)
        if from_year > to_year:
            raise InputError(
                "region.years",
                msg(
                    "Første år ({first}) er etter siste år ({last}).", first=str(from_year), last=str(to_year)
                ),
                remedy=msg("Bytt om på årene."),
            )
        found = [
            Change(
                one.year,
                cast(ChangeKind, one.kind),
                one.old,
                self._name(one.old, one.year - 1),
                one.new,
                self._name(one.new, one.year),
                one.share,
                one.persons,
                one.note,
            )
            for one in self._stated
            if from_year < one.year <= to_year
        ]
        found += [change for change in self._renamings() if from_year < change.year <= to_year]
        return tuple(sorted(found, key=lambda change: (change.year, change.to_code, change.from_code)))

    def changes_in_county(self, changes: Iterable[Change], county: str) -> tuple[Change, ...]:
        """Return those of ``changes`` that begin or end in ``county``, a name or number of any year since 1994.

        Raises :class:`InputError` for a county that never stood.
        """
        codes = {one.code for one in self._county_periods if lookup.is_county(county, _as_county(one))}
        if not codes:
            self.county(county, EDITION)
        return tuple(one for one in changes if {one.from_code[:2], one.to_code[:2]} & codes)

    def shares(self, code: str, from_year: int, to_year: int) -> Mapping[str, Fraction]:
        """Return where the people of municipality ``code`` in ``from_year`` are counted in ``to_year``; shares sum to 1.

        Raises :class:`InputError` for a code that did not stand in ``from_year`` and
        :class:`~fotfeste.errors.DataMissing` when there is no population to go back by.
        """
        return dict(self._shares(code, from_year, to_year))

    def convert(self, counts: Mapping[str, int], from_year: int, to_year: int) -> Conversion:
        """Return ``counts`` (whole, not negative, by municipality number of ``from_year``) in the division of ``to_year``.

        Each municipality's persons are shared out by the stated shares with largest remainder, so the total is kept to
        the last person. Raises :class:`InputError` that names every code or count that is wrong.
        """
        _checked(to_year)
        self._check_counts(counts, from_year)
        values: dict[str, int] = {}
        estimated: set[str] = set()
        for code in sorted(counts):
            shares = self._chain.shares(code, from_year, to_year)
            for new, persons in share_out(counts[code], shares).items():
                values[new] = values.get(new, 0) + persons
            if len(shares) > 1 and counts[code]:
                estimated |= set(shares)
        return Conversion(from_year, to_year, dict(sorted(values.items())), frozenset(estimated))

    def relatives(self, code: str, from_year: int, to_year: int) -> tuple[Municipality, ...]:
        """Return the municipalities of ``to_year`` that hold some of what ``code`` was in ``from_year``."""
        division = self.municipalities(to_year)
        if to_year >= from_year:
            heirs = self._chain.shares(code, from_year, to_year)
            return tuple(one for one in division if one.code in heirs)
        return tuple(one for one in division if code in self._chain.shares(one.code, to_year, from_year))

    def _find_shares(self, code: str, from_year: int, to_year: int) -> dict[str, Fraction]:
        _checked(to_year)
        found = self.municipality(code, from_year)
        return dict(sorted(self._chain.shares(found.code, from_year, to_year).items()))

    def _check_counts(self, counts: Mapping[str, int], year: int) -> None:
        standing = {one.code for one in self.municipalities(year)}
        problems: list[Problem] = []
        for code, count in sorted(counts.items()):
            if code not in standing:
                try:
                    self.municipality(code, year)
                except InputError as error:
                    problems.append(error.problem)
                else:
                    problems.append(
                        Problem("region.not_a_code", msg("«{text}» er ikke et kommunenummer.", text=code))
                    )
            elif isinstance(count, bool) or not isinstance(count, int) or count < 0:
                problems.append(
                    Problem(
                        "region.count",
                        msg(
                            "Tallet for {code} må være et helt antall, 0 eller mer, ikke {value}.",
                            code=code,
                            value=str(count),
                        ),
                    )
                )
        if problems:
            raise InputError(
                "region.counts",
                msg("Tallene kan ikke føres over fra inndelingen i {year}.", year=str(year)),
                problems=problems,
            )

    def _divide(self, year: int) -> tuple[Municipality, ...]:
        counties = {county.code: county.name for county in self.counties(year)}
        return tuple(
            Municipality(
                period.code,
                period.name,
                period.official_name,
                period.code[:2],
                counties[period.code[:2]],
                *self._span(period),
            )
            for period in sorted(self._periods, key=lambda period: period.code)
            if period.holds(year)
        )

    def _span(self, period: NamePeriod) -> tuple[int, int | None]:
        same = [one for one in self._by_code[period.code] if one.name == period.name]
        return min(one.valid_from for one in same), None if same[-1].valid_to is None else same[-1].valid_to

    def _count_counties(self, year: int) -> tuple[County, ...]:
        return tuple(
            _as_county(one)
            for one in sorted(self._county_periods, key=lambda period: period.code)
            if one.holds(year)
        )

    def _counties_of_other_years(self, year: int) -> tuple[County, ...]:
        return tuple(_as_county(one) for one in self._county_periods if not one.holds(year))

    def _of_other_years(self, year: int) -> tuple[lookup.Former, ...]:
        counties = {county.code: county.name for county in self._county_periods}
        found: dict[tuple[str, str], lookup.Former] = {}
        for period in self._periods:
            start, end = self._span(period)
            if start <= year and (end is None or year <= end):
                continue
            nearest = end if end is not None and end < year else start
            found[period.code, period.name] = lookup.Former(
                period.code,
                period.name,
                period.official_name,
                counties[period.code[:2]],
                start,
                end,
                partial(self.relatives, period.code, nearest, year),
            )
        return tuple(found.values())

    def _renamings(self) -> list[Change]:
        found = []
        listed = {(one.year, one.old, one.new) for one in self._stated}
        for periods in self._by_code.values():
            for before, after in pairwise(periods):
                one, other = (
                    lookup.without_label(before.official_name),
                    lookup.without_label(after.official_name),
                )
                if one != other and (after.valid_from, before.code, after.code) not in listed:
                    found.append(Change(after.valid_from, "renamed", before.code, one, after.code, other))
        return found

    def _name(self, code: str, year: int) -> str:
        return next(one.name for one in self._by_code[code] if one.holds(year))


def _as_county(period: NamePeriod) -> County:
    return County(period.code, period.name, period.valid_from, period.valid_to, period.official_name)


def _checked(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            "region.year",
            msg("Kommuneinndelingen for {year} finnes ikke her.", year=str(year)),
            remedy=msg("Velg et år fra {first} til {last}.", first=str(FIRST_YEAR), last=str(LAST_YEAR)),
        )
    return year
