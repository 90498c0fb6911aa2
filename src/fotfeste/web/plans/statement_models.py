"""The hearing statement that a county drafts: what its people have chosen and written; the rest is made anew of the plans."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class PlanStatement(models.Model):
    """The draft of one county's statement on one document: its people share it.

    ``kept`` are the fields of the page by name, as text (:mod:`fotfeste.web.plans.statement_fields`); ``version`` counts how many
    times it is saved.
    """

    file = models.ForeignKey("plans.PlanFile", on_delete=models.PROTECT, related_name="statements")
    county = models.CharField(max_length=2)
    kept = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """What must hold."""

        app_label = "plans"
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_plan_statement_per_county", fields=["file", "county"])
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.county}"
