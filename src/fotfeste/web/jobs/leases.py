"""Who has a job: taking one, holding on to it, and letting go; each is one short transaction or one statement.

What a worker writes about a job is written only if it still has it: the job's ``fence`` is the worker's own number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.jobs.handlers import Outcome, known_kinds
from fotfeste.web.jobs.kept_messages import Kept, kept_error
from fotfeste.web.jobs.models import Job, State

GIVEN_UP = FotfesteError(
    "job.given_up",
    msg("Arbeidet stoppet flere ganger uten å bli ferdig, og er gitt opp."),
    remedy=msg(
        "Prøv igjen senere. Skjer det på nytt, er det noe galt på tjeneren: be den som drifter den, se i loggen."
    ),
)
OLD_ORDER = FotfesteError(
    "job.schema",
    msg("Arbeidet ble bestilt i en eldre versjon av Fotfeste, som beskrev det på en annen måte."),
    remedy=msg("Bestill det på nytt."),
)
UNEXPECTED = FotfesteError(
    "job.unexpected",
    msg("Noe gikk galt under arbeidet. Ingenting er lagret."),
    remedy=msg("Prøv igjen. Skjer det på nytt, be den som drifter tjeneren, se i loggen."),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A job that this worker has, and the number it has it under."""

    job: Job
    fence: int

    def still(self) -> QuerySet[Job]:
        """Return the job as a query that finds it only while this worker has it."""
        return Job.objects.filter(pk=self.job.pk, state=State.RUNNING, fence=self.fence)


def take(worker: str, lease: timedelta, attempts: int, now: datetime | None = None) -> Held | None:
    """Take the job that has waited longest, or one whose worker is not heard from any more; ``None``: no work.

    A job that has been begun ``attempts`` times fails instead, one that was to be cancelled is, and one that was ordered
    under an older layout is refused. No two workers take the same job: PostgreSQL locks the row and others skip it,
    SQLite lets one write at a time, and either way the row is changed only if nobody has changed it since.
    """
    at = now or timezone.now()
    while True:
        with transaction.atomic():
            job = (
                Job.objects.select_for_update(skip_locked=True)
                .filter(
                    _can_be_done_here() & (Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=at))
                )
                .order_by("submitted_at", "pk")
                .first()
            )
            if job is None:
                return None
            changed = _next(job, worker, at + lease, attempts, at)
            taken = Job.objects.filter(pk=job.pk, state=job.state, fence=job.fence).update(
                fence=F("fence") + 1, **changed
            )
        if taken and changed["state"] == State.RUNNING:
            return Held(Job.objects.get(pk=job.pk), job.fence + 1)


def _can_be_done_here() -> Q:
    """Leave what this program does not know, or what was ordered by a newer one, to those who do."""
    found = Q(pk__in=[])
    for kind, schema in known_kinds().items():
        found |= Q(kind=kind, schema__lte=schema)
    return found


def _next(job: Job, worker: str, until: datetime, attempts: int, at: datetime) -> dict[str, Any]:
    if job.cancel_asked:
        return _ended(State.CANCELLED, at)
    if job.attempts >= attempts:
        return _failed(GIVEN_UP.code, kept_error(GIVEN_UP), at)
    if job.schema < known_kinds()[job.kind]:
        return _failed(OLD_ORDER.code, kept_error(OLD_ORDER), at)
    return {
        "state": State.RUNNING,
        "worker": worker,
        "lease_until": until,
        "attempts": F("attempts") + 1,
        "started_at": at,
        "progress": 0.0,
        "message": None,
    }


def _ended(state: State, at: datetime) -> dict[str, Any]:
    return {"state": state, "finished_at": at, "lease_until": None, "worker": ""}


def _failed(code: str, error: Kept, at: datetime) -> dict[str, Any]:
    return _ended(State.FAILED, at) | {"error_code": code, "error": error}


def renew(held: Held, until: datetime, told: Mapping[str, Any]) -> None:
    """Keep the job until ``until``, and say how far it has come; nothing happens when another has it."""
    held.still().update(lease_until=until, **told)


def is_wanted(held: Held) -> bool:
    """Whether the job is still this worker's, and nobody has asked for it to be cancelled."""
    return held.still().filter(cancel_asked=False).exists()


def give_back(held: Held, *, uncounted: bool = False) -> bool:
    """Put the job back in the queue for whoever is next; ``uncounted`` when it was not the work that stopped."""
    changed: dict[str, Any] = {
        "state": State.QUEUED,
        "worker": "",
        "lease_until": None,
        "fence": F("fence") + 1,
        "progress": 0.0,
        "message": None,
    }
    if uncounted:
        changed["attempts"] = F("attempts") - 1
    return bool(held.still().update(**changed))


def finish(held: Held, outcome: Outcome, at: datetime | None = None) -> bool:
    """Store what came of the job, all of it or nothing; false when another has the job or it was cancelled."""
    with transaction.atomic():
        done = _ended(State.DONE, at or timezone.now())
        kept: int = (
            held.still()
            .filter(cancel_asked=False)
            .update(progress=1.0, message=None, result=outcome.result, **done)
        )
        if not kept:
            return False
        if outcome.store is not None:
            outcome.store()
    return True


def fail(held: Held, code: str, error: Kept, at: datetime | None = None) -> bool:
    """Store why the job did not succeed; false when another has the job."""
    return bool(held.still().update(**_failed(code, error, at or timezone.now())))


def cancelled(held: Held, at: datetime | None = None) -> bool:
    """Mark the job as cancelled, if that was asked for; false when it was not, or another has the job."""
    asked = held.still().filter(cancel_asked=True)
    return bool(asked.update(**_ended(State.CANCELLED, at or timezone.now())))
