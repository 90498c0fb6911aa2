"""Work in the background as it stands in the database: what is asked for, how far it has come, what came of it."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVING = (State.QUEUED, State.RUNNING)
STANDING = (State.QUEUED, State.RUNNING, State.DONE)
"""States in which the same work is not ordered again."""
STATES = [(one.value, one.value) for one in State]


class Job(models.Model):
    """One piece of work. The same ``key`` of a kind is the same work: it is there once until it fails or is cancelled.

    ``lease_until`` is how long the worker has it without being heard from, and ``fence`` rises each time the job
    changes hands: what comes from a worker with an older number is refused. ``message`` and ``error`` are messages
    with their fields (:mod:`fotfeste.web.jobs.kept_messages`), without personal data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    schema = models.PositiveSmallIntegerField(default=1)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=STATES, default=State.QUEUED.value)
    progress = models.FloatField(default=0.0)
    message = models.JSONField(null=True)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.JSONField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """What must hold, and how jobs are found."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_job_per_key",
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running", "done"]),
            ),
            models.CheckConstraint(
                name="job_state_is_known", condition=Q(state__in=[one.value for one in State])
            ),
            models.CheckConstraint(
                name="job_progress_is_a_share", condition=Q(progress__gte=0) & Q(progress__lte=1)
            ),
            models.CheckConstraint(
                name="running_job_has_a_lease",
                condition=~Q(state="running") | Q(lease_until__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="job_queue",
                fields=["state", "submitted_at"],
                condition=Q(state__in=["queued", "running"]),
            ),
            models.Index(name="job_newest", fields=["-submitted_at"]),
            models.Index(F("finished_at"), name="job_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def living(self) -> bool:
        """Whether the work is still to be done or being done."""
        return self.state in LIVING
