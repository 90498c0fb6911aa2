"""A new version of a document: what coders have said of the one before comes along, and what is lost is told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone

from fotfeste.plans.coding import Coding, codings
from fotfeste.plans.coding.carrying import Carried, Carrier
from fotfeste.plans.coding.log import without_memos
from fotfeste.plans.documents import Document
from fotfeste.web.plans import logs, services, stored
from fotfeste.web.plans.models import CodingEvent, CodingLog, LostCoding, PlanFile, State
from fotfeste.web.plans.seeing import coding_thing, sees
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing
from fotfeste.web.rights.roles import Kind
from fotfeste.web.trace.services import record


@dataclass(frozen=True)
class _Made:
    """What one county's log became, and how long it was then."""

    events: int
    carried: Carried


def coming_along(file: PlanFile, document: Document) -> Callable[[PlanFile], None] | None:
    """Return what stores the codings of the version before, found again in the text of this one; nothing without one."""
    before = file.replaces
    if before is None or not before.text_sha256 or before.erased_at is not None:
        return None
    carrier = Carrier(stored.document_of(before), document)
    made = {row.county: _carry(carrier, row) for row in before.logs.all()}
    return partial(_store, before, carrier, made)


def _carry(carrier: Carrier, row: CodingLog) -> _Made:
    log = logs.log_in(row)
    return _Made(len(log.events), carrier.carried(log, timezone.now()))


def _store(before: PlanFile, carrier: Carrier, made: dict[str, _Made], file: PlanFile) -> None:
    """Store it in the transaction in which the new version becomes the one that stands."""
    for row in CodingLog.objects.select_for_update().filter(file=before):
        known = made.get(row.county)
        if known is None or known.events != row.events.count():
            known = _carry(carrier, row)  # somebody coded while the new version was read
        new, fresh = CodingLog.objects.get_or_create(
            file=file, county=row.county, defaults={"codebook": row.codebook}
        )
        if not fresh:
            continue
        carried = known.carried
        for event in carried.log.events:
            CodingEvent.objects.create(log=new, **logs.columns_of(event))
        new.carried = len(carried.log.events)
        new.apart = _apart(before, row, carrier, carried)
        new.save(update_fields=["carried", "apart"])
        LostCoding.objects.bulk_create(
            LostCoding(
                log=new,
                event=one.coding.number,
                reason=one.place.reason.value,
                start=one.place.perhaps.start if one.place.perhaps else None,
                end=one.place.perhaps.end if one.place.perhaps else None,
            )
            for one in carried.lost
        )
        detail = {"plan": file.plan, "found": str(new.carried), "lost": str(len(carried.lost))}
        record(NOBODY, "coding.carried", Thing(Kind.CODING, file.pk.hex, row.county), detail)


def _apart(before: PlanFile, row: CodingLog, carrier: Carrier, carried: Carried) -> int:
    """Return the last of the events that came along whose memo was written while readers did not see the version before."""
    if services.readers_kept_out(before, row.county):
        return len(carried.log.events)
    bare = carrier.carried(without_memos(logs.log_in(row), row.apart), timezone.now())
    pairs = zip(carried.log.events, bare.log.events, strict=True)
    return max((one.number for one, other in pairs if one.memo != other.memo), default=0)


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost coding with the coding that it was."""

    row: LostCoding
    coding: Coding


def before(file: PlanFile, actor: Actor) -> PlanFile | None:
    """Return the version before, where ``actor`` may still read it."""
    one = file.replaces
    return one if one is not None and one.state == State.READY and sees(actor, one) else None


def lost_of(file: PlanFile, county: str, apart: int = 0) -> list[Lost]:
    """Return the codings of the version before that are lost in this one and that nobody has put away.

    Memos of the version before up to event number ``apart`` are left out.
    """
    before = file.replaces
    if before is None:
        return []
    log = without_memos(services.log_of(before, county), apart)
    known = {one.number: one for one in codings(log)}
    rows = LostCoding.objects.filter(log__file=file, log__county=county, handled_at=None)
    return [Lost(row, known[row.event]) for row in rows if row.event in known]


def put_away(by: Actor, file: PlanFile, number: int) -> bool:
    """Note that a coder has looked at an own lost coding; return whether there was one."""
    thing = coding_thing(by, file)
    with transaction.atomic():
        mine = {one.row.event for one in lost_of(file, thing.county) if one.coding.coder == by.pseudonym}
        if number not in mine:
            return False
        rows = LostCoding.objects.filter(log__file=file, log__county=thing.county, event=number)
        rows.update(handled_at=timezone.now())
        record(by, "coding.put_away", thing, {"plan": file.plan, "number": str(number)})
    return True
