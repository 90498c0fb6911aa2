"""What the trace keeps: entries that are only added to, and who stands behind a pseudonym until that is erased."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q

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


class Post(models.TextChoices):
    """What kind of entry in the journal a document is (Noark 5, M082); the letters are those of Noark 4."""

    INCOMING = "I", "Inngående dokument"
    OUTGOING = "U", "Utgående dokument"
    INTERNAL_FOLLOWED = "N", "Organinternt dokument for oppfølging"
    INTERNAL = "X", "Organinternt dokument uten oppfølging"
    CASE_PAPER = "S", "Saksframlegg"


class Status(models.TextChoices):
    """How far a document has come in the journal (Noark 5, M053)."""

    FINISHED = "F", "Ferdigstilt fra saksbehandler"
    APPROVED = "G", "Godkjent av leder"
    DISPATCHED = "E", "Ekspedert"
    JOURNALLED = "J", "Journalført"
    ARCHIVED = "A", "Arkivert"
    VOID = "U", "Utgår"


class Copy(models.TextChoices):
    """Which copy of a document this is: the archive's, which stays, or one to work with, which goes."""

    ARCHIVE = "archive", "Arkiveksemplar"
    WORKING = "working", "Arbeidskopi"


class Content(models.Model):
    """The bytes of a document, once for all documents that have the same; named by their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class CaseDocuments(models.QuerySet["CaseDocument"]):
    """Case documents. They leave through ``documents.delete_due`` only."""

    def delete(self) -> NoReturn:
        """Refuse: archive copies stay, and working copies go when their time is out."""
        raise TypeError("case documents leave through documents.delete_due only")

    def due(self, day: date) -> CaseDocuments:
        """Return the working copies whose time is out on ``day``."""
        return self.filter(copy=Copy.WORKING, delete_on__lte=day)


class CaseDocument(models.Model):
    """One version of one case document with what the county's journal needs to know of it.

    ``series`` is the same for all versions of a document. An archive copy has no ``delete_on``; a working copy has one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.UUIDField(default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)
    county = models.CharField(max_length=2)
    municipality = models.CharField(max_length=4, blank=True)
    about = models.CharField(max_length=60, blank=True)
    copy = models.CharField(max_length=8, choices=Copy.choices)
    purpose = models.CharField(max_length=24, blank=True)

    title = models.CharField(max_length=255)
    public_title = models.CharField(max_length=255, blank=True)
    post = models.CharField(max_length=1, choices=Post.choices)
    status = models.CharField(max_length=1, choices=Status.choices, default=Status.FINISHED)
    document_date = models.DateField()
    journal_date = models.DateField(null=True, blank=True)
    sender = models.CharField(max_length=120, blank=True)
    recipient = models.CharField(max_length=120, blank=True)
    case_year = models.PositiveIntegerField(null=True, blank=True)
    case_sequence = models.PositiveIntegerField(null=True, blank=True)
    post_number = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    responsible = models.CharField(max_length=120, blank=True)
    access_code = models.CharField(max_length=8, blank=True)
    access_basis = models.CharField(max_length=120, blank=True)

    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=36, blank=True)
    delete_on = models.DateField(null=True, blank=True)
    transferred_on = models.DateField(null=True, blank=True)

    objects = CaseDocuments.as_manager()

    class Meta:
        """Order, indexes and what must hold."""

        ordering: ClassVar = ["-document_date", "title", "version"]
        indexes: ClassVar = [
            models.Index(fields=["county", "-document_date"], name="document_county"),
            models.Index(fields=["delete_on"], name="document_due"),
            models.Index(fields=["sha256"], name="document_content"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "version", "copy"], name="document_version_once"),
            models.CheckConstraint(
                name="only_working_copies_go",
                condition=Q(copy="archive", delete_on=None) | Q(copy="working", delete_on__isnull=False),
            ),
            models.CheckConstraint(
                name="withheld_has_basis", condition=Q(access_code="") | ~Q(access_basis="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def case_number(self) -> str:
        """The number of the case as people write it, ``2026/1234-5``; empty until there is one."""
        if self.case_year is None or self.case_sequence is None:
            return ""
        post = f"-{self.post_number}" if self.post_number is not None else ""
        return f"{self.case_year}/{self.case_sequence}{post}"

    def delete(self, *_args: Any, **_values: Any) -> NoReturn:
        """Refuse: see :class:`CaseDocuments`."""
        raise TypeError("case documents leave through documents.delete_due only")
