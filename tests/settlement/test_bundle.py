"""The bundle: it holds everything, reads back to the same, and a changed one is found out."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.settlement import engines
from fotfeste.settlement.bundle import (
    CHECKSUM,
    Bundle,
    bundle_as_text,
    bundle_of,
    bundle_of_text,
    outcome_of,
    read_bundle,
    write_bundle,
)
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.criteria_file import shipped_criteria
from fotfeste.settlement.engines import CURRENT, ENGINES, engine
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.replies import Replies, Reply, Service
from fotfeste.settlement.verify import verify
from fotfeste.statistics import open_store

MADE = date(2026, 11, 21)


def bundled(prepared: Prepared) -> Bundle:
    return bundle_of(prepared, calculate(prepared), MADE, "0.1.0")


@pytest.fixture(scope="module")
def telemark() -> Bundle:
    return bundled(prepare("Telemark", 2027, 545))


@pytest.mark.parametrize("name", shipped_criteria())
def test_every_shipped_criteria_file_comes_back_from_a_bundle_as_it_went_in(name: str) -> None:
    bundle = bundled(prepare("Finnmark", 2027, 160, criteria=name))
    again = bundle_of_text(bundle_as_text(bundle), "test")
    assert again == bundle
    assert again.prepared == bundle.prepared


def test_replies_overrides_and_minors_come_back_too() -> None:
    answer = Reply(
        "4003",
        {Service.HOUSING: 60},
        55,
        12,
        6,
        10,
        {"needs": "Laget svar."},
        "rådgiver",
        {"work": 20},
        MADE,
        MADE,
    )
    ledger = Ledger("40", 2027).followed(
        at=datetime(2026, 11, 21, 9, tzinfo=UTC),
        role="fylkesdirektør",
        name="Oppdiktet Person",
        code="4001",
        persons=80,
        reason="Laget eksempel.",
    )
    prepared = prepare(
        "Telemark", 2027, 545, minors=6, replies=Replies("40", 2027, {"4003": answer}, "svar"), ledger=ledger
    )
    bundle = bundled(prepared)
    again = bundle_of_text(bundle_as_text(bundle), "test")
    assert again == bundle
    assert again.prepared.ledger == ledger
    assert again.outcome.numbers["4001"] == 80
    assert verify(again).same


def test_a_bundle_is_recomputed_to_the_same_numbers_and_explanations(telemark: Bundle) -> None:
    found = verify(telemark, open_store())
    assert found.same
    assert {one.found for one in found.data} == {"same"}
    assert sum(telemark.outcome.numbers.values()) == 545


def test_the_result_needs_no_data_beside_the_bundle(
    telemark: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise AssertionError("the data were opened")

    monkeypatch.setattr("fotfeste.statistics.store.open_store", closed)
    monkeypatch.setattr("fotfeste.regions.load_regions", closed)
    assert outcome_of(calculate(telemark.prepared)) == telemark.outcome


def test_the_same_recommendation_gives_the_same_bytes(telemark: Bundle) -> None:
    again = bundled(prepare("Telemark", 2027, 545))
    assert bundle_as_text(again) == bundle_as_text(telemark)


def test_a_file_that_is_written_is_read_back(telemark: Bundle, tmp_path: Path) -> None:
    write_bundle(telemark, tmp_path / "pakke.json")
    assert read_bundle(tmp_path / "pakke.json") == telemark


@given(place=st.integers(0, 10**9), sign=st.sampled_from("0123456789"))
def test_one_changed_digit_is_found_out(telemark: Bundle, place: int, sign: str) -> None:
    text = bundle_as_text(telemark)
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    at = digits[place % len(digits)]
    if text[at] == sign:
        return
    with pytest.raises(InputError) as caught:
        bundle_of_text(text[:at] + sign + text[at + 1 :], "test")
    assert caught.value.code in {"bundle.checksum", "bundle.schema", "bundle.unreadable"}


def test_a_number_changed_with_a_new_checksum_differs_when_it_is_recomputed(telemark: Bundle) -> None:
    first, *rest = telemark.outcome.municipalities
    moved = replace(
        telemark.outcome, municipalities=(replace(first, recommended=first.recommended + 1), *rest)
    )
    found = verify(replace(telemark, outcome=moved))
    assert not found.same
    assert "95 i pakken, 94 regnet på nytt" in str(found.differences[0])


def test_a_changed_explanation_differs_though_the_number_is_the_same(telemark: Bundle) -> None:
    first, *rest = telemark.outcome.municipalities
    told = replace(first, rounding=first.rounding + Fraction(1, 7))
    found = verify(replace(telemark, outcome=replace(telemark.outcome, municipalities=(told, *rest))))
    assert "(avrunding)" in str(found.differences[0])
    assert "(rounding)" in language("en").text(found.differences[0])


def test_every_part_of_an_explanation_has_a_name_in_words(telemark: Bundle) -> None:
    first, *rest = telemark.outcome.municipalities
    for part in fields(first):
        if part.name in ("code", "recommended"):
            continue
        told = replace(first, **{part.name: "changed"})
        found = verify(replace(telemark, outcome=replace(telemark.outcome, municipalities=(told, *rest))))
        assert "()" not in str(found.differences[0]), part.name
        assert part.name not in language("nb").text(found.differences[0]), part.name


def test_a_bundle_that_is_not_there_is_said_not_to_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="filen finnes ikke"):
        read_bundle(tmp_path / "borte.json")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "bundle.unreadable"),
        ("[]", "bundle.unreadable"),
        ("[" * 100_000, "bundle.unreadable"),
        ('{"kind": "annet"}', "bundle.unreadable"),
        ('{"kind": "fotfeste-bundle", "schema": 99}', "bundle.schema"),
        ('{"kind": "fotfeste-bundle", "schema": 1}', "bundle.checksum"),
    ],
)
def test_what_is_no_bundle_is_refused(content: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "annet.json"
    file.write_text(content)
    with pytest.raises(InputError) as caught:
        read_bundle(file)
    assert caught.value.code == code
    assert str(file) in str(caught.value)


def test_a_bundle_that_lacks_a_field_is_refused_and_the_field_is_named(telemark: Bundle) -> None:
    content = json.loads(bundle_as_text(telemark))
    del content[CHECKSUM], content["figures"]
    from fotfeste.settlement.kept_files import checksum_of_content

    with pytest.raises(InputError) as caught:
        bundle_of_text(json.dumps({**content, CHECKSUM: checksum_of_content(content)}), "test")
    assert caught.value.code == "bundle.fields"
    assert any("figures" in str(problem.place) for problem in caught.value.problems)


def test_an_override_changed_in_the_bundle_is_found_out() -> None:
    ledger = Ledger("40", 2027).followed(
        at=datetime(2026, 11, 21, tzinfo=UTC),
        role="rolle",
        name="Oppdiktet",
        code="4001",
        persons=80,
        reason="x",
    )
    bundle = bundled(prepare("Telemark", 2027, 545, ledger=ledger))
    changed = replace(ledger, entries=(replace(ledger.entries[0], reason="en annen grunn"),))
    text = bundle_as_text(replace(bundle, prepared=replace(bundle.prepared, ledger=changed)))
    with pytest.raises(InputError) as caught:
        bundle_of_text(text, "test")
    assert caught.value.code == "ledger.changed"


@pytest.mark.parametrize("other", [Ledger("33", 2027), Ledger("40", 2026)])
def test_a_ledger_of_another_county_or_year_is_no_part_of_a_bundle(telemark: Bundle, other: Ledger) -> None:
    kept = other.followed(
        at=datetime(2026, 11, 21, tzinfo=UTC), role="rolle", name="Oppdiktet", code="4001", persons=80, reason="x"
    )  # fmt: skip
    for ledger in (other, kept):
        text = bundle_as_text(replace(telemark, prepared=replace(telemark.prepared, ledger=ledger)))
        with pytest.raises(InputError) as caught:
            bundle_of_text(text, "pakke.json")
        assert caught.value.code == "bundle.ledger"
        assert "Telemark i 2027" in str(caught.value)


def test_data_that_are_gone_or_changed_are_told_of_and_do_not_matter(telemark: Bundle) -> None:
    store = open_store()
    name = "population_age_groups"
    gone = replace(store, versions={key: value for key, value in store.versions.items() if key != name})
    changed = replace(
        store, versions={**store.versions, name: (replace(store.versions[name][0], sha256="annet"),)}
    )
    for other, state in ((gone, "absent"), (changed, "changed")):
        found = verify(telemark, other)
        assert found.same
        assert next(one.found for one in found.data if one.data.dataset == name) == state


def test_every_engine_ever_used_can_be_called_and_an_unknown_one_is_refused() -> None:
    assert set(ENGINES) == set(range(1, CURRENT + 1))
    with pytest.raises(InputError) as caught:
        engine(CURRENT + 1)
    assert caught.value.code == "bundle.engine"


def test_a_bundle_is_recomputed_by_the_engine_that_made_it(
    telemark: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(prepared: Prepared) -> object:
        return calculate(replace(prepared, request=replace(prepared.request, total=546)))

    monkeypatch.setattr(engines, "ENGINES", {**ENGINES, 2: newer})
    assert verify(telemark).same
    assert not verify(replace(telemark, engine=2)).same
