"""Delivering a reply: frozen as it stands, numbered, with a checksum; opened again only with a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.reply_form import FormField, load_reply_form
from fotfeste.settlement.reply_sheet_cells import PERSONAL, REMOVE_IT, identifies_a_person
from fotfeste.web.dialogue.before_delivery import in_the_way, not_confirmed, notices_about
from fotfeste.web.dialogue.drafts import Saved, held, must_be_open, put_together, record_saved
from fotfeste.web.dialogue.entered import Kept, as_kept, checked, entered
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.services import asked_too_late, deadline_of, is_open, on_behalf, thing_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record

SCHEMA = 1
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of delivering: the delivery, or what stands in the way.

    The draft is saved in any case (``saved``). ``problems`` must be put right, by field; ``notices`` are to be looked at
    once more, and stand in the way until the sender says that they are seen.
    """

    saved: Saved | None
    delivery: Delivery | None = None
    problems: Mapping[str, Problem] | None = None
    notices: tuple[Problem, ...] = ()


def deliver(
    by: Actor,
    reply: Reply,
    typed: Mapping[str, str],
    seen: int,
    base: Mapping[str, Kept] | None = None,
    *,
    origin: str = "",
    notices_seen: bool = False,
) -> Outcome:
    """Deliver what is typed, when nothing stands in the way; the same sent twice is delivered once.

    What others have saved meanwhile is shown to the sender before it is delivered. ``origin`` tells what the county
    enters a reply from. Raises :class:`InputError` when the reply does not take changes now.
    """
    with transaction.atomic():
        locked = held(reply)
        if (before := _delivered_before(locked, typed)) is not None:
            return Outcome(None, before)
        saved = put_together(by, locked, typed, seen, base)
        outcome = _outcome(by, locked, saved, origin, notices_seen=notices_seen)
        record_saved(by, locked, saved)
        if outcome.delivery is not None:
            record_delivered(by, locked, outcome.delivery)
    return outcome


def _outcome(by: Actor, reply: Reply, saved: Saved, origin: str, *, notices_seen: bool) -> Outcome:
    if saved.clashes or saved.others:
        return Outcome(saved)
    problems = in_the_way(saved)
    if problems:
        return Outcome(saved, problems=problems)
    values = {name: as_kept(value) for name, value in checked(saved.values).values.items()}
    own = not on_behalf(by, reply.municipality)
    notices = (*notices_about(reply, values, own=own), *not_confirmed(reply, values))
    if notices and not notices_seen:
        return Outcome(saved, notices=notices)
    return Outcome(saved, _keep(by, reply, values, origin))


def deliver_sheet(by: Actor, reply: Reply, values: Mapping[str, Kept], origin: str) -> Delivery | None:
    """Deliver what was read from a sheet, which the reader of sheets has checked; nothing when it is delivered before.

    The caller holds the reply, and records the delivery when all that it delivers is kept. A reply that is delivered
    already gets a new delivery. Raises :class:`InputError` when the round does not take replies now.
    """
    newest = reply.deliveries.order_by("-number").first()
    if newest is not None and newest.values == dict(values) and reply.reopened_at is None:
        return None
    if newest is not None and reply.reopened_at is None and is_open(reply.round):
        reply.reopened_at = timezone.now()
        reply.reopened_reason = ""
    must_be_open(reply)
    return _keep(by, reply, values, origin)


def record_delivered(by: Actor, reply: Reply, delivery: Delivery) -> None:
    """Let the trace tell of a delivery; last in the transaction."""
    detail = {"checksum": delivery.checksum, "version": str(delivery.number)}
    record(by, "input.delivered", thing_of(reply.round, reply.municipality), detail)


def reopen(by: Actor, reply: Reply, reason: str) -> None:
    """Open a delivered reply for changes; once is enough. Raises :class:`InputError` without a reason that may stand."""
    reason = " ".join(reason.split())
    _must_be_a_reason(reason)
    with transaction.atomic():
        locked = held(reply)
        if locked.reopened_at is not None:
            return
        if not locked.deliveries.exists() or not is_open(locked.round):
            raise InputError(
                "dialogue.not_delivered",
                msg("Bare et svar som er levert, kan åpnes igjen, og bare mens runden tar imot svar."),
            )
        locked.reopened_at, locked.reopened_reason = timezone.now(), reason
        locked.save(update_fields=["reopened_at", "reopened_reason"])
        record(by, "input.reopened", thing_of(locked.round, locked.municipality))


def _must_be_a_reason(reason: str) -> None:
    if not reason:
        raise InputError("dialogue.reason", msg("Skriv hvorfor svaret åpnes igjen."), place="reason")
    if len(reason) > LONGEST_REASON:
        raise InputError(
            "dialogue.reason",
            msg("Begrunnelsen kan være på høyst {most} tegn.", most=LONGEST_REASON),
            place="reason",
        )
    if identifies_a_person(reason):
        raise InputError("dialogue.personal", PERSONAL, place="reason", remedy=REMOVE_IT)


def _delivered_before(reply: Reply, typed: Mapping[str, str]) -> Delivery | None:
    """Return the delivery that stands, when what is sent is the same: the page was sent twice."""
    newest = reply.deliveries.order_by("-number").first()
    if newest is None or reply.reopened_at is not None:
        return None
    return newest if entered(typed).values == newest.values else None


def _keep(by: Actor, reply: Reply, values: Mapping[str, Kept], origin: str) -> Delivery:
    """Keep a delivery, and let both drafts go on from it; the caller holds the reply, and records the delivery.

    What the municipality has in its own draft and the county did not enter on its behalf stays there.
    """
    first, number = reply.deliveries.filter(number=1).first(), reply.deliveries.count() + 1
    due = deadline_of(reply.round)
    late = first.late if first else timezone.localdate() > due and not asked_too_late(reply, due)
    content, behalf = content_of(reply, values), on_behalf(by, reply.municipality)
    kept = Delivery.objects.create(
        reply=reply,
        number=number,
        values=dict(values),
        checksum=hashlib.sha256(content).hexdigest(),
        on_behalf=behalf,
        origin=" ".join(origin.split())[:200],
        reason=reply.reopened_reason,
        late=late,
        by_id=by.user_id,
    )
    reply.reopened_at, reply.reopened_reason = None, ""
    drafted = {**reply.values, **values} if behalf else dict(values)
    if reply.values != drafted:
        reply.values, reply.changed_at, reply.changed_by_id = drafted, timezone.now(), by.user_id
        reply.version += 1
    if reply.entered != dict(values):
        reply.entered, reply.entered_at = dict(values), timezone.now()
        reply.entered_version += 1
    reply.save()
    return kept


def content_of(reply: Reply, values: Mapping[str, Kept]) -> bytes:
    """Return a delivery as the file whose SHA-256 is its checksum: JSON with sorted names, UTF-8."""
    told = {
        "schema": SCHEMA,
        "form": load_reply_form().schema,
        "county": reply.round.county,
        "year": reply.round.year,
        "municipality": reply.municipality,
        "values": dict(values),
    }
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not the same in two deliveries; nothing is a field that was left blank."""

    field: FormField
    before: Kept | None
    after: Kept | None


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Difference, ...]:
    """Return what was changed from one delivery to the next, in the form's order."""
    return tuple(
        Difference(one, cast("Kept | None", before.get(one.id)), cast("Kept | None", after.get(one.id)))
        for one in load_reply_form().fields
        if before.get(one.id) != after.get(one.id)
    )
