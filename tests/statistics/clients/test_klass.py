"""SSB's classifications: codes, changes and correspondences, and what is said when there are none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.statistics.clients.speaking import Agencies, Fault

from fotfeste.statistics.clients import Klass, SourceFault
from fotfeste.statistics.clients.klass import MUNICIPALITIES, CodeChange


@pytest.fixture
def made_up(agencies: Agencies) -> Agencies:
    """A made-up classification: 9001 was divided in 2024, 9009 only began, 9008 only ended."""
    agencies.klass["131"] = {
        "codes": [
            {"code": "9001", "name": "Gamlevik", "from": "2010-01-01", "to": "2024-01-01"},
            {"code": "9002", "name": "Nyvik", "from": "2024-01-01", "to": None},
            {"code": "9003", "name": "Nordvik – Davvivuotna", "from": "2024-01-01", "to": None},
        ],
        "changes": [
            {"oldCode": None, "oldName": "", "oldShortName": "", "newCode": "9009", "newName": "Ny",
             "newShortName": "", "changeOccurred": "2025-01-01"},
            {"oldCode": "9001", "oldName": "Gamlevik", "oldShortName": "", "newCode": "9003",
             "newName": "Nordvik", "newShortName": "", "changeOccurred": "2024-01-01"},
            {"oldCode": "9001", "oldName": "Gamlevik", "oldShortName": "", "newCode": "9002",
             "newName": "Nyvik", "newShortName": "", "changeOccurred": "2024-01-01"},
            {"oldCode": "9008", "oldName": "Borte", "oldShortName": "", "newCode": "",
             "newName": "", "newShortName": "", "changeOccurred": "2020-01-01"},
        ],
        "corresponds": {
            "104": [{"sourceCode": "9002", "sourceName": "Nyvik", "sourceShortName": "", "targetCode": "90",
                     "targetName": "Fylket", "targetShortName": "", "validFrom": "2024-01-01", "validTo": None}],
        },
    }  # fmt: skip
    return agencies


def test_codes_of_a_time_say_how_much_of_it_they_were_valid(klass: Klass, made_up: Agencies) -> None:
    found = klass.codes(MUNICIPALITIES, date(2023, 1, 1), date(2025, 1, 1))
    assert [(one.code, one.first, one.end) for one in found] == [
        ("9001", date(2023, 1, 1), date(2024, 1, 1)),
        ("9002", date(2024, 1, 1), date(2025, 1, 1)),
        ("9003", date(2024, 1, 1), date(2025, 1, 1)),
    ]
    assert found[2].name == "Nordvik – Davvivuotna"
    assert found[0].parent == ""
    assert made_up.calls[-1].query == {"from": "2023-01-01", "to": "2025-01-01", "language": "nb"}


def test_the_kind_of_answer_is_asked_for_in_accept_and_not_in_the_address(
    klass: Klass, made_up: Agencies
) -> None:
    klass.codes_at(MUNICIPALITIES, date(2025, 1, 1), language="nn")
    call = made_up.calls[-1]
    assert call.path == "/klass/classifications/131/codesAt"
    assert call.headers["accept"] == "application/json"
    assert call.query == {"date": "2025-01-01", "language": "nn"}


def test_codes_on_a_day_are_those_valid_that_day(klass: Klass, made_up: Agencies) -> None:
    assert [one.code for one in klass.codes_at(131, date(2023, 12, 31))] == ["9001"]
    assert [one.code for one in klass.codes_at(131, date(2024, 1, 1))] == ["9002", "9003"]


def test_a_division_a_beginning_and_an_end_are_told_apart(klass: Klass, made_up: Agencies) -> None:
    assert klass.changes(131, date(2020, 1, 1)) == (
        CodeChange(date(2020, 1, 1), "9008", "Borte", None, ""),
        CodeChange(date(2024, 1, 1), "9001", "Gamlevik", "9002", "Nyvik"),
        CodeChange(date(2024, 1, 1), "9001", "Gamlevik", "9003", "Nordvik"),
        CodeChange(date(2025, 1, 1), None, "", "9009", "Ny"),
    )


def test_no_changes_is_no_fault(klass: Klass, made_up: Agencies) -> None:
    assert klass.changes(131, date(2021, 1, 1), date(2024, 1, 1)) == ()


def test_a_correspondence_tells_which_codes_belong_together(klass: Klass, made_up: Agencies) -> None:
    (one,) = klass.correspondence(131, 104, date(2024, 1, 1))
    assert (one.source, one.target, one.first, one.end) == ("9002", "90", date(2024, 1, 1), None)
    assert klass.correspondence_at(131, 104, date(2024, 1, 1)) == (one,)
    assert made_up.calls[-1].path.endswith("/correspondsAt")


def test_what_klass_does_not_have_is_told_in_its_own_words(klass: Klass, made_up: Agencies) -> None:
    with pytest.raises(SourceFault) as caught:
        klass.correspondence(131, 556, date(2024, 1, 1))
    assert caught.value.code == "source.gone"
    assert "has no correspondence table" in str(caught.value)
    with pytest.raises(SourceFault) as caught:
        klass.codes_at(99999, date(2024, 1, 1))
    assert "Classification not found with id = 99999" in str(caught.value)


def test_a_time_before_the_classification_is_told_and_not_taken_for_an_empty_country(
    klass: Klass, made_up: Agencies
) -> None:
    with pytest.raises(SourceFault) as caught:
        klass.codes_at(131, date(1600, 1, 1))
    assert caught.value.code == "source.gone"
    assert "Kodeverk 131 har ingen koder på den tiden." in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'{"codeChanges": [{}]}',
        b'{"codeChanges": [{"changeOccurred": "i fjor"}]}',
        b'{"codeChanges": {"a": 1}}',
        b"[]",
    ],
)
def test_an_answer_in_another_form_is_told_with_the_place_in_it(
    klass: Klass, made_up: Agencies, content: bytes
) -> None:
    made_up.faults = [Fault("raw", "/changes", ("application/json", content))]
    with pytest.raises(SourceFault) as caught:
        klass.changes(131, date(2020, 1, 1))
    assert caught.value.code == "source.unreadable"


def recorded(path: Path) -> list[tuple[str, bytes]]:
    """Address and body of each recorded answer; the recordings write letters outside ASCII as ``<U+00D8>``."""
    text = path.read_text("utf-8")
    found = re.findall(
        r"    uri: (\S+)\n.*?\n      string: '(\{.*?\})'\n  recorded_at", text, flags=re.DOTALL
    )
    return [
        (
            uri,
            re.sub(
                r"<U\+([0-9A-F]{4})>",
                lambda match: chr(int(match[1], 16)),
                re.sub(r"\n\s+", " ", body).replace("''", "'"),
            ).encode(),
        )
        for uri, body in found
    ]


@pytest.mark.shared
def test_real_answers_are_read(klass: Klass, agencies: Agencies, shared: Path) -> None:
    folder = shared / "data" / "fixtures_api"
    answers: list[Any] = [
        *recorded(folder / "klass_api_norgeo_change.yml"),
        *recorded(folder / "klass_api_norgeo_codes-fromto.yml"),
        *recorded(folder / "klass_api_norgeo_correspond.yml"),
    ]
    assert len(answers) == 4
    agencies.faults = [Fault("raw", value=("application/json;charset=UTF-8", body)) for _, body in answers]
    assert klass.changes(104, date(2018, 1, 1), date(2019, 1, 2)) == ()
    changes = klass.changes(104, date(2019, 1, 1), date(2020, 1, 2))
    assert ("08", "38") in {(one.old, one.new) for one in changes}
    assert {one.day for one in changes} == {date(2020, 1, 1)}
    counties = klass.codes(104, date(2016, 1, 1), date(2018, 1, 2))
    assert {"08": "Telemark", "01": "Østfold"}.items() <= {one.code: one.name for one in counties}.items()
    pairs = klass.correspondence(104, 131, date(2016, 1, 1), date(2018, 1, 2))
    assert ("01", "0101", "Halden") in {(one.source, one.target, one.target_name) for one in pairs}
    assert len({one.target for one in pairs}) > 420
