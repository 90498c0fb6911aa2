"""Whether a chain holds: every entry against its hash, every entry against the one before, the end against anchors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.trace.anchors import Anchor, genuine
from fotfeste.web.trace.chain import START, Link, hash_of

MOST_NAMED = 50


class Fault(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"
    LOOSE = "loose"
    CUT = "cut"
    OTHER = "other"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at entry ``number`` (``last``: the end of a stretch)."""

    fault: Fault
    number: int
    what: Message
    last: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an inspection found. ``count`` entries were read, the last with hash ``head``; ``anchors`` were compared.

    ``findings`` holds at most fifty; ``more`` says how many there were beyond those.
    """

    count: int
    head: str
    anchors: int
    findings: tuple[Finding, ...]
    more: int = 0

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def inspect(
    links: Iterable[tuple[Link, str]], anchors: Sequence[Anchor] = (), key: bytes | None = None
) -> Verdict:
    """Inspect a chain, given as entries by number with the hash that stands beside each.

    A changed, removed, moved or inserted entry is found by the chain itself, unless everything after it was computed
    anew; that, and an end that was cut off, is found by ``anchors``. With ``key`` the anchors themselves are tested.
    """
    found: list[Finding] = []
    changed: list[Link] = []
    wanted: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        wanted.setdefault(anchor.number, []).append(anchor)
        if key is not None and not genuine(key, anchor):
            found.append(_finding(Fault.FORGED, anchor.number))
    count, expected, before = 0, 1, START
    stored: dict[int, str] = {}
    for link, digest in links:
        count += 1
        if link.number > expected:
            found.append(_removed(expected, link.number - 1))
        elif link.number < expected:
            found.append(_finding(Fault.MOVED, link.number))
        elif link.previous != before:
            found.append(_finding(Fault.LOOSE, link.number))
        if hash_of(link) != digest:
            changed.append(link)
            stored[link.number] = digest
        found += [
            _finding(Fault.OTHER, link.number) for one in wanted.pop(link.number, ()) if one.hash != digest
        ]
        expected, before = link.number + 1, digest
    found += [_moved_or_changed(link, stored) for link in changed]
    found += [
        _cut(anchor, expected - 1) for group in wanted.values() for anchor in group if anchor.number > 0
    ]
    ordered = sorted(found, key=lambda one: (one.number, one.fault))
    return Verdict(
        count, before, len(anchors), tuple(ordered[:MOST_NAMED]), max(0, len(ordered) - MOST_NAMED)
    )


def _moved_or_changed(link: Link, stored: dict[int, str]) -> Finding:
    """An entry whose hash fits under the number of another broken one has been moved; otherwise it was changed."""
    near = [number for number in stored if number != link.number][:MOST_NAMED]
    digest = stored[link.number]
    for number in dict.fromkeys([link.number - 1, link.number + 1, *near]):
        if hash_of(replace(link, number=number)) == digest:
            return _finding(Fault.MOVED, link.number)
    return _finding(Fault.CHANGED, link.number)


def _finding(fault: Fault, number: int) -> Finding:
    texts = {
        Fault.CHANGED: msg("Rad {number} er endret etter at den ble skrevet.", number=number),
        Fault.MOVED: msg("Rad {number} er flyttet eller satt inn.", number=number),
        Fault.LOOSE: msg(
            "Rad {number} henger ikke sammen med raden foran: én av dem er byttet ut, flyttet eller satt inn.",
            number=number,
        ),
        Fault.OTHER: msg("Rad {number} er en annen enn den ankeret viser til.", number=number),
        Fault.FORGED: msg(
            "Ankeret for rad {number} er ikke laget med nøkkelen til denne installasjonen.", number=number
        ),
    }
    return Finding(fault, number, texts[fault])


def _removed(first: int, last: int) -> Finding:
    if first == last:
        return Finding(Fault.REMOVED, first, msg("Rad {number} er fjernet.", number=first), last)
    what = msg("Radene {first} til {last} er fjernet.", first=first, last=last)
    return Finding(Fault.REMOVED, first, what, last)


def _cut(anchor: Anchor, last: int) -> Finding:
    what = nmsg(
        "Slutten mangler: {at} hadde sporet {count} rad, nå går det til rad {last}.",
        "Slutten mangler: {at} hadde sporet {count} rader, nå går det til rad {last}.",
        anchor.number,
        at=anchor.at,
        last=last,
    )
    return Finding(Fault.CUT, last + 1, what, anchor.number)
