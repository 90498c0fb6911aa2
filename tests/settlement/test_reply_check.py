"""A form on a page and a sheet are checked alike: the same answer is taken by both, or refused by both for the same reason."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.messages import language
from fotfeste.settlement.replies import Reply
from fotfeste.settlement.reply_check import (
    check_answers,
    check_typed,
    perhaps_about_somebody,
    worth_asking_about,
)
from fotfeste.settlement.reply_form import load_reply_form
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
