"""The values that the regions hand out: municipalities, counties, changes, attributes, conversions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

ChangeKind = Literal["merged", "split", "renumbered", "renamed", "part_moved"]
LanguageForm = Literal["bokmål", "nynorsk", "nøytral"]


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as it was in one year.

    ``name`` is the Norwegian name, ``official_name`` all official names with SSB's county label where SSB needs one
    («Kárášjohka - Karasjok», «Våler (Innlandet)»). ``valid_from`` and ``valid_to`` are the first and last year in
    which this number and Norwegian name held (``None``: they still do; the list begins in 1994).
    """

    code: str
    name: str
    official_name: str
    county_code: str
    county_name: str
    valid_from: int
    valid_to: int | None


@dataclass(frozen=True, slots=True)
class County:
    """A county with the first and last year it stood under this number (``None``: still standing)."""

    code: str
    name: str
    valid_from: int
    valid_to: int | None
    official_name: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One municipality (or part of one) that became another on 1 January of ``year``.

    ``share`` is the stated share of the people of ``from_code`` that went to ``to_code``; ``persons`` the number
    where one is stated. A ``part_moved`` with share 0 is a part of unknown size, or without people: conversion leaves
    it where it was.
    """

    year: int
    kind: ChangeKind
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    share: Fraction = Fraction(1)
    persons: int | None = None
    note: str = ""

    @property
    def share_text(self) -> str:
        """The share as an exact decimal number: ``"0.35"``. Shares are stated with at most six decimals."""
        millionths = self.share * 1_000_000
        if millionths.denominator != 1:
            raise ValueError(f"{self.share} has more than six decimals")
        return str((Decimal(millionths.numerator) / 1_000_000).normalize() + 0)


@dataclass(frozen=True, slots=True)
class LabourMarketRegion:
    """A housing and labour-market region (*bo- og arbeidsmarkedsregion*)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is known of a municipality of today.

    ``centrality_class`` 1 (most central) to 6 and ``centrality_index`` 0 to 1000 (SSB 2024); ``kostra_group`` 1 to
    17; ``area_km2`` land and water; ``centroid`` longitude and latitude in degrees (WGS 84); ``population`` on
    1 January of ``population_year``.
    """

    code: str
    centrality_class: int
    centrality_index: int
    kostra_group: int
    labour_market_region: LabourMarketRegion
    area_km2: Decimal
    centroid: tuple[float, float]
    language_form: LanguageForm
    administrative_centre: str
    population: int
    population_year: int

    @property
    def district(self) -> bool:
        """Tell whether this is a district municipality: centrality class 5 or 6."""
        return self.centrality_class >= 5


@dataclass(frozen=True, slots=True)
class CountySummary:
    """A county of today with its number of municipalities in each centrality class 1 to 6."""

    code: str
    name: str
    by_class: tuple[int, int, int, int, int, int]

    @property
    def municipalities(self) -> int:
        """The number of municipalities."""
        return sum(self.by_class)

    @property
    def district_share(self) -> Fraction:
        """The share of municipalities in class 5 or 6, between 0 and 1."""
        return Fraction(self.by_class[4] + self.by_class[5], self.municipalities)


@dataclass(frozen=True, slots=True)
class Conversion:
    """Counts carried from the municipalities of one year to those of another; the total is the same.

    ``values`` holds every municipality that received a count, ordered by code. ``estimated`` are those whose value
    rests on a share that is not 1, and so may differ from a count made in the borders of ``to_year``.
    """

    from_year: int
    to_year: int
    values: Mapping[str, int]
    estimated: frozenset[str]
