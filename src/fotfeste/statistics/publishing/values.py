"""Values of publishing: what a table is, and the table itself as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from fotfeste.messages import Language, Message, Translated
from fotfeste.statistics.figure import Mark

if TYPE_CHECKING:
    import polars as pl

    from fotfeste.statistics.sources import Source

Kind = Literal["dataset", "register", "indicator", "series"]
Ending = Literal["json", "csv", "xlsx", "parquet"]
Text = Message | Translated | str

ENDINGS: tuple[Ending, ...] = ("json", "csv", "xlsx", "parquet")
MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
MOST_ROWS_IN_SHEET = 1_048_575
"""Rows of a sheet of XLSX less its heading, by the format's own limit."""

MARK_WORDS: Mapping[str, str] = {
    Mark.OBSERVED.value: "observed",
    Mark.MISSING.value: "missing",
    Mark.NOT_ASKED.value: "not_asked",
    Mark.SUPPRESSED.value: "suppressed",
}
"""The marks as they are written in files, by their signs."""

FIGURE = ("value", "mark", "low", "high", "estimated")
"""The columns of a figure, in the order they stand. ``low`` and ``high`` are there where they are not the value itself."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a published table is, without its rows.

    ``version`` is the version of the data: another one whenever the rows may be others. ``modified`` is the day the
    newest of its figures were retrieved. Without ``description``, the remark of its source is one. ``themes`` are ids of
    the themes of the knowledge base, ``words`` everyday words to find it by, ``former`` further versions of the data.
    """

    id: str
    kind: Kind
    version: str
    title: Translated
    description: Translated | None
    unit: Text
    period: str
    modified: date
    sources: tuple[Source, ...]
    rows: int
    themes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def told(self, words: Language) -> str:
        """Return what the figures are, and what a reader must know of them, in the reader's language."""
        if self.description is not None:
            return words.text(self.description)
        remarks = [one.for_reader(words).remark for one in self.sources if one.remark]
        return " ".join(remarks) or words.text(self.title)

    @property
    def licences(self) -> tuple[str, ...]:
        """Return the licences as the sources write them, each once; also where one is assumed, and says so."""
        return tuple(dict.fromkeys(one.licence for one in self.sources))

    @property
    def stem(self) -> str:
        """Return how its files are called, without version and ending."""
        return f"{self.id}-years" if self.kind == "series" else self.id


@dataclass(frozen=True, slots=True, eq=False)
class PublishedTable:
    """A table as it may be shown: ``dimensions``, then what tells of a row, then the columns of its figure.

    ``rows`` are in the order of the dimensions. A register (of municipalities, of borders) has no figure, and its columns
    are what they are. ``labels`` name columns, and codes of a column, in the reader's language; what is not named is called
    by its id.
    """

    about: Described
    dimensions: tuple[str, ...]
    attributes: tuple[str, ...]
    rows: pl.DataFrame
    labels: Mapping[str, Text] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    @property
    def has_figures(self) -> bool:
        """Whether the rows end with a figure."""
        return "mark" in self.rows.columns

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of all columns, in order."""
        return tuple(self.rows.columns)


def formats_of(about: Described) -> tuple[Ending, ...]:
    """Return the formats that a table is given in: all, but no XLSX for one with more rows than a sheet can hold."""
    return tuple(one for one in ENDINGS if one != "xlsx" or about.rows <= MOST_ROWS_IN_SHEET)


def file_name(about: Described, ending: str) -> str:
    """Return the name of the file, which tells what it holds and of which version the figures are."""
    return f"{about.stem}_{about.version}.{ending}"
