"""Files beside a partner's input: let in by what they are, kept as they came, and withdrawn rather than deleted."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.office_gate import Bounds
from fotfeste.settlement.reply_sheet_cells import identifies_a_person
from fotfeste.uploads import checked_upload
from fotfeste.web.dialogue.attachments import clean_name, limits
from fotfeste.web.dialogue.minutes import PERSONAL
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.partners import held, thing_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record


def files_of(one: PartnerInput) -> list[Attachment]:
    """Return the files that stand beside an input, without their content."""
    return list(Attachment.objects.defer("data").filter(partner_input=one, withdrawn_at=None))


def attach(by: Actor, one: PartnerInput, name: str, data: bytes) -> Attachment:
    """Keep a file beside an input; the same file once more is the one that is there.

    Raises :class:`InputError` for a file that the gate does not let through, and when there are too many.
    """
    most, cleaned = limits(), clean_name(name)
    kind = checked_upload(cleaned, data, most.kinds, Bounds(file=most.largest))
    if identifies_a_person(cleaned):
        raise InputError("dialogue.personal", PERSONAL, remedy=msg("Gi filen et annet navn."))
    sha256 = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        standing = held(by, one)
        there = Attachment.objects.defer("data").filter(partner_input=standing, withdrawn_at=None)
        if same := there.filter(sha256=sha256, name=cleaned).first():
            return same
        if there.count() >= most.most:
            raise InputError(
                "dialogue.many",
                msg("Det er alt {most} vedlegg, og flere kan ikke legges ved.", most=most.most),
                remedy=msg("Trekk tilbake et vedlegg som ikke trengs."),
            )
        kept = Attachment.objects.create(
            round=standing.round,
            municipality=standing.municipality,
            partner_input=standing,
            name=cleaned,
            kind=kind.value,
            size=len(data),
            sha256=sha256,
            data=data,
            by_id=by.user_id,
        )
        record(by, "input.attached", thing_of(standing.round, standing), {"sha256": sha256})
    return kept


def withdraw_file(by: Actor, one: PartnerInput, number: int) -> bool:
    """Withdraw a file; return whether there is one. Once is enough."""
    with transaction.atomic():
        held(by, one)
        found = Attachment.objects.defer("data").filter(partner_input=one, pk=number).first()
        if found is None:
            return False
        if Attachment.objects.filter(pk=number, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            record(by, "input.withdrawn", thing_of(one.round, one), {"sha256": found.sha256})
    return True
