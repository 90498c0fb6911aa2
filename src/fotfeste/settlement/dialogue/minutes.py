"""What was said in the meetings: minutes of each municipality, and what they amount to for the county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """A need as it was heard: its theme, the need in words, the role that follows it up, and by when."""

    theme: str
    text: str
    follow_up: str = ""
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one municipality's meeting.

    Participants are roles, never names. ``capacity_said``, ``wish_said`` and ``minors_said`` are persons as said in
    the meeting, not decided; ``None`` means not said. ``answers`` are questions as they were put, with what was
    answered. Texts are as they were written and never translated.
    """

    code: str
    met_on: date
    place: str = ""
    participants_municipality: tuple[str, ...] = ()
    participants_county: tuple[str, ...] = ()
    capacity_said: int | None = None
    wish_said: int | None = None
    minors_said: int | None = None
    note: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    needs: tuple[Need, ...] = ()
    next_step: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A need that somebody follows up, with the municipality it came from."""

    code: str
    need: Need


@dataclass(frozen=True, slots=True)
class Meetings:
    """All meetings of one county and year: minutes by municipality code, in the county's order, and who is not met."""

    county_code: str
    county_name: str
    year: int
    minutes: Mapping[str, Minutes]
    not_met: tuple[str, ...]
    names: Mapping[str, str]


def by_theme(meetings: Meetings, themes: Sequence[str]) -> dict[str, tuple[Task, ...]]:
    """Return the needs of every theme that has any, in the order of ``themes``, municipalities in county order."""
    tasks = [Task(code, need) for code, one in meetings.minutes.items() for need in one.needs]
    found = {theme: tuple(task for task in tasks if task.need.theme == theme) for theme in themes}
    return {theme: group for theme, group in found.items() if group}


def shared_themes(
    meetings: Meetings, themes: Sequence[str], least: int
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the themes that at least ``least`` municipalities have needs in, with their codes, most first.

    A municipality counts once in a theme, however many needs it has there.
    """
    grouped = {
        theme: tuple(dict.fromkeys(task.code for task in group))
        for theme, group in by_theme(meetings, themes).items()
    }
    shared = [(theme, codes) for theme, codes in grouped.items() if len(codes) >= least]
    return tuple(sorted(shared, key=lambda one: -len(one[1])))


def follow_up(meetings: Meetings) -> tuple[Task, ...]:
    """Return every need by deadline, the earliest first; those without a deadline come last."""
    tasks = [Task(code, need) for code, one in meetings.minutes.items() for need in one.needs]
    return tuple(sorted(tasks, key=lambda task: task.need.deadline or date.max))
