"""A data set as a published table: its rows as they may be shown."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fotfeste.errors import FotfesteError
from fotfeste.messages import Translated
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.own_tables import is_own
from fotfeste.statistics.publishing.labels import load_labels
from fotfeste.statistics.publishing.values import FIGURE, MARK_WORDS, Described, Kind, PublishedTable

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.statistics.store import Store

ATTRIBUTES = ("name", "code_year", "status_date", "finished")
"""Columns that tell of a row and do not part it from others."""
REGISTERS = "regions."
"""How the ids of tables without figures begin: municipalities, counties, borders."""
CHECKSUM = 12
STILL = 9999
CODE_OF_COUNTRY = ("0", "00", "0000")


def data_version(store: Store, dataset: Dataset) -> str:
    """Return the version of the data that a file is made of: the name of the version, and a checksum of what is shown."""
    return f"{dataset.version}-{shown_checksum(store, dataset)[:CHECKSUM]}"


def shown_checksum(store: Store, dataset: Dataset) -> str:
    """Return a checksum (SHA-256) of a data set as it is shown: the only one that may go out.

    It never depends on what is hidden: from a checksum of the stored file somebody could try which small number is there.
    A table that cannot be shown, because nothing protects it, has the checksum of nothing.
    """
    if not dataset.suppress_below:
        return dataset.sha256
    key = (dataset.id, dataset.version, dataset.sha256, dataset.agency)
    if key not in _CHECKSUMS:
        try:
            rows = _shown(store, dataset)
            keys = [one for one in rows.columns if one not in FIGURE]
            content = rows.sort(*keys).write_csv()
        except FotfesteError:
            content = ""
        _CHECKSUMS[key] = hashlib.sha256(content.encode()).hexdigest()
    return _CHECKSUMS[key]


_CHECKSUMS: dict[tuple[str, ...], str] = {}


def _shown(store: Store, dataset: Dataset) -> pl.DataFrame:
    from fotfeste.regions import load_regions
    from fotfeste.statistics.selection import Choice, shown_rows

    return shown_rows(store, load_regions(), dataset.id, Choice(version=dataset.version))


def dataset_described(store: Store, dataset: str, version: str | None = None) -> Described:
    """Return what the published table of a data set is.

    ``version`` is the version of the data, as :func:`data_version` writes it, or only its name. Raises
    :class:`~fotfeste.errors.DataMissing` for an unknown data set, or a version that is not there.
    """
    found = found_version(store, dataset, version)
    themes, words = _themes_and_words(found.id)
    return Described(
        id=found.id,
        kind=_kind(found),
        version=data_version(store, found),
        title=Translated(found.titles),
        description=None,
        unit=load_labels().unit(found.unit),
        period=found.period,
        modified=found.retrieved,
        sources=(found.source,),
        rows=found.rows,
        themes=themes,
        words=words,
        former=tuple(data_version(store, one) for one in given_out(store, found.id) if one is not found),
    )


def found_version(store: Store, dataset: str, version: str | None) -> Dataset:
    """Return a version of a data set by the version of its data; raises :class:`DataMissing` when it is not there."""
    for one in store.versions.get(dataset, ()):
        if version is not None and version == data_version(store, one):
            return one
    return store.dataset(dataset, version)


def given_out(store: Store, dataset: str) -> tuple[Dataset, ...]:
    """Return the versions of a data set that may be given to everybody, oldest first.

    Of a table of the county's own only the newest: an older one may show what the newer hides.
    """
    versions = store.versions[dataset]
    return versions[-1:] if any(is_own(one) for one in versions) else versions


def dataset_table(store: Store, dataset: str, version: str | None = None) -> PublishedTable:
    """Return a data set as it may be published: small counts hidden, as ``fotfeste data show`` hides them.

    Bounds are left out where they are the value itself. Raises as :func:`dataset_described`.
    """
    about = dataset_described(store, dataset, version)
    found = found_version(store, dataset, version)
    rows = _shown(store, found)
    if about.kind == "register":
        return PublishedTable(about, (), tuple(rows.columns), _flat(rows))
    named = _named(rows, store)
    dimensions = tuple(one for one in named.columns if one not in (*ATTRIBUTES, *FIGURE))
    dimensions = tuple(sorted(dimensions, key=_rank))
    attributes = tuple(one for one in ATTRIBUTES if one in named.columns)
    table = _with_figure(named).select(*dimensions, *attributes, *FIGURE).sort(*dimensions)
    labels = load_labels()
    names = {} if "name" not in attributes else _newest_names(table)
    codes = {one: labels.codes.get(one, {}) for one in dimensions} | {"code": names}
    return PublishedTable(about, dimensions, attributes, table, labels.columns, codes)


def _kind(dataset: Dataset) -> Kind:
    return "register" if dataset.id.startswith(REGISTERS) else "dataset"


def _rank(column: str) -> int:
    """Where a column stands: what is counted first, then the place, and time last, as statistics are read."""
    return {"code": 1, "year": 2, "month": 3}.get(column, 0)


def _with_figure(rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    there = rows.columns
    value = pl.col("value")
    whole = not rows.schema["value"].is_float()
    kind = pl.Int64 if whole else pl.Float64
    bounds = [pl.col(one) if one in there else pl.lit(None) for one in ("low", "high")]
    told = [
        pl.when(value.is_not_null() & (value == bounds[0]) & (value == bounds[1])).then(None).otherwise(one)
        for one in bounds
    ]
    mark = pl.col("mark").replace_strict(MARK_WORDS) if "mark" in there else pl.lit("observed")
    estimated = pl.col("estimated").fill_null(False) if "estimated" in there else pl.lit(False)
    return rows.with_columns(
        value=value.cast(kind),
        mark=mark,
        low=told[0].cast(kind),
        high=told[1].cast(kind),
        estimated=estimated,
    )


def _named(rows: pl.DataFrame, store: Store) -> pl.DataFrame:
    """Return the rows with the name that each number had in the year it belongs to, or has had last."""
    import polars as pl

    if "code" not in rows.columns or "name" in rows.columns:
        return rows
    registers = [store.frame(one) for one in ("regions.municipalities", "regions.counties")]
    names = pl.concat([one.select("code", "valid_from", "valid_to", "name") for one in registers])
    keys = rows.select(one for one in ("code", "code_year") if one in rows.columns)
    keys = keys.unique(maintain_order=True)
    found: list[str] = []
    known: dict[str, list[tuple[int, int, str]]] = {}
    for code, first, last, name in names.iter_rows():
        known.setdefault(code, []).append((first, STILL if last is None else last, name))
    for code, *when in keys.iter_rows():
        found.append(_name_of(code, when[0] if when else None, known))
    return rows.join(keys.with_columns(name=pl.Series(found, dtype=pl.String)), on=keys.columns, how="left")


def _name_of(code: str, year: int | None, known: dict[str, list[tuple[int, int, str]]]) -> str:
    if code in CODE_OF_COUNTRY:
        return "Norge"
    spells = sorted(known.get(code, ()))
    if not spells:
        return ""
    if year is None:
        return spells[-1][2]
    return next((name for first, last, name in spells if first <= year <= last), spells[-1][2])


def _newest_names(table: pl.DataFrame) -> dict[str, str]:
    order = [one for one in ("code_year", "year") if one in table.columns]
    ordered = table.select("code", "name", *order).unique().sort("code", *order, "name")
    return dict(ordered.select("code", "name").iter_rows())


def _flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a register with lists written as JSON text, which every format can hold."""
    import polars as pl

    lists = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
    texts = [
        pl.format("[{}]", pl.col(one).cast(pl.List(pl.String)).list.join(",")).alias(one) for one in lists
    ]
    return rows.with_columns(texts)


def _themes_and_words(dataset: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the themes of the indicators that are made of a data set, and everyday words for it."""
    from fotfeste.statistics.indicator_catalogue import load_catalogue

    using = [one for one in load_catalogue() if dataset in one.datasets]
    words = dict.fromkeys(word for one in using for word in one.words)
    return tuple(dict.fromkeys(one.theme for one in using)), tuple(words)
