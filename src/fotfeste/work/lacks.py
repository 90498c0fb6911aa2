"""What is not in place before a round goes on, in words, with the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fotfeste.messages import Message, msg, nmsg, one_after_another
from fotfeste.work.requirements import Publication, Requirement, RoundFacts


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not in place, the way out, and the codes of the municipalities it is about."""

    what: Message
    remedy: Message
    municipalities: tuple[str, ...] = ()


def lack(requirement: Requirement, facts: RoundFacts) -> Lack | None:
    """Return what is not in place of ``requirement``; ``None`` where it is."""
    return _LACKS[requirement](facts)


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
