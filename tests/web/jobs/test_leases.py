"""Who has a job: one at a time, for as long as they are heard from, and nothing from those who have lost it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fotfeste.messages import msg
from fotfeste.web.jobs import services
from fotfeste.web.jobs.handlers import Outcome, handler
from fotfeste.web.jobs.kept_messages import kept
from fotfeste.web.jobs.leases import cancelled, fail, finish, give_back, is_wanted, renew, take
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.rights.actor import NOBODY
from tests.web.jobs.conftest import LEASE, quick, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


def order(key: str = "k") -> Job:
    return services.submit("test.quick", {}, key, NOBODY)


def test_the_one_that_has_waited_longest_is_taken_first() -> None:
    first, second = order("1"), order("2")
    assert [taken().job.pk, taken().job.pk] == [first.pk, second.pk]
    assert take("a", LEASE, 3) is None


def test_a_job_in_hand_is_not_taken_before_its_lease_has_run_out() -> None:
    order()
    now = timezone.now()
    first = taken(now=now)
    assert take("b", LEASE, 3, now=now + timedelta(seconds=59)) is None
    second = taken("b", now=now + timedelta(seconds=61))
    assert second.job.pk == first.job.pk
    assert second.fence > first.fence


def test_whoever_has_lost_a_job_can_neither_end_it_nor_tell_about_it() -> None:
    order()
    now = timezone.now()
    first = taken(now=now)
    second = taken("b", now=now + timedelta(seconds=61))
    stored: list[str] = []
    assert not is_wanted(first)
    assert not finish(first, Outcome("a", lambda: stored.append("a")))
    assert not fail(first, "x", {})
    assert not give_back(first)
    renew(first, now + LEASE, {"progress": 0.9})
    assert finish(second, Outcome("b", lambda: stored.append("b")))
    job = Job.objects.get()
    assert (job.state, job.result, job.attempts, stored) == (State.DONE, "b", 2, ["b"])


def test_a_job_whose_worker_dies_again_and_again_is_given_up_with_a_reason() -> None:
    order()
    now = timezone.now()
    for attempt in range(3):
        taken(now=now + timedelta(minutes=2 * attempt))
    assert take("a", LEASE, 3, now=now + timedelta(minutes=10)) is None
    job = Job.objects.get()
    assert job.state == State.FAILED
    assert job.error_code == "job.given_up"
    assert job.error["remedy"]


def test_giving_back_when_the_worker_stops_does_not_count_as_an_attempt() -> None:
    order()
    for _ in range(9):
        assert give_back(taken(), uncounted=True)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (State.QUEUED, 0)


def test_a_job_whose_worker_died_after_it_was_cancelled_is_not_begun_again() -> None:
    order()
    now = timezone.now()
    held = taken(now=now)
    services.cancel(held.job, NOBODY)
    assert take("b", LEASE, 3, now=now + timedelta(minutes=2)) is None
    assert Job.objects.get().state == State.CANCELLED


def test_a_cancelled_job_ends_as_cancelled_and_one_that_was_not_does_not() -> None:
    order()
    held = taken()
    assert not cancelled(held)
    services.cancel(held.job, NOBODY)
    assert cancelled(held)
    assert Job.objects.get().state == State.CANCELLED


def test_what_is_stored_and_the_end_of_the_job_are_one() -> None:
    order()
    held = taken()

    def breaks() -> None:
        Job.objects.create(kind="x", key="halvt", arguments={})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        finish(held, Outcome(1, breaks))
    assert Job.objects.get().state == State.RUNNING, (
        "neither the half that was stored nor the end of the job stands"
    )


def test_what_this_program_does_not_know_is_left_to_one_that_does() -> None:
    Job.objects.create(kind="test.newer", key="1", arguments={})
    Job.objects.create(kind="test.quick", key="2", schema=2, arguments={})
    assert take("a", LEASE, 3) is None
    assert Job.objects.filter(state=State.QUEUED).count() == 2


def test_work_ordered_under_an_older_layout_is_refused_with_a_way_out(registry: dict[str, object]) -> None:
    order()
    del registry["test.quick"]
    handler("test.quick", schema=2)(quick)
    assert take("a", LEASE, 3) is None
    job = Job.objects.get()
    assert (job.state, job.error_code) == (State.FAILED, "job.schema")


def test_progress_is_kept_with_its_fields_so_that_each_reader_is_told_in_their_own_language() -> None:
    order()
    held = taken()
    message = msg("Skriver {name}", name="saksframlegg.pdf")
    renew(held, timezone.now() + LEASE, {"progress": 0.5, "message": kept(message)})
    job = Job.objects.get()
    assert (job.progress, job.message) == (
        0.5,
        {"text": "Skriver {name}", "fields": {"name": "saksframlegg.pdf"}},
    )


@pytest.mark.django_db(transaction=True)
def test_a_job_is_taken_under_a_lock_that_the_engine_knows(database_engine: str) -> None:
    order()
    with CaptureQueriesContext(connection) as caught:
        taken()
    lock = {"postgresql": "SKIP LOCKED", "sqlite": "BEGIN IMMEDIATE"}[database_engine]
    assert any(lock in one["sql"] for one in caught.captured_queries)
