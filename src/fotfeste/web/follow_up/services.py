"""What became of a round as it stands: who may see what of it, the board, and what other apps need to know.

What changes it stands in :mod:`.entering`, :mod:`.importing` and :mod:`.attention`. Nothing is overwritten: of several the
newest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fotfeste.messages import msg
from fotfeste.regions import load_regions
from fotfeste.settlement.follow_up.board import Board, Cohort
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import SettlementStatus
from fotfeste.settlement.follow_up.steps import COUNTY, OTHERS, Viewer
from fotfeste.settlement.revision import Standing
from fotfeste.settlement.status_file import HIDDEN_BELOW, Status
from fotfeste.statistics.disclosure import hide_small
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.web.follow_up import models
from fotfeste.web.follow_up.stored import decision_of, request_of, status_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind, Role
from fotfeste.web.rounds.models import Round
from fotfeste.work.municipal_stages import AfterFacts
from fotfeste.work.requirements import Stage

AFTER = frozenset({Stage.SENT.value, Stage.CLOSED.value})


def names_of(round_: Round) -> dict[str, str]:
    """Return the municipalities of the round's county in its year, by code."""
    return {one.code: one.name for one in load_regions().municipalities(round_.year, round_.county)}


def thing_of(round_: Round, municipality: str = "") -> Thing:
    """Return the follow-up of the whole county, or of one municipality, as the rights see it."""
    return Thing(Kind.OUTCOME, str(round_.pk), county=round_.county, municipality=municipality)


def may(actor: Actor, action: Action, round_: Round, municipality: str = "") -> bool:
    """Whether ``actor`` may do ``action`` with the follow-up."""
    return allowed(actor, action, thing_of(round_, municipality))


def viewer_of(actor: Actor, round_: Round, municipality: str = "") -> Viewer:
    """Return as whom ``actor`` looks: the county, one municipality on its own page, or anybody else."""
    if may(actor, Action.VIEW, round_):
        return COUNTY
    if municipality and may(actor, Action.VIEW, round_, municipality):
        return municipality
    return OTHERS


def own_municipalities(actor: Actor, round_: Round) -> list[str]:
    """Return the municipalities of the round's county that ``actor`` is the contact of."""
    return sorted(
        held.municipality
        for held in actor.held
        if held.role is Role.MUNICIPALITY_CONTACT and held.municipality[:2] == round_.county
    )


def role_of(actor: Actor, round_: Round, municipality: str = "") -> str:
    """Return the role that ``actor`` acts in here."""
    thing = thing_of(round_, municipality)
    for held in actor.held:
        if allowed(Actor(actor.user_id, actor.pseudonym, (held,)), Action.VIEW, thing):
            return held.role.value
    return ""


def begun(round_: Round) -> bool:
    """Whether the recommendation has been sent, so that requests, decisions and people may follow.

    A round that has gone back to be revised is followed on: councils decide meanwhile.
    """
    return round_.state in AFTER or round_.steps.filter(after=Stage.SENT.value).exists()


def requests_of(round_: Round) -> Requests | None:
    """Return the requests that hold, by municipality; nothing when none are known."""
    rows = models.MunicipalRequest.objects.filter(round=round_).order_by("number")
    by_code: dict[str, MunicipalRequest] = {one.municipality: request_of(one) for one in rows}
    return Requests(round_.year, by_code) if by_code else None


def decisions_of(round_: Round) -> dict[str, Decision]:
    """Return the newest decision of each municipality that has one."""
    rows = models.Decision.objects.filter(round=round_).order_by("number")
    return {one.municipality: decision_of(one) for one in rows}


def statuses_of(round_: Round) -> tuple[SettlementStatus | None, SettlementStatus | None]:
    """Return the status that holds and the one of the day before it; of two of the same day the later entered holds."""
    rows = list(models.StatusReport.objects.filter(round=round_).order_by("-as_of", "-at", "-pk"))
    if not rows:
        return None, None
    earlier = next((one for one in rows if one.as_of < rows[0].as_of), None)
    return status_of(rows[0], round_.year), status_of(earlier, round_.year) if earlier else None


@dataclass(frozen=True, slots=True)
class Now:
    """What is known of one municipality: requested, decided and settled; missing where nobody has supplied it."""

    requested: Figure
    decided: Figure
    settled: Figure


def now_of(round_: Round) -> tuple[dict[str, Now], date | str, str]:
    """Return what is known of every municipality, exact, with the day and the source of what is settled.

    What the county has brought in goes before what the data hold of the year.
    """
    from fotfeste.web.follow_up.cohorts import known_of_year

    known = known_of_year(round_)
    requests, decisions = requests_of(round_), decisions_of(round_)
    status, _ = statuses_of(round_)
    found = {}
    for code in names_of(round_):
        held = known.get(code)
        request = requests.by_code.get(code) if requests else None
        decision = decisions.get(code)
        told = decision is not None and decision.given
        settled = status.by_code.get(code) if status else None
        found[code] = Now(
            request.persons if request else held.requested if held else Figure.missing(),
            decision.decided if decision and told else held.decided if held else Figure.missing(),
            settled.persons if settled else held.settled if held else Figure.missing(),
        )
    if status is not None:
        return found, status.as_of, status.origin
    newest = next(iter(known.values()), None)
    return found, newest.as_of if newest else "", newest.source if newest else ""


def outcomes(round_: Round, today: date | None = None) -> Mapping[str, AfterFacts]:
    """Return what has happened with each municipality after the round was sent, as the stages of a round want it.

    Hidden numbers count as the least that they can be. A year that is over has ended.
    """
    sent, over = begun(round_), (today or timezone.localdate()).year > round_.year
    now, _, _ = now_of(round_)
    return {
        code: AfterFacts(
            sent=sent,
            published=one.requested.mark is Mark.NOT_ASKED,
            requested=_least(one.requested),
            decided=_least(one.decided),
            settled=_least(one.settled),
            ended=over,
        )
        for code, one in now.items()
    }


def _least(figure: Figure) -> int | None:
    if figure.mark in (Mark.MISSING, Mark.NOT_ASKED) or figure.low is None:
        return None
    return int(figure.low)


def standing(round_: Round) -> Status | None:
    """Return what is decided and settled so far, as a revision of the recommendation wants it; nothing when neither is known.

    Settled persons from one to four are hidden: the revision goes into a bundle that others may read.
    """
    now, as_of, origin = now_of(round_)
    if all(one.decided.mark is Mark.MISSING and one.settled.mark is Mark.MISSING for one in now.values()):
        return None
    by_code = {
        code: Standing(one.decided, hide_small(one.settled, HIDDEN_BELOW)) for code, one in now.items()
    }
    if not as_of:
        days = [one.dated for one in decisions_of(round_).values() if one.given and one.dated is not None]
        as_of = max(days)
    return Status(by_code, as_of.isoformat() if isinstance(as_of, date) else as_of, origin)


def board_of(round_: Round, viewer: Actor | Viewer, cohort: Cohort | None = None) -> Board:
    """Return the board of a cohort, by default the round's own year, as ``viewer`` may see it."""
    from fotfeste.web.follow_up.cohorts import board_for

    return board_for(round_, viewer_of(viewer, round_) if isinstance(viewer, Actor) else viewer, cohort)


NOT_BEGUN = msg("Oppfølgingen begynner når anbefalingen er sendt.")
