"""What is hidden stays hidden: no document or machine file changes when a hidden number is another one.

If two countries that differ only in hidden numbers give the same document, nothing can be worked out from it.
"""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
import pytest
from tests.reports.knowledge_base.conftest import TODAY, Place
from tests.reports.profiles.test_hidden import CHANGED, counted_alone

from fotfeste.reports.knowledge_base import gather, knowledge_base, machine_file
from fotfeste.reports.profiles import Knowledge, open_knowledge
from fotfeste.statistics import open_store
from fotfeste.statistics.store import add_version


@pytest.fixture(scope="module")
def otherwise(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The same country, but with every exact hidden count another hidden one."""
    folder = tmp_path_factory.mktemp("otherwise")
    store = open_store(folder)
    for name in CHANGED:
        frame = store.frame(name).with_row_index("row")
        chosen = pl.col("measure") == "settled" if "measure" in frame.columns else pl.lit(value=True)
        small = frame.filter(chosen, pl.col("mark") == "", pl.col("value") > 0, pl.col("value") < 5)
        small = small.filter(pl.col("low") == pl.col("high"))
        alone = counted_alone(knowledge.regions, set(frame.select("code", "code_year").iter_rows()))
        rows = [row["row"] for row in small.iter_rows(named=True) if (row["code"], row["code_year"]) in alone]
        turned = {
            column: pl.when(pl.col("row").is_in(rows)).then(5 - pl.col(column)).otherwise(column)
            for column in ("value", "low", "high")
        }
        changed = frame.with_columns(**turned).drop("row").cast(dict(store.frame(name).schema))  # type: ignore[arg-type]
        if rows:
            assert not changed.equals(store.frame(name)), name
        store = add_version(store, replace(store.dataset(name), version="annerledes"), changed)
    return open_knowledge(folder, TODAY)


@pytest.mark.parametrize("code", ["4028", "40"])
def test_no_document_and_no_machine_file_depends_on_what_is_hidden(
    place: Place, otherwise: Knowledge, code: str
) -> None:
    ours, theirs = place(code), gather(None, code, TODAY, knowledge=otherwise)
    one, two = (json.loads(machine_file(each)) for each in (ours, theirs))
    for key in ("figures", "trends", "findings", "missing"):
        assert one[key] == two[key], key
    documents = [knowledge_base(each, "nb") for each in (ours, theirs)]
    texts = [repr(each.blocks).replace("annerledes", "innebygd") for each in documents]
    assert texts[0] == texts[1]
