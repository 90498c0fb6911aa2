"""The mapping that tells how to read a file: which column is what, which signs are marks, what the data set is."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.readers.cells import DEFAULT_MARKS, CellRules
from fotfeste.statistics.readers.grids import LARGEST_FILE, MOST_CELLS, Limits

LAYOUTS = "layouts"
SIGNS = {"missing": Mark.MISSING, "not_asked": Mark.NOT_ASKED, "suppressed": Mark.SUPPRESSED}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatasetPart(_Strict):
    """What the catalogue is to say of the data set; titles that are left out repeat bokmål.

    Without ``retrieved`` it is the day the files were fetched, without ``period`` the years they hold.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: dict[Literal["nb", "nn", "en"], str]
    agency: str
    table: str
    licence: str
    period: str = ""
    unit: str
    retrieved: date | None = None
    remark: str = ""
    suppress_below: Annotated[int, Field(ge=0)] = 0
    suppressed_measures: list[str] = []
    smallest_base: Annotated[int, Field(ge=0)] = 0


class FilePart(_Strict):
    """How the file is laid out. ``header`` is the number of the line with column names, counted from one.

    ``dataset`` is the data set that files of this layout are about, where there is only one. ``side_by_side``: the header
    repeats its columns to the right, and each set of them is a table of its own.
    """

    reader: Literal["mapped", "imdi_long", "imdi_crosstab", "imdi_page", "ssb_population"] = "mapped"
    dataset: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$|^$")] = ""
    encoding: str = "utf-8-sig"
    separator: str | None = None
    sheet: str | None = None
    header: Annotated[int, Field(ge=1)] = 1
    side_by_side: bool = False
    largest: Annotated[int, Field(gt=0)] = LARGEST_FILE
    cells: Annotated[int, Field(gt=0)] = MOST_CELLS


class ColumnsPart(_Strict):
    """Which column is what. ``measures`` maps value columns to names and makes a column ``measure``.

    ``values`` are what the words in the columns of dimensions stand for.
    """

    region: str = ""
    year: str | int = ""
    value: str = ""
    measures: dict[str, str] = {}
    dimensions: dict[str, str] = {}
    values: dict[str, str] = {}


class CellsPart(_Strict):
    """Which numbers may stand in the cells."""

    negative: bool = False
    fractions: bool = False
    needed: bool = False
    suppressed_low: int = 1
    suppressed_high: int = 4


class RegionsPart(_Strict):
    """Which regions the rows are about; ``year`` is the year the codes belong to (default: the row's own)."""

    level: Literal["municipality", "county"] = "municipality"
    year: int | None = None
    all: bool = False
    skip: list[str] = []


class Mapping(_Strict):
    """A whole mapping file."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    dataset: DatasetPart | None = None
    file: FilePart = FilePart()
    columns: ColumnsPart = ColumnsPart()
    cells: CellsPart = CellsPart()
    regions: RegionsPart = RegionsPart()
    marks: dict[str, Literal["missing", "not_asked", "suppressed"]] = {}

    def rules(self) -> CellRules:
        """Return how cells are to be read."""
        marks = {**DEFAULT_MARKS, **{sign: SIGNS[word] for sign, word in self.marks.items()}}
        bounds = (self.cells.suppressed_low, self.cells.suppressed_high)
        return CellRules(marks, self.cells.negative, self.cells.fractions, bounds, self.cells.needed)

    def limits(self) -> Limits:
        """Return how much is read at most."""
        return Limits(self.file.largest, self.file.cells)


def shipped_layouts() -> tuple[str, ...]:
    """Return the names of the layouts that come with Fotfeste, each a mapping for files from one source."""
    files = (resources.files("fotfeste.statistics.readers") / LAYOUTS).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def read_mapping(where: str | Path) -> Mapping:
    """Read a mapping file, or the layout shipped under a name.

    Raises :class:`InputError` that names every field that is wrong.
    """
    path = Path(where)
    if str(where) in shipped_layouts():
        path = Path(str(resources.files("fotfeste.statistics.readers") / LAYOUTS / f"{where}.toml"))
    elif not path.is_file():
        raise InputError(
            "mapping.absent",
            msg("Beskrivelsen av filen finnes ikke."),
            place=str(where),
            remedy=msg(
                "Oppgi en TOML-fil, eller en av dem som følger med: {names}.",
                names=", ".join(shipped_layouts()),
            ),
        )
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        problems = [
            Problem(
                "mapping.field",
                msg("Feltet er feil eller ukjent ({reason}).", reason=fault["msg"]),
                f"{path.name}, {'.'.join(str(part) for part in fault['loc'])}",
            )
            for fault in error.errors()
        ]
        raise InputError(
            "mapping.faults",
            msg("Beskrivelsen av filen har feil."),
            place=path.name,
            remedy=msg("Se eksemplene i docs/method/data.md."),
            problems=problems,
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            "mapping.unreadable",
            msg("Beskrivelsen av filen kan ikke leses ({reason}).", reason=str(error)),
            place=path.name,
            remedy=msg("Beskrivelsen skal være en TOML-fil. Se eksemplene i docs/method/data.md."),
        ) from error
