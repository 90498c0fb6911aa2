"""Files beside a partner's input: let in by what they are, kept as they came, and withdrawn rather than deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.dialogue.attachments import keep, let_in, same_among
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.partner_rights import thing_of
from fotfeste.web.dialogue.partners import held
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record

MEGABYTE = 1_000_000


def files_of(one: PartnerInput) -> list[Attachment]:
    """Return the files that stand beside an input, without their content."""
    return list(_beside(one))


def _beside(one: PartnerInput) -> QuerySet[Attachment]:
    return Attachment.objects.defer("data").filter(partner_input=one, withdrawn_at=None)


def _must_have_room(one: PartnerInput, size: int) -> None:
    """Raise :class:`InputError` when an organisation's files in the round, withdrawn or not, would fill too much."""
    most = settings.FOTFESTE.serving.partner_megabytes
    theirs = Attachment.objects.filter(round=one.round, partner_input__organisation=one.organisation)
    if (theirs.aggregate(filled=Sum("size"))["filled"] or 0) + size > most * MEGABYTE:
        raise InputError(
            "input.full",
            msg(
                "Vedleggene fra {organisation} i runden kan til sammen være på {most} MB, og det er ikke plass til dette.",
                organisation=one.organisation,
                most=most,
            ),
            remedy=msg("Legg ved en mindre fil. Vedlegg som er trukket tilbake, teller med."),
        )


def attach(by: Actor, one: PartnerInput, name: str, data: bytes) -> Attachment:
    """Keep a file beside an input; the same file once more is the one that is there.

    Raises :class:`InputError` for a file that the gate does not let through, and when there are too many or too large.
    """
    file = let_in(name, data)
    with transaction.atomic():
        standing = held(by, one)
        if same := same_among(_beside(standing), file):
            return same
        _must_have_room(standing, len(data))
        thing = thing_of(standing.round, standing)
        return keep(by, file, thing, standing.round, standing.municipality, standing)


def withdraw_file(by: Actor, one: PartnerInput, number: int) -> bool:
    """Withdraw a file; return whether there is one. Once is enough."""
    with transaction.atomic():
        standing = held(by, one)
        found = Attachment.objects.defer("data").filter(partner_input=one, pk=number).first()
        if found is None:
            return False
        if Attachment.objects.filter(pk=number, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            record(by, "input.withdrawn", thing_of(standing.round, standing), {"sha256": found.sha256})
    return True
