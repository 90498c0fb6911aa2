"""Ordering work, following it, and giving it up: the interface that the other apps use.

``submit`` may be called inside the caller's transaction: the work is then ordered if and when that is committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Min, QuerySet
from django.utils import timezone

from fotfeste.web.jobs.handlers import Arguments, daily_kinds, handler_of
from fotfeste.web.jobs.models import LIVING, STANDING, Job, State
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.trace.services import record

KEPT_FOR = timedelta(days=30)
"""How long finished work is kept, counted from when it ended."""
TRIES = 5


def submit(kind: str, arguments: Arguments, key: str, by: Actor, *, again: bool = False) -> Job:
    """Order work of ``kind`` and return it; the same work ordered twice is the same job.

    Work that has failed or was cancelled is ordered anew, and so is work that was done under another layout of its
    arguments. ``again`` also does what is done once more; work that is still waiting or running is left alone. Raises :class:`ValueError` for a kind that no handler is registered for,
    and for a ``key`` that already stands for other arguments.
    """
    doer = handler_of(kind)
    if doer is None:
        raise ValueError(f"no handler for {kind}")
    for _ in range(TRIES):
        standing = Job.objects.filter(kind=kind, key=key, state__in=STANDING).first()
        older = standing is not None and standing.schema != doer.schema
        if standing is not None and not ((again or older) and standing.state == State.DONE):
            if not older and dict(standing.arguments) != dict(arguments):
                raise ValueError(f"{kind} {key} stands for other arguments")
            return standing
        try:
            with transaction.atomic():
                if standing is not None:
                    _retire(standing)
                job = Job.objects.create(
                    kind=kind,
                    key=key,
                    schema=doer.schema,
                    arguments=dict(arguments),
                    submitted_by_id=by.user_id,
                )
                record(by, "job.ordered", thing_of(job), {"kind": kind})
                return job
        except IntegrityError:
            continue  # someone else ordered it in the same moment: look again
    raise RuntimeError(f"{kind} {key} could neither be found nor ordered")


def order_daily() -> None:
    """Order what is done every day, if nobody has today."""
    today = timezone.localdate().isoformat()
    for kind in daily_kinds():
        submit(kind, {}, today, NOBODY)


def _retire(job: Job) -> None:
    """Let go of the key of finished work, so that it can be done again; what came of it is kept."""
    Job.objects.filter(pk=job.pk, state=State.DONE).update(key=f"{job.key[:160]}#{job.pk.hex}")


def cancel(job: Job, by: Actor) -> Job:
    """Give up work: at once when nobody has begun, otherwise as soon as whoever does it notices.

    What has ended stays as it ended.
    """
    with transaction.atomic():
        found = Job.objects.select_for_update().get(pk=job.pk)
        if found.state == State.QUEUED:
            found.state = State.CANCELLED
            found.cancel_asked = True
            found.fence += 1
            found.finished_at = timezone.now()
            found.save(update_fields=["state", "cancel_asked", "fence", "finished_at"])
        elif found.state == State.RUNNING:
            found.cancel_asked = True
            found.save(update_fields=["cancel_asked"])
        if found.cancel_asked:
            record(by, "job.cancelled", thing_of(found), {"kind": found.kind})
    return found


def latest(kind: str, key: str) -> Job | None:
    """Return the newest work of ``kind`` with ``key``, in whatever state."""
    return Job.objects.filter(kind=kind, key=key).order_by("-submitted_at").first()


def thing_of(job: Job) -> Thing:
    """Return ``job`` as the rights see it."""
    return Thing(Kind.JOB, str(job.pk), owner_id=job.submitted_by_id)


def visible_to(actor: Actor) -> QuerySet[Job]:
    """Return the work that ``actor`` may see, newest first: all of it, or their own."""
    jobs = Job.objects.order_by("-submitted_at", "pk")
    if allowed(actor, Action.VIEW, Thing(Kind.JOB)):
        return jobs
    if actor.user_id is None:
        return jobs.none()
    return jobs.filter(submitted_by_id=actor.user_id)


def remove_old(now: datetime | None = None, kept_for: timedelta = KEPT_FOR) -> int:
    """Remove work that ended more than ``kept_for`` ago, and return how much."""
    ended = Job.objects.exclude(state__in=LIVING).filter(finished_at__lt=(now or timezone.now()) - kept_for)
    return ended.delete()[0]


@dataclass(frozen=True, slots=True)
class Load:
    """How much work there is, by state, and how long the first in the queue has waited."""

    by_state: Mapping[str, int]
    waiting: timedelta


def load(now: datetime | None = None) -> Load:
    """Return how much work there is, for health and metrics."""
    counted = Job.objects.values("state").annotate(number=Count("pk")).values_list("state", "number")
    by_state = {one.value: 0 for one in State} | dict(counted)
    first = Job.objects.filter(state=State.QUEUED).aggregate(first=Min(F("submitted_at")))["first"]
    return Load(by_state, (now or timezone.now()) - first if first else timedelta(0))
