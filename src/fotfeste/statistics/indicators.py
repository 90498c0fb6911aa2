"""Indicators: the catalogue of what they are, and their figures for municipality, county and country."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Literal, cast

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import Message, Translated, msg
from fotfeste.statistics.disclosure import disclose
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.sources import Source
from fotfeste.statistics.uncertainty import Uncertainty

if TYPE_CHECKING:
    from fotfeste.regions import Regions
    from fotfeste.statistics.components import Components
    from fotfeste.statistics.store import Store
    from fotfeste.statistics.user_data import UserData

Kind = Literal["count", "difference", "share", "per_1000", "index", "class", "flag"]
Direction = Literal["higher", "lower", "none"]
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Indicator:
    """What an indicator is.

    Texts have the keys ``nb``, ``nn`` and ``en``. Shares are between 0 and 1; ``decimals`` is how many to show
    (for shares: of per cent). ``direction`` says whether higher or lower is better for settling, where that can
    be said. ``base`` names what a rate is a rate of; below ``smallest_base`` it is not shown. Counts from one up
    to, but not including, ``suppress_below`` are not shown, nor what is made of the ``count`` when that is hidden.
    ``uncertainty`` is what is declared about the figures; ``None`` means that nothing is.
    """

    id: str
    names: Mapping[str, str]
    definition: Mapping[str, str]
    units: Mapping[str, str]
    formula: str
    direction: Direction
    datasets: tuple[str, ...]
    period_rule: str
    kind: Kind
    decimals: int
    base: str = ""
    smallest_base: int = 0
    suppress_below: int = 0
    count: str = ""
    uncertainty: Uncertainty | None = None

    @property
    def name(self) -> Translated:
        """Return the name, in the language of whoever reads it."""
        return Translated(self.names)

    @property
    def unit(self) -> Translated:
        """Return the unit, in the language of whoever reads it."""
        return Translated(self.units)

    @property
    def supply(self) -> Message:
        """Return where the figures come from and how to supply those that are missing."""
        return msg(
            "«{name}» bygger på {datasets}. Legg tallene i en fil med kolonnene kode, indikator og verdi "
            "(indikator: {id}) og oppgi den med --data.",
            name=self.name,
            datasets=", ".join(self.datasets),
            id=self.id,
        )


@dataclass(frozen=True)
class IndicatorCatalogue:
    """All indicators by id, in the order of the catalogue file."""

    indicators: Mapping[str, Indicator]

    def __getitem__(self, name: str) -> Indicator:
        return self.indicators[name]

    def __contains__(self, name: object) -> bool:
        return name in self.indicators

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    def __len__(self) -> int:
        return len(self.indicators)


@cache
def load_catalogue() -> IndicatorCatalogue:
    """Return the catalogue of indicators that comes with Fotfeste."""
    text = (resources.files("fotfeste.statistics") / "indicators.toml").read_text("utf-8")
    content = tomllib.loads(text)
    if content["schema"] != SCHEMA:
        raise InputError(
            "indicator.schema", msg("Indikatorkatalogen har et ukjent skjema."), place="indicators.toml"
        )
    return IndicatorCatalogue({entry["id"]: _indicator(entry) for entry in content["indicator"]})


def _indicator(entry: Mapping[str, object]) -> Indicator:
    def texts(name: str) -> Mapping[str, str]:
        return cast("Mapping[str, str]", entry[name])

    return Indicator(
        id=str(entry["id"]),
        names=texts("name"),
        definition=texts("definition"),
        units=texts("unit"),
        formula=str(entry["formula"]),
        direction=cast(Direction, entry["direction"]),
        datasets=tuple(cast("list[str]", entry["datasets"])),
        period_rule=str(entry["period"]),
        kind=cast(Kind, entry["kind"]),
        decimals=cast(int, entry["decimals"]),
        base=str(entry.get("base", "")),
        smallest_base=cast(int, entry.get("smallest_base", 0)),
        suppress_below=cast(int, entry.get("suppress_below", 0)),
        count=str(entry.get("count", "")),
        uncertainty=_uncertainty(entry.get("uncertainty")),
    )


def _uncertainty(entry: object) -> Uncertainty | None:
    if entry is None:
        return None
    written = cast("Mapping[str, str]", entry)
    return Uncertainty(
        cast('Literal["half_width", "relative_sd"]', written["kind"]),
        Fraction(written["size"]),
        written["source"],
    )


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
        if indicator not in load_catalogue():
            return found
        one = load_catalogue()[indicator]
        base, count = (self._part(name, (code,)) for name in (one.base, one.count))
        return disclose(found, one, base, count)

    def shown_county(self, indicator: str, county_code: str) -> Figure:
        """Return the figure of a whole county as it may be shown beside those of its municipalities."""
        if self.user is not None and indicator in self.user:
            return self.user.county(indicator, county_code)
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
        return load_catalogue()[indicator].uncertainty

    def period(self, indicator: str) -> str:
        """Return the period the figure is about, written with numbers only: ``1.1.2026``, ``2021–2025``."""
        if self.user is not None and indicator in self.user:
            return self.user.period(indicator)
        from fotfeste.statistics.periods import period_of

        return period_of(load_catalogue()[indicator].period_rule, self.components)

    def sources(self, indicator: str) -> tuple[Source, ...]:
        """Return where the figure comes from."""
        if self.user is not None and indicator in self.user:
            return self.user.sources(indicator)
        return tuple(self.components.store.source(name) for name in load_catalogue()[indicator].datasets)

    def _in_county(self, county_code: str) -> tuple[str, ...]:
        return tuple(code for code in self.components.all_codes if code.startswith(county_code))

    @cached_property
    def _hiding(self) -> Components:
        from fotfeste.statistics.shown_components import ShownComponents

        facts = self.components
        return ShownComponents(facts.store, facts.regions, facts.year, exact=facts)

    def _public(self, indicator: str, place: str, codes: Sequence[str]) -> Figure:
        from fotfeste.statistics.formulas import formulas
        from fotfeste.statistics.public_figures import public_figure

        key = (indicator, f"shown {place}")
        if key not in self._known:
            exists = indicator in self.ids and indicator in formulas()
            self._known[key] = (
                public_figure(load_catalogue()[indicator], self._hiding, codes)
                if exists
                else Figure.missing()
            )
        return self._known[key]

    def _of(self, indicator: str, place: str, codes: Sequence[str]) -> Figure:
        from fotfeste.statistics.formulas import formulas

        key = (indicator, place)
        if key not in self._known:
            formula = formulas().get(indicator)
            found = None if formula is None or indicator not in self.ids else formula(self.components, codes)
            self._known[key] = Figure.missing() if found is None else found
        return self._known[key]

    def _part(self, name: str, codes: Sequence[str]) -> Figure | None:
        from fotfeste.statistics.formulas import bases

        return cast(Figure, getattr(bases, name)(self.components, codes)) if name else None


def compute(
    store: Store,
    regions: Regions,
    indicator_ids: Sequence[str],
    codes: Sequence[str],
    year: int,
    *,
    user: UserData | None = None,
) -> Indicators:
    """Return the indicators for municipalities (numbers of today) as known for a recommendation for ``year``.

    Each indicator uses the newest period up to the year before; population the newest 1 January not after
    ``year``. ``user`` supplies figures that the data lack. Raises :class:`DataMissing` for an indicator that is
    neither in the catalogue nor supplied, with how to supply it.
    """
    from fotfeste.statistics.components import Components

    unknown = [name for name in indicator_ids if name not in load_catalogue() and not (user and name in user)]
    if unknown:
        raise DataMissing("indicator.unknown", _unknown(unknown), remedy=way_to_supply(unknown[0]))
    return Indicators(tuple(indicator_ids), tuple(codes), Components(store, regions, year), user)


def _unknown(names: Sequence[str]) -> Message:
    return msg("Indikatorer som ikke finnes i dataene: {names}.", names=", ".join(names))


def way_to_supply(name: str) -> Message:
    """Return the way out for an indicator that does not exist: the name that is nearest to it, or a file of figures."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(load_catalogue().indicators), 1)
    how = msg("Oppgi en fil med kolonnene kode, indikator og verdi (--data FIL).")
    if not near:
        return how
    return msg("Mente du «{near}»? Ellers: {how}", near=near[0], how=how)
