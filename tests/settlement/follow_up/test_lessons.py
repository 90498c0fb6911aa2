"""What was learned is asked for before the next round opens, and kept in the county's own words."""

from __future__ import annotations

from datetime import date

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import language
from fotfeste.settlement.follow_up.lessons import LONGEST_ANSWER, Lessons, load_lesson_form

FORM = load_lesson_form()
DAY = date(2027, 9, 1)


def test_the_questions_that_are_needed_are_asked_until_they_are_answered() -> None:
    blank = Lessons(2027)
    needed = [one.id for one in FORM.questions if one.needed]
    assert [one.id for one in blank.unanswered(FORM)] == needed
    told = blank.with_answers(FORM, dict.fromkeys(needed, "Mangel på boliger."), "rådgiver", DAY)
    assert told.unanswered(FORM) == ()
    assert (told.by_role, told.at) == ("rådgiver", DAY)
    assert [
        one.id for one in told.with_answers(FORM, {needed[0]: "  "}, "rådgiver", DAY).unanswered(FORM)
    ] == needed[:1]


def test_questions_are_in_three_languages_and_name_the_year() -> None:
    assert len({one.id for one in FORM.questions}) == len(FORM.questions)
    for one in FORM.questions:
        texts = [one.asked(2027, language(locale)) for locale in ("nb", "nn", "en")]
        assert len(set(texts)) == 3
        assert all("{" not in text for text in texts)
    assert "2027" in FORM.questions[0].asked(2027, language("nn"))


def test_answers_keep_the_order_of_the_questions_and_are_not_changed() -> None:
    told = Lessons(2027).with_answers(FORM, {"settled": "Ja {year}", "differences": "Skien"}, "rådgiver", DAY)
    assert list(told.answers.items()) == [("differences", "Skien"), ("settled", "Ja {year}")]


def test_unknown_questions_and_endless_answers_are_refused_together() -> None:
    with pytest.raises(InputError) as caught:
        Lessons(2027).with_answers(
            FORM, {"nothing": "x", "settled": "x" * (LONGEST_ANSWER + 1)}, "rådgiver", DAY
        )
    assert [one.code for one in caught.value.problems] == ["lessons.question", "lessons.long"]
