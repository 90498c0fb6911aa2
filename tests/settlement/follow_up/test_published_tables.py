"""IMDi's published tables: every layout gives the same figures, marks stay marks, and nothing is half read."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.daily import LONG_RUN
from tests.settlement.follow_up.examples import NAMES, REGIONS, request, status, telemark, written

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.settlement.county_table import sum_remark
from fotfeste.settlement.follow_up.known import known_in_data
from fotfeste.settlement.follow_up.requests import Requests, read_requests, requests_by_hand
from fotfeste.settlement.follow_up.status import SettlementStatus, falls, read_settlement_status
from fotfeste.statistics import open_store
from fotfeste.statistics.figure import Figure, Mark, total

DAY = date(2026, 12, 1)
WIDE = "kommune;anmodet;enslige mindreårige\nSkien;60;5\nMidt-Telemark;.;.\n4032;10;0\nVinje;-;-\n"


def read(folder: Path, text: str, year: int = 2027, **more: object) -> Requests:
    path = written(folder, text)
    return read_requests(path, NAMES, year, DAY, REGIONS, county="40", **more)  # type: ignore[arg-type]


def persons(found: Requests) -> dict[str, Figure]:
    return {code: one.persons for code, one in found.by_code.items()}


def refused(folder: Path, text: str, year: int = 2027) -> InputError:
    with pytest.raises(InputError) as caught:
        read(folder, text, year)
    return caught.value


def statuses(folder: Path, text: str) -> SettlementStatus:
    return read_settlement_status(written(folder, text), NAMES, 2027, DAY, REGIONS, county="40")


# Known answers


@pytest.mark.parametrize(
    "table",
    [
        "sted;kommune;anmodet\n;Skien;60\n;Midt-Telemark;5\n;4032;10\n;Vinje;0\nSum;;75\n",
        "kommune;anmodet\nSkien;60\nMidt-Telemark;5\n4032;10\nVinje;0\nSum Telemark;75\n",
        "kommunenummer;kommune;anmodet\n4003;Skien;60\n4020;Midt-Telemark;5\n4032;Fyresdal;10\n4036;Vinje;0\n;Telemark i alt;75\n",
    ],
    ids=["in a column of its own", "of the county", "in the column of names"],
)
def test_a_row_with_the_sum_is_passed_by_and_said_so(tmp_path: Path, table: str) -> None:
    found = read(tmp_path, table)
    assert total(persons(found).values()) == Figure.observed(75)
    (told,) = [language("nb").text(one) for one in found.remarks]
    assert "er en sum, og er ikke lest som en kommune." in told


def test_a_sum_that_is_not_that_of_its_rows_is_told_too(tmp_path: Path) -> None:
    found = read(tmp_path, "sted;kommune;anmodet\n;Skien;60\n;Midt-Telemark;5\n;4032;10\n;Vinje;0\nSum;;99\n")
    assert len(found.remarks) == 2
    assert "99" in language("nb").text(found.remarks[1])


def test_a_row_that_is_no_municipality_and_no_sum_is_refused_without_a_command(tmp_path: Path) -> None:
    error = refused(tmp_path, "kommune;anmodet\nSkien;60\nMidt-Telemark;5\n4032;10\nVinje;0\nQqqqqq;75\n")
    told = [language("nb").text(one.remedy) for one in error.problems or (error.problem,) if one.remedy]
    assert told
    assert not [one for one in told if "fotfeste" in one]


@pytest.mark.shared
def test_the_requests_of_telemark_in_2026_are_those_that_imdi_publishes(shared: Path) -> None:
    path = shared / "data/imdi_settlement/settlement_municipality_2024_2026.csv"
    found = read_requests(path, telemark(), 2026, None, REGIONS, county="40")
    assert total(persons(found).values()) == Figure.observed(559)
    assert found.by_code["4003"].persons.value == 91
    assert found.by_code["4003"].dated == date(2026, 9, 28)
    assert found.checksum == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.shared
def test_every_county_of_the_published_file_gives_the_published_county_row_but_for_nordland(
    shared: Path,
) -> None:
    folder = shared / "data/imdi_settlement"
    rows = [
        line.split(",") for line in (folder / "settlement_county_2024_2026.csv").read_text().splitlines()[1:]
    ]
    remarked = []
    for code, name, year, requested, *_ in rows:
        names = {one.code: one.name for one in REGIONS.municipalities(int(year), code)}
        path = folder / "settlement_municipality_2024_2026.csv"
        found = read_requests(path, names, int(year), DAY, REGIONS, county=code)
        if sum_remark("requested", persons(found).values(), Figure.observed(int(requested))):
            remarked.append((name, year))
    assert len(rows) == 45
    assert remarked == []


@pytest.mark.shared
def test_the_decided_sum_of_nordland_in_2026_is_five_off_and_is_told_not_refused(shared: Path) -> None:
    text = (shared / "data/imdi_settlement/settlement_municipality_2024_2026.csv").read_text().splitlines()
    rows = [line.split(",") for line in text if ",18,Nordland,2026," in line]
    decided = [Figure.observed(int(row[7])) for row in rows if row[7]]
    told = sum_remark("decided", decided, Figure.observed(1050))
    assert told is not None
    assert "1 045" in str(told).replace("\u00a0", " ")


@pytest.mark.shared
def test_the_status_of_2026_keeps_hidden_counts_hidden_and_the_published_sum_fits_between_them(
    shared: Path,
) -> None:
    path = shared / "data/imdi_settlement/settlement_municipality_2024_2026.csv"
    found = read_settlement_status(path, telemark(), 2026, None, REGIONS, county="40")
    county = found.for_others().county.persons
    assert found.for_owner("4003").persons == Figure.observed(41)
    assert found.for_owner("4020").persons.mark is Mark.SUPPRESSED
    assert (county.low, county.high) == (222, 231)
    assert county.low <= 225 <= county.high


@pytest.mark.shared
def test_a_table_with_one_line_a_number_gives_the_same_as_one_column_a_number(shared: Path) -> None:
    folder = shared / "data"
    long = folder / "imdi_intro_programme_and_retention/telemark_settlement_1995_2026.csv"
    wide = folder / "imdi_settlement/settlement_municipality_2024_2026.csv"
    one, other = (read_requests(path, telemark(), 2026, DAY, REGIONS, county="40") for path in (long, wide))
    assert persons(one) == persons(other)


@pytest.mark.shared
@pytest.mark.parametrize(("county", "year"), [("40", 2015), ("40", 2017), ("40", 2022), ("50", 2022)])
def test_old_numbers_of_municipalities_give_what_the_data_have_in_the_division_of_today(
    shared: Path, county: str, year: int
) -> None:
    names = {one.code: one.name for one in REGIONS.municipalities(2026, county)}
    path = shared / "data/imdi_settlement/settlement_municipality_1995_2023_original_codes.csv"
    found = read_requests(path, names, year, DAY, REGIONS, county=county, division=2026)
    data = known_in_data(open_store(), REGIONS, list(names), year, year)
    assert persons(found) == {code: data[code][0].requested for code in names}


@pytest.mark.shared
def test_a_municipality_that_was_divided_since_is_told_and_never_guessed(shared: Path) -> None:
    names = {one.code: one.name for one in REGIONS.municipalities(2026, "15")}
    path = shared / "data/imdi_settlement/settlement_municipality_1995_2023_original_codes.csv"
    with pytest.raises(InputError) as caught:
        read_requests(path, names, 2022, DAY, REGIONS, county="15", division=2026)
    assert {problem.code for problem in caught.value.problems} == {"requests.split"}
    assert "1508, 1580" in str(caught.value)


# Layouts


def test_numbers_marks_and_zero_are_four_things(tmp_path: Path) -> None:
    found = read(tmp_path, WIDE)
    assert persons(found) == {
        "4003": Figure.observed(60),
        "4020": Figure.missing(low=0),
        "4032": Figure.observed(10),
        "4036": Figure.not_asked(),
    }
    assert found.by_code["4003"].minors == Figure.observed(5)
    assert found.by_code["4036"].minors == Figure.not_asked()


@pytest.mark.parametrize(
    "header",
    [
        "kommune;oppmoda;einslege mindreårige",
        "Municipality;Requested;Unaccompanied minors",
        "Kommune;Anmodning om bosetting 2027;Herav enslige mindreårige (2027)",
        "Kommunenavn;Antall personer kommunen har blitt anmodet om å bosette;Enslige mindreårige",
    ],
)
def test_headings_may_be_in_bokmål_nynorsk_and_english_and_carry_the_year(
    tmp_path: Path, header: str
) -> None:
    text = WIDE.replace("kommune;anmodet;enslige mindreårige", header)
    assert read(tmp_path, text).by_code == read(tmp_path, WIDE).by_code


def test_one_line_a_number_with_other_years_and_kinds_is_read_alike(tmp_path: Path) -> None:
    lines = ["Kommune,År,Kategori,Antall"]
    for name, asked in (("Skien", "60"), ("Midt-Telemark", "."), ("Fyresdal", "10"), ("Vinje", "-")):
        lines += [f"{name},2026,Anmodning om bosetting,99", f"{name},2027,Anmodning om bosetting,{asked}"]
        lines += [f"{name},2027,Vedtak om bosetting,1", f"{name},2027,Noe annet,tull"]
    assert persons(read(tmp_path, "\n".join(lines))) == persons(read(tmp_path, WIDE))


def test_a_workbook_of_the_whole_country_with_titles_on_top_and_sums_is_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("Bosetting av flyktninger",),
        (),
        ("Merknad", "Anmodet", "Enslige mindreårige", "Kommunenummer", "Kommune", "Fylke"),
        ("", 1650, 30, 301, "Oslo", "Oslo"),
        ("", 60, 5, 4003, "Skien", "Telemark"),
        ("x", ".", ".", "4020", "Midt-Telemark", "Telemark"),
        ("", 10, 0, 4032.0, "Fyresdal", "Telemark"),
        ("", "–", "", "4036", "Vinje", "Telemark"),
        ("", 20, 0, "", "Herøy", "Nordland"),
        ("", 99, 5, "40", "Telemark", "Telemark"),
        ("", 13000, 300, "", "Hele landet", ""),
    ):
        sheet.append(row)
    path = tmp_path / "tabell.xlsx"
    book.save(path)
    found = read_requests(path, NAMES, 2027, DAY, REGIONS, county="40")
    assert persons(found) == persons(read(tmp_path, WIDE))


def test_a_county_sum_that_the_rows_do_not_give_is_told_and_the_rows_stand(tmp_path: Path) -> None:
    whole = WIDE.replace("Midt-Telemark;.;.", "Midt-Telemark;30;0")
    assert read(tmp_path, whole + "Telemark;100;5\n").remarks == ()
    told = read(tmp_path, whole + "Telemark;105;5\n").remarks
    assert [str(one) for one in told] == [
        "Kilden oppgir 105 for fylket i alt («anmodet»), men tallene for kommunene i den gir til sammen 100. Tallene er brukt som de står."
    ]


def test_a_flag_beside_an_empty_cell_says_what_is_missing(tmp_path: Path) -> None:
    text = "code,settled,settled_flag\n4003,20,\n4020,,suppressed_below_5\n4032,,not_requested\n4036,,awaiting_decision\n"
    marks = [one.persons.mark for one in statuses(tmp_path, text).by_code.values()]
    assert marks == [Mark.OBSERVED, Mark.SUPPRESSED, Mark.NOT_ASKED, Mark.MISSING]


def test_an_older_encoding_is_read(tmp_path: Path) -> None:
    names = {"4018": "Nome", "4012": "Bamble", "4014": "Kragerø"}
    path = written(tmp_path, "Kommune;Anmodet\nNome;1\nBamble;2\nKragerø;3\n", encoding="iso-8859-1")
    found = read_requests(path, names, 2027, DAY, REGIONS, county="40")
    assert found.by_code["4014"].persons == Figure.observed(3)


def test_numbers_of_before_2024_are_those_of_today(tmp_path: Path) -> None:
    text = "kommunenummer;anmodet\n3807;60\n3817;20\n3823;10\n3825;5\n"
    assert persons(read(tmp_path, text)) == {
        "4003": Figure.observed(60),
        "4020": Figure.observed(20),
        "4032": Figure.observed(10),
        "4036": Figure.observed(5),
    }


def test_predecessors_are_summed_only_when_all_of_them_are_there(tmp_path: Path) -> None:
    whole = "kommunenummer;anmodet\n4003;60\n0821;20\n0822;10\n4032;10\n4036;5\n"
    assert read(tmp_path, whole).by_code["4020"].persons == Figure.observed(30)
    hidden = read(tmp_path, whole.replace("0822;10", "0822;:")).by_code["4020"].persons
    assert (hidden.mark, hidden.low, hidden.high) == (Mark.SUPPRESSED, 21, 24)
    assert "Sauherad (0822) mangler" in str(refused(tmp_path, whole.replace("0822;10\n", "")))


def test_notes_below_the_table_are_passed_by_but_not_a_name_with_a_number(tmp_path: Path) -> None:
    assert read(tmp_path, WIDE + "Kilde: IMDi\n* Foreløpige tall;;\n").by_code == read(tmp_path, WIDE).by_code
    assert [str(one.place) for one in refused(tmp_path, WIDE + "Kilde: IMDi;3\n").problems] == [
        "tabell.csv, linje 6, kolonne 1"
    ]


def test_a_name_that_two_counties_share_is_no_hindrance_to_a_third(tmp_path: Path) -> None:
    assert read(tmp_path, WIDE + "Herøy;5;0\nHerøy;7;0\nVåler;8;0\n").by_code == read(tmp_path, WIDE).by_code
    names = {"1818": "Herøy"}
    path = written(tmp_path, "kommune;fylke;anmodet\nHerøy;Møre og Romsdal;7\nHerøy;Nordland;5\n")
    found = read_requests(path, names, 2027, DAY, REGIONS, county="18")
    assert found.by_code["1818"].persons == Figure.observed(5)
    without = written(tmp_path, "kommune;anmodet\nHerøy;7\nHerøy;5\n")
    with pytest.raises(InputError) as caught:
        read_requests(without, names, 2027, DAY, REGIONS, county="18")
    assert [one.code for one in caught.value.problems] == ["row.twice"]


def test_a_divided_municipality_is_told_where_it_matters_and_passed_by_elsewhere(tmp_path: Path) -> None:
    """Ålesund of 2020–2023 is Ålesund and Haram today."""
    assert read(tmp_path, WIDE + "1507;30;0\n").by_code == read(tmp_path, WIDE).by_code
    names = {"1508": "Ålesund"}
    with pytest.raises(InputError) as caught:
        read_requests(written(tmp_path, "kommune;anmodet\n1507;30\n"), names, 2027, DAY, REGIONS, county="15")
    assert [one.code for one in caught.value.problems] == ["requests.split"]


# Faults


CELLS = st.sampled_from(
    ["Skien", "4003", "Vinje", "4036.0", "Oslo", "Telemark", "40", "kommune", "anmodet", "år", "2027", "", ".", "-", ":", "7",
     "1 000", "=1+1", "3,5", "-3", "kategori", "antall", "Anmodning om bosetting", "x" * 300, "\u202e", "9" * 80]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12))
@LONG_RUN
def test_any_table_is_read_whole_or_refused_with_reasons(
    tmp_path_factory: Any, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    path = written(folder, WIDE + "\n".join(";".join(row) for row in rows))
    found, told = None, ""
    try:
        found = read_requests(path, NAMES, 2027, DAY, REGIONS, county="40")
    except InputError as error:
        told = error.describe(language("nb"))
    assert told or (found is not None and persons(found) == persons(read(folder, WIDE)))


def test_every_wrong_cell_is_told_with_its_place_and_nothing_is_read(tmp_path: Path) -> None:
    text = (
        "kommune;anmodet;enslige mindreårige\nSkien;mange;=1+1\nMidt-Telemark;-3;1\nNarnia;1;1\nVinje;1;2,5\n"
    )
    error = refused(tmp_path, text)
    assert error.code == "requests.faults"
    assert [str(problem.place) for problem in error.problems] == [
        "tabell.csv, linje 2, kolonne 2",
        "tabell.csv, linje 2, kolonne 3",
        "tabell.csv, linje 3, kolonne 2",
        "tabell.csv, linje 4, kolonne 1",
        "tabell.csv, linje 5, kolonne 3",
    ]


def test_a_municipality_that_is_left_out_or_stands_twice_is_told(tmp_path: Path) -> None:
    assert [one.code for one in refused(tmp_path, "kommune;anmodet\nSkien;1\n").problems] == [
        "row.missing"
    ] * 3
    assert [one.code for one in refused(tmp_path, WIDE + "Skien;61;5\n").problems] == ["row.twice"]


def test_a_file_of_another_year_has_no_rows_for_this_one(tmp_path: Path) -> None:
    text = "kommune;år;anmodet\nSkien;2026;1\nMidt-Telemark;2026;1\nFyresdal;2026;1\nVinje;2026;1\n"
    assert len(read(tmp_path, text, 2026).by_code) == 4
    assert {one.code for one in refused(tmp_path, text).problems} == {"row.missing"}


def test_more_minors_than_persons_is_told(tmp_path: Path) -> None:
    error = refused(tmp_path, WIDE.replace("4032;10;0", "4032;10;11"))
    assert [(one.code, str(one.place)) for one in error.problems] == [("follow_up.minors", "Fyresdal")]


def test_a_file_without_a_date_needs_one_from_people(tmp_path: Path) -> None:
    path = written(tmp_path, WIDE)
    with pytest.raises(InputError) as caught:
        read_requests(path, NAMES, 2027, None, REGIONS, county="40")
    assert caught.value.code == "requests.undated"


def test_a_file_with_two_dates_or_no_date_in_the_column_of_dates_is_told(tmp_path: Path) -> None:
    text = "kommune;statusdato;anmodet\nSkien;2026-12-01;1\nMidt-Telemark;2026-12-02;1\nFyresdal;;1\nVinje;i går;1\n"
    assert {one.code for one in refused(tmp_path, text).problems} == {"requests.dates", "cell.date"}


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"PK\x03\x04not a book", b"\xff\xfe\x00k", b"sted;antall\nSkien;1\n"]
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tabell.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_requests(path, NAMES, 2027, DAY, REGIONS, county="40")


def test_a_request_by_hand_is_checked_like_one_from_a_table() -> None:
    found = requests_by_hand(2027, [request("4003", 60, 5)], NAMES)
    assert found.by_code["4003"].reference == "26/100"
    with pytest.raises(InputError) as caught:
        requests_by_hand(2027, [request("4003", 60, 61), request("0301", 1), request("4003", 5)], NAMES)
    assert [one.code for one in caught.value.problems] == [
        "follow_up.minors",
        "requests.municipality",
        "requests.twice",
    ]


# A later status


def test_a_status_that_fell_is_told_with_both_counts_and_not_refused() -> None:
    earlier = status({"4003": 20, "4020": 3}, {"4003": 6}, date(2027, 6, 1))
    later = status({"4003": 19, "4020": 3}, {"4003": 5}, date(2027, 7, 1))
    assert [(one.code, one.minors, one.before.value, one.after.value) for one in falls(earlier, later)] == [
        ("4003", False, 20, 19),
        ("4003", True, 6, 5),
    ]
    assert falls(later, status({"4003": 30, "4020": 4}, as_of=date(2027, 8, 1))) == ()
    with pytest.raises(InputError):
        falls(later, earlier)
