"""What the trace keeps: entries that are only added to, and who stands behind a pseudonym until that is erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

from django.db import models

from fotfeste.web.trace.chain import SCHEMA, Link


class TraceIsFixed(TypeError):
    """Somebody tried to change or remove an entry of the trace; it is only added to."""


class Entries(models.QuerySet["Entry"]):
    """Entries of the trace: read, never changed."""

    def _refuse(self, *_args: Any, **_values: Any) -> NoReturn:
        raise TraceIsFixed("the trace is only added to")

    update = _refuse
    delete = _refuse
    bulk_update = _refuse
    bulk_create = _refuse
    _raw_delete = _refuse
    aupdate = _refuse
    adelete = _refuse
    abulk_update = _refuse
    abulk_create = _refuse


class Entry(models.Model):
    """One link of the chain. Written by ``services.record`` only."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=36, blank=True)
    role = models.CharField(max_length=200, blank=True)
    act = models.CharField(max_length=60)
    kind = models.CharField(max_length=24)
    object = models.CharField(max_length=120, blank=True)
    county = models.CharField(max_length=2, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    detail = models.TextField(default="{}")
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    schema = models.PositiveSmallIntegerField(default=SCHEMA)

    objects = Entries.as_manager()

    class Meta:
        """Order, indexes and what must hold."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="entry_at"),
            models.Index(fields=["county", "number"], name="entry_county"),
            models.Index(fields=["kind", "object", "number"], name="entry_object"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"

    @property
    def link(self) -> Link:
        """The entry as it is hashed."""
        return Link(
            self.number,
            self.at,
            self.actor,
            self.role,
            self.act,
            self.kind,
            self.object,
            self.county,
            self.municipality,
            self.detail,
            self.previous,
            self.schema,
        )

    def save(self, *args: Any, **values: Any) -> None:
        """Add the entry; one that stands is never written again."""
        if not self._state.adding:
            raise TraceIsFixed("the trace is only added to")
        super().save(*args, **{**values, "force_insert": True})

    def delete(self, *_args: Any, **_values: Any) -> NoReturn:
        """Refuse: entries stay."""
        raise TraceIsFixed("the trace is only added to")


class Identity(models.Model):
    """Who stood behind a pseudonym from a time on: name and address as they were. Erased on its own.

    A row with ``erased`` set holds neither name nor address and keeps them from being written again.
    """

    pseudonym = models.CharField(max_length=36)
    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    since = models.DateTimeField()
    erased = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order, indexes and what must hold."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pseudonym", "name", "email"], name="identity_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.pseudonym


def links(entries: Iterable[Entry]) -> Iterable[tuple[Link, str]]:
    """Return each entry as it is hashed, with the hash that stands beside it."""
    return ((one.link, one.hash) for one in entries)
