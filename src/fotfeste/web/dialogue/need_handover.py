"""All that one person has not ended, handed over to another."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from fotfeste.errors import InputError
from fotfeste.web.dialogue.models import Need
from fotfeste.web.dialogue.need_owners import NO_ADVISER, owners_of
from fotfeste.web.dialogue.needs import ENDED, task_of, thing_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record
from fotfeste.work import tasks


def owners_with_tasks(county: str) -> dict[int, str]:
    """Return those who own what is not ended in the rounds of a county, also those who are advisers no more."""
    held = _open_in(county).exclude(owner=None)
    people = {
        one.owner_id: one.owner.name or one.owner.email for one in held.select_related("owner") if one.owner
    }
    return {
        number: people[number] for number in sorted(people, key=lambda one: people[one].casefold()) if number
    }


def hand_over(by: Actor, round_: Round, owner: int, new_owner: int) -> int:
    """Hand over all that one person has not ended, in all rounds of the county; return how many.

    Raises :class:`InputError` when whoever is to take over is no adviser of the county.
    """
    if new_owner not in owners_of(round_):
        raise InputError("need.owner", NO_ADVISER, place="new_owner")
    with transaction.atomic():
        held = list(_open_in(round_.county).filter(owner_id=owner).select_for_update(of=("self",)))
        before = [task_of(one) for one in held]
        after = tasks.hand_over(before, str(owner), str(new_owner))
        moved = [need for need, was, now in zip(held, before, after, strict=True) if was != now]
        for one in moved:
            one.owner_id = new_owner
            one.version += 1
            one.save(update_fields=["owner", "version"])
        if moved:
            record(by, "need.handed_over", thing_of(round_), {"count": str(len(moved))})
    return len(moved)


def _open_in(county: str) -> QuerySet[Need]:
    found = Need.objects.filter(round__county=county, round__is_example=False)
    return found.exclude(state__in=ENDED).order_by("pk")
