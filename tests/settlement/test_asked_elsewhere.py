"""What somebody else has asked already: a table with a line for each municipality and a column for each field."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from fotfeste.errors import FotfesteError, InputError
from fotfeste.settlement.asked_elsewhere import empty_table, fields_to_ask, read_asked

NAMES = {"4001": "Porsgrunn", "4003": "Skien"}


def csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "svar.csv"
    path.write_bytes(text.encode(encoding))
    return path


def xlsx(tmp_path: Path, *rows: tuple[Any, ...]) -> Path:
    book, path = Workbook(), tmp_path / "svar.xlsx"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def codes(path: Path) -> list[str]:
    with pytest.raises(InputError) as refused:
        read_asked(path, NAMES)
    return [one.code for one in refused.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "kommune;minors;housing\n4003;25;\n4001;;40\n",
        "Kommunenummer,MINORS,Housing\n4003,25,\nPorsgrunn,,40\n",
        "kommune\tnavn\tminors\thousing\n4003 Skien\tSkien\t25\t\n4001\t\t\t40\n",
    ],
)
def test_municipalities_and_fields_are_known_by_number_or_name(tmp_path: Path, text: str) -> None:
    assert read_asked(csv(tmp_path, text), NAMES).values == {"4003": {"minors": 25}, "4001": {"housing": 40}}


def test_fields_are_known_by_their_labels_in_every_language(tmp_path: Path) -> None:
    label = next(one.label for one in fields_to_ask() if one.id == "minors")
    for text in label.values():
        assert read_asked(csv(tmp_path, f'kommune;"{text}"\n4003;2\n'), NAMES).values == {
            "4003": {"minors": 2}
        }


def test_a_table_in_the_old_norwegian_encoding_is_read(tmp_path: Path) -> None:
    path = csv(tmp_path, "kommune;capacity_note\n4003;Må bygge på nytt\n", "cp1252")
    assert read_asked(path, NAMES).values["4003"]["capacity_note"] == "Må bygge på nytt"


def test_a_workbook_is_read_with_the_places_of_its_cells(tmp_path: Path) -> None:
    right = xlsx(tmp_path, ("kommune", "minors"), (4003, 25.0), ("4001", "1 000"))
    assert read_asked(right, NAMES).values == {"4003": {"minors": 25}, "4001": {"minors": 1000}}
    wrong = xlsx(tmp_path, ("kommune", "minors"), (4003, "=SUM(1)"))
    with pytest.raises(InputError) as refused:
        read_asked(wrong, NAMES)
    assert "celle B2" in str(refused.value.problems[0].place)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("navn;minors\nSkien;2\n", "asked.no_municipality"),
        ("kommune;navn\n4003;Skien\n", "asked.no_fields"),
        ("kommune;minors;tull\n4003;2;3\n", "asked.column"),
        ("kommune;minors;minors\n4003;2;3\n", "asked.column_twice"),
        ("kommune;approved_by\n4003;rådmann\n", "asked.column"),
        ("kommune;minors\n0301;2\n", "asked.municipality"),
        ("kommune;minors\n4003;2\nSkien;3\n", "asked.twice"),
        ("kommune;minors\n;2\n", "asked.no_code"),
        ("kommune;minors\n4003;\n", "asked.blank"),
        ("kommune;minors\n4003;-2\n", "reply.negative"),
        ("kommune;minors\n4003;5001\n", "reply.too_large"),
        ("kommune;in_work\n4003;3\n", "reply.recognisable"),
        ("kommune;housing\n4003;010101 12345\n", "reply.personal"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, code: str) -> None:
    assert code in codes(csv(tmp_path, text))


def test_everything_that_is_wrong_is_told_at_once_and_a_number_of_a_person_is_never_repeated(
    tmp_path: Path,
) -> None:
    path = csv(tmp_path, "kommune;minors;01010112345\n01010112345;2;3\n4003;mange;1\n")
    with pytest.raises(InputError) as refused:
        read_asked(path, NAMES)
    assert len(refused.value.problems) == 3
    assert "01010112345" not in "".join(f"{one.what}{one.place}" for one in refused.value.problems)


def test_the_empty_table_is_read_as_it_is_when_it_is_filled_in(tmp_path: Path) -> None:
    for locale in ("nb", "nn", "en"):
        content = empty_table(NAMES, locale).decode("utf-8-sig")  # type: ignore[arg-type]
        assert codes(csv(tmp_path, content)) == ["asked.blank"]
        filled = content.replace("4003;Skien;", "4003;Skien;12", 1)
        assert read_asked(csv(tmp_path, filled), NAMES).values == {"4003": {"housing": 12}}


@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx"]))
def test_whatever_is_in_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"svar{ending}"
    path.write_bytes(data)
    with contextlib.suppress(FotfesteError):
        read_asked(path, NAMES)
