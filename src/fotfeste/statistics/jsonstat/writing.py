"""Write JSON-stat 2: from rows to a table, and from a table to bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.dimensions import ROLES
from fotfeste.statistics.jsonstat.faults import fault
from fotfeste.statistics.jsonstat.table import Dimension, JsonStat, Unit

if TYPE_CHECKING:
    import polars as pl

CORRECT_ROWS = msg("Rett radene som tabellen skal lages av.")
WHOLE = 2.0**53
"""Whole numbers below this are written without decimals."""


def tabulate(
    frame: pl.DataFrame,
    dimensions: Sequence[Dimension],
    *,
    label: str,
    source: str = "",
    updated: datetime | None = None,
    note: Sequence[str] = (),
    extension: Mapping[str, object] | None = None,
    value: str = "value",
    status: str = "status",
) -> JsonStat:
    """Return a table of rows: one row a cell, with a column of codes for each dimension and a column of values.

    Rows may come in any order, and cells without a row are empty. The column of status marks may be left out; an empty
    mark is no mark. ``updated`` must have a time zone. Raises :class:`InputError` for a code that its dimension does not
    have, two rows for one cell, a column that is not there and a value that is no number.
    """
    import polars as pl

    if updated is not None and updated.tzinfo is None:
        raise ValueError("the time of an update must have a time zone")
    _columns_there(frame, [*(one.id for one in dimensions), value])
    cells = pl.Series([0], dtype=pl.UInt64).new_from_index(0, frame.height)
    for one in dimensions:
        cells = cells * len(one.codes) + _positions(frame[one.id], one)
    twice = cells.is_duplicated()
    if twice.any():
        row = frame.row(twice.arg_true()[0], named=True)
        place = ", ".join(f"{one.id}={row[one.id]}" for one in dimensions)
        raise fault("jsonstat.double", msg("To rader gjelder samme celle."), place, CORRECT_ROWS)
    table = JsonStat(
        label=label,
        source=source,
        updated=updated,
        dimensions=tuple(dimensions),
        note=tuple(note),
        extension=extension or {},
        updated_text="" if updated is None else _utc(updated),
        values=pl.Series("value", dtype=pl.Float64),
        status=pl.Series("status", dtype=pl.String),
    )
    marks = frame[status] if status in frame.columns else None
    return table.with_cells(
        _placed(cells, _numbers(frame[value]), table.size),
        _placed(cells, _no_empty_texts(marks), table.size)
        if marks is not None
        else pl.Series([None], dtype=pl.String).new_from_index(0, table.size),
    )


def encode(table: JsonStat) -> bytes:
    """Return a table in JSON-stat 2, with the same bytes for the same table; :func:`decode` gives it back.

    Values are written one for each cell, or only where there is one, whichever is shorter; so are status marks, and a
    mark that all cells have is written once. Source: https://json-stat.org/full/ (version 2.0).
    """
    roles = {role: [one.id for one in table.with_role(role)] for role in ROLES}
    content: dict[str, object] = {
        "version": "2.0",
        "class": "dataset",
        "label": table.label,
        "source": table.source,
        "updated": table.updated_text or (table.updated and _utc(table.updated)),
        "note": table.note,
        "role": {role: ids for role, ids in roles.items() if ids},
        "id": [one.id for one in table.dimensions],
        "size": table.shape,
        "dimension": {one.id: _dimension(one) for one in table.dimensions},
        "extension": table.extension,
    }
    needed = {"id", "size", "dimension"}
    content = {name: part for name, part in content.items() if part or name in needed}
    content["value"] = _values(table.values)
    status = _status(table.status)
    if status is not None:
        content["status"] = status
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace")


def _columns_there(frame: pl.DataFrame, needed: Sequence[str]) -> None:
    for name in needed:
        if name not in frame.columns:
            raise fault(
                "jsonstat.column",
                msg("Radene mangler kolonnen «{name}».", name=name),
                None,
                msg("Kolonnene er: {found}.", found=", ".join(frame.columns)),
            )


def _positions(column: pl.Series, dimension: Dimension) -> pl.Series:
    import polars as pl

    codes = column.cast(pl.String)
    places = codes.replace_strict(
        list(dimension.codes), list(range(len(dimension.codes))), default=None, return_dtype=pl.UInt64
    )
    if places.null_count():
        code = codes[places.is_null().arg_true()[0]]
        raise fault(
            "jsonstat.code",
            msg("Dimensjonen har ingen kategori «{code}».", code=str(code)),
            dimension.id,
            CORRECT_ROWS,
        )
    return places


def _numbers(column: pl.Series) -> pl.Series:
    import polars as pl

    if not column.dtype.is_numeric() and column.dtype != pl.Null:
        raise fault("jsonstat.number", msg("Verdiene er ikke tall."), column.name, CORRECT_ROWS)
    numbers = column.cast(pl.Float64)
    if not numbers.is_finite().all():
        raise fault(
            "jsonstat.number", msg("En av verdiene er ikke et endelig tall."), column.name, CORRECT_ROWS
        )
    return numbers


def _no_empty_texts(column: pl.Series) -> pl.Series:
    import polars as pl

    texts = column.cast(pl.String)
    return texts.set(texts == "", None)


def _placed(cells: pl.Series, found: pl.Series, size: int) -> pl.Series:
    import polars as pl

    empty = pl.Series([None], dtype=found.dtype).new_from_index(0, size)
    return empty.scatter(cells, found) if len(cells) else empty


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _dimension(one: Dimension) -> Mapping[str, object]:
    category: dict[str, object] = {
        "index": {code: place for place, code in enumerate(one.codes)},
        "label": {code: one.labels[code] for code in one.codes},
        "unit": {code: _unit(unit) for code, unit in one.units.items()},
        "note": one.notes,
        "child": one.children,
        "coordinates": one.coordinates,
    }
    whole = {
        "label": one.label,
        "note": one.note,
        "category": {name: part for name, part in category.items() if part or name in ("index", "label")},
        "extension": one.extension,
    }
    return {name: part for name, part in whole.items() if part}


def _unit(unit: Unit) -> Mapping[str, object]:
    said: dict[str, object] = {"base": unit.base} if unit.base else {}
    if unit.decimals is not None:
        said["decimals"] = unit.decimals
    return {**said, **unit.more}


def _values(values: pl.Series) -> object:
    written = [
        int(one) if one is not None and one.is_integer() and abs(one) < WHOLE else one
        for one in values.to_list()
    ]
    filled = values.is_not_null().arg_true()
    # A cell that is left out saves «null,»; one that is not costs its number, two quotation marks and a colon.
    if 5 * values.null_count() <= 3 * len(filled) + _digits(filled):
        return written
    return {str(at): written[at] for at in filled}


def _digits(cells: pl.Series) -> int:
    """Return how many digits these numbers have together."""
    count, over = len(cells), 10
    while over <= (int(cells[-1]) if len(cells) else 0):
        count += len(cells) - int(cells.search_sorted(over))
        over *= 10
    return count


def _status(status: pl.Series) -> object:
    """Return marks as the format allows: none, one for all, a list for all cells, or an object with some."""
    marked = status.is_not_null().arg_true()
    if not len(marked):
        return None
    if len(marked) < len(status):
        return dict(zip(map(str, marked), status.gather(marked), strict=True))
    return status[0] if status.n_unique() == 1 else status.to_list()
