"""What may have to be in place before a round goes on, and what is known of it; what lacks stands in :mod:`.lacks`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fotfeste.messages import Message, msg


class Stage(StrEnum):
    """How far a round has come."""

    PREPARED = "prepared"
    DIALOGUE = "dialogue"
    WEIGHING = "weighing"
    ADOPTED = "adopted"
    SENT = "sent"
    CLOSED = "closed"


class Publication(StrEnum):
    """Whether the county shows its recommendation to all."""

    UNDECIDED = "undecided"
    NOT_PUBLIC = "not_public"
    PUBLIC = "public"


class Requirement(StrEnum):
    """Something that must be in place, by its stable id."""

    MUNICIPALITIES_KNOWN = "municipalities_known"
    TOTAL_KNOWN = "total_known"
    LESSONS_WRITTEN = "lessons_written"
    DEADLINE_AHEAD = "deadline_ahead"
    DEADLINE_PASSED = "deadline_passed"
    ALL_REPLIED = "all_replied"
    RECOMMENDATION_MADE = "recommendation_made"
    RECOMMENDATION_CURRENT = "recommendation_current"
    DOCUMENTS_MADE = "documents_made"
    ADOPTION_FILLED = "adoption_filled"
    SENT_ON_KNOWN = "sent_on_known"
    PUBLICATION_DECIDED = "publication_decided"
    NOT_PUBLIC = "not_public"
    YEAR_PASSED = "year_passed"
    REQUESTS_ENDED = "requests_ended"
    DECISIONS_ENDED = "decisions_ended"
    SETTLEMENT_ENDED = "settlement_ended"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who adopted the recommendation: a ``body``, or somebody by ``delegation`` from one; with case number and day."""

    body: str = ""
    delegation: str = ""
    case_number: str = ""
    decided_on: date | None = None

    def lacking(self) -> tuple[Message, ...]:
        """Return the names of what is not filled in."""
        found = []
        if not (self.body.strip() or self.delegation.strip()):
            found.append(msg("hvem som vedtok, eller hvem som hadde delegert myndighet"))
        if not self.case_number.strip():
            found.append(msg("saksnummer"))
        if self.decided_on is None:
            found.append(msg("dato for vedtaket"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What is known of one round when it is asked where it can go.

    ``municipalities`` and ``replies_…`` are counts of municipalities: ``delivered`` in time, ``late``, and
    ``missing`` where one was asked and has not answered. ``recommendation_current``: the recommendation was worked
    out after the last change of anything it rests on, a late reply included; ``documents_made``: of the
    recommendation as it stands. ``lessons_written`` is about the county's round of the year before: ``None`` where
    there was none. ``year_passed``: the year of the round is over. ``open_…`` are the codes of this round's own municipalities that wait for a request, for a
    decision of the council, or for people to come; those of other years are no part of it.
    """

    stage: Stage
    municipalities: int = 0
    total_known: bool = False
    lessons_written: bool | None = None
    replies_delivered: int = 0
    replies_late: int = 0
    replies_missing: int = 0
    deadline_passed: bool = False
    recommendation_made: bool = False
    recommendation_current: bool = False
    documents_made: bool = False
    adoption: Adoption = field(default_factory=Adoption)
    sent_on: date | None = None
    publication: Publication = Publication.UNDECIDED
    year_passed: bool = False
    open_requests: tuple[str, ...] = ()
    open_decisions: tuple[str, ...] = ()
    open_settlement: tuple[str, ...] = ()


def requirement_name(requirement: Requirement) -> Message:
    """Return what must be in place, in words."""
    return {
        Requirement.MUNICIPALITIES_KNOWN: msg("runden har kommuner"),
        Requirement.TOTAL_KNOWN: msg("fylkets måltall er kjent"),
        Requirement.LESSONS_WRITTEN: msg("det er skrevet hva fylket lærte av runden året før"),
        Requirement.DEADLINE_AHEAD: msg("kommunene får en svarfrist som ikke er ute"),
        Requirement.DEADLINE_PASSED: msg("svarfristen er ute, eller alle har svart"),
        Requirement.ALL_REPLIED: msg("alle kommuner har svart"),
        Requirement.RECOMMENDATION_MADE: msg("anbefalingen er regnet ut"),
        Requirement.RECOMMENDATION_CURRENT: msg("anbefalingen er regnet ut etter den siste endringen"),
        Requirement.DOCUMENTS_MADE: msg("dokumentene er laget"),
        Requirement.ADOPTION_FILLED: msg("hvem som vedtok, saksnummer og dato er ført inn"),
        Requirement.SENT_ON_KNOWN: msg("datoen for oversendelsen er ført inn"),
        Requirement.PUBLICATION_DECIDED: msg("det er avgjort om anbefalingen skal publiseres"),
        Requirement.NOT_PUBLIC: msg("anbefalingen er ikke publisert"),
        Requirement.YEAR_PASSED: msg("året er omme"),
        Requirement.REQUESTS_ENDED: msg("ingen kommuner venter på anmodning"),
        Requirement.DECISIONS_ENDED: msg("ingen kommuner mangler vedtak"),
        Requirement.SETTLEMENT_ENDED: msg("bosettingen er fullført eller avsluttet i alle kommuner"),
    }[requirement]


def can_be_judged(requirement: Requirement, facts: RoundFacts) -> bool:
    """Whether it can be told already that ``requirement`` is met, where nothing lacks.

    Nothing is settled while nobody has been asked, and nothing that is not made can be made anew.
    """
    match requirement:
        case Requirement.LESSONS_WRITTEN:
            return facts.lessons_written is not None
        case Requirement.RECOMMENDATION_CURRENT | Requirement.DOCUMENTS_MADE:
            return facts.recommendation_made
        case Requirement.DECISIONS_ENDED:
            return not facts.open_requests
        case Requirement.SETTLEMENT_ENDED:
            return not (facts.open_requests or facts.open_decisions)
        case _:
            return True
