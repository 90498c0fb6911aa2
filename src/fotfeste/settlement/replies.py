"""What the municipalities answered in the dialogue: capacity, wishes and needs, as administrative input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Service(StrEnum):
    """The services whose capacity a municipality states, in persons it can take during the year."""

    HOUSING = "housing"
    REFUGEE_SERVICE = "refugee_service"
    ADULT_EDUCATION = "adult_education"
    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    HEALTH = "health"
    INTERPRETERS = "interpreters"
    TRANSPORT = "transport"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Heard:
    """The capacity of a service as a municipality has told somebody else: persons, to whom, and when.

    It is the partner's until the municipality answers itself: it is shown as theirs, and no rule uses it.
    """

    persons: int
    organisation: str
    on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """One municipality's answer. Numbers are persons; ``None`` means that it did not say, never zero.

    ``capacity`` holds only the services the municipality stated, and does not
    count unaccompanied minors; 0 is that nobody can be settled. ``unlimited`` are the services that the municipality
    says set no limit, and ``heard`` what it has left blank here and told a partner. ``own_wish`` is the number it would like,
    ``minimum_stock`` the number of persons settled in recent years that it says its services need to live on,
    ``extra`` what it could take if the need rises, ``minors`` the unaccompanied minors it can take (part of the
    wish). ``outcomes`` are group figures about those settled in the last three years, by field id. ``texts`` are
    answers in its own words by field id; they are never translated. ``approved_by`` is the role of the person who
    approved the answer, on ``approved_on``; ``council_on`` is when the council is to handle the matter. The fields
    are described in ``reply_fields.toml``.
    """

    code: str
    capacity: Mapping[Service, int] = field(default_factory=dict)
    own_wish: int | None = None
    minimum_stock: int | None = None
    minors: int | None = None
    extra: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    approved_by: str = ""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    approved_on: date | None = None
    council_on: date | None = None
    unlimited: tuple[Service, ...] = ()
    heard: Mapping[Service, Heard] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether the municipality said nothing at all."""
        return self == Reply(self.code)

    @property
    def bottleneck(self) -> tuple[Service, int] | None:
        """The stated service with the lowest capacity (the first in the list of services when equal)."""
        if not self.capacity:
            return None
        service = min(self.capacity, key=lambda one: (self.capacity[one], list(Service).index(one)))
        return service, self.capacity[service]

    @property
    def lower_heard(self) -> tuple[Service, Heard] | None:
        """Return the lowest capacity that only a partner has heard of, where it is lower than all the municipality states."""
        if not self.heard:
            return None
        service = min(self.heard, key=lambda one: (self.heard[one].persons, list(Service).index(one)))
        own = self.bottleneck
        lower = own is None or self.heard[service].persons < own[1]
        return (service, self.heard[service]) if lower else None


@dataclass(frozen=True, slots=True)
class Replies:
    """All answers in one county and year, by municipality code; ``origin`` names the file or round."""

    county_code: str
    year: int
    by_code: Mapping[str, Reply]
    origin: str
