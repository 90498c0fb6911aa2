"""Read the cells of a table: values and status marks, written one for each cell or only where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.faults import fault
from fotfeste.statistics.jsonstat.table import Description

if TYPE_CHECKING:
    import polars as pl

NUMBERS = {int, float, type(None)}


def read_values(written: object, description: Description) -> pl.Series:
    """Return the values of all cells as ``Float64``, null where there is none."""
    import polars as pl

    if written is None:
        raise fault("jsonstat.value", msg("Tabellen har ingen verdier."), "value")
    if isinstance(written, Mapping):
        _only_numbers(tuple(written.values()), tuple(written), description)
        found = _placed(written, description, "value", pl.Float64)
    elif isinstance(written, list | tuple):
        _of_size(written, description, "value")
        _only_numbers(written, None, description)
        found = pl.Series("value", written, dtype=pl.Float64, strict=False)
    else:
        raise fault("jsonstat.part", msg("Her skal det stå en liste eller et objekt i JSON."), "value")
    endless = found.is_infinite() | found.is_nan()
    if endless.any():
        at = endless.arg_max() or 0
        raise fault(
            "jsonstat.number", msg("Tallet er for stort til å leses."), cell(description, "value", at)
        )
    return found


def read_status(written: object, description: Description) -> pl.Series:
    """Return the marks of all cells as text, null where there is none.

    They are a list with one for each cell, a list of one or a text that holds for all, or an object with some.
    """
    import polars as pl

    if isinstance(written, list | tuple) and len(written) == 1 and isinstance(written[0], str):
        written = written[0]
    if written is None:
        return pl.Series("status", [None], dtype=pl.String).new_from_index(0, description.size)
    if isinstance(written, str):
        return pl.Series("status", [written], dtype=pl.String).new_from_index(0, description.size)
    if isinstance(written, Mapping):
        _only_texts(tuple(written.values()))
        return _placed(written, description, "status", pl.String)
    if not isinstance(written, list | tuple):
        raise fault(
            "jsonstat.part", msg("Her skal det stå tekst, en liste eller et objekt i JSON."), "status"
        )
    _of_size(written, description, "status")
    _only_texts(written)
    return pl.Series("status", written, dtype=pl.String)


def cell(description: Description, part: str, at: int) -> str:
    """Return where a cell is: its number, and its code in every dimension."""
    codes = []
    for one in reversed(description.dimensions):
        at, here = divmod(at, len(one.codes))
        codes.append(f"{one.id}={one.codes[here]}")
    return f"{part} ({', '.join(reversed(codes))})"


def _of_size(written: Sequence[object], description: Description, part: str) -> None:
    if len(written) != description.size:
        raise fault(
            "jsonstat.size",
            msg(
                "Tabellen skal ha {size} celler, men har {found}.",
                size=description.size,
                found=len(written),
            ),
            part,
        )


def _only_numbers(written: Sequence[object], keys: Sequence[str] | None, description: Description) -> None:
    if set(map(type, written)) <= NUMBERS:
        return
    at = next(at for at, one in enumerate(written) if type(one) not in NUMBERS)
    place = f"value.{keys[at]}" if keys is not None else cell(description, "value", at)
    raise fault("jsonstat.number", msg("Verdien «{text}» er ikke et tall.", text=str(written[at])), place)


def _only_texts(written: Sequence[object]) -> None:
    for kind in set(map(type, written)) - {str, type(None)}:
        one = next(one for one in written if type(one) is kind)
        raise fault("jsonstat.status", msg("Statusen «{text}» er ikke tekst.", text=str(one)), "status")


def _placed(
    written: Mapping[str, object], description: Description, part: str, kind: type[pl.DataType]
) -> pl.Series:
    """Return all cells, from an object that has those with something in them by their number."""
    import polars as pl

    keys = pl.Series(list(written), dtype=pl.String)
    places = keys.cast(pl.UInt32, strict=False)
    wrong = places.is_null() | (places >= description.size)
    if wrong.any():
        raise fault(
            "jsonstat.place",
            msg(
                "Tabellen har {size} celler, nummerert fra 0. Det finnes ingen celle «{key}».",
                size=description.size,
                key=str(keys[wrong.arg_max() or 0]),
            ),
            part,
        )
    if places.n_unique() < len(places):
        twice = places.filter(places.is_duplicated())[0]
        raise fault("jsonstat.double", msg("«{code}» står to ganger.", code=str(twice)), part)
    empty = pl.Series(part, [None], dtype=kind).new_from_index(0, description.size)
    found = pl.Series(list(written.values()), dtype=kind, strict=False)
    return empty.scatter(places, found) if len(found) else empty
