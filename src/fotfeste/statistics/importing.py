"""Import a file as a new version of a data set: read, check, and only then store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.readers.imdi import read_imdi_crosstab, read_imdi_long
from fotfeste.statistics.readers.mapped import read_mapped
from fotfeste.statistics.readers.mapping import DatasetPart, Mapping, read_mapping
from fotfeste.statistics.readers.tidy import Tidy
from fotfeste.statistics.store import Store, add_version

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.regions import Regions

FIGURE_COLUMNS = frozenset({"value", "mark", "low", "high", "estimated"})
STATUS_COLUMNS = {"finished": True, "status_date": ""}


def read_file(path: Path, mapping: Mapping, regions: Regions) -> Tidy:
    """Return the figures of a file, read as the mapping says."""
    if mapping.file.reader == "imdi_long":
        return read_imdi_long(path, regions, rules=mapping.rules(), limits=mapping.limits())
    if mapping.file.reader == "imdi_crosstab":
        return read_imdi_crosstab(path, regions, rules=mapping.rules(), limits=mapping.limits())
    year = mapping.columns.year if isinstance(mapping.columns.year, int) else mapping.regions.year
    names: dict[str, str] = {}
    if mapping.regions.all and year is not None:
        if mapping.regions.level == "county":
            names = {one.code: one.name for one in regions.counties(year)}
        else:
            names = {one.code: one.name for one in regions.municipalities(year)}
    return read_mapped(path, mapping, regions, names=names)


def import_file(
    store: Store, regions: Regions, path: Path, mapping_path: Path, dataset: str, version: str
) -> tuple[Store, Dataset]:
    """Read ``path`` as ``mapping_path`` says and store it as ``version`` of ``dataset``.

    For a data set that is there already the new version holds the rows of the newest version, with those that the
    file is about replaced; otherwise the mapping must describe the data set. Raises :class:`InputError` with all
    faults of the file; nothing is stored then.
    """
    mapping = read_mapping(mapping_path)
    tidy = read_file(path, mapping, regions)
    frame = tidy.frame()
    if dataset in store.versions:
        described = replace(store.dataset(dataset), version=version, checks=())
        frame = revised(store.frame(dataset), frame, dataset)
        if mapping.dataset is not None:
            described = replace(described, retrieved=mapping.dataset.retrieved, remark=mapping.dataset.remark)
    else:
        described = _described(mapping, dataset, version, mapping_path)
    stored = add_version(store, described, frame)
    return stored, stored.dataset(dataset, version)


def revised(old: pl.DataFrame, new: pl.DataFrame, dataset: str) -> pl.DataFrame:
    """Return ``old`` with the rows that ``new`` is about replaced, in the columns and types of ``old``.

    Rows are about the same when region, year and all further columns agree. Raises :class:`InputError` when the
    columns of the file are not those of the data set.
    """
    import polars as pl

    added = {name: pl.lit(value) for name, value in STATUS_COLUMNS.items() if name in old.columns}
    new = new.with_columns(**{name: value for name, value in added.items() if name not in new.columns})
    lacking = [name for name in old.columns if name not in new.columns]
    unknown = [
        name for name in new.columns if name not in old.columns and name not in (*FIGURE_COLUMNS, "code_year")
    ]
    if lacking or unknown:
        raise InputError(
            "import.columns",
            msg(
                "Filen passer ikke til «{dataset}»: mangler {lacking}, har for mye {unknown}.",
                dataset=dataset,
                lacking=", ".join(lacking) or "–",
                unknown=", ".join(unknown) or "–",
            ),
            remedy=msg("Beskriv kolonnene under [columns.dimensions] i beskrivelsen av filen."),
        )
    new = new.select(pl.col(name).cast(kind) for name, kind in old.schema.items())
    other = {*FIGURE_COLUMNS, *STATUS_COLUMNS, "code_year"}
    keys = [name for name in old.columns if name not in other]
    return pl.concat([old.join(new, on=keys, how="anti", nulls_equal=True), new]).sort(keys)


def _described(mapping: Mapping, dataset: str, version: str, path: Path) -> Dataset:
    about: DatasetPart | None = mapping.dataset
    if about is None or about.id != dataset or "nb" not in about.title:
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
    retrieved: date = about.retrieved
    return Dataset(
        id=dataset,
        path=Path(),
        titles={"nb": bokmål, "nn": about.title.get("nn", bokmål), "en": about.title.get("en", bokmål)},
        agency=about.agency,
        table=about.table,
        licence=about.licence,
        period=about.period,
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
