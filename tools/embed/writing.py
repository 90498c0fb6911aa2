"""Write the embedded data set so that the same input gives the same bytes.

Rows are sorted, columns keep their order, compression and row groups are fixed and no time stands in the file.
The bytes also depend on the version of Polars that writes them (Polars 2.1 wrote the committed files).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.files import write_whole

ROW_GROUP = 1 << 20


@dataclass(frozen=True, slots=True)
class Description:
    """What the catalogue says of a data set; texts in three languages have the keys ``nb``, ``nn`` and ``en``.

    ``suppress_below`` is the number under which a count is never shown (only the ``suppressed_measures`` when they
    are named: what is asked for and decided is no one's secret); ``smallest_base`` is the population under
    which a rate on it is not shown. Zero means that the data set has no such limit.
    """

    id: str
    title: Mapping[str, str]
    agency: str
    table: str
    licence: str
    period: str
    unit: str
    retrieved: date
    remark: str = ""
    checks: Sequence[str] = ()
    suppress_below: int = 0
    suppressed_measures: Sequence[str] = ()
    smallest_base: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """One written data set: its description, the file (relative to its catalogue), rows and SHA-256."""

    description: Description
    file: str
    rows: int
    sha256: str


def write_parquet(frame: pl.DataFrame, folder: Path, name: str, description: Description) -> Written:
    """Write ``frame``, sorted by all its columns from the left, as ``folder/name`` and tell what was written."""
    keys = [column for column, kind in frame.schema.items() if not kind.is_nested()]
    stream = io.BytesIO()
    frame.sort(keys, maintain_order=True, nulls_last=True).write_parquet(
        stream, compression="zstd", compression_level=9, statistics=True, row_group_size=ROW_GROUP
    )
    content = stream.getvalue()
    write_whole(folder / name, content)
    return Written(description, name, frame.height, hashlib.sha256(content).hexdigest())


def write_catalogue(folder: Path, written: Sequence[Written]) -> Path:
    """Write ``folder/catalogue.toml`` with one ``[[dataset]]`` for each data set, ordered by id."""
    parts = ["# Written by tools/build_data.py. Do not edit.\nschema = 1\n"]
    for one in sorted(written, key=lambda item: item.description.id):
        about = one.description
        lines = [
            "[[dataset]]",
            f"id = {_quoted(about.id)}",
            f"file = {_quoted(one.file)}",
            *(f"title.{locale} = {_quoted(about.title[locale])}" for locale in ("nb", "nn", "en")),
            f"agency = {_quoted(about.agency)}",
            f"table = {_quoted(about.table)}",
            f"licence = {_quoted(about.licence)}",
            f"period = {_quoted(about.period)}",
            f"unit = {_quoted(about.unit)}",
            f"retrieved = {about.retrieved.isoformat()}",
            f"remark = {_quoted(about.remark)}",
            f"sha256 = {_quoted(one.sha256)}",
            f"rows = {one.rows}",
            *([f"suppress_below = {about.suppress_below}"] if about.suppress_below else []),
            *(
                [
                    "suppressed_measures = ["
                    + ", ".join(_quoted(name) for name in about.suppressed_measures)
                    + "]"
                ]
                if about.suppressed_measures
                else []
            ),
            *([f"smallest_base = {about.smallest_base}"] if about.smallest_base else []),
            "checks = [",
            *(f"  {_quoted(check)}," for check in about.checks),
            "]",
        ]
        parts.append("\n".join(lines) + "\n")
    path = folder / "catalogue.toml"
    write_whole(path, "\n".join(parts).encode())
    return path


def _quoted(text: str) -> str:
    if any(ord(sign) < 32 for sign in text):
        raise ValueError(f"catalogue texts stand on one line: {text!r}")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
