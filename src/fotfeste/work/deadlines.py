"""The deadlines of a round: defaults relative to the settlement year, and the county's own dates over them.

No source gives these dates. They are settings with visible defaults, in ``settlement_year.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Translated, msg, nmsg
from fotfeste.work.working_days import working_day_from

SCHEMA = 1
FILE = "settlement_year.toml"
FIRST_YEAR, LAST_YEAR = 2024, 2100
COMMON_YEAR = 2025
"""A year without 29 February: a deadline must exist in every year."""


class Who(StrEnum):
    """Who has a deadline: each municipality by itself, or the county."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class DefaultDate:
    """A deadline as the file has it: ``year`` is counted from the settlement year.

    ``to_own_council``: the municipality reports to its own council, and hands in nothing here.
    """

    id: str
    who: Who
    year: int
    month: int
    day: int
    working_day: bool
    name: Translated
    note: str
    to_own_council: bool = False

    def on(self, settlement_year: int) -> date:
        """Return the date that holds where the county has set none."""
        day = date(settlement_year + self.year, self.month, self.day)
        return working_day_from(day) if self.working_day else day


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """On which days people are reminded: days before and after, and when a deadline that has passed is forgotten."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    forget: int


@dataclass(frozen=True, slots=True)
class Years:
    """The first and the last calendar year that a date may lie in, counted from the settlement year."""

    first: int
    last: int

    def of(self, settlement_year: int) -> tuple[int, int]:
        """Return the two years for the round about ``settlement_year``."""
        return settlement_year + self.first, settlement_year + self.last


@dataclass(frozen=True, slots=True)
class MeetingBounds:
    """How many minutes a meeting lasts, at least, at most and where nobody says otherwise, and the years it may lie in."""

    shortest: int
    longest: int
    usual: int
    years: Years


@dataclass(frozen=True, slots=True)
class SettlementYear:
    """The whole file: deadlines in their order through the year, reminders, what else a date may be, and whose choice it is.

    ``largest_total`` is the most that one county can have asked for, ``letters_again_after`` when a letter that was not
    sent is tried again, ``news_for`` how long what has happened in the dialogue is still told by e-mail.
    """

    deadlines: tuple[DefaultDate, ...]
    reminders: ReminderRules
    own_dates: Years
    meeting: MeetingBounds
    largest_total: int
    letters_again_after: timedelta
    news_for: timedelta
    dated: date
    source: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of the round about ``year``: the date that holds, and the default beside it.

    ``to_own_council``: what the municipality tells its own council. It is planned with, but nobody is reminded of it here.
    """

    id: str
    year: int
    who: Who
    name: Translated
    on: date
    default: date
    to_own_council: bool = False

    @property
    def own(self) -> bool:
        """Whether the county has set another date than the default."""
        return self.on != self.default


@cache
def settlement_year() -> SettlementYear:
    """Return the settings that come with Fotfeste."""
    return read_settlement_year((resources.files("fotfeste.work") / FILE).read_text("utf-8"), FILE)


def read_settlement_year(text: str, origin: str) -> SettlementYear:
    """Return the settings in ``text``; ``origin`` is named in errors. Raises :class:`InputError`."""
    try:
        content = tomllib.loads(text)
        if content.get("schema") != SCHEMA:
            raise InputError(
                "deadlines.schema",
                msg("Filen med frister må ha skjemanummer {known}.", known=SCHEMA),
                place=origin,
                remedy=msg("Skriv «schema = 1» øverst."),
            )
        return _read(content)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "deadlines.file",
            msg("Filen med frister kan ikke brukes ({reason}).", reason=str(error)),
            place=origin,
            remedy=msg("Sammenlign med filen som følger med, {file}.", file=FILE),
        ) from error


def _read(content: Mapping[str, Any]) -> SettlementYear:
    rules = content["reminders"]
    found = tuple(_default(entry) for entry in content["deadline"])
    ids = [one.id for one in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise ValueError(", ".join(twice))
    return SettlementYear(
        found,
        ReminderRules(_days(rules["before"]), _days(rules["after"]), _days([rules["forget"]])[0]),
        _years(content["own_dates"]["years"]),
        _meeting(content["meeting"]),
        _days([content["request"]["largest"]])[0],
        timedelta(hours=_days([content["letters"]["again_after_hours"]])[0]),
        timedelta(days=_days([content["letters"]["news_for_days"]])[0]),
        content["dated"],
        content["source"],
    )


def _default(entry: Mapping[str, Any]) -> DefaultDate:
    year, month, day = _whole(entry["year"]), _whole(entry["month"]), _whole(entry["day"])
    date(COMMON_YEAR, month, day)
    if not isinstance(entry["working_day"], bool):
        raise TypeError(str(entry["working_day"]))
    to_own_council = entry.get("to_own_council", False)
    if not isinstance(to_own_council, bool):
        raise TypeError(str(to_own_council))
    names = {language: str(entry[language]) for language in ("nb", "nn", "en")}
    return DefaultDate(
        str(entry["id"]),
        Who(entry["who"]),
        year,
        month,
        day,
        entry["working_day"],
        Translated(names),
        str(entry["note"]),
        to_own_council,
    )


def _meeting(entry: Mapping[str, Any]) -> MeetingBounds:
    shortest, usual, longest = (_days([entry[name]])[0] for name in ("shortest", "usual", "longest"))
    if not shortest <= usual <= longest:
        raise ValueError(f"{shortest}, {usual}, {longest}")
    return MeetingBounds(shortest, longest, usual, _years(entry["years"]))


def _years(values: Iterable[object]) -> Years:
    first, last = (_whole(one) for one in values)
    if not first <= 0 <= last:
        raise ValueError(f"{first}, {last}")
    return Years(first, last)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(str(value))
    return value


def _days(values: Iterable[object]) -> tuple[int, ...]:
    """Return days or minutes as the file has them, checked: whole numbers from one, each once."""
    days = tuple(_whole(one) for one in values)
    if any(one < 1 for one in days) or len(set(days)) != len(days):
        raise ValueError(", ".join(map(str, days)))
    return days


def deadlines_for(
    year: int, own: Mapping[str, date] | None = None, settings: SettlementYear | None = None
) -> tuple[Deadline, ...]:
    """Return the deadlines of the round about settlement in ``year``, earliest first.

    ``own`` are the county's own dates, by id; they are taken as they are. Raises :class:`InputError` for an impossible
    year and for dates of deadlines that do not exist.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            "deadlines.year",
            msg("Året {year} kan ikke brukes.", year=str(year)),
            place="year",
            remedy=msg("Oppgi et år fra {first} til {last}.", first=str(FIRST_YEAR), last=str(LAST_YEAR)),
        )
    settings = settings or settlement_year()
    own = own or {}
    known = [one.id for one in settings.deadlines]
    if unknown := [one for one in own if one not in known]:
        raise InputError(
            "deadlines.unknown",
            nmsg("Én frist finnes ikke.", "{count} frister finnes ikke.", len(unknown)),
            remedy=msg("Bruk en av disse: {names}.", names=", ".join(known)),
            problems=[Problem("deadlines.unknown", msg("fristen finnes ikke"), one) for one in unknown],
        )
    found = (
        Deadline(
            one.id,
            year,
            one.who,
            one.name,
            own.get(one.id, one.on(year)),
            one.on(year),
            one.to_own_council,
        )
        for one in settings.deadlines
    )
    return tuple(sorted(found, key=lambda one: one.on))
