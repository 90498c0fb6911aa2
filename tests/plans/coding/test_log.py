from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.plans.coding import (
    Act,
    CodingLog,
    State,
    accept,
    coders,
    codings,
    correct,
    keep,
    log_as_text,
    log_of_text,
    mark_read,
    note,
    read_by,
    read_log,
    reject,
    remove,
    resolutions,
    resolve,
    undo,
)  # fmt: skip
from fotfeste.plans.documents.model import Span

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEXT = "a" * 64
EMPTY = CodingLog("integrering 2026-11-22")


def given_code(log: CodingLog, code: str = "flyktninger", coder: str = "kari", start: int = 0) -> CodingLog:
    return accept(log, at=NOW, coder=coder, text_sha256=TEXT, span=Span(start, start + 10), code=code)


def test_what_a_coder_accepts_and_rejects_holds() -> None:
    log = given_code(EMPTY)
    log = reject(
        log,
        at=NOW,
        coder="kari",
        text_sha256=TEXT,
        span=Span(0, 10),
        code="mal",
        cause="mal/1",
        memo="bare et ord",
    )
    assert [(one.code, one.state, one.cause, one.memo) for one in codings(log)] == [
        ("flyktninger", State.ACCEPTED, "", ""),
        ("mal", State.REJECTED, "mal/1", "bare et ord"),
    ]


def test_a_correction_takes_the_place_of_the_coding_and_keeps_its_cause() -> None:
    log = accept(
        EMPTY, at=NOW, coder="kari", text_sha256=TEXT, span=Span(0, 10), code="mal", cause="mal/1", memo="a"
    )
    log = correct(log, 1, at=NOW, coder="kari", code="tiltak", span=Span(2, 8))
    (one,) = codings(log)
    assert (one.code, one.span, one.cause, one.memo, one.number) == ("tiltak", Span(2, 8), "mal/1", "a", 2)


def test_a_memo_can_be_written_and_a_coding_taken_back() -> None:
    log = note(given_code(EMPTY), 1, at=NOW, coder="kari", memo="tvil")
    assert codings(log)[0].memo == "tvil"
    assert codings(remove(log, 1, at=NOW, coder="kari")) == ()


def test_undo_takes_back_the_last_thing_and_then_the_one_before() -> None:
    log = given_code(given_code(EMPTY), "distrikt", start=20)
    log = undo(log, at=NOW, coder="kari")
    assert [one.code for one in codings(log)] == ["flyktninger"]
    log = undo(log, at=NOW, coder="kari")
    assert codings(log) == ()
    with pytest.raises(InputError, match="ingenting å angre"):
        undo(log, at=NOW, coder="kari")


def test_undoing_an_undo_does_the_thing_again() -> None:
    log = undo(given_code(EMPTY), at=NOW, coder="kari")
    again = undo(log, at=NOW, coder="kari", number=2)
    assert [one.code for one in codings(again)] == ["flyktninger"]


def test_nothing_is_undone_that_later_events_build_on() -> None:
    log = correct(given_code(EMPTY), 1, at=NOW, coder="kari", code="distrikt")
    with pytest.raises(InputError, match="grunnlag for hendelse 2"):
        undo(log, at=NOW, coder="kari", number=1)
    log = undo(log, at=NOW, coder="kari", number=2)
    assert [one.code for one in codings(log)] == ["flyktninger"]
    assert codings(undo(log, at=NOW, coder="kari", number=1)) == ()


def test_nobody_changes_what_is_anothers() -> None:
    log = given_code(EMPTY)
    for change in (
        lambda: correct(log, 1, at=NOW, coder="ola", code="mal"),
        lambda: remove(log, 1, at=NOW, coder="ola"),
        lambda: note(log, 1, at=NOW, coder="ola", memo="x"),
        lambda: undo(log, at=NOW, coder="ola", number=1),
    ):
        with pytest.raises(InputError, match="annens"):
            change()


def test_reading_and_settling_are_events_too() -> None:
    log = mark_read(EMPTY, at=NOW, coder="kari", text_sha256=TEXT, span=Span(0, 100))
    log = resolve(
        log, at=NOW, coder="ola", text_sha256=TEXT, span=Span(0, 10), code="mal", holds=False, memo="enige nå"
    )
    assert read_by(log, "kari") == ((TEXT, Span(0, 100)),)
    assert [(one.code, one.holds, one.memo) for one in resolutions(log)] == [("mal", False, "enige nå")]
    later = resolve(log, at=NOW, coder="ola", text_sha256=TEXT, span=Span(0, 10), code="mal", holds=True)
    assert [one.holds for one in resolutions(later)] == [True]
    assert coders(later) == ("kari", "ola")


def test_an_event_has_a_coder_a_time_zone_and_a_memo_of_bounded_length() -> None:
    with pytest.raises(InputError):
        given_code(EMPTY, coder="")
    with pytest.raises(InputError):
        note(given_code(EMPTY), 1, at=NOW, coder="kari", memo="x" * 20_001)
    with pytest.raises(ValueError, match="time zone"):
        accept(EMPTY, at=NOW.replace(tzinfo=None), coder="a", text_sha256=TEXT, span=Span(0, 1), code="mal")


ACTS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "correct", "remove", "note", "undo"]), st.integers(0, 30), st.sampled_from("ab")),
    max_size=25,
)  # fmt: skip


def played(acts: list[tuple[str, int, str]]) -> CodingLog:
    log = EMPTY
    for number, (act, which, coder) in enumerate(acts):
        at = NOW + timedelta(seconds=number)
        try:
            if act == "accept":
                log = accept(
                    log, at=at, coder=coder, text_sha256=TEXT, span=Span(which, which + 5), code="mal"
                )
            elif act == "reject":
                log = reject(
                    log,
                    at=at,
                    coder=coder,
                    text_sha256=TEXT,
                    span=Span(which, which + 5),
                    code="mal",
                    cause="mal/1",
                )
            elif act == "correct":
                log = correct(log, which, at=at, coder=coder, code="tiltak")
            elif act == "remove":
                log = remove(log, which, at=at, coder=coder)
            elif act == "note":
                log = note(log, which, at=at, coder=coder, memo=str(which))
            else:
                log = undo(log, at=at, coder=coder, number=which if which % 2 else None)
        except InputError:
            continue
    return log


@given(ACTS)
def test_a_log_only_grows_and_reads_back_as_it_was(acts: list[tuple[str, int, str]]) -> None:
    log = played(acts)
    assert [event.number for event in log.events] == list(range(1, len(log.events) + 1))
    again = log_of_text(log_as_text(log), "x")
    assert again == log
    assert codings(again) == codings(log)


@given(ACTS)
def test_undo_brings_back_exactly_what_held_before(acts: list[tuple[str, int, str]]) -> None:
    log = played(acts)
    after = accept(log, at=NOW, coder="c", text_sha256=TEXT, span=Span(0, 5), code="frist")
    assert codings(undo(after, at=NOW, coder="c")) == codings(log)
    for one in codings(log):
        changed = correct(log, one.number, at=NOW, coder=one.coder, code="frist")
        assert codings(undo(changed, at=NOW, coder=one.coder)) == codings(log)


@given(ACTS)
def test_every_coder_can_undo_back_to_nothing(acts: list[tuple[str, int, str]]) -> None:
    log = played(acts)
    for coder in "ab":
        for _ in range(60):
            try:
                log = undo(log, at=NOW, coder=coder)
            except InputError as error:
                assert error.code == "plan.coding.nothing_to_undo"  # noqa: PT017
                break
    assert codings(log) == ()


def test_a_file_is_added_to_and_never_overwrites_what_another_did(tmp_path: Path) -> None:
    path = tmp_path / "koding.jsonl"
    one = given_code(EMPTY)
    keep(path, EMPTY, one)
    two = given_code(one, "distrikt", start=20)
    keep(path, one, two)
    assert read_log(path) == two
    with pytest.raises(InputError, match="i mellomtiden"):
        keep(path, one, given_code(one, "mal"))
    assert read_log(path) == two
    with pytest.raises(ValueError, match="added to"):
        keep(path, two, one)


def test_a_file_holds_no_text_of_a_plan() -> None:
    rows = [json.loads(line) for line in log_as_text(given_code(EMPTY)).splitlines()]
    assert rows[0] == {"format": "fotfeste-plan-coding", "schema": 1, "codebook": "integrering 2026-11-22"}
    assert rows[1].keys() == {"number", "at", "coder", "act", "text", "start", "end", "code"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"number":1', '"number":2'),
        ('"number":1', '"number":true'),
        ('"act":"accept"', '"act":"delete"'),
        ('"act":"accept"', '"act":"undo"'),
        ('"start":0', '"start":50'),
        ('"start":0', '"start":-1'),
        ('"start":0,', ""),
        ("+00:00", ""),
        ('"coder":"kari"', '"coder":""'),
        ('"code":"flyktninger"', '"code":""'),
        ('"code":"flyktninger"', '"code":"flyktninger","of":1'),
        ('"code":"flyktninger"', '"kode":"flyktninger"'),
        ('"code":"flyktninger"', '"code":' + "[" * 3000),
        ('"schema":1', '"schema":2'),
        ('"format"', '"form"'),
        ("{", "["),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(old: str, new: str) -> None:
    text = log_as_text(given_code(EMPTY))
    assert old in text
    with pytest.raises(InputError, match=r"koding\.jsonl"):
        log_of_text(text.replace(old, new), "koding.jsonl")


def test_empty_binary_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tom.jsonl").write_bytes(b"")
    (tmp_path / "bilde.jsonl").write_bytes(b"\x89PNG\xff")
    for name in ("tom.jsonl", "bilde.jsonl", "borte.jsonl"):
        with pytest.raises(InputError):
            read_log(tmp_path / name)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(InputError):
        log_of_text(text, "x")


def test_an_event_is_a_value() -> None:
    event = given_code(EMPTY).events[0]
    assert replace(event, code="mal").code == "mal"
    assert event.act is Act.ACCEPT
