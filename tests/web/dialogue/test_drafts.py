"""A draft is saved as it is typed, also by two at once: what they did not both change is put together, the rest is asked about."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fotfeste.errors import InputError
from fotfeste.web.dialogue.deliveries import deliver
from fotfeste.web.dialogue.drafts import save_draft
from fotfeste.web.dialogue.entered import LONGEST_KEPT, as_base, base_of, checked, entered, typed_of
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.drafts import ABSENT
from fotfeste.work.requirements import Stage
from tests.web.dialogue.conftest import ANSWERS

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_and_counted(skien: Reply, contact: Actor) -> None:
    saved = save_draft(contact, skien, {"housing": "30", "approved_on": "10.9.2026"}, 0, {})
    assert (saved.version, saved.clashes) == (1, ())
    skien.refresh_from_db()
    assert skien.values == {"housing": 30, "approved_on": "2026-09-10"}
    assert skien.changed_by_id == contact.user_id


def test_the_same_saved_again_is_no_new_version(skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    assert save_draft(contact, skien, {"housing": " 30 "}, 1, {"housing": 30}).version == 1


def test_what_cannot_be_read_yet_is_kept_as_it_was_typed(skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"housing": "mellom 20 og 30", "approved_on": "i september"}, 0, {})
    skien.refresh_from_db()
    assert typed_of(skien.values) == {"housing": "mellom 20 og 30", "approved_on": "i september"}
    assert set(checked(skien.values).problems) == {"housing", "approved_on"}


def test_a_field_that_is_emptied_is_unknown_again(skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    save_draft(contact, skien, {"housing": ""}, 1, {"housing": 30})
    skien.refresh_from_db()
    assert skien.values == {}


def test_two_who_write_in_different_fields_both_get_it(
    skien: Reply, contact: Actor, colleague: Actor
) -> None:
    save_draft(contact, skien, {"housing": "30", "school": ""}, 0, {})
    saved = save_draft(colleague, skien, {"housing": "", "school": "12"}, 0, {})
    assert saved.clashes == ()
    assert saved.values == {"housing": 30, "school": 12}
    assert saved.others == ("housing",)


def test_of_two_who_write_in_the_same_field_the_second_is_asked(
    skien: Reply, contact: Actor, colleague: Actor
) -> None:
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    saved = save_draft(colleague, skien, {"housing": "25", "school": "12"}, 0, {})
    (clash,) = saved.clashes
    assert (clash.field, clash.base, clash.mine, clash.theirs) == ("housing", ABSENT, 25, 30)
    assert saved.values == {"housing": 30, "school": 12}


def test_who_has_seen_both_and_saves_again_has_chosen(skien: Reply, contact: Actor, colleague: Actor) -> None:
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    first = save_draft(colleague, skien, {"housing": "25"}, 0, {})
    chosen = save_draft(colleague, skien, {"housing": "25"}, first.version, dict(first.values))
    assert chosen.clashes == ()
    assert chosen.values == {"housing": 25}


def test_a_page_that_goes_on_saving_does_not_undo_what_another_has_written(
    skien: Reply, contact: Actor, colleague: Actor
) -> None:
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    first = save_draft(colleague, skien, {"housing": "", "school": "1"}, 0, {})
    second = save_draft(colleague, skien, {"housing": "", "school": "12"}, first.version, dict(first.base))
    assert second.clashes == ()
    assert second.values == {"housing": 30, "school": 12}


def test_a_field_that_is_not_sent_is_left_alone(skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"housing": "30", "school": "12"}, 0, {})
    saved = save_draft(contact, skien, {"housing": "31"}, 1, {"housing": 30, "school": 12})
    assert saved.values == {"housing": 31, "school": 12}


def test_a_page_that_lost_what_it_was_made_from_overwrites_nothing(skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"housing": "30"}, 0, {})
    saved = save_draft(contact, skien, {"housing": "25"}, 0, base_of("not json"))
    assert [one.field for one in saved.clashes] == ["housing"]
    assert saved.values == {"housing": 30}


def test_a_number_of_a_person_is_never_kept(skien: Reply, contact: Actor) -> None:
    saved = save_draft(contact, skien, {"capacity_note": "Ring 010190 12345", "housing": "30"}, 0, {})
    assert set(saved.refused or {}) == {"capacity_note"}
    skien.refresh_from_db()
    assert skien.values == {"housing": 30}


def test_a_refused_text_leaves_the_one_before_standing(skien: Reply, contact: Actor) -> None:
    save_draft(contact, skien, {"capacity_note": "Flere boliger"}, 0, {})
    base = {"capacity_note": "Flere boliger"}
    saved = save_draft(contact, skien, {"capacity_note": "Flere boliger 01019012345"}, 1, base)
    assert saved.values == base


def test_a_text_too_long_to_deliver_is_kept_while_it_is_cut_but_not_without_limit(
    skien: Reply, contact: Actor
) -> None:
    saved = save_draft(
        contact, skien, {"capacity_note": "å" * 5000, "wish_note": "å" * (LONGEST_KEPT + 1)}, 0, {}
    )
    assert len(str(saved.values["capacity_note"])) == 5000
    assert set(saved.refused or {}) == {"wish_note"}


def test_saving_while_typing_leaves_one_entry_in_the_trace(skien: Reply, contact: Actor) -> None:
    base: dict[str, int | str] = {}
    for version, text in enumerate(["3", "30", "300"]):
        base = dict(save_draft(contact, skien, {"housing": text}, version, base).base)
    assert Entry.objects.filter(act="input.changed").count() == 1


def test_a_delivered_reply_takes_no_more_changes(skien: Reply, contact: Actor) -> None:
    deliver(contact, skien, ANSWERS, 0, {})
    with pytest.raises(InputError) as caught:
        save_draft(contact, skien, {"housing": "1"}, 1)
    assert caught.value.code == "dialogue.delivered"


@pytest.mark.parametrize("stage", [Stage.PREPARED, Stage.CLOSED])
def test_a_round_that_is_not_open_takes_no_drafts(
    skien: Reply, contact: Actor, round_: Round, stage: Stage
) -> None:
    Round.objects.filter(pk=round_.pk).update(state=stage.value)
    with pytest.raises(InputError) as caught:
        save_draft(contact, skien, {"housing": "1"}, 0)
    assert caught.value.code == "dialogue.closed"


def test_the_recommendation_is_not_read_when_a_draft_is_saved(skien: Reply, contact: Actor) -> None:
    with CaptureQueriesContext(connection) as asked:
        save_draft(contact, skien, {"housing": "30"}, 0, {})
    assert asked.captured_queries
    assert not [one["sql"] for one in asked.captured_queries if '"bundle"' in one["sql"]]


TYPED = st.text(max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=TYPED, theirs=TYPED)
def test_whatever_two_people_type_nothing_is_lost(
    skien: Reply, contact: Actor, colleague: Actor, mine: str, theirs: str
) -> None:
    Reply.objects.filter(pk=skien.pk).update(values={}, version=0)
    first = save_draft(colleague, skien, {"wish_note": theirs, "housing": theirs}, 0, {})
    second = save_draft(contact, skien, {"wish_note": mine, "school": mine}, 0, {})
    kept = entered({"wish_note": mine, "school": mine}).values
    stored = Reply.objects.get(pk=skien.pk).values
    assert stored == dict(second.values)
    clashing = {one.field: one.mine for one in second.clashes}
    for name, value in kept.items():
        assert stored.get(name) == value or clashing.get(name) == value
    assert stored.get("housing") == first.values.get("housing")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_what_a_page_carries_comes_back_as_it_was(text: str) -> None:
    values = dict(entered({"wish_note": text, "housing": text}).values)
    assert base_of(as_base(values)) == values
    assert dict(entered(typed_of(values)).values) == values


@pytest.mark.parametrize(
    "hostile", ["", "[]", "{", '{"housing": [1]}', '{"finnes": 1}', "[" * 5000, '{"housing": true}']
)
def test_a_page_may_claim_anything_of_what_it_was_made_from(hostile: str) -> None:
    assert base_of(hostile) in (None, {})
