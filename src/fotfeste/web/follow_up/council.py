"""The draft case paper for a council as the workspace makes it: from the recommendation, the reply, the request and the rates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from fotfeste.web.dialogue.needs import ENDED, shown_to_municipality
from fotfeste.web.dialogue.services import replies_of
from fotfeste.web.follow_up import rates, services
from fotfeste.web.follow_up.recommendation import recommendation_for
from fotfeste.web.rights.declared import Actor, allowed
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.models import Round

if TYPE_CHECKING:
    from fotfeste.reports.blocks import Document
    from fotfeste.reports.documents.council_case import CouncilCase, Measure, Part, Proposed
    from fotfeste.settlement.facts import YearFigures
    from fotfeste.settlement.replies import Reply


def paper_for(
    actor: Actor, round_: Round, code: str, parts: Iterable[Part], proposed: Proposed | None = None
) -> Document | None:
    """Return the draft for the council of the municipality ``code``, in the language it has decided, as ``actor`` may see it.

    The number is a blank until somebody has chosen what the proposal builds on.
    Only the municipality's own contact gets its exact counts; everybody else's version hides few people. There is
    nothing where there is no recommendation that ``actor`` may build on.
    """
    from fotfeste.reports.documents.compose import letter_locale
    from fotfeste.reports.documents.council_paper import council_paper
    from fotfeste.web.rounds.showing import basis_for

    seen = recommendation_for(services.viewer_of(actor, round_, code), round_)
    if seen is None:
        return None
    basis = basis_for(seen, "nb")
    spoken = letter_locale(code, basis)
    if spoken != "nb":
        basis = basis_for(seen, spoken)
    one = next(each for each in basis.results if each.code == code)
    return council_paper(one, basis, case_for(actor, round_, code, parts, proposed))


def case_for(
    actor: Actor, round_: Round, code: str, parts: Iterable[Part], proposed: Proposed | None = None
) -> CouncilCase:
    """Return what is known for a municipality's paper."""
    from fotfeste.reports.documents.council_case import CouncilCase, Proposed

    requests = services.requests_of(round_)
    standing = rates.newest(code) if allowed(actor, Action.VIEW, rates.thing_of(code)) else None
    return CouncilCase(
        viewer=services.viewer_of(actor, round_, code),
        issued=timezone.localdate(),
        request=requests.by_code.get(code) if requests else None,
        decision=services.decisions_of(round_).get(code),
        reply=_reply(round_, code),
        earlier=_earlier(round_, code),
        measures=_measures(round_, code),
        rates=rates.rates_of(standing) if standing else None,
        deadlines=deadlines_of(round_),
        parts=frozenset(parts),
        proposed=proposed or Proposed.BLANK,
    )


def _reply(round_: Round, code: str) -> Reply | None:
    replies = replies_of(round_)
    return replies.by_code.get(code) if replies else None


def _earlier(round_: Round, code: str) -> tuple[YearFigures, ...]:
    from fotfeste.reports.documents.council_case import years_of
    from fotfeste.web.follow_up.cohorts import earlier_years

    return years_of(earlier_years(round_, code))


def _measures(round_: Round, code: str) -> list[Measure]:
    """Return what was heard in the dialogue and is still to be done, of what the municipality may see."""
    from fotfeste.reports.documents.council_case import Measure

    return [
        Measure(one.text, one.follow_up, one.due)
        for one in shown_to_municipality(round_, code)
        if one.state not in ENDED
    ]
