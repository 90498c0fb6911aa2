"""What has been done with a round, newest first: steps, adoptions, changes of the request, and what was made open to all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.people.models import User
from fotfeste.web.rights.roles import Kind
from fotfeste.web.rounds.models import Adoption, RequestChange, Round, Step
from fotfeste.web.trace.models import Entry
from fotfeste.work.requirements import Stage
from fotfeste.work.stages import stage_name

PUBLISHED: dict[str, Message] = {
    "round.published": msg("Publisert: det som er vedtatt, ble åpent for alle"),
    "round.taken_back": msg("Trukket tilbake fra den åpne siden"),
    "round.kept_closed": msg("Avgjort at anbefalingen ikke er åpen for alle"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done: what, when, by whom and why; ``address`` is of the page that shows it."""

    at: datetime
    what: Message
    by: str
    reason: str = ""
    address: str = ""


def history_of(round_: Round) -> tuple[Done, ...]:
    """Return what has been done with the round, newest first."""
    found = [*_steps(round_), *_adoptions(round_), *_changes(round_), *_published(round_)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _steps(round_: Round) -> Iterator[Done]:
    for one in Step.objects.filter(round=round_).select_related("by").order_by("-number"):
        if not one.before:
            name = msg("Åpnet runden")
        else:
            before, after = Stage(one.before), Stage(one.after)
            name = msg("{before} → {after}", before=stage_name(before), after=stage_name(after))
        yield Done(one.at, name, _name(one.by), one.reason)


def _adoptions(round_: Round) -> Iterator[Done]:
    adoptions = Adoption.objects.defer("bundle").filter(round=round_).select_related("by")
    for one in adoptions:
        name = nmsg(
            "Vedtak {number} ført inn: {count} person, {body}, sak {case}",
            "Vedtak {number} ført inn: {count} personer, {body}, sak {case}",
            one.total,
            number=one.number,
            body=one.body,
            case=one.case_number,
        )
        kwargs = {"year": round_.year, "name": round_.name, "number": one.number}
        yield Done(one.at, name, _name(one.by), one.reason, reverse("round_adoption", kwargs=kwargs))
        if one.annulled_at is not None:
            yield Done(one.annulled_at, msg("Vedtak {number} ble opphevet", number=one.number), "")


def _changes(round_: Round) -> Iterator[Done]:
    for one in RequestChange.objects.filter(round=round_).select_related("by"):
        yield Done(one.at, change_told(one), _name(one.by), one.reason)


def change_told(one: RequestChange) -> Message:
    """Return what was changed about the request, in a sentence."""
    total = None
    if one.total != one.total_before:
        if one.total_before is None:
            total = msg("Måltallet ble kjent: {new}", new=one.total)
        elif one.total is None:
            total = msg("Måltallet ble ukjent igjen. Det var {old}", old=one.total_before)
        else:
            total = msg("Måltallet endret fra {old} til {new}", old=one.total_before, new=one.total)
    if one.minors == one.minors_before:
        return total or msg("Måltallet er det samme")
    minors = msg("enslige mindreårige endret fra {old} til {new}", old=one.minors_before, new=one.minors)
    if total is None:
        return msg("Tallet på {minors}", minors=minors)
    return msg("{total}; {minors}", total=total, minors=minors)


def _published(round_: Round) -> Iterator[Done]:
    entries = list(Entry.objects.filter(kind=Kind.ROUND.value, object=str(round_.pk), act__in=PUBLISHED))
    actors = {one.actor for one in entries if one.actor}
    names = {str(one.pseudonym): one.name for one in User.objects.filter(pseudonym__in=actors)}
    for one in entries:
        yield Done(one.at, PUBLISHED[one.act], names.get(one.actor, ""))


def _name(user: User | None) -> str:
    return user.name if user else ""
