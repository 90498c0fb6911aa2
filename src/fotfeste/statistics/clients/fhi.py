"""FHI Statistikk (the Norwegian Institute of Public Health) through its open interface.

Documented in FHI's user guide: ``/Common/source``, ``/{source}/table`` (with ``modifiedAfter``), ``/{source}/table/{id}``, and under it
``query``, ``dimension``, ``data`` (POST), ``flag``; every dimension of a table must be in the query, with one filter; ``json-stat2``;
``maxRowCount`` makes the interface refuse what is larger. In FHI's own examples of code: the names of fields in the answers. To be
confirmed: what the refusal of a too large query says; that no pace is asked for; that ``top`` counts from the oldest year (reported by
others; here periods are always chosen by code, so it does not matter).
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from fotfeste.messages import msg
from fotfeste.statistics.clients.addresses import checked_address
from fotfeste.statistics.clients.answers import json_of
from fotfeste.statistics.clients.expressions import Selection
from fotfeste.statistics.clients.faults import Refusal, SourceFault, TooManyCells, gone, unreadable
from fotfeste.statistics.clients.fetching import Size, Tell, fetch
from fotfeste.statistics.clients.http import Http
from fotfeste.statistics.clients.limits import Limits, load_limits
from fotfeste.statistics.clients.metadata import Edition, TableMetadata, Variable
from fotfeste.statistics.clients.splitting import Axes, cells

if TYPE_CHECKING:
    from fotfeste.statistics.jsonstat import JsonStat

log = logging.getLogger(__name__)

YEAR = "AAR"
"""The dimension of years; its codes are a first and a last year, ``2020_2020`` or ``2018_2020``."""

_YEARS = re.compile(r"(\d{4})_(\d{4})")
_TOO_MANY = "maxrowcount"


@dataclass(frozen=True, slots=True)
class FhiTable:
    """What FHI's list says of one table; ``modified`` is its own text, empty where it states none."""

    id: str
    title: str
    modified: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One mark that stands instead of a figure in a table, and what it means."""

    title: str
    text: str


class _Source(BaseModel):
    id: str
    title: str = ""


class _Table(BaseModel):
    id: int | str = Field(alias="tableId")
    title: str | None = None
    modified: str | None = Field(None, alias="modifiedAt")


class _Flag(BaseModel):
    title: str | None = None
    text: str | None = None


class _Category(BaseModel):
    value: str
    label: str | None = None
    children: list[_Category] | None = None


class _Dimension(BaseModel):
    code: str
    label: str | None = None
    categories: list[_Category]


class _Dimensions(BaseModel):
    dimensions: list[_Dimension]


class _Chosen(BaseModel):
    code: str
    filter: str = "item"
    values: list[str]


class _Query(BaseModel):
    dimensions: list[_Chosen] = Field(min_length=1)


_Kind = TypeVar("_Kind")


class Fhi:
    """FHI Statistikk; ``base`` is its address up to the source, ``nokkel`` for one."""

    def __init__(self, http: Http, base: str = "", limits: Limits | None = None) -> None:
        self._limits = limits or load_limits()["fhi"]
        self.base = checked_address(base or self._limits.base).rstrip("/")
        self._http = http
        http.obey(self.base, self._limits)

    def size(self) -> Size:
        """Return how many cells one answer may have: our own choice, since FHI sets none."""
        return Size(self._limits.cells or 1)

    def sources(self) -> Mapping[str, str]:
        """Return the sources that have published tables: id and title."""
        rows = self._told(list[_Source], f"{self.base}/Common/source")
        return {row.id: row.title for row in rows}

    def tables(self, source: str, modified_after: date | None = None) -> tuple[FhiTable, ...]:
        """Return the tables of a source, or those modified after a day."""
        asked = [("modifiedAfter", modified_after.isoformat())] if modified_after else []
        rows = self._told(list[_Table], f"{self.base}/{quote(source, safe='')}/table", asked)
        return tuple(_table(row) for row in rows)

    def info(self, source: str, table: str) -> FhiTable:
        """Return what FHI says of one table."""
        return _table(self._told(_Table, self._address(source, table)))

    def flags(self, source: str, table: str) -> tuple[Flag, ...]:
        """Return the marks that a table uses instead of figures."""
        rows = self._told(list[_Flag], f"{self._address(source, table)}/flag")
        return tuple(Flag(row.title or "", row.text or "") for row in rows)

    def metadata(self, source: str, table: str) -> TableMetadata:
        """Return a table's dimensions and codes: those that a query for all of it has, with labels where there are any."""
        place = self._address(source, table)
        info = self.info(source, table)
        query = self._told(_Query, f"{place}/query")
        described = {one.code: one for one in self._told(_Dimensions, f"{place}/dimension").dimensions}
        return TableMetadata(
            table=table,
            label=info.title,
            source=self._limits.agency,
            language="no",
            updated=info.modified,
            variables=tuple(_variable(one, described.get(one.code), place) for one in query.dimensions),
            edition=Edition.IN_METADATA,
        )

    def fetch(
        self,
        source: str,
        table: str,
        selection: Selection,
        resume: Path | None = None,
        *,
        tell: Tell | None = None,
    ) -> Iterator[JsonStat]:
        """Give the selection in parts that fit; see :func:`fotfeste.statistics.clients.fetching.fetch`."""
        return fetch(_Fetching(self, source, table), selection, resume=resume, tell=tell)

    def ask(self, source: str, part: Axes, metadata: TableMetadata) -> bytes:
        """Return the JSON-stat answer to one part of a table."""
        most = self._limits.cells or 1
        asked = [{"code": name, "filter": "item", "values": list(codes)} for name, codes in part.items()]
        body = {"dimensions": asked, "response": {"format": "json-stat2", "maxRowCount": most}}
        place = f"{self._address(source, metadata.table)}/data"
        try:
            return self._http.post(place, json.dumps(body, ensure_ascii=False).encode("utf-8")).content
        except Refusal as refusal:
            if refusal.status == 400 and _TOO_MANY in refusal.said.lower():
                raise TooManyCells(cells(part), place) from refusal
            raise _meaning(refusal, place) from refusal

    def _address(self, source: str, table: str) -> str:
        return f"{self.base}/{quote(source, safe='')}/table/{quote(table, safe='')}"

    def _told(self, kind: type[_Kind], place: str, asked: Sequence[tuple[str, str]] = ()) -> _Kind:
        try:
            answer = self._http.get(place, asked)
        except Refusal as refusal:
            raise _meaning(refusal, place) from refusal
        try:
            return TypeAdapter(kind).validate_python(json_of(answer))
        except ValidationError as error:
            where = ".".join(str(step) for step in error.errors()[0]["loc"])
            raise unreadable(msg("«{where}» er ikke som ventet", where=where), place) from error


@dataclass(frozen=True, slots=True)
class _Fetching:
    """One table of FHI's, as it is fetched.

    The time in an answer is not documented to be that of the table, so an edition is told by the table's own time of
    modification, before and after.
    """

    bank: Fhi
    source: str
    table: str

    @property
    def name(self) -> str:
        return json.dumps([self.bank.base, self.source, self.table])

    def describe(self) -> TableMetadata:
        return self.bank.metadata(self.source, self.table)

    def size(self) -> Size:
        return self.bank.size()

    def ask(self, part: Axes, metadata: TableMetadata) -> bytes:
        return self.bank.ask(self.source, part, metadata)


def _meaning(refusal: Refusal, place: str) -> SourceFault:
    if refusal.status == 404:
        return gone(msg("Tabellen finnes ikke hos kilden."), place)
    return refusal


def _table(row: _Table) -> FhiTable:
    return FhiTable(str(row.id), row.title or "", row.modified or "")


def _variable(chosen: _Chosen, described: _Dimension | None, place: str) -> Variable:
    """Return a dimension: its codes from the query where they are listed there, otherwise from its description."""
    labels = dict(_flat(described.categories)) if described else {}
    codes = tuple(chosen.values) if chosen.filter == "item" else tuple(labels)
    if not codes:
        raise unreadable(msg("«{name}» har ingen koder", name=chosen.code), place)
    return Variable(
        code=chosen.code,
        label=(described.label if described else None) or chosen.code,
        codes=_oldest_first(codes) if chosen.code == YEAR else codes,
        labels={code: labels.get(code, code) for code in codes},
        required=True,
        time=chosen.code == YEAR,
    )


def _flat(categories: Sequence[_Category]) -> Iterator[tuple[str, str]]:
    """Give code and label of each category, parents before their children."""
    for category in categories:
        yield category.value, category.label or category.value
        yield from _flat(category.children or ())


def _oldest_first(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return codes of years by their last year, then by their first; codes of another form keep their order."""
    years = {code: match for code in codes if (match := _YEARS.fullmatch(code))}
    if len(years) != len(codes):
        return codes
    return tuple(sorted(codes, key=lambda code: (years[code][2], years[code][1])))
