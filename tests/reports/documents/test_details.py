from datetime import date
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.regions import Regions
from fotfeste.reports import render_html
from fotfeste.reports.documents import CaseDetails, read_details
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.compose import build
from fotfeste.reports.documents.details import BLANKS, filled
from fotfeste.settings import LOCALES


def write(folder: Path, text: str) -> Path:
    path = folder / "sak.toml"
    path.write_text(text, "utf-8")
    return path


def test_details_are_read_and_the_rest_stay_blank(tmp_path: Path) -> None:
    path = write(tmp_path, 'schema = 1\ncase_number = "26/01234"\naddress = ["Postboks 1", "0001 Oslo"]\n')
    details = read_details(path)
    assert details == CaseDetails(case_number="26/01234", address=("Postboks 1", "0001 Oslo"))


def test_what_is_not_given_is_a_visible_blank() -> None:
    shown = {field: filled(CaseDetails(), field, language("nb")) for field in BLANKS}
    assert shown["case_number"] == "[saksnummer]"
    assert all(text.startswith("[") and text.endswith("]") for text in shown.values())
    assert filled(CaseDetails(case_number="1"), "case_number", language("nb")) == "1"


def test_every_wrong_field_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, 'schema = 1\ncase_numbr = "1"\nhandler = 3\naddress = "Postboks 1"\n')
    with pytest.raises(InputError) as caught:
        read_details(path)
    assert {problem.place for problem in caught.value.problems} == {"case_numbr", "handler", "address"}


@pytest.mark.parametrize(
    ("text", "code"),
    [('case_number = "1"\n', "details.schema"), ("schema = 1\ncase_number = 1234/\n", "details.toml")],
)
def test_a_file_that_is_not_details_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_details(write(tmp_path, text))
    assert caught.value.code == code


def test_a_file_that_is_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_details(tmp_path / "finnes-ikke.toml")
    assert caught.value.code == "details.absent"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sak.toml"
    path.write_bytes('schema = 1\noffice = "Læring"\n'.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        read_details(path)
    assert caught.value.code == "details.toml"


def test_a_day_is_written_in_the_language_of_each_document() -> None:
    day = date(2026, 12, 1)
    details = CaseDetails(decided_on=day, council_by=day, comments_by=day)
    told = {
        locale: [
            filled(details, field, language(locale)) for field in ("decided_on", "council_by", "comments_by")
        ]
        for locale in LOCALES
    }
    assert told["nb"] == ["1. desember 2026", "frist 1. desember 2026", "innen 1. desember 2026"]
    assert told["en"][0] == "1 December 2026"
    assert all("December" in one for one in told["en"])
    assert filled(CaseDetails(council_by="før jul"), "council_by", language("en")) == "før jul"


def test_days_can_be_given_as_such_in_the_file_and_a_number_is_no_day(tmp_path: Path) -> None:
    path = write(tmp_path, 'schema = 1\ndecided_on = 2026-12-01\nsent_on = "i desember"\n')
    assert read_details(path) == CaseDetails(decided_on=date(2026, 12, 1), sent_on="i desember")
    with pytest.raises(InputError) as caught:
        read_details(write(tmp_path, "schema = 1\ndecided_on = true\nsent_on = [1]\naddress = [1]\n"))
    assert [problem.place for problem in caught.value.problems] == ["address.0", "decided_on", "sent_on"]


def test_a_letter_in_norwegian_has_its_days_in_norwegian_also_when_documents_are_made_in_english(
    basis: Basis, regions: Regions
) -> None:
    details = CaseDetails(sent_on=date(2026, 12, 1), council_by=date(2027, 1, 15), deciding_body="Utvalget")
    made = build(basis.recommendation, regions, locale="en", issued=date(2026, 11, 21), details=details)
    letters = [render_html(one).decode() for one in made.letters]
    assert letters
    for one in letters:
        assert "1. desember 2026" in one
        assert "frist 15. januar 2027" in one
        assert "December" not in one
    assert "1 December 2026" in render_html(made.case_paper).decode()
