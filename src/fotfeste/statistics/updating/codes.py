"""Codes of sources: regions, periods and marks, as they stand in the answers of several agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fotfeste.regions import Regions
from fotfeste.regions.names import folded
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.tables_declared.values import Level

FIRST_DIVISION, LAST_DIVISION = 1994, 2050
COUNTRY = "00"
_REGION = re.compile(r"(?:(?P<kind>[KF])[-_])?(?P<digits>\d{1,4})")
_PERIODS = (
    re.compile(r"(?P<year>\d{4})(?:-01-01)?"),
    re.compile(r"(?P<year>\d{4})K(?P<quarter>[1-4])"),
    re.compile(r"(?P<year>\d{4})(?:M|-)(?P<month>\d{2})"),
    re.compile(r"\d{4}[_-](?P<year>\d{4})"),
)
MARKS: Mapping[str, Mark] = {
    ":": Mark.SUPPRESSED,
    ".": Mark.MISSING,
    "..": Mark.MISSING,
    "...": Mark.MISSING,
    "": Mark.MISSING,
}
"""What stands instead of a figure: hidden; cannot occur; not known; not yet."""
NIL = "-"
"""SSB's sign of nothing: a zero, where it stands without a number."""
PROVISIONAL = "*"
"""SSB's sign beside a number that may be revised."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its year; a quarter or a month within it, where the source counts them."""

    year: int
    quarter: int | None = None
    month: int | None = None


def region_of(code: str) -> tuple[Level, str] | None:
    """Return the level and our code of a source's region, or ``None`` for another kind (district, group, abroad)."""
    match = _REGION.fullmatch(code.strip())
    if match is None:
        return None
    digits = match["digits"]
    if match["kind"] == "F" or (match["kind"] is None and len(digits) <= 2):
        number = digits.rjust(2, "0")
        return ("country", COUNTRY) if number == COUNTRY else ("county", number)
    if not digits.strip("0"):
        return "country", COUNTRY
    return ("municipality", digits.rjust(4, "0")) if len(digits) >= 3 else None


def period_of(code: str) -> Period | None:
    """Return the period of a code: ``2024``, ``2024K3``, ``2024M09``, ``2021_2023`` (the last year), or ``None``."""
    for pattern in _PERIODS:
        if match := pattern.fullmatch(code.strip()):
            parts = {name: int(text) for name, text in match.groupdict().items() if text is not None}
            return Period(parts["year"], parts.get("quarter"), parts.get("month"))
    return None


def standing_years(
    regions: Regions, pairs: Iterable[tuple[str, int]], level: Level
) -> dict[tuple[str, int], tuple[int, bool]]:
    """Return, for codes and years, a year in which the code stood, and whether it stood in the year itself or the next.

    Sources give figures of a year in the division of that year, of the next, or of a later one that they have carried all
    years to. A code that stood only before gets its last year; a code that never stood is left out.
    """
    years = range(FIRST_DIVISION, max(LAST_DIVISION, FIRST_DIVISION) + 1)
    stood: dict[str, list[int]] = {}
    for year in years:
        found = regions.counties(year) if level == "county" else regions.municipalities(year)
        for one in found:
            stood.setdefault(one.code, []).append(year)
    known: dict[tuple[str, int], tuple[int, bool]] = {}
    for code, year in pairs:
        when = stood.get(code)
        if not when:
            continue
        later = next((one for one in when if one >= year), None)
        known[code, year] = (when[-1], False) if later is None else (later, later <= year + 1)
    return known


def column_name(label: str) -> str:
    """Return a label as the name of a column: lower case, letters, numbers and underscores."""
    name = re.sub(r"[^a-z0-9]+", "_", folded(label)).strip("_")
    return name if name and name[0].isalpha() else f"v_{name}".rstrip("_")
