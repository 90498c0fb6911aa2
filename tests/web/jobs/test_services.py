"""Ordering work: the same work is there once, can be given up, and goes when it is old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fotfeste.web.jobs import services
from fotfeste.web.jobs.handlers import Outcome, handler
from fotfeste.web.jobs.kept_messages import kept_error
from fotfeste.web.jobs.leases import GIVEN_UP, fail, finish, take
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.people.models import User
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role
from fotfeste.web.trace.models import Entry
from tests.web.jobs.conftest import LEASE, as_actor, quick, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


def order(key: str = "k", **more: Any) -> Job:
    return services.submit("test.quick", {"what": key}, key, NOBODY, **more)


def test_the_same_work_ordered_twice_is_the_same_job() -> None:
    assert order().pk == order().pk
    assert Job.objects.count() == 1


def test_work_that_is_running_or_done_is_not_ordered_again() -> None:
    first = order()
    held = taken()
    assert order().pk == first.pk
    assert finish(held, Outcome({"did": "k"}))
    assert order().pk == first.pk


def test_work_that_failed_or_was_cancelled_is_ordered_anew() -> None:
    first = order()
    fail(taken(), GIVEN_UP.code, kept_error(GIVEN_UP))
    second = order()
    services.cancel(second, NOBODY)
    third = order()
    assert len({first.pk, second.pk, third.pk}) == 3


def test_done_work_is_done_once_more_only_when_that_is_asked_for() -> None:
    first = order()
    finish(taken(), Outcome(1))
    again = order(again=True)
    assert again.pk != first.pk
    assert order(again=True).pk == again.pk, "it waits: it is not ordered twice"
    assert services.latest("test.quick", "k") == again
    assert Job.objects.get(pk=first.pk).result == 1


def test_one_key_never_stands_for_two_different_pieces_of_work() -> None:
    order()
    with pytest.raises(ValueError, match="other arguments"):
        services.submit("test.quick", {"what": "noe annet"}, "k", NOBODY)


def test_what_was_done_under_an_older_layout_of_its_arguments_is_done_anew(
    registry: dict[str, object],
) -> None:
    first = order()
    finish(taken(), Outcome(1))
    del registry["test.quick"]
    handler("test.quick", schema=2)(quick)
    again = services.submit("test.quick", {"which": "k"}, "k", NOBODY)
    assert again.pk != first.pk
    assert again.schema == 2


def test_work_that_nobody_can_do_is_not_ordered() -> None:
    with pytest.raises(ValueError, match="no handler"):
        services.submit("test.unknown", {}, "k", NOBODY)


def test_the_database_itself_refuses_the_same_work_twice() -> None:
    order()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="test.quick", key="k", arguments={})


def test_work_ordered_in_a_transaction_that_fails_is_not_ordered() -> None:
    def ordered_but_not_kept() -> None:
        with transaction.atomic():
            order()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ordered_but_not_kept()
    assert take("a", LEASE, 3) is None


def test_work_that_waits_is_cancelled_at_once() -> None:
    job = services.cancel(order(), NOBODY)
    assert job.state == State.CANCELLED
    assert take("a", LEASE, 3) is None


def test_work_that_runs_is_asked_to_stop() -> None:
    order()
    held = taken()
    job = services.cancel(held.job, NOBODY)
    assert job.state == State.RUNNING
    assert job.cancel_asked
    assert not finish(held, Outcome("for sent")), "what comes after the wish to cancel is not stored"


def test_what_has_ended_stays_as_it_ended() -> None:
    order()
    held = taken()
    finish(held, Outcome(1))
    assert services.cancel(held.job, NOBODY).state == State.DONE


def test_old_finished_work_goes_and_what_waits_stays() -> None:
    order("old")
    finish(taken(), Outcome(1))
    waits = order("waits")
    now = timezone.now()
    assert services.remove_old(now + timedelta(days=29)) == 0
    assert services.remove_old(now + timedelta(days=31)) == 1
    assert list(Job.objects.all()) == [waits]


def test_everybody_sees_their_own_work_and_administrators_all(person: User) -> None:
    other = User.objects.create(email="ola@example.org", name="Ola (oppdiktet)")
    own = services.submit("test.quick", {}, "own", as_actor(person))
    theirs = services.submit("test.quick", {}, "theirs", as_actor(other))
    nobodys = order("nobody")
    assert set(services.visible_to(as_actor(person))) == {own}
    assert set(services.visible_to(NOBODY)) == set()
    administrator = Actor(person.pk, "", (Held(Role.ADMINISTRATOR),))
    assert set(services.visible_to(administrator)) == {own, theirs, nobodys}


def test_whoever_ordered_work_may_leave_and_the_work_stays(person: User) -> None:
    job = services.submit("test.quick", {}, "own", as_actor(person))
    person.delete()
    job.refresh_from_db()
    assert job.submitted_by_id is None


def test_the_load_tells_how_much_work_there_is_and_how_long_it_has_waited() -> None:
    order("a")
    order("b")
    taken()
    found = services.load(timezone.now() + timedelta(seconds=30))
    assert (found.by_state["queued"], found.by_state["running"], found.by_state["done"]) == (1, 1, 0)
    assert timedelta(seconds=30) <= found.waiting < timedelta(seconds=60)


def test_ordering_and_cancelling_stand_in_the_trace(person: User) -> None:
    job = services.submit("test.quick", {}, "own", as_actor(person))
    services.submit("test.quick", {}, "own", as_actor(person))
    services.cancel(job, as_actor(person))
    found = Entry.objects.filter(object=str(job.pk)).order_by("number").values_list("act", "actor")
    assert list(found) == [("job.ordered", str(person.pseudonym)), ("job.cancelled", str(person.pseudonym))]
