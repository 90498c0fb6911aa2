"""Read the cells of a table: values and status marks, written one for each cell or only where there is one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.answer import Members
from fotfeste.statistics.jsonstat.faults import fault
from fotfeste.statistics.jsonstat.table import Description

if TYPE_CHECKING:
    import polars as pl

NUMBERS = {int, float, type(None)}
TEXTS = {str, type(None)}
EXACT = 2**53
"""Whole numbers below this are the same as floating-point numbers; larger ones may not be."""


def read_values(written: object, description: Description) -> pl.Series:
    """Return the values of all cells as ``Float64``, null where there is none."""
    if written is None:
        raise fault("jsonstat.value", msg("Tabellen har ingen verdier."), "value")
    if isinstance(written, list | tuple):
        _of_size(written, description, "value")
        return _numbers(written, lambda at: cell_place(description, "value", at))
    if isinstance(written, Mapping | Members):
        return _placed(written, description, "value", _numbers)
    raise fault("jsonstat.part", msg("Her skal det stå en liste eller et objekt i JSON."), "value")


def read_status(written: object, description: Description) -> pl.Series:
    """Return the marks of all cells as text, null where there is none.

    They are a list with one for each cell, a text (or a list of one) that holds for all, or an object with some. An
    empty text is no mark.
    """
    if isinstance(written, list | tuple) and len(written) == 1:
        written = written[0]
    if written is None or isinstance(written, str):
        one = _marks([written], lambda _: "status")
        return one.new_from_index(0, description.size).alias("status")
    if isinstance(written, list | tuple):
        _of_size(written, description, "status")
        return _marks(written, lambda at: cell_place(description, "status", at))
    if isinstance(written, Mapping | Members):
        return _placed(written, description, "status", _marks)
    raise fault("jsonstat.part", msg("Her skal det stå tekst, en liste eller et objekt i JSON."), "status")


def cell_place(description: Description, part: str, at: int) -> str:
    """Return where a cell is: ``value (Region=0101, Tid=2015K1)``."""
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
                "Tabellen skal ha {size} celler, men har {found}.", size=description.size, found=len(written)
            ),
            part,
        )


def _numbers(written: Sequence[object], place: Callable[[int], str]) -> pl.Series:
    import numpy as np
    import polars as pl

    if not set(map(type, written)) <= NUMBERS:
        at = next(at for at, one in enumerate(written) if type(one) not in NUMBERS)
        raise fault(
            "jsonstat.number", msg("Verdien «{text}» er ikke et tall.", text=_short(written[at])), place(at)
        )
    try:
        found = pl.Series("value", written, dtype=pl.Float64)
    except OverflowError:
        at = next(at for at, one in enumerate(written) if isinstance(one, int) and abs(one) >= EXACT)
        raise _too_many_digits(written[at], place(at)) from None
    # Polars would build a query for each of these.
    numbers = found.to_numpy()
    if np.isinf(numbers).any() or np.isnan(numbers).sum() > found.null_count():
        at = next(at for at, one in enumerate(found) if one is not None and not math.isfinite(one))
        raise fault("jsonstat.number", msg("Tallet er for stort til å leses."), place(at))
    for at in np.flatnonzero(np.abs(numbers) >= EXACT).tolist():
        if isinstance(one := written[at], int) and int(found[at]) != one:
            raise _too_many_digits(one, place(at))
    return found


def _too_many_digits(number: object, place: str) -> InputError:
    return fault(
        "jsonstat.number",
        msg("Tallet «{text}» har flere siffer enn det som kan leses nøyaktig.", text=_short(number)),
        place,
    )


def _marks(written: Sequence[object], place: Callable[[int], str]) -> pl.Series:
    import polars as pl

    try:
        different = set(written)
    except TypeError:
        different = {type(written)}
    if not set(map(type, different)) <= TEXTS:
        at = next(at for at, one in enumerate(written) if type(one) not in TEXTS)
        raise fault(
            "jsonstat.status", msg("Statusen «{text}» er ikke tekst.", text=_short(written[at])), place(at)
        )
    if "" in different:
        written = [one or None for one in written]
    try:
        return pl.Series("status", written, dtype=pl.String)
    except UnicodeEncodeError as error:
        raise fault("jsonstat.text", msg("Teksten har halve tegn som ikke kan skrives."), "status") from error


def _placed(
    written: Mapping[str, object] | Members,
    description: Description,
    part: str,
    read: Callable[[Sequence[object], Callable[[int], str]], pl.Series],
) -> pl.Series:
    """Return all cells, from an object that has those with something in them by their number."""
    import numpy as np
    import polars as pl

    places, found = [pl.Series(dtype=pl.UInt32)], [read((), str)]
    for members in written.pieces() if isinstance(written, Members) else (written,):
        at = _cell_numbers(list(members), description.size, part)
        places.append(at)
        found.append(read(list(members.values()), _places(description, part, at)))
    where, what = pl.concat(places), pl.concat(found)
    filled = np.bincount(where.to_numpy(), minlength=description.size)
    if filled.max(initial=0) > 1:
        raise fault(
            "jsonstat.double",
            msg("Cellen er oppgitt to ganger."),
            cell_place(description, part, int(filled.argmax())),
        )
    empty = pl.Series(part, [None], dtype=what.dtype).new_from_index(0, description.size)
    return empty.scatter(where, what) if len(where) else empty


def _places(description: Description, part: str, cells: pl.Series) -> Callable[[int], str]:
    return lambda at: cell_place(description, part, int(cells[at]))


def _cell_numbers(keys: Sequence[str], size: int, part: str) -> pl.Series:
    import polars as pl

    try:
        numbers = pl.Series(keys, dtype=pl.String).cast(pl.UInt32, strict=False)
    except (UnicodeEncodeError, TypeError) as error:
        raise fault("jsonstat.place", msg("Cellene har ikke tall til navn."), part) from error
    largest = numbers.max()
    if numbers.null_count() or (isinstance(largest, int) and largest >= size):
        wrong = next(at for at, one in enumerate(numbers) if one is None or one >= size)
        raise fault(
            "jsonstat.place",
            msg(
                "Tabellen har {size} celler, nummerert fra 0. Det finnes ingen celle «{key}».",
                size=size,
                key=_short(keys[wrong]),
            ),
            part,
        )
    return numbers


def _short(value: object) -> str:
    try:
        text = str(value)
    except ValueError:
        return "…"
    return text if len(text) <= 40 else f"{text[:40]}…"
