"""What was recommended, told to each municipality when the county has sent it, and again when a revision is sent.

Only what is adopted and sent is told, and it is read from the bytes that were adopted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.people.models import Membership
from fotfeste.web.rounds.changes import deadlines_of
from fotfeste.web.rounds.letter import Letter, as_contact
from fotfeste.web.rounds.letter_receivers import contacts_of, done_for
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.sent_out import sent_adoption
from fotfeste.web.rounds.services import county_municipality, municipalities_of, numbers_of
from fotfeste.web.upkeep.logs import event
from fotfeste.work.requirements import Stage

SENT = "sent"
COUNCIL = "council"


def recommendations(round_: Round, today: date) -> Iterator[Letter]:
    """Yield the letter to every contact who has not been told of what is sent now.

    Not where the council has answered already: what it was recommended is no news then.
    """
    from fotfeste.web.follow_up.services import outcomes

    adopted = sent_adoption(round_)
    if round_.state != Stage.SENT or adopted is None:
        return
    done = done_for(round_)
    waiting = [one for one in contacts_of(round_) if (_key(adopted.number, one), one.user_id) not in done]
    if not waiting:
        return
    try:
        numbers = numbers_of(round_.pk, adopted.bundle_checksum)
    except FotfesteError as error:
        event("round.letter_failed", round=round_.pk, fault=type(error).__name__)
        return
    after = outcomes(round_, today)
    for one in waiting:
        decided = after[one.municipality].decided is not None
        if not decided and one.municipality in numbers:
            yield _letter(
                round_, adopted, one, numbers[one.municipality], _told_before(adopted, one, done), today
            )


def _key(number: int, member: Membership) -> str:
    return f"{SENT}/{number}/{member.municipality}"


def _told_before(adopted: Adoption, member: Membership, done: set[tuple[str, int]]) -> int:
    """Return the number of the earlier adoption that this person was told of last; 0 when they were told of none."""
    earlier = range(adopted.number - 1, 0, -1)
    return next((one for one in earlier if (_key(one, member), member.user_id) in done), 0)


def _letter(
    round_: Round, adopted: Adoption, member: Membership, number: int, told: int, today: date
) -> Letter:
    code, year = member.municipality, str(round_.year)
    name = municipalities_of(round_)[code]
    kwargs = {"year": round_.year, "name": round_.name, "code": code}
    subject = msg(
        "Anbefalingen om bosetting i {municipality} i {year} er sendt", municipality=name, year=year
    )
    if told:
        subject = msg(
            "Anbefalingen om bosetting i {municipality} i {year} er endret", municipality=name, year=year
        )
    return Letter(
        round_,
        member.user,
        (_key(adopted.number, member),),
        subject,
        (
            *_what(round_, name, number),
            *_before(round_, code, number, told),
            *_what_now(round_, adopted, code, today),
        ),
        msg(
            "Les hvorfor tallet for {municipality} ble slik, og brevet til kommunen (du må logge inn):",
            municipality=name,
        ),
        reverse("round_municipality", kwargs=kwargs),
        as_contact(round_, code),
        municipality=code,
        adopted=adopted.number,
    )


def _what(round_: Round, name: str, number: int) -> Iterator[Message]:
    county, year = county_municipality(round_), str(round_.year)
    if number:
        yield nmsg(
            "{county} har anbefalt IMDi å be {municipality} om å bosette {count} flyktning i {year}.",
            "{county} har anbefalt IMDi å be {municipality} om å bosette {count} flyktninger i {year}.",
            number,
            county=county,
            municipality=name,
            year=year,
        )
    else:
        yield msg(
            "{county} har anbefalt IMDi 0 for {municipality}: at kommunen ikke blir bedt om å bosette flyktninger i {year}.",
            county=county,
            municipality=name,
            year=year,
        )
    if round_.sent_on is not None:
        yield msg("Anbefalingen ble sendt {day}.", day=round_.sent_on)


def _before(round_: Round, code: str, number: int, told: int) -> Iterator[Message]:
    """Say what the municipality was told before, when this takes its place."""
    if not told:
        return
    adopted = Adoption.objects.defer("bundle").get(round=round_, number=told)
    before = numbers_of(round_.pk, adopted.bundle_checksum).get(code)
    if before is None:
        return
    if before == number:
        yield msg("Den tar plassen til en tidligere anbefaling. Tallet for kommunen er det samme som før.")
    else:
        yield msg(
            "Den tar plassen til en tidligere anbefaling, der tallet for kommunen var {before}.",
            before=before,
        )


def _what_now(round_: Round, adopted: Adoption, code: str, today: date) -> Iterator[Message]:
    """Say what follows, and by when and where the municipality can have its say."""
    yield msg(
        "Dette er en anbefaling. IMDi avgjør hva kommunen blir bedt om, og kommunestyret gjør sitt eget vedtak."
    )
    yield from _comments(round_, adopted, code, today)


def _comments(round_: Round, adopted: Adoption, code: str, today: date) -> Iterator[Message]:
    """Say by when and to whom comments are sent: as the case has it, or here, before the council decides."""
    facts, county = adopted.case_facts, county_municipality(round_)
    path = reverse("round_reply", kwargs={"year": round_.year, "name": round_.name, "code": code})
    link = f"{settings.FOTFESTE.serving.base_url}{path}#sporsmal"
    if to := facts.get("comments_to", ""):
        yield msg("Merknader sendes til {address}.", address=to)
        yield msg("Spørsmål kan dere stille {county} i Fotfeste: {link}", county=county, link=link)
    else:
        yield msg(
            "Spørsmål og merknader skriver dere til {county} i Fotfeste: {link}", county=county, link=link
        )
    by = _day(facts.get("comments_by", ""))
    council = _day(facts.get("council_by", "")) or _own_date(round_)
    if by is not None:
        yield (
            msg("Fristen for merknader er {day}.", day=by)
            if by >= today
            else msg("Fristen for merknader var {day}.", day=by)
        )
    elif council is not None and council >= today:
        yield msg(
            "Send merknader i god tid før fristen for vedtaket i kommunestyret, som er {day}.", day=council
        )
    else:
        yield msg("Send merknader før kommunestyret gjør vedtaket sitt.")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _own_date(round_: Round) -> date | None:
    """Return when councils are to have decided, where the county itself has said so."""
    return next((one.on for one in deadlines_of(round_) if one.id == COUNCIL and one.own), None)
