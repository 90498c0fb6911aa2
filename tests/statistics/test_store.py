"""The store: embedded data, versions on top, and nothing half written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import fotfeste.statistics.store as store_module
from fotfeste.errors import DataMissing, InputError, OutputError
from fotfeste.statistics import Dataset, open_store
from fotfeste.statistics.catalogue import read_catalogue
from fotfeste.statistics.store import add_version, problems_of

TABLE = pl.DataFrame({"code": ["4001", "4003"], "year": [2025, 2025], "value": [3, 4]})


def described(version: str = "2027-01-15", dataset: str = "dwellings") -> Dataset:
    titles = {"nb": "Ledige boliger", "nn": "Ledige bustader", "en": "Vacant dwellings"}
    return Dataset(
        id=dataset, path=Path(), titles=titles, agency="Fylket", table="Egen telling", licence="NLOD 2.0", period="2025",
        unit="dwellings", retrieved=date(2027, 1, 15), remark="", sha256="", rows=0, version=version,
        checks=("sum(2025) = 7",),
    )  # fmt: skip


def test_every_embedded_data_set_is_whole_and_reproduces_its_published_sums() -> None:
    store = open_store()
    assert len(store.catalogue()) >= 15
    assert [problem for one in store.catalogue() for problem in problems_of(store, one)] == []
    assert sum(len(one.sums()) for one in store.catalogue()) >= 15


def test_every_embedded_data_set_says_where_it_comes_from() -> None:
    for one in open_store().catalogue():
        assert set(one.titles) == {"nb", "nn", "en"}
        assert all([one.agency, one.table, one.licence, one.period, one.unit, *one.titles.values()])
        assert one.source.dataset == one.id


def test_the_embedded_data_take_less_than_ten_megabytes() -> None:
    assert sum(one.path.stat().st_size for one in open_store().catalogue()) < 10_000_000


def test_an_import_is_a_new_version_and_the_old_can_be_asked_for(tmp_path: Path) -> None:
    first = add_version(open_store(tmp_path), described(), TABLE)
    add_version(first, described("2027-06-01"), TABLE.with_columns(value=pl.col("value") * 2))
    store = open_store(tmp_path)
    assert store.frame("dwellings")["value"].to_list() == [6, 8]
    assert store.frame("dwellings", "2027-01-15")["value"].to_list() == [3, 4]
    assert store.source("dwellings").version == "2027-06-01"
    assert [one.version for one in store.versions["dwellings"]] == ["2027-01-15", "2027-06-01"]


def test_an_imported_version_lies_on_top_of_the_embedded_one(tmp_path: Path) -> None:
    add_version(open_store(tmp_path), described("ny", "need_index"), TABLE)
    store = open_store(tmp_path)
    assert store.dataset("need_index").version == "ny"
    assert store.dataset("need_index", "innebygd").rows == 714
    assert open_store().dataset("need_index").version == "innebygd"


def test_a_version_never_changes(tmp_path: Path) -> None:
    store = add_version(open_store(tmp_path), described(), TABLE)
    assert add_version(store, described(), TABLE) is store
    with pytest.raises(InputError) as caught:
        add_version(store, described(), TABLE.head(1))
    assert caught.value.code == "data.version"
    assert open_store(tmp_path).frame("dwellings").height == 2


def test_an_import_that_cannot_be_finished_leaves_the_old_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = add_version(open_store(tmp_path), described(), TABLE)
    real = store_module.write_whole

    def stops_before_the_manifest(path: Path, content: bytes) -> None:
        if path.name == "manifest.json":
            raise OutputError("file.unwritable", store_module.msg("Disken er full."))
        real(path, content)

    monkeypatch.setattr(store_module, "write_whole", stops_before_the_manifest)
    with pytest.raises(OutputError):
        add_version(store, described("2027-06-01"), TABLE.head(1))
    left = open_store(tmp_path)
    assert [one.version for one in left.versions["dwellings"]] == ["2027-01-15"]
    assert problems_of(left, left.dataset("dwellings")) == []


def test_changed_bytes_lost_files_and_other_sums_are_found(tmp_path: Path) -> None:
    store = add_version(open_store(tmp_path), described(), TABLE)
    one = store.dataset("dwellings")
    assert [p.code for p in problems_of(store, replace(one, rows=3, checks=("sum(2025) = 8",)))] == [
        "data.rows",
        "data.sum",
    ]
    one.path.write_bytes(one.path.read_bytes() + b"x")
    assert [p.code for p in problems_of(store, one)] == ["data.checksum"]
    one.path.unlink()
    assert [p.code for p in problems_of(store, one)] == ["data.file"]
    with pytest.raises(DataMissing):
        store.frame("dwellings")


def test_an_unknown_data_set_or_version_is_refused_with_those_there_are() -> None:
    with pytest.raises(DataMissing, match=r"settlement"):
        open_store().dataset("setlement")
    with pytest.raises(DataMissing, match=r"innebygd"):
        open_store().frame("settlement", "2031")


@pytest.mark.parametrize(
    "content", ["{", '{"schema": 2, "versions": []}', '{"schema": 1, "versions": [{"id": "x"}]}']
)
def test_a_broken_manifest_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "dwellings").mkdir()
    (tmp_path / "dwellings" / "manifest.json").write_text(content)
    with pytest.raises(InputError) as caught:
        open_store(tmp_path)
    assert caught.value.code == "data.manifest"


def test_the_manifest_has_a_schema_number_and_a_checksum(tmp_path: Path) -> None:
    add_version(open_store(tmp_path), described(), TABLE)
    manifest = json.loads((tmp_path / "dwellings" / "manifest.json").read_text("utf-8"))
    assert manifest["schema"] == 1
    assert len(manifest["versions"][0]["sha256"]) == 64


def test_a_catalogue_of_another_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text("schema = 9\n")
    with pytest.raises(InputError):
        read_catalogue(path)


def test_a_store_without_a_folder_takes_no_imports() -> None:
    with pytest.raises(ValueError, match="folder"):
        add_version(open_store(), described(), TABLE)
