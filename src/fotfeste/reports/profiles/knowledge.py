"""Everything that profiles rest on, read once: regions, figures as they may be published, and where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import fotfeste
from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.reports.profiles.themes import themes_of
from fotfeste.reports.profiles.values import COUNTRY, Place, Theme
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicator_catalogue import Indicator, IndicatorCatalogue, catalogue_for
from fotfeste.statistics.public_figures import FewPeople, PublicFigure

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.regions.search import SearchIndex
    from fotfeste.statistics.history import SettlementYear
    from fotfeste.statistics.series.counts import YearlyCounts
    from fotfeste.statistics.shown_components import ShownComponents
    from fotfeste.statistics.sources import Source
    from fotfeste.statistics.store import Store

ALIKE = 5
HISTORY_YEARS = 12
SETTINGS = (
    ("fotfeste.statistics", "indicators.toml"),
    ("fotfeste.statistics", "indicators_to_fetch.toml"),
    ("fotfeste.statistics", "themes.toml"),
    ("fotfeste.statistics", "few_people.toml"),
    ("fotfeste.regions", "similarity.toml"),
)


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Requested, decided and settled in one place and year; ``status_date`` while the year is unfinished."""

    year: int
    requested: Figure
    decided: Figure
    settled: Figure
    status_date: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """What is known of every place, as it may be published; never changed after it is opened, so threads may share it.

    ``year`` is the year after the newest with requests: the year that «the year before» is told from. ``fingerprint``
    changes when what is shown, settings or program change, and goes out; ``stored`` changes when what is stored does, hidden
    or not, and never goes out. ``places`` has the country first, then counties and municipalities
    by code.
    """

    regions: Regions = field(repr=False)
    store: Store = field(repr=False)
    year: int
    today: date
    fingerprint: str
    stored: str = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    themes: tuple[Theme, ...] = field(repr=False)
    catalogue: IndicatorCatalogue = field(repr=False)
    limits: FewPeople = field(repr=False)
    index: SearchIndex = field(repr=False)
    _figures: Mapping[str, Mapping[str, PublicFigure]] = field(repr=False)
    _periods: Mapping[str, str] = field(repr=False)
    _history: Mapping[str, tuple[YearFigures, ...]] = field(repr=False)
    _people: Mapping[str, tuple[tuple[int, Figure], ...]] = field(repr=False)
    _alike: Mapping[str, tuple[Place, ...]] = field(repr=False)

    @property
    def country(self) -> Place:
        """The country."""
        return self.places[COUNTRY]

    @property
    def counties(self) -> tuple[Place, ...]:
        """All counties, by code."""
        return tuple(one for one in self.places.values() if one.kind == "county")

    @property
    def municipalities(self) -> tuple[Place, ...]:
        """All municipalities, by code."""
        return tuple(one for one in self.places.values() if one.kind == "municipality")

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator with figures, theme by theme."""
        return tuple(one for theme in self.themes for one in theme.indicators)

    @property
    def lacking(self) -> tuple[Indicator, ...]:
        """Every indicator of the catalogue that has no figures here; :meth:`why_missing` says why."""
        return tuple(one for one in self.catalogue if one.id not in self._figures)

    def why_missing(self, indicator: str) -> Message | None:
        """Return why an indicator has no figures anywhere, with the way out; ``None`` where its data are there."""
        from fotfeste.statistics.formula_of import why_missing

        return why_missing(self.catalogue[indicator], self.store)

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """The ids of all indicators with figures, theme by theme."""
        return tuple(one.id for one in self.indicators)

    def place(self, code: str) -> Place:
        """Return the place with this code: ``""`` or ``"0"``, two digits or four; names are understood too.

        Raises :class:`InputError` for an unknown one: with near names, and with what a former code became.
        """
        wanted = code.strip()
        if wanted in ("", COUNTRY):
            return self.country
        if wanted in self.places:
            return self.places[wanted]
        if wanted.isdigit() and len(wanted) <= 2:
            return self.places[self.regions.county(wanted, self._edition).code]
        try:
            return self.places[self.regions.municipality(wanted, self._edition).code]
        except InputError as error:
            if error.code != "region.is_county":
                raise
            return self.places[self.regions.county(wanted, self._edition).code]

    def became(self, code: str) -> tuple[Place, ...]:
        """Return the places of today that a former municipality or county number became; none for an unknown one."""
        return tuple(self.places[one] for one in self.index.became(code) if one in self.places)

    def indicator(self, name: str) -> Indicator:
        """Return the indicator with this id; raises :class:`InputError` with the nearest id for an unknown one."""
        if name in self._figures:
            return self.catalogue[name]
        from difflib import get_close_matches

        near = get_close_matches(name, list(self._figures), 1)
        raise InputError(
            "indicator.unknown",
            msg("Det er ingen indikator som heter «{name}».", name=name),
            remedy=msg("Mente du «{near}»?", near=near[0])
            if near
            else msg("Velg blant: {names}.", names=", ".join(self.indicator_ids)),
        )

    def figure(self, indicator: str, place: Place) -> PublicFigure:
        """Return a figure as it may be published."""
        return self._figures[indicator][place.code]

    def period(self, indicator: str) -> str:
        """Return the period of an indicator, with numbers only: ``1.1.2026``, ``2021–2025``."""
        return self._periods[indicator]

    def sources(self, indicator: str) -> tuple[Source, ...]:
        """Return where the figures of an indicator come from."""
        return tuple(self.store.source(name) for name in self.catalogue[indicator].datasets)

    def history(self, place: Place) -> tuple[YearFigures, ...]:
        """Return requested, decided and settled of the newest years, oldest first."""
        return self._history[place.code]

    def people(self, place: Place) -> tuple[tuple[int, Figure], ...]:
        """Return the population on 1 January by year, oldest first."""
        return self._people[place.code]

    def alike(self, place: Place) -> tuple[Place, ...]:
        """Return the municipalities most alike, nearest first; none for a county or the country."""
        return self._alike.get(place.code, ())

    def inside(self, place: Place) -> tuple[Place, ...]:
        """Return the municipalities of a county, the counties of the country, or none."""
        if place.kind == "country":
            return self.counties
        if place.kind == "county":
            return tuple(one for one in self.municipalities if one.county_code == place.code)
        return ()

    def county_of(self, place: Place) -> Place | None:
        """Return the county of a municipality; ``None`` for other places and for Oslo, which is its own."""
        return None if place.kind != "municipality" or place.alone else self.places[place.county_code]

    @cached_property
    def counts(self) -> YearlyCounts:
        """The counts of every year, as they may be shown, read when they are first asked for."""
        from fotfeste.statistics.series.counts import YearlyCounts

        return YearlyCounts(self.store, self.regions)

    @cached_property
    def facts(self) -> ShownComponents:
        """What indicators are made of, as it may be shown, read when it is first asked for."""
        from fotfeste.statistics.shown_components import ShownComponents

        return ShownComponents(self.store, self.regions, self.year)

    @cached_property
    def remembered(self) -> dict[tuple[str, ...], object]:
        """What pages have worked out of these figures, to be asked for again; goes with the figures."""
        return {}

    @property
    def _edition(self) -> int:
        from fotfeste.statistics.borders import CURRENT

        return CURRENT


def open_knowledge(data_dir: Path | None, today: date) -> Knowledge:
    """Read all figures, with versions imported into ``data_dir`` on top, as they were known on ``today``.

    Takes about a second. Raises :class:`~fotfeste.errors.FotfesteError` when data cannot be read.
    """
    from fotfeste.regions import load_regions
    from fotfeste.regions.search import build_index
    from fotfeste.statistics.borders import CURRENT
    from fotfeste.statistics.formula_of import period_of_indicator
    from fotfeste.statistics.public_figures import few_people, public_figures
    from fotfeste.statistics.shown_components import ShownComponents
    from fotfeste.statistics.store import open_store

    regions, store, catalogue = load_regions(), open_store(data_dir), catalogue_for(data_dir)
    places = _places(regions, CURRENT)
    codes = _codes(places)
    limits = few_people()
    years = _settlement_years(store, today.year)
    year = years[-1] + 1 if years else today.year
    facts = ShownComponents(store, regions, year)
    figures = public_figures(facts, codes, limits)
    kept = {name: found for name, found in figures.items() if _exists(found.values())}
    settled = [found for one in years[-HISTORY_YEARS:] if (found := facts.settlement_year(one)) is not None]
    people = _population_years(store, today.year)
    fingerprint = _fingerprint(store, today.year, catalogue)
    return Knowledge(
        regions=regions,
        store=store,
        year=year,
        today=today,
        fingerprint=fingerprint,
        stored=" ".join((fingerprint, *(one.sha256 for one in store.catalogue()))),
        places=places,
        themes=themes_of(tuple(kept), data_dir),
        catalogue=catalogue,
        limits=limits,
        index=build_index(regions, CURRENT),
        _figures=kept,
        _periods={name: period_of_indicator(catalogue[name], facts) for name in kept},
        _history={place: _history(settled, inside) for place, inside in codes.items()},
        _people={
            place: tuple((one, facts.population(inside, year=one)) for one in people)
            for place, inside in codes.items()
        },
        _alike={
            code: tuple(places[other.code] for other in regions.similar(code, ALIKE))
            for code, one in places.items()
            if one.kind == "municipality"
        },
    )


def _places(regions: Regions, year: int) -> dict[str, Place]:
    found = [Place("country", COUNTRY, "Norge")]
    found += [
        Place("county", one.code, one.name, one.official_name or one.name) for one in regions.counties(year)
    ]
    found += [
        Place("municipality", one.code, one.name, one.official_name, one.county_code, one.county_name)
        for one in regions.municipalities(year)
    ]
    return {one.code: one for one in found}


def _codes(places: Mapping[str, Place]) -> dict[str, tuple[str, ...]]:
    """Return the municipalities that each place consists of."""
    everyone = tuple(one.code for one in places.values() if one.kind == "municipality")
    return {
        one.code: everyone
        if one.kind == "country"
        else (one.code,)
        if one.kind == "municipality"
        else tuple(code for code in everyone if places[code].county_code == one.code)
        for one in places.values()
    }


def _exists(figures: object) -> bool:
    return any(one.figure.mark is not Mark.MISSING for one in figures)  # type: ignore[attr-defined]


def _history(years: list[SettlementYear], codes: tuple[str, ...]) -> tuple[YearFigures, ...]:
    return tuple(
        YearFigures(
            one.year,
            one.figures["requested"].sum(codes),
            one.figures["decided"].sum(codes),
            one.figures["settled"].sum(codes),
            one.status_date,
        )
        for one in years
    )


def _settlement_years(store: Store, last: int) -> list[int]:
    import polars as pl

    from fotfeste.statistics.history import SETTLEMENT

    known = store.scan(SETTLEMENT).filter((pl.col("measure") == "requested") & (pl.col("year") <= last))
    return sorted(known.select(pl.col("year").unique()).collect()["year"].to_list())


def _population_years(store: Store, last: int) -> list[int]:
    import polars as pl

    table = store.scan("population_age_groups").filter(pl.col("year") <= last)
    return sorted(table.select(pl.col("year").unique()).collect()["year"].to_list())


def _fingerprint(store: Store, year: int, catalogue: IndicatorCatalogue) -> str:
    """Return a short text that differs whenever something that is shown differs; it goes out, and rests on nothing hidden."""
    from fotfeste.statistics.publishing.datasets import data_version

    parts = [fotfeste.__version__, str(year)]
    parts += [f"{one.id}:{data_version(store, one)}" for one in store.catalogue()]
    parts += [repr(one) for one in catalogue if one.file]
    parts += [(resources.files(package) / name).read_text("utf-8") for package, name in SETTINGS]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]
