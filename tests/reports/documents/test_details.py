from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.reports.documents import CaseDetails, read_details
from fotfeste.reports.documents.details import BLANKS, filled


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
