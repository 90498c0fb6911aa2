"""The versioned store: embedded data sets, and imported versions on top of them.

An import never changes what stands: it adds a version. The newest version is used unless another is asked for.
Imported versions lie in ``<data_dir>/<dataset>/<version>.parquet``; ``manifest.json`` beside them is written
last and in one step, so that a version is either there whole or not at all.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import DataMissing, InputError, Problem
from fotfeste.files import write_whole
from fotfeste.messages import msg, nmsg
from fotfeste.statistics.catalogue import Dataset, dataset_of, embedded_datasets
from fotfeste.statistics.sources import EMBEDDED, Source

if TYPE_CHECKING:
    import polars as pl

MANIFEST = "manifest.json"
RECORD = ".fetched.json"
"""How the record of a fetch ends that may stand beside a version; see :mod:`fotfeste.statistics.updating.record`."""
SCHEMA = 1


@dataclass(frozen=True)
class Store:
    """Data sets by id, each with its versions, oldest first."""

    versions: Mapping[str, tuple[Dataset, ...]]
    data_dir: Path | None = None

    def catalogue(self) -> tuple[Dataset, ...]:
        """Return the newest version of every data set, in order of id."""
        return tuple(self.versions[name][-1] for name in sorted(self.versions))

    def dataset(self, dataset: str, version: str | None = None) -> Dataset:
        """Return a data set; raises :class:`DataMissing` for an unknown id or version."""
        found = self.versions.get(dataset, ())
        for one in reversed(found):
            if version is None or one.version == version:
                return one
        known = [one.version for one in found] or sorted(self.versions)
        what = (
            msg(
                "Datasettet «{dataset}» har ingen versjon «{version}».", dataset=dataset, version=str(version)
            )
            if found
            else msg("Datasettet «{dataset}» finnes ikke.", dataset=dataset)
        )
        raise DataMissing("data.unknown", what, remedy=msg("Velg blant: {known}.", known=", ".join(known)))

    def source(self, dataset: str, version: str | None = None) -> Source:
        """Return where the figures of a data set come from."""
        return self.dataset(dataset, version).source

    def scan(self, dataset: str, version: str | None = None) -> pl.LazyFrame:
        """Return a data set to be read lazily: only the rows and columns that are asked for."""
        import polars as pl

        found = self.dataset(dataset, version)
        if not found.path.is_file():
            raise DataMissing(
                "data.file",
                msg("Filen til datasettet «{dataset}» mangler.", dataset=dataset),
                place=str(found.path),
                remedy=msg("Installer Fotfeste på nytt, eller importer datasettet på nytt."),
            )
        return pl.scan_parquet(found.path)

    def frame(self, dataset: str, version: str | None = None) -> pl.DataFrame:
        """Return a whole data set as a table."""
        return self.scan(dataset, version).collect()


def open_store(data_dir: Path | None = None) -> Store:
    """Return the embedded data, with versions imported into ``data_dir`` on top when it is given."""
    versions: dict[str, tuple[Dataset, ...]] = {one.id: (one,) for one in embedded_datasets()}
    if data_dir is not None and data_dir.is_dir():
        for manifest in sorted(data_dir.glob(f"*/{MANIFEST}")):
            imported = read_manifest(manifest)
            name = manifest.parent.name
            if imported:
                versions[name] = (*versions.get(name, ()), *imported)
    return Store(versions, data_dir)


def read_manifest(path: Path) -> tuple[Dataset, ...]:
    """Read which versions of one data set have been imported, oldest first."""
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["schema"] != SCHEMA:
            raise ValueError(f"schema {content['schema']}")
        return tuple(dataset_of(entry, path.parent, str(entry["version"])) for entry in content["versions"])
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise InputError(
            "data.manifest",
            msg("Oversikten over importerte versjoner kan ikke leses ({reason}).", reason=str(error)),
            place=str(path),
            remedy=msg("Flytt mappen «{folder}» bort og importer på nytt.", folder=path.parent.name),
        ) from error


def add_version(store: Store, described: Dataset, frame: pl.DataFrame) -> Store:
    """Store ``frame`` as a new version of a data set and return the store with it on top.

    ``described.version`` is the id of the version; ``path``, ``rows`` and ``sha256`` are set here. The table is
    written before the manifest that names it, so an import that is interrupted leaves the old data as they were.
    Raises :class:`InputError` when the version is there already with other content.
    """
    if store.data_dir is None:
        raise ValueError("a store without a folder cannot take imports")
    stream = io.BytesIO()
    frame.write_parquet(stream, compression="zstd", statistics=True)
    content = stream.getvalue()
    folder = store.data_dir / described.id
    checksum = hashlib.sha256(content).hexdigest()
    path = folder / f"{described.version}.parquet"
    dataset = replace(described, path=path, rows=frame.height, sha256=checksum)
    before = store.versions.get(dataset.id, ())
    for one in before:
        if one.version == dataset.version:
            if one.sha256 == checksum:
                return store
            raise InputError(
                "data.version",
                msg(
                    "Versjonen «{version}» av «{dataset}» finnes fra før.",
                    version=one.version,
                    dataset=one.id,
                ),
                remedy=msg("Velg et annet versjonsnavn; en versjon endres aldri."),
            )
    write_whole(path, content)
    _write_manifest(folder, (*before, dataset))
    return Store({**store.versions, dataset.id: (*before, dataset)}, store.data_dir)


def remove_version(store: Store, dataset: str, version: str) -> Store:
    """Take away the newest imported version of a data set and return the store as it was before that import.

    The manifest is written first, so that a removal that is interrupted leaves at most a file that nothing names.
    Raises :class:`InputError` for embedded data and for a version that a later one rests on.
    """
    found = store.dataset(dataset, version)
    before = store.versions[dataset]
    if found.version == EMBEDDED or store.data_dir is None:
        raise InputError(
            "data.embedded",
            msg("De innebygde tallene kan ikke fjernes."),
            place=dataset,
            remedy=msg("Importer en ny versjon; den legger seg øverst."),
        )
    if before[-1].version != version:
        raise InputError(
            "data.beneath",
            msg("Versjonen «{version}» ligger under «{newest}».", version=version, newest=before[-1].version),
            place=dataset,
            remedy=msg("Fjern den nyeste først: den har med seg tallene i de eldre."),
        )
    folder, left_over = found.path.parent, [one for one in before[:-1] if one.version != EMBEDDED]
    if left_over:
        _write_manifest(folder, left_over)
    else:
        (folder / MANIFEST).unlink(missing_ok=True)
    found.path.unlink(missing_ok=True)
    (folder / f"{version}{RECORD}").unlink(missing_ok=True)
    if not left_over and not any(folder.iterdir()):
        folder.rmdir()
    left = {name: versions for name, versions in store.versions.items() if name != dataset or before[:-1]}
    return Store({**left, dataset: before[:-1]} if before[:-1] else left, store.data_dir)


def _write_manifest(folder: Path, versions: Sequence[Dataset]) -> None:
    imported = [_entry(one) for one in versions if one.version != EMBEDDED]
    text = json.dumps({"schema": SCHEMA, "versions": imported}, ensure_ascii=False, indent=2) + "\n"
    write_whole(folder / MANIFEST, text.encode())


def _entry(dataset: Dataset) -> dict[str, object]:
    return {
        "id": dataset.id,
        "version": dataset.version,
        "file": dataset.path.name,
        "title": dict(dataset.titles),
        "agency": dataset.agency,
        "table": dataset.table,
        "licence": dataset.licence,
        "period": dataset.period,
        "unit": dataset.unit,
        "retrieved": dataset.retrieved.isoformat(),
        "remark": dataset.remark,
        "sha256": dataset.sha256,
        "rows": dataset.rows,
        "checks": list(dataset.checks),
        "suppress_below": dataset.suppress_below,
        "suppressed_measures": list(dataset.suppressed_measures),
        "smallest_base": dataset.smallest_base,
        "base": dataset.base,
    }


def problems_of(store: Store, dataset: Dataset) -> list[Problem]:
    """Return what is wrong with a stored data set: missing file, changed bytes, lost rows, or another sum."""
    import polars as pl

    place = f"{dataset.id} ({dataset.version})"
    if not dataset.path.is_file():
        return [Problem("data.file", msg("Filen mangler."), place)]
    if hashlib.sha256(dataset.path.read_bytes()).hexdigest() != dataset.sha256:
        return [Problem("data.checksum", msg("Innholdet er endret (sjekksummen stemmer ikke)."), place)]
    frame = store.frame(dataset.id, dataset.version)
    problems = []
    if dataset.base and dataset.base not in {one.sha256 for one in store.versions[dataset.id]}:
        what = msg("Versjonen bygger på eldre tall enn dem som nå følger med Fotfeste, og dekker over dem.")
        remedy = msg("Fjern versjonen (fotfeste data remove) og importer filene på nytt.")
        problems.append(Problem("data.base", what, place, remedy))
    if frame.height != dataset.rows:
        what = nmsg(
            "{count} rad, ventet {rows}.", "{count} rader, ventet {rows}.", frame.height, rows=dataset.rows
        )
        problems.append(Problem("data.rows", what, place))
    for check in dataset.sums():
        chosen = frame.filter(
            pl.col("year") == check.year,
            *(pl.col(column).cast(pl.String) == value for column, value in check.where),
        )
        found = int(chosen["value"].sum())
        if found != check.number:
            what = msg(
                "Summen for {year} er {found}, publisert {number}.",
                year=str(check.year),
                found=found,
                number=check.number,
            )
            problems.append(Problem("data.sum", what, place))
    return problems
