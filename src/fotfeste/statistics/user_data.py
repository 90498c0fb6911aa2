"""Figures that the user brings for one recommendation: indicators that the data lack (``--data FILE``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import msg
from fotfeste.statistics.disclosure import hide_sum
from fotfeste.statistics.figure import Figure
from fotfeste.statistics.readers.cells import CellRules, read_cell
from fotfeste.statistics.readers.grids import Grid, Limits, Line, read_grid
from fotfeste.statistics.readers.mapped import cell_text, first_with
from fotfeste.statistics.readers.tidy import Lookup, header_places, refuse_faults, resolve
from fotfeste.statistics.sources import ADDED_BY_COUNTY, STATED_BY_COUNTY, Source

REGION_COLUMNS = ("kode", "kommunenummer", "kommune")
INDICATOR_COLUMNS = ("indikator", "id")
VALUE_COLUMNS = ("verdi", "tall")
COUNTY = "fylke"
UNCERTAINTY_COLUMNS = ("usikkerhet",)
COLUMNS = {"period": ("periode", "år"), "source": ("kilde",), "name": ("navn",), "unit": ("enhet",)}
RULES = CellRules(negative=True, fractions=True)


@dataclass(frozen=True, slots=True)
class Supplied:
    """One indicator that the user supplied: figures by municipality (and county), and what was said about it."""

    id: str
    figures: Mapping[str, Figure]
    counties: Mapping[str, Figure]
    period: str = ""
    source: str = ""
    name: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class UserData:
    """All indicators from one file."""

    indicators: Mapping[str, Supplied]
    file: str
    retrieved: date

    def __contains__(self, name: object) -> bool:
        return name in self.indicators

    def has(self, indicator: str, code: str) -> bool:
        """Whether the file has the indicator for the municipality."""
        return indicator in self.indicators and code in self.indicators[indicator].figures

    def figure(self, indicator: str, code: str) -> Figure:
        """Return the figure of a municipality; missing when the file lacks it."""
        return self.indicators[indicator].figures.get(code, Figure.missing())

    def county(self, indicator: str, county_code: str) -> Figure:
        """Return the figure of a county (a row with code ``40`` or name ``Telemark``); missing when there is none."""
        return self.indicators[indicator].counties.get(county_code, Figure.missing())

    def shown_county(self, indicator: str, county_code: str, below: int) -> Figure:
        """Return the figure of a county as it may stand beside those of its municipalities.

        Counts from one up to, but not including, ``below`` are hidden, besides those that the file hides.
        """
        inside = [
            figure for code, figure in self.indicators[indicator].figures.items() if code[:2] == county_code
        ]
        return hide_sum(self.county(indicator, county_code), inside, below)

    def period(self, indicator: str) -> str:
        """Return the period as written in the file."""
        return self.indicators[indicator].period

    def sources(self, indicator: str) -> tuple[Source, ...]:
        """Return the origin of the figures as the file states it."""
        one = self.indicators[indicator]
        return (
            Source(
                dataset=f"bruker:{indicator}",
                version=self.file,
                title=one.name or indicator,
                agency=one.source or STATED_BY_COUNTY.text,
                table=self.file,
                period=one.period,
                retrieved=self.retrieved,
                licence="",
                remark=ADDED_BY_COUNTY.text,
            ),
        )


def read_user_indicators(
    path: Path,
    codes: Sequence[str],
    year: int,
    *,
    regions: Lookup | None = None,
    limits: Limits | None = None,
) -> UserData:
    """Read indicators from CSV or a workbook with the columns kode (or kommune), indikator and verdi.

    Optional columns: periode, kilde, navn, enhet, and usikkerhet: how far the true number may lie on either side, in the
    unit of the figure; it becomes the figure's bounds. ``codes`` are the municipalities that each indicator must have a
    row for (further ones are allowed); ``year`` is the year whose municipality numbers and names are used. Signs
    ``.``, ``-`` and ``:`` are marks. Raises :class:`InputError` with every cell that is wrong.
    """
    if regions is None:
        from fotfeste.regions import load_regions

        regions = load_regions()
    grid = read_grid(path, limits=limits)
    header = grid.lines[0]
    places = header_places(header.cells)
    region = first_with(places, REGION_COLUMNS)
    indicator = first_with(places, INDICATOR_COLUMNS)
    value = first_with(places, VALUE_COLUMNS)
    if region is None or indicator is None or value is None:
        raise InputError(
            "data.columns",
            msg("Filen må ha kolonnene kode (eller kommune), indikator og verdi."),
            place=grid.row(header),
            remedy=msg("Kolonnene i filen er: {found}.", found=", ".join(filter(None, places))),
        )
    extra = {name: first_with(places, titles) for name, titles in COLUMNS.items()}
    wide = first_with(places, UNCERTAINTY_COLUMNS)
    collected = _Collected({}, {}, [])
    for line in grid.lines[1:]:
        _read_line(grid, line, (region, indicator, value, wide), extra, regions, year, collected)
    if not collected.problems:
        collected.problems += _lacking(collected, codes, grid.name)
    refuse_faults("data.faults", grid.name, collected.problems)
    if not collected.figures:
        raise InputError(
            "file.empty",
            msg("Filen har ingen rader med tall."),
            place=grid.name,
            remedy=msg("Sjekk at riktig fil er valgt."),
        )
    return UserData(_supplied(collected), path.name, _written(path))


@dataclass
class _Collected:
    figures: dict[str, dict[str, tuple[Figure, Place]]]
    about: dict[str, dict[str, str]]
    problems: list[Problem]


def _read_line(
    grid: Grid,
    line: Line,
    columns: tuple[int, int, int, int | None],
    extra: Mapping[str, int | None],
    regions: Lookup,
    year: int,
    collected: _Collected,
) -> None:
    region, indicator, value, wide = columns
    text, name = cell_text(line, region), cell_text(line, indicator)
    place = grid.place(line, region)
    code = resolve(text, year, regions, place, county=_is_county(text))
    figure = read_cell(line.cells[value] if value < len(line.cells) else "", grid.place(line, value), RULES)
    if wide is not None and not isinstance(figure, Problem):
        figure = _widened(figure, line.cells[wide] if wide < len(line.cells) else "", grid.place(line, wide))
    faults = [one for one in (code, figure) if isinstance(one, Problem)]
    if not name:
        faults.append(Problem("data.indicator", msg("Indikatoren mangler."), grid.place(line, indicator)))
    collected.problems += faults
    if faults or isinstance(code, Problem) or isinstance(figure, Problem):
        return
    rows = collected.figures.setdefault(name, {})
    if code in rows:
        what = msg(
            "{code} står to ganger for «{name}» (første gang: {first}).",
            code=code,
            name=name,
            first=rows[code][1],
        )
        collected.problems.append(Problem("row.twice", what, place, msg("Ta bort en av radene.")))
        return
    rows[code] = (figure, place)
    about = collected.about.setdefault(name, {})
    for field, column in extra.items():
        if column is not None and (said := cell_text(line, column)):
            about.setdefault(field, said)


def _widened(figure: Figure, cell: object, place: Place) -> Figure | Problem:
    """Return the figure with the bounds that its stated uncertainty gives; blank and zero state none."""
    if cell is None or str(cell).strip() == "":
        return figure
    width = read_cell(cell, place, CellRules(fractions=True))
    if isinstance(width, Problem):
        return width
    if figure.value is None or width.value is None or not width.value:
        return figure
    return Figure(
        figure.value, figure.mark, figure.value - width.value, figure.value + width.value, figure.estimated
    )


def _is_county(text: str) -> bool:
    return (
        (text.isdigit() and len(text) <= 2) or text.lower().endswith(COUNTY) or COUNTY in text.lower().split()
    )


def _lacking(collected: _Collected, codes: Sequence[str], name: str) -> list[Problem]:
    return [
        Problem(
            "row.missing",
            msg("{code} mangler for «{indicator}».", code=code, indicator=indicator),
            name,
            msg("Legg til en rad, med . som verdi hvis tallet ikke er kjent."),
        )
        for indicator, rows in collected.figures.items()
        for code in codes
        if code not in rows
    ]


def _supplied(collected: _Collected) -> dict[str, Supplied]:
    return {
        name: Supplied(
            name,
            {code: figure for code, (figure, _) in rows.items() if len(code) == 4},
            {code: figure for code, (figure, _) in rows.items() if len(code) == 2},
            **collected.about.get(name, {}),
        )
        for name, rows in collected.figures.items()
    }


def _written(path: Path) -> date:
    """Return the day the file was last written: the figures are no newer than that."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
