"""Requested, decided and settled per municipality and year, with the marks of the source.

Built from the files in the codes of their time. What a blank means differs between years; see
``docs/method/data.md`` for the evidence behind :func:`blank_request` and :func:`blank_settled`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from fotfeste.statistics.figure import Figure, Mark
from tools.embed.counting import KnownCodes, Seen, choice, count, count_or_none, exactly, year
from tools.embed.marks import figure_table
from tools.embed.reading import BrokenInput, Row, read_table
from tools.embed.settlement_texts import COUNTIES, FULL_YEAR_2023, SETTLEMENT
from tools.embed.writing import Written, write_parquet

FOLDER = "imdi_settlement"
OLD = "settlement_municipality_1995_2023_original_codes.csv"
NEW = "settlement_municipality_2024_2026.csv"
COUNTY = "settlement_county_2024_2026.csv"
HARMONISED = "settlement_2024_borders_1995_2026.csv.gz"
OLD_COLUMNS = ("code_original", "year", "requested", "decided", "settled", "settled_flag", "original_request")
NEW_COLUMNS = (
    "code", "name", "county_code", "county_name", "year", "status_date", "requested", "decided", "decided_flag",
    "settled", "settled_flag", "settled_collective_protection", "settled_collective_flag", "agreed",
    "agreed_collective_protection",
)  # fmt: skip
COUNTY_COLUMNS = (
    "county_code", "county_name", "year", "requested", "decided", "settled", "settled_collective_protection",
    "agreed", "agreed_collective_protection",
)  # fmt: skip
HARMONISED_COLUMNS = ("code", "name", "county_code", "year", "requested", "decided", "settled", "source")

SUPPRESSED = "suppressed_below_5"
NO_MUNICIPALITY = frozenset({"2100", "2111", "2112", "2113", "2115", "2211", "9999"})
EVERY_MUNICIPALITY_LISTED = frozenset({2012, 2013})
ONLY_ASKED_OR_SETTLED_LISTED = frozenset({2018, 2019, 2020})
FIRST_SETTLED = 2012
UNFINISHED = frozenset({2023, 2026})
ONE_MUNICIPALITY_UNDER_TWO_CODES = {
    ("0102", 1995): "0105", ("0103", 1995): "0106", ("1214", 2003): "1159", ("1154", 2007): "1160",
    ("1729", 2012): "1756", ("1729", 2013): "1756", ("1901", 2012): "1903", ("1901", 2013): "1903",
}  # fmt: skip
PUBLISHED_REQUESTED = {2024: 37_000, 2025: 12_640, 2026: 13_000}
PUBLISHED_SETTLED = {2015: 11_342, 2016: 15_221, 2022: 31_253, 2023: 18_851}
SETTLED_FULL_2023 = 33_420
COUNTY_DIFFERENCES = {("18", 2026, "decided"): (1_045, 1_050)}


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality in one year; ``status_date`` is ISO text or empty."""

    code: str
    code_year: int
    year: int
    requested: Figure
    decided: Figure
    settled: Figure
    collective: Figure | None = None
    original_request: int | None = None
    status_date: str = ""

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Yield the measures that the source has for the year."""
        yield "requested", self.requested
        yield "decided", self.decided
        yield "settled", self.settled
        if self.collective is not None:
            yield "settled_collective_protection", self.collective
        if self.original_request is not None:
            yield "original_request", Figure.observed(self.original_request)


def build(shared: Path, out: Path, codes: KnownCodes) -> list[Written]:
    """Build ``settlement``, ``settled_2023`` and ``settlement_counties``."""
    folder = shared / FOLDER
    lines = [*read_old(folder / OLD, codes), *read_new(folder / NEW, codes)]
    counties = read_counties(folder / COUNTY)
    compare_with_counties(folder / COUNTY, folder / NEW, counties, lines)
    full_year = read_full_year(folder / HARMONISED, codes)
    return [
        write_parquet(table_of(lines), out, "settlement.parquet", SETTLEMENT),
        write_parquet(full_year, out, "settled_2023.parquet", FULL_YEAR_2023),
        write_parquet(county_table(counties), out, "settlement_counties.parquet", COUNTIES),
    ]


def blank_request(when: int, decided: int | None) -> Figure:
    """Return what a blank request means.

    In 2012-2013 every municipality is listed, nobody has a request of zero, and nearly all blanks are blank in
    decided too: not asked. In 2018-2020 only those asked, or those with at least five settled, are listed:
    not asked. Elsewhere a blank stands beside decisions, and nothing tells what it means: missing.
    """
    listed = when in EVERY_MUNICIPALITY_LISTED or when in ONLY_ASKED_OR_SETTLED_LISTED
    return Figure.not_asked() if listed and decided is None else Figure.missing(low=0)


def read_old(path: Path, codes: KnownCodes) -> list[Line]:
    """Read 1995-2023 in original codes; Svalbard and «unknown municipality» are left out but counted."""
    seen = Seen()
    lines: dict[tuple[str, int], Line] = {}
    sums: dict[int, int] = {}
    for row in exactly(read_table(path, OLD_COLUMNS), 8_857, path):
        when = year(row, "year", 1995, 2023)
        settled = count_or_none(row, "settled")
        sums[when] = sums.get(when, 0) + (settled or 0)
        if row.text("code_original") in NO_MUNICIPALITY:
            continue
        original = row.region("code_original")
        seen.add(row, original, when)
        if (original, when) not in ONE_MUNICIPALITY_UNDER_TWO_CODES:
            codes.code(row, "code_original")
        target = ONE_MUNICIPALITY_UNDER_TWO_CODES.get((original, when), original)
        line = replace(old_line(row, target, when, settled), code_year=codes.nearest(target, when))
        before = lines.get((target, when))
        lines[target, when] = line if before is None else together(before, line)
    for when, published in PUBLISHED_SETTLED.items():
        if sums[when] != published:
            raise BrokenInput(path, None, f"{sums[when]} settled in {when}, expected {published}")
    return list(lines.values())


def old_line(row: Row, code: str, when: int, settled: int | None) -> Line:
    """Return one row of the old file with its marks."""
    requested, decided = count_or_none(row, "requested"), count_or_none(row, "decided")
    asked = blank_request(when, decided) if requested is None else Figure.observed(requested)
    answer = Figure.missing(low=0) if decided is None else Figure.observed(decided)
    if asked.mark is Mark.NOT_ASKED:
        answer = Figure.not_asked()
    return Line(
        code=code,
        code_year=when,
        year=when,
        requested=asked,
        decided=answer,
        settled=settled_figure(row, settled, row.fields["settled_flag"]),
        original_request=count_or_none(row, "original_request"),
    )


def settled_figure(row: Row, settled: int | None, flag: str) -> Figure:
    """Return settled with its mark; a blank without a flag is unknown, also where it may have meant zero."""
    if flag not in ("", SUPPRESSED):
        raise row.broken(f"settled_flag: {flag!r} is unknown")
    if flag and settled is not None:
        raise row.broken("settled is both a number and suppressed")
    if flag:
        return Figure.suppressed()
    return Figure.missing(low=0) if settled is None else Figure.observed(settled)


def together(one: Line, other: Line) -> Line:
    """Return one line from two that hold different columns of the same municipality."""

    def known(first: Figure, second: Figure) -> Figure:
        return first if first.known else second

    answered = one.decided.known or other.decided.known
    return replace(
        one,
        requested=known(one.requested, other.requested),
        decided=known(one.decided, other.decided) if answered else Figure.missing(low=0),
        settled=known(one.settled, other.settled),
    )


def read_new(path: Path, codes: KnownCodes) -> list[Line]:
    """Read 2024-2026 with decisions that are awaited and municipalities that were not asked."""
    seen = Seen()
    lines = []
    for row in exactly(read_table(path, NEW_COLUMNS), 357 * 3, path):
        when = year(row, "year", 2024, 2026)
        code = codes.code_in(row, "code", 2024)
        seen.add(row, code, when)
        lines.append(new_line(row, code, when))
    for when, published in PUBLISHED_REQUESTED.items():
        total = sum(int(line.requested.value or 0) for line in lines if line.year == when)
        if total != published:
            raise BrokenInput(path, None, f"{total} requested in {when}, published {published}")
    return lines


def new_line(row: Row, code: str, when: int) -> Line:
    """Return one row of the new file with its marks."""
    flag = choice(row, "decided_flag", ("", "not_requested", "awaiting_decision"))
    requested, decided = count(row, "requested"), count_or_none(row, "decided")
    if (decided is None) != bool(flag):
        raise row.broken(f"decided is {row.fields['decided']!r} and decided_flag {flag!r}")
    if flag == "not_requested":
        if requested:
            raise row.broken(f"not requested, but requested is {requested}")
        asked, answer = Figure.not_asked(), Figure.not_asked()
    else:
        asked = Figure.observed(requested)
        answer = Figure.missing(low=0) if decided is None else Figure.observed(decided)
    settled = count_or_none(row, "settled")
    collective = count_or_none(row, "settled_collective_protection")
    hidden = choice(row, "settled_collective_flag", ("", "suppressed"))
    status = date.fromisoformat(row.text("status_date"))
    return Line(
        code=code,
        code_year=when,
        year=when,
        requested=asked,
        decided=answer,
        settled=settled_figure(row, settled, row.fields["settled_flag"]),
        collective=collective_figure(row, collective, hidden, settled),
        status_date=status.isoformat(),
    )


def collective_figure(row: Row, collective: int | None, hidden: str, settled: int | None) -> Figure:
    """Return settled under collective protection.

    IMDi hides it also to protect what is left when it is taken from all settled, so a hidden number can be
    anything from zero to all settled.
    """
    if collective is None:
        if not hidden:
            raise row.broken("settled_collective_protection is empty without a flag")
        return Figure.suppressed(0, 4 if settled is None else settled)
    return Figure.observed(collective)


def table_of(lines: list[Line]) -> pl.DataFrame:
    """Return the tidy table: one row per municipality, year and measure."""
    rows = [
        (
            (measure, line.year, line.code, line.code_year, line.status_date, is_finished(line, measure)),
            figure,
        )
        for line in lines
        for measure, figure in line.figures()
    ]
    keys = {
        "measure": pl.String(),
        "year": pl.Int16(),
        "code": pl.String(),
        "code_year": pl.Int16(),
        "status_date": pl.String(),
        "finished": pl.Boolean(),
    }
    return figure_table(keys, rows)


def is_finished(line: Line, measure: str) -> bool:
    """Whether the figures are for the whole year: 2026 is a status, and settled 2023 was read in the autumn."""
    return line.year not in UNFINISHED or (line.year == 2023 and measure != "settled")


def read_full_year(path: Path, codes: KnownCodes) -> pl.DataFrame:
    """Return settled in the whole of 2023, in the codes of 2023 (Haram was then a part of Ålesund)."""
    rows = []
    total = 0
    for row in exactly(read_table(path, HARMONISED_COLUMNS), 8_855, path):
        if row.fields["year"] != "2023":
            continue
        settled = count(row, "settled")
        total += settled
        code = codes.code_in(row, "code", 2024)
        if code == "1580":
            if settled:
                raise row.broken("Haram did not exist in 2023 and can have settled nobody")
            continue
        where = ("1507", 2023) if code == "1508" else (code, 2024)
        rows.append((("settled", 2023, *where), Figure.observed(settled)))
    if total != SETTLED_FULL_2023:
        raise BrokenInput(path, None, f"{total} settled in 2023, published {SETTLED_FULL_2023}")
    keys = {"measure": pl.String(), "year": pl.Int16(), "code": pl.String(), "code_year": pl.Int16()}
    return figure_table(keys, rows)


def read_counties(path: Path) -> dict[tuple[str, int, str], int]:
    """Return the published county rows 2024-2026 by county, year and measure."""
    found: dict[tuple[str, int, str], int] = {}
    seen = Seen()
    for row in exactly(read_table(path, COUNTY_COLUMNS), 45, path):
        county, when = row.region("county_code", 2), year(row, "year", 2024, 2026)
        seen.add(row, county, when)
        for measure in ("requested", "decided", "settled", "settled_collective_protection"):
            found[county, when, measure] = count(row, measure)
    return found


def compare_with_counties(
    path: Path, new: Path, published: dict[tuple[str, int, str], int], lines: list[Line]
) -> None:
    """Refuse municipal rows that do not sum to the county rows (one difference is known and kept as a remark)."""
    county_of = {row.fields["code"]: row.fields["county_code"] for row in read_table(new, NEW_COLUMNS)}
    for (county, when, measure), number in published.items():
        if measure not in ("requested", "decided"):
            continue
        parts = [line for line in lines if line.year == when and county_of.get(line.code) == county]
        total = sum(
            int((line.requested if measure == "requested" else line.decided).value or 0) for line in parts
        )
        if total != number and COUNTY_DIFFERENCES.get((county, when, measure)) != (total, number):
            raise BrokenInput(
                path, None, f"{measure} {when}, county {county}: {number}, municipalities {total}"
            )


def county_table(published: dict[tuple[str, int, str], int]) -> pl.DataFrame:
    """Return the county rows as a tidy table."""
    rows = [((measure, when, county), Figure.observed(n)) for (county, when, measure), n in published.items()]
    return figure_table({"measure": pl.String(), "year": pl.Int16(), "code": pl.String()}, rows)
