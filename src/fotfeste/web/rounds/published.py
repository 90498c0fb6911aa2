"""A round that the county has published: one address serves those who work with it and everybody else.

Who works with the round sees the recommendation as it stands now. Who sees it only because it is published sees what was
adopted, also while a revision is being made; and a revision first when it is sent, or when the county has opened it too.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models import Max
from django.http import HttpRequest

from fotfeste.web.rights.declared import Actor, allowed
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds import services
from fotfeste.web.rounds.models import Adoption, Round, Step
from fotfeste.work.requirements import Stage


def open_to_everybody(request: HttpRequest, year: int, name: str, **parts: Any) -> bool:
    """Whether the round that an address names is open to all."""
    del request, parts
    round_ = services.found(year, name)
    return round_ is not None and services.is_published(round_)


def standing_adoption(round_: Round) -> Adoption | None:
    """Return the newest adoption of the round that has not been annulled, without its bytes."""
    adoptions = Adoption.objects.defer("bundle").filter(round=round_, annulled_at=None)
    return adoptions.order_by("-number").first()


def public_adoption(round_: Round) -> Adoption | None:
    """Return the adoption that is open to all, without its bytes: the newest that is sent, or that was published by itself."""
    if not services.is_published(round_):
        return None
    opened = round_.published_at
    sent = Step.objects.filter(round=round_, after=Stage.SENT.value, before=Stage.ADOPTED.value)
    last_sent = sent.aggregate(at=Max("at"))["at"]
    until = max((one for one in (opened, last_sent) if one is not None), default=None)
    adoptions = Adoption.objects.defer("bundle").filter(round=round_, annulled_at=None)
    if until is not None:
        adoptions = adoptions.filter(at__lte=until)
    return adoptions.order_by("-number").first()


def open_to_all(round_: Round, one: Adoption) -> bool:
    """Whether anybody may see an adoption: those that stand or stood, up to the one that is open to all."""
    shown = public_adoption(round_)
    return shown is not None and one.annulled_at is None and one.number <= shown.number


def works_with(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` sees the round as it stands now, by a right of their own."""
    return round_.is_example or allowed(actor, Action.VIEW, services.thing_of(round_))


def as_seen_by(actor: Actor, round_: Round) -> Round:
    """Return the round as ``actor`` sees it; not to be saved."""
    if works_with(actor, round_) or not services.is_published(round_):
        return round_
    return as_adopted(round_, public_adoption(round_))


def as_adopted(round_: Round, adopted: Adoption | None) -> Round:
    """Return the round with the recommendation that was adopted; without one when nothing is. Not to be saved."""
    seen = copy(round_)
    seen.bundle_checksum = adopted.bundle_checksum if adopted else ""
    seen.total = adopted.total if adopted else None
    seen.check_result = adopted.check_result if adopted else None
    seen.checked_at = adopted.checked_at if adopted else None
    return seen
