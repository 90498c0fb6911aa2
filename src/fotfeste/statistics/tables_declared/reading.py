"""The registry as files: read, checked, and every fault named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg
from fotfeste.statistics.tables_declared.values import (
    RATE_UNITS,
    Api,
    By,
    Columns,
    Confirmation,
    DeclaredTable,
    Frequency,
    Level,
)

ID = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Confirmed(_Strict):
    by: By
    what: Annotated[str, Field(min_length=10)]
    where: str = ""


class _Columns(_Strict):
    region: str = ""
    year: str = ""
    dimensions: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    keep: dict[str, str] = {}
    selection: dict[str, list[str]] = {}
    integers: list[str] = []
    only: list[str] = []
    known: dict[str, list[str]] = {}
    to_be_confirmed: list[str] = []


class _Table(_Strict):
    id: Annotated[str, Field(pattern=ID)]
    api: Api
    table: str = ""
    title: dict[Literal["nb", "nn", "en"], str]
    feeds: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")]
    level: Level
    unit: str
    confirmed: _Confirmed
    agency: str = ""
    licence: str = ""
    periods: str = ""
    frequency: Frequency = "year"
    columns: _Columns = _Columns()
    since: Annotated[int, Field(ge=0)] = 0
    whole: bool = True
    complete: bool = False
    total: str = ""
    rounded: Annotated[int, Field(ge=0)] = 0
    suppress_below: Annotated[int, Field(ge=0)] = 0
    smallest_base: Annotated[int, Field(ge=0)] = 0
    remark: str = ""
    layout: str = ""
    lead: str = ""
    base: str = ""
    held_as: list[str] = []
    rates: list[str] = []
    also: list[Literal["county", "country"]] = []

    @model_validator(mode="after")
    def _number_rests_on_something(self) -> _Table:
        if self.confirmed.by == "to_be_confirmed" and self.table:
            raise ValueError("a table that is to be confirmed has no number")
        if self.confirmed.by != "to_be_confirmed" and not self.table and self.id != "county_own_file":
            raise ValueError("a confirmed table has a number")
        if set(self.title) != {"nb", "nn", "en"}:
            raise ValueError("a title stands in nb, nn and en")
        if self.also and not self.rates and self.unit not in RATE_UNITS:
            raise ValueError("counts of counties are summed here: only rates of larger levels are kept")
        return self


class _File(_Strict):
    schema_: Annotated[Literal[1], Field(alias="schema")]
    dated: date
    agency: str = ""
    licence: str = ""
    table: list[_Table]


@cache
def load_tables() -> Mapping[str, DeclaredTable]:
    """Return every declared table by its id, in order of id."""
    folder = resources.files("fotfeste.statistics.tables_declared")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    found = [one for name in files for one in read_tables(Path(str(folder / name)))]
    return _by_id(found)


def read_tables(path: Path) -> tuple[DeclaredTable, ...]:
    """Read one file of declared tables, ours or a county's own.

    Raises :class:`InputError` that names every field that is wrong; an id may stand only once.
    """
    try:
        content = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        problems = [
            Problem(
                "tables.field",
                msg("Feltet er feil eller ukjent ({reason}).", reason=fault["msg"]),
                f"{path.name}, {'.'.join(str(part) for part in fault['loc'])}",
            )
            for fault in error.errors()
        ]
        raise InputError(
            "tables.faults", msg("Listen over tabeller har feil."), place=path.name, remedy=_REMEDY,
            problems=problems,
        ) from error  # fmt: skip
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            "tables.unreadable",
            msg("Listen over tabeller kan ikke leses ({reason}).", reason=str(error)),
            place=str(path),
            remedy=_REMEDY,
        ) from error
    return tuple(_by_id(list(_tables(content))).values())


_REMEDY = msg("Listen skal være en TOML-fil med «schema = 1». Se docs/method/sources.md.")


def _tables(content: _File) -> Iterator[DeclaredTable]:
    for one in content.table:
        columns = one.columns
        yield DeclaredTable(
            id=one.id,
            agency=one.agency or content.agency,
            api=one.api,
            table=one.table,
            titles={str(name): text for name, text in one.title.items()},
            feeds=one.feeds,
            level=one.level,
            unit=one.unit,
            licence=one.licence or content.licence,
            confirmed=Confirmation(one.confirmed.by, one.confirmed.what, one.confirmed.where),
            dated=content.dated,
            periods=one.periods,
            frequency=one.frequency,
            columns=Columns(
                columns.region,
                columns.year,
                columns.dimensions,
                columns.codes,
                columns.keep,
                {name: tuple(codes) for name, codes in columns.selection.items()},
                tuple(columns.integers),
                tuple(columns.only),
                {name: tuple(values) for name, values in columns.known.items()},
                tuple(columns.to_be_confirmed),
            ),
            since=one.since,
            whole=one.whole,
            complete=one.complete,
            total=one.total,
            rounded=one.rounded,
            suppress_below=one.suppress_below,
            smallest_base=one.smallest_base,
            remark=one.remark,
            layout=one.layout,
            lead=one.lead,
            base=one.base,
            held_as=tuple(one.held_as),
            rates=tuple(one.rates),
            also=tuple(one.also),
        )


def _by_id(tables: list[DeclaredTable]) -> Mapping[str, DeclaredTable]:
    found: dict[str, DeclaredTable] = {}
    for one in sorted(tables, key=lambda table: table.id):
        if one.id in found:
            raise InputError(
                "tables.twice", msg("Tabellen står to ganger i listen."), place=one.id, remedy=_REMEDY
            )
        found[one.id] = one
    return found
