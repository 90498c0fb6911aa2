"""Read the inputs of the embedded data set strictly: broken input is refused with file and line."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

REPLACEMENT_CHARACTER = "\ufffd"


class BrokenInput(Exception):
    """An input file is not what it must be; the text names file and line."""

    def __init__(self, path: Path, line: int | None, what: str) -> None:
        self.path, self.line, self.what = path, line, what
        place = path.name if line is None else f"{path.name}, line {line}"
        super().__init__(f"{place}: {what}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with the place it came from."""

    path: Path
    line: int
    fields: dict[str, str]

    def broken(self, what: str) -> BrokenInput:
        """Return an error that points at this row."""
        return BrokenInput(self.path, self.line, what)

    def text(self, column: str, *, empty: bool = False) -> str:
        """Return a text; empty text is refused unless ``empty``."""
        value = self.fields[column].strip()
        if not value and not empty:
            raise self.broken(f"{column} is empty")
        return value

    def region(self, column: str, digits: int = 4) -> str:
        """Return a region code of exactly ``digits`` digits."""
        value = self.fields[column].strip()
        if len(value) != digits or not (value.isascii() and value.isdigit()):
            raise self.broken(f"{column}: {value!r} is not a code of {digits} digits")
        return value

    def whole(self, column: str) -> int:
        """Return a whole number; ``93502.0`` counts as whole."""
        value = self.decimal(column)
        if value != value.to_integral_value():
            raise self.broken(f"{column}: {self.fields[column]!r} is not a whole number")
        return int(value)

    def whole_or_none(self, column: str) -> int | None:
        """Return a whole number, or None for an empty cell."""
        return self.whole(column) if self.fields[column].strip() else None

    def decimal(self, column: str) -> Decimal:
        """Return an exact decimal number; infinities and NaN are refused."""
        value = self.fields[column].strip()
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise self.broken(f"{column}: {value!r} is not a number") from None
        if not number.is_finite():
            raise self.broken(f"{column}: {value!r} is not a number")
        return number

    def decimal_or_none(self, column: str) -> Decimal | None:
        """Return an exact decimal number, or None for an empty cell."""
        return self.decimal(column) if self.fields[column].strip() else None


def read_bytes(path: Path) -> bytes:
    """Return the content of ``path``, unpacked when its name ends in ``.gz``."""
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except (OSError, EOFError) as error:
        raise BrokenInput(path, None, f"cannot be read ({error})") from error


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Return the text of ``path``; bytes that are not in ``encoding`` are refused with their line."""
    raw = read_bytes(path)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenInput(path, line, f"is not {encoding}") from error
    for number, content in enumerate(text.split("\n"), start=1):
        if REPLACEMENT_CHARACTER in content or "\0" in content:
            raise BrokenInput(path, number, "holds a damaged character")
    return text


def read_table(
    path: Path, columns: Sequence[str], *, delimiter: str = ",", encoding: str = "utf-8"
) -> Iterator[Row]:
    """Yield the rows of a CSV file whose header must be exactly ``columns``.

    Refuses another header, rows that are too short or too long, empty lines, an open quote and an empty table.
    """
    reader = csv.reader(io.StringIO(read_text(path, encoding), newline=""), delimiter=delimiter, strict=True)
    count = 0
    try:
        header = next(reader, None)
        if header is None or header != list(columns):
            raise BrokenInput(
                path, 1, f"the header must be {','.join(columns)}, not {','.join(header or [])}"
            )
        for cells in reader:
            if len(cells) != len(columns):
                raise BrokenInput(path, reader.line_num, f"has {len(cells)} cells, not {len(columns)}")
            count += 1
            yield Row(path, reader.line_num, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise BrokenInput(path, reader.line_num, str(error)) from error
    if not count:
        raise BrokenInput(path, 1, "holds no rows")


def sha256(path: Path) -> str:
    """Return the SHA-256 of the file as it lies on the disk."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
