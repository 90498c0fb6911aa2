"""Rounds: who sees which, their municipalities, and the recommendation that is ordered and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fotfeste.messages import Message, msg
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.models import Job, State
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind, Role
from fotfeste.web.rounds.made_once import made_once
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.trace.services import record
from fotfeste.work.requirements import Publication, Stage

CALCULATE, DOCUMENTS, VERIFY = "round.calculate", "round.documents", "round.verify"
REMINDERS, LETTERS, FORGET = "round.reminders", "round.letters", "round.forget_typed"
REVISE = "round.revise"
EXAMPLE_COUNTY, EXAMPLE_NAME, EXAMPLE_YEAR, EXAMPLE_TOTAL = "40", "Telemark", 2027, 545
"""The example, with the total that the guides use."""
KEPT_COUNTIES, KEPT_NUMBERS = 40, 20
"""Counties whose names, and recommendations whose numbers, are kept in memory at a time."""


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


def county_municipality(round_: Round) -> Message:
    """Return the county municipality whose round it is; Oslo is its own."""
    from fotfeste.reports.documents.basis import OSLO

    if round_.county == OSLO:
        return msg("{name} kommune", name=round_.county_name)
    return msg("{name} fylkeskommune", name=round_.county_name)


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
    return dict(_municipalities(round_.county, round_.year))


def own_municipalities(actor: Actor, round_: Round) -> tuple[str, ...]:
    """Return the municipalities of the round that ``actor`` is the contact of, in the round's order."""
    held = {one.municipality for one in actor.held if one.role is Role.MUNICIPALITY_CONTACT}
    return tuple(code for code in municipalities_of(round_) if code in held)


@made_once(KEPT_COUNTIES)
def _municipalities(county: str, year: int) -> Mapping[str, str]:
    from fotfeste.regions import load_regions
    from fotfeste.regions.names import norwegian_order

    found = load_regions().municipalities(year, county)
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


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a recommendation was made from, as it was read at ``at``: the request, and what the county and others chose.

    ``weighed`` is the number of the version of the weighing, ``replied`` the checksum of the replies
    (:func:`fotfeste.web.dialogue.services.checksum_of`).
    """

    total: int
    minors: int
    weighed: int
    replied: str
    at: datetime

    @property
    def columns(self) -> dict[str, Any]:
        """The same as the round keeps it."""
        return {
            "made_total": self.total,
            "made_minors": self.minors,
            "weighed": self.weighed,
            "replied": self.replied,
            "calculated_at": self.at,
        }


def keep_recommendation(pk: int, text: str, checksum: str, made_from: MadeFrom) -> None:
    """Keep the round's recommendation, and order what follows from it; one that stands is left as it is."""
    kept = Round.objects.filter(pk=pk, bundle__isnull=True).update(
        bundle=text.encode(), bundle_checksum=checksum, **made_from.columns
    )
    if not kept:
        return
    Round.objects.filter(pk=pk, is_example=True).update(state=Stage.WEIGHING.value)
    round_ = Round.objects.defer("bundle").get(pk=pk)
    if round_.is_example:
        _order_what_follows(round_)
    record(NOBODY, "round.calculated", thing_of(round_), {"checksum": checksum})


def replace_recommendation(by: Actor, round_: Round, text: str, checksum: str, made_from: MadeFrom) -> None:
    """Let a recommendation take the place of the one that stands.

    For those who weigh or revise: they hold the round (:func:`held`) and have seen that it still is what they began from.
    What was adopted is not touched. An example stays as it is.
    """
    with transaction.atomic():
        Round.objects.filter(pk=round_.pk, is_example=False).update(
            bundle=text.encode(),
            bundle_checksum=checksum,
            check_result=None,
            checked_at=None,
            **made_from.columns,
        )
        record(by, "round.calculated", thing_of(round_), {"checksum": checksum})


def _order_what_follows(example: Round) -> None:
    """Order what nobody is there to order for an example: that it is checked once, and its documents."""
    from fotfeste.web.rounds.archives import order_documents
    from fotfeste.web.rounds.checks import order_check

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


@made_once(KEPT_NUMBERS)
def numbers_of(pk: int, checksum: str) -> Mapping[str, int]:
    """Return the recommended numbers by municipality, minors included, of the round's bundle with ``checksum``."""
    from fotfeste.settlement.bundle import bundle_of_text

    return dict(bundle_of_text(bundle_text(pk, checksum), checksum).outcome.numbers)


def calculation_under_way(rounds: Iterable[Round]) -> dict[int, Job]:
    """Return the newest order of a recommendation for each round that has none, by the round's id."""
    waiting = [one for one in rounds if not one.ready]
    found_jobs = ((one.pk, jobs.latest(CALCULATE, str(one.pk))) for one in waiting)
    return {pk: job for pk, job in found_jobs if job is not None}
