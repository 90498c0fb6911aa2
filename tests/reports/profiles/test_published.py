"""What is given out as data: nothing that is hidden, nothing of the county's own without leave, and old figures as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.daily import LONG_RUN, every_nth
from tests.reports.profiles.test_hidden import CHANGED, otherwise

from fotfeste.errors import DataMissing, InputError
from fotfeste.messages import Language
from fotfeste.reports.profiles import Knowledge, open_knowledge
from fotfeste.reports.profiles.published import (
    described_indicator,
    described_series,
    open_dataset,
    open_datasets,
    published_dataset,
    published_indicator,
    published_series,
)
from fotfeste.statistics import Dataset, open_store
from fotfeste.statistics.publishing import ENDINGS, PublishedTable, written
from fotfeste.statistics.store import add_version

TODAY = date(2026, 11, 21)
assert otherwise


def of_data(version: str) -> str:
    """The checksum in a version, without the name."""
    return version.rpartition("-")[2]


def content(table: PublishedTable, name: str) -> PublishedTable:
    """The table as if its versions had the same name, which is all that may differ."""
    about = table.about
    sources = tuple(replace(one, version=name) for one in about.sources)
    return replace(table, about=replace(about, version=of_data(about.version), sources=sources, former=()))


def test_no_file_and_no_version_depends_on_what_is_hidden(
    knowledge: Knowledge,
    otherwise: tuple[Knowledge, set[str]],
    words: Language,
) -> None:
    other, _ = otherwise
    for name in ("settled_2023", "refugee_residence", "settlement"):
        assert name in CHANGED
        one, two = (content(published_dataset(known, name), "v") for known in (knowledge, other))
        assert one.rows.equals(two.rows)
        assert one.about.version == two.about.version
    small = [content(published_dataset(known, "settled_2023"), "v") for known in (knowledge, other)]
    for ending in ENDINGS:
        assert written(small[0], ending, words) == written(small[1], ending, words)
    for name in ("settled_per_1000_3y", "refugee_share", "settled_max_10y"):
        one, two = (published_indicator(known, name) for known in (knowledge, other))
        assert one.rows.equals(two.rows)


def test_no_year_of_a_series_depends_on_what_is_hidden(
    knowledge: Knowledge,
    otherwise: tuple[Knowledge, set[str]],
) -> None:
    other, _ = otherwise
    for name in ("settled_1y", "refugee_share"):
        one, two = (published_series(known, name).rows for known in (knowledge, other))
        assert one.equals(two), name


def own(licence: str, version: str = "2027-01-15") -> Dataset:
    titles = {"nb": "Ledige boliger", "nn": "Ledige bustader", "en": "Vacant dwellings"}
    return Dataset(
        id="vacant_dwellings", path=Path(), titles=titles, agency="Eksempel fylkeskommune", table="Egen telling",
        licence=licence, period="2026", unit="dwellings", retrieved=date(2027, 1, 15), remark="", sha256="", rows=0,
        version=version, suppress_below=5,
    )  # fmt: skip


def table(*values: int) -> pl.DataFrame:
    """Counts of the county's own in municipalities, and their sum."""
    rows = [*zip(("4001", "4003", "4005", "4012"), values, strict=True), ("40", sum(values))]
    return pl.DataFrame(
        [(code, 2026, value, "", value, value) for code, value in rows],
        schema={
            "code": pl.String,
            "year": pl.Int16,
            "value": pl.Int32,
            "mark": pl.String,
            "low": pl.Int32,
            "high": pl.Int32,
        },
        orient="row",
    )


@pytest.mark.parametrize(
    ("licence", "given"), every_nth(3, [("Internt bruk", False), ("NLOD 2.0", True), ("", False)])
)
def test_a_table_of_the_county_s_own_goes_out_only_with_an_open_licence(
    tmp_path: Path, licence: str, given: bool
) -> None:
    add_version(open_store(tmp_path), own(licence), table(3, 20, 30, 40))
    known = open_knowledge(tmp_path, TODAY)
    assert ("vacant_dwellings" in {one.id for one in open_datasets(known)}) == given
    if given:
        rows = {row["code"]: row for row in published_dataset(known, "vacant_dwellings").rows.to_dicts()}
        assert (rows["4001"]["value"], rows["4001"]["mark"]) == (None, "suppressed")
        shown = [code for code, row in rows.items() if row["value"] is not None]
        assert not {"40", "4003", "4005", "4012"} <= set(shown), "the rest and the sum would give it away"
    else:
        with pytest.raises(DataMissing) as refused:
            open_dataset(known, "vacant_dwellings")
        assert refused.value.code == "data.unknown"


@LONG_RUN
def test_of_a_table_of_the_county_s_own_only_the_newest_version_is_given_out(tmp_path: Path) -> None:
    """The first was stored without a limit; the second hides what it showed."""
    first = add_version(
        open_store(tmp_path), replace(own("NLOD 2.0"), suppress_below=0), table(3, 20, 30, 40)
    )
    old = open_dataset(open_knowledge(tmp_path, TODAY), "vacant_dwellings")
    add_version(first, own("NLOD 2.0", "2027-02-15"), table(3, 20, 30, 40))
    known = open_knowledge(tmp_path, TODAY)
    assert open_dataset(known, "vacant_dwellings").former == ()
    for version in (old.version, "2027-01-15"):
        with pytest.raises(DataMissing) as refused:
            published_dataset(known, "vacant_dwellings", version)
        assert refused.value.code == "data.version"
    newest = open_dataset(known, "vacant_dwellings").version
    assert published_dataset(known, "vacant_dwellings", newest).about.version == newest


@LONG_RUN
def test_a_table_that_nothing_protects_is_refused_alone(tmp_path: Path) -> None:
    """Counts below zero cannot be protected; that is told of this table, and all others are given out."""
    add_version(open_store(tmp_path), own("NLOD 2.0"), table(3, -20, 30, 40))
    known = open_knowledge(tmp_path, TODAY)
    assert len(open_datasets(known)) == len(known.store.catalogue())
    with pytest.raises(InputError) as refused:
        published_dataset(known, "vacant_dwellings")
    assert refused.value.code == "table.counts"


@LONG_RUN
def test_the_version_of_a_table_tells_nothing_of_its_hidden_number(tmp_path: Path) -> None:
    versions = set()
    for small in (1, 2, 3, 4):
        folder = tmp_path / str(small)
        add_version(open_store(folder), own("NLOD 2.0"), table(small, 24 - small, 30, 40))
        known = open_knowledge(folder, TODAY)
        about = open_dataset(known, "vacant_dwellings")
        if (
            published_dataset(known, "vacant_dwellings").rows.filter(pl.col("code") == "4003")["value"][0]
            is None
        ):
            versions.add((about.version, known.fingerprint))
    assert len(versions) == 1


@LONG_RUN
def test_figures_that_are_replaced_are_still_found_by_their_version(tmp_path: Path, words: Language) -> None:
    before = open_knowledge(None, TODAY)
    old = open_dataset(before, "settled_2023")
    store = open_store(tmp_path)
    frame = store.frame("settled_2023").with_columns(
        pl.when(pl.col("code") == "0301").then(pl.col(one) + 1).otherwise(one).alias(one)
        for one in ("value", "low", "high")
    )
    add_version(store, replace(store.dataset("settled_2023"), version="2027-01-15", base=""), frame)
    known = open_knowledge(tmp_path, TODAY)
    new = open_dataset(known, "settled_2023")
    assert new.version != old.version
    assert new.former == (old.version,)
    for ending in ENDINGS:
        then = written(published_dataset(before, "settled_2023"), ending, words)
        now = published_dataset(known, "settled_2023", old.version)
        assert written(replace(now, about=replace(now.about, former=())), ending, words) == then
        assert written(published_dataset(known, "settled_2023"), ending, words) != then
    asked = described_indicator(before, "settled_per_1000_3y").version
    assert described_indicator(known, "settled_per_1000_3y").version != asked
    with pytest.raises(DataMissing) as refused:
        published_indicator(known, "settled_per_1000_3y", asked)
    assert refused.value.code == "data.version"


def test_every_series_that_is_declared_is_given_out(knowledge: Knowledge) -> None:
    found = [one for one in knowledge.indicator_ids if described_series(knowledge, one) is not None]
    assert {"population", "immigrant_share", "settled_1y"} <= set(found)
    about = described_series(knowledge, "immigrant_share")
    assert about is not None
    years = published_series(knowledge, "immigrant_share").rows["year"]
    assert about.period == f"{years.min()}–{years.max()}"
