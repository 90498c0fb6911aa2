"""The council's decision: what must be there, and words in it that a person should look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.follow_up.examples import NAMES, decided

from fotfeste.errors import InputError
from fotfeste.settlement.follow_up.decisions import Decision, checked_decisions, decision_faults
from fotfeste.settlement.follow_up.reservations import load_patterns, reservations_in
from fotfeste.statistics.figure import Figure, Mark

TODAY = date(2027, 6, 1)
CLEAN = [
    "Kommunestyret vedtar å bosette 40 flyktninger i 2027, herav 2 enslige mindreårige.",
    "Kommunestyret vedtek å busetje 40 flyktningar i 2027, av desse 2 einslege mindreårige.",
    "Vedtaket gjelder uten forbehold. Familiegjenforente kommer i tillegg.",
    "Vedtaket gjeld utan atterhald. Familiesameinte kjem i tillegg til dei 40.",
    "Kommunen kan ta imot ytterligere 10 flyktninger ved behov. Jf. sak 12/27.",
    "Forslaget ble tatt opp til votering. Det er høyst nødvendig med tolker.",
]
POINTED_AT = {
    "Kommunen tar forbehold om at staten dekker kostnadene.": "reservation",
    "Kommunen tek atterhald om at staten dekkjer kostnadene.": "reservation",
    "40 personer under forutsetning av at det finnes boliger.": "condition",
    "40 personar under føresetnad av at det finst bustader.": "condition",
    "Vedtaket gjelder så fremt tilskuddet videreføres.": "condition",
    "Kommunen bosetter 40 dersom boliger blir ferdige.": "if",
    "Kommunen buset 40 viss bustader vert ferdige.": "if",
    "Kommunen bosetter inntil 40 flyktninger.": "up_to",
    "Kommunen bosetter høyst 40 flyktninger.": "up_to",
    "Kommunen buset høgst 40 flyktningar.": "up_to",
    "Kommunen kan ta imot opp til ti flyktninger.": "up_to",
    "Kommunen bosetter bare barnefamilier.": "chosen_group",
    "Kommunen buset berre barnefamiliar.": "chosen_group",
    "40 flyktninger inkl. familiegjenforente.": "family",
    "40 flyktningar medrekna familiesameinte.": "family",
    "Tallet omfatter familieinnvandring.": "family",
}


def codes(decision: Decision) -> list[str]:
    return [one.code for one in decision_faults(decision, NAMES, TODAY)]


@pytest.mark.parametrize("text", CLEAN)
def test_a_plain_decision_is_not_pointed_at(text: str) -> None:
    assert reservations_in(text) == ()


@pytest.mark.parametrize(("text", "pattern"), POINTED_AT.items())
def test_reservations_and_reunified_family_are_pointed_at_in_both_forms_of_norwegian(
    text: str, pattern: str
) -> None:
    found = reservations_in(text)
    assert [one.pattern for one in found] == [pattern]
    assert found[0].passage == text
    assert text[found[0].start : found[0].end] == found[0].word
    assert text in str(found[0].in_words())


def test_only_the_sentence_with_the_word_is_quoted_and_each_is_told() -> None:
    text = "Kommunen bosetter 40.\nDet tas forbehold om bolig. Familiegjenforente er medregnet i tallet."
    assert [(one.pattern, one.passage) for one in reservations_in(text)] == [
        ("reservation", "Det tas forbehold om bolig."),
        ("family", "Familiegjenforente er medregnet i tallet."),
    ]


def test_a_long_sentence_is_quoted_around_the_word() -> None:
    found = reservations_in("og " * 300 + "med forbehold om bolig " + "og " * 300)
    assert len(found) == 1
    assert "forbehold" in found[0].passage
    assert len(found[0].passage) < 260
    assert found[0].passage.startswith("…")
    assert found[0].passage.endswith("…")


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_flag_stands_where_it_says(text: str) -> None:
    for flag in reservations_in(text + " forbehold"):
        assert (text + " forbehold")[flag.start : flag.end] == flag.word


def test_the_words_are_dated_and_say_whose_they_are() -> None:
    patterns = load_patterns()
    assert patterns.dated == "2026-11-21"
    assert "Fotfeste" in patterns.source


def test_a_decision_with_a_reservation_is_kept_as_it_is() -> None:
    one = decided("4003", 40, text="40 personer med forbehold om bolig.")
    assert codes(one) == []
    assert len(one.flags) == 1
    assert one.decided == Figure.observed(40)


def test_a_no_is_zero_persons_and_an_awaited_decision_is_none_yet() -> None:
    no = Decision("4003", "declined", dated=date(2027, 2, 1), body="kommunestyret", case_reference="27/1")
    later = Decision("4003", "awaited", expected_handling=date(2027, 8, 1))
    assert (codes(no), codes(later)) == ([], [])
    assert no.decided == Figure.observed(0)
    assert later.decided.mark is Mark.MISSING
    assert no.given
    assert not later.given


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "0301"}, "decision.municipality"),
        ({"persons": None}, "decision.persons"),
        ({"persons": -1}, "decision.number"),
        ({"persons": 20_001}, "decision.number"),
        ({"minors": 41}, "decision.minors"),
        ({"extra": -1}, "decision.number"),
        ({"dated": None}, "decision.dated"),
        ({"dated": date(2027, 6, 2)}, "decision.future"),
        ({"body": " "}, "decision.body"),
        ({"case_reference": ""}, "decision.case"),
        ({"answer": "declined"}, "decision.declined"),
        ({"answer": "awaited"}, "decision.awaited"),
    ],
)
def test_every_fault_of_a_decision_is_told(change: dict[str, object], code: str) -> None:
    assert codes(decided("4003", 40)) == []
    assert codes(replace(decided("4003", 40), **change)) == [code]  # type: ignore[arg-type]


def test_an_awaited_decision_says_when() -> None:
    assert codes(Decision("4003", "awaited")) == ["decision.handling"]


def test_all_faults_of_all_decisions_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        checked_decisions([decided("4003", -1), decided("0301", 3, body="")], NAMES, TODAY)
    assert [one.code for one in caught.value.problems] == [
        "decision.number",
        "decision.municipality",
        "decision.body",
    ]


def test_a_new_decision_replaces_the_older_whatever_order_they_come_in() -> None:
    old, new = decided("4003", 40), decided("4003", 50, dated=date(2027, 4, 1))
    awaited = Decision("4003", "awaited", expected_handling=date(2027, 5, 1))
    for given_in in ([old, new, awaited], [awaited, new, old]):
        assert checked_decisions(given_in, NAMES, TODAY) == {"4003": new}
