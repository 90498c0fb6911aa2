"""Indicators' figures for municipality, county and country; what they are stands in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from fotfeste.errors import DataMissing
from fotfeste.messages import Message, msg
from fotfeste.statistics.disclosure import disclose
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.indicator_catalogue import (
    Direction,
    Indicator,
    IndicatorCatalogue,
    Kind,
    catalogue_for,
    load_catalogue,
)
from fotfeste.statistics.sources import Source

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.components import Components
    from fotfeste.statistics.store import Store
    from fotfeste.statistics.uncertainty import Uncertainty
    from fotfeste.statistics.user_data import UserData

__all__ = [
    "Direction",
    "Indicator",
    "IndicatorCatalogue",
    "Indicators",
    "Kind",
    "compute",
    "load_catalogue",
    "way_to_supply",
]


@dataclass(frozen=True)
class Indicators:
    """Figures of the chosen indicators, worked out when first asked for.

    County and country are made of summed components, never of means of ratios. Figures are exact and as the source
    published them; :meth:`shown` gives what may be shown.
    """

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    components: Components
    user: UserData | None = None
    extended: IndicatorCatalogue | None = None
    _known: dict[tuple[str, str], Figure] = field(default_factory=dict, repr=False, compare=False)

    def has(self, indicator: str) -> bool:
        """Whether the indicator was asked for and has a formula or figures from the user."""
        return indicator in self.ids

    def figure(self, indicator: str, code: str) -> Figure:
        """Return the figure of one municipality (number of today); what the user supplied comes first."""
        if self.user is not None and self.user.has(indicator, code):
            return self.user.figure(indicator, code)
        return self._of(indicator, code, (code,))

    def county(self, indicator: str, county_code: str) -> Figure:
        """Return the figure of a whole county."""
        if self.user is not None and indicator in self.user:
            return self.user.county(indicator, county_code)
        return self._of(indicator, f"county {county_code}", self._in_county(county_code))

    def country(self, indicator: str) -> Figure:
        """Return the figure of the country; an indicator that the user supplied has none."""
        if self.user is not None and indicator in self.user:
            return Figure.missing()
        return self._of(indicator, "country", self.components.all_codes)

    def shown(self, indicator: str, code: str) -> Figure:
        """Return the figure of one municipality as it may be shown, after disclosure control."""
        if self.user is None or not self.user.has(indicator, code):
            return self._public(indicator, code, (code,))
        found = self.user.figure(indicator, code)
        if indicator not in self.catalogue:
            return found
        from fotfeste.statistics.formula_of import base_of, count_of

        one = self.catalogue[indicator]
        facts = self.components
        return disclose(found, one, base_of(one, facts, (code,)), count_of(one, facts, (code,)))

    def counted(self, indicator: str, code: str) -> Figure:
        """Return the figure of one municipality as a recommendation that others may read can count with it.

        A rate on too few people counts, though it is not shown; where a small count could be worked out of it, its bounds do.
        """
        shown, exact = self.shown(indicator, code), self.figure(indicator, code)
        if shown.mark is not Mark.MISSING or exact.value is None:
            return shown if shown.mark is Mark.SUPPRESSED else exact
        from fotfeste.statistics.formula_of import count_of

        one = self.catalogue[indicator]
        return disclose(exact, one, None, count_of(one, self.components, (code,)))

    def shown_county(self, indicator: str, county_code: str) -> Figure:
        """Return the figure of a whole county as it may be shown beside those of its municipalities."""
        if self.user is not None and indicator in self.user:
            one = self.catalogue.indicators.get(indicator)
            below = one.suppress_below if one is not None and one.kind == "count" else 0
            return self.user.shown_county(indicator, county_code, below)
        return self._public(indicator, f"county {county_code}", self._in_county(county_code))

    def shown_country(self, indicator: str) -> Figure:
        """Return the figure of the country as it may be shown; an indicator that the user supplied has none."""
        if self.user is not None and indicator in self.user:
            return Figure.missing()
        return self._public(indicator, "country", self.components.all_codes)

    def uncertainty(self, indicator: str) -> Uncertainty | None:
        """Return what is declared about how uncertain the figures are; ``None`` where nothing is."""
        if self.user is not None and indicator in self.user:
            return None
        return self.catalogue[indicator].uncertainty

    def period(self, indicator: str) -> str:
        """Return the period the figure is about, written with numbers only: ``1.1.2026``, ``2021–2025``."""
        if self.user is not None and indicator in self.user:
            return self.user.period(indicator)
        from fotfeste.statistics.formula_of import period_of_indicator

        return period_of_indicator(self.catalogue[indicator], self.components)

    def sources(self, indicator: str) -> tuple[Source, ...]:
        """Return where the figure comes from."""
        if self.user is not None and indicator in self.user:
            return self.user.sources(indicator)
        store, names = self.components.store, self.catalogue[indicator].datasets
        return tuple(store.source(name) for name in names if name in store.versions)

    def why_missing(self, indicator: str) -> Message | None:
        """Return why an indicator has no figures anywhere, with the way out; ``None`` where its data are there."""
        if self.user is not None and indicator in self.user:
            return None
        from fotfeste.statistics.formula_of import why_missing

        return why_missing(self.catalogue[indicator], self.components.store)

    @cached_property
    def catalogue(self) -> IndicatorCatalogue:
        """The catalogue that comes with Fotfeste, with the user's own indicators."""
        return self.extended or catalogue_for(self.components.store.data_dir)

    def _in_county(self, county_code: str) -> tuple[str, ...]:
        return tuple(code for code in self.components.all_codes if code.startswith(county_code))

    @cached_property
    def _hiding(self) -> Components:
        from fotfeste.statistics.shown_components import ShownComponents

        facts = self.components
        return ShownComponents(facts.store, facts.regions, facts.year, exact=facts)

    def _public(self, indicator: str, place: str, codes: Sequence[str]) -> Figure:
        from fotfeste.statistics.public_figures import public_figure

        key = (indicator, f"shown {place}")
        if key not in self._known:
            exists = indicator in self.ids and indicator in self.catalogue
            self._known[key] = (
                public_figure(self.catalogue[indicator], self._hiding, codes) if exists else Figure.missing()
            )
        return self._known[key]

    def _of(self, indicator: str, place: str, codes: Sequence[str]) -> Figure:
        from fotfeste.statistics.formula_of import formula_of

        key = (indicator, place)
        if key not in self._known:
            exists = indicator in self.ids and indicator in self.catalogue
            formula = formula_of(self.catalogue[indicator]) if exists else None
            self._known[key] = Figure.missing() if formula is None else formula(self.components, codes)
        return self._known[key]


def compute(
    store: Store,
    regions: Regions,
    indicator_ids: Sequence[str],
    codes: Sequence[str],
    year: int,
    *,
    user: UserData | None = None,
    catalogue: IndicatorCatalogue | None = None,
) -> Indicators:
    """Return the indicators for municipalities (numbers of today) as known for a recommendation for ``year``.

    Each indicator uses the newest period up to the year before; population the newest 1 January not after
    ``year``. ``user`` supplies figures that the data lack. ``catalogue`` is
    used instead of the one that belongs to the store. Raises :class:`DataMissing` for an indicator that is
    neither in the catalogue nor supplied, with how to supply it.
    """
    from fotfeste.statistics.components import Components

    known = catalogue or catalogue_for(store.data_dir)
    unknown = [name for name in indicator_ids if name not in known and not (user and name in user)]
    if unknown:
        raise DataMissing("indicator.unknown", _unknown(unknown), remedy=way_to_supply(unknown[0]))
    return Indicators(tuple(indicator_ids), tuple(codes), Components(store, regions, year), user, catalogue)


def _unknown(names: Sequence[str]) -> Message:
    return msg("Indikatorer som ikke finnes i dataene: {names}.", names=", ".join(names))


def way_to_supply(name: str) -> Message:
    """Return the way out for an indicator that does not exist: the name that is nearest to it, or a file of figures."""
    near = near_indicator(name, load_catalogue())
    how = msg("Oppgi en fil med kolonnene kode, indikator og verdi (--data FIL).")
    if not near:
        return how
    return msg("Mente du «{near}»? Ellers: {how}", near=near, how=how)


def near_indicator(name: str, catalogue: IndicatorCatalogue) -> str:
    """Return the id that is nearest to a name; empty when none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(catalogue.indicators), 1)), "")
