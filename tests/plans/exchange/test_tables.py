"""Codings as tables, and imported codings in the log."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plans.exchange import made
from tests.plans.making import document

from fotfeste.errors import FotfesteError, InputError
from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import Coding, CodingLog, State, codings, log_as_text, log_of_text
from fotfeste.plans.documents.model import Span
from fotfeste.plans.exchange import (
    Why,
    codings_as_csv,
    codings_as_xlsx,
    entered,
    read_codings,
    read_qdc,
    read_qdpx,
    same_codes,
)
from fotfeste.plans.exchange.tables import as_csv, guarded, read_table, unguarded

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOOK = load("integrering")
CODE, OTHER = (one.id for one in BOOK.given[:2])
PLAN = document(
    ["# Mål", "Fylket skal ha flere i arbeid.", "=SUM(A1) er et tall. Fylket skal ha flere i arbeid."]
)


def coding(words: str, code: str = CODE, **changes: object) -> Coding:
    start = PLAN.text.index(words)
    one = Coding(
        PLAN.text_sha256, Span(start, start + len(words)), code, "a1", State.ACCEPTED, "mal/1", "+ notat", AT
    )
    return replace(one, **changes)


CODINGS = (
    coding("flere i arbeid"),
    coding("=SUM(A1)", OTHER),
    coding("Mål", state=State.REJECTED, memo="@noen"),
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_codings_come_back_as_they_went_out(form: str) -> None:
    content = (
        codings_as_csv(CODINGS, [PLAN], BOOK)
        if form == "csv"
        else codings_as_xlsx(CODINGS, [PLAN], BOOK, datetime(2026, 11, 22))  # noqa: DTZ001
    )
    found = read_codings(f"koding.{form}", content, [PLAN], BOOK, at=AT, coder="b")
    assert sorted(found.codings, key=repr) == sorted(CODINGS, key=repr)
    assert found.report.left == ()
    assert found.report.carried == {"row": 3}


def test_no_cell_that_is_written_is_a_formula() -> None:
    text = codings_as_csv(CODINGS, [PLAN], BOOK).decode()
    assert "'=SUM(A1)" in text
    assert "'+ notat" in text
    assert "'@noen" in text
    book = openpyxl.load_workbook(BytesIO(codings_as_xlsx(CODINGS, [PLAN], BOOK, datetime(2026, 1, 1))))  # noqa: DTZ001
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds


@given(st.text(st.sampled_from("'=+-@\t\r\na,;\"")))
def test_a_cell_made_harmless_is_given_back_as_it_was(value: str) -> None:
    assert unguarded(guarded(value)) == value
    assert guarded(value)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    table = as_csv(["a", "b"], [[value, "x"]])
    assert read_table("a.csv", table)[0][1]["a"].replace("\r\n", "\n") == value.replace("\r\n", "\n")


def test_formulas_in_a_workbook_are_refused_by_their_cells() -> None:
    book = openpyxl.Workbook()
    book.active.append(["document", "code", "quote"])
    book.active.append(["a", '=HYPERLINK("http://x")', "=1+1"])
    stream = BytesIO()
    book.save(stream)
    with pytest.raises(InputError) as error:
        read_codings("a.xlsx", stream.getvalue(), [PLAN], BOOK, at=AT, coder="b")
    assert error.value.code == "plan.exchange.formula"
    assert len(error.value.problems) == 2


def test_rows_are_placed_by_their_words_when_the_position_is_another_text_s() -> None:
    rows = [
        ["oppdiktet.txt", CODE, "=SUM(A1)  er et\ntall", "", "", ""],
        ["oppdiktet.txt", CODE, "flere i arbeid", "", "", ""],
        ["oppdiktet.txt", CODE, "står ikke der", "", "", ""],
        ["borte.txt", CODE, "Mål", "", "", ""],
        ["oppdiktet.txt", "finnes-ikke", "Mål", "", "", ""],
        ["oppdiktet.txt", CODE, "Mål", "suggested", "", ""],
        ["oppdiktet.txt", CODE, "Mål", "kanskje", "", ""],
        ["oppdiktet.txt", BOOK.code(CODE).name["nb"], "Mål", "", "Kari Oppdiktet", "i går"],
        ["oppdiktet.txt", CODE, "Mål", "", "Kari Oppdiktet", ""],
    ]
    header = ["document", "code", "quote", "state", "coder", "at"]
    found = read_codings("a.csv", as_csv(header, rows), [PLAN], BOOK, at=AT, coder="b")
    assert [PLAN.at(one.span) for one in found.codings] == ["=SUM(A1) er et tall", "Mål"]
    assert next(one.coder for one in found.codings) == "b"
    assert "Kari" not in repr(found.codings)
    reasons = {one.why: one.examples for one in found.report.left if one.what == "row"}
    assert reasons == {
        Why.SEVERAL: ("3",),
        Why.NOT_FOLLOWED: ("4",),
        Why.SOURCE_MISSING: ("5",),
        Why.CODE_MISSING: ("6",),
        Why.NO_PLACE: ("7",),
        Why.INVALID: ("8",),
        Why.TWICE: ("10",),
    }
    assert found.report.count("at", Why.NO_TIME) == 1


def test_highlights_in_csv_from_taguette_are_read() -> None:
    content = f"id,document,tag,content\r\n1,oppdiktet,{CODE},Mål\r\n".encode()
    found = read_codings("a.csv", content, [PLAN], BOOK, at=AT, coder="b")
    assert [(PLAN.at(one.span), one.code) for one in found.codings] == [("Mål", CODE)]
    with pytest.raises(InputError) as error:
        read_codings("a.csv", b"x,y\r\n1,2\r\n", [PLAN], BOOK, at=AT, coder="b")
    assert error.value.code == "plan.exchange.columns"


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_tables_of_anything_are_read_or_refused(content: bytes, name: str) -> None:
    head = b"document,code,quote\n" if name == "a.csv" else b""
    with contextlib.suppress(FotfesteError):
        read_codings(name, head + content, [PLAN], BOOK, at=AT, coder="b")


def test_imported_codings_become_events_once() -> None:
    project = made.Project(made.NVIVO, codes=made.code("Tema", made.code("Mål", key=made.guid("t"))))
    project.text("Plan", made.TEXT, project.selections(made.TEXT, made.pieces_of(made.TEXT), made.guid("t")))
    found = read_qdpx("p.qdpx", project.packed(), at=AT)
    assert found.codebook is not None
    log = CodingLog("oppdiktet-prosjekt 2026-11-22")
    once = entered(log, found.codings, found.codebook)
    assert (once.new, once.known) == (len(made.WORDS), 0)
    assert codings(once.log) == tuple(
        replace(one, number=number) for number, one in enumerate(found.codings, start=1)
    )
    assert log_of_text(log_as_text(once.log), "logg") == once.log
    twice = entered(once.log, found.codings, found.codebook)
    assert (twice.new, twice.known, twice.log) == (0, len(made.WORDS), once.log)
    other = entered(log, found.codings, BOOK, {})
    assert (other.new, other.without_code) == (0, {"mal": len(made.WORDS)})


def test_codes_are_the_same_by_their_path_and_never_by_a_name_that_several_have() -> None:
    def book(*codes: str) -> object:
        return read_qdc("a.qdc", made.codebook(*codes), dated=date(2026, 1, 1)).codebook

    ours = book(
        made.code("A", made.code("Mål", key="1")), made.code("B", made.code("Mål", key="2")), made.code("C")
    )
    theirs = book(
        made.code("b", made.code("MÅL", key="3")), made.code("X", made.code("Mål", key="4"), made.code("c"))
    )
    assert same_codes(theirs, ours) == {"b": "b", "mal": "b.mal", "c": "c"}
