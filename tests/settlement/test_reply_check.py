"""A form on a page and a sheet are checked alike: the same answer is taken by both, or refused by both for the same reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.messages import language
from fotfeste.settlement.replies import Heard, Reply, Service
from fotfeste.settlement.reply_check import (
    check_answers,
    check_typed,
    perhaps_about_somebody,
    worth_asking_about,
)
from fotfeste.settlement.reply_form import load_reply_form, reply_from
from fotfeste.settlement.reply_sheet_file import Cell


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("housing", "30", 30),
        ("housing", " 1 200 ", 1200),
        ("housing", "0", 0),
        ("approved_on", "15.9.2026", date(2026, 9, 15)),
        ("approved_on", "2026-09-15", date(2026, 9, 15)),
        ("capacity_note", "Flere boliger fra august", "Flere boliger fra august"),
        ("approved_by", "kommunedirektør", "kommunedirektør"),
    ],
)
def test_what_is_typed_is_read_as_a_sheet_is(field: str, typed: str, value: object) -> None:
    assert check_typed({field: typed}).values == {field: value}
    assert check_answers({field: (Cell(typed), "her")}).values == {field: value}


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("housing", "ca. 30", "reply.not_a_number"),
        ("housing", "-3", "reply.negative"),
        ("housing", "99999", "reply.too_large"),
        ("in_work", "3", "reply.recognisable"),
        ("approved_on", "i september", "reply.not_a_date"),
        ("capacity_note", "Ring 010190 12345", "reply.personal"),
        ("capacity_note", "å" * 4001, "reply.too_long"),
    ],
)
def test_what_is_refused_in_a_sheet_is_refused_in_a_form(field: str, typed: str, code: str) -> None:
    form, sheet = check_typed({field: typed}), check_answers({field: (Cell(typed), "her")})
    assert [one.code for one in form.problems.values()] == [code]
    assert form.problems[field].what == sheet.problems[field].what
    assert not form.values


def test_a_fault_in_a_form_names_the_field_in_the_readers_language() -> None:
    found = check_typed({"housing": "mange"}).problems["housing"]
    assert found.describe(language("nb")).startswith("Feltet «Bolig»: ")
    assert "«Bustad»" in found.describe(language("nn"))


def test_a_blank_answer_is_unknown_and_an_unknown_field_is_nothing() -> None:
    assert check_typed({"housing": "  ", "finnes_ikke": "1"}).values == {}


def test_every_field_of_the_form_can_be_answered() -> None:
    typed = {
        one.id: {"persons": "12", "date": "1.10.2026"}.get(one.kind, "Svar")
        for one in load_reply_form().fields
    }
    assert set(check_typed(typed).values) == set(typed)


def test_more_minors_than_the_wish_is_worth_a_question() -> None:
    assert not worth_asking_about(Reply("4003", own_wish=20, minors=5), "Skien")
    one = worth_asking_about(Reply("4003", own_wish=0, minors=1), "Skien")
    assert language("nb").text(one[0].what) == "Skien kan ta imot 1 enslig mindreårig, men ønsker 0 i alt."
    found = worth_asking_about(Reply("4003", own_wish=20, minors=25), "Skien")
    assert [one.code for one in found] == ["reply.minors_above_wish"]


def test_words_about_a_family_are_pointed_out_and_words_about_a_group_are_not() -> None:
    groups = Reply("4003", texts={"other_needs": "Barnefamilier må vente på større boliger."})
    somebody = Reply("4003", texts={"other_needs": "Familien i Storgata venter på bolig."})
    assert not perhaps_about_somebody(groups)
    assert [one.code for one in perhaps_about_somebody(somebody)] == ["reply.about_somebody"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ring Ola Nordmann 41234567", ["reply.phone"]),
        ("Ring 412 34 567 om boligene", ["reply.phone"]),
        ("Ring +47 41 23 45 67", ["reply.phone"]),
        ("Skriv til bolig@kommune.example", ["reply.email"]),
        ("Vi bygger for 25 000 000 kroner fra 21.11.2026 til 2028", []),
        ("I 2026 og 2027: 12 leiligheter", []),
    ],
)
def test_a_telephone_number_or_an_address_is_pointed_out_before_it_is_quoted(
    text: str, codes: list[str]
) -> None:
    found = perhaps_about_somebody(Reply("4003", texts={"capacity_note": text}))
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("role", "is_name"),
    [
        ("Bente Bamble", True),
        ("bente bamble", True),
        ("Kari-Anne N. Nordmann", True),
        ("kommunedirektør", False),
        ("Kommunedirektør", False),
        ("Assisterende kommunedirektør", False),
        ("Leder for NAV", False),
        ("", False),
    ],
)
def test_a_name_where_a_role_is_asked_for_is_pointed_out(role: str, is_name: bool) -> None:
    found = perhaps_about_somebody(Reply("4012", approved_by=role), ["Bente Bamble", ""])
    assert [one.code for one in found] == (["reply.name_for_role"] if is_name else [])


@pytest.mark.parametrize(
    "typed", ["ingen begrensning", "Ingen begrensning.", "inga avgrensing", "No limit", "no_limit"]
)
def test_no_limit_is_another_answer_than_nobody_and_than_nothing(typed: str) -> None:
    none = reply_from("4003", check_typed({"school": typed}).values)
    assert (none.unlimited, none.capacity) == ((Service.SCHOOL,), {})
    nobody = reply_from("4003", check_typed({"school": "0"}).values)
    assert (nobody.unlimited, nobody.capacity) == ((), {Service.SCHOOL: 0})
    blank = reply_from("4003", check_typed({"school": ""}).values)
    assert (blank.unlimited, blank.capacity) == ((), {})
    assert check_typed({"own_wish": typed}).problems["own_wish"].code == "reply.not_a_number"


def test_a_number_and_no_limit_together_are_refused() -> None:
    assert check_typed({"school": "30 ingen begrensning"}).problems["school"].code == "reply.both"


def test_nobody_in_one_service_is_asked_about_where_the_municipality_wishes_for_somebody() -> None:
    nobody = Reply("4012", capacity={Service.KINDERGARTEN: 0, Service.HOUSING: 35}, own_wish=30)
    told = worth_asking_about(nobody, "Bamble", own=True)
    assert [one.code for one in told] == ["reply.nobody"]
    assert language("nb").text(told[0].what) == "Dere oppgir 0 for barnehage, og ønsker å bosette 30."
    assert "Bamble oppgir 0 for barnehage" in language("nb").text(
        worth_asking_about(nobody, "Bamble")[0].what
    )
    assert worth_asking_about(Reply("4012", capacity={Service.HOUSING: 0}), "Bamble", own=True)
    assert not worth_asking_about(replace(nobody, own_wish=0), "Bamble", own=True)
    assert not worth_asking_about(replace(nobody, capacity={Service.HOUSING: 35}), "Bamble", own=True)


def test_the_municipality_is_spoken_to_as_itself() -> None:
    told = worth_asking_about(Reply("4012", own_wish=40, minors=50), "Bamble", own=True)[0]
    assert language("nb").text(told.what) == "Dere kan ta imot 50 enslige mindreårige, men ønsker 40 i alt."
    assert told.remedy is not None
    assert "Spør kommunen" not in language("nb").text(told.remedy)


def test_what_a_partner_has_heard_is_no_capacity_of_the_municipality() -> None:
    heard = Heard(28, "Statsforvalteren", date(2026, 11, 21))
    reply = Reply("4012", capacity={Service.HOUSING: 35}, heard={Service.HEALTH: heard})
    assert reply.bottleneck == (Service.HOUSING, 35)
    assert reply.lower_heard == (Service.HEALTH, heard)
    assert replace(reply, capacity={Service.HOUSING: 20}).lower_heard is None
