"""Files beside a reply: let in by what they are, kept as they came, and withdrawn rather than deleted."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.office_gate import Bounds, Kind
from fotfeste.settlement.reply_sheet_cells import PERSONAL, identifies_a_person
from fotfeste.uploads import checked_upload
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.services import is_open, thing_of
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import held
from fotfeste.web.trace.services import record

FILE = "attachments.toml"
LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be handed in: bytes of one file, files of one municipality in a round, and the kinds."""

    largest: int
    most: int
    kinds: tuple[Kind, ...]


@cache
def limits() -> Limits:
    """Return the limits that come with Fotfeste."""
    stated = tomllib.loads((resources.files("fotfeste.web.dialogue") / FILE).read_text("utf-8"))
    return Limits(stated["largest"], stated["most"], tuple(Kind(one) for one in stated["kinds"]))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that the gate has let through: its cleaned name, what it is by its content, and its bytes."""

    name: str
    kind: Kind
    data: bytes
    sha256: str


def let_in(name: str, data: bytes) -> Incoming:
    """Return a file that may be kept beside what somebody writes; raises :class:`InputError` for one that may not."""
    largest, cleaned = limits().largest, clean_name(name)
    if len(data) > largest:
        raise InputError(
            "upload.huge",
            msg("Filen er for stor. Et vedlegg kan være på høyst {most} MB.", most=largest // 1_000_000),
            place=cleaned,
            remedy=msg("Del den opp, eller gjør bildene i den mindre."),
        )
    if cleaned.lower().endswith((".heic", ".heif")):
        raise InputError(
            "upload.heic",
            msg("Bildet er i formatet HEIC, som iPhone bruker, og det kan ikke tas imot."),
            place=cleaned,
            remedy=msg("Lagre bildet som JPG, og legg det ved på nytt."),
        )
    kind = checked_upload(cleaned, data, limits().kinds, Bounds(file=largest))
    if identifies_a_person(cleaned):
        raise InputError("dialogue.personal", PERSONAL, remedy=msg("Gi filen et annet navn."))
    return Incoming(cleaned, kind, data, hashlib.sha256(data).hexdigest())


def same_among(standing: QuerySet[Attachment], file: Incoming) -> Attachment | None:
    """Return the file where it is among those that stand there; raises :class:`InputError` where no more can be."""
    if same := standing.filter(sha256=file.sha256, name=file.name).first():
        return same
    if standing.count() >= limits().most:
        raise InputError(
            "dialogue.many",
            msg("Det er allerede {most} vedlegg, og flere kan ikke legges ved.", most=limits().most),
            place=file.name,
            remedy=msg("Trekk tilbake et vedlegg som ikke trengs."),
        )
    return None


def keep(
    by: Actor,
    file: Incoming,
    thing: Thing,
    round_: Round,
    municipality: str,
    beside: PartnerInput | None = None,
) -> Attachment:
    """Keep a file, within the caller's transaction, and let the trace tell of it on ``thing``."""
    kept = Attachment.objects.create(
        round=round_,
        municipality=municipality,
        partner_input=beside,
        name=file.name,
        kind=file.kind.value,
        size=len(file.data),
        sha256=file.sha256,
        data=file.data,
        by_id=by.user_id,
    )
    record(by, "input.attached", thing, {"sha256": file.sha256})
    return kept


def attach(by: Actor, round_: Round, municipality: str, name: str, data: bytes) -> Attachment:
    """Keep a file beside the reply of a municipality; the same file once more is the one that is there.

    Raises :class:`InputError` for a file that the gate does not let through, and when there are too many.
    """
    must_be_open(round_)
    file = let_in(name, data)
    with transaction.atomic():
        must_be_open(held(round_))
        if same := same_among(attachments_of(round_, municipality), file):
            return same
        return keep(by, file, thing_of(round_, municipality), round_, municipality)


def must_be_open(round_: Round) -> None:
    """Raise :class:`InputError` when the round takes no attachments, and lets none be withdrawn."""
    if not is_open(round_):
        raise InputError("dialogue.closed", msg("Vedleggene kan ikke endres nå, for runden er ikke åpen."))


def attachments_of(round_: Round, municipality: str) -> QuerySet[Attachment]:
    """Return the attachments that stand beside the reply of a municipality, without their content."""
    return handed_in(round_, municipality).filter(withdrawn_at=None)


def handed_in(round_: Round, municipality: str) -> QuerySet[Attachment]:
    """Return all attachments of a municipality's reply, also what was withdrawn, without their content."""
    return Attachment.objects.defer("data").filter(
        round=round_, municipality=municipality, partner_input=None
    )


def withdrawn_from(round_: Round, municipality: str) -> list[Attachment]:
    """Return the attachments that were withdrawn, without their content."""
    return list(handed_in(round_, municipality).exclude(withdrawn_at=None))


def withdraw(by: Actor, attachment: Attachment) -> None:
    """Withdraw an attachment: it is no longer offered, and stays until the round is deleted. Once is enough.

    Raises :class:`InputError` when the round is not open: what the recommendation was made from stands.
    """
    with transaction.atomic():
        must_be_open(held(attachment.round))
        changed = Attachment.objects.filter(pk=attachment.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        if changed:
            thing = thing_of(attachment.round, attachment.municipality)
            record(by, "input.withdrawn", thing, {"sha256": attachment.sha256})


def clean_name(name: str) -> str:
    """Return a file's name without folders and signs that names do not have, and short enough; the ending is kept.

    Signs that turn the direction of writing would let one ending look like another.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = " ".join(_NOT_IN_NAMES.sub(" ", plain).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    room = LONGEST_NAME - len(ending) - 1
    return f"{(stem[:room].strip() or 'vedlegg')}{dot}{ending}"[:LONGEST_NAME] if plain else "vedlegg"
