"""Which municipality a row of a published table is about: by number or name, of this year or an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import msg
from fotfeste.statistics.readers.imdi import STANDING
from fotfeste.statistics.readers.tidy import resolve

if TYPE_CHECKING:
    from fotfeste.regions import Municipality, Regions

OLDEST = 1994
TWO_DIGITS = re.compile(r"\d{1,2}")
SUMS = frozenset(
    {"sum", "i alt", "totalt", "total", "til saman", "til sammen", "fylket", "hele fylket", "heile fylket"}
)
NOWHERE = frozenset(
    {
        "0",
        "00",
        "9999",
        "eak",
        "norge",
        "noreg",
        "norway",
        "landet",
        "hele landet",
        "heile landet",
        "the country",
    }
)


@lru_cache(maxsize=64)
def _codes(regions: Regions, year: int) -> frozenset[str]:
    return frozenset(one.code for one in regions.municipalities(year))


def sum_named(texts: Iterable[str], county: str) -> str:
    """Return the text among the cells of a row that names a sum, of the county or of nothing more; empty without one."""
    for text in texts:
        plain = " ".join(text.lower().split()).rstrip(":")
        about = next(
            (
                plain.removeprefix(one).removesuffix(one).strip(" ,:")
                for one in sorted(SUMS, key=len, reverse=True)
                if plain == one or plain.startswith(f"{one} ") or plain.endswith(f" {one}")
            ),
            None,
        )
        if about is not None and about in (
            "",
            county.lower(),
            "kommunene",
            "kommunane",
            "alle kommuner",
            *SUMS,
        ):
            return text
    return ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A row about another county or the country."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A row with the sum of the county."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row about the municipality ``code``; ``named`` is the one it names, which stood in ``year``."""

    code: str
    named: str
    year: int


@dataclass(frozen=True)
class Whereabouts:
    """The municipalities of a county (code to name) in the division of ``year``, for a file ``about`` a year, and what to do
    with rows that are not about them."""

    names: Mapping[str, str]
    year: int
    about: int
    county: str
    regions: Regions
    code: str
    whole_country: bool

    def find(self, text: str, label: str, county: str, place: Place) -> Found | Sum | Elsewhere | Problem:
        """Return what a row is about. ``text`` is its number (or name), ``label`` its name, ``county`` its county."""
        texts = [one for one in dict.fromkeys((text, label)) if one]
        plain = {" ".join(one.lower().split()) for one in texts}
        if plain & NOWHERE:
            return Elsewhere()
        if self.whole_country and county and self._is_county(county) is False:
            return Elsewhere()
        found = self._municipality(text or label, county, place)
        if isinstance(found, Problem) and label and text:
            named = self._municipality(label, county, place)
            found = found if isinstance(named, Problem) else named
        if isinstance(found, Found):
            if found.code in self.names:
                return found
            return Elsewhere() if self.whole_country else self._foreign(found.code, place)
        if isinstance(found, Elsewhere):
            return found
        if plain & SUMS:
            return Sum() if not county or self._is_county(county) is not False else Elsewhere()
        counties = [self._is_county(one) for one in texts if not one.isdigit() or TWO_DIGITS.fullmatch(one)]
        if True in counties:
            return Sum()
        if False in counties and self.whole_country:
            return Elsewhere()
        return found

    def lacking(self, code: str, named: Iterable[str], years: Mapping[str, int]) -> list[tuple[str, str]]:
        """Return the predecessors of a municipality that a file in older numbers has no row for, with their names."""
        there = set(named)
        if there == {code}:
            return []
        year = min(years[one] for one in there)
        return [
            (one.code, one.name)
            for one in self._standing(year)
            if one.code not in there and code in self.regions.shares(one.code, year, self.year)
        ]

    def _standing(self, year: int) -> Iterable[Municipality]:
        return self.regions.municipalities(year)

    def _is_county(self, text: str) -> bool | None:
        """Return whether a text names this county; ``None`` where it names none of this year."""
        number = text.strip()
        try:
            found = self.regions.county(number.rjust(2, "0") if number.isdigit() else number, self.year)
        except InputError:
            return None
        return found.code == self.county

    def _municipality(self, text: str, county: str, place: Place) -> Found | Elsewhere | Problem:
        key = STANDING.sub("", text).strip()
        if key.isdigit() and key in _codes(self.regions, self.year):
            stood = self.about != self.year and key in _codes(self.regions, self.about)
            return self._heir(key, self.about, place) if stood else Found(key, key, self.year)
        if key.isdigit() and (earlier := self._earlier(key)):
            return self._heir(*earlier, place)
        found = resolve(key, self.year, self.regions, place)
        if not isinstance(found, Problem):
            return Found(found, found, self.year)
        if found.code == "region.ambiguous":
            within = resolve(f"{key} ({county or self.county_name})", self.year, self.regions, place)
            if not isinstance(within, Problem):
                return Found(within, within, self.year)
            return Elsewhere() if self.whole_country and not county else found
        if found.code not in ("region.other_year", "region.no_municipality"):
            return found
        earlier = self._earlier(key)
        return self._heir(*earlier, place) if earlier else found

    def _heir(self, old: str, year: int, place: Place) -> Found | Elsewhere | Problem:
        """Return the municipality that one of an earlier year is part of now."""
        heirs = self.regions.shares(old, year, self.year)
        if len(heirs) == 1:
            return Found(next(iter(heirs)), old, year)
        if self.whole_country and not set(heirs) & self.names.keys():
            return Elsewhere()
        return Problem(
            f"{self.code}.split",
            msg("{code} er siden delt mellom flere kommuner ({heirs}).", code=old, heirs=", ".join(heirs)),
            place,
            msg("Oppgi tallene for kommunene slik de er i {year}.", year=str(self.year)),
        )

    @cached_property
    def county_name(self) -> str:
        """The name of the county."""
        return self.regions.county(self.county, self.year).name

    def _earlier(self, key: str) -> tuple[str, int] | None:
        """Return the municipality that a number or name stood for in the newest earlier year, and that year."""
        years = (self.about, *range(self.year - 1, OLDEST - 1, -1))
        if key.isdigit():
            return next(((key, year) for year in years if key in _codes(self.regions, year)), None)
        for year in years:
            try:
                return self.regions.municipality(key, year).code, year
            except InputError as error:
                if error.code == "region.no_municipality":
                    return None
        return None

    def _foreign(self, code: str, place: Place) -> Problem:
        return Problem(
            f"{self.code}.municipality",
            msg("{code} er ikke i fylket.", code=code),
            place,
            msg("Ta bort raden."),
        )
