"""Making a version of the weighing the round's recommendation; where it shares out another number, the request follows.

The numbers are worked out outside any transaction, and kept only while the round and the weighing stand as they were seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from fotfeste import __version__
from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.changes import change_request, request_of
from fotfeste.web.rounds.models import RequestChange, Round
from fotfeste.web.trace.services import record
from fotfeste.web.weighing.inputs import choices_of, foundation_of, ready_for, weighed_at
from fotfeste.web.weighing.models import Version
from fotfeste.web.weighing.services import Clash, alone_with, since, thing_of, version_seen
from fotfeste.work.requirements import Stage

if TYPE_CHECKING:
    from fotfeste.settlement.weighing.choices import Choices
    from fotfeste.settlement.weighing.weighed import Weighed


def recommendation_of(round_: Round, version: Version) -> Weighed:
    """Return what follows from a version: the recommendation, or what stands in its way."""
    return weighed_at(version, foundation_of(round_))


def changes_request(round_: Round, choices: Choices) -> bool:
    """Whether choices share out other numbers than the round's request, once there is one."""
    return round_.total is not None and (round_.total, round_.minors) != (choices.total, choices.minors)


def make_recommendation(by: Actor, round_: Round, seen: int, reason: str = "") -> Round | Clash:
    """Make the version ``seen`` the round's recommendation; what was recommended before stays in its version.

    A version that shares out other numbers than the round's request changes the request too, and says why in ``reason``.
    Where the request was changed after the version was made, nothing is done, and both are told.

    Raises :class:`InputError` where the round is not being weighed and where the reason lacks, and what working out the
    numbers raises.
    """
    from fotfeste.settlement.bundle import bundle_as_text
    from fotfeste.settlement.weighing.weighed import bundle_from

    version = version_seen(round_, seen)
    choices = choices_of(version.choices)
    started = timezone.now()
    foundation = foundation_of(round_)
    made_from = rounds.MadeFrom(choices.total, choices.minors, seen, foundation.replied, started)
    bundle = bundle_from(ready_for(foundation), choices, timezone.localdate(), __version__)
    text = bundle_as_text(bundle)
    with transaction.atomic():
        held = alone_with(round_)
        if held.state != Stage.WEIGHING:
            raise InputError(
                "weighing.stage",
                msg("Anbefalingen kan bare lages mens runden avveies."),
                remedy=msg("Før runden til avveiing, og prøv igjen."),
            )
        later = tuple(since(round_, seen).defer("choices"))
        if later:
            return Clash((_wanted(seen, choices),), later, later[-1])
        if changes_request(held, choices) and held.changed_at is not None and held.changed_at > version.at:
            newest = RequestChange.objects.filter(round=held).order_by("-number").first()
            return Clash((_wanted(seen, choices),), (), version, newest)
        before = request_of(held)
        change_request(by, held, before, before | {"total": choices.total, "minors": choices.minors}, reason)
        if (held.weighed, held.bundle_checksum) != (seen, bundle.checksum):
            rounds.replace_recommendation(by, held, text, bundle.checksum, made_from)
            record(
                by,
                "weighing.recommended",
                thing_of(round_),
                {"version": str(seen), "checksum": bundle.checksum},
            )
        else:
            Round.objects.filter(pk=round_.pk).update(**made_from.columns)
        held.refresh_from_db(fields=["bundle_checksum", "weighed", "calculated_at", "total", "minors"])
    return held


def _wanted(seen: int, choices: Choices) -> Message:
    return msg(
        "Versjon {version} gjøres til rundens anbefaling, med {total} i alt.",
        version=str(seen),
        total=choices.total,
    )
