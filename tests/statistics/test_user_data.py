"""Figures that users bring along."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.regions import load_regions
from fotfeste.statistics import compute, open_store, read_user_indicators
from fotfeste.statistics.figure import Figure

CODES = ("4001", "4003")
HEADER = "kode;indikator;verdi;periode;kilde\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tillegg.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_new_indicator_is_there_with_its_period_and_source(tmp_path: Path) -> None:
    text = f"{HEADER}4001;ledige_boliger;12;2026;Egen telling\nSkien;ledige_boliger;:;;\nTelemark fylke;ledige_boliger;90;;\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    found = compute(open_store(), load_regions(), ["ledige_boliger", "population"], CODES, 2027, user=user)
    assert found.has("ledige_boliger")
    assert found.figure("ledige_boliger", "4001") == Figure.observed(12)
    assert found.figure("ledige_boliger", "4003") == Figure.suppressed()
    assert found.county("ledige_boliger", "40") == Figure.observed(90)
    assert found.country("ledige_boliger") == Figure.missing()
    assert found.period("ledige_boliger") == "2026"
    source = found.sources("ledige_boliger")[0]
    assert (source.agency, source.table) == ("Egen telling", "tillegg.csv")
    assert found.figure("population", "4001") == Figure.observed(37_435)


def test_a_countys_own_row_does_not_give_a_hidden_municipality_away(tmp_path: Path) -> None:
    """Telemark's 90 less Porsgrunn's 88 would be the hidden two of Skien."""
    text = f"{HEADER}4001;ledige_boliger;88;;\n4003;ledige_boliger;:;;\nTelemark fylke;ledige_boliger;90;;\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    found = compute(open_store(), load_regions(), ["ledige_boliger"], CODES, 2027, user=user)
    assert found.county("ledige_boliger", "40") == Figure.observed(90)
    assert found.shown_county("ledige_boliger", "40") == Figure.suppressed(89, 92)


def test_a_countys_row_of_a_count_that_small_numbers_are_hidden_in_is_told_by_its_bounds(
    tmp_path: Path,
) -> None:
    text = f"{HEADER}4001;refugees;88;;\n4003;refugees;2;;\n40;refugees;90;;\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    found = compute(open_store(), load_regions(), ["refugees"], CODES, 2027, user=user)
    assert found.shown("refugees", "4003") == Figure.suppressed()
    assert found.shown_county("refugees", "40") == Figure.suppressed(89, 92)


def test_a_countys_row_that_its_municipalities_do_not_add_up_to_is_shown(tmp_path: Path) -> None:
    """A mean, or a county of which only some municipalities are hidden for another reason, gives nothing away."""
    text = f"{HEADER}4001;a;88;;\n4003;a;:;;\n40;a;44,5;;\n4001;b;88;;\n4003;b;:;;\n40;b;120;;\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    found = compute(open_store(), load_regions(), ["a", "b"], CODES, 2027, user=user)
    assert found.shown_county("a", "40").value == Fraction(89, 2)
    assert found.shown_county("b", "40").value == 120


def test_what_the_user_brings_comes_before_the_embedded_figure(tmp_path: Path) -> None:
    text = f"{HEADER}4001;unemployment_share_2022;0,021;2026;Nav\n4003;unemployment_share_2022;0,025;;\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    found = compute(
        open_store(), load_regions(), ["unemployment_share_2022"], (*CODES, "4010"), 2027, user=user
    )
    assert str(found.figure("unemployment_share_2022", "4001").value) == "21/1000"
    assert found.figure("unemployment_share_2022", "4010").known


def test_the_uncertainty_that_is_stated_becomes_bounds_and_a_blank_states_none(tmp_path: Path) -> None:
    text = "kode;indikator;verdi;usikkerhet\n4001;ledige_boliger;12;3\n4003;ledige_boliger;40;\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    assert user.figure("ledige_boliger", "4001") == Figure(12, low=9, high=15)
    assert user.figure("ledige_boliger", "4003") == Figure.observed(40)


def test_an_uncertainty_below_zero_is_refused_with_its_cell(tmp_path: Path) -> None:
    text = "kode;indikator;verdi;usikkerhet\n4001;ledige_boliger;12;-3\n4003;ledige_boliger;40;mye\n"
    with pytest.raises(InputError) as caught:
        read_user_indicators(write(tmp_path, text), CODES, 2027)
    assert len(caught.value.problems) == 2


def test_marks_are_marks(tmp_path: Path) -> None:
    text = "kommune,indikator,verdi\nPorsgrunn,a,.\nSkien,a,-\n"
    user = read_user_indicators(write(tmp_path, text), CODES, 2027)
    assert user.figure("a", "4001").mark == "."
    assert user.figure("a", "4003") == Figure.not_asked()


def test_a_workbook_is_read_too_and_its_formulas_are_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["kode", "indikator", "verdi"], [4001, "a", 3], ["Skien", "a", 4.5]):
        page.append(row)
    path = tmp_path / "tillegg.xlsx"
    book.save(path)
    user = read_user_indicators(path, CODES, 2027)
    assert user.figure("a", "4003").value == Fraction(9, 2)
    page["C3"] = "=C2*2"
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_user_indicators(path, CODES, 2027)
    assert [(one.code, str(one.place)) for one in caught.value.problems] == [
        ("cell.formula", "tillegg.xlsx, celle C3")
    ]


def test_every_fault_is_told_with_its_cell(tmp_path: Path) -> None:
    text = (
        f"{HEADER}4001;a;tolv;;\n4003;;3;;\n9998;a;3;;\n3807;a;3;;\n4010;a;=1+1;;\n4012;a;1;;\n4012;a;1;;\n"
    )
    with pytest.raises(InputError) as caught:
        read_user_indicators(write(tmp_path, text), CODES, 2027)
    found = [(one.code, str(one.place)) for one in caught.value.problems]
    assert found == [
        ("cell.text", "tillegg.csv, linje 2, kolonne 3"),
        ("data.indicator", "tillegg.csv, linje 3, kolonne 2"),
        (caught.value.problems[2].code, "tillegg.csv, linje 4, kolonne 1"),
        (caught.value.problems[3].code, "tillegg.csv, linje 5, kolonne 1"),
        ("cell.formula", "tillegg.csv, linje 6, kolonne 3"),
        ("row.twice", "tillegg.csv, linje 8, kolonne 1"),
    ]


def test_a_municipality_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_user_indicators(write(tmp_path, f"{HEADER}4001;a;3;;\n"), CODES, 2027)
    assert [one.code for one in caught.value.problems] == ["row.missing"]
    assert "4003" in str(caught.value)


@pytest.mark.parametrize("text", ["kode;verdi\n4001;3\n", HEADER, ""])
def test_a_file_without_the_columns_or_without_rows_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_user_indicators(write(tmp_path, text), CODES, 2027)
