"""What became of a round as it stands: who may see what of it, the board, and what other apps need to know.

What changes it stands in :mod:`.entering`, :mod:`.requests_table`, :mod:`.status_table` and :mod:`.attention`. Nothing is overwritten: of several the
newest holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from fotfeste.messages import msg
from fotfeste.settlement.follow_up import now
from fotfeste.settlement.follow_up.board import Board, Cohort
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.now import NowOfAll
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests
from fotfeste.settlement.follow_up.status import SettlementStatus
from fotfeste.settlement.follow_up.steps import COUNTY, OTHERS, Viewer
from fotfeste.settlement.status_file import Status
from fotfeste.statistics.figure import Mark
from fotfeste.web.follow_up import models
from fotfeste.web.follow_up.recommendation import AFTER
from fotfeste.web.follow_up.stored import decision_of, request_of, status_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.work.municipal_stages import AfterFacts
from fotfeste.work.requirements import Stage


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


def now_of(round_: Round) -> NowOfAll:
    """Return what is known of every municipality, exact, with the day and the source of what is settled."""
    from fotfeste.web.follow_up.cohorts import known_of_year

    status, _ = statuses_of(round_)
    known = known_of_year(round_)
    return now.now_of(
        rounds.municipalities_of(round_), known, requests_of(round_), decisions_of(round_), status
    )


def outcomes(round_: Round, today: date | None = None) -> Mapping[str, AfterFacts]:
    """Return what has happened with each municipality after the round was sent, as the stages of a round want it.

    Hidden numbers count as the least that they can be. A year that is over has ended.
    """
    sent, over = begun(round_), (today or timezone.localdate()).year > round_.year
    return {
        code: AfterFacts(
            sent=sent,
            published=one.requested.mark is Mark.NOT_ASKED,
            requested=now.least(one.requested),
            decided=now.least(one.decided),
            settled=now.least(one.settled),
            ended=over,
        )
        for code, one in now_of(round_).by_code.items()
    }


def standing(round_: Round) -> Status | None:
    """Return what is decided and settled so far, as a revision of the recommendation wants it; nothing when neither is known."""
    return now.status_so_far(now_of(round_), decisions_of(round_).values(), timezone.localdate())


def board_of(round_: Round, viewer: Actor | Viewer, cohort: Cohort | None = None) -> Board:
    """Return the board of a cohort, by default the round's own year, as ``viewer`` may see it."""
    from fotfeste.web.follow_up.cohorts import board_for

    return board_for(round_, viewer_of(viewer, round_) if isinstance(viewer, Actor) else viewer, cohort)


NOT_BEGUN = msg("Oppfølgingen begynner når anbefalingen er sendt.")
