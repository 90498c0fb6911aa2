"""Population from Statistics Norway's table 07459, as downloaded from Statistikkbanken: semicolons, with a heading.

Above the line with column names stands the title of the table. Years are a column, or end the names of the columns with
numbers («Personer 2027»). Rows for the country and the counties are used to check the sum, those of municipalities that
are gone hold zeros and are passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Lookups
from dataclasses import dataclass, replace
from pathlib import Path

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg, one_after_another
from fotfeste.statistics.readers.cells import CellRules, read_cell
from fotfeste.statistics.readers.grids import Grid, Line, content_of, read_grid
from fotfeste.statistics.readers.imdi_page import BORDERS, Division
from fotfeste.statistics.readers.mapped import cell_text, year_of
from fotfeste.statistics.readers.mapping import Mapping
from fotfeste.statistics.readers.pages import encoding_of
from fotfeste.statistics.readers.tidy import Collected, Tidy, TidyRow, header_places

REGION = re.compile(r"(?:[A-Z]-)?(?P<code>\d{1,4})\b\s*(?P<name>.*)$")
AGE = re.compile(r"(?P<age>\d{1,3})(?![-–\d]|\s*[-–]\s*\d)\D*$")
OLDEST = 105
EMPTY = ("", ".", "..", "0", ":")


@dataclass(frozen=True)
class _Layout:
    region: int
    sex: int
    age: int
    year: int | None
    values: Lookups[int, int | None]
    """Which year the numbers of a column are about; ``None`` where the row tells it."""


def read_ssb_population(path: Path, mapping: Mapping, regions: Division) -> Tidy:
    """Return people by municipality, sex and one-year age: everybody in every municipality of the year, or nothing.

    Raises :class:`InputError` with every cell that is wrong, every municipality and age that is missing, and a sum that
    is not the one the file gives for the country.
    """
    limits = mapping.limits()
    workbook = path.suffix.lower() in (".xlsx", ".xlsm")
    encoding = "utf-8-sig" if workbook else encoding_of(content_of(path, limits))
    grid = read_grid(path, encoding=encoding, separator=None if workbook else ";", limits=limits)
    start, layout = _header(grid, mapping)
    reading = _Reading(grid, layout, mapping, regions)
    for line in grid.lines[start + 1 :]:
        if len(line.cells) > layout.age:
            for column in layout.values:
                reading.read(line, column)
    reading.refuse_lacking()
    reading.refuse_other_sum()
    return reading.found.finish()


def _header(grid: Grid, mapping: Mapping) -> tuple[int, _Layout]:
    columns = mapping.columns
    names = (columns.region, columns.dimensions["sex"], columns.dimensions["age"])
    for number, line in enumerate(grid.lines[:10]):
        places = header_places(line.cells)
        if not all(name in places for name in names):
            continue
        year = places.get(str(columns.year))
        values: dict[int, int | None] = {}
        for title, place in places.items():
            match = re.search(r"\b((?:19|20)\d{2})$", title)
            if match:
                values[place] = int(match[1])
            elif year is not None and title.startswith(columns.value.casefold()):
                values[place] = None
        if values:
            region, sex, age = (places[name] for name in names)
            return number, _Layout(region, sex, age, year, values)
    raise InputError(
        "file.columns",
        msg(
            "Fant ikke linjen med kolonnene {names} og et årstall.",
            names=one_after_another(msg("«{name}»", name=name) for name in names),
        ),
        place=grid.name,
        remedy=msg(
            "Hent tabell 07459 med kommuner, begge kjønn hver for seg og ettårig alder, som «Semikolonseparert med overskrift (csv)»."
        ),
    )


class _Reading:
    """The rows of one file as they are read."""

    def __init__(self, grid: Grid, layout: _Layout, mapping: Mapping, regions: Division) -> None:
        self.grid, self.layout, self.regions = grid, layout, regions
        self.sexes = mapping.columns.values
        self.found = Collected(grid.name, ("sex", "age"))
        self.country: dict[int, int] = {}
        self._known: dict[tuple[str, int], str | Problem] = {}
        self._told: set[str] = set()
        self._numbers: Counter[tuple[int, str]] = Counter()

    def read(self, line: Line, column: int) -> None:
        """Read one number, or pass over it."""
        layout, grid = self.layout, self.grid
        year = self._year(line, column)
        if isinstance(year, Problem):
            return self.found.add_problem(year)
        text, raw = cell_text(line, layout.region), line.cells[column] if column < len(line.cells) else ""
        match = REGION.match(text)
        if match and len(match["code"]) <= 2:
            if not match["code"].strip("0") and str(raw).strip().isdigit():
                self.country[year] = self.country.get(year, 0) + int(str(raw))
            return None
        known = self._municipality(match["code"] if match else text, year)
        if isinstance(known, Problem):
            if str(raw).strip() not in EMPTY:
                self._tell_once(text, replace(known, place=grid.place(line, layout.region)))
            return None
        sex, age = self.sexes.get(cell_text(line, layout.sex)), AGE.match(cell_text(line, layout.age))
        if sex is None or age is None or int(age["age"]) > OLDEST:
            wrong = layout.sex if sex is None else layout.age
            what = msg("«{text}» er ikke et kjønn eller en ettårig alder.", text=cell_text(line, wrong))
            remedy = msg("Velg menn og kvinner hver for seg og alder i ettårige trinn når tabellen hentes.")
            problem = Problem("cell.group", what, grid.place(line, wrong), remedy)
            return self._tell_once(cell_text(line, wrong), problem)
        self._numbers[year, known] += 1
        figure = read_cell(raw, grid.place(line, column), CellRules(needed=True))
        if isinstance(figure, Problem):
            return self.found.add_problem(figure)
        group = (sex, str(int(age["age"])))
        return self.found.add(
            TidyRow(
                known, year, year, group, figure, msg("{row} ({year})", row=grid.row(line), year=str(year))
            )
        )

    def _tell_once(self, text: str, problem: Problem) -> None:
        """Add a problem with a region or a group; the same text stands on hundreds of lines."""
        if text not in self._told:
            self._told.add(text)
            self.found.add_problem(problem)

    def _year(self, line: Line, column: int) -> int | Problem:
        year, place = self.layout.values[column], self.layout.year
        if year is not None or place is None:
            return year or 0
        return year_of(cell_text(line, place), self.grid.place(line, place))

    def _municipality(self, text: str, year: int) -> str | Problem:
        if (text, year) not in self._known:
            try:
                self._known[text, year] = self.regions.municipality(text, year).code
            except InputError as error:
                self._known[text, year] = error.problem
        return self._known[text, year]

    def refuse_lacking(self) -> None:
        """Every municipality must have every age of both sexes, or a sum would be too low without saying so."""
        if any(problem.code == "cell.group" for problem in self.found.problems):
            return
        whole = (OLDEST + 1) * len(set(self.sexes.values()))
        for year in sorted({year for year, _ in self._numbers}):
            for one in self.regions.municipalities(year):
                number = self._numbers[year, one.code]
                if number != whole:
                    what = msg(
                        "{name} ({code}) har {number} av {whole} tall for {year}.",
                        name=one.name,
                        code=one.code,
                        number=number,
                        whole=whole,
                        year=str(year),
                    )
                    self.found.add_problem(Problem("row.missing", what, self.found.name, BORDERS))

    def refuse_other_sum(self) -> None:
        """The municipalities must sum to the country, where the file has it."""
        for year, published in self.country.items() if not self.found.problems else ():
            total = sum(int(row.figure.value or 0) for row in self.found.rows if row.year == year)
            if total != published:
                what = msg(
                    "Kommunene har {total} innbyggere i {year}, men landet har {published} i samme fil.",
                    total=total,
                    year=str(year),
                    published=published,
                )
                self.found.add_problem(Problem("file.sum", what, self.found.name))
