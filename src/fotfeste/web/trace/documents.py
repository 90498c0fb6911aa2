"""Case documents: kept, journalled, handed over to the archive as packages, and deleted when working copies' time is out."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fotfeste.errors import InputError, NotTheSame, Problem
from fotfeste.messages import Message, msg
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace import contents, package
from fotfeste.web.trace.models import CaseDocument, Content, Copy, Post, Status
from fotfeste.web.trace.retention import read_rules
from fotfeste.web.trace.services import record

LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What the journal needs to know of a document. ``access_code`` (``"UO"``) goes with ``access_basis`` («offl. § 13»).

    ``post`` is a letter of :class:`Post`, ``status`` of :class:`Status`; ``about`` is what it belongs to
    (``"bosetting:2027"``). Sender, recipient and responsible are units and offices; names only where the journal has them.
    """

    title: str
    county: str
    post: str
    document_date: date
    municipality: str = ""
    about: str = ""
    public_title: str = ""
    status: str = Status.FINISHED.value
    journal_date: date | None = None
    sender: str = ""
    recipient: str = ""
    case_year: int | None = None
    case_sequence: int | None = None
    post_number: int | None = None
    unit: str = ""
    responsible: str = ""
    access_code: str = ""
    access_basis: str = ""


def thing_of(document: CaseDocument) -> Thing:
    """Return ``document`` as the rights see it."""
    return Thing(Kind.JOURNAL, str(document.pk), document.county, document.municipality)


def facts_of(document: CaseDocument) -> Facts:
    """Return what the journal knows of ``document``."""
    return Facts(**{one.name: getattr(document, one.name) for one in fields(Facts)})


@dataclass(frozen=True, slots=True)
class Entering:
    """A document that is to be kept: what the journal knows of it, and its bytes.

    With a ``purpose`` of the retention rules it is a working copy that goes, otherwise the archive's copy. ``series`` makes
    it a new version of a document that is there.
    """

    facts: Facts
    pdf: bytes
    purpose: str = ""
    series: uuid.UUID | None = None


def add(
    by: Actor, facts: Facts, pdf: bytes, *, purpose: str = "", series: uuid.UUID | None = None
) -> CaseDocument:
    """Keep a document; raises what :func:`add_all` raises."""
    return add_all(by, [Entering(facts, pdf, purpose, series)])[0]


def add_all(by: Actor, entering: Sequence[Entering]) -> list[CaseDocument]:
    """Keep documents, all of them or none, and return them in the order they were given.

    Everybody takes the series and the bytes in one order, and queues for the trace when all is written. Raises
    :class:`InputError` for what is no PDF, for journal fields that cannot be, for a series of another county, and for a
    purpose without a rule.
    """
    for one in entering:
        _check(one.facts, one.pdf)
    now = timezone.now()
    digests = [hashlib.sha256(one.pdf).hexdigest() for one in entering]
    with transaction.atomic():
        _hold_series(entering)
        for digest, one in sorted(zip(digests, entering, strict=True), key=lambda pair: pair[0]):
            contents.keep(digest, one.pdf)
        made = [_enter(by, one, digest, now) for digest, one in zip(digests, entering, strict=True)]
        for document in made:
            record(by, "journal.added", thing_of(document), _detail(document))
    return made


def _hold_series(entering: Sequence[Entering]) -> None:
    series = [one.series for one in entering if one.series is not None]
    before = CaseDocument.objects.filter(series__in=series).order_by("pk").select_for_update()
    there = set(before.values_list("series", "county"))
    wanted = {(one.series, one.facts.county) for one in entering}
    if any(one == known and county != its for one, county in wanted for known, its in there):
        raise InputError("journal.other_county", msg("Dokumentet hører til et annet fylke."))


def _enter(by: Actor, one: Entering, digest: str, now: datetime) -> CaseDocument:
    ends = read_rules(_folder()).rule(one.purpose).ends(timezone.localdate(now)) if one.purpose else None
    copy = Copy.WORKING if one.purpose else Copy.ARCHIVE
    latest = 0
    if one.series is not None:
        before = CaseDocument.objects.filter(series=one.series, copy=copy)
        latest = before.aggregate(latest=Max("version"))["latest"] or 0
    return CaseDocument.objects.create(
        **asdict(one.facts),
        copy=copy,
        purpose=one.purpose,
        series=one.series or uuid.uuid4(),
        version=latest + 1,
        sha256=digest,
        size=len(one.pdf),
        made_at=now,
        made_by=by.pseudonym,
        delete_on=ends,
    )


def change(by: Actor, document: CaseDocument, facts: Facts) -> CaseDocument:
    """Change what the journal knows of ``document``; one that is handed over to the archive stays as it was handed over."""
    _check(facts)
    with transaction.atomic():
        standing = _held(document)
        if standing.transferred_on:
            raise InputError(
                "journal.transferred",
                msg("Dokumentet er overført til arkivet og kan ikke endres her."),
                remedy=msg("Gjør endringen i arkivsystemet, eller legg inn en ny versjon."),
            )
        if facts.county != standing.county:
            raise InputError("journal.other_county", msg("Dokumentet hører til et annet fylke."))
        before = asdict(facts_of(standing))
        changed = {name: value for name, value in asdict(facts).items() if value != before[name]}
        if changed:
            for name, value in changed.items():
                setattr(standing, name, value)
            standing.save(update_fields=list(changed))
            record(by, "journal.changed", thing_of(standing), {"fields": " ".join(sorted(changed))})
    return standing


def transfer(by: Actor, document: CaseDocument, on: date) -> CaseDocument:
    """Note that the archive has taken ``document`` over on that day. Raises :class:`InputError` for a working copy."""
    with transaction.atomic():
        standing = _held(document)
        if standing.copy != Copy.ARCHIVE:
            what = msg("Dette er en arbeidskopi. Bare arkiveksemplaret overføres til arkivet.")
            raise InputError("journal.working_copy", what)
        if standing.transferred_on is None:
            if on < standing.document_date:
                raise InputError(
                    "journal.transfer_date", msg("Dokumentet kan ikke være overført før det ble laget.")
                )
            standing.transferred_on = on
            standing.save(update_fields=["transferred_on"])
            detail = {**_detail(standing), "on": on.isoformat(), "case": standing.case_number}
            record(by, "journal.transferred", thing_of(standing), detail)
    return standing


def content(document: CaseDocument) -> bytes:
    """Return the document's bytes. Raises :class:`NotTheSame` when they are not those that were kept."""
    data = bytes(Content.objects.get(sha256=document.sha256).data)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise NotTheSame(
            "journal.content",
            msg("Innholdet i dokumentet er ikke det som ble lagt inn."),
            place=str(document.pk),
            remedy=msg("Hent dokumentet fra en sikkerhetskopi."),
        )
    return data


def export(document: CaseDocument) -> tuple[str, bytes]:
    """Return the name and the bytes of the package for the archive; the same document gives the same bytes."""
    stated = {
        **asdict(facts_of(document)),
        "post": Post(document.post).label,
        "status": Status(document.status).label,
    }
    entry = package.Entry(
        **stated,
        id=str(document.pk),
        series=str(document.series),
        version=document.version,
        archive_copy=document.copy == Copy.ARCHIVE,
        made_at=document.made_at,
    )
    return package.name_of(entry), package.build(entry, content(document))


def due(now: datetime) -> list[CaseDocument]:
    """Return the working copies whose time is out at ``now``."""
    return list(CaseDocument.objects.due(timezone.localdate(now)).order_by("delete_on", "pk"))


def delete_due(now: datetime, by: Actor = NOBODY) -> int:
    """Delete the working copies whose time is out, one by one, and return how many.

    What stays of each is an entry in the trace with its checksum. Archive copies are never deleted.
    """
    return sum(_delete(one, by, timezone.localdate(now)) for one in due(now))


def _delete(document: CaseDocument, by: Actor, day: date) -> bool:
    with transaction.atomic():
        standing = CaseDocument.objects.select_for_update().due(day).filter(pk=document.pk)
        if not standing:
            return False
        detail = {**_detail(document), "due": str(document.delete_on), "purpose": document.purpose}
        contents.hold(document.sha256)
        standing._raw_delete(standing.db)
        if not CaseDocument.objects.filter(sha256=document.sha256).exists():
            Content.objects.filter(sha256=document.sha256).delete()
        record(by, "journal.deleted", thing_of(document), detail)
    return True


def _held(document: CaseDocument) -> CaseDocument:
    return CaseDocument.objects.select_for_update().get(pk=document.pk)


def _detail(document: CaseDocument) -> Mapping[str, str]:
    return {"sha256": document.sha256, "version": str(document.version), "copy": document.copy}


def _folder() -> Path:
    return Path(settings.FOTFESTE.data_dir)


def _check(facts: Facts, pdf: bytes | None = None) -> None:
    problems = [*_faults(facts)]
    if pdf is not None and not (pdf.startswith(b"%PDF-") and b"%%EOF" in pdf[-2048:]):
        problems.append(Problem("journal.not_pdf", msg("Filen er ikke et helt PDF-dokument."), "pdf"))
    if pdf is not None and len(pdf) > LARGEST:
        what = msg("Filen er større enn {largest} megabyte.", largest=LARGEST // 1_000_000)
        problems.append(Problem("journal.too_large", what, "pdf"))
    if problems:
        raise InputError("journal.wrong", msg("Dokumentet kan ikke føres slik det er."), problems=problems)


def _faults(facts: Facts) -> list[Problem]:
    found: list[tuple[str, Message]] = []
    for name, value in asdict(facts).items():
        most = getattr(CaseDocument._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and any(ord(sign) < 32 or sign in "\ufffe\uffff" for sign in value):
            found.append((name, msg("Feltet har tegn som ikke kan skrives.")))
        elif isinstance(value, str) and most and len(value) > most:
            found.append((name, msg("Feltet er lengre enn {most} tegn.", most=most)))
        elif isinstance(value, int) and not 1 <= value <= 2_000_000_000:
            found.append((name, msg("Nummeret kan ikke brukes.")))
    if not facts.title.strip():
        found.append(("title", msg("Dokumentet har ingen tittel.")))
    if facts.post not in Post.values:
        found.append(("post", msg("Det må stå om dokumentet er inngående, utgående eller internt.")))
    if facts.status not in Status.values:
        found.append(("status", msg("Statusen finnes ikke.")))
    if len(facts.county) != 2 or not facts.county.isdecimal():
        found.append(("county", msg("Fylket skrives med to sifre.")))
    if facts.municipality and facts.municipality[:2] != facts.county:
        found.append(("municipality", msg("Kommunen ligger ikke i fylket.")))
    if bool(facts.access_code) != bool(facts.access_basis.strip()):
        found.append(
            ("access_basis", msg("Et dokument som er unntatt offentlighet, har både kode og hjemmel."))
        )
    if facts.access_code and not facts.public_title.strip():
        found.append(
            ("public_title", msg("Et dokument som er unntatt offentlighet, må ha en offentlig tittel."))
        )
    if facts.journal_date and facts.journal_date < facts.document_date and facts.post != Post.INCOMING:
        found.append(("journal_date", msg("Dokumentet er journalført før det er datert.")))
    return [Problem(f"journal.{name}", what, name) for name, what in found]
