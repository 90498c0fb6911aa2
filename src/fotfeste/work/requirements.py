"""What may have to be in place before a round goes on, and whether it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fotfeste.messages import Message, msg, nmsg, one_after_another


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


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not in place, the way out, and the codes of the municipalities it is about."""

    what: Message
    remedy: Message
    municipalities: tuple[str, ...] = ()


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


def lack(requirement: Requirement, facts: RoundFacts) -> Lack | None:
    """Return what is not in place of ``requirement``; ``None`` where it is."""
    return _LACKS[requirement](facts)


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


def _municipalities(facts: RoundFacts) -> Lack | None:
    if facts.municipalities > 0:
        return None
    return Lack(msg("Runden har ingen kommuner."), msg("Legg inn kommunene som runden gjelder."))


def _total(facts: RoundFacts) -> Lack | None:
    if facts.total_known:
        return None
    return Lack(
        msg("Fylkets måltall er ikke kjent."), msg("Før inn hvor mange som skal bosettes i fylket i alt.")
    )


def _lessons(facts: RoundFacts) -> Lack | None:
    if facts.lessons_written is not False:
        return None
    return Lack(
        msg("Det er ikke skrevet hva fylket lærte av runden året før."),
        msg("Skriv det i fjorårets runde, eller oppgi en grunn til å vente."),
    )


def _deadline_ahead(facts: RoundFacts) -> Lack | None:
    if not facts.deadline_passed:
        return None
    return Lack(
        msg("Svarfristen er ute før kommunene er spurt."),
        msg("Sett en ny svarfrist her, eller oppgi en grunn til å la den stå."),
    )


def _deadline(facts: RoundFacts) -> Lack | None:
    if facts.deadline_passed or not facts.replies_missing:
        return None
    return Lack(
        msg("Svarfristen er ikke ute."),
        msg("Vent til fristen er ute, eller oppgi en grunn til å gå videre nå."),
    )


def _replies(facts: RoundFacts) -> Lack | None:
    if not facts.replies_missing:
        return None
    return Lack(
        nmsg(
            "Én kommune har ikke svart. {replied} har svart.",
            "{count} kommuner har ikke svart. {replied} har svart.",
            facts.replies_missing,
            replied=facts.replies_delivered + facts.replies_late,
        ),
        msg("Minn kommunene om svaret, eller oppgi en grunn til å gå videre uten."),
    )


def _recommendation(facts: RoundFacts) -> Lack | None:
    if facts.recommendation_made:
        return None
    return Lack(msg("Anbefalingen er ikke regnet ut."), msg("Regn ut anbefalingen."))


def _current(facts: RoundFacts) -> Lack | None:
    if facts.recommendation_current or not facts.recommendation_made:
        return None
    return Lack(
        msg("Noe er endret etter at anbefalingen ble regnet ut."), msg("Regn ut anbefalingen på nytt.")
    )


def _documents(facts: RoundFacts) -> Lack | None:
    if facts.documents_made:
        return None
    return Lack(msg("Dokumentene er ikke laget."), msg("Lag dokumentene av anbefalingen som den står."))


def _adoption(facts: RoundFacts) -> Lack | None:
    lacking = facts.adoption.lacking()
    if not lacking:
        return None
    return Lack(
        msg("Om vedtaket mangler: {fields}.", fields=one_after_another(lacking)),
        msg("Før inn organet eller delegeringen, saksnummeret og datoen."),
    )


def _sent_on(facts: RoundFacts) -> Lack | None:
    if facts.sent_on is not None:
        return None
    return Lack(
        msg("Det er ikke ført inn når anbefalingen ble sendt."), msg("Før inn datoen for oversendelsen.")
    )


def _publication(facts: RoundFacts) -> Lack | None:
    if facts.publication is not Publication.UNDECIDED:
        return None
    return Lack(
        msg("Det er ikke avgjort om anbefalingen skal publiseres."),
        msg("Velg om den skal publiseres, eller oppgi en grunn til å la det stå åpent."),
    )


def _not_public(facts: RoundFacts) -> Lack | None:
    if facts.publication is not Publication.PUBLIC:
        return None
    return Lack(
        msg("Anbefalingen er publisert."),
        msg("Trekk den tilbake fra den åpne siden først, eller lag en revisjon."),
    )


def _year(facts: RoundFacts) -> Lack | None:
    if facts.year_passed:
        return None
    return Lack(
        msg("Året er ikke omme."), msg("Vent til året er omme, eller oppgi en grunn til å avslutte nå.")
    )


def _requests(facts: RoundFacts) -> Lack | None:
    if not (codes := facts.open_requests):
        return None
    return Lack(
        nmsg("Én kommune venter på anmodning.", "{count} kommuner venter på anmodning.", len(codes)),
        msg("Før inn anmodningene fra IMDi, eller oppgi en grunn til å avslutte uten."),
        codes,
    )


def _decisions(facts: RoundFacts) -> Lack | None:
    if not (codes := facts.open_decisions):
        return None
    return Lack(
        nmsg("Én kommune mangler vedtak.", "{count} kommuner mangler vedtak.", len(codes)),
        msg("Før inn vedtakene fra kommunestyrene, eller oppgi en grunn til å avslutte uten."),
        codes,
    )


def _settlement(facts: RoundFacts) -> Lack | None:
    if not (codes := facts.open_settlement):
        return None
    return Lack(
        nmsg(
            "Bosettingen er ikke fullført eller avsluttet i én kommune.",
            "Bosettingen er ikke fullført eller avsluttet i {count} kommuner.",
            len(codes),
        ),
        msg("Før inn hvor mange som er bosatt, eller oppgi en grunn til å avslutte nå."),
        codes,
    )


_LACKS: Mapping[Requirement, Callable[[RoundFacts], Lack | None]] = {
    Requirement.MUNICIPALITIES_KNOWN: _municipalities,
    Requirement.TOTAL_KNOWN: _total,
    Requirement.LESSONS_WRITTEN: _lessons,
    Requirement.DEADLINE_AHEAD: _deadline_ahead,
    Requirement.DEADLINE_PASSED: _deadline,
    Requirement.ALL_REPLIED: _replies,
    Requirement.RECOMMENDATION_MADE: _recommendation,
    Requirement.RECOMMENDATION_CURRENT: _current,
    Requirement.DOCUMENTS_MADE: _documents,
    Requirement.ADOPTION_FILLED: _adoption,
    Requirement.SENT_ON_KNOWN: _sent_on,
    Requirement.PUBLICATION_DECIDED: _publication,
    Requirement.NOT_PUBLIC: _not_public,
    Requirement.YEAR_PASSED: _year,
    Requirement.REQUESTS_ENDED: _requests,
    Requirement.DECISIONS_ENDED: _decisions,
    Requirement.SETTLEMENT_ENDED: _settlement,
}
