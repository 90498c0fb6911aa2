"""Import files as a new version of a data set: read, check, and only then store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.readers.imdi import read_imdi_crosstab, read_imdi_long
from fotfeste.statistics.readers.imdi_page import read_imdi_page
from fotfeste.statistics.readers.mapped import read_mapped
from fotfeste.statistics.readers.mapping import DatasetPart, Mapping, read_mapping
from fotfeste.statistics.readers.ssb import read_ssb_population
from fotfeste.statistics.readers.tidy import Tidy
from fotfeste.statistics.renewing import (
    Renewed,
    age_groups,
    described_anew,
    keys_of,
    refuse_half_finished,
    revised,
    span_of,
    unfinished_in,
    with_status,
)
from fotfeste.statistics.sources import EMBEDDED
from fotfeste.statistics.store import Store, add_version, remove_version

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.regions import Regions

VERSION = re.compile(r"\w[\w-]{0,59}")
DERIVED = {"population": "population_age_groups"}
"""Data sets that are sums of another one, and get a version of the same name with it."""


def read_file(path: Path, mapping: Mapping, regions: Regions) -> Tidy:
    """Return the figures of a file, read as the mapping says."""
    match mapping.file.reader:
        case "imdi_long":
            return read_imdi_long(path, regions, rules=mapping.rules(), limits=mapping.limits())
        case "imdi_crosstab":
            return read_imdi_crosstab(path, regions, rules=mapping.rules(), limits=mapping.limits())
        case "imdi_page":
            return read_imdi_page(path, mapping, regions)
        case "ssb_population":
            return read_ssb_population(path, mapping, regions)
    year = mapping.columns.year if isinstance(mapping.columns.year, int) else mapping.regions.year
    names: dict[str, str] = {}
    if mapping.regions.all and year is not None:
        if mapping.regions.level == "county":
            names = {one.code: one.name for one in regions.counties(year)}
        else:
            names = {one.code: one.name for one in regions.municipalities(year)}
    return read_mapped(path, mapping, regions, names=names)


def dataset_of_mapping(where: str | Path, named: str | None) -> str:
    """Return the data set that files read by a mapping go into: the one named, which must be the mapping's own."""
    mapping = read_mapping(where)
    own = mapping.file.dataset or (mapping.dataset.id if mapping.dataset else "")
    found = named or own
    if not found or (mapping.file.dataset and found != mapping.file.dataset):
        raise InputError(
            "import.dataset",
            msg("Filer av dette slaget hører til datasettet «{dataset}».", dataset=own)
            if own
            else msg("Beskrivelsen av filen sier ikke hvilket datasett den hører til."),
            place=str(where),
            remedy=msg("Oppgi datasettet med --dataset."),
        )
    return found


def import_file(
    store: Store,
    regions: Regions,
    path: Path,
    mapping_path: str | Path,
    dataset: str,
    version: str,
    *,
    as_of: date | None = None,
    retrieved: date | None = None,
) -> tuple[Store, Dataset]:
    """Import one file; see :func:`import_files`."""
    stored, renewed = import_files(
        store, regions, [path], mapping_path, dataset, version, as_of=as_of, retrieved=retrieved
    )
    return stored, renewed.dataset


def import_files(
    store: Store,
    regions: Regions,
    paths: Sequence[Path],
    mapping_path: str | Path,
    dataset: str,
    version: str,
    *,
    as_of: date | None = None,
    retrieved: date | None = None,
) -> tuple[Store, Renewed]:
    """Read ``paths`` as a mapping (a file or a shipped layout) says and store them as one ``version`` of ``dataset``.

    For a data set that is there already the new version holds the rows of the newest version, with those that the
    files are about replaced; otherwise the mapping must describe the data set. ``retrieved`` is the day the files were
    fetched; figures of a year that had not ended on ``as_of`` (otherwise on ``retrieved``) are a status. Raises
    :class:`InputError` with all faults of a file; nothing is stored then.
    """
    if not VERSION.fullmatch(version) or version == EMBEDDED:
        raise InputError(
            "import.version",
            msg("«{version}» kan ikke være navnet på en versjon.", version=version[:40]),
            remedy=msg("Bruk bokstaver, sifre, - og _, for eksempel 2027-10-15."),
        )
    mapping = read_mapping(mapping_path)
    frame, stated = _read_all(paths, mapping, regions, None if as_of or retrieved is None else retrieved.year)
    if dataset in store.versions:
        before, old = store.dataset(dataset), store.frame(dataset)
        frame = with_status(frame, old, as_of or retrieved, stated)
        table = revised(old, frame, dataset)
        years = sorted(set(frame["year"].to_list()))
        refuse_half_finished(old, table, years, dataset)
        known = set(old["year"].to_list())
        described = described_anew(before, version, table, years, retrieved, [path.name for path in paths])
        if mapping.dataset is not None:
            fetched = mapping.dataset.retrieved or described.retrieved
            described = replace(described, retrieved=fetched, remark=mapping.dataset.remark)
    else:
        table, known = frame, set()
        years = sorted(set(frame["year"].to_list()))
        described = _described(mapping, dataset, version, Path(mapping_path), retrieved, years)
    stored = add_with_sums(store, described, table, years, retrieved)
    renewed = Renewed(
        stored.dataset(dataset, version),
        tuple(year for year in years if year not in known),
        tuple(year for year in years if year in known),
        tuple(sorted(known - set(years))),
        unfinished_in(table, years),
    )
    return stored, renewed


def _read_all(
    paths: Sequence[Path], mapping: Mapping, regions: Regions, fetched: int | None
) -> tuple[pl.DataFrame, dict[int, date]]:
    """Return the rows of all files, and the days that the sources themselves say their figures stand at.

    A page that gives its day without the year means the year it is about, and counts only when it was fetched in that
    year; a page fetched later is taken to be about the whole year.
    """
    import polars as pl

    parts = [read_file(path, mapping, regions) for path in paths]
    table = pl.concat([part.frame() for part in parts], how="vertical_relaxed")
    twice = table.select(keys_of(table)).is_duplicated()
    if twice.any():
        row = table.filter(twice).row(0, named=True)
        raise InputError(
            "import.twice",
            msg("{code} står for {year} i flere av filene.", code=row["code"], year=str(row["year"])),
            place=", ".join(path.name for path in paths),
            remedy=msg("Ta med hvert år bare én gang."),
        )
    stated = {year: day for part in parts for year, day in part.status.items() if year == fetched}
    return table, stated


def add_with_sums(
    store: Store, described: Dataset, table: pl.DataFrame, years: Sequence[int], retrieved: date | None
) -> Store:
    """Store a new version of a data set, and of the sums that are made of it a version of the same name.

    The sums are stored first: whoever is stopped between the two does it again, while sums that lacked would never be missed.
    Raises as :func:`~fotfeste.statistics.store.add_version`.
    """
    name = DERIVED.get(described.id)
    if name is not None and store.dataset(name).version != described.version:
        sums = revised(store.frame(name), age_groups(table), name)
        about = described_anew(store.dataset(name), described.version, sums, years, retrieved, [])
        store = add_version(store, about, sums)
    return add_version(store, described, table)


@dataclass(frozen=True, slots=True)
class Removed:
    """A data set that lost its newest version, and the version that holds now (empty: none)."""

    id: str
    now: str


def remove_import(store: Store, dataset: str, version: str) -> tuple[Removed, ...]:
    """Take away the newest imported version of a data set, and of its sums; see :func:`remove_version`."""
    whole = next((name for name, sums in DERIVED.items() if sums == dataset), "")
    if whole and store.dataset(whole).version == version:
        raise InputError(
            "data.sums",
            msg(
                "«{dataset}» er summer av «{whole}», og må fjernes sammen med den.",
                dataset=dataset,
                whole=whole,
            ),
            remedy=msg(
                "Bruk: fotfeste data remove {whole} --version {version}", whole=whole, version=version
            ),
        )
    store = remove_version(store, dataset, version)
    names = [dataset]
    derived = DERIVED.get(dataset)
    if derived is not None and store.dataset(derived).version == version:
        store = remove_version(store, derived, version)
        names.append(derived)
    return tuple(
        Removed(name, store.dataset(name).version if name in store.versions else "") for name in names
    )


def unused(dataset: str) -> Message | None:
    """Return why new years of a data set change no recommendation, or ``None`` when they do."""
    from fotfeste.statistics.indicators import load_catalogue

    if dataset in (*DERIVED, "settlement"):
        return None
    rules = [one.period_rule for one in load_catalogue() if dataset in one.datasets]
    if any(not rule.startswith("=") for rule in rules):
        return None
    if not rules:
        return msg(
            "Ingen indikator bruker dette datasettet. Skal tallene telle i en anbefaling, oppgi dem med --data."
        )
    return msg(
        "Indikatorene bruker dette datasettet for {periods}; nye år endrer ingen anbefaling. Oppgi nyere tall med --data.",
        periods=", ".join(sorted({rule.removeprefix("=") for rule in rules})),
    )


def _described(
    mapping: Mapping, dataset: str, version: str, path: Path, fetched: date | None, years: Sequence[int]
) -> Dataset:
    about: DatasetPart | None = mapping.dataset
    retrieved = fetched if about is None else about.retrieved or fetched
    if about is None or about.id != dataset or "nb" not in about.title or retrieved is None:
        raise InputError(
            "import.undescribed",
            msg(
                "Datasettet «{dataset}» er nytt, og beskrivelsen av filen sier ikke hva det er.",
                dataset=dataset,
            ),
            place=path.name,
            remedy=msg(
                "Fyll ut [dataset] med id, title.nb, agency, table, licence, period, unit og retrieved."
            ),
        )
    bokmål = about.title["nb"]
    return Dataset(
        id=dataset,
        path=Path(),
        titles={"nb": bokmål, "nn": about.title.get("nn", bokmål), "en": about.title.get("en", bokmål)},
        agency=about.agency,
        table=about.table,
        licence=about.licence,
        period=about.period or span_of(years),
        unit=about.unit,
        retrieved=retrieved,
        remark=about.remark,
        sha256="",
        rows=0,
        suppress_below=about.suppress_below,
        suppressed_measures=tuple(about.suppressed_measures),
        smallest_base=about.smallest_base,
        version=version,
    )
