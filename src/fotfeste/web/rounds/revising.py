"""Revising what is adopted: the same municipalities with a new total, and what is decided and settled meanwhile taken along."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from fotfeste import __version__
from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.models import Job
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import standing_adoption
from fotfeste.work.requirements import Stage


def needs_revision(round_: Round) -> bool:
    """Whether the request was changed after what is adopted was made, and nothing has been made since."""
    adopted = standing_adoption(round_)
    if adopted is None or round_.state not in (Stage.ADOPTED, Stage.SENT) or round_.total is None:
        return False
    changed, made = round_.changed_at, round_.calculated_at
    return changed is not None and changed > adopted.at and (made is None or changed > made)


def key_of(round_: Round, adopted: Adoption) -> str:
    """Return what an order of a revision is known by: what is revised, to what."""
    return f"{round_.pk}:{adopted.number}:{round_.total}:{round_.minors}:{round_.changed_at:%Y%m%d%H%M%S%f}"


def order_revision(by: Actor, round_: Round) -> Job | None:
    """Order the revision to the round's total as it stands; nothing where there is nothing to revise."""
    adopted = standing_adoption(round_)
    if adopted is None or not needs_revision(round_):
        return None
    arguments = services.arguments_of(round_) | {
        "adopted": adopted.number,
        "total": round_.total,
        "minors": round_.minors,
        "made": timezone.localdate().isoformat(),
    }
    return jobs.submit(services.REVISE, arguments, key_of(round_, adopted), by, again=True)


def revised(round_: Round, arguments: Any) -> tuple[str, str]:
    """Return the text and the checksum of the revised recommendation; what cannot be, the library refuses."""
    from fotfeste.settlement.bundle import bundle_as_text, bundle_of, bundle_of_text
    from fotfeste.settlement.calculate import calculate
    from fotfeste.settlement.revise import prepare_revision, revise
    from fotfeste.web.dialogue.services import replies_of
    from fotfeste.web.follow_up.services import standing

    adopted = Adoption.objects.filter(round=round_, number=arguments["adopted"], annulled_at=None).first()
    if adopted is None or (round_.total, round_.minors) != (arguments["total"], arguments["minors"]):
        raise InputError(
            "round.changed",
            msg("Runden er endret etter at dette ble bestilt."),
            remedy=msg("Bestill det på nytt."),
        )
    bundle = bundle_of_text(bytes(adopted.bundle).decode(), str(round_))
    status, total, minors = standing(round_), arguments["total"], arguments["minors"]
    revision = revise(
        bundle,
        total,
        standing=status.standing if status else {},
        as_of=status.as_of if status else arguments["made"],
        origin=status.origin if status else "",
        minors=minors,
    )
    prepared = prepare_revision(bundle, revision, total, minors=minors, replies=replies_of(round_))
    made = bundle_of(prepared, calculate(prepared), date.fromisoformat(arguments["made"]), __version__)
    return bundle_as_text(made), made.checksum
