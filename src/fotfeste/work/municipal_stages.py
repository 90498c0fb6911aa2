"""How far each municipality has come within a round: its reply, the request to it, its decision, and settlement.

These run for months after the round is sent, while the next round has begun; so they belong to the municipality and the
round together, and are read from what has happened. A number that is not known is ``None`` and never counts as nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fotfeste.messages import Message, msg


class ReplyStage(StrEnum):
    """How far the reply has come; ``NONE``: asked, and the county no longer waits."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    DRAFT = "draft"
    DELIVERED = "delivered"
    DELIVERED_LATE = "delivered_late"
    REOPENED = "reopened"
    NONE = "none"


class RequestStage(StrEnum):
    """How far IMDi's request has come; not to be asked is another thing than to be asked for nobody.

    ``NONE``: no request is known, and none is waited for.
    """

    NONE = "none"
    EXPECTED = "expected"
    ASKED = "asked"
    NOT_ASKED = "not_asked"


class DecisionStage(StrEnum):
    """What the municipal council has decided, beside what it was asked for; ``UNDECIDED``: over without a decision.

    ``NONE``: there is nothing to decide; ``NOT_YET``: whether there is, is not known before the request.
    """

    NONE = "none"
    NOT_YET = "not_yet"
    EXPECTED = "expected"
    DECIDED = "decided"
    DECLINED = "declined"
    FEWER = "decided_fewer"
    MORE = "decided_more"
    UNDECIDED = "undecided"


class SettlementStage(StrEnum):
    """How far settlement has come against the decision.

    ``NONE``: nobody is to be settled; ``NOT_YET``: how many, is not known before the decision; ``UNKNOWN``: no status says how many are; ``ENDED``: over, and still not known.
    """

    NONE = "none"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    ENDED_SHORT = "ended_short"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What has happened with a reply.

    ``deadline`` is the municipality's own, put off or not. ``delivered_on`` is the day it was first delivered: one that
    came in time and was opened again is never late. ``reopened``: the county has opened it, and it is not delivered
    anew. ``waiting_ended``: the county goes on without it.
    """

    asked_on: date | None = None
    deadline: date | None = None
    drafted: bool = False
    delivered_on: date | None = None
    reopened: bool = False
    waiting_ended: bool = False


@dataclass(frozen=True, slots=True)
class AfterFacts:
    """What has happened after the round was sent: persons are whole numbers, minors included.

    Where the source hides a number (1–4), it is the least that it can be, so that nothing is said to be complete too soon.
    ``published``: IMDi's requests for the year are known, so that a municipality without one was not asked. ``ended``:
    the year is over or settlement is called off, and nobody more comes under this decision.
    """

    sent: bool = False
    published: bool = False
    requested: int | None = None
    decided: int | None = None
    settled: int | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class MunicipalStage:
    """Where a municipality stands in a round, in all four respects."""

    reply: ReplyStage
    request: RequestStage
    decision: DecisionStage
    settlement: SettlementStage

    @property
    def ended(self) -> bool:
        """Whether nothing more is waited for after the reply."""
        return not (
            self.request is RequestStage.EXPECTED
            or self.decision is DecisionStage.EXPECTED
            or self.settlement in _UNENDED
        )


_UNENDED = (SettlementStage.UNKNOWN, SettlementStage.NOT_BEGUN, SettlementStage.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Open:
    """The municipalities that still wait for something, by code, in the order they came in."""

    requests: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    settlement: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MunicipalFacts:
    """All that has happened with one municipality in a round."""

    reply: ReplyFacts = field(default_factory=ReplyFacts)
    after: AfterFacts = field(default_factory=AfterFacts)


def reply_stage(facts: ReplyFacts) -> ReplyStage:
    """Return how far the reply has come."""
    if facts.delivered_on is not None:
        if facts.reopened:
            return ReplyStage.REOPENED
        late = facts.deadline is not None and facts.delivered_on > facts.deadline
        return ReplyStage.DELIVERED_LATE if late else ReplyStage.DELIVERED
    if facts.asked_on is None:
        return ReplyStage.NOT_ASKED
    if facts.waiting_ended:
        return ReplyStage.NONE
    return ReplyStage.DRAFT if facts.drafted else ReplyStage.ASKED


def request_stage(facts: AfterFacts) -> RequestStage:
    """Return how far IMDi's request has come."""
    if facts.requested is not None:
        return RequestStage.ASKED
    if facts.published:
        return RequestStage.NOT_ASKED
    return RequestStage.EXPECTED if facts.sent and not facts.ended else RequestStage.NONE


def decision_stage(facts: AfterFacts) -> DecisionStage:
    """Return what the council has decided: to settle nobody is to decline, unless nobody was asked for.

    A council may decide without a request; then it has decided neither fewer nor more.
    """
    if facts.decided is None:
        if facts.requested is None and not facts.published and not facts.ended:
            return DecisionStage.NOT_YET
        if not facts.requested:
            return DecisionStage.NONE
        return DecisionStage.UNDECIDED if facts.ended else DecisionStage.EXPECTED
    if facts.decided == 0 and facts.requested != 0:
        return DecisionStage.DECLINED
    if facts.requested is None or facts.decided == facts.requested:
        return DecisionStage.DECIDED
    return DecisionStage.FEWER if facts.decided < facts.requested else DecisionStage.MORE


def settlement_stage(facts: AfterFacts) -> SettlementStage:
    """Return how far settlement has come against the council's decision."""
    if not facts.decided:
        if not facts.settled and decision_stage(facts) in (DecisionStage.NOT_YET, DecisionStage.EXPECTED):
            return SettlementStage.NOT_YET
        if not facts.settled:
            return SettlementStage.NONE
        return SettlementStage.COMPLETE if facts.decided == 0 or facts.ended else SettlementStage.UNDER_WAY
    if facts.settled is None:
        return SettlementStage.ENDED if facts.ended else SettlementStage.UNKNOWN
    if facts.settled >= facts.decided:
        return SettlementStage.COMPLETE
    if facts.ended:
        return SettlementStage.ENDED_SHORT
    return SettlementStage.UNDER_WAY if facts.settled else SettlementStage.NOT_BEGUN


def municipal_stage(facts: MunicipalFacts) -> MunicipalStage:
    """Return where a municipality stands."""
    after = facts.after
    return MunicipalStage(
        reply_stage(facts.reply), request_stage(after), decision_stage(after), settlement_stage(after)
    )


def open_of(stages: Mapping[str, MunicipalStage]) -> Open:
    """Return the municipalities that wait for a request, a decision or for people to come; see :class:`RoundFacts`."""
    return Open(
        tuple(code for code, one in stages.items() if one.request is RequestStage.EXPECTED),
        tuple(code for code, one in stages.items() if one.decision is DecisionStage.EXPECTED),
        tuple(code for code, one in stages.items() if one.settlement in _UNENDED),
    )


def reply_stage_name(stage: ReplyStage) -> Message:
    """Return where a reply stands, in words."""
    return {
        ReplyStage.NOT_ASKED: msg("ikke spurt"),
        ReplyStage.ASKED: msg("spurt, ikke begynt"),
        ReplyStage.DRAFT: msg("påbegynt"),
        ReplyStage.DELIVERED: msg("levert"),
        ReplyStage.DELIVERED_LATE: msg("levert etter fristen"),
        ReplyStage.REOPENED: msg("åpnet igjen"),
        ReplyStage.NONE: msg("ikke svart"),
    }[stage]


def request_stage_name(stage: RequestStage) -> Message:
    """Return where the request stands, in words."""
    return {
        RequestStage.NONE: msg("ingen anmodning er kjent"),
        RequestStage.EXPECTED: msg("venter på anmodning"),
        RequestStage.ASKED: msg("anmodet"),
        RequestStage.NOT_ASKED: msg("ikke anmodet"),
    }[stage]


def decision_stage_name(stage: DecisionStage) -> Message:
    """Return where the council's decision stands, in words."""
    return {
        DecisionStage.NONE: msg("trengs ikke"),
        DecisionStage.NOT_YET: msg("kommer etter anmodningen"),
        DecisionStage.EXPECTED: msg("venter på vedtak"),
        DecisionStage.DECIDED: msg("vedtak er gjort"),
        DecisionStage.DECLINED: msg("sagt nei"),
        DecisionStage.FEWER: msg("vedtatt færre enn anmodet"),
        DecisionStage.MORE: msg("vedtatt flere enn anmodet"),
        DecisionStage.UNDECIDED: msg("avsluttet uten vedtak"),
    }[stage]


def settlement_stage_name(stage: SettlementStage) -> Message:
    """Return where settlement stands, in words."""
    return {
        SettlementStage.NONE: msg("ingen skal bosettes"),
        SettlementStage.NOT_YET: msg("kommer etter vedtaket"),
        SettlementStage.UNKNOWN: msg("ingen status ennå"),
        SettlementStage.NOT_BEGUN: msg("ikke begynt"),
        SettlementStage.UNDER_WAY: msg("i gang"),
        SettlementStage.COMPLETE: msg("fullført"),
        SettlementStage.ENDED_SHORT: msg("avsluttet med færre enn vedtatt"),
        SettlementStage.ENDED: msg("avsluttet, antallet er ikke kjent"),
    }[stage]
