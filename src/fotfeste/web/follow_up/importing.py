"""IMDi's published tables: read whole, shown beside what stands, and taken in when a person has said yes.

Between the two steps nothing is stored: what was read goes to the page and back, signed for the one who sent the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.core import signing
from django.db import transaction

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.office_gate import Bounds
from fotfeste.regions import load_regions
from fotfeste.settlement.follow_up.as_data import figure_as_data, figure_of_data
from fotfeste.settlement.follow_up.requests import MunicipalRequest, Requests, read_requests
from fotfeste.settlement.follow_up.status import (
    Fall,
    Settled,
    SettlementStatus,
    falls,
    read_settlement_status,
)
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.readers.grids import Limits
from fotfeste.uploads import checked_table
from fotfeste.web.follow_up import models, services
from fotfeste.web.follow_up.entering import add_request, future, held, refuse
from fotfeste.web.follow_up.stored import settled_as_data, settled_of_data, status_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rounds.models import Round
from fotfeste.web.trace.services import record

BOUNDS = Bounds(file=2_000_000, content=30_000_000, parts=500)
LIMITS = Limits(file_bytes=2_000_000, cells=200_000)
"""The published table of all municipalities is about 40 kB; the county's own list is smaller."""
HOLDS = 24 * 60 * 60
"""Seconds that a table waits for its yes."""
NAME_LENGTH = 80
Table = TypeVar("Table")


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality in a table that was read: what stands now, and what the table says; minors among them apart."""

    code: str
    name: str
    before: tuple[Figure, Figure] | None
    after: tuple[Figure, Figure]

    @property
    def new(self) -> bool:
        """Whether nothing stood before."""
        return self.before is None

    @property
    def changed(self) -> bool:
        """Whether something else stood before."""
        return self.before is not None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table would change: every municipality in the county, what to know of the file, and the token to say yes with."""

    lines: tuple[Line, ...]
    day: date
    origin: str
    token: str
    remarks: tuple[Message, ...] = ()
    falls: tuple[Fall, ...] = ()
    kept_minors: bool = False
    moved: bool = False

    @property
    def differing(self) -> int:
        """How many municipalities would be changed or new."""
        return sum(one.new or one.changed for one in self.lines)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many municipalities a table changed."""

    changed: int


def preview_requests(
    by: Actor, round_: Round, name: str, data: bytes, dated: date | None, reference: str
) -> Preview:
    """Read IMDi's table of requests, and return what it would change. Raises :class:`InputError` for a file with any fault."""
    names = services.names_of(round_)

    def read(path: Path) -> Requests:
        return read_requests(
            path, names, round_.year, dated, load_regions(), county=round_.county, reference=reference,
            limits=LIMITS,
        )  # fmt: skip

    found = _read(name, data, read)
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
        for code, name in services.names_of(round_).items()
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
        _signed(by, round_, "requests", content),
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


def take_requests(by: Actor, round_: Round, token: str) -> Taken | Preview:
    """Take in the requests that a preview showed: all of them or none.

    When others have written requests meanwhile, nothing is taken in, and a new preview is returned. The same yes said twice
    is taken once. Raises :class:`InputError` for a token that is too old or somebody else's.
    """
    content = _unsigned(by, round_, "requests", token)
    day = date.fromisoformat(content["dated"])
    read = {
        code: MunicipalRequest(
            code, figure_of_data(persons), figure_of_data(minors), day, content["source"], content["reference"]
        )
        for code, (persons, minors) in content["by"].items()
    }  # fmt: skip
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
        record(by, "outcome.requests_imported", services.thing_of(round_), {"on": day.isoformat()})
    return Taken(len(differing))


def preview_status(by: Actor, round_: Round, name: str, data: bytes, as_of: date | None) -> Preview:
    """Read IMDi's status of those settled, and return what it would change. Raises :class:`InputError` as requests do."""
    names = services.names_of(round_)

    def read(path: Path) -> SettlementStatus:
        return read_settlement_status(
            path, names, round_.year, as_of, load_regions(), county=round_.county, limits=LIMITS
        )

    found = _read(name, data, read)
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
        for code, name in services.names_of(round_).items()
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
        _signed(by, round_, "status", content),
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


def take_status(by: Actor, round_: Round, token: str) -> Taken | Preview:
    """Take in the status that a preview showed, as :func:`take_requests`; the same file of the same day is kept once."""
    content = _unsigned(by, round_, "status", token)
    day = date.fromisoformat(content["as_of"])
    read = SettlementStatus(
        round_.year, settled_of_data(content["settled"]), day, content["origin"], content["checksum"]
    )
    with transaction.atomic():
        held(round_)
        same = {"round": round_, "as_of": day, "checksum": content["checksum"]}
        if models.StatusReport.objects.filter(**same).exists():
            return Taken(0)
        newest = _newest_until(round_, day)
        if (newest.pk if newest else 0) != content["seen"]:
            return replace(_status_preview(by, round_, read), moved=True)
        models.StatusReport.objects.create(
            **same,
            origin=content["origin"][:200],
            settled=content["settled"],
            by_id=by.user_id,
            role=services.role_of(by, round_),
        )
        record(by, "outcome.status_imported", services.thing_of(round_), {"on": day.isoformat()})
    return Taken(len(read.by_code))


def _read(name: str, data: bytes, read: Callable[[Path], Table]) -> Table:
    """Return what ``read`` makes of an uploaded file, once the gate has let it through."""
    safe = _file_name(name)
    ending = checked_table(safe, data, BOUNDS)
    with TemporaryDirectory(prefix="fotfeste-") as folder:
        path = Path(folder) / f"{PurePath(safe).stem}.{ending}"
        path.write_bytes(data)
        return read(path)


def _file_name(name: str) -> str:
    """Return a name that is only a name: no folders, no signs that a disk or a page would take for something else."""
    path = PurePath(name.replace("\\", "/"))
    stem = re.sub(r"[^\w() .-]", "_", path.stem).strip(". ") or "fil"
    ending = re.sub(r"\W", "", path.suffix)[:8].lower()
    return f"{stem[:NAME_LENGTH]}.{ending}" if ending else stem[:NAME_LENGTH]


def _salt(by: Actor, round_: Round, what: str) -> str:
    return f"follow_up.{what}.{round_.pk}.{by.user_id}"


def _signed(by: Actor, round_: Round, what: str, content: dict[str, Any]) -> str:
    return signing.dumps(content, salt=_salt(by, round_, what), compress=True)


def _unsigned(by: Actor, round_: Round, what: str, token: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(token, salt=_salt(by, round_, what), max_age=HOLDS)
    except signing.BadSignature as error:
        raise InputError(
            "follow_up.token",
            msg("Det som var lest av filen, kan ikke brukes lenger."),
            remedy=msg("Last opp filen på nytt."),
        ) from error
    return found
