"""Figures as data: every data set and every indicator as files that say the same, and a catalogue of them.

One table model (:class:`PublishedTable`) is made after disclosure control; JSON-stat 2, CSV, XLSX and Parquet are written
from it, and the catalogue (DCAT-AP-NO) describes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.statistics.publishing.datasets import dataset_described, dataset_table
    from fotfeste.statistics.publishing.indicators import (
        PlaceFigure,
        indicator_described,
        indicator_table,
        series_described,
        series_table,
    )
    from fotfeste.statistics.publishing.values import (
        ENDINGS,
        MEDIA_TYPES,
        Described,
        PublishedTable,
        file_name,
        formats_of,
    )
    from fotfeste.statistics.publishing.writing import csv_metadata, written

__all__ = [
    "ENDINGS",
    "MEDIA_TYPES",
    "Described",
    "PlaceFigure",
    "PublishedTable",
    "csv_metadata",
    "dataset_described",
    "dataset_table",
    "file_name",
    "formats_of",
    "indicator_described",
    "indicator_table",
    "series_described",
    "series_table",
    "written",
]

_PLACES = {
    "dataset_described": "datasets",
    "dataset_table": "datasets",
    "PlaceFigure": "indicators",
    "indicator_described": "indicators",
    "indicator_table": "indicators",
    "series_described": "indicators",
    "series_table": "indicators",
    "ENDINGS": "values",
    "MEDIA_TYPES": "values",
    "Described": "values",
    "PublishedTable": "values",
    "file_name": "values",
    "formats_of": "values",
    "csv_metadata": "writing",
    "written": "writing",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
