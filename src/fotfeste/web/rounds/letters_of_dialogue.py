"""What has happened in the dialogue, told to those it concerns: one letter a day to each, however much has happened.

A municipality's contacts get a receipt when the reply is delivered, and are told when the county has asked, answered, or
opened the reply again. The county's advisers are told which municipalities have delivered or written. Letters name what
has happened, never what was written. What somebody has answered since is no news, and nobody is told of what happened
before they got their role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.urls import reverse
from django.utils import timezone

from fotfeste.messages import Message, Translated, msg, nmsg, one_after_another
from fotfeste.web.people.models import Membership
from fotfeste.web.rounds.letter import Letter, as_adviser, as_contact
from fotfeste.web.rounds.letter_receivers import advisers_of, contacts_of, done_for
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import county_municipality, municipalities_of
from fotfeste.work.deadlines import settlement_year


class What(Enum):
    """What has happened in the dialogue with a municipality; who did it is in the name."""

    DELIVERED = auto()
    COUNTY_ENTERED = auto()
    COUNTY_REOPENED = auto()
    COUNTY_ASKED = auto()
    COUNTY_ANSWERED = auto()
    ASKED = auto()
    ANSWERED = auto()


BY_COUNTY = (What.COUNTY_ENTERED, What.COUNTY_REOPENED, What.COUNTY_ASKED, What.COUNTY_ANSWERED)
FOR_CONTACTS = (What.DELIVERED, *BY_COUNTY)
FOR_ADVISERS = (What.DELIVERED, What.ASKED, What.ANSWERED)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that has happened; ``key`` is the same every time it is looked up. ``after``: the adoption stood already."""

    key: str
    what: What
    municipality: str
    at: datetime
    after: bool = False


def news_for_contacts(round_: Round, now: datetime) -> Iterator[Letter]:
    """Yield a letter for every contact to whose municipality something has happened that they are not told of."""
    found = [one for one in happenings(round_, now) if one.what in FOR_CONTACTS]
    done = done_for(round_) if found else set()
    for member in contacts_of(round_) if found else ():
        theirs = [one for one in found if one.municipality == member.municipality]
        if news := _not_told(theirs, member, done):
            yield _to_contact(round_, member, news)


def news_for_advisers(round_: Round, now: datetime) -> Iterator[Letter]:
    """Yield one letter for every adviser about all that the municipalities have done that they are not told of."""
    found = [one for one in happenings(round_, now) if one.what in FOR_ADVISERS]
    done = done_for(round_) if found else set()
    for member in advisers_of(round_) if found else ():
        if news := _not_told(found, member, done):
            yield _to_adviser(round_, member, news)


def happenings(round_: Round, now: datetime) -> list[Happening]:
    """Return what has happened lately, the oldest first."""
    lately = (now - settlement_year().news_for, now)
    found = [*_delivered(round_, lately), *_reopened(round_, lately), *_written(round_, lately)]
    return sorted(found, key=lambda one: (one.at, one.key))


def _delivered(round_: Round, lately: tuple[datetime, datetime]) -> Iterator[Happening]:
    from fotfeste.web.dialogue.models import Delivery
    from fotfeste.web.dialogue.services import adoption_before_replies, came_after

    adopted = adoption_before_replies(round_)
    rows = Delivery.objects.filter(reply__round=round_, at__range=lately).select_related("reply")
    for one in rows.defer("values"):
        what = What.COUNTY_ENTERED if one.on_behalf else What.DELIVERED
        code = one.reply.municipality
        yield Happening(f"delivered/{code}/{one.number}", what, code, one.at, came_after(one, adopted))


def _reopened(round_: Round, lately: tuple[datetime, datetime]) -> Iterator[Happening]:
    rows = round_.replies.filter(reopened_at__range=lately).exclude(reopened_reason="")
    for code, at in rows.values_list("municipality", "reopened_at"):
        if at is not None:
            yield Happening(f"reopened/{code}/{at.isoformat()}", What.COUNTY_REOPENED, code, at)


def _written(round_: Round, lately: tuple[datetime, datetime]) -> Iterator[Happening]:
    """Yield what was written in questions, unless the other side has written after it."""
    from fotfeste.web.dialogue.questions import COUNTY

    rows = list(round_.questions.values_list("pk", "municipality", "side", "follows", "at"))
    asked_by = {pk: side for pk, _, side, follows, _ in rows if follows is None}
    last = {(follows or pk, side): pk for pk, _, side, follows, _ in rows}
    for pk, code, side, follows, at in rows:
        thread = follows or pk
        answered = any(other > pk for (one, by), other in last.items() if one == thread and by != side)
        if answered or not lately[0] <= at <= lately[1]:
            continue
        answers = follows is not None and asked_by.get(follows) != side
        if side == COUNTY:
            what = What.COUNTY_ANSWERED if answers else What.COUNTY_ASKED
        else:
            what = What.ANSWERED if answers else What.ASKED
        yield Happening(f"written/{code}/number-{pk}", what, code, at)


def _not_told(found: Iterable[Happening], member: Membership, done: set[tuple[str, int]]) -> list[Happening]:
    return [one for one in found if one.at >= member.since and (one.key, member.user_id) not in done]


def _to_contact(round_: Round, member: Membership, news: list[Happening]) -> Letter:
    code = member.municipality
    name = municipalities_of(round_)[code]
    said = list(_said_to_contact(round_, name, news))
    return Letter(
        round_,
        member.user,
        tuple(one.key for one in news),
        said[0][0]
        if len(said) == 1
        else msg(
            "Nytt om svaret fra {municipality} om bosetting i {year}",
            municipality=name,
            year=str(round_.year),
        ),
        tuple(line for _, lines in said for line in lines),
        msg("Åpne siden med svaret fra {municipality} (du må logge inn):", municipality=name),
        reverse("round_reply", kwargs={"year": round_.year, "name": round_.name, "code": code}),
        as_contact(round_, code),
        municipality=code,
    )


def _said_to_contact(
    round_: Round, name: str, news: list[Happening]
) -> Iterator[tuple[Message, tuple[Message, ...]]]:
    """Yield a subject and what is said, for each kind of news; of several of a kind the newest is told, or how many."""
    county, year = county_municipality(round_), str(round_.year)
    newest = {one.what: one for one in news}
    count = {what: sum(1 for one in news if one.what is what) for what in newest}
    if (one := newest.get(What.DELIVERED)) is not None:
        yield (
            msg("Kvittering: svaret fra {municipality} om bosetting i {year}", municipality=name, year=year),
            (
                msg(
                    "Svaret fra {municipality} om bosetting av flyktninger i {year} ble levert {day}.",
                    municipality=name,
                    year=year,
                    day=timezone.localdate(one.at),
                ),
                *_if_after_adoption(one),
                msg("Er noe feil, kan dere be {county} åpne svaret igjen.", county=county),
            ),
        )
    if (one := newest.get(What.COUNTY_ENTERED)) is not None:
        yield (
            msg("Svaret fra {municipality} om bosetting i {year} er ført inn", municipality=name, year=year),
            (
                msg(
                    "{county} førte inn svaret fra {municipality} om bosetting av flyktninger i {year} {day}. Se etter at det "
                    "stemmer.",
                    county=county,
                    municipality=name,
                    year=year,
                    day=timezone.localdate(one.at),
                ),
                *_if_after_adoption(one),
            ),
        )
    if What.COUNTY_REOPENED in newest:
        yield (
            msg(
                "Svaret fra {municipality} om bosetting i {year} er åpnet igjen", municipality=name, year=year
            ),
            (
                msg(
                    "{county} har åpnet svaret fra {municipality} om bosetting av flyktninger i {year} igjen. Det må leveres "
                    "på nytt. Grunnen står på siden.",
                    county=county,
                    municipality=name,
                    year=year,
                ),
            ),
        )
    if What.COUNTY_ASKED in newest:
        yield (
            msg(
                "{county} spør {municipality} om bosetting i {year}",
                county=county,
                municipality=name,
                year=year,
            ),
            (
                nmsg(
                    "{county} har stilt {municipality} et spørsmål om bosetting av flyktninger i {year}.",
                    "{county} har stilt {municipality} {count} spørsmål om bosetting av flyktninger i {year}.",
                    count[What.COUNTY_ASKED],
                    county=county,
                    municipality=name,
                    year=year,
                ),
            ),
        )
    if What.COUNTY_ANSWERED in newest:
        yield (
            msg(
                "{county} har svart {municipality} om bosetting i {year}",
                county=county,
                municipality=name,
                year=year,
            ),
            (
                msg(
                    "{county} har svart på det {municipality} spurte om. Det gjelder bosetting av flyktninger i {year}.",
                    county=county,
                    municipality=name,
                    year=year,
                ),
            ),
        )


def _if_after_adoption(one: Happening) -> tuple[Message, ...]:
    if not one.after:
        return ()
    return (msg("Anbefalingen var allerede vedtatt da svaret kom. Svaret endrer den ikke."),)


def _to_adviser(round_: Round, member: Membership, news: list[Happening]) -> Letter:
    return Letter(
        round_,
        member.user,
        tuple(one.key for one in news),
        msg("Nytt fra kommunene om bosetting i {year}", year=str(round_.year)),
        tuple(_said_to_adviser(round_, news)),
        msg("Åpne listen over svar (du må logge inn):"),
        reverse("round_dialogue", kwargs={"year": round_.year, "name": round_.name}),
        as_adviser(round_),
    )


def _said_to_adviser(round_: Round, news: list[Happening]) -> Iterator[Message]:
    def names(what: What, *, after: bool = False) -> Message | Translated | str:
        # Of a municipality that has done it both before and after the adoption, only the last is told.
        last = {one.municipality: one.after for one in news if one.what is what}
        found = [name for code, name in municipalities_of(round_).items() if last.get(code) is after]
        return one_after_another(found)

    if found := names(What.DELIVERED):
        yield msg("Har levert svar: {names}.", names=found)
    if found := names(What.DELIVERED, after=True):
        yield msg(
            "Har levert svar etter at anbefalingen ble vedtatt: {names}. Anbefalingen er ikke endret.",
            names=found,
        )
    if found := names(What.ASKED):
        yield msg("Har spurt fylket om noe: {names}.", names=found)
    if found := names(What.ANSWERED):
        yield msg("Har svart på spørsmål fra fylket: {names}.", names=found)
