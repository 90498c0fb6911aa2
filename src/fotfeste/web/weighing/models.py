"""What people chose while they weighed: every version stays, and an undo is a version too."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste.web.rounds.models import Round


class Version(models.Model):
    """All choices of a round after one change: the library's text of them, the change as data, and what it is in words.

    Whoever changes says which version they saw; two who saw the same get different numbers, or one of them is told.
    ``restores`` is the number of the version that an undo brought back.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    choices = models.TextField()
    change = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    restores = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Numbered from one within a round."""

        ordering: ClassVar = ["round", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="weighing_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class Alternative(models.Model):
    """A version that people gave a name, to set it beside others."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="alternatives")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """A name once in a round."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "name"], name="alternative_name_once")
        ]

    def __str__(self) -> str:
        return self.name
