"""The newest open round of a county, as pages about places tell of it: where it is found, and what it recommends.

Which rounds are open is asked of the database, and the answer holds for a moment, so that many readers ask it once.
Pages about places do without a database: when it does not answer, they tell of no round.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.db import Error

from fotfeste.errors import FotfesteError
from fotfeste.web.rights.actor import NOBODY
from fotfeste.web.rights.roles import Action
from fotfeste.web.rounds import services
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.published import as_seen_by

log = logging.getLogger(__name__)

HOLDS = 2.0
"""Seconds that the answer holds."""


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that anyone may read, with its recommendation: ``total`` persons, named by its checksum."""

    pk: int
    county: str
    year: int
    name: str
    is_example: bool
    total: int
    checksum: str


_held: tuple[float, tuple[OpenRound, ...]] | None = None


def open_rounds() -> tuple[OpenRound, ...]:
    """Return the rounds that anyone may read, the newest year first."""
    global _held
    held, now = _held, time.monotonic()
    if held is not None and now < held[0]:
        return held[1]
    found = _asked()
    _held = (now + HOLDS, found)
    return found


def _asked() -> tuple[OpenRound, ...]:
    try:
        rounds = list(Round.objects.defer("bundle").exclude(bundle_checksum=""))
        seen = [as_seen_by(NOBODY, one) for one in rounds if services.may(NOBODY, Action.VIEW, one)]
    except Error as error:
        log.warning("places are shown without rounds, the database does not answer: %s", type(error).__name__)
        return ()
    return tuple(
        OpenRound(one.pk, one.county, one.year, one.name, one.is_example, one.total or 0, one.bundle_checksum)
        for one in seen
        if one.ready
    )


def forget() -> None:
    """Ask the database the next time."""
    global _held
    _held = None


def latest_open(county: str) -> OpenRound | None:
    """Return the newest open round of ``county``; nothing when there is none."""
    return next((one for one in open_rounds() if one.county == county), None)


def state() -> str:
    """Return what changes when an open round comes, goes or gets another recommendation."""
    return " ".join(f"{one.year}/{one.name}/{one.checksum}" for one in open_rounds())


def number_in(round_: OpenRound, code: str) -> int | None:
    """Return the number recommended for the municipality ``code``; nothing when it is not in the round."""
    try:
        return services.numbers_of(round_.pk, round_.checksum).get(code)
    except (Error, FotfesteError, Round.DoesNotExist) as error:
        log.warning("the recommendation of round %s cannot be read: %s", round_.pk, type(error).__name__)
        return None
