"""The file of questions: the one that ships is whole, and a county's own is told every field that is wrong."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from fotfeste.errors import InputError
from fotfeste.settlement.dialogue.questions_file import load_questions
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.statistics import load_catalogue

SHIPPED = (resources.files("fotfeste.settlement.dialogue") / "questions.toml").read_text("utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    path = folder / "egne.toml"
    path.write_text(SHIPPED.replace(old, new, 1), "utf-8")
    return path


def test_what_everyone_is_asked_covers_the_services_of_settlement() -> None:
    form = load_questions()
    asked = {one.id for one in form.questions}
    assert {
        "capacity",
        "housing",
        "retention",
        "adult_education",
        "interpreters",
        "work",
        "minors",
        "more_possible",
    } <= asked
    assert all(set(one.text) == {"nb", "nn", "en"} for one in form.questions)


def test_every_question_and_limit_says_where_it_comes_from_and_when() -> None:
    form = load_questions()
    assert form.source
    assert form.dated.year == 2026
    assert all(one.source for one in form.raised)


def test_rules_point_to_indicators_and_fields_that_exist() -> None:
    form = load_questions()
    fields = {one.id for one in load_reply_form().fields}
    names = [one.indicator for one in (*form.raised, *form.standing_out) if one.indicator]
    assert [name for name in names if name not in load_catalogue()] == []
    assert {one.field for one in form.raised if one.field} <= fields


def test_the_last_questions_that_give_way_are_the_most_important() -> None:
    form = load_questions()
    assert {one.id for one in form.questions if one.priority == 1} >= {"capacity", "housing", "more_possible"}


def test_a_county_may_have_its_own_questions_and_keep_the_fields_of_the_minutes(tmp_path: Path) -> None:
    content = SHIPPED[: SHIPPED.index("# Fields of the minutes")]
    path = tmp_path / "egne.toml"
    path.write_text(content, "utf-8")
    own = load_questions(path)
    assert own.origin == str(path)
    assert own.minutes == load_questions().minutes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema = 1", "schema = 2", "skjemanummer 2"),
        ('kind = "few_settled"', 'kind = "fewest"', "raised.5.kind"),
        ('priority = 1\nnb = "Hvor mange', 'priority = 4\nnb = "Hvor mange', "question.0.priority"),
        ("{settled} av {decided} vedtatte", "{bosatte} av {decided} vedtatte", "{bosatte}"),
        ("{settled} av {decided} vedtatte", "{settled av {decided} vedtatte", "krøllparentesene"),
        (
            'theme = "guidance"\npriority = 1\nnb = "Hva skal til',
            'theme = "tur"\npriority = 1\nnb = "Hva skal til',
            "tur",
        ),
        ('id = "more_possible"', 'id = "capacity"', "samme id"),
        ('share = "0.9"', 'part = "0.9"', "Feltet finnes ikke"),
        ('id = "next_step"', 'id = "next_steps"', "referatet har ikke feltet next_steps"),
        ('id = "met_on"', 'id = "place2"', "place2"),
        ("municipalities = 3", 'municipalities = "mange"', "gathering.municipalities"),
    ],
)
def test_a_fault_is_told_with_the_field_it_stands_in(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        load_questions(changed(tmp_path, old, new))
    assert said in str(error.value), str(error.value)


def test_a_file_that_is_not_there_or_not_toml_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kan ikke leses"):
        load_questions(tmp_path / "borte.toml")
    broken = tmp_path / "brukket.toml"
    broken.write_text("schema = = 1")
    with pytest.raises(InputError, match="ikke gyldig TOML"):
        load_questions(broken)


def test_the_shipped_file_is_read_as_it_stands() -> None:
    assert tomllib.loads(SHIPPED)["schema"] == load_questions().schema == 1
