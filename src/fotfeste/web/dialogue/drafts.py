"""The draft of a reply: saved as it is typed, also by two people at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.dialogue.entered import Kept, entered
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.services import is_open, thing_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record, seen_lately
from fotfeste.work.drafts import ABSENT, Clash, merged, same

SAVES_COUNT_AS_ONE = timedelta(minutes=10)
"""A draft is saved while it is typed: what one person saves within this time leaves one entry in the trace."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of saving a draft.

    ``version`` and ``values`` are those of the draft as it now stands; where there are ``clashes`` it has what the other
    wrote. ``base`` is what the page goes on from: as it stands there, apart from what clashed. ``others`` are the fields
    that others have changed and the page does not show. ``refused`` is what may not be kept, by field.
    """

    version: int
    values: Mapping[str, Kept]
    base: Mapping[str, Kept]
    clashes: tuple[Clash, ...] = ()
    others: tuple[str, ...] = ()
    refused: Mapping[str, Problem] | None = None


def save_draft(
    by: Actor, reply: Reply, typed: Mapping[str, str], seen: int, base: Mapping[str, Kept] | None = None
) -> Saved:
    """Save what is typed, together with what others have saved since ``base``, which the page was made from.

    ``seen`` is the version that the page was made from; ``base`` may be left out when that is the newest. Fields that are
    not sent at all are left as they are. Raises :class:`InputError` when the reply does not take changes now.
    """
    given = entered(typed)
    with transaction.atomic():
        locked = Reply.objects.select_for_update(of=("self",)).select_related("round").get(pk=reply.pk)
        must_be_open(locked)
        theirs = cast("dict[str, Kept]", locked.values)
        if base is None:
            base = theirs if seen == locked.version else {}
        mine = {**given.values, **_left_alone(base, typed, given.refused)}
        together = merged(base, mine, theirs)
        values = cast("dict[str, Kept]", dict(together.values))
        if values != theirs:
            locked.values = values
            locked.version += 1
            locked.changed_at = timezone.now()
            locked.changed_by_id = by.user_id
            locked.save(update_fields=["values", "version", "changed_at", "changed_by"])
            thing = thing_of(locked.round, locked.municipality)
            if not seen_lately(by, "input.changed", thing, SAVES_COUNT_AS_ONE):
                record(by, "input.changed", thing, {"version": str(locked.version)})
    clashed = {one.field for one in together.conflicts}
    return Saved(
        locked.version,
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
    )


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
