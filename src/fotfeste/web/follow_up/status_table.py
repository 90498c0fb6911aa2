"""IMDi's status of those settled: read whole, shown beside what stands, and taken in when a person has said yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from fotfeste.errors import Problem
from fotfeste.messages import msg
from fotfeste.regions import load_regions
from fotfeste.settlement.follow_up.status import Settled, SettlementStatus, falls, read_settlement_status
from fotfeste.statistics.figure import Figure
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.entering import future, held, refuse
from fotfeste.web.follow_up.preview import Line, Preview, Taken, signed, unsigned
from fotfeste.web.follow_up.stored import settled_as_data, settled_of_data, status_of
from fotfeste.web.follow_up.uploaded_table import LIMITS, read_uploaded
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record

WHAT = "status"


def preview_status(by: Actor, round_: Round, name: str, data: bytes, as_of: date | None) -> Preview:
    """Read IMDi's status of those settled, and return what it would change. Raises :class:`InputError` as requests do."""
    names = rounds.municipalities_of(round_)

    def read(path: Path) -> SettlementStatus:
        return read_settlement_status(
            path, names, round_.year, as_of, load_regions(), county=round_.county, limits=LIMITS
        )

    found = read_uploaded(name, data, read)
    refuse([*future(found.as_of, None, "settled"), *_early(found.as_of, round_.year)], "settled.faults")
    return _status_preview(by, round_, found)


def _early(day: date, year: int) -> list[Problem]:
    if day.year >= year:
        return []
    what = msg("Statusen er fra {day}, før {year} har begynt.", day=day, year=str(year))
    return [Problem("settled.early", what, None, msg("Sjekk at filen gjelder riktig år."))]


def _status_preview(by: Actor, round_: Round, read: SettlementStatus) -> Preview:
    newest = _newest_until(round_, read.as_of)
    before = status_of(newest, round_.year) if newest else None
    lines = tuple(
        Line(code, name, _pair(before.by_code.get(code)) if before else None, _both(read.by_code[code]))
        for code, name in rounds.municipalities_of(round_).items()
    )
    content = {
        "settled": settled_as_data(read.by_code),
        "as_of": read.as_of.isoformat(),
        "origin": read.origin,
        "checksum": read.checksum,
        "seen": newest.pk if newest else 0,
    }
    return Preview(
        lines,
        read.as_of,
        read.origin,
        signed(by, round_, WHAT, content),
        read.remarks,
        falls(before, read) if before else (),
    )


def _both(settled: Settled) -> tuple[Figure, Figure]:
    return settled.persons, settled.minors


def _pair(settled: Settled | None) -> tuple[Figure, Figure] | None:
    return None if settled is None else _both(settled)


def _newest_until(round_: Round, day: date) -> models.StatusReport | None:
    found = models.StatusReport.objects.filter(round=round_, as_of__lte=day)
    return found.order_by("-as_of", "-at", "-pk").first()


def preview_status_again(by: Actor, round_: Round, token: str) -> Preview:
    """Return what the status behind ``token`` would change now. Raises :class:`InputError` as :func:`take_status`."""
    return _status_preview(by, round_, _status_of(round_, unsigned(by, round_, WHAT, token)))


def _status_of(round_: Round, content: dict[str, Any]) -> SettlementStatus:
    by_code, as_of = settled_of_data(content["settled"]), date.fromisoformat(content["as_of"])
    return SettlementStatus(round_.year, by_code, as_of, content["origin"], content["checksum"])


def take_status(by: Actor, round_: Round, token: str) -> Taken | Preview:
    """Take in the status that a preview showed, as the requests are.

    The same yes said twice is taken once. A file that comes anew after another of the same day takes its place: whoever sent
    the wrong file sends the right one once more.
    """
    content = unsigned(by, round_, WHAT, token)
    read = _status_of(round_, content)
    with transaction.atomic():
        held(round_)
        newest = _newest_until(round_, read.as_of)
        if newest is not None and (newest.as_of, newest.checksum) == (read.as_of, read.checksum):
            return Taken(0)
        if (newest.pk if newest else 0) != content["seen"]:
            return replace(_status_preview(by, round_, read), moved=True)
        models.StatusReport.objects.create(
            round=round_,
            as_of=read.as_of,
            checksum=read.checksum,
            origin=read.origin[:200],
            settled=content["settled"],
            by_id=by.user_id,
            role=services.role_of(by, round_),
        )
        record(by, "outcome.status_imported", services.thing_of(round_), {"on": content["as_of"]})
    return Taken(len(read.by_code))
