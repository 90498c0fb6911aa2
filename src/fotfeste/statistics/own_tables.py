"""Tables of the county's own: whatever is made of them is made of what they may show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fotfeste.errors import FotfesteError
from fotfeste.statistics.catalogue import Dataset
from fotfeste.statistics.disclosure_control.rows import protect_rows, published_by_agency
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.store import Store

if TYPE_CHECKING:
    import polars as pl

KEPT = 8
"""Tables that are kept protected, since hiding takes longer than reading."""


def is_own(dataset: Dataset) -> bool:
    """Whether a data set hides small counts and no agency publishes it: then sums must not give them away."""
    return dataset.suppress_below > 0 and not published_by_agency(dataset.agency)


def protected(store: Store, dataset: Dataset) -> pl.DataFrame:
    """Return the rows of a data set as they may be shown all together.

    Raises :class:`~fotfeste.errors.FotfesteError` where nothing protects its small counts, or its file is gone.
    """
    store.scan(dataset.id, dataset.version)
    return _protected(dataset.path, dataset.sha256, dataset.suppress_below, dataset.suppressed_measures)


@lru_cache(maxsize=KEPT)
def _protected(path: Path, checksum: str, below: int, measures: tuple[str, ...]) -> pl.DataFrame:
    import polars as pl

    del checksum
    return protect_rows(pl.read_parquet(path), below, measures)


@dataclass(frozen=True)
class ShownStore(Store):
    """A store in which tables of the county's own say no more than they may show.

    Otherwise an indicator of all and one of men would give away the women that the table hides. A table that nothing protects
    says nothing.
    """

    def scan(self, dataset: str, version: str | None = None) -> pl.LazyFrame:
        """Return a data set to be read lazily; one of the county's own with all that it hides hidden."""
        import polars as pl

        found, rows = self.dataset(dataset, version), super().scan(dataset, version)
        if not is_own(found) or "mark" not in rows.collect_schema().names():
            return rows
        try:
            return protected(Store(self.versions, self.data_dir), found).lazy()
        except FotfesteError:
            nothing = {
                name: pl.lit(None).cast(rows.collect_schema()[name]) for name in ("value", "low", "high")
            }
            return rows.with_columns(**nothing, mark=pl.lit(Mark.SUPPRESSED.value))


def shown_store(store: Store) -> ShownStore:
    """Return the store that indicators are made from."""
    return ShownStore(store.versions, store.data_dir)
