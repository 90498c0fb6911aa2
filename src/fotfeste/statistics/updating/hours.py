"""Hours in which an agency's figures are not settled: what is about to be revised is reported to stand as zero."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.statistics.tables_declared.values import DeclaredTable

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Unsettled:
    """The hours of one agency, by the clock of its own zone; ``until`` is not included."""

    agency: str
    from_: time
    until: time
    zone: str

    def holds(self, moment: datetime) -> bool:
        """Whether a moment (with a time zone) is within the hours, on any day."""
        return self.from_ <= moment.astimezone(ZoneInfo(self.zone)).time() < self.until


@cache
def unsettled_hours() -> tuple[Unsettled, ...]:
    """Return the hours as they stand in ``hours.toml``."""
    path = resources.files("fotfeste.statistics.updating") / "hours.toml"
    stated = tomllib.loads(path.read_text("utf-8"))
    if stated["schema"] != SCHEMA:
        raise ValueError(f"hours.toml has schema {stated['schema']}, not {SCHEMA}")
    return tuple(
        Unsettled(one["agency"], one["from"], one["until"], one["zone"]) for one in stated["unsettled"]
    )


def warning_of(table: DeclaredTable, moment: datetime) -> Message | None:
    """Return what a person should know of figures that are fetched at a moment; ``None`` when there is nothing."""
    for one in unsettled_hours():
        if one.agency == table.agency and one.holds(moment):
            return msg(
                "{agency} legger ut tall klokka {until}. Før det, fra klokka {start}, kan tall som skal rettes, stå som 0.",
                agency=table.agency,
                start=f"{one.from_:%H.%M}",
                until=f"{one.until:%H.%M}",
            )
    return None


def refuse_unsettled(table: DeclaredTable, moment: datetime) -> None:
    """Raise :class:`InputError` for figures fetched at a moment when they may not be what the agency has published."""
    told = warning_of(table, moment)
    if told is not None:
        raise InputError(
            "update.unsettled",
            told,
            place=table.id,
            remedy=msg("Hent tabellen senere på dagen."),
            command=msg("Med --dry-run kan tallene ses uten å lagres, med --unsettled lagres de likevel."),
        )
