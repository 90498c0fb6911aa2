"""What needs attention in a round: alerts by the county's own limits, put away with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.settlement.follow_up.alerts import Alert, Sorted, alerts, dismiss, sort_out
from fotfeste.settlement.follow_up.board import Board, Cohort
from fotfeste.settlement.follow_up.thresholds import Thresholds, load_thresholds
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.entering import Clash, held
from fotfeste.web.follow_up.stored import dismissals_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Own:
    """A county's own limits for a round: by rule, ``None`` for one that is turned off; ``number`` names this edition."""

    values: Mapping[str, int | None]
    number: int


def own_thresholds(round_: Round) -> Own:
    """Return the county's own limits that hold; none and number zero when it has set none."""
    newest = models.Thresholds.objects.filter(round=round_).order_by("-pk").first()
    return Own(newest.values, newest.pk) if newest else Own({}, 0)


def thresholds_of(round_: Round) -> Thresholds:
    """Return the limits of a round; what the county has set for rules that are no more is passed by."""
    rules = load_thresholds()
    known = {one.id for one in rules.rules}
    return rules.with_changes(
        {name: one for name, one in own_thresholds(round_).values.items() if name in known}
    )


def attention(round_: Round, board: Board, today: date | None = None) -> Sorted:
    """Return what needs attention on a board, and what has been put away."""
    found = alerts(board, thresholds_of(round_), today or timezone.localdate())
    return sort_out(found, dismissals_of(models.Dismissal.objects.filter(round=round_)))


def put_away(by: Actor, round_: Round, key: str, reason: str, today: date | None = None) -> Alert:
    """Put the alert with ``key`` away with a reason; once more is no more.

    Raises :class:`InputError` without a reason, and with the code ``alerts.gone`` for an alert that no longer stands so.
    """
    found = attention(round_, services.board_of(round_, "county", Cohort.of(round_.year)), today)
    alert = next((one for one in found.standing if one.key == key), None)
    if alert is None:
        already = next((one for one, _ in found.dismissed if one.key == key), None)
        if already is not None:
            return already
        raise InputError(
            "alerts.gone",
            msg("Varselet står ikke lenger slik det gjorde da du åpnet siden."),
            remedy=msg("Se på tallene på nytt."),
        )
    role = services.role_of(by, round_)
    stored = dismiss(alert, reason, role, timezone.now())
    if len(stored.reason) > LONGEST_REASON:
        raise InputError("alerts.reason", msg("Begrunnelsen er for lang."), remedy=msg("Bruk færre ord."))
    with transaction.atomic():
        held(round_)
        if not models.Dismissal.objects.filter(round=round_, key=stored.key).exists():
            models.Dismissal.objects.create(
                round=round_, key=stored.key, reason=stored.reason, at=stored.at, by_id=by.user_id, role=role
            )
            thing = services.thing_of(round_, alert.code if len(alert.code) == 4 else "")
            record(by, "outcome.alert_dismissed", thing, {"rule": alert.rule.id})
    return alert


def set_thresholds(by: Actor, round_: Round, values: Mapping[str, int | None], seen: int) -> int | Clash:
    """Set the county's own limits for a round; rules that are left out have the limit that comes with Fotfeste.

    ``seen`` is the number of the limits that the form was made from. Raises :class:`InputError` with every fault.
    """
    rules = load_thresholds()
    rules.with_changes(values)
    own = {name: one for name, one in values.items() if one is None or one != rules[name].default}
    with transaction.atomic():
        held(round_)
        standing = own_thresholds(round_)
        if standing.values == own:
            return standing.number
        if standing.number != seen:
            return Clash(standing.number, standing.values)
        made = models.Thresholds.objects.create(
            round=round_, values=own, by_id=by.user_id, role=services.role_of(by, round_)
        )
        record(by, "outcome.thresholds_changed", services.thing_of(round_))
    return made.pk
