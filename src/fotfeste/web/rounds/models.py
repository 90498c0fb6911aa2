"""The round: one county's recommendation for one year, from the request to what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class RoundState(StrEnum):
    """How far a round has come."""

    PREPARED = "prepared"
    DIALOGUE = "dialogue"
    WEIGHING = "weighing"
    ADOPTED = "adopted"
    SENT = "sent"
    CLOSED = "closed"


STATES = [(one.value, one.value) for one in RoundState]


class Round(models.Model):
    """One round. The recommendation is the library's bundle: the exact bytes of its file, with the checksum in it.

    ``total`` and ``minors`` (part of it) are what is to be shared out, ``criteria`` the id of shipped criteria or
    empty for the default of the year. ``shared_with`` names organisations, counties and municipalities. ``check`` is what recomputing the
    bundle last gave (:func:`fotfeste.web.rounds.work.check`). Without a ``title`` the round is called by its county and year. An example is open to all and never adopted.
    """

    county = models.CharField(max_length=2)
    county_name = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default=RoundState.PREPARED.value)
    is_example = models.BooleanField(default=False)
    total = models.PositiveIntegerField()
    minors = models.PositiveIntegerField(default=0)
    criteria = models.CharField(max_length=60, blank=True)
    bundle = models.BinaryField(null=True)
    bundle_checksum = models.CharField(max_length=64, blank=True)
    check_result = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    shared_with = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """What must hold, and the order."""

        ordering: ClassVar = ["-year", "county", "is_example", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "year", "is_example"], name="one_round_per_county_and_year"
            ),
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=[one.value for one in RoundState])
            ),
            models.CheckConstraint(
                name="minors_are_part_of_the_total", condition=Q(minors__lte=models.F("total"))
            ),
            models.CheckConstraint(
                name="bundle_has_its_checksum",
                condition=Q(bundle__isnull=True, bundle_checksum="")
                | Q(bundle__isnull=False) & ~Q(bundle_checksum=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year}"

    @property
    def name(self) -> str:
        """The part of the address that names the round within its year: ``40``, or ``eksempel-40``."""
        return f"eksempel-{self.county}" if self.is_example else self.county

    @property
    def ready(self) -> bool:
        """Whether there is a recommendation to show."""
        return bool(self.bundle_checksum)
