"""Names that people give versions of a weighing, to set them beside others."""

from __future__ import annotations

from django.db import transaction

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record
from fotfeste.web.weighing.models import Alternative
from fotfeste.web.weighing.services import alone_with, thing_of, version_seen

LONGEST_NAME = 80


def name_alternative(by: Actor, round_: Round, number: int, name: str) -> Alternative:
    """Give a version a name, to set it beside others; the same name for the same version once.

    Raises :class:`InputError` for no name, and for one that another version has.
    """
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise InputError(
            "weighing.name",
            msg("Navnet må ha mellom 1 og {most} tegn.", most=LONGEST_NAME),
            place="name",
            remedy=msg("Gi alternativet et kort navn."),
        )
    version = version_seen(round_, number)
    with transaction.atomic():
        alone_with(round_)
        standing = Alternative.objects.filter(round=round_, name=name).first()
        if standing is not None:
            if standing.version_id == version.pk:
                return standing
            raise InputError(
                "weighing.name_taken",
                msg("Et annet alternativ heter alt «{name}».", name=name),
                place="name",
                remedy=msg("Velg et annet navn."),
            )
        made = Alternative.objects.create(round=round_, version=version, name=name, by_id=by.user_id)
        record(by, "weighing.named", thing_of(round_), {"version": str(number)})
    return made
