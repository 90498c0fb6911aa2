"""SSB's bank of statistics through PxWebApi v2.

Documented: ``/config``, ``/tables``, ``/tables/{id}``, ``/tables/{id}/metadata``, ``/tables/{id}/data`` (GET and POST), expressions in
``valueCodes``, code lists in ``codelist``, ``outputFormat=json-stat2`` (SSB's user guide; PxTools' specification and program). Data are
asked for by POST: a GET whose address is longer than about 2 100 signs is answered with 404 (documented, and seen in SSB's
answers). Seen: metadata are JSON-stat 2 without values; an unknown table is 404 or a 400 that says «Non-existent table»; too many
cells is a 400 (v1: 403) that says so; ``/config`` may state 0 calls in 0 seconds, which means that it does not tell.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard
from urllib.parse import quote

from fotfeste.messages import msg
from fotfeste.statistics.clients.addresses import checked_address
from fotfeste.statistics.clients.answers import Answer, json_of
from fotfeste.statistics.clients.expressions import Selection
from fotfeste.statistics.clients.faults import (
    Refusal,
    SourceFault,
    TableChanged,
    TooManyCells,
    gone,
    unreadable,
)
from fotfeste.statistics.clients.fetching import Size, Tell, fetch
from fotfeste.statistics.clients.http import Http
from fotfeste.statistics.clients.limits import Limits, load_limits
from fotfeste.statistics.clients.metadata import TableMetadata, Variable
from fotfeste.statistics.clients.splitting import Axes, cells

if TYPE_CHECKING:
    from fotfeste.statistics.jsonstat import Description, Dimension, JsonStat

log = logging.getLogger(__name__)

_CHANGED_SINCE = ("non-existent value", "non-existent variable", "missing selection")
_NO_TABLE = "non-existent table"
_TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What the list of tables says of one: when it was updated, and which periods it has."""

    table: str
    label: str
    updated: str
    first_period: str
    last_period: str
    discontinued: bool
    time_unit: str


class PxWeb2:
    """A bank of statistics that speaks PxWebApi v2; ``base`` is its address up to ``/tables``."""

    def __init__(self, http: Http, base: str = "", limits: Limits | None = None) -> None:
        self._limits = limits or load_limits()["ssb_pxweb2"]
        self.base = checked_address(base or self._limits.base).rstrip("/")
        self._http = http
        self._size: Size | None = None
        http.obey(self.base, self._limits)

    def size(self) -> Size:
        """Return how many cells one answer may have: what the bank's own configuration says, otherwise the dated limit.

        The configuration is asked for once; a pace that it states is obeyed beside the one we keep already.
        """
        if self._size is None:
            stated = self._configuration()
            most = stated.get("maxDataCells")
            self._size = Size(most if _positive(most) else self._limits.cells or 1)
            calls, window = stated.get("maxCallsPerTimeWindow"), stated.get("timeWindow")
            if _positive(calls) and _positive(window):
                self._http.obey_pace(self.base, calls, window)
        return self._size

    def _configuration(self) -> Mapping[str, object]:
        try:
            stated = json_of(self._http.get(f"{self.base}/config"))
        except Refusal as refusal:
            log.warning("%s tells no limits (%d)", self.base, refusal.status)
            return {}
        if not isinstance(stated, Mapping):
            raise unreadable(msg("grensene står ikke der de skal"), f"{self.base}/config")
        return stated

    def info(self, table: str, language: str = "no") -> TableInfo:
        """Return what the bank says of one table."""
        place = self._address(table)
        try:
            answer = self._http.get(self._address(table), [("lang", language)])
        except Refusal as refusal:
            raise self._told(refusal, table, None) from refusal
        return _info(json_of(answer), place)

    def tables(
        self, query: str = "", *, past_days: int | None = None, language: str = "no", page_size: int = 1000
    ) -> Iterator[TableInfo]:
        """Give the tables that fit ``query``, or all; with ``past_days`` those updated in that many days."""
        asked = [("lang", language), ("pageSize", str(page_size))]
        asked += [("query", query)] if query else []
        asked += [("pastDays", str(past_days))] if past_days else []
        number, pages = 1, 1
        while number <= pages:
            answer = self._http.get(f"{self.base}/tables", [*asked, ("pageNumber", str(number))])
            listed = json_of(answer)
            if not isinstance(listed, Mapping) or not isinstance(rows := listed.get("tables"), list):
                raise unreadable(msg("listen over tabeller mangler"), answer.url)
            page = listed.get("page")
            stated: object = page.get("totalPages") if isinstance(page, Mapping) else None
            pages = stated if _positive(stated) else number
            yield from (_info(row, answer.url) for row in rows)
            number += 1

    def metadata(
        self, table: str, language: str = "no", codelists: Mapping[str, str] | None = None
    ) -> TableMetadata:
        """Return a table's variables and codes; ``codelists`` names a code list by variable, whose codes then stand there."""
        chosen = dict(codelists or {})
        query = [("lang", language), *((f"codelist[{name}]", chosen[name]) for name in sorted(chosen))]
        try:
            answer = self._http.get(f"{self._address(table)}/metadata", query)
        except Refusal as refusal:
            raise self._told(refusal, table, None) from refusal
        return _metadata(table, language, chosen, answer)

    def fetch(
        self,
        table: str,
        selection: Selection,
        resume: Path | None = None,
        *,
        language: str = "no",
        codelists: Mapping[str, str] | None = None,
        tell: Tell | None = None,
    ) -> Iterator[JsonStat]:
        """Give the selection in parts that fit; see :func:`fotfeste.statistics.clients.fetching.fetch`."""
        return fetch(
            _Fetching(self, table, language, dict(codelists or {})), selection, resume=resume, tell=tell
        )

    def ask(self, part: Axes, metadata: TableMetadata) -> bytes:
        """Return the JSON-stat answer to one part of a table."""
        asked = [
            {"variableCode": name, "valueCodes": list(codes)}
            | ({"codelist": metadata.codelists[name]} if name in metadata.codelists else {})
            for name, codes in part.items()
        ]
        body = json.dumps({"selection": asked}, ensure_ascii=False).encode("utf-8")
        query = [("lang", metadata.language), ("outputFormat", "json-stat2")]
        try:
            return self._http.post(f"{self._address(metadata.table)}/data", body, query).content
        except Refusal as refusal:
            raise self._told(refusal, metadata.table, part) from refusal

    def _address(self, table: str) -> str:
        return f"{self.base}/tables/{quote(table, safe='')}"

    def _told(self, refusal: Refusal, table: str, part: Axes | None) -> SourceFault:
        """Return what a refusal means, by its status and the title that the bank gives it."""
        place, title = self._address(table), refusal.said.lower()
        if part is not None and _TOO_MANY in title:
            return TooManyCells(cells(part), place)
        if part is not None and title.startswith(_CHANGED_SINCE):
            return TableChanged(msg("kilden sier «{said}».", said=refusal.said), place)
        if refusal.status == 404 or _NO_TABLE in title:
            return gone(msg("Tabell {table} finnes ikke hos kilden.", table=table), place)
        return refusal


@dataclass(frozen=True, slots=True)
class _Fetching:
    """One table of a bank, as it is fetched."""

    bank: PxWeb2
    table: str
    language: str
    codelists: Mapping[str, str]

    @property
    def name(self) -> str:
        return json.dumps([self.bank.base, self.table, self.language, sorted(self.codelists.items())])

    def describe(self) -> TableMetadata:
        return self.bank.metadata(self.table, self.language, self.codelists)

    def size(self) -> Size:
        return self.bank.size()

    def ask(self, part: Axes, metadata: TableMetadata) -> bytes:
        return self.bank.ask(part, metadata)


def _positive(number: object) -> TypeGuard[int]:
    return isinstance(number, int) and not isinstance(number, bool) and number > 0


def _info(row: object, place: str) -> TableInfo:
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str):
        raise unreadable(msg("en tabell er ikke beskrevet"), place)

    def text(name: str) -> str:
        value = row.get(name)
        return value if isinstance(value, str) else ""

    return TableInfo(
        table=row["id"],
        label=text("label"),
        updated=text("updated"),
        first_period=text("firstPeriod"),
        last_period=text("lastPeriod"),
        discontinued=row.get("discontinued") is True,
        time_unit=text("timeUnit"),
    )


def _metadata(table: str, language: str, codelists: Mapping[str, str], answer: Answer) -> TableMetadata:
    from fotfeste.statistics.jsonstat import describe

    told = describe(answer.content)
    return TableMetadata(
        table=table,
        label=told.label,
        source=told.source,
        language=language,
        updated=told.updated_text,
        variables=tuple(_variable(one) for one in told.dimensions),
        codelists=codelists,
        notes=told.note,
        must_be_shown=_must_be_shown(told),
    )


def _variable(dimension: Dimension) -> Variable:
    extension = dimension.extension
    listed = extension.get("codelists")
    rows = [row for row in listed if isinstance(row, Mapping)] if isinstance(listed, list) else []
    return Variable(
        code=dimension.id,
        label=dimension.label,
        codes=dimension.codes,
        labels=dimension.labels,
        required=extension.get("elimination") is not True,
        time=dimension.role == "time",
        codelists={str(row["id"]): str(row.get("label") or "") for row in rows if "id" in row},
    )


def _must_be_shown(told: Description) -> tuple[str, ...]:
    """Return the notes that the source says must follow the figures; ``noteMandatory`` has their places."""
    stated = told.extension.get("noteMandatory")
    if not isinstance(stated, Mapping):
        return ()
    return tuple(note for place, note in enumerate(told.note) if stated.get(str(place)) is True)
