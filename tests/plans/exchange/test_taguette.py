"""Projects and codebooks from Taguette."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plans.exchange.made import PLAIN, code, codebook, highlight, taguette

from fotfeste.errors import FotfesteError, InputError
from fotfeste.plans.codebooks import load
from fotfeste.plans.exchange import (
    Unit,
    Why,
    codebook_as_taguette,
    codebook_as_xlsx,
    left_by_qdc,
    left_by_taguette,
    read_codebook_table,
    read_exchange,
    read_taguette,
)
from fotfeste.plans.exchange.tags import taguette_paths

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 22)


def test_highlights_come_over_with_their_tags_and_the_day_they_were_made() -> None:
    content = taguette(
        *highlight(1, "busetje flyktningar 🙂", 1, 3), *highlight(2, "Norsk & skule", 2), *highlight(3, "er viktig.", 1)
    )  # fmt: skip
    found = read_exchange("plan.sqlite3", content, at=AT)
    document = found.sources[0].document
    assert [(document.at(one.span), one.code) for one in found.codings] == [
        ("busetje flyktningar 🙂", "arbeid"),
        ("busetje flyktningar 🙂", "grupper"),
        ("Norsk & skule", "sprak"),
        ("er viktig.", "arbeid"),
    ]
    assert found.codebook is not None
    assert [(one.id, one.parent, one.heading) for one in found.codebook.codes] == [
        ("tema", None, True),
        ("arbeid", "tema", False),
        ("sprak", "tema", False),
        ("grupper", None, False),
    ]
    assert {one.at for one in found.codings} == {datetime(2024, 5, 7, 8, tzinfo=UTC)}
    assert found.report.offsets[0].counting.unit is Unit.UTF8
    assert found.report.offsets[0].score == 1.0
    assert found.report.count("tags", Why.HEADING_MADE) == 1
    assert all("admin" not in one.coder for one in found.codings)
    assert [one.text for one in found.notes] == ["Eit prosjekt"]


def test_a_highlight_that_is_counted_wrong_is_found_by_its_words_or_told_of() -> None:
    content = taguette(
        *highlight(1, "heile fylket", 1, moved=3),
        *highlight(2, "Arbeid", 1, moved=1),
        *highlight(3, "viktig", 1, snippet="noko anna"),
        *highlight(4, "Norsk"),
    )
    found = read_taguette("plan.sqlite3", content, at=AT)
    assert [found.sources[0].document.at(one.span) for one in found.codings] == ["heile fylket"]
    assert found.report.count("highlights", Why.SEVERAL) == 1
    assert found.report.count("highlights", Why.NOT_FOLLOWED) == 1
    assert found.report.count("highlights", Why.UNCODED) == 1


def test_highlights_without_history_get_the_moment_of_the_import() -> None:
    content = taguette(*list(highlight(1, "Norsk", 2))[:-1])
    found = read_taguette("plan.sqlite3", content, at=AT)
    assert [one.at for one in found.codings] == [AT]
    assert found.report.count("commands.date", Why.NO_TIME) == 1


def test_one_of_several_projects_is_chosen() -> None:
    content = taguette(("INSERT INTO projects VALUES (2, 'Nummer to', '', '')", ()))
    with pytest.raises(InputError) as error:
        read_taguette("plan.sqlite3", content, at=AT)
    assert error.value.code == "plan.exchange.projects"
    assert read_taguette("plan.sqlite3", content, at=AT, project="2").sources == ()
    assert len(read_taguette("plan.sqlite3", content, at=AT, project="Oppdiktet").sources) == 1


def test_a_database_left_with_a_journal_is_read() -> None:
    content = taguette(*highlight(1, "Norsk", 2))
    assert len(read_taguette("a.db", content[:18] + b"\2\2" + content[20:], at=AT).codings) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE tags",
        "ALTER TABLE tags DROP COLUMN path",
    ],
)
def test_a_database_that_is_another_is_refused(statement: str) -> None:
    with pytest.raises(InputError) as error:
        read_taguette("a.db", taguette((statement, ())), at=AT)
    assert error.value.code == "plan.exchange.kind"


def test_a_view_in_the_place_of_a_table_is_refused_so_that_it_cannot_run_for_ever() -> None:
    endless = (
        "CREATE VIEW tags AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
        "SELECT id, 1 AS project_id, 'a' AS path, '' AS description FROM n"
    )
    with pytest.raises(InputError) as error:
        read_taguette("a.db", taguette(("DROP TABLE tags", ()), (endless, ())), at=AT)
    assert error.value.code == "plan.exchange.kind"


def test_work_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fotfeste.plans.exchange.taguette.MOST_STEPS", 20_000)
    many = [("INSERT INTO tags VALUES (?, 1, ?, '')", (number, f"t{number}")) for number in range(10, 6_000)]
    with pytest.raises(InputError) as error:
        read_taguette("a.db", taguette(*many), at=AT)
    assert error.value.code == "plan.exchange.broken"


CONTENT = taguette(*highlight(1, "Norsk", 2))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_database_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(CONTENT)
    for _ in range(data.draw(st.integers(1, 30))):
        content[data.draw(st.integers(16, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_taguette("a.db", bytes(content), at=AT)
    except FotfesteError:
        return
    held = {one.document.text_sha256: one.document for one in found.sources}
    for one in found.codings:
        assert one.span.end <= len(held[one.text_sha256].text)


def test_a_file_that_is_no_database_is_refused() -> None:
    for content in (b"", b"SQLite format 3\0", b"hei" * 400, CONTENT[:600]):
        with pytest.raises(InputError):
            read_taguette("a.db", content, at=AT)


def test_the_codebook_goes_out_and_comes_back_as_taguette_has_it() -> None:
    book = load("integrering")
    for name, content in (("a.csv", codebook_as_taguette(book)), ("a.xlsx", codebook_as_xlsx(book))):
        again = read_codebook_table(name, content, dated=DAY).codebook
        assert again is not None
        assert [(one.name["nb"], one.definition.get("nb")) for one in again.codes] == [
            (" ".join(one.name["nb"].replace(".", "·").split()), one.definition.get("nb"))
            for one in book.codes
        ]
        assert [len(again.path(one.id)) for one in again.codes] == [
            len(book.path(one.id)) for one in book.codes
        ]


def test_what_a_codebook_loses_on_its_way_out_is_told_of() -> None:
    book = load("integrering")
    rules = sum(len(one.rules) for one in book.codes)
    english = sum("en" in one.definition for one in book.codes)
    for report in (left_by_qdc(book), left_by_taguette(book)):
        assert report.count("rule") == rules > 0
        assert report.count("definition.en") == english > 0
    assert left_by_qdc(book).count("example") == 0
    assert left_by_taguette(book).count("example") == sum(len(one.examples) for one in book.codes)
    assert left_by_taguette(book).count("colour") == len(book.codes)
    content = codebook(code("1.1 Mål"), code("1·1 Mål"), code("n" * 300))
    odd = read_exchange("a.qdc", content, at=AT).codebook
    assert odd is not None
    assert left_by_taguette(odd).count("tag") == 3
    assert len(set(taguette_paths(odd).values())) == 3


def test_a_codebook_in_csv_from_taguette_is_read_with_what_it_counted_told_of() -> None:
    content = b'tag,description,number of highlights,number of documents\r\na.b,"Om, b",3,1\r\na,Om a,2,1\r\n\r\n,x,1,1\r\n'
    found = read_exchange("kodebok.csv", content, at=AT)
    assert found.codebook is not None
    assert [(one.id, one.parent, one.definition["nb"]) for one in found.codebook.codes] == [
        ("a", None, "Om a"),
        ("b", "a", "Om, b"),
    ]
    assert found.report.count("@number of highlights") == 3
    assert found.report.count("row", Why.EMPTY) == 1


def test_what_taguette_writes_of_a_codebook_in_refi_is_read() -> None:
    content = (
        b'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5.2"><Codes>'
        b'<Code guid="51B2B2B7-27EB-5ECB-9D56-E75B0A0496C2" name="tema.arbeid" isCodable="true"/></Codes><Sets/></CodeBook>'
    )
    found = read_exchange("codebook.qdc", content, at=AT)
    assert found.codebook is not None
    assert [one.name["nb"] for one in found.codebook.codes] == ["tema.arbeid"]


def test_the_text_of_the_test_is_the_one_taguette_counts_in() -> None:
    from tests.plans.exchange.made import HTML

    from fotfeste.plans.exchange.taguette import _plain

    assert _plain(HTML) == PLAIN
    assert sqlite3.sqlite_version_info > (3, 31)
