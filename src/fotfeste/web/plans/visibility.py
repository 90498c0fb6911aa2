"""Who sees a document: changed by those whose it is, never to more than see its plan, and traced."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.web.plans import learning, memos
from fotfeste.web.plans.models import OwnPlan, PlanFile, State, Visibility
from fotfeste.web.plans.seeing import file_thing
from fotfeste.web.plans.services import Seen, wider
from fotfeste.web.rights.declared import Actor
from fotfeste.web.trace.services import record

PLAN_IS_FOR: dict[Visibility, Message] = {
    Visibility.COUNTY: msg("Planen er bare for eget fylke, og et dokument kan ikke ses av flere enn planen."),
    Visibility.DRAFT: msg("Planen er fortrolig, og et dokument kan ikke ses av flere enn planen."),
}


def seen_by(file: PlanFile) -> Seen:
    """Return who sees a document."""
    return Seen(Visibility(file.visibility), tuple(sorted(file.shared_with)))


def mark(seen: Seen) -> str:
    """Return who sees something as one text, to hold against what stands when it is changed."""
    return "|".join((seen.visibility.value, *sorted(seen.shared_with)))


def most_for(file: PlanFile) -> Visibility:
    """Return the widest that a document may be seen by: what its plan is seen by."""
    row = OwnPlan.objects.filter(slug=file.plan).first()
    return Visibility.OPEN if row is None else Visibility(row.visibility)


def let_see(by: Actor, file: PlanFile, seen: Seen, began_from: str, *, show_memos: bool = False) -> PlanFile:
    """Let others see a document than before; ``show_memos`` lets the county's readers see memos that were written in confidence.

    Raises :class:`InputError` where the document has changed since ``began_from`` (:func:`mark`), is withdrawn, or would be seen by
    more than its plan.
    """
    with transaction.atomic():
        OwnPlan.objects.select_for_update().filter(slug=file.plan).first()
        one = PlanFile.objects.select_for_update().get(pk=file.pk)
        if one.state == State.WITHDRAWN:
            raise InputError("plan.withdrawn", msg("Dokumentet er trukket tilbake."))
        if mark(seen_by(one)) != began_from:
            raise InputError(
                "plan.seen_meanwhile",
                msg("Noen andre har endret hvem som ser dokumentet, mens du hadde siden oppe."),
                remedy=msg("Se hvem som ser det nå, og velg på nytt."),
            )
        widest = most_for(one)
        if wider(seen.visibility, widest):
            raise InputError(
                "plan.seen_by_more", PLAN_IS_FOR[widest], remedy=msg("Endre først hvem som ser planen.")
            )
        shared = [] if seen.visibility is Visibility.OPEN else sorted(seen.shared_with)
        one.visibility, one.shared_with = seen.visibility.value, shared
        one.save(update_fields=["visibility", "shared_with"])
        if show_memos:
            memos.show(one, one.county)
        thing = file_thing(one)
        codes = ", ".join(each for each in shared if each.isdecimal())
        detail = {
            "plan": one.plan, "number": str(one.number), "visibility": one.visibility, "with": codes,
            "count": str(len(shared)), "memos": "shown" if show_memos else "",
        }  # fmt: skip
        record(by, f"{thing.kind.value}.shared", thing, {name: told for name, told in detail.items() if told})
        transaction.on_commit(partial(learning.unlearn, one))
    return one
