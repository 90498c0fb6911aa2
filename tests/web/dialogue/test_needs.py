"""Needs that were heard: tasks with an owner, steps with reasons, hand-over, and what the municipality sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.web.dialogue import need_handover, need_owners, need_rows, needs
from fotfeste.web.dialogue.models import Need, NeedStep
from fotfeste.web.dialogue.needs import Meanwhile, Stated
from fotfeste.web.people.models import Membership
from fotfeste.web.people.services import actor_for
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from fotfeste.work.tasks import TaskState
from tests.web.dialogue.conftest import make_round, member
from tests.web.dialogue.forms import carried, text
from tests.web.people.persons import ADVISER, CONTACT, OTHER_ADVISER, PARTNER, READER, person

pytestmark = pytest.mark.django_db

PAGE, OWN = "/bosetting/2027/40/behov/", "/bosetting/2027/40/dialog/4003/moter/"
TOLK = Stated("Flere tolker", "interpreters", "4003")


def test_the_same_need_entered_twice_is_one_until_it_is_ended(adviser: Actor, round_: Round) -> None:
    one = needs.add(adviser, round_, TOLK)
    assert needs.add(adviser, round_, TOLK).pk == one.pk
    needs.move(adviser, one, TaskState.DONE, "", 0)
    assert needs.add(adviser, round_, TOLK).pk != one.pk


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        (Stated("", "housing"), "text"),
        (Stated("   \0", "housing"), "text"),
        (Stated("x" * 2001, "housing"), "text"),
        (Stated("Ring 01010112345", "housing"), "text"),
        (Stated("Bolig", "finnes-ikke"), "theme"),
        (Stated("Bolig", "housing", "3001"), "municipality"),
        (Stated("Bolig", "housing", owner=999999), "owner"),
        (Stated("Bolig", "housing", follow_up="x" * 121), "follow_up"),
        (Stated("Bolig", "housing", shared=True), "shared"),
    ],
)
def test_a_need_that_cannot_be_is_refused_at_its_field(
    adviser: Actor, round_: Round, stated: Stated, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        needs.add(adviser, round_, stated)
    assert refused.value.problem.place == field
    assert not Need.objects.exists()


def test_only_advisers_of_the_county_own_needs(adviser: Actor, round_: Round) -> None:
    reader = person("leser@example.org", READER)
    elsewhere = person("annen@example.org", OTHER_ADVISER)
    for user in (reader, elsewhere):
        with pytest.raises(InputError):
            needs.add(adviser, round_, Stated("Bolig", "housing", owner=user.pk))
    assert list(need_owners.owners_of(round_)) == [adviser.user_id]


def test_a_step_is_kept_with_its_reason_and_sent_twice_is_one(adviser: Actor, round_: Round) -> None:
    one = needs.add(adviser, round_, TOLK)
    first = needs.move(adviser, one, TaskState.DROPPED, "Ikke lenger aktuelt", 0)
    again = needs.move(adviser, one, TaskState.DROPPED, "Ikke lenger aktuelt", 0)
    assert isinstance(first, Need)
    assert isinstance(again, Need)
    assert (first.version, again.version) == (1, 1)
    step = NeedStep.objects.get()
    assert (step.before, step.after, step.reason) == ("open", "dropped", "Ikke lenger aktuelt")
    assert Entry.objects.filter(act="need.moved").count() == 1


def test_to_drop_or_open_again_takes_a_reason_and_no_step_is_skipped(adviser: Actor, round_: Round) -> None:
    one = needs.add(adviser, round_, TOLK)
    with pytest.raises(InputError, match="grunn"):
        needs.move(adviser, one, TaskState.DROPPED, " ", 0)
    needs.move(adviser, one, TaskState.DONE, "", 0)
    with pytest.raises(InputError):
        needs.move(adviser, one, TaskState.BEGUN, "Feil", 1)
    with pytest.raises(InputError):
        needs.move(adviser, one, TaskState.OPEN, "Gjelder 01010112345", 1)
    assert NeedStep.objects.count() == 1


def test_of_two_who_step_at_once_the_second_is_told(adviser: Actor, round_: Round) -> None:
    one = needs.add(adviser, round_, TOLK)
    needs.move(adviser, one, TaskState.BEGUN, "", 0)
    late = needs.move(adviser, one, TaskState.DONE, "", 0)
    assert isinstance(late, Meanwhile)
    assert late.need.state == "begun"


def test_different_changes_are_brought_together_and_the_same_field_is_told(
    adviser: Actor, round_: Round
) -> None:
    one = needs.add(adviser, round_, TOLK)
    base = needs.stated_in(one).as_stored
    needs.change(adviser, one, base, Stated("Flere tolker nå", "interpreters", "4003"))
    clash = needs.change(adviser, one, base, Stated("Flere tolker i somali", "interpreters", "4003"))
    assert [found.field for found in clash.conflicts] == ["text"]
    needs.change(adviser, one, base, Stated("Flere tolker", "interpreters", "4003", due=date(2026, 12, 1)))
    one.refresh_from_db()
    assert (one.text, one.due) == ("Flere tolker nå", date(2026, 12, 1))


def test_handing_over_takes_what_is_not_ended_in_all_rounds_of_the_county(
    adviser: Actor, round_: Round
) -> None:
    me = adviser.user_id
    other = person("ny@example.org", ADVISER)
    older = make_round(2026)
    for number, where in enumerate((round_, round_, older)):
        needs.add(adviser, where, Stated(f"Behov {number}", "housing", owner=me))
    ended = needs.add(adviser, round_, Stated("Ferdig", "housing", owner=me))
    needs.move(adviser, ended, TaskState.DONE, "", 0)
    assert me is not None
    assert need_handover.hand_over(adviser, round_, me, other.pk) == 3
    assert need_handover.hand_over(adviser, round_, me, other.pk) == 0
    assert Need.objects.filter(owner=other).count() == 3
    ended.refresh_from_db()
    assert ended.owner_id == me
    assert Entry.objects.filter(act="need.handed_over").count() == 1


def test_tasks_of_somebody_who_has_left_can_be_handed_over(adviser: Actor, round_: Round) -> None:
    left = person("sluttet@example.org", ADVISER)
    needs.add(adviser, round_, Stated("Bolig", "housing", owner=left.pk))
    Membership.objects.filter(user=left).update(until=timezone.now() - timedelta(days=1))
    assert left.pk not in need_owners.owners_of(round_)
    assert left.pk in need_handover.owners_with_tasks("40")
    with pytest.raises(InputError):
        need_handover.hand_over(adviser, round_, adviser.user_id or 0, left.pk)
    assert need_handover.hand_over(adviser, round_, left.pk, adviser.user_id or 0) == 1


def test_what_is_open_stands_in_the_order_of_deadlines_and_overdue_comes_first(
    adviser: Actor, round_: Round
) -> None:
    today = timezone.localdate()
    for name, due in (("uten", None), ("senere", today + timedelta(9)), ("for sent", today - timedelta(1))):
        needs.add(adviser, round_, Stated(name, "housing", due=due))
    done = needs.add(adviser, round_, Stated("ferdig", "housing", due=today - timedelta(5)))
    needs.move(adviser, done, TaskState.DONE, "", 0)
    assert [task.need for task in needs.open_needs(round_)] == ["for sent", "senere", "uten"]
    rows = need_rows.rows(round_, needs.needs_of(round_), today, "nb")
    assert [(row.need.text, row.overdue) for row in rows] == [
        ("for sent", True), ("senere", False), ("uten", False), ("ferdig", False),
    ]  # fmt: skip


def test_a_closed_round_takes_no_steps(adviser: Actor, round_: Round) -> None:
    one = needs.add(adviser, round_, TOLK)
    Round.objects.filter(pk=round_.pk).update(state=Stage.CLOSED.value)
    with pytest.raises(InputError):
        needs.move(adviser, one, TaskState.DONE, "", 0)


@pytest.fixture
def county(round_: Round) -> Client:
    return member("ase@example.org", ADVISER)[2]


def sent(**more: str) -> dict[str, str]:
    return {"text": "Flere tolker", "theme": "interpreters", "municipality": "4003", "owner": "", **more}


def test_a_need_is_entered_found_and_followed_to_its_end(county: Client, round_: Round) -> None:
    answer = county.post(PAGE, sent(shared="on", due="2020-01-01"))
    assert answer.status_code == 302
    where = answer.headers["Location"]
    assert county.post(PAGE, sent(shared="on")).headers["Location"] == where
    listed = text(county.get(PAGE))
    assert "Ett behov følges opp. Ett er over fristen." in listed
    step = {"state": "done", "reason": "Ny avtale", "seen": carried(county.get(where))}
    assert county.post(where + "steg/", step).status_code == 302
    assert county.post(where + "steg/", step).status_code == 302
    assert NeedStep.objects.count() == 1
    assert "Ingen behov passer" in text(county.get(PAGE))
    assert "Flere tolker" in text(county.get(PAGE + "?vis=alle"))
    assert "Flere tolker" not in text(county.get(PAGE + "?vis=alle&kommune=4001")).split("Før inn")[0]
    assert "Flere tolker" not in text(county.get(PAGE + "?vis=alle&mine=1")).split("Før inn")[0]
    assert "Ny avtale" in text(county.get(where))


def test_a_step_without_its_reason_is_told_and_one_that_came_second_shows_both(
    county: Client, round_: Round
) -> None:
    where = county.post(PAGE, sent()).headers["Location"]
    seen = carried(county.get(where))
    lacking = county.post(where + "steg/", {"state": "dropped", "reason": "", "seen": seen})
    assert lacking.status_code == 422
    assert "Det må oppgis en grunn" in text(lacking)
    county.post(where + "steg/", {"state": "begun", "reason": "Ringer", "seen": seen})
    late = county.post(where + "steg/", {"state": "done", "reason": "Min grunn", "seen": seen})
    assert late.status_code == 409
    assert "Ringer" in text(late)
    assert "Min grunn" in late.content.decode()
    again = {"state": "done", "reason": "Min grunn", "seen": carried(late)}
    assert county.post(where + "steg/", again).status_code == 302


def test_a_text_one_wrote_for_the_county_is_not_shared_by_another_who_had_not_seen_it(
    adviser: Actor, round_: Round
) -> None:
    first = Stated("Flere tolker", "interpreters", "4003")
    need = needs.add(adviser, round_, first)
    base = first.as_stored
    needs.change(adviser, need, base, replace(first, text="Rådmannen er bekymret for flere tolker"))
    together = needs.change(adviser, need, base, replace(first, shared=True))
    assert {one.field for one in together.conflicts} == {"text", "shared"}
    assert not needs.shown_to_municipality(round_, "4003")


def test_a_need_that_two_have_changed_into_what_cannot_be_is_refused(adviser: Actor, round_: Round) -> None:
    first = Stated("Flere tolker", "interpreters", "4003")
    need = needs.add(adviser, round_, first)
    needs.change(adviser, need, first.as_stored, replace(first, shared=True))
    with pytest.raises(InputError, match="hele fylket"):
        needs.change(adviser, need, first.as_stored, replace(first, municipality=""))
    assert [one.municipality for one in needs.shown_to_municipality(round_, "4003")] == ["4003"]


def test_what_two_change_alike_is_shown_with_names_not_numbers(county: Client, round_: Round) -> None:
    where = county.post(PAGE, sent()).headers["Location"]
    base = carried(county.get(where + "endre/"))
    county.post(where + "endre/", {"seen": base, **sent(municipality="4001")})
    clash = county.post(where + "endre/", {"seen": base, **sent(municipality="")})
    assert clash.status_code == 409
    assert "Porsgrunn" in text(clash)


def test_the_municipality_sees_the_text_and_state_of_what_is_shared_and_nothing_else(
    round_: Round, county: Client
) -> None:
    owner, adviser, _ = member("eier@example.org", ADVISER)
    owner.name = "Navn Som Ikke Vises"
    owner.save()
    needs.add(adviser, round_, Stated("Delt behov", "housing", "4003", owner=owner.pk, shared=True))
    needs.add(adviser, round_, Stated("Hemmelig behov", "housing", "4003"))
    needs.add(adviser, round_, Stated("Naboens behov", "housing", "4001", shared=True))
    client = member("per@example.org", CONTACT)[2]
    page = text(client.get(OWN))
    assert "Delt behov" in page
    assert "Åpen" in page
    for hidden in ("Hemmelig behov", "Naboens behov", "Navn Som Ikke Vises"):
        assert hidden not in page
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize(("held", "sees", "writes"), [
    (READER, 200, 403), (CONTACT, 404, 404), (PARTNER, 404, 404), (OTHER_ADVISER, 404, 404),
])  # fmt: skip
def test_who_sees_and_who_writes(county: Client, held: Any, sees: int, writes: int) -> None:
    where = county.post(PAGE, sent()).headers["Location"]
    client = member("noen@example.org", held)[2]
    assert client.get(where).status_code == client.get(PAGE).status_code == sees
    for address in (PAGE, where + "steg/", where + "endre/", PAGE + "overlat/"):
        assert client.post(address, {}).status_code == writes


def test_a_need_of_another_round_is_not_found_here(county: Client, adviser: Actor, round_: Round) -> None:
    other = needs.add(adviser, make_round(2026), TOLK)
    assert county.get(f"{PAGE}{other.pk}/").status_code == 404
    assert county.get(f"{PAGE}{2**70}/").status_code == 404


def test_tasks_are_handed_over_on_the_page(county: Client, round_: Round) -> None:
    user = person("ny@example.org", ADVISER)
    actor = actor_for(user)
    needs.add(actor, round_, Stated("Bolig", "housing", owner=user.pk))
    me = Membership.objects.get(user__email="ase@example.org").user_id
    sent_ = {"owner": str(user.pk), "new_owner": str(me)}
    assert county.post(PAGE + "overlat/", sent_).status_code == 302
    assert county.post(PAGE + "overlat/", sent_).status_code == 302
    assert Need.objects.get().owner_id == me


def test_needs_are_numbered_from_one_in_every_round(adviser: Actor, round_: Round) -> None:
    other = Round.objects.create(
        county="42", county_name="Agder", year=2027, total=10, state=Stage.DIALOGUE.value
    )
    its_adviser = member("agder@example.org", OTHER_ADVISER)[1]
    made = [
        needs.add(its_adviser, other, needs.Stated("Flere boliger", "housing")),
        needs.add(adviser, round_, needs.Stated("Flere tolker", "interpreters")),
        needs.add(adviser, round_, needs.Stated("Felles samling", "housing")),
    ]
    assert [one.number for one in made] == [1, 1, 2]
    client = member("ase@example.org", ADVISER)[2]
    page = text(client.get("/bosetting/2027/40/behov/1/"))
    assert "Behov 1" in page
    assert "Flere tolker" in page
    assert client.get("/bosetting/2027/40/behov/3/").status_code == 404
