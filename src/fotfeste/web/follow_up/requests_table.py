"""IMDi's published table of requests: read whole, shown beside what stands, and taken in when a person has said yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from fotfeste.messages import Message
from fotfeste.regions import load_regions
from fotfeste.settlement.follow_up.as_data import figure_as_data, figure_of_data
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests, read_requests
from fotfeste.statistics.figure import Mark
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.entering import add_request, future, held, refuse
from fotfeste.web.follow_up.preview import Line, Preview, Taken, signed, unsigned
from fotfeste.web.follow_up.uploaded_table import LIMITS, read_uploaded
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record

WHAT = "requests"


def preview_requests(
    by: Actor, round_: Round, name: str, data: bytes, dated: date | None, reference: str
) -> Preview:
    """Read IMDi's table of requests, and return what it would change. Raises :class:`InputError` for a file with any fault."""
    names = rounds.municipalities_of(round_)

    def read(path: Path) -> Requests:
        return read_requests(
            path, names, round_.year, dated, load_regions(), county=round_.county, reference=reference,
            limits=LIMITS,
        )  # fmt: skip

    found = read_uploaded(name, data, read)
    refuse(future(next(iter(found.by_code.values())).dated, None, "requests"), "requests.faults")
    return _requests_preview(by, round_, found.by_code, found.remarks)


def _requests_preview(
    by: Actor, round_: Round, read: Mapping[str, MunicipalRequest], remarks: tuple[Message, ...] = ()
) -> Preview:
    standing = services.requests_of(round_)
    before = standing.by_code if standing else {}
    kept = {code: _with_minors_kept(one, before.get(code)) for code, one in read.items()}
    lines = tuple(
        Line(
            code,
            name,
            (before[code].persons, before[code].minors) if code in before else None,
            (kept[code].persons, kept[code].minors),
        )
        for code, name in rounds.municipalities_of(round_).items()
    )
    first = next(iter(kept.values()))
    content = {
        "by": {code: [figure_as_data(one.persons), figure_as_data(one.minors)] for code, one in kept.items()},
        "dated": first.dated.isoformat(),
        "source": first.source,
        "reference": first.reference,
        "seen": _numbers(round_),
    }
    return Preview(
        lines,
        first.dated,
        first.source,
        signed(by, round_, WHAT, content),
        remarks,
        kept_minors=any(kept[code] != one for code, one in read.items()),
    )


def _with_minors_kept(read: MunicipalRequest, before: MunicipalRequest | None) -> MunicipalRequest:
    """Return a request with the minors that stand, where the table does not tell of minors and asks for as many persons."""
    silent = read.minors.mark is Mark.MISSING
    if before is None or not silent or before.persons != read.persons:
        return read
    return replace(read, minors=before.minors)


def _as_before(read: MunicipalRequest, before: MunicipalRequest | None) -> bool:
    """Whether a table says what stands: the day of a request is that of the first table that had it."""
    return before is not None and (before.persons, before.minors) == (read.persons, read.minors)


def _numbers(round_: Round) -> dict[str, int]:
    rows = models.MunicipalRequest.objects.filter(round=round_).order_by("number")
    return dict(rows.values_list("municipality", "number"))


def preview_requests_again(by: Actor, round_: Round, token: str) -> Preview:
    """Return what the table behind ``token`` would change now. Raises :class:`InputError` as :func:`take_requests`."""
    return _requests_preview(by, round_, _requests_of(unsigned(by, round_, WHAT, token)))


def _requests_of(content: Mapping[str, Any]) -> dict[str, MunicipalRequest]:
    day = date.fromisoformat(content["dated"])
    return {
        code: MunicipalRequest(
            code, figure_of_data(persons), figure_of_data(minors), day, content["source"], content["reference"]
        )
        for code, (persons, minors) in content["by"].items()
    }  # fmt: skip


def take_requests(by: Actor, round_: Round, token: str) -> Taken | Preview:
    """Take in the requests that a preview showed: all of them or none.

    When others have written requests meanwhile, nothing is taken in, and a new preview is returned. The same yes said twice
    is taken once. Raises :class:`InputError` for a token that is too old or somebody else's.
    """
    content = unsigned(by, round_, WHAT, token)
    read = _requests_of(content)
    with transaction.atomic():
        held(round_)
        standing = services.requests_of(round_)
        before = standing.by_code if standing else {}
        differing = [one for code, one in read.items() if not _as_before(one, before.get(code))]
        if not differing:
            return Taken(0)
        numbers = _numbers(round_)
        if numbers != content["seen"]:
            return replace(_requests_preview(by, round_, read), moved=True)
        for one in differing:
            add_request(by, round_, one, numbers.get(one.code, 0) + 1)
        record(by, "outcome.requests_imported", services.thing_of(round_), {"on": content["dated"]})
    return Taken(len(differing))
