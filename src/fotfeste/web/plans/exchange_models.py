"""Codings from a file of another program: what was handed in, and the account of what became of it."""

from __future__ import annotations

import uuid
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

FOLDER = ".plan-exchange"


class Stage(StrEnum):
    """How far the taking in of a file has come."""

    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class CodingImport(models.Model):
    """A file with codings that a coder has handed in for a document.

    ``report`` are messages with their fields (:mod:`fotfeste.web.jobs.kept_messages`), ``new`` how many codings came in, ``fault`` what
    went wrong. The file is deleted when it is read, and no name of a person in it is kept here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey("plans.PlanFile", on_delete=models.PROTECT, related_name="imports")
    county = models.CharField(max_length=2)
    name = models.CharField(max_length=160)
    stage = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Stage], default=Stage.READING.value
    )
    new = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=list)
    fault = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What must hold, and how they are found."""

        app_label = "plans"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coding_import_stage_is_known", condition=Q(stage__in=[one.value for one in Stage])
            )
        ]
        indexes: ClassVar = [models.Index(name="coding_import_newest", fields=["file", "-sent_at"])]

    def __str__(self) -> str:
        return f"{self.file_id} {self.stage}"

    @property
    def folder(self) -> Path:
        """Where the file lies until it is read, and the names in it until they are shown; no backup has it."""
        return Path(settings.FOTFESTE.data_dir) / FOLDER / self.pk.hex
