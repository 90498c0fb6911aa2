"""What a comparison is told as: the names of the changes, what became of a goal, and which passages are about something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from fotfeste.messages import Message, msg, nmsg
from fotfeste.plans.documents.model import Document
from fotfeste.plans.generations.model import Change
from fotfeste.plans.generations.summary import GoalRow
from fotfeste.plans.words import Pattern

CHANGES: Mapping[Change, Message] = {
    Change.STAYED: msg("uendret"),
    Change.CHANGED: msg("endret"),
    Change.MOVED: msg("flyttet"),
    Change.VANISHED: msg("forsvunnet"),
    Change.NEW: msg("nytt"),
}


def counted_changes(change: Change, count: int) -> Message:
    """Return how many passages have come to this, in words: «ett nytt», «550 nye»."""
    match change:
        case Change.STAYED:
            return nmsg("ett uendret", "{count} uendrede", count)
        case Change.CHANGED:
            return nmsg("ett endret", "{count} endrede", count)
        case Change.MOVED:
            return nmsg("ett flyttet", "{count} flyttede", count)
        case Change.VANISHED:
            return nmsg("ett forsvunnet", "{count} forsvunne", count)
        case Change.NEW:
            return nmsg("ett nytt", "{count} nye", count)


def goal_marks(row: GoalRow) -> tuple[Message | None, ...]:
    """Return for each generation whether the goal is new, the same, reworded or gone; nothing where it has not come yet."""
    marks: list[Message | None] = []
    for number, place in enumerate(row.places):
        before = row.places[number - 1] if number else None
        if place is None:
            marks.append(msg("borte") if before is not None else None)
        elif before is None:
            marks.append(msg("nytt") if number else msg("står her"))
        else:
            marks.append(msg("uendret") if row.likeness[number - 1] == 1 else msg("omskrevet"))
    return tuple(marks)


def passages_with(document: Document, pattern: Pattern) -> frozenset[int]:
    """Return the places of the passages that hold the pattern; look-alikes that a rule excludes do not count."""
    starts = [one.span.start for one in document.passages]
    found: set[int] = set()
    for match in pattern.find(document):
        place = bisect_right(starts, match.span.start) - 1
        if match.excluded_by is None and place >= 0 and match.span.start < document.passages[place].span.end:
            found.add(place)
    return frozenset(found)
