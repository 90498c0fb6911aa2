"""What became of a recommendation. Nothing here is overwritten: what is newer follows what is older."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste.web.rounds.models import Round

ANSWERS = ("awaited", "decided", "declined")


class Entered(models.Model):
    """What holds for everything here: which round, when, by whom, and in which role."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=24, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


class MunicipalRequest(Entered):
    """What IMDi asked one municipality for; ``persons`` and ``minors`` (part of it) are figures with their marks, as data."""

    municipality = models.CharField(max_length=4)
    number = models.PositiveSmallIntegerField()
    persons = models.JSONField()
    minors = models.JSONField()
    dated = models.DateField()
    source = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)

    class Meta:
        """Numbered from one for a municipality in a round; the last one holds."""

        ordering: ClassVar = ["municipality", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "municipality", "number"], name="request_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.municipality} {self.number}"


class Decision(Entered):
    """What a council has decided, or when it is expected to: the last one for a municipality holds."""

    municipality = models.CharField(max_length=4)
    number = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8)
    persons = models.PositiveIntegerField(null=True)
    minors = models.PositiveIntegerField(null=True)
    extra = models.PositiveIntegerField(null=True)
    decided_on = models.DateField(null=True)
    body = models.CharField(max_length=80, blank=True)
    case_reference = models.CharField(max_length=80, blank=True)
    expected_on = models.DateField(null=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        """Numbered from one for a municipality in a round."""

        ordering: ClassVar = ["municipality", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "municipality", "number"], name="decision_number_once"),
            models.CheckConstraint(name="decision_answer_is_known", condition=Q(answer__in=ANSWERS)),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.municipality} {self.number}"


class StatusReport(Entered):
    """How many are settled as of a day, cumulative, exact where the source was exact: shown by who may see it.

    ``settled`` is by municipality: figures for all and for minors, as data.
    """

    as_of = models.DateField()
    origin = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    settled = models.JSONField()

    class Meta:
        """Oldest first. A file may come in anew after another of the same day: what is newest holds."""

        ordering: ClassVar = ["as_of", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.as_of}"


class Dismissal(Entered):
    """An alert that a person has put away, and why; it comes back when its figure gets worse, under another key."""

    key = models.CharField(max_length=160)
    reason = models.CharField(max_length=500)

    class Meta:
        """Once for each alert."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "key"], name="dismissal_once")]

    def __str__(self) -> str:
        return self.key


class Thresholds(Entered):
    """The county's own limits for alerts; the last ones hold."""

    values = models.JSONField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.at:%Y-%m-%d}"


class OwnRates(models.Model):
    """A municipality's own dated rates for what settlement costs and brings in, for all its rounds; the newest hold."""

    municipality = models.CharField(max_length=4)
    number = models.PositiveSmallIntegerField()
    dated = models.DateField()
    text = models.TextField(max_length=20_000)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        """Numbered from one for a municipality: of two who write at once, in whichever round, one is told."""

        ordering: ClassVar = ["municipality", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "number"], name="rates_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.dated}"
