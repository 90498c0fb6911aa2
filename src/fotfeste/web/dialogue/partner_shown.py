"""What partners have added as others see it: on the page of all, for one municipality, and beside its reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from fotfeste.settlement.asked_elsewhere import fields_to_ask
from fotfeste.settlement.replies import Heard, Reply, Service
from fotfeste.settlement.reply_form import FormField
from fotfeste.web.dialogue.entered import Kept
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.partner_rights import is_of_county, organisations_for
from fotfeste.web.dialogue.partners import inputs_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round


def seen_by(actor: Actor, round_: Round) -> list[PartnerInput]:
    """Return the input that ``actor`` sees on the page of all: everything, or that of their own organisations."""
    found = inputs_of(round_)
    if is_of_county(actor, round_):
        return list(found)
    return list(found.filter(organisation__in=organisations_for(actor, round_)))


@dataclass(frozen=True, slots=True)
class Concerning:
    """Input as one municipality sees it: whole when it is about that municipality alone, otherwise only its own answers."""

    input: PartnerInput
    whole: bool
    answers: tuple[tuple[FormField, Kept], ...]


def concerning(round_: Round, code: str) -> list[Concerning]:
    """Return the input that concerns a municipality, newest first."""
    fields = {one.id: one for one in fields_to_ask()}
    found = []
    for one in inputs_of(round_).filter(withdrawn_at=None, municipality__in=["", code]):
        given = one.values.get(code, {})
        answers = tuple((field, given[name]) for name, field in fields.items() if name in given)
        found.append(Concerning(one, one.municipality == code, answers))
    return found


@dataclass(frozen=True, slots=True)
class Beside:
    """An answer that a partner has already: what it is, whose, and from when."""

    value: Kept
    organisation: str
    on: date


def values_beside(round_: Round, code: str) -> dict[str, Beside]:
    """Return what partners have asked a municipality for already, by field of the reply form; the newest counts."""
    return _newest(inputs_of(round_).filter(withdrawn_at=None, municipality__in=["", code]), code)


def _newest(standing: Iterable[PartnerInput], code: str) -> dict[str, Beside]:
    found: dict[str, Beside] = {}
    for one in sorted(standing, key=lambda one: (day_of(one), one.pk)):
        for name, value in one.values.get(code, {}).items():
            found[name] = Beside(value, one.organisation, day_of(one))
    return found


def with_heard(round_: Round, replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """Return ``replies``, by municipality, with the capacity that partners have heard of where the reply is blank.

    It stays the partner's: a municipality that the number still holds for says so with one press in its form.
    """
    standing = list(inputs_of(round_).filter(withdrawn_at=None))
    return {code: replace(one, heard=_heard(standing, code, one)) for code, one in replies.items()}


def _heard(standing: Iterable[PartnerInput], code: str, reply: Reply) -> dict[Service, Heard]:
    said = {*reply.capacity, *reply.unlimited}
    found = _newest([one for one in standing if one.municipality in ("", code)], code)
    heard = {}
    for service in Service:
        told = found.get(service.value)
        if told is not None and service not in said and isinstance(told.value, int):
            heard[service] = Heard(told.value, told.organisation, told.on)
    return heard


def day_of(one: PartnerInput) -> date:
    """Return the day that input is from: as its partner says, or the day it came."""
    return one.dated or timezone.localdate(one.at)
