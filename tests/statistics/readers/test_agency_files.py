"""Files of NAV, Husbanken and IMDi's endpoints, read through their declared layouts.

The files are synthetic. IMDi's are shaped like its endpoints (columns, units, Svalbard and unknown among the lines), NAV's like the
workbook a county gets (two tables side by side). Husbanken's own workbook has not been at hand: only the mapping is tried.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.regions import load_regions
from fotfeste.statistics.importing import read_file
from fotfeste.statistics.readers.cells import CellRules
from fotfeste.statistics.readers.imdi import NO_MUNICIPALITY, read_imdi_long
from fotfeste.statistics.readers.mapping import read_mapping

REGIONS = load_regions()
HEAD = "Kommunenummer;Kommune;Kjønn;År;Innvandringsgrunn;Enhet;Antall\n"


def imdi(folder: Path, lines: str, head: str = HEAD) -> Path:
    path = folder / "imdi.csv"
    path.write_bytes((head + lines).encode("iso-8859-1"))
    return path


def test_imdis_endpoint_gives_persons_and_per_cent_and_only_the_unit_asked_for_is_kept(
    tmp_path: Path,
) -> None:
    path = imdi(
        tmp_path,
        "3001;Halden;Alle;2023;Alle;Personer;4821\n3001;Halden;Alle;2023;Alle;Prosent;15,2\n"
        "301;Oslo;Alle;2023;Alle;Personer;210000\n"
        "827;Hjartdal (t.o.m. 2019);Alle;2019;Alle;Personer;104\n"
        "2111;Longyearbyen;Alle;2023;Alle;Personer;900\n9999;Uoppgitt;Alle;2023;Alle;Personer;12\n",
    )
    tidy = read_imdi_long(path, REGIONS, skip=NO_MUNICIPALITY, keep={"Enhet": "Personer"})
    assert tidy.dimensions == ("Kjønn", "Innvandringsgrunn")
    assert [(row.code, row.year, int(row.figure.value or 0)) for row in tidy.rows] == [
        ("3001", 2023, 4821), ("0301", 2023, 210000), ("0827", 2019, 104),
    ]  # fmt: skip


def test_a_share_that_is_asked_for_keeps_its_decimals(tmp_path: Path) -> None:
    path = imdi(tmp_path, "3001;Halden;Alle;2023;Alle;Prosent;15,2\n3001;Halden;Alle;2023;Alle;Personer;9\n")
    tidy = read_imdi_long(path, REGIONS, rules=CellRules(fractions=True), keep={"Enhet": "Prosent"})
    assert tidy.frame()["value"].to_list() == [15.2]


def test_imdis_counties_are_found_by_a_number_that_lost_its_zero(tmp_path: Path) -> None:
    head = "Fylkesnummer;Fylke;År;Enhet;Antall\n"
    path = imdi(tmp_path, "8;Telemark;2019;Personer;36\n40;Telemark;2024;Personer;41\n", head)
    tidy = read_imdi_long(path, REGIONS, county=True, keep={"Enhet": "Personer"})
    assert [(row.code, row.code_year) for row in tidy.rows] == [("08", 2019), ("40", 2024)]


def test_a_file_without_the_column_that_says_the_unit_is_refused_with_its_name(tmp_path: Path) -> None:
    path = imdi(tmp_path, "3001;Halden;2023;5\n", "Kommunenummer;Kommune;År;Antall\n")
    with pytest.raises(InputError) as caught:
        read_imdi_long(path, REGIONS, keep={"Enhet": "Personer"})
    assert caught.value.code == "file.columns"
    assert "Enhet" in language("nb").text(caught.value.problem.what)


NAV = ["År", "År-måned", "Geografisk enhet", "Arbeidsmarkedsstatus", "Kjønn", "Antall personer", "Andel"]


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def test_navs_two_tables_side_by_side_are_both_read_and_a_star_is_one_to_three(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "nav.xlsx",
        ["Arbeidssøkere, syntetiske tall"],
        [None, *NAV, None, *NAV],
        [None, 2026, "2026-09", "Skien", "Helt ledige", "Begge kjønn", 812, 0.03,
         None, 2026, "2026-09", "Tinn", "Helt ledige", "Begge kjønn", "*", "*"],
        [None, 2026, "2026-09", "Kviteseid", "Helt ledige", "Begge kjønn", 21, 0.02],
    )  # fmt: skip
    frame = read_file(path, read_mapping("nav-helt-ledige"), REGIONS).frame().sort("code")
    assert frame["code"].to_list() == ["4003", "4026", "4028"]
    assert frame["value"].to_list() == [812, None, 21]
    assert frame.row(1, named=True)["mark"] == ":"
    assert (frame.row(1, named=True)["low"], frame.row(1, named=True)["high"]) == (1, 3)


def test_tables_side_by_side_that_do_not_repeat_the_same_columns_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "nav.xlsx", ["Tittel"], [*NAV, *NAV[:-2]], [2026, "2026-09", "Skien"])
    with pytest.raises(InputError) as caught:
        read_file(path, read_mapping("nav-helt-ledige"), REGIONS)
    assert caught.value.code == "file.columns"


def test_husbankens_layout_gives_households_and_amounts_by_municipality(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "bostotte.xlsx",
        ["Kommunenummer", "Kommune", "År", "Antall mottakere", "Utbetalt beløp"],
        ["4003", "Skien", 2025, 1204, 51200000],
        ["4028", "Kviteseid", 2025, ":", ":"],
    )
    frame = read_file(path, read_mapping("husbanken-bostotte"), REGIONS).frame()
    assert frame.filter(frame["measure"] == "households")["value"].to_list() == [1204, None]
