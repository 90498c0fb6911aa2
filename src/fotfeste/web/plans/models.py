"""Plans as they stand in the database: what people have entered, the documents, and what coders have done."""

from __future__ import annotations

import uuid
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

FOLDER = "plans"


class Visibility(StrEnum):
    """Who may see a plan or a document: everybody, the county it belongs to, or only its advisers and those named."""

    OPEN = "open"
    COUNTY = "county"
    DRAFT = "draft"


class State(StrEnum):
    """How far the reading of a document has come."""

    READING = "reading"
    READY = "ready"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


_SEEN = [(one.value, one.value) for one in Visibility]
_READ = [(one.value, one.value) for one in State]


class OwnPlan(models.Model):
    """A plan that somebody has entered or changed here; it stands over the one with the same id in Fotfeste's register.

    ``entry`` is the plan as the register's file has it (:mod:`fotfeste.plans.register.stored`). ``county`` is whose it is
    to change; ``shared_with`` are codes of counties and municipalities and names of organisations that see it besides.
    """

    slug = models.CharField(max_length=120, unique=True)
    entry = models.TextField()
    county = models.CharField(max_length=2)
    municipality = models.CharField(max_length=4, blank=True)
    visibility = models.CharField(max_length=10, choices=_SEEN, default=Visibility.COUNTY.value)
    shared_with = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """What must hold."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="own_plan_visibility_is_known",
                condition=Q(visibility__in=[one.value for one in Visibility]),
            )
        ]

    def __str__(self) -> str:
        return self.slug


class PlanFile(models.Model):
    """A document of a plan. The file and the text read from it lie on disk, under the check sum of the file.

    ``plan`` is the id in the register, ``number`` counts the documents of a plan from 1. ``fault`` is what went wrong.
    ``replaces`` is the version before this one. One that is withdrawn stays with its reason and its codings; the file and
    the text are deleted by the rule for how long they lie (``erased_at``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=20, default="plan")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    county = models.CharField(max_length=2)
    municipality = models.CharField(max_length=4, blank=True)
    visibility = models.CharField(max_length=10, choices=_SEEN, default=Visibility.COUNTY.value)
    shared_with = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=_READ, default=State.READING.value)
    fault = models.JSONField(null=True)
    title = models.CharField(max_length=300, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(default=0)
    passages = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_why = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """What must hold, and how documents are found."""

        constraints: ClassVar = [
            models.UniqueConstraint(name="one_plan_file_per_number", fields=["plan", "number"]),
            models.CheckConstraint(
                name="plan_file_visibility_is_known",
                condition=Q(visibility__in=[one.value for one in Visibility]),
            ),
            models.CheckConstraint(
                name="plan_file_state_is_known", condition=Q(state__in=[one.value for one in State])
            ),
        ]
        ordering: ClassVar = ["plan", "number"]
        indexes: ClassVar = [models.Index(fields=["text_sha256"], name="plan_file_by_text")]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"

    @property
    def folder(self) -> Path:
        """Where the file lies, and what was read from it."""
        return Path(settings.FOTFESTE.data_dir) / FOLDER / self.sha256


class CodingLog(models.Model):
    """What the coders of one county have done with one document, with one codebook.

    The first ``carried`` events came along from the version before, by the same coders (:mod:`fotfeste.plans.coding.carrying`).
    The memos in the first ``apart`` events were written while readers of the county did not see the document: they are for
    its coders alone, also when more people see the document (:mod:`fotfeste.web.plans.memos`).
    """

    file = models.ForeignKey(PlanFile, on_delete=models.PROTECT, related_name="logs")
    county = models.CharField(max_length=2)
    codebook = models.CharField(max_length=120)
    carried = models.PositiveIntegerField(default=0)
    apart = models.PositiveIntegerField(default=0)

    class Meta:
        """What must hold."""

        constraints: ClassVar = [
            models.UniqueConstraint(name="one_coding_log_per_county", fields=["file", "county"])
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.county}"


class CodingEvent(models.Model):
    """One act of a coder; only ever added, which the database sees to (:mod:`fotfeste.web.plans.fixed`).

    The fields are those of :class:`fotfeste.plans.coding.Event`.
    """

    log = models.ForeignKey(CodingLog, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    coder = models.CharField(max_length=40)
    act = models.CharField(max_length=10)
    text_sha256 = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=120, blank=True)
    of = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=160, blank=True)
    memo = models.TextField(blank=True)
    verdict = models.BooleanField(null=True)

    class Meta:
        """What must hold."""

        constraints: ClassVar = [
            models.UniqueConstraint(name="one_coding_event_per_number", fields=["log", "number"])
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"

    def save(self, *args: Any, **more: Any) -> None:
        """Add the event; raises :class:`ValueError` for one that stands already."""
        if not self._state.adding:
            raise ValueError("what a coder has done is not changed, only followed by something else")
        super().save(*args, **more)


class LostCoding(models.Model):
    """A coding of the version before whose place is not found in this one: for a person to look at, never placed by itself.

    ``event`` is its number in the log of the version before; ``reason`` one of :class:`fotfeste.plans.anchors.Reason`;
    ``start`` and ``end`` what stands between its surroundings now, where that can be told.
    """

    log = models.ForeignKey(CodingLog, on_delete=models.PROTECT, related_name="lost")
    event = models.PositiveIntegerField()
    reason = models.CharField(max_length=10)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        """What must hold."""

        constraints: ClassVar = [
            models.UniqueConstraint(name="one_lost_coding_per_event", fields=["log", "event"])
        ]
        ordering: ClassVar = ["event"]

    def __str__(self) -> str:
        return f"{self.event} {self.reason}"


from fotfeste.web.plans.exchange_models import CodingImport as CodingImport  # noqa: E402
from fotfeste.web.plans.statement_models import PlanStatement as PlanStatement  # noqa: E402
