"""What needs attention on the board: each alert with its rule, threshold, figure, day and a sentence, to be put away with a reason.

An alert is made of what the board shows its viewer, so that it never tells of a hidden count more than its bounds: with
bounds it is told only where it holds for every number within them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.follow_up.alert_kinds import KINDS
from fotfeste.settlement.follow_up.board import Board
from fotfeste.settlement.follow_up.steps import Step
from fotfeste.settlement.follow_up.thresholds import AlertRule, Thresholds
from fotfeste.statistics.figure import Figure

SHORTEST_REASON = 5
"""Letters in a reason for putting an alert away; fewer say nothing."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that needs attention.

    ``size`` is how far the figure is from what it is compared with, in the rule's unit; ``figures`` are those compared,
    by name of step. ``code`` is a municipality, or the county where the alert is about it. ``on`` is the day of the figure.
    """

    rule: AlertRule
    code: str
    name: str
    cohort: str
    size: int
    figures: tuple[tuple[Step, Figure], ...]
    on: date
    sentence: Message
    about: str = ""

    @property
    def subject(self) -> str:
        """What the alert is about, the same however the figure changes: rule, cohort and municipality."""
        return ":".join(filter(None, (self.rule.id, self.cohort, self.code, self.about)))

    @property
    def step(self) -> int:
        """How bad it is, in whole steps of the rule; it grows when the figure becomes worse."""
        return -(-self.size // self.rule.step)

    @property
    def key(self) -> str:
        """The stable key that a dismissal names: what it is about, and how bad it was."""
        return f"{self.subject}:{self.step}"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """That a person in a role has put an alert away, with the reason; it stands until the figure becomes worse."""

    key: str
    reason: str
    by_role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sorted:
    """Alerts that stand, and those that somebody has put away, each with the dismissal that holds."""

    standing: tuple[Alert, ...]
    dismissed: tuple[tuple[Alert, Dismissal], ...]


def alerts(board: Board, thresholds: Thresholds, today: date) -> tuple[Alert, ...]:
    """Return everything on the board that passes its threshold, rule by rule in their order, then by municipality."""
    found: list[Alert] = []
    for rule in thresholds.rules:
        if rule.off:
            continue
        if rule.id == "no_status":
            found += _no_status(board, rule, today)
            continue
        for row in board.rows:
            hit = KINDS[rule.id](row, board, today)
            if hit is not None and hit.size > rule.threshold:
                found.append(
                    Alert(
                        rule, row.code, row.name, board.cohort.period, hit.size, hit.figures, hit.on, hit.sentence,
                        hit.about,
                    )
                )  # fmt: skip
    return tuple(found)


def _no_status(board: Board, rule: AlertRule, today: date) -> list[Alert]:
    """Return that the county lacks a fresh status of the year; a year that is over for as long is left alone."""
    year = board.cohort.one_year
    if year is None or today.year != year:
        return []
    since = board.status_on or date(year, 1, 1)
    days = (today - since).days
    if days <= rule.threshold:
        return []
    sentence = (
        nmsg(
            "Siste status over bosatte er fra {day}, {count} dag siden.",
            "Siste status over bosatte er fra {day}, {count} dager siden.",
            days,
            day=since,
        )
        if board.status_on
        else msg("Det er ikke lagt inn noen status over bosatte i {year}.", year=str(year))
    )
    return [Alert(rule, board.county_code, board.county, board.cohort.period, days, (), today, sentence)]


def dismiss(alert: Alert, reason: str, by_role: str, at: datetime) -> Dismissal:
    """Return that an alert is put away; raises :class:`InputError` without a reason or a role."""
    if len(reason.strip()) < SHORTEST_REASON or not by_role.strip():
        raise InputError(
            "alerts.reason",
            msg("Et varsel kan bare legges bort med en begrunnelse og en rolle."),
            remedy=msg("Skriv hvorfor varselet ikke trenger oppfølging."),
        )
    return Dismissal(alert.key, reason.strip(), by_role.strip(), at)


def sort_out(found: Iterable[Alert], dismissals: Iterable[Dismissal]) -> Sorted:
    """Return which alerts stand and which are put away.

    A dismissal holds while the figure is as bad as it was then, or better. Where several hold, the newest is told.
    """
    by_subject: dict[str, list[tuple[int, Dismissal]]] = {}
    for one in dismissals:
        subject, _, step = one.key.rpartition(":")
        if step.isdigit():
            by_subject.setdefault(subject, []).append((int(step), one))
    standing: list[Alert] = []
    dismissed: list[tuple[Alert, Dismissal]] = []
    for alert in found:
        holding = [one for step, one in by_subject.get(alert.subject, ()) if step >= alert.step]
        if holding:
            dismissed.append((alert, max(holding, key=lambda one: one.at)))
        else:
            standing.append(alert)
    return Sorted(tuple(standing), tuple(dismissed))
