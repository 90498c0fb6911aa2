"""A prepared version laid aside until somebody has looked at it: kept as it was shown, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import msg
from fotfeste.statistics.store import MANIFEST, Store, open_store, read_manifest
from fotfeste.statistics.tables_declared.values import DeclaredTable
from fotfeste.statistics.updating.alone import alone_in
from fotfeste.statistics.updating.changes import Changes
from fotfeste.statistics.updating.keeping import Prepared, keep
from fotfeste.statistics.updating.record import read_record, record_path

PATIENCE = 20
"""Seconds that an approved version waits for another that is being stored."""


def newest_of(store: Store, dataset: str) -> str:
    """Return what tells the newest version of a data set from every other: its name and checksum; empty where there is none."""
    if dataset not in store.versions:
        return ""
    newest = store.dataset(dataset)
    return f"{newest.version}:{newest.sha256}"


def stage(folder: Path, prepared: Prepared) -> None:
    """Lay a prepared version aside in a folder of its own; what lay there before is removed."""
    shutil.rmtree(folder / prepared.described.id, ignore_errors=True)
    keep(Store({}, folder), prepared)


def keep_staged(data_dir: Path, folder: Path, table: DeclaredTable, stood: str) -> Store:
    """Keep a version that was laid aside, on top of the one that ``stood`` when it was prepared; doing it twice is doing it once.

    Raises :class:`InputError` when another version has come meanwhile, so that what was shown no longer holds,
    :class:`DataMissing` when nothing lies in ``folder``, and :class:`~fotfeste.errors.OutputError` when others do not let go of
    ``data_dir``.
    """
    manifest = folder / table.feeds / MANIFEST
    if not manifest.is_file():
        raise DataMissing(
            "update.not_staged",
            msg("Tallene som ble klargjort, er borte."),
            place=table.id,
            remedy=msg("Hent dem på nytt."),
        )
    described = read_manifest(manifest)[-1]
    record = read_record(record_path(folder / table.feeds, described.version))
    with alone_in(data_dir, PATIENCE):
        store = open_store(data_dir)
        known = store.versions.get(table.feeds, ())
        if any((one.version, one.sha256) == (described.version, described.sha256) for one in known):
            return store
        if newest_of(store, table.feeds) != stood or record is None:
            raise InputError(
                "update.moved_on",
                msg(
                    "Det har kommet andre tall i «{dataset}» etter at disse ble klargjort.",
                    dataset=table.feeds,
                ),
                place=table.id,
                remedy=msg("Hent dem på nytt, og se på endringene."),
            )
        frame = Store({table.feeds: (described,)}).frame(table.feeds)
        years = tuple(sorted(frame["year"].unique().to_list()))
        return keep(store, Prepared(table, frame, described, Changes(), record, (), years))
