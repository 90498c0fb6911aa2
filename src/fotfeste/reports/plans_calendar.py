"""The calendar of municipal planning for people: alerts on working days, and a file for any calendar program.

Here the register of plans meets the rules of the work itself, which know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from fotfeste.messages import Language, Locale, Message, Translated, language, msg
from fotfeste.plans.register.calendar import Entry, Rests, What, calendar_of, municipality_owner
from fotfeste.plans.register.process import plan_type
from fotfeste.settings import LOCALES
from fotfeste.work.deadlines import Deadline, Who, settlement_year
from fotfeste.work.working_days import working_day_until

if TYPE_CHECKING:
    from fotfeste.plans.register.calendar import CalendarSettings
    from fotfeste.plans.register.values import Register
    from fotfeste.regions import Regions


def planning_calendar(
    regions: Regions,
    county: str,
    register: Register,
    day: date,
    *,
    municipality: str | None = None,
    years: int = 4,
    settings: CalendarSettings | None = None,
) -> tuple[Entry, ...]:
    """Return what is to come in the municipalities of ``county`` as ``day`` sees it, or in one of them.

    ``settings`` are the county's own; without any, those that come with Fotfeste.

    The day of an alert that would be a Saturday, a Sunday or a public holiday is the last working day before it, since
    guidance that comes later may be too late. Raises :class:`~fotfeste.errors.InputError` for places and days that cannot be used.
    """
    division = max(day.year, 2024)
    chosen = regions.municipalities(division, county)
    if municipality is not None:
        chosen = (regions.municipality(municipality, division, county),)
    owners = [municipality_owner(one.code, one.name) for one in chosen]
    return on_working_days(calendar_of(owners, register, day, years=years, settings=settings))


def on_working_days(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries with every alert on a working day, never later than it was."""
    return tuple(
        entry if entry.alert is None else replace(entry, alert=working_day_until(entry.alert))
        for entry in entries
    )


def calendar_of_plans(
    key: str, title: Message | str, entries: Sequence[Entry], day: date, *, words: Language, stamp: datetime
) -> bytes:
    """Return the entries from ``day`` on as a calendar file: the days to be in touch, and the days that are certain.

    ``key`` is stable and its own for the calendar (``40/planer``). An assumed start is not put into anybody's calendar as if it
    were known: only the day to be in touch is, which says that it rests on an assumption. Raises
    :class:`~fotfeste.errors.InputError` for a stamp without a zone.
    """
    from fotfeste.work.calendar_file import calendar_file

    deadlines = [one for entry in entries for one in _days(entry) if one.on >= day]
    return calendar_file(key, title, deadlines, (), settlement_year().reminders, words=words, stamp=stamp)


def _days(entry: Entry) -> Iterator[Deadline]:
    place, plan = entry.owner.name, entry.title or plan_type(entry.type).name
    if entry.what is What.BEGINS:
        if entry.alert is not None:
            said = msg("ta kontakt med {place} før oppstart ({plan})", place=place, plan=plan)
            if entry.rests is Rests.ASSUMED:
                said = msg(
                    "ta kontakt med {place} før oppstart ({plan}; tidspunktet er antatt)",
                    place=place,
                    plan=plan,
                )
            yield _deadline(f"{entry.id}/alert", said, entry.alert)
    elif entry.what is What.HEARING_ENDS:
        yield _deadline(
            entry.id, msg("høringsuttalelse til {place} ({plan})", place=place, plan=plan), entry.moment.last
        )
    elif entry.what is What.PUBLIC_BY:
        yield _deadline(
            entry.id,
            msg("{place} gjør forslaget offentlig ({plan})", place=place, plan=plan),
            entry.moment.last,
        )
    else:
        yield _deadline(entry.id, msg("{place} vedtar ({plan})", place=place, plan=plan), entry.moment.last)


def _deadline(name: str, said: Message, day: date) -> Deadline:
    texts: dict[Locale, str] = {locale: language(locale).text(said) for locale in LOCALES}
    # The law, a plan or a setting gives the day, so the file must not call it a suggestion that the county has left alone.
    return Deadline(name, day.year, Who.COUNTY, Translated(texts), day, date.min)
