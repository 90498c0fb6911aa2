"""The reply form as data: every question in three languages, every service asked for, ids that never repeat."""

from __future__ import annotations

from fotfeste.settlement.replies import Reply, Service
from fotfeste.settlement.reply_form import load_reply_form


def test_the_form_asks_for_the_capacity_of_every_service() -> None:
    capacity = {
        one.id for one in load_reply_form().fields if one.group == "capacity" and one.kind == "persons"
    }
    assert capacity == {service.value for service in Service}


def test_every_question_has_words_in_three_languages() -> None:
    form = load_reply_form()
    for one in form.fields:
        for words in (one.label, one.question, one.help):
            assert set(words) == {"nb", "nn", "en"}, one.id
            assert all(text.strip() for text in words.values()), one.id
        assert all(len(text) <= 255 for text in one.help.values()), (
            f"{one.id}: a cell's help holds 255 letters"
        )
    for group in form.groups:
        assert set(group.title) == {"nb", "nn", "en"}


def test_ids_are_unique_and_every_field_has_a_group() -> None:
    form = load_reply_form()
    ids = [one.id for one in form.fields]
    assert len(ids) == len(set(ids))
    assert all(group.fields for group in form.groups)
    assert len(ids) == 25


def test_figures_about_those_settled_hide_small_groups() -> None:
    outcomes = [one for one in load_reply_form().fields if one.group == "outcomes" and one.kind == "persons"]
    assert [one.id for one in outcomes] == ["in_work", "in_education", "moved_away", "waiting_for_housing"]
    assert all(one.hide_below == 5 for one in outcomes)


def test_the_bottleneck_is_the_lowest_stated_and_the_first_when_equal() -> None:
    assert Reply("4003").bottleneck is None
    stated = {Service.WORK: 5, Service.SCHOOL: 5, Service.HOUSING: 9}
    assert Reply("4003", capacity=stated).bottleneck == (Service.SCHOOL, 5)
