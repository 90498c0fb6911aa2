"""SSB's bank of statistics through PxWebApi v1, which goes on beside v2 for the queries that are written for it.

Documented: GET of a table gives its variables, POST of ``query`` with the filters ``item``, ``all``, ``top``, ``agg:`` and ``vs:`` gives data,
``response.format`` is ``json-stat2`` (PxWeb's API description; SSB's user guide). SSB takes the table number after
``/{language}/table/``. Metadata state no time of update and no groupings. To be confirmed, reported by others in August 2026: ``?config`` on
the language states ``maxCells``, ``maxValues``, ``maxCalls`` and ``timeWindow``; too many cells is 403; a variable that is not
eliminated and not in the query comes with all its values.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.clients.addresses import checked_address
from fotfeste.statistics.clients.answers import json_of
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
from fotfeste.statistics.clients.metadata import Edition, TableMetadata, Variable
from fotfeste.statistics.clients.splitting import Axes, cells

if TYPE_CHECKING:
    from fotfeste.statistics.jsonstat import JsonStat

log = logging.getLogger(__name__)

Texts = Annotated[list[str], Field(min_length=1)]


class _StatedVariable(BaseModel):
    code: str = Field(min_length=1)
    text: str = ""
    values: Texts
    texts: Texts = Field(alias="valueTexts")
    elimination: bool = False
    time: bool = False


class _StatedTable(BaseModel):
    title: str = ""
    variables: list[_StatedVariable] = Field(min_length=1)


class _StatedLimits(BaseModel):
    cells: int = Field(0, ge=0, alias="maxCells")
    values: int = Field(0, ge=0, alias="maxValues")
    calls: int = Field(0, ge=0, alias="maxCalls")
    seconds: int = Field(0, ge=0, alias="timeWindow")


class PxWeb1:
    """A bank of statistics that speaks PxWebApi v1; ``base`` is its address up to the language."""

    def __init__(self, http: Http, base: str = "", limits: Limits | None = None) -> None:
        self._limits = limits or load_limits()["ssb_pxweb1"]
        self.base = checked_address(base or self._limits.base).rstrip("/")
        self._http = http
        self._size: Size | None = None
        http.obey(self.base, self._limits)

    def size(self, language: str = "no") -> Size:
        """Return how many cells and chosen values one answer may have: what the bank tells, otherwise the dated limits."""
        if self._size is None:
            stated = self._stated(language)
            self._size = Size(stated.cells or self._limits.cells or 1, stated.values or self._limits.values)
            if stated.calls and stated.seconds:
                self._http.obey_pace(self.base, stated.calls, stated.seconds)
        return self._size

    def _stated(self, language: str) -> _StatedLimits:
        try:
            answer = self._http.get(f"{self.base}/{quote(language, safe='')}/", [("config", "")])
            return _StatedLimits.model_validate(json_of(answer))
        except (Refusal, ValidationError) as error:
            log.warning("%s tells no limits: %s", self.base, type(error).__name__)
            return _StatedLimits.model_validate({})

    def metadata(
        self, table: str, language: str = "no", codelists: Mapping[str, str] | None = None
    ) -> TableMetadata:
        """Return a table's variables and codes.

        ``codelists`` names a grouping or set of values by variable, ``agg:KommSummer`` or ``vs:Kommun`` (PxWebApi v2's ``agg_`` and
        ``vs_`` serve too). This interface does not tell their codes, so such a variable has none here.
        """
        chosen = {name: _filter(wanted) for name, wanted in (codelists or {}).items()}
        place = self._address(table, language)
        try:
            answer = self._http.get(place)
        except Refusal as refusal:
            raise self._told(refusal, table, language, None) from refusal
        try:
            told = _StatedTable.model_validate(json_of(answer))
        except ValidationError as error:
            raise unreadable(msg("variablene står ikke der de skal"), place) from error
        return TableMetadata(
            table=table,
            label=told.title,
            source=self._limits.agency,
            language=language,
            updated="",
            variables=tuple(_variable(one, place) for one in told.variables),
            codelists=chosen,
            edition=Edition.IN_ANSWERS,
        )

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
        """Give the selection in parts that fit; see :func:`fotfeste.statistics.clients.fetching.fetch`.

        Of a variable with a code list, the selection must name every code: a star has nothing to stand for.
        """
        chosen = {name: _filter(wanted) for name, wanted in (codelists or {}).items()}
        return fetch(_Fetching(self, table, language, chosen, selection), selection, resume=resume, tell=tell)

    def ask(self, part: Axes, metadata: TableMetadata) -> bytes:
        """Return the JSON-stat answer to one part of a table."""
        asked = [
            {
                "code": name,
                "selection": {"filter": metadata.codelists.get(name, "item"), "values": list(codes)},
            }
            for name, codes in part.items()
        ]
        body = json.dumps({"query": asked, "response": {"format": "json-stat2"}}, ensure_ascii=False)
        place = self._address(metadata.table, metadata.language)
        try:
            return self._http.post(place, body.encode("utf-8")).content
        except Refusal as refusal:
            raise self._told(refusal, metadata.table, metadata.language, part) from refusal

    def _address(self, table: str, language: str) -> str:
        return f"{self.base}/{quote(language, safe='')}/table/{quote(table, safe='')}"

    def _told(self, refusal: Refusal, table: str, language: str, part: Axes | None) -> SourceFault:
        """Return what a refusal means: here 403 is «too large», not «not allowed»."""
        place = self._address(table, language)
        if part is not None and refusal.status == 403:
            return TooManyCells(cells(part), place)
        if part is not None and "has an error" in refusal.said:
            return TableChanged(msg("kilden sier «{said}».", said=refusal.said), place)
        if refusal.status == 404:
            return gone(msg("Tabell {table} finnes ikke hos kilden.", table=table), place)
        return refusal


@dataclass(frozen=True, slots=True)
class _Fetching:
    """One table of a bank, as it is fetched."""

    bank: PxWeb1
    table: str
    language: str
    codelists: Mapping[str, str]
    selection: Selection

    @property
    def name(self) -> str:
        return json.dumps([self.bank.base, self.table, self.language, sorted(self.codelists.items())])

    def describe(self) -> TableMetadata:
        """Return the metadata, where a variable with a code list has the codes that the selection names."""
        told = self.bank.metadata(self.table, self.language, self.codelists)
        variables = tuple(self._with_listed(one) for one in told.variables)
        return replace(told, variables=variables)

    def _with_listed(self, variable: Variable) -> Variable:
        if variable.code not in self.codelists:
            return variable
        wanted = self.selection.get(variable.code, ())
        codes = tuple(dict.fromkeys([wanted] if isinstance(wanted, str) else wanted))
        if any("*" in code or "?" in code or "(" in code for code in codes):
            raise InputError(
                "selection.listed",
                msg("Kodene i «{list}» må skrives én for én.", list=self.codelists[variable.code]),
                place=variable.code,
                remedy=msg(
                    "Dette grensesnittet sier ikke hvilke koder en gruppering har. Slå dem opp i PxWebApi v2."
                ),
            )
        return Variable(variable.code, variable.label, codes, {}, variable.required, variable.time)

    def size(self) -> Size:
        return self.bank.size(self.language)

    def ask(self, part: Axes, metadata: TableMetadata) -> bytes:
        return self.bank.ask(part, metadata)


def _filter(codelist: str) -> str:
    """Return the filter for a code list, as this interface writes it."""
    for kind in ("agg", "vs"):
        if codelist.startswith((f"{kind}:", f"{kind}_")):
            return f"{kind}:{codelist[len(kind) + 1 :]}"
    raise InputError(
        "selection.codelist",
        msg("«{list}» er ikke en gruppering eller en verdimengde.", list=codelist),
        remedy=msg("Navnet begynner med «agg:» eller «vs:»."),
    )


def _variable(stated: _StatedVariable, place: str) -> Variable:
    if len(stated.values) != len(stated.texts):
        raise unreadable(msg("«{name}» har ikke like mange koder som navn", name=stated.code), place)
    return Variable(
        code=stated.code,
        label=stated.text or stated.code,
        codes=tuple(stated.values),
        labels=dict(zip(stated.values, stated.texts, strict=True)),
        required=not stated.elimination,
        time=stated.time,
    )
