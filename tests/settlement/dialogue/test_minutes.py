"""Minutes: a form out, what was heard back, every wrong cell named, and what the county can follow up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.settlement.dialogue.filling import fill

from fotfeste.errors import InputError
from fotfeste.messages import Locale
from fotfeste.regions import load_regions
from fotfeste.settlement.dialogue.minutes import Meetings, Minutes, Need, by_theme, follow_up, shared_themes
from fotfeste.settlement.dialogue.minutes_form import write_minutes_form
from fotfeste.settlement.dialogue.minutes_read import MinutesReading, read_minutes
from fotfeste.settlement.dialogue.questions_file import load_questions

FORM = load_questions()
MET = date(2026, 11, 3)
ASKED = (("housing", "Bolig: Hvor mange?"), ("few_settled", "Hvor mange må komme?"))
Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that writes an empty form for a municipality of Telemark."""

    def one(code: str = "4003", name: str = "Skien", locale: Locale = "nb", year: int = 2027) -> Path:
        path = tmp_path / f"{code}.xlsx"
        path.write_bytes(
            write_minutes_form(
                code, name, "40", "Telemark", year, date(2026, 11, 21), FORM, ASKED, locale=locale
            )
        )
        return path

    return one


def read(*paths: Path, year: int = 2027, county: str = "Telemark") -> MinutesReading:
    return read_minutes(paths, county, year, load_regions(), FORM)


def test_what_was_written_is_what_is_read(make: Make) -> None:
    path = make()
    fill(
        path,
        {
            "met_on": MET, "place": "video", "participants_municipality": "kommunedirektør; leder for voksenopplæringen",
            "participants_county": "rådgiver", "capacity_said": 60, "wish_said": 0, "note": "Godt møte.",
            "next_step": "Svarskjema", "next_on": "1.12.2026",
        },
        [("Tolk", "Tolk på dagtid", "rådgiver", date(2027, 1, 15)), ("Bolig", "Små boliger", None, None)],
        {"housing": "Tjue i høst."},
    )  # fmt: skip
    found = read(path)
    assert found.meetings.minutes["4003"] == Minutes(
        "4003", MET, "video", ("kommunedirektør", "leder for voksenopplæringen"), ("rådgiver",), 60, 0, None,
        "Godt møte.", (("Bolig: Hvor mange?", "Tjue i høst."),),
        (Need("interpreters", "Tolk på dagtid", "rådgiver", date(2027, 1, 15)), Need("housing", "Små boliger")),
        "Svarskjema", date(2026, 12, 1),
    )  # fmt: skip
    assert [notice.code for notice in found.notices] == ["minutes.open"], "the need that nobody follows up"


def test_zero_said_is_not_the_same_as_nothing_said(make: Make) -> None:
    path = make()
    fill(path, {"met_on": MET, "wish_said": 0})
    minutes = read(path).meetings.minutes["4003"]
    assert minutes.wish_said == 0
    assert minutes.capacity_said is None


def test_a_blank_form_is_a_meeting_not_held(make: Make) -> None:
    found = read(make())
    assert found.meetings.minutes == {}
    assert len(found.meetings.not_met) == 17


def test_content_without_a_date_is_asked_about_and_not_dropped(make: Make) -> None:
    path = make()
    fill(path, {}, [("Tolk", "Tolk på dagtid", "rådgiver", MET)])
    with pytest.raises(InputError, match="Møtedato"):
        read(path)


@pytest.mark.parametrize(
    ("locale", "theme"), [("nb", "Bolig"), ("nn", "Bustad"), ("en", "Housing"), ("nb", "housing")]
)
def test_a_theme_is_known_in_every_language_and_by_its_id(make: Make, locale: Locale, theme: str) -> None:
    path = make(locale=locale)
    fill(path, {"met_on": MET}, [(theme, "Små boliger", "rådgiver", MET)])
    assert read(path).meetings.minutes["4003"].needs[0].theme == "housing"


@pytest.mark.parametrize(
    ("values", "need", "said"),
    [
        ({"met_on": "i går"}, None, "(Møtedato): «i går» er ikke en dato"),
        ({"met_on": MET, "capacity_said": "om lag 20"}, None, "(Kapasitet slik den ble sagt i møtet)"),
        ({"met_on": MET, "wish_said": -3}, None, "negativt tall"),
        ({"met_on": MET}, ("Fisk", "Mer fisk", "", None), "«Fisk» er ikke et av temaene"),
        ({"met_on": MET}, ("", "Mer fisk", "", None), "Behovet mangler tema"),
        ({"met_on": MET}, ("Tolk", "", "rådgiver", None), "feltet «Behov» er tomt"),
        ({"met_on": MET}, ("Tolk", "Tolk", "rådgiver", "snart"), "(Frist): «snart» er ikke en dato"),
        ({"met_on": MET, "note": "gjelder 010190 12345"}, None, "ser ut som et fødselsnummer"),
        ({"met_on": MET}, ("Tolk", "for 01019012345", "", None), "ser ut som et fødselsnummer"),
        ({"met_on": MET, "note": "=1+1"}, None, "formel"),
    ],
)
def test_a_wrong_cell_is_named_with_file_and_field(
    make: Make, values: dict[str, object], need: tuple[object, ...] | None, said: str
) -> None:
    path = make()
    fill(path, values, [need] if need else [])
    with pytest.raises(InputError) as error:
        read(path)
    assert said in str(error.value)
    assert "4003.xlsx, ark «" in str(error.value)
    assert "01019012345" not in str(error.value)


def test_every_wrong_cell_is_told_at_once(make: Make) -> None:
    path = make()
    fill(path, {"met_on": MET, "wish_said": "mange"}, [("Fisk", "Mer", "", None), ("Tolk", "", "x", None)])
    with pytest.raises(InputError) as error:
        read(path)
    assert len(error.value.problems) == 3


def test_minutes_of_another_year_or_county_never_slip_in(make: Make) -> None:
    path = make()
    fill(path, {"met_on": MET})
    with pytest.raises(InputError, match="gjelder 2027, ikke 2028"):
        read(path, year=2028)
    with pytest.raises(InputError, match="ikke 46"):
        read(path, county="Vestland")


def test_two_minutes_of_one_municipality_are_refused(make: Make, tmp_path: Path) -> None:
    path = make()
    fill(path, {"met_on": MET})
    other = tmp_path / "kopi.xlsx"
    other.write_bytes(path.read_bytes())
    with pytest.raises(InputError, match=r"Skien har referat også i 4003\.xlsx"):
        read(tmp_path)
    del other


def test_a_workbook_that_is_no_form_is_told_so(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "annet.xlsx")
    with pytest.raises(InputError, match="ikke et referatskjema"):
        read(tmp_path / "annet.xlsx")
    with pytest.raises(InputError, match="finnes ikke"):
        read(tmp_path / "borte.xlsx")
    (tmp_path / "tom").mkdir()
    with pytest.raises(InputError, match="ingen referatskjemaer"):
        read(tmp_path / "tom")


def test_a_field_that_was_deleted_is_missed(make: Make) -> None:
    path = make()
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        if row[3].value == "wish_said":
            row[3].value = None
    book.save(path)
    with pytest.raises(InputError, match=r"\(wish_said\) mangler"):
        read(path)


@pytest.mark.parametrize("sheet", ["Behov", "Spørsmål", "Referat"])
def test_a_sheet_that_was_deleted_is_missed_so_that_no_need_is_lost(make: Make, sheet: str) -> None:
    path = make()
    fill(path, {"met_on": MET})
    book = load_workbook(path)
    del book[sheet]
    book.save(path)
    with pytest.raises(InputError, match=f"Arket «{sheet}»"):
        read(path)


def test_merged_answers_are_refused(make: Make) -> None:
    path = make()
    fill(path, {"met_on": MET}, [("Tolk", "Tolk på dagtid", "rådgiver", MET)])
    book = load_workbook(path)
    book["Behov"].merge_cells("B5:B6")
    book.save(path)
    with pytest.raises(InputError, match="slått sammen"):
        read(path)


def test_what_is_written_beside_the_needs_is_said_not_to_be_read(make: Make) -> None:
    path = make()
    fill(path, {"met_on": MET}, [("Tolk", "Tolk på dagtid", "rådgiver", MET, "husk dette")])
    assert [notice.code for notice in read(path).notices] == ["minutes.beside"]


def test_a_file_for_a_municipality_of_another_number_is_refused(make: Make) -> None:
    path = make(code="9999", name="Utopia")
    fill(path, {"met_on": MET})
    with pytest.raises(InputError, match="Kommunenummeret 9999 finnes ikke i fylket"):
        read(path)


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_the_list_of_themes_to_choose_from_is_the_one_in_the_workbook(make: Make, locale: Locale) -> None:
    book = load_workbook(make(locale=locale))
    lists = [one for one in book.worksheets[1].data_validations.dataValidation if one.type == "list"]
    sheet, _, cells = lists[0].formula1.rpartition("!")
    offered = [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
    assert offered == [theme.name[locale] for theme in FORM.themes]


def test_the_form_warns_against_names_on_every_sheet_to_write_in(make: Make) -> None:
    book = load_workbook(make())
    for sheet in book.worksheets[:3]:
        text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        assert "Skriv aldri navn" in text, sheet.title


def test_the_same_date_gives_the_same_bytes(make: Make) -> None:
    assert make().read_bytes() == make().read_bytes()


def meetings(needs: dict[str, list[Need]]) -> Meetings:
    return Meetings(
        "40",
        "Telemark",
        2027,
        {code: Minutes(code, MET, needs=tuple(group)) for code, group in needs.items()},
        (),
        {},
    )


THEMES = tuple(FORM.theme_names)


def test_a_need_that_three_municipalities_have_is_the_basis_for_a_gathering() -> None:
    found = meetings(
        {
            "4001": [Need("interpreters", "a"), Need("interpreters", "b")],
            "4003": [Need("interpreters", "c"), Need("housing", "d")],
            "4005": [Need("interpreters", "e"), Need("housing", "f")],
        }
    )
    assert shared_themes(found, THEMES, 3) == (("interpreters", ("4001", "4003", "4005")),)
    assert [theme for theme, _ in shared_themes(found, THEMES, 2)] == ["interpreters", "housing"]


def test_one_municipality_with_many_needs_is_not_several_municipalities() -> None:
    found = meetings({"4001": [Need("housing", str(number)) for number in range(5)]})
    assert shared_themes(found, THEMES, 2) == ()


def test_follow_up_is_by_deadline_and_those_without_come_last() -> None:
    found = meetings(
        {
            "4001": [Need("housing", "uten"), Need("work", "sist", deadline=date(2027, 5, 1))],
            "4003": [Need("health", "først", deadline=date(2026, 12, 1))],
        }
    )
    assert [task.need.text for task in follow_up(found)] == ["først", "sist", "uten"]


heard = st.builds(
    Need,
    st.sampled_from(THEMES),
    st.just("Behov"),
    st.just(""),
    st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)


@given(st.dictionaries(st.sampled_from(["4001", "4003", "4005", "4010"]), st.lists(heard, max_size=5)))
def test_no_need_is_lost_between_minutes_themes_and_follow_up(needs: dict[str, list[Need]]) -> None:
    found = meetings(needs)
    number = sum(len(group) for group in needs.values())
    assert len(follow_up(found)) == number
    assert sum(len(group) for group in by_theme(found, THEMES).values()) == number
