"""Writing down what IMDi asked a municipality for, and what its council decided. The newest holds; what was, stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.settlement.follow_up.as_data import figure_as_data
from fotfeste.settlement.follow_up.decisions import Decision, decision_faults
from fotfeste.settlement.follow_up.requests import MunicipalRequest, request_faults
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.stored import decision_of, fields_of, request_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record


@dataclass(frozen=True, slots=True)
class Clash:
    """That somebody else has written meanwhile: what holds now, and its number. Nothing is stored."""

    number: int
    standing: Any


def held(round_: Round) -> None:
    """Hold the round until the transaction ends, so that of two who write at once the second sees the first.

    Raises :class:`InputError` before the recommendation has been sent.
    """
    Round.objects.select_for_update().only("pk").get(pk=round_.pk)
    if not services.begun(Round.objects.defer("bundle").get(pk=round_.pk)):
        raise InputError(
            "follow_up.early",
            services.NOT_BEGUN,
            remedy=msg("Send anbefalingen først."),
        )


def enter_request(
    by: Actor, round_: Round, request: MunicipalRequest, seen: int, today: date | None = None
) -> int | Clash:
    """Write down the request to one municipality; return its number.

    ``seen`` is the number of the request that held when the form was made, zero for none. The same form sent twice is stored
    once. Raises :class:`InputError` with everything that is wrong.
    """
    faults = request_faults(request, rounds.municipalities_of(round_))
    refuse([*faults, *future(request.dated, today, "requests")], "requests.faults")
    with transaction.atomic():
        held(round_)
        newest = newest_request(round_, request.code)
        number = newest.number if newest else 0
        if number != seen:
            if newest and number == seen + 1 and newest.by_id == by.user_id and request_of(newest) == request:
                return number
            return Clash(number, request_of(newest) if newest else None)
        if newest and request_of(newest) == request:
            return number
        add_request(by, round_, request, number + 1)
        thing = services.thing_of(round_, request.code)
        record(by, "outcome.request_entered", thing, {"version": str(number + 1)})
    return number + 1


def newest_request(round_: Round, code: str) -> models.MunicipalRequest | None:
    """Return the request that holds for a municipality."""
    found = models.MunicipalRequest.objects.filter(round=round_, municipality=code)
    return found.order_by("-number").first()


def add_request(by: Actor, round_: Round, request: MunicipalRequest, number: int) -> None:
    """Store one request under its number, within the caller's transaction."""
    models.MunicipalRequest.objects.create(
        round=round_,
        municipality=request.code,
        number=number,
        persons=figure_as_data(request.persons),
        minors=figure_as_data(request.minors),
        dated=request.dated,
        source=request.source[:200],
        reference=request.reference,
        by_id=by.user_id,
        role=services.role_of(by, round_, request.code),
    )


def decide(by: Actor, round_: Round, decision: Decision, seen: int, today: date | None = None) -> int | Clash:
    """Write down what a council decided, refused or is to decide; return its number.

    As :func:`enter_request`. Reservations are pointed to where the decision is shown; they never keep it out.
    """
    names = rounds.municipalities_of(round_)
    refuse(decision_faults(decision, names, today or timezone.localdate()), "decision.faults")
    with transaction.atomic():
        held(round_)
        newest = newest_decision(round_, decision.code)
        number = newest.number if newest else 0
        if number != seen:
            if (
                newest
                and number == seen + 1
                and newest.by_id == by.user_id
                and decision_of(newest) == decision
            ):
                return number
            return Clash(number, decision_of(newest) if newest else None)
        if newest and decision_of(newest) == decision:
            return number
        models.Decision.objects.create(
            round=round_,
            number=number + 1,
            by_id=by.user_id,
            role=services.role_of(by, round_, decision.code),
            **fields_of(decision),
        )
        thing = services.thing_of(round_, decision.code)
        record(by, "outcome.decision_entered", thing, {"version": str(number + 1)})
    return number + 1


def newest_decision(round_: Round, code: str) -> models.Decision | None:
    """Return the decision that holds for a municipality."""
    found = models.Decision.objects.filter(round=round_, municipality=code)
    return found.order_by("-number").first()


def future(day: date, today: date | None, code: str) -> list[Problem]:
    """Return that a day has not been yet, where it has not."""
    if day <= (today or timezone.localdate()):
        return []
    what = msg("Datoen {day} har ikke vært ennå.", day=day)
    return [Problem(f"{code}.future", what, None, msg("Skriv datoen som tallene gjelder."))]


def refuse(problems: list[Problem], code: str) -> None:
    """Raise :class:`InputError` with ``problems`` when there are any."""
    if len(problems) == 1:
        only = problems[0]
        raise InputError(only.code, only.what, place=only.place, remedy=only.remedy)
    if problems:
        raise InputError(
            code,
            msg("Opplysningene har feil som må rettes ({number}).", number=len(problems)),
            problems=problems,
        )
