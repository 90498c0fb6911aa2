"""What a municipality has of the recommendation once it is sent: its own number, the letter to it, and the recommendation.

A revision reaches the municipalities when it is sent in its turn; until then they have what they were sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse

from fotfeste.messages import Locale
from fotfeste.settings import LOCALES
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds import services
from fotfeste.web.rounds.models import AdoptedFile, Adoption, Round, Step
from fotfeste.web.rounds.page import named
from fotfeste.web.rounds.papers import LETTERS
from fotfeste.web.rounds.published import as_adopted, as_seen_by, works_with
from fotfeste.web.rounds.stages import was_sent
from fotfeste.work.requirements import Stage

RECOMMENDATION = "anbefaling-til-imdi.pdf"


def sent_adoption(round_: Round) -> Adoption | None:
    """Return the adoption that the municipalities have been sent, without its bytes; nothing before it is sent."""
    if round_.is_example or not (round_.state == Stage.CLOSED or was_sent(round_)):
        return None
    sent = Step.objects.filter(round=round_, after=Stage.SENT.value).aggregate(at=Max("at"))["at"]
    if sent is None:
        return None
    adoptions = Adoption.objects.defer("bundle").filter(round=round_, annulled_at=None, at__lte=sent)
    return adoptions.order_by("-number").first()


def own_number(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Thing:
    """Return the round as the rights see the page of one municipality's number, which is also its own once it is sent."""
    del request, parts
    return _number_of(named(year, name), code)


def _number_of(round_: Round, code: str) -> Thing:
    whole = services.thing_of(round_)
    if sent_adoption(round_) is None or code not in services.municipalities_of(round_):
        return whole
    return replace(whole, shared_with=whole.shared_with | {code})


def sent_address(actor: Actor, round_: Round, code: str) -> str:
    """Return the address of what was recommended for one municipality; nothing before it is sent, or for others."""
    if sent_adoption(round_) is None or not allowed(actor, Action.VIEW, _number_of(round_, code)):
        return ""
    return reverse("round_municipality", kwargs={"year": round_.year, "name": round_.name, "code": code})


def own_papers(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Thing:
    """Return what was sent to one municipality as the rights see it: the county's, and that municipality's."""
    found = own_number(request, year, name, code, **parts)
    return replace(
        found, shared_with=found.shared_with & {code} if sent_adoption(named(year, name)) else frozenset()
    )


def as_sent_to(actor: Actor, round_: Round) -> Round:
    """Return the round as ``actor`` sees one municipality's number: as it was sent, for those who see it for that reason."""
    sent = sent_adoption(round_)
    if sent is None or works_with(actor, round_) or services.is_published(round_):
        return as_seen_by(actor, round_)
    return as_adopted(round_, sent)


def letter_to(round_: Round, code: str, locale: Locale) -> AdoptedFile | None:
    """Return the letter that was sent to the municipality ``code``, in ``locale`` where it was made in that."""
    return _file(round_, f"{LETTERS}/{code}-", locale)


def recommendation_sent(round_: Round, locale: Locale) -> AdoptedFile | None:
    """Return the recommendation that was sent, in ``locale`` where it was made in that."""
    return _file(round_, RECOMMENDATION, locale)


def _file(round_: Round, beginning: str, locale: Locale) -> AdoptedFile | None:
    sent = sent_adoption(round_)
    if sent is None:
        return None
    for one in dict.fromkeys([locale, *LOCALES]):
        found = sent.files.filter(name__startswith=f"{one}/{beginning}", name__endswith=".pdf").first()
        if found is not None:
            return found
    return None


def comments(round_: Round) -> tuple[str, date | None] | None:
    """Return whom the municipalities were told to write to, and by when; nothing where the letter does not say."""
    sent = sent_adoption(round_)
    to = sent.case_facts.get("comments_to", "") if sent else ""
    by = sent.case_facts.get("comments_by", "") if sent else ""
    return (to, date.fromisoformat(by) if by else None) if to else None
