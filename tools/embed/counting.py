"""What every recipe checks while it reads: no row twice, none lost, and codes that existed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.embed.reading import BrokenInput, Row, read_table

FIRST_YEAR, LAST_YEAR = 1994, 2026
RANGE = re.compile(r"\((?P<first>\d{4})?-(?P<last>\d{4})?\)\s*$")


def exactly(rows: Iterable[Row], number: int, path: Path) -> Iterator[Row]:
    """Yield ``rows``; raise :class:`BrokenInput` after the last one unless there were exactly ``number``.

    A file that was cut between two lines is found this way.
    """
    count = 0
    for row in rows:
        count += 1
        yield row
    if count != number:
        raise BrokenInput(path, count + 1, f"{count} rows, not {number}; is the file cut?")


class Seen:
    """Refuses rows that say something about the same thing as an earlier row."""

    def __init__(self) -> None:
        self._lines: dict[tuple[object, ...], int] = {}

    def add(self, row: Row, *key: object) -> None:
        """Remember ``key``; raise :class:`BrokenInput` when it stood on an earlier line."""
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            raise row.broken(f"the same as line {first}: {', '.join(map(str, key))}")


def choice(row: Row, column: str, allowed: Iterable[str]) -> str:
    """Return a cell that must be one of ``allowed``."""
    value = row.text(column, empty=True)
    if value not in (words := list(allowed)):
        raise row.broken(f"{column}: {value!r} is not one of {', '.join(map(repr, words))}")
    return value


def count_or_none(row: Row, column: str) -> int | None:
    """Return a count of people, or None for an empty cell; negatives are refused."""
    value = row.whole_or_none(column)
    if value is not None and value < 0:
        raise row.broken(f"{column}: {value} is negative")
    return value


def count(row: Row, column: str) -> int:
    """Return a count of people; an empty cell is refused."""
    value = count_or_none(row, column)
    if value is None:
        raise row.broken(f"{column} is empty")
    return value


def year(row: Row, column: str, first: int, last: int) -> int:
    """Return a year from ``first`` to ``last``."""
    value = row.whole(column)
    if not first <= value <= last:
        raise row.broken(f"{column}: {value} is not a year from {first} to {last}")
    return value


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """Every municipality code since 1994 and the years in which it was in use (SSB's groups and code changes)."""

    years: dict[str, tuple[tuple[int, int], ...]]

    def code(self, row: Row, column: str, padded: bool = False) -> str:
        """Return a municipality code that has existed; ``padded`` puts back a leading zero that was lost."""
        code = row.text(column).rjust(4, "0") if padded else row.region(column)
        if code not in self.years:
            raise row.broken(f"{column}: {code!r} has never been a municipality")
        return code

    def code_in(self, row: Row, column: str, in_year: int) -> str:
        """Return a municipality code that was in use in ``in_year``."""
        code = self.code(row, column)
        if self.nearest(code, in_year) != in_year:
            raise row.broken(f"{column}: {code!r} was not in use in {in_year}")
        return code

    def nearest(self, code: str, wanted: int) -> int:
        """Return the year nearest to ``wanted`` in which ``code`` was in use.

        Compilations write some years with the codes of another year (Trøndelag 2018-2019 with those of 2017,
        unchanged municipalities with the newest); such rows are read in the year the code belongs to.
        """
        ends = [min(max(wanted, first), last) for first, last in self.years[code]]
        return min(ends, key=lambda end: (abs(end - wanted), end))


def known_codes(folder: Path) -> KnownCodes:
    """Read all codes from ``municipality_codes``: code changes first, SSB's groups for what they lack."""
    found: dict[str, set[tuple[int, int]]] = {}
    changes = folder / "redistricting_to_2024.csv"
    columns = ("code_original", "code_2024", "year_from", "year_to", "weight", "note")
    for row in read_table(changes, columns):
        span = (max(row.whole("year_from"), FIRST_YEAR), row.whole("year_to"))
        if span[1] >= FIRST_YEAR:
            found.setdefault(row.region("code_original"), set()).add(span)
    groups = folder / "ssb_harmonised_groups_1994_2024.csv"
    for row in read_table(groups, ("GRUPPEKODE", "GRUPPETEKST", "KODE", "TEKST")):
        match = RANGE.search(row.text("TEKST"))
        code = row.text("KODE")[:4]  # a letter tells apart two municipalities that had the same code in turn
        if match and (code not in found or code != row.fields["KODE"]):
            first, last = int(match["first"] or FIRST_YEAR), int(match["last"] or LAST_YEAR)
            found.setdefault(code, set()).add((max(first, FIRST_YEAR), last))
    return KnownCodes({code: tuple(sorted(spans)) for code, spans in found.items()})


def header(path: Path, delimiter: str = ",") -> list[str]:
    """Return the header of a file, for tables whose columns are read by pattern."""
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream, delimiter=delimiter), [])
