"""What is known, as published tables: the same figures as on pages, for everybody to take away."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fotfeste.errors import DataMissing
from fotfeste.messages import msg
from fotfeste.reports.profiles.knowledge import Knowledge
from fotfeste.statistics.publishing.datasets import (
    dataset_described,
    dataset_table,
    found_version,
    given_out,
)
from fotfeste.statistics.publishing.dcat import is_open
from fotfeste.statistics.publishing.indicators import (
    PlaceFigure,
    indicator_described,
    indicator_table,
    series_described,
    series_of_all,
    series_table,
)
from fotfeste.statistics.publishing.values import Described, PublishedTable

if TYPE_CHECKING:
    from fotfeste.statistics.series.counts import YearlyCounts


def open_datasets(knowledge: Knowledge) -> tuple[Described, ...]:
    """Return every data set that may be given to everybody, in order of id."""
    store = knowledge.store
    found = (dataset_described(store, one.id) for one in store.catalogue())
    return tuple(one for one in found if is_open(store, one))


def open_dataset(knowledge: Knowledge, dataset: str, version: str | None = None) -> Described:
    """Return what a data set is.

    Raises :class:`DataMissing` for an unknown one, and for one, or a version of it, that is not for everybody.
    """
    store = knowledge.store
    found = dataset_described(store, dataset, version)
    if found_version(store, dataset, version) not in given_out(store, dataset):
        require_version(dataset_described(store, dataset), version)
    if is_open(store, found):
        return found
    raise DataMissing(
        "data.unknown",
        msg("Datasettet «{dataset}» gis ikke ut: lisensen er ikke en kjent åpen lisens.", dataset=dataset),
        remedy=msg(
            "Den som driver tjenesten, kan gi det ut med en åpen lisens i beskrivelsen av datasettet."
        ),
    )


def published_dataset(knowledge: Knowledge, dataset: str, version: str | None = None) -> PublishedTable:
    """Return a data set as it may be published; raises as :func:`open_dataset`."""
    open_dataset(knowledge, dataset, version)
    return dataset_table(knowledge.store, dataset, version)


def described_indicator(knowledge: Knowledge, indicator: str) -> Described:
    """Return what the figures of an indicator are; raises :class:`~fotfeste.errors.InputError` for an unknown one."""
    found = knowledge.indicator(indicator)
    return indicator_described(knowledge.store, found, knowledge.period(found.id), len(knowledge.places))


def published_indicator(knowledge: Knowledge, indicator: str, version: str | None = None) -> PublishedTable:
    """Return the newest figure of an indicator for every place, as pages show it.

    Raises :class:`DataMissing` when ``version`` is asked for and the figures are others now.
    """
    about = described_indicator(knowledge, indicator)
    require_version(about, version)
    return indicator_table(
        about,
        (
            PlaceFigure(one.code, one.name, one.kind, public.figure, public.few)
            for one in knowledge.places.values()
            for public in (knowledge.figure(about.id, one),)
        ),
    )


def described_series(knowledge: Knowledge, indicator: str) -> Described | None:
    """Return what an indicator from year to year is; ``None`` for one that has no such figures."""
    return series_described(knowledge.store, knowledge.indicator(indicator))


def published_series(knowledge: Knowledge, indicator: str, version: str | None = None) -> PublishedTable:
    """Return an indicator from year to year for every place; about a second.

    Raises :class:`DataMissing` for an indicator without such figures, and as :func:`published_indicator`.
    """
    about = described_series(knowledge, indicator)
    if about is None:
        raise DataMissing(
            "series.none",
            msg("«{indicator}» har ikke tall for flere år.", indicator=indicator),
            remedy=msg("Hent tallene for det nyeste året."),
        )
    require_version(about, version)
    years = series_of_all(_counts(_Of(knowledge)), about.id, knowledge.places)
    names = {one.code: (one.name, one.kind) for one in knowledge.places.values()}
    return series_table(about, years, names)


def published(knowledge: Knowledge) -> tuple[Described, ...]:
    """Return everything that is given out: data sets, indicators, and indicators from year to year."""
    indicators = [described_indicator(knowledge, one) for one in knowledge.indicator_ids]
    series = [found for one in knowledge.indicator_ids if (found := described_series(knowledge, one))]
    return (*open_datasets(knowledge), *indicators, *series)


def require_version(about: Described, version: str | None) -> None:
    """Raise :class:`DataMissing` when a version is asked for that is not the one at hand."""
    if version in (None, about.version):
        return
    raise DataMissing(
        "data.version",
        msg("Tallene for «{name}» er ikke lenger dem du ba om.", name=about.id),
        remedy=msg("Tallene slik de er nå, har versjonen {version}.", version=about.version),
    )


class _Of:
    """What is known, told apart by its fingerprint alone."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Of) and self.knowledge.fingerprint == other.knowledge.fingerprint

    def __hash__(self) -> int:
        return hash(self.knowledge.fingerprint)


@lru_cache(maxsize=1)
def _counts(of: _Of) -> YearlyCounts:
    from fotfeste.statistics.series.counts import YearlyCounts

    return YearlyCounts(of.knowledge.store, of.knowledge.regions)
