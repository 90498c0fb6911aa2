"""The draft of a reply: saved as it is typed, also by two people at once.

There are two: the municipality's own, which nobody else sees before it is delivered, and what the county enters on its
behalf. Whoever writes has one of them; both go on from what is delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.dialogue.entered import Kept, entered
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.services import is_open, on_behalf, thing_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record, seen_lately
from fotfeste.work.drafts import ABSENT, Clash, merged, same

SAVES_COUNT_AS_ONE = timedelta(minutes=10)
"""A draft is saved while it is typed: what one person saves within this time leaves one entry in the trace."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands: its values, how many times it is saved, and when last."""

    values: Mapping[str, Kept]
    version: int
    at: datetime | None


def draft_of(by: Actor, reply: Reply) -> Draft:
    """Return the draft that ``by`` writes in: the municipality's own, or for others the one on its behalf."""
    if on_behalf(by, reply.municipality):
        return Draft(cast("dict[str, Kept]", reply.entered), reply.entered_version, reply.entered_at)
    return Draft(cast("dict[str, Kept]", reply.values), reply.version, reply.changed_at)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saving a draft.

    ``version`` and ``values`` are those of the draft as it now stands; where there are ``clashes`` it has what the other
    wrote. ``base`` is what the page goes on from: as it stands there, apart from what clashed. ``others`` are the fields
    that others have changed and the page does not show. ``refused`` is what may not be kept, by field. ``changed`` tells
    whether there was anything new to save.
    """

    version: int
    values: Mapping[str, Kept]
    base: Mapping[str, Kept]
    clashes: tuple[Clash, ...] = ()
    others: tuple[str, ...] = ()
    refused: Mapping[str, Problem] | None = None
    changed: bool = False


def save_draft(
    by: Actor, reply: Reply, typed: Mapping[str, str], seen: int, base: Mapping[str, Kept] | None = None
) -> Saved:
    """Save what is typed, together with what others have saved since ``base``, which the page was made from.

    ``seen`` is the version that the page was made from; ``base`` may be left out when that is the newest. Fields that are
    not sent at all are left as they are. Raises :class:`InputError` when the reply does not take changes now.
    """
    with transaction.atomic():
        locked = held(reply)
        saved = put_together(by, locked, typed, seen, base)
        record_saved(by, locked, saved)
    return saved


def held(reply: Reply) -> Reply:
    """Return the reply as it stands, held until the transaction ends."""
    replies = Reply.objects.select_for_update(of=("self",)).select_related("round").defer("round__bundle")
    return replies.get(pk=reply.pk)


def record_saved(by: Actor, reply: Reply, saved: Saved) -> None:
    """Let the trace tell that the draft was changed, where it was; last in the transaction."""
    thing = thing_of(reply.round, reply.municipality)
    if saved.changed and not seen_lately(by, "input.changed", thing, SAVES_COUNT_AS_ONE):
        record(by, "input.changed", thing, {"version": str(saved.version)})


def put_together(
    by: Actor, reply: Reply, typed: Mapping[str, str], seen: int, base: Mapping[str, Kept] | None
) -> Saved:
    """Save as :func:`save_draft` does, in a reply that the caller holds; the caller records it."""
    must_be_open(reply)
    given, standing = entered(typed), draft_of(by, reply)
    theirs = standing.values
    if base is None:
        base = theirs if seen == standing.version else {}
    mine = {**given.values, **_left_alone(base, typed, given.refused)}
    together = merged(base, mine, theirs)
    values = cast("dict[str, Kept]", dict(together.values))
    changed = values != theirs
    if changed:
        _keep(by, reply, values)
    clashed = {one.field for one in together.conflicts}
    return Saved(
        standing.version + changed,
        values,
        {
            **{name: value for name, value in mine.items() if name not in clashed},
            **{name: value for name, value in base.items() if name in clashed},
        },
        together.conflicts,
        tuple(
            one.id
            for one in load_reply_form().fields
            if one.id not in clashed and not same(values.get(one.id, ABSENT), mine.get(one.id, ABSENT))
        ),
        given.refused,
        changed,
    )


def _keep(by: Actor, reply: Reply, values: Mapping[str, Kept]) -> None:
    if on_behalf(by, reply.municipality):
        reply.entered, reply.entered_at = dict(values), timezone.now()
        reply.entered_version += 1
        reply.save(update_fields=["entered", "entered_version", "entered_at"])
        return
    reply.values, reply.changed_at, reply.changed_by_id = dict(values), timezone.now(), by.user_id
    reply.version += 1
    reply.save(update_fields=["values", "version", "changed_at", "changed_by"])


def _left_alone(
    base: Mapping[str, Kept], typed: Mapping[str, str], refused: Mapping[str, Problem]
) -> dict[str, Kept]:
    return {name: value for name, value in base.items() if name not in typed or name in refused}


def must_be_open(reply: Reply) -> None:
    """Raise :class:`InputError` when the reply does not take changes now."""
    if not is_open(reply.round):
        raise InputError(
            "dialogue.closed",
            msg("Runden tar ikke imot svar nå."),
            remedy=msg("Ta kontakt med fylkeskommunen."),
        )
    if reply.reopened_at is None and reply.deliveries.exists():
        raise InputError(
            "dialogue.delivered",
            msg("Svaret er levert og kan ikke endres."),
            remedy=msg("Be fylkeskommunen åpne det igjen."),
        )
