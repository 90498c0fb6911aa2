"""The worker: does the work outside any transaction, tells of it in moderation, and stops when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.jobs import services, worker
from fotfeste.web.jobs.handlers import Cancelled, Interrupted, Outcome, Progress, Work, handler
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.jobs.watch import Pace, Watch
from fotfeste.web.rights.actor import NOBODY
from tests.web.jobs.conftest import taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("registry")]
QUIET = Pace(beat=timedelta(hours=1))
"""A pace at which the thread beside the work does nothing: what it does is tested by its beats."""


def does(work: Work, kind: str = "test.own") -> Job:
    handler(kind)(work)
    return services.submit(kind, {}, "k", NOBODY)


def run(stop: threading.Event) -> Job:
    worker.run(stop, once=True, pace=QUIET)
    return Job.objects.get()


def test_work_is_done_outside_any_transaction_and_its_result_is_kept(stop: threading.Event) -> None:
    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> dict[str, bool]:
        return {"inside": connection.in_atomic_block}

    does(work)
    job = run(stop)
    assert (job.state, job.result, job.progress) == (State.DONE, {"inside": False}, 1.0)
    assert job.finished_at is not None
    assert job.lease_until is None


def test_work_is_never_begun_inside_a_transaction(stop: threading.Event) -> None:
    does(lambda arguments, progress, cancelled: None)  # noqa: ARG005
    held = taken()
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
        worker.perform(held, stop, QUIET)


def test_all_that_waits_is_done_one_after_another(stop: threading.Event) -> None:
    for number in range(5):
        services.submit("test.quick", {"what": number}, str(number), NOBODY)
    assert worker.run(stop, once=True, pace=QUIET) == 5
    assert [job.result["did"] for job in Job.objects.order_by("submitted_at")] == list(range(5))


def test_an_error_of_ours_is_kept_with_its_way_out_and_not_tried_again(stop: threading.Event) -> None:
    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> None:
        raise InputError("region.unknown", msg("Fylket finnes ikke."), remedy=msg("Velg et annet."))

    does(work)
    job = run(stop)
    assert (job.state, job.error_code, job.attempts) == (State.FAILED, "region.unknown", 1)
    assert job.error["what"] == {"text": "Fylket finnes ikke."}
    assert job.error["remedy"] == {"text": "Velg et annet."}


def test_what_went_wrong_inside_is_never_told_to_people(stop: threading.Event) -> None:
    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> None:
        raise KeyError("kari@example.org")

    does(work)
    job = run(stop)
    assert (job.state, job.error_code) == (State.FAILED, "job.unexpected")
    assert "kari" not in str(job.error)


def test_a_result_that_cannot_be_kept_fails_the_job_and_not_the_worker(stop: threading.Event) -> None:
    does(lambda arguments, progress, cancelled: {"a": object()})  # noqa: ARG005
    services.submit("test.quick", {"what": 1}, "next", NOBODY)
    assert worker.run(stop, once=True, pace=QUIET) == 2
    assert [one.state for one in Job.objects.order_by("submitted_at")] == [State.FAILED, State.DONE]


def test_a_database_that_fails_during_the_work_puts_the_job_back(stop: threading.Event) -> None:
    tries: list[int] = []

    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("server closed the connection")
        return "andre gang"

    does(work)
    job = run(stop)
    assert (job.state, job.result, job.attempts) == (State.DONE, "andre gang", 2)


def test_a_database_that_always_fails_under_the_work_ends_in_giving_up(stop: threading.Event) -> None:
    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> None:
        raise OperationalError("disk full")

    does(work)
    assert run(stop).error_code == "job.given_up"


def stopping(stop: threading.Event, asks: Callable[[Progress, Cancelled], Any]) -> Work:
    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> Any:
        stop.set()
        return asks(progress, cancelled)

    return work


def test_a_worker_that_is_told_to_stop_gives_its_job_back(stop: threading.Event) -> None:
    does(stopping(stop, lambda progress, cancelled: progress(0.5, msg("Halvveis"))))  # noqa: ARG005
    job = run(stop)
    assert (job.state, job.attempts, job.worker, job.progress) == (State.QUEUED, 0, "", 0.0)


def test_half_work_returned_after_the_call_to_stop_is_no_result(stop: threading.Event) -> None:
    does(stopping(stop, lambda progress, cancelled: "halvt" if cancelled() else "helt"))  # noqa: ARG005
    job = run(stop)
    assert (job.state, job.result) == (State.QUEUED, None)


def test_work_that_was_finished_anyway_is_kept(stop: threading.Event) -> None:
    does(stopping(stop, lambda progress, cancelled: "helt"))  # noqa: ARG005
    assert run(stop).result == "helt"


def test_cancelled_work_ends_as_cancelled(stop: threading.Event) -> None:
    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> str:
        services.cancel(Job.objects.get(), NOBODY)
        return "for sent"

    does(work)
    job = run(stop)
    assert (job.state, job.result) == (State.CANCELLED, None)


def test_a_handler_that_leaves_a_transaction_open_is_a_fault_that_is_told(stop: threading.Event) -> None:
    opened: list[transaction.Atomic] = []

    def work(arguments: Any, progress: Progress, cancelled: Cancelled) -> None:
        opened.append(transaction.atomic())
        opened[0].__enter__()

    does(work)
    with pytest.raises(RuntimeError, match="left a transaction open"):
        worker.run(stop, once=True, pace=QUIET)
    opened[0].__exit__(None, None, None)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def watched(stop: threading.Event, **pace: timedelta) -> tuple[Watch, Clock]:
    services.submit("test.quick", {}, "k", NOBODY)
    clock = Clock()
    return Watch(taken(), Pace(**pace), stop, clock), clock  # type: ignore[arg-type]


def writes(watch: Watch) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        watch.beat()
    return [one["sql"] for one in caught.captured_queries if one["sql"].startswith("UPDATE")]


def test_however_much_is_told_it_is_written_once_for_each_beat(stop: threading.Event) -> None:
    watch, clock = watched(stop)
    with CaptureQueriesContext(connection) as caught:
        for part in range(1000):
            watch.tell(part / 1000, msg("Del {n}", n=part))
    assert not caught.captured_queries, "telling is free"
    assert len(writes(watch)) == 1
    job = Job.objects.get()
    assert (job.progress, job.message["fields"]) == (0.999, {"n": 999})
    clock.now = 1.0
    assert not writes(watch), "nothing new, nothing written"


def test_the_lease_is_renewed_in_good_time_also_when_the_work_says_nothing(stop: threading.Event) -> None:
    watch, clock = watched(stop, lease=timedelta(seconds=60))
    before = Job.objects.get().lease_until
    clock.now = 14.0
    assert not writes(watch)
    clock.now = 15.0
    assert len(writes(watch)) == 1
    after = Job.objects.get().lease_until
    assert before is not None
    assert after is not None
    assert after > before


def test_a_wish_to_cancel_is_noticed_at_the_next_beat(stop: threading.Event) -> None:
    watch, _ = watched(stop)
    services.cancel(Job.objects.get(), NOBODY)
    assert not watch.must_stop()
    watch.beat()
    assert watch.must_stop()
    with pytest.raises(Interrupted):
        watch.tell(0.5, msg("Halvveis"))


def test_work_that_does_not_heed_the_call_to_stop_is_given_back_after_the_grace(
    stop: threading.Event,
) -> None:
    watch, clock = watched(stop, grace=timedelta(seconds=15))
    stop.set()
    watch.beat()
    clock.now = 14.0
    watch.beat()
    assert Job.objects.get().state == State.RUNNING
    clock.now = 15.0
    watch.beat()
    assert Job.objects.get().state == State.QUEUED
    assert taken("b").fence > watch.held.fence


def test_progress_beyond_the_ends_is_kept_within_them(stop: threading.Event) -> None:
    watch, _ = watched(stop)
    watch.tell(7, msg("For mye"))
    watch.beat()
    assert Job.objects.get().progress == 1.0


def test_the_work_may_store_something_together_with_the_end_of_the_job(stop: threading.Event) -> None:
    seen: list[bool] = []
    does(lambda arguments, progress, cancelled: Outcome("x", lambda: seen.append(connection.in_atomic_block)))  # noqa: ARG005
    assert run(stop).state == State.DONE
    assert seen == [True]
