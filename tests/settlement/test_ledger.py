"""The ledger of overrides: entries are never changed, only followed, and none is ever lost."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError, OutputError
from fotfeste.settlement import ledger_file
from fotfeste.settlement.ledger import (
    Entry,
    Ledger,
    bounds_of,
    checksum_of,
    continues,
    first_broken,
    worth_another_look,
)
from fotfeste.settlement.ledger_file import keep, ledger_as_text, ledger_of_text, read_ledger

from .changed import NAME, REASON, ROLE, entered, ledger

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
EMPTY = Ledger("40", 2027)


def enter(before: Ledger = EMPTY, **changes: object) -> Ledger:
    content: dict[str, object] = {
        "at": AT, "role": ROLE, "name": NAME, "code": "4003", "persons": 60, "reason": REASON
    }  # fmt: skip
    return before.followed(**(content | changes))  # type: ignore[arg-type]


def test_the_last_entry_for_a_municipality_holds() -> None:
    found = ledger({"4003": 60, "4036": 12})
    found = entered(found, "4003", 70)
    assert {code: entry.persons for code, entry in found.in_force.items()} == {"4003": 70, "4036": 12}
    assert [entry.follows for entry in found.entries] == [None, None, 1]


def test_a_withdrawn_entry_stays_in_the_ledger_and_no_longer_holds() -> None:
    found = entered(ledger({"4003": 60}), "4003", None)
    assert found.in_force == {}
    assert [entry.persons for entry in found.entries] == [60, None]
    again = entered(found, "4003", 50)
    assert again.in_force["4003"].follows == 2


def test_nothing_can_be_withdrawn_that_does_not_hold() -> None:
    for before in (EMPTY, entered(ledger({"4003": 60}), "4003", None), ledger({"4036": 1})):
        with pytest.raises(InputError) as caught:
            enter(before, persons=None, at=AT + timedelta(hours=2))
        assert caught.value.code == "ledger.nothing"


@pytest.mark.parametrize("field", ["role", "name", "reason"])
@pytest.mark.parametrize("value", ["", "  ", "\n\t"])
def test_role_name_and_reason_are_needed(field: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        enter(**{field: value})
    assert caught.value.code == "ledger.empty"


@pytest.mark.parametrize("field", ["role", "name", "reason"])
@pytest.mark.parametrize("value", ["r\udcff", "\ud800", "Navn\udfff Navnesen"])
def test_letters_that_cannot_be_read_are_refused_in_words(field: str, value: str) -> None:
    with pytest.raises(InputError) as caught:
        enter(**{field: value})
    assert caught.value.code == "ledger.letters"
    str(caught.value).encode()


def test_a_ledger_file_with_half_a_letter_is_refused_in_words() -> None:
    for half in ("\\ud800", "\\uDFFF"):
        text = ledger_as_text(enter(reason="grunn")).replace("grunn", half)
        with pytest.raises(InputError) as caught:
            ledger_of_text(text, "logg.json")
        assert caught.value.code == "ledger.unreadable"
    whole = ledger_as_text(enter(reason="x")).replace('"x"', '"\\ud83d\\ude00"')
    with pytest.raises(InputError) as caught:
        ledger_of_text(whole, "logg.json")
    assert caught.value.code == "ledger.changed"


def test_nobody_is_settled_below_zero_and_none_is_a_number() -> None:
    with pytest.raises(InputError):
        enter(persons=-1)
    assert enter(persons=0).in_force["4003"].persons == 0


@pytest.mark.parametrize("field", ["role", "reason"])
def test_the_name_may_not_stand_where_everyone_reads(field: str) -> None:
    with pytest.raises(InputError) as caught:
        enter(**{field: f"etter samtale med {NAME.upper()}"})
    assert caught.value.code == "ledger.name"
    assert NAME.upper() not in str(caught.value)


@pytest.mark.parametrize("reason", ["Navnesen, Oppdiktet vil det slik", "oppdiktet navnesens syn"])
def test_a_name_turned_round_or_bent_is_the_name(reason: str) -> None:
    with pytest.raises(InputError) as caught:
        enter(name="Oppdiktet Navnesen", reason=reason)
    assert caught.value.code == "ledger.name"


def test_a_short_name_inside_another_word_is_no_name() -> None:
    assert enter(name="Per", reason="Personalet mangler").entries[-1].reason == "Personalet mangler"


@pytest.mark.parametrize("number", ["01017012345", "010170 12345", "123456789012"])
def test_numbers_that_identify_somebody_are_refused_and_not_repeated(number: str) -> None:
    # Invented digits of the right length.
    with pytest.raises(InputError) as caught:
        enter(reason=f"gjelder {number}")
    assert caught.value.code == "ledger.identity"
    assert number not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"role": "rådgiver Navnesen"}, ["«Navnesen» fra navnet står i rollen"]),
        ({"reason": "Etter møte med NAVNESEN"}, ["«NAVNESEN» fra navnet står i begrunnelsen"]),
        ({"reason": "Navnesens hus"}, []),
        ({"name": "Per Li Bø", "reason": "Per mener dette"}, []),
        ({"persons": 4}, ["Begrunnelsen blir offentlig."]),
        ({"persons": 1}, ["Begrunnelsen blir offentlig."]),
        ({"persons": 0}, []),
        ({"persons": 5}, []),
        ({"reason": "En Familie på seks kommer"}, ["Begrunnelsen blir offentlig."]),
        ({"reason": "Plass til én person til"}, ["Begrunnelsen blir offentlig."]),
        ({"reason": "Mangler personell og personale"}, []),
        ({"persons": 2, "reason": "familien til Navnesen"}, ["«Navnesen»", "Begrunnelsen blir offentlig."]),
    ],
)
def test_what_may_give_somebody_away_is_entered_with_a_warning(
    changes: dict[str, object], told: list[str]
) -> None:
    entry = enter(**({"name": "Oppdiktet Navnesen", "reason": "Mottaket bygges om"} | changes)).entries[-1]
    notices = [str(one) for one in worth_another_look(entry)]
    assert len(notices) == len(told)
    for notice, part in zip(notices, told, strict=True):
        assert part in notice


def test_an_entry_is_never_older_than_the_one_before() -> None:
    with pytest.raises(InputError) as caught:
        enter(enter(), at=AT - timedelta(seconds=1))
    assert caught.value.code == "ledger.clock"
    enter(enter())


def test_times_have_a_zone_and_are_kept_in_utc() -> None:
    with pytest.raises(ValueError, match="time zone"):
        enter(at=AT.replace(tzinfo=None))
    oslo = AT.astimezone(timezone(timedelta(hours=1)))
    assert enter(at=oslo) == enter()
    assert enter(at=oslo).entries[0].at.isoformat() == "2026-11-21T12:00:00+00:00"


def test_bounds_hold_role_and_reason_and_never_the_name() -> None:
    (bound,) = bounds_of(ledger({"4003": 60})).values()
    assert (bound.low, bound.high) == (60, 60)
    assert ROLE in str(bound.reason)
    assert REASON in str(bound.reason)
    assert NAME not in repr(bound)


CHANGES = {
    "number": 9, "at": AT + timedelta(days=1), "role": "ordfører", "name": "En Annen", "code": "4005",
    "persons": 61, "reason": "En annen grunn", "follows": 2, "checksum": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("field", CHANGES)
def test_any_change_of_any_entry_is_found(place: int, field: str) -> None:
    whole = entered(ledger({"4003": 60, "4036": 12}), "4003", 70)
    assert first_broken(whole) is None
    entries = list(whole.entries)
    entries[place] = replace(entries[place], **{field: CHANGES[field]})
    assert first_broken(replace(whole, entries=tuple(entries))) is not None


def test_an_entry_that_is_taken_out_or_moved_is_found() -> None:
    whole = entered(ledger({"4003": 60, "4036": 12}), "4003", 70)
    first, second, third = whole.entries
    for entries in ((second, third), (first, third), (second, first, third), (first, first, second)):
        assert first_broken(replace(whole, entries=entries)) is not None


def test_the_ledger_of_one_county_and_year_cannot_pass_for_another() -> None:
    whole = ledger({"4003": 60})
    assert first_broken(replace(whole, year=2028)) == whole.entries[0]
    assert first_broken(replace(whole, county_code="31")) == whole.entries[0]


def test_a_ledger_continues_itself_and_what_it_grew_from() -> None:
    short, long = ledger({"4003": 60}), ledger({"4003": 60, "4036": 12})
    assert continues(long, short)
    assert continues(short, short)
    assert not continues(short, long)
    assert not continues(ledger({"4036": 12}), short)
    assert not continues(replace(long, year=2028), short)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Nd"]), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)


@given(st.lists(st.tuples(st.sampled_from(["4003", "4036"]), st.integers(0, 10**9), TEXTS), max_size=6))
def test_a_ledger_comes_back_from_its_text_as_it_was(made: list[tuple[str, int, str]]) -> None:
    found = EMPTY
    for code, persons, text in made:
        found = found.followed(
            at=AT, role="rolle", name="\u0001 navn", code=code, persons=persons, reason=text.replace("navn", "")+"."
        )  # fmt: skip
    text = ledger_as_text(found)
    assert ledger_of_text(text, "logg") == found
    assert ledger_as_text(ledger_of_text(text, "logg")) == text


def test_a_ledger_file_that_was_changed_by_hand_is_refused_with_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "logg.json"
    keep(path, EMPTY, ledger({"4003": 60, "4036": 12}))
    path.write_text(path.read_text("utf-8").replace('"persons": 12', '"persons": 13'), "utf-8")
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    assert caught.value.code == "ledger.changed"
    assert "nummer 2" in str(caught.value)


def forged(**changes: object) -> str:
    """A ledger whose chain is whole, but whose entry could never have been entered."""
    bare = replace(Entry(1, AT, "r", "n", "4003", 60, "b"), **changes)  # type: ignore[arg-type]
    entry = replace(bare, checksum=checksum_of(bare, EMPTY.root))
    return ledger_as_text(replace(EMPTY, entries=(entry,)))


@pytest.mark.parametrize(
    "changes", [{"persons": -1}, {"at": AT.replace(tzinfo=None)}, {"number": 2}, {"follows": 1}]
)
def test_an_entry_that_could_never_have_been_entered_is_refused(changes: dict[str, object]) -> None:
    assert ledger_of_text(forged(), "logg").entries
    with pytest.raises(InputError):
        ledger_of_text(forged(**changes), "logg")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "ledger.unreadable"),
        ("[1, 2]", "ledger.unreadable"),
        ('{"kind": "fotfeste-bundle", "schema": 1}', "ledger.unreadable"),
        ('{"kind": "fotfeste-ledger", "schema": 2}', "ledger.schema"),
        ('{"kind": "fotfeste-ledger", "schema": 1}', "ledger.fields"),
        ('{"kind": "fotfeste-ledger", "schema": 1, "county_code": "40", "year": 2027, "entries": [{}]}', "ledger.fields"),
        ("[" * 100_000, "ledger.unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_ledger_is_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "logg.json"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        read_ledger(path)
    assert caught.value.code == code


def test_no_file_letters_that_are_none_and_too_much_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logg.json"
    with pytest.raises(InputError, match="finnes ikke"):
        read_ledger(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="som tekst"):
        read_ledger(path)
    with pytest.raises(InputError):
        read_ledger(tmp_path)
    monkeypatch.setattr(ledger_file, "LEDGER_FILE", replace(ledger_file.LEDGER_FILE, largest=2))
    with pytest.raises(InputError, match="for stor"):
        read_ledger(path)


def test_an_entry_made_meanwhile_by_another_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "logg.json"
    before = ledger({"4003": 60})
    keep(path, EMPTY, before)
    keep(path, before, entered(before, "4036", 12))
    with pytest.raises(InputError) as caught:
        keep(path, before, entered(before, "4005", 20))
    assert caught.value.code == "ledger.meanwhile"
    assert read_ledger(path) == entered(before, "4036", 12)
    with pytest.raises(InputError):
        keep(path, EMPTY, ledger({"4005": 20}))


def test_many_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "logg.json"
    keep(path, EMPTY, EMPTY)
    codes = [f"40{number:02}" for number in range(12)]

    def write(code: str) -> None:
        while True:
            before = read_ledger(path)
            try:
                keep(path, before, entered(before, code, 10))
            except InputError:
                continue
            return

    writers = [threading.Thread(target=write, args=(code,)) for code in codes]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert sorted(read_ledger(path).in_force) == codes
    assert [one.name for one in tmp_path.iterdir()] == ["logg.json"]


def test_a_ledger_that_somebody_is_writing_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logg.json"
    keep(path, EMPTY, ledger({"4003": 60}))
    monkeypatch.setattr(ledger_file, "PAUSE", 0)
    lock = tmp_path / ".logg.json.lock"
    lock.touch()
    with pytest.raises(OutputError) as caught:
        keep(path, ledger({"4003": 60}), ledger({"4003": 60, "4036": 12}))
    assert caught.value.code == "ledger.busy"
    assert lock.name in str(caught.value)
    assert read_ledger(path) == ledger({"4003": 60})
    lock.unlink()
    keep(path, ledger({"4003": 60}), ledger({"4003": 60, "4036": 12}))


def test_a_failed_write_leaves_the_ledger_and_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logg.json"
    keep(path, EMPTY, ledger({"4003": 60}))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fotfeste.files.os.fsync", fail)
    with pytest.raises(OutputError):
        keep(path, ledger({"4003": 60}), ledger({"4003": 60, "4036": 12}))
    assert read_ledger(path) == ledger({"4003": 60})
    assert [one.name for one in tmp_path.iterdir()] == ["logg.json"]


def test_the_file_carries_its_schema_and_kind() -> None:
    content = json.loads(ledger_as_text(ledger({"4003": 60})))
    assert list(content) == ["schema", "kind", "county_code", "year", "entries"]
    assert (content["schema"], content["kind"]) == (1, "fotfeste-ledger")
