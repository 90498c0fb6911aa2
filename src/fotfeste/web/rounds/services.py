"""Rounds: who sees which, what is ordered for them in the background, and what is kept of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fotfeste.messages import Message, Translated, msg
from fotfeste.settings import LOCALES
from fotfeste.statistics.sources import EMBEDDED
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.trace.services import record
from fotfeste.work.requirements import Publication, Stage

log = logging.getLogger(__name__)

CALCULATE, DOCUMENTS, VERIFY = "round.calculate", "round.documents", "round.verify"
REMINDERS, INVITE, FORGET = "round.reminders", "round.invite", "round.forget_typed"
REVISE = "round.revise"
EXAMPLE_COUNTY, EXAMPLE_NAME, EXAMPLE_YEAR, EXAMPLE_TOTAL = "40", "Telemark", 2027, 545
"""The example, with the total that the guides use."""


def ensure_example() -> Round:
    """Return the example round, and order what it lacks: its recommendation, and then its documents."""
    with transaction.atomic():
        example, _ = Round.objects.get_or_create(
            county=EXAMPLE_COUNTY,
            year=EXAMPLE_YEAR,
            is_example=True,
            defaults={"county_name": EXAMPLE_NAME, "total": EXAMPLE_TOTAL},
        )
        if not example.ready:
            order_calculation(example, NOBODY)
        else:
            _order_what_follows(example)
    return example


def title_of(round_: Round) -> Message | str:
    """Return the round's title as people wrote it, or what it is called when nobody has."""
    if round_.title:
        return round_.title
    return msg("Bosetting i {county} i {year}", county=round_.county_name, year=str(round_.year))


def thing_of(round_: Round) -> Thing:
    """Return the round as the rights see it: an example is as open as the figures about places are."""
    if round_.is_example:
        return Thing(Kind.PLACE, str(round_.pk), county=round_.county)
    return Thing(
        Kind.ROUND,
        str(round_.pk),
        county=round_.county,
        owner_id=round_.created_by_id,
        shared_with=frozenset(round_.shared_with),
    )


def may(actor: Actor, action: Action, round_: Round) -> bool:
    """Whether ``actor`` may do ``action`` with the round; everybody may see one that is published."""
    return allowed(actor, action, thing_of(round_)) or (action is Action.VIEW and is_published(round_))


def is_published(round_: Round) -> bool:
    """Whether the county has made the round open to all."""
    return round_.publication == Publication.PUBLIC


def counties_of(actor: Actor) -> tuple[str, ...]:
    """Return the counties that ``actor`` may open rounds in."""
    counties = sorted({one.county for one in actor.held if one.county})
    return tuple(one for one in counties if allowed(actor, Action.ADD, Thing(Kind.ROUND, county=one)))


def visible_to(actor: Actor, year: int | None = None) -> list[Round]:
    """Return the rounds that ``actor`` may see, the newest year first; without their bundles."""
    rounds = Round.objects.defer("bundle")
    if year is not None:
        rounds = rounds.filter(year=year)
    return [one for one in rounds if may(actor, Action.VIEW, one)]


def found(year: int, name: str) -> Round | None:
    """Return the round that an address names, without its bundle."""
    county = name.removeprefix("eksempel-")
    rounds = Round.objects.defer("bundle").filter(year=year, county=county, is_example=name != county)
    return rounds.first()


def held(round_: Round) -> Round:
    """Return the round as it stands, held until the transaction ends; without its bundle."""
    return Round.objects.select_for_update().defer("bundle").get(pk=round_.pk)


def municipalities_of(round_: Round) -> dict[str, str]:
    """Return the municipalities of the round: their names by code, in the order of names."""
    from fotfeste.regions import load_regions
    from fotfeste.regions.names import norwegian_order

    found = load_regions().municipalities(round_.year, round_.county)
    return {one.code: one.name for one in sorted(found, key=lambda one: norwegian_order(one.name))}


def arguments_of(round_: Round) -> dict[str, Any]:
    """Return the arguments that every piece of work for a round has: which, and what to call it."""
    return {"round": round_.pk, "county": round_.county_name, "year": round_.year}


def order_calculation(round_: Round, by: Actor) -> Job:
    """Order the round's recommendation."""
    made = timezone.localdate().isoformat()
    key = f"{round_.pk}"
    standing = jobs.latest(CALCULATE, key)
    if standing is not None and standing.state in (State.QUEUED, State.RUNNING):
        return standing
    return jobs.submit(CALCULATE, arguments_of(round_) | {"made": made}, key, by, again=True)


def keep_recommendation(pk: int, text: str, checksum: str) -> None:
    """Keep the round's recommendation, and order what follows from it; one that stands is left as it is."""
    kept = Round.objects.filter(pk=pk, bundle__isnull=True).update(
        bundle=text.encode(), bundle_checksum=checksum, calculated_at=timezone.now()
    )
    if not kept:
        return
    Round.objects.filter(pk=pk, is_example=True).update(state=Stage.WEIGHING.value)
    round_ = Round.objects.defer("bundle").get(pk=pk)
    if round_.is_example:
        _order_what_follows(round_)
    record(NOBODY, "round.calculated", thing_of(round_), {"checksum": checksum})


def replace_recommendation(by: Actor, round_: Round, text: str, checksum: str, weighed: int) -> None:
    """Let a recommendation take the place of the one that stands, made from version ``weighed`` of the weighing.

    For those who weigh, within their transaction or without one. What was adopted is not touched. An example stays as it is.
    """
    with transaction.atomic():
        Round.objects.filter(pk=round_.pk, is_example=False).update(
            bundle=text.encode(),
            bundle_checksum=checksum,
            weighed=weighed,
            calculated_at=timezone.now(),
            check_result=None,
            checked_at=None,
        )
        record(by, "round.calculated", thing_of(round_), {"checksum": checksum})


def _order_what_follows(example: Round) -> None:
    """Order what nobody is there to order for an example: that it is checked once, and its documents."""
    if example.check_result is None:
        order_check(example, NOBODY)
    order_documents(example, settings.FOTFESTE.locale, NOBODY)


def bundle_text(pk: int, checksum: str = "") -> str:
    """Return the round's bundle as it stands in its file: that with ``checksum``, also when only an adoption holds it."""
    held, standing = Round.objects.values_list("bundle", "bundle_checksum").get(pk=pk)
    if checksum and standing != checksum:
        adopted = Adoption.objects.filter(round=pk, bundle_checksum=checksum)
        held = adopted.values_list("bundle", flat=True).first()
    return bytes(held or b"").decode()


def order_check(round_: Round, by: Actor) -> Job:
    """Order that the recommendation is computed anew and compared; as often as anyone asks, but one at a time."""
    arguments = arguments_of(round_) | {"checksum": round_.bundle_checksum}
    return jobs.submit(VERIFY, arguments, _check_key(round_), by, again=True)


def check_under_way(round_: Round) -> Job | None:
    """Return the newest order to check this recommendation, however it went."""
    return jobs.latest(VERIFY, _check_key(round_))


def _check_key(round_: Round) -> str:
    return f"{round_.pk}:{round_.bundle_checksum}"


def keep_check(pk: int, checksum: str, result: dict[str, Any]) -> None:
    """Keep what a check gave, if the recommendation is still the one that was checked, and with what was adopted."""
    now = timezone.now()
    Round.objects.filter(pk=pk, bundle_checksum=checksum).update(check_result=result, checked_at=now)
    Adoption.objects.filter(round=pk, bundle_checksum=checksum).update(check_result=result, checked_at=now)


@dataclass(frozen=True, slots=True)
class Checked:
    """What computing a recommendation anew last gave: when, whether all was the same, what was not, and the data.

    ``data`` are data set, version, and whether it is at hand.
    """

    at: datetime
    same: bool
    municipalities: int
    program: str
    made: date
    differences: tuple[Message | Translated | str, ...]
    by_newer_engine: tuple[Message | Translated | str, ...]
    data: tuple[tuple[Message | Translated | str, Message | str, Message], ...]


AT_HAND: dict[str, Message] = {
    "same": msg("finnes her, uendret"),
    "changed": msg("finnes her, men er endret"),
    "absent": msg("finnes ikke her lenger"),
    "own": msg("fylkets egen fil"),
}


def _version(name: str) -> Message | str:
    return msg("følger med Fotfeste") if name == EMBEDDED else name


def check_in_messages(round_: Round) -> Checked | None:
    """Return what the last check of the round gave; nothing when it has never been checked."""
    result = round_.check_result
    if result is None or round_.checked_at is None:
        return None
    return Checked(
        timezone.localtime(round_.checked_at),
        result["same"],
        result["municipalities"],
        result["program"],
        date.fromisoformat(result["made"]),
        tuple(told(one) for one in result["differences"]),
        tuple(told(one) for one in result["by_newer_engine"]),
        tuple(
            (told(one["title"]), _version(one["version"]), AT_HAND[one["found"]]) for one in result["data"]
        ),
    )


def order_documents(round_: Round, locale: str, by: Actor) -> Job:
    """Order the documents in one language; made anew when they were made once but are not at hand."""
    again = not documents_path(round_, locale).is_file()
    arguments = arguments_of(round_) | {"checksum": round_.bundle_checksum, "locale": locale}
    return jobs.submit(DOCUMENTS, arguments, _documents_key(round_, locale), by, again=again)


def documents_under_way(round_: Round, locale: str) -> Job | None:
    """Return the newest order of the documents in one language, however it went."""
    return jobs.latest(DOCUMENTS, _documents_key(round_, locale))


def _documents_key(round_: Round, locale: str) -> str:
    return f"{round_.pk}:{round_.bundle_checksum}:{locale}"


def documents_path(round_: Round, locale: str) -> Path:
    """Return where the documents lie: their name is given by what they are made from, so that no other ever lies there."""
    return _documents_folder() / f"{round_.year}-{round_.name}-{round_.bundle_checksum[:16]}-{locale}.zip"


def _documents_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "bosetting"


def remove_unused_documents() -> None:
    """Remove the archives that no round has any use for: those of recommendations and rounds that are no more.

    The folder is read before the rounds, so that an archive that comes meanwhile is not taken for one of these. Who
    reads one that is removed, reads it to its end.
    """
    lying = list(_documents_folder().glob("*.zip"))
    used = {
        documents_path(one, locale)
        for one in Round.objects.defer("bundle")
        if one.ready
        for locale in LOCALES
    }
    for path in lying:
        if path not in used:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("documents that nothing refers to could not be removed: %s", error)


def calculation_under_way(rounds: Iterable[Round]) -> dict[int, Job]:
    """Return the newest order of a recommendation for each round that has none, by the round's id."""
    waiting = [one for one in rounds if not one.ready]
    found_jobs = ((one.pk, jobs.latest(CALCULATE, str(one.pk))) for one in waiting)
    return {pk: job for pk, job in found_jobs if job is not None}
