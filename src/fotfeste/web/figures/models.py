"""Imports of figures as they stand in the database: what was asked for, what it would change, and what was decided."""

from __future__ import annotations

import uuid
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

FOLDER = ".imports"


class State(StrEnum):
    """Where an import stands."""

    PREPARING = "preparing"
    READY = "ready"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    APPROVED = "approved"
    KEPT = "kept"
    DISCARDED = "discarded"


class Way(StrEnum):
    """How the figures come: fetched from the source, or a file that somebody hands in."""

    FETCH = "fetch"
    FILE = "file"


class FigureImport(models.Model):
    """One import of a declared table.

    ``stood`` is the version it was compared with, ``version`` the name of the new one. ``preview`` are messages with their
    fields (:mod:`fotfeste.web.jobs.kept_messages`) and counts; ``fault`` is what went wrong, kept likewise.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=80)
    dataset = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Way])
    file_name = models.CharField(max_length=120, blank=True)
    accept_loss = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in State], default=State.PREPARING.value
    )
    stood = models.CharField(max_length=160, blank=True)
    version = models.CharField(max_length=80, blank=True)
    preview = models.JSONField(default=dict)
    fault = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ordered_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """What must hold, and how imports are found."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="figure_import_state_is_known", condition=Q(state__in=[one.value for one in State])
            ),
            models.CheckConstraint(
                name="discarded_import_has_a_reason", condition=~Q(state="discarded") | ~Q(reason="")
            ),
        ]
        indexes: ClassVar = [models.Index(name="figure_import_newest", fields=["-ordered_at"])]

    def __str__(self) -> str:
        return f"{self.table} {self.state}"

    @property
    def folder(self) -> Path:
        """Where its file and the version that waits lie; not among the figures that are read."""
        return Path(settings.FOTFESTE.data_dir) / FOLDER / self.pk.hex
