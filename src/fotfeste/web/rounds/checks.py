"""Computing a recommendation anew and comparing: ordered by whoever may see it, and what it last gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from fotfeste.messages import Message, Translated, msg
from fotfeste.statistics.sources import EMBEDDED
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.kept_messages import told
from fotfeste.web.jobs.models import Job
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.services import VERIFY, arguments_of


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
