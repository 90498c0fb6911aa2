"""Norwegian public holidays and working days.

The days are those of lov om helligdager og helligdagsfred (24 February 1995 no. 12, § 2) and of lov om 1 og 17 mai som
høgtidsdagar (26 April 1947 no. 1). Easter is reckoned for the Gregorian calendar by Meeus, Jones and Butcher's method
(Meeus: Astronomical Algorithms, 1991, chapter 8).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
"""Month and day of the holidays that have a date."""
FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)
"""Days from Easter Sunday: Maundy Thursday, Good Friday, Easter, its Monday, Ascension Day, Whitsun, its Monday."""
SATURDAY = 5


def easter(year: int) -> date:
    """Return Easter Sunday."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of ``year``; ordinary Sundays are not among them."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in FROM_EASTER)
    return frozenset([*(date(year, month, day) for month, day in FIXED), *moving])


def is_working_day(day: date) -> bool:
    """Whether ``day`` is neither Saturday, Sunday nor a public holiday."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def working_day_from(day: date) -> date:
    """Return ``day``, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_until(day: date) -> date:
    """Return ``day``, or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
