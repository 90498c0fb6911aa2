"""Made-up files for the years to come, in the layouts of the real ones. Every figure for 2026 (settled) and later is invented.

IMDi's page: one table for each county under a heading, names without numbers, ``:`` for fewer than five, ``-`` beside a
request of zero, «avventer vedtak» before the council has decided. Statistikkbanken: a title, an empty line, then quoted
cells with semicolons in Windows-1252, rows for the country and counties, and municipalities that are gone with zeros.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from fotfeste.regions import load_regions
from fotfeste.statistics import open_store

HEADINGS = (
    "Antall personer {who} blitt anmodet om å bosette:",
    "Antall personer {who} vedtatt å bosette:",
    "Antall bosatte personer:",
    "Antall bosatte personer med kollektiv beskyttelse:",
)
AGREED = (
    "Antall personer {who} avtalt å bosette:",
    "Antall personer med kollektiv beskyttelse {who} avtalt å bosette:",
)
Row = tuple[str, str, str, str]


def made_up_row(code: str, year: int, *, finished: bool) -> Row:
    """Requested, decided, settled and collective protection of one municipality: invented from its number."""
    seed = int(code) * 7 + year
    if seed % 11 == 0:
        return ("0", "-", "0", "0")
    requested = 5 + seed % 60
    decided = requested - seed % 4
    settled = decided if finished else decided // 2
    waiting = not finished and seed % 13 == 0
    return (
        str(requested),
        "avventer vedtak" if waiting else str(decided),
        str(settled) if settled > 4 or settled == 0 else ":",
        ":" if seed % 3 else str(settled // 2) if settled // 2 > 4 else ":",
    )


def settlement(year: int, *, finished: bool) -> dict[str, Row]:
    """The rows of one year by municipality."""
    return {
        one.code: made_up_row(one.code, year, finished=finished)
        for one in load_regions().municipalities(year)
    }


def page(year: int, rows: Mapping[str, Row], updated: str = "") -> str:
    """IMDi's page for one year, as saved from a browser."""
    regions = load_regions()
    stated = f" (oppdatert {updated})" if updated else ""
    parts = [
        f"<h1>Oversikt over anmodningen i {year}</h1>",
        f"<h3>Oversikt over bosettingen i fylkene i {year}{stated}</h3>",
        table("Fylke", "kommuner i fylket har", [("Agder", ("800", "585", "421", "378"))]),
    ]
    for county in regions.counties(year):
        everyone = sorted(regions.municipalities(year, county.code), key=lambda one: one.name)
        chosen = [(one.name, rows[one.code]) for one in everyone if one.code in rows]
        heading = f'<h3><a id="{county.name}"></a>{county.name} - oversikt over bosettingen i {year}</h3>'
        parts += [heading, table("Kommune", "kommunen har", chosen)]
    requests = (
        "<table><thead><tr><th>Kommune</th><th>Antall personer kommunen har blitt anmodet om &aring; bosette</th>"
        "<th>Hvorav enslige mindre&aring;rige</th></tr></thead><tbody><tr><td>Arendal</td><td>105</td>"
        "<td>&nbsp;</td></tr></tbody></table>"
    )
    parts += [f"<h3>Agder - anmodning {year}</h3>", requests]
    body = "\n".join(parts)
    return f'<!DOCTYPE html>\n<html lang="no"><head><meta charset="utf-8"></head>\n<body>\n{body}\n</body></html>\n'


def table(first: str, who: str, rows: Iterable[tuple[str, Row]]) -> str:
    titles = [first, *(text.format(who=who) for text in (*HEADINGS, *AGREED))]
    head = "".join(f"<th>{html.escape(text)}</th>\n" for text in titles)
    lines = [
        "<tr>\n" + "".join(f"<td>{html.escape(cell)}</td>\n" for cell in (name, *row, "0", "0")) + "</tr>"
        for name, row in rows
    ]
    return (
        f'<table border="1">\n<thead>\n<tr>\n{head}</tr>\n</thead>\n<tbody>\n'
        + "\n".join(lines)
        + "\n</tbody>\n</table>"
    )


def pasted(year: int, rows: Mapping[str, Row], updated: str = "") -> list[list[str]]:
    """The same page as it looks when it is pasted into a workbook."""
    regions = load_regions()
    lines = [
        [f"Oversikt over bosettingen i fylkene i {year}" + (f" (oppdatert {updated})" if updated else "")]
    ]
    for county in regions.counties(year):
        lines.append([f"{county.name} - oversikt over bosettingen i {year}"])
        lines.append(["Kommune", *(text.format(who="kommunen har") for text in HEADINGS)])
        lines += [[one.name, *rows[one.code]] for one in regions.municipalities(year, county.code)]
    return lines


def population(years: Iterable[int], *, growth: float = 1.01) -> str:
    """Table 07459 for years to come: that of 2026 made larger for each year, as Statistikkbanken gives it."""
    frame = open_store().frame("population").filter(pl.col("year") == 2026).sort("code", "sex", "age")
    names = {one.code: one.name for one in load_regions().municipalities(2026)}
    wanted = list(years)
    numbers = {year: (frame["value"] * growth ** (year - 2026)).cast(pl.Int64).to_list() for year in wanted}
    sums = [str(sum(numbers[year])) for year in wanted]
    values = ";".join(f'"Personer {year}"' for year in wanted)
    zeros = ";".join("0" for _ in wanted)
    lines = [
        '"07459: Alders- og kjønnsfordeling i kommuner, fylker og hele landets befolkning (K), etter region, kjønn, alder, statistikkvariabel og år"',
        "",
        f'"region";"kjønn";"alder";{values}',
        f'"0 Hele landet";"Menn";"0 år";{";".join(sums)}',
        f'"31 Østfold";"Menn";"0 år";{zeros}',
        f'"K-0101 Halden (-2019)";"Menn";"0 år";{zeros}',
    ]
    words = {"male": "Menn", "female": "Kvinner"}
    for place, (code, sex, age) in enumerate(frame.select("code", "sex", "age").iter_rows()):
        years_old = "105 år eller eldre" if age == 105 else f"{age} år"
        cells = ";".join(str(numbers[year][place]) for year in wanted)
        lines.append(f'"{code} {names[code]}";"{words[sex]}";"{years_old}";{cells}')
    return "\r\n".join(lines) + "\r\n"


def write_next_year(folder: Path) -> None:
    """Write what a county fetches in the autumn of 2027: two pages of IMDi's and one table of Statistics Norway's."""
    pages = {
        "bosetting-2026.html": page(2026, settlement(2026, finished=True)),
        "bosetting-2027.html": page(2027, settlement(2027, finished=False), "27. september"),
    }
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "folketall-2027.csv").write_bytes(population([2027]).encode("cp1252"))
