"""SSB's classifications and code lists (KLASS): codes, their changes, and correspondences between classifications.

Documented in SSB's guide to the interface: ``codes``, ``codesAt``, ``changes``, ``corresponds``, ``correspondsAt``; the first day of a range is
included and the last is not; a correspondence that is missing for part of a range is 404; a changed code without an old one
began, one without a new one ended; the kind of answer is asked for in ``Accept`` (a dot and an ending in the address is on its way
out). Seen: the fields of each row, in recorded answers of 2023 and 2026.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError, field_validator

from fotfeste.messages import msg
from fotfeste.statistics.clients.addresses import checked_address
from fotfeste.statistics.clients.answers import json_of
from fotfeste.statistics.clients.faults import Refusal, gone, unreadable
from fotfeste.statistics.clients.http import Http
from fotfeste.statistics.clients.limits import Limits, load_limits

log = logging.getLogger(__name__)

MUNICIPALITIES = 131
COUNTIES = 104


@dataclass(frozen=True, slots=True)
class KlassCode:
    """One code of a classification; ``first`` is its first day within what was asked for, ``end`` the day after its last."""

    code: str
    name: str
    parent: str
    level: str
    first: date | None
    end: date | None
    notes: str


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One change: ``old`` became ``new`` on ``day``. A code that only began has no old one, one that ended has no new one."""

    day: date
    old: str | None
    old_name: str
    new: str | None
    new_name: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """One pair of codes of two classifications, and its days within what was asked for (the last is not included)."""

    source: str
    source_name: str
    target: str
    target_name: str
    first: date | None
    end: date | None


class _Row(BaseModel):
    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_nothing(cls, value: object) -> object:
        return None if value == "" else value


class _Code(_Row):
    code: str
    name: str | None = None
    parent: str | None = Field(None, alias="parentCode")
    level: str | None = None
    notes: str | None = None
    first: date | None = Field(None, alias="validFromInRequestedRange")
    end: date | None = Field(None, alias="validToInRequestedRange")


class _Codes(BaseModel):
    codes: list[_Code]


class _Change(_Row):
    day: date = Field(alias="changeOccurred")
    old: str | None = Field(None, alias="oldCode")
    old_name: str | None = Field(None, alias="oldName")
    new: str | None = Field(None, alias="newCode")
    new_name: str | None = Field(None, alias="newName")


class _Changes(BaseModel):
    changes: list[_Change] = Field(alias="codeChanges")


class _Pair(_Row):
    source: str = Field(alias="sourceCode")
    source_name: str | None = Field(None, alias="sourceName")
    target: str = Field(alias="targetCode")
    target_name: str | None = Field(None, alias="targetName")
    first: date | None = Field(None, alias="validFrom")
    end: date | None = Field(None, alias="validTo")


class _Pairs(BaseModel):
    pairs: list[_Pair] = Field(alias="correspondenceItems")


_Model = TypeVar("_Model", bound=BaseModel)


class Klass:
    """SSB's classifications; ``base`` is the address up to ``/classifications``. 131 are municipalities, 104 counties."""

    def __init__(self, http: Http, base: str = "", limits: Limits | None = None) -> None:
        self._limits = limits or load_limits()["ssb_klass"]
        self.base = checked_address(base or self._limits.base).rstrip("/")
        self._http = http
        http.obey(self.base, self._limits)

    def codes(
        self, classification: int, first: date, end: date | None = None, language: str = "nb"
    ) -> tuple[KlassCode, ...]:
        """Return the codes that were valid from ``first`` until the day before ``end`` (open when ``None``)."""
        told = self._told(_Codes, classification, "codes", [*_range(first, end), ("language", language)])
        return _some(tuple(_code(row) for row in told.codes), classification, self.base)

    def codes_at(self, classification: int, day: date, language: str = "nb") -> tuple[KlassCode, ...]:
        """Return the codes that were valid on one day."""
        asked = [("date", day.isoformat()), ("language", language)]
        told = self._told(_Codes, classification, "codesAt", asked)
        return _some(tuple(_code(row) for row in told.codes), classification, self.base)

    def changes(
        self, classification: int, first: date, end: date | None = None, language: str = "nb"
    ) -> tuple[CodeChange, ...]:
        """Return what changed from ``first`` until the day before ``end``, in order of time; nothing is no fault."""
        told = self._told(_Changes, classification, "changes", [*_range(first, end), ("language", language)])
        rows = [
            CodeChange(row.day, row.old, row.old_name or "", row.new, row.new_name or "")
            for row in told.changes
        ]
        return tuple(sorted(rows, key=lambda row: (row.day, row.old or "", row.new or "")))

    def correspondence(
        self,
        source: int,
        target: int,
        first: date,
        end: date | None = None,
        language: str = "nb",
    ) -> tuple[Correspondence, ...]:
        """Return which codes of ``target`` belong to which of ``source``, from ``first`` until the day before ``end``."""
        asked = [("targetClassificationId", str(target)), *_range(first, end), ("language", language)]
        return self._pairs(source, "corresponds", asked)

    def correspondence_at(
        self, source: int, target: int, day: date, language: str = "nb"
    ) -> tuple[Correspondence, ...]:
        """Return which codes of ``target`` belong to which of ``source`` on one day."""
        asked = [("targetClassificationId", str(target)), ("date", day.isoformat()), ("language", language)]
        return self._pairs(source, "correspondsAt", asked)

    def _pairs(self, source: int, what: str, asked: Sequence[tuple[str, str]]) -> tuple[Correspondence, ...]:
        told = self._told(_Pairs, source, what, asked)
        return tuple(
            Correspondence(
                row.source, row.source_name or "", row.target, row.target_name or "", row.first, row.end
            )
            for row in told.pairs
        )

    def _told(
        self, model: type[_Model], classification: int, what: str, asked: Sequence[tuple[str, str]]
    ) -> _Model:
        place = f"{self.base}/classifications/{classification}/{what}"
        try:
            answer = self._http.get(place, asked)
        except Refusal as refusal:
            if refusal.status != 404:
                raise
            told = refusal.said or "404"
            raise gone(msg("Kodeverket finnes ikke hos kilden: «{said}».", said=told), place) from refusal
        try:
            return model.model_validate(json_of(answer))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise unreadable(msg("«{where}» er ikke som ventet", where=where), place) from error


def _range(first: date, end: date | None) -> list[tuple[str, str]]:
    return [("from", first.isoformat()), *([("to", end.isoformat())] if end else [])]


def _code(row: _Code) -> KlassCode:
    return KlassCode(
        row.code, row.name or "", row.parent or "", row.level or "", row.first, row.end, row.notes or ""
    )


def _some(codes: tuple[KlassCode, ...], classification: int, base: str) -> tuple[KlassCode, ...]:
    """Return the codes; a classification without any at the time asked for is one that did not exist then."""
    if not codes:
        raise gone(
            msg("Kodeverk {number} har ingen koder på den tiden.", number=str(classification)),
            f"{base}/classifications/{classification}",
        )
    return codes
