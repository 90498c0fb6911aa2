"""A point in time as a plan states it: a year, half a year, a quarter, a month or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)
EARLIEST, LATEST = 1965, 2100


@dataclass(frozen=True, slots=True)
class Moment:
    """``2027``, ``2027-H1``, ``2027-Q2``, ``2027-04`` or ``2027-04-15``, with the first and the last day it can mean."""

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Return the point in time; raises :class:`ValueError` for any other form and for a day that does not exist."""
        found = _FORM.fullmatch(text)
        if found is None or not text.isascii() or not EARLIEST <= int(found["year"]) <= LATEST:
            raise ValueError(text)
        year = int(found["year"])
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return cls(text, day, day)
        first, months = 1, 12
        if found["half"]:
            first, months = 1 + 6 * (int(found["half"]) - 1), 6
        elif found["quarter"]:
            first, months = 1 + 3 * (int(found["quarter"]) - 1), 3
        elif found["month"]:
            first, months = int(found["month"]), 1
        last = first + months - 1
        return cls(text, date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def __str__(self) -> str:
        return self.text
