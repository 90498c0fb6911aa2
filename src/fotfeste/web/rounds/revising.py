"""Revising what is adopted: the same municipalities with a new total, and what is decided and settled meanwhile taken along.

While a round is adopted or sent its choices stand. They are open again while a revision is needed, so that one that the
rules do not allow has a way out: what is chosen then holds for the revision alone, and what is adopted is not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast, get_args

from django.db import transaction
from django.utils import timezone

from fotfeste import __version__
from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.models import Job
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services, stages
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.published import standing_adoption
from fotfeste.work.requirements import Stage

if TYPE_CHECKING:
    from fotfeste.settlement.bundle import Bundle
    from fotfeste.settlement.prepared import Prepared
    from fotfeste.settlement.replies import Replies
    from fotfeste.settlement.revision import DecidedAs
    from fotfeste.web.weighing.models import Version

REVISED_IN = (Stage.ADOPTED, Stage.SENT)
"""Where a recommendation that is adopted can be followed by a revision, without going back."""


def needs_revision(round_: Round) -> bool:
    """Whether what is recommended does not follow from what stands now: the request after the adoption, or, where a
    revision is made and not adopted yet, the choices and the replies too."""
    adopted = standing_adoption(round_)
    if adopted is None or round_.state not in REVISED_IN or round_.total is None:
        return False
    if round_.made_total is not None and not stages.request_is_same(round_):
        return True
    return round_.bundle_checksum != adopted.bundle_checksum and not stages.is_current(round_)


def open_to_choices(round_: Round) -> bool:
    """Whether the choices may change though the round is adopted: while a revision is needed, or waits to be adopted."""
    if round_.state not in REVISED_IN or round_.is_example:
        return False
    adopted = standing_adoption(round_)
    return adopted is not None and (
        adopted.bundle_checksum != round_.bundle_checksum or needs_revision(round_)
    )


def key_of(round_: Round, adopted: Adoption) -> str:
    """Return what an order of a revision is known by: what is revised, to what, by which choices."""
    return f"{round_.pk}:{adopted.number}:{round_.total}:{round_.minors}:{_version_number(round_, adopted)}"


def order_revision(by: Actor, round_: Round, decided_as: str = "") -> Job | None:
    """Order the revision to the round's total and choices as they stand; nothing where there is nothing to revise.

    ``decided_as`` is what the councils' decisions mean for it (:data:`~fotfeste.settlement.revision.DecidedAs`); without
    it what the library proposes. What is under way already is followed, whenever it was ordered.
    """
    with transaction.atomic():
        standing = services.held(round_)
        adopted = standing_adoption(standing)
        if adopted is None or not needs_revision(standing):
            return None
        key = key_of(standing, adopted)
        under_way = jobs.latest(services.REVISE, key)
        if under_way is not None and under_way.living:
            return under_way
        arguments = services.arguments_of(standing) | {
            "adopted": adopted.number,
            "total": standing.total,
            "minors": standing.minors,
            "version": _version_number(standing, adopted),
            "decided_as": decided_as if decided_as in ways_to_read_decisions() else "",
        }
        return jobs.submit(services.REVISE, arguments, key, by, again=True)


def ways_to_read_decisions() -> tuple[str, ...]:
    """Return what the decisions of the councils can mean for a revision."""
    from fotfeste.settlement.revision import DecidedAs

    return get_args(DecidedAs)


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision that is worked out and not kept: its text and checksum, what it was made from, and what stood then."""

    text: str
    checksum: str
    made_from: services.MadeFrom
    changed_at: datetime | None
    replaces: str


def revised(round_: Round, arguments: Mapping[str, Any]) -> Revised:
    """Return the revised recommendation; what cannot be, the library refuses."""
    from fotfeste.settlement.bundle import bundle_as_text, bundle_of
    from fotfeste.settlement.calculate import calculate
    from fotfeste.web.dialogue.services import checksum_of, replies_of

    read_at, today = timezone.now(), timezone.localdate()
    adopted = Adoption.objects.filter(round=round_, number=arguments["adopted"], annulled_at=None).first()
    if adopted is None or not _as_ordered(round_, adopted, arguments):
        raise _changed()
    replies, bundle = replies_of(round_), adopted_bundle(round_, adopted)
    prepared = prepared_revision(round_, bundle, adopted, replies, arguments["decided_as"])
    made = bundle_of(prepared, calculate(prepared), today, __version__)
    total, minors, version = arguments["total"], arguments["minors"], arguments["version"]
    made_from = services.MadeFrom(total, minors, version, checksum_of(replies), read_at)
    return Revised(bundle_as_text(made), made.checksum, made_from, round_.changed_at, round_.bundle_checksum)


def adopted_bundle(round_: Round, adopted: Adoption) -> Bundle:
    """Return the recommendation that was adopted."""
    from fotfeste.settlement.bundle import bundle_of_text

    return bundle_of_text(bytes(adopted.bundle).decode(), str(round_))


def prepared_revision(
    round_: Round, bundle: Bundle, adopted: Adoption, replies: Replies | None, decided_as: str = ""
) -> Prepared:
    """Return what a revision of ``bundle`` rests on as the round stands: its request, choices and what has happened.

    Without ``decided_as`` decisions mean what the library proposes, and a council that has said no is held to it.
    """
    from fotfeste.settlement.last_year_entered import with_last_year
    from fotfeste.settlement.revise import prepare_revision, revise
    from fotfeste.settlement.revision import meaning_for
    from fotfeste.web.dialogue.own_years import last_year_of
    from fotfeste.web.follow_up.services import standing
    from fotfeste.web.weighing.inputs import choices_of

    status, version = standing(round_), _version_since(round_, adopted)
    chosen = choices_of(version.choices) if version is not None else None
    known = status.standing if status else {}
    total, minors = round_.total or 0, round_.minors
    revision = revise(
        bundle,
        total,
        standing=known,
        as_of=status.as_of if status else timezone.localdate().isoformat(),
        origin=status.origin if status else "",
        minors=minors,
        decided_as=cast("DecidedAs", decided_as) if decided_as else meaning_for(total, known),
    )
    prepared = prepare_revision(
        bundle,
        revision,
        total,
        minors=minors,
        replies=replies,
        criteria=chosen.criteria if chosen else None,
        ledger=chosen.ledger if chosen and chosen.ledger.entries else None,
    )
    gathered_anew = prepared.revision is not None and "data" in prepared.revision.also
    return with_last_year(prepared, last_year_of(round_)) if gathered_anew else prepared


def keep_revision(round_: Round, arguments: Mapping[str, Any], made: Revised) -> None:
    """Keep a revision that was worked out, when the round still stands as it stood when the work began.

    Raises :class:`InputError` when somebody has changed the request, the choices or the adoption meanwhile, or has made
    another recommendation.
    """
    with transaction.atomic():
        standing = services.held(round_)
        adopted = standing_adoption(standing)
        same = (
            standing.state in REVISED_IN
            and adopted is not None
            and adopted.number == arguments["adopted"]
            and _as_ordered(standing, adopted, arguments)
            and standing.changed_at == made.changed_at
            and standing.bundle_checksum in (made.replaces, made.checksum)
        )
        if not same:
            raise _changed()
        services.replace_recommendation(NOBODY, standing, made.text, made.checksum, made.made_from)


def _as_ordered(round_: Round, adopted: Adoption, arguments: Mapping[str, Any]) -> bool:
    now = (round_.total, round_.minors, _version_number(round_, adopted))
    return now == (arguments["total"], arguments["minors"], arguments["version"])


def _changed() -> InputError:
    return InputError(
        "round.changed",
        msg("Runden er endret etter at dette ble bestilt."),
        remedy=msg("Bestill det på nytt."),
    )


def _version_since(round_: Round, adopted: Adoption) -> Version | None:
    """Return the newest version of the choices, when it is newer than the one that was adopted."""
    from fotfeste.web.weighing.models import Version

    found = Version.objects.filter(round=round_, number__gt=adopted.weighed)
    return found.order_by("-number").first()


def _version_number(round_: Round, adopted: Adoption) -> int:
    from fotfeste.web.weighing.models import Version

    found = Version.objects.filter(round=round_, number__gt=adopted.weighed).order_by("-number")
    return found.values_list("number", flat=True).first() or adopted.weighed
