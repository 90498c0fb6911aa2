"""The chain of hashes: worked out by hand first, then that no single change escapes."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.web.trace.anchors import as_text, genuine, read_anchors, seal
from fotfeste.web.trace.chain import START, Link, canonical_bytes, hash_of
from fotfeste.web.trace.detail import tidy
from fotfeste.web.trace.inspection import Fault, Verdict, inspect

NOON = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
KEY = b"synthetic key"
Chain = list[tuple[Link, str]]


def link(number: int = 1, previous: str = START, **changed: object) -> Link:
    first = Link(
        number,
        NOON,
        "a-b",
        "county_adviser:40",
        "round.viewed",
        "round",
        "7",
        "40",
        "",
        '{"år":"2027"}',
        previous,
    )
    return replace(first, **changed)  # type: ignore[arg-type]


def chain(length: int, **changed: object) -> Chain:
    made: Chain = []
    for number in range(1, length + 1):
        one = link(number, made[-1][1] if made else START, object=str(number * 11), **changed)
        made.append((one, hash_of(one)))
    return made


def faults(verdict: Verdict) -> set[tuple[Fault, int]]:
    return {(one.fault, one.number) for one in verdict.findings}


def test_the_first_entry_hashes_to_what_a_program_of_its_own_gives() -> None:
    # printf '%s' '<the bytes below>' | sha256sum
    written = (
        '{"act":"round.viewed","actor":"a-b","at":"2026-11-21T12:00:00.123456Z","county":"40",'
        '"detail":"{\\"år\\":\\"2027\\"}","kind":"round","municipality":"","number":1,"object":"7","previous":"'
        + "0" * 64
        + '","role":"county_adviser:40","schema":1}'
    )
    assert canonical_bytes(link()) == written.encode("utf-8")
    assert hash_of(link()) == hashlib.sha256(written.encode("utf-8")).hexdigest()
    assert hash_of(link()) == "2ac5fd807c7c3980bf7fb223ac8bf90aa6964378ba57e30e1be0f6bca146b0fc"


def test_the_second_entry_holds_the_first_fast() -> None:
    assert (
        hash_of(link(2, hash_of(link())))
        == "27133aa6de6dba0c2ceb353995df7c6dd031844c10016daff68cd64efe8a18f8"
    )


def test_the_same_instant_in_another_zone_is_the_same_entry() -> None:
    oslo = NOON.astimezone(timezone(timedelta(hours=1)))
    assert hash_of(link(at=oslo)) == hash_of(link())


def test_a_chain_that_nobody_touched_is_intact() -> None:
    made = chain(5)
    verdict = inspect(made, [seal(KEY, 5, made[-1][1], NOON), seal(KEY, 3, made[2][1], NOON)], KEY)
    assert verdict.intact
    assert (verdict.count, verdict.head, verdict.anchors) == (5, made[-1][1], 2)


def test_an_empty_chain_is_intact() -> None:
    assert inspect([], [seal(KEY, 0, START, NOON)], KEY).intact


def test_a_changed_entry_is_named() -> None:
    made = chain(5)
    made[2] = (replace(made[2][0], actor="someone else"), made[2][1])
    assert faults(inspect(made)) == {(Fault.CHANGED, 3)}


def test_a_changed_entry_with_a_new_hash_is_found_at_the_next() -> None:
    made = chain(5)
    other = replace(made[2][0], actor="someone else")
    made[2] = (other, hash_of(other))
    assert faults(inspect(made)) == {(Fault.LOOSE, 4)}


def test_removed_entries_are_named() -> None:
    made = chain(6)
    assert faults(inspect(made[:1] + made[3:])) == {(Fault.REMOVED, 2)}
    assert inspect(made[:1] + made[3:]).findings[0].last == 3
    assert faults(inspect(made[1:])) == {(Fault.REMOVED, 1)}


def test_a_cut_off_end_is_found_by_an_anchor_only() -> None:
    made = chain(5)
    anchor = seal(KEY, 5, made[-1][1], NOON)
    assert inspect(made[:3]).intact
    assert faults(inspect(made[:3], [anchor], KEY)) == {(Fault.CUT, 4)}


def test_what_was_cut_off_is_told_as_one_row_or_several() -> None:
    made = chain(5)
    for number, rows in ((1, "1 rad, nå"), (5, "5 rader, nå")):
        anchor = seal(KEY, number, made[number - 1][1], NOON)
        told = language("nb").text(inspect([], [anchor], KEY).findings[0].what)
        assert rows in told
    assert "går det til rad 0" in told


def test_a_chain_made_anew_from_the_middle_is_found_by_an_anchor_only() -> None:
    made = chain(5)
    anchor = seal(KEY, 5, made[-1][1], NOON)
    forged = chain(5, actor="x")
    assert inspect(forged).intact
    assert faults(inspect(forged, [anchor], KEY)) == {(Fault.OTHER, 5)}


def test_two_entries_that_changed_places_are_both_named_as_moved() -> None:
    made = chain(5)
    second, third = made[1], made[2]
    made[1], made[2] = (replace(third[0], number=2), third[1]), (replace(second[0], number=3), second[1])
    found = faults(inspect(made))
    assert {(Fault.MOVED, 2), (Fault.MOVED, 3)} <= found


def test_an_entry_put_in_between_is_found() -> None:
    made = chain(4)
    extra = link(3, made[1][1], act="round.changed")
    after = [(replace(one, number=one.number + 1), digest) for one, digest in made[2:]]
    found = faults(inspect([*made[:2], (extra, hash_of(extra)), *after]))
    assert (Fault.LOOSE, 4) in found
    assert (Fault.MOVED, 4) in found


def test_an_anchor_that_this_installation_did_not_make_is_named() -> None:
    made = chain(2)
    assert faults(inspect(made, [seal(b"other", 2, made[1][1], NOON)], KEY)) == {(Fault.FORGED, 2)}


def test_at_most_fifty_findings_are_listed_and_the_rest_counted() -> None:
    made = [(replace(one, actor="x"), digest) for one, digest in chain(80)]
    verdict = inspect(made)
    assert (len(verdict.findings), verdict.more) == (50, 30)


TEXTS = [one.name for one in fields(Link) if one.type == "str"]


@given(st.integers(2, 8), st.data())
def test_no_single_change_escapes(length: int, data: st.DataObject) -> None:
    made = chain(length)
    anchor = seal(KEY, length, made[-1][1], NOON)
    place = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from([*TEXTS, "at", "number", "schema", "stored"]))
    old, digest = made[place]
    if name == "stored":
        made[place] = (
            old,
            data.draw(st.text("0123456789abcdef", min_size=64, max_size=64).filter(lambda x: x != digest)),
        )
    else:
        was = getattr(old, name)
        if name == "at":
            new: object = was + timedelta(microseconds=data.draw(st.integers(1, 10**12)))
        elif name in {"number", "schema"}:
            new = data.draw(st.integers(0, 20).filter(lambda x: x != was))
        else:
            new = data.draw(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda x: x != was))
        other = replace(old, **{name: new})  # type: ignore[arg-type]
        rehashed = data.draw(st.booleans())
        made[place] = (other, hash_of(other) if rehashed else digest)
    assert not inspect(made, [anchor], KEY).intact


@given(st.integers(2, 8), st.data())
def test_no_removal_insertion_or_exchange_escapes(length: int, data: st.DataObject) -> None:
    made = chain(length)
    anchor = seal(KEY, length, made[-1][1], NOON)
    kind = data.draw(st.sampled_from(["remove", "repeat", "swap", "cut"]))
    place = data.draw(st.integers(0, length - 1))
    if kind == "remove":
        del made[place]
    elif kind == "repeat":
        made.insert(data.draw(st.integers(0, length)), made[place])
    elif kind == "cut":
        del made[place:]
    else:
        other = data.draw(st.integers(0, length - 1).filter(lambda x: x != place))
        made[place], made[other] = made[other], made[place]
    assert not inspect(made, [anchor], KEY).intact


def test_anchors_come_back_from_their_file(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "a.jsonl"
    anchors = (seal(KEY, 1, "a" * 64, NOON), seal(KEY, 2, "b" * 64, NOON))
    path.write_text(as_text(anchors), encoding="utf-8")
    assert read_anchors(path) == anchors
    assert all(genuine(KEY, one) for one in anchors)


@pytest.mark.parametrize(
    "line", ["", "{}", "[]", "null", '{"schema":2,"number":1,"hash":"","at":"","mac":""}', "x"]
)
def test_a_broken_line_of_anchors_is_named_with_its_place(tmp_path: object, line: str) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "a.jsonl"
    path.write_text(as_text([seal(KEY, 1, "a" * 64, NOON)]) + (line or "{") + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_anchors(path)
    assert str(caught.value.problem.place).endswith("a.jsonl:2")


@pytest.mark.parametrize(
    "value", ["kari@example.org", "se Kari <kari.n@fylke.example.no>", "010190 12345", "01019012345"]
)
def test_personal_data_is_refused_in_details(value: str) -> None:
    with pytest.raises(InputError) as caught:
        tidy({"year": "2027", "note": value})
    assert [one.place for one in caught.value.problems] == ["note"]


@pytest.mark.parametrize(
    "value", ["40", "2026-11-21", "a" * 64, "0123456789" * 6 + "0123", "1 234 personer", "@"]
)
def test_ordinary_facts_are_let_through(value: str) -> None:
    assert tidy({"fact": value}) == '{"fact":"' + value + '"}'


@pytest.mark.parametrize(
    "detail", [{"Navn": "x"}, {"": "x"}, {"a": "x" * 501}, {"a": "x\x00y"}, {"a": "x\ny"}]
)
def test_details_of_another_form_are_refused(detail: dict[str, str]) -> None:
    with pytest.raises(InputError):
        tidy(detail)
