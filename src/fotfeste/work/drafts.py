"""Two people in one form: what each has changed since it was last the same for both, field by field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum


class Absent(Enum):
    """A field that is not there; another thing than one that is empty."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both have changed, each to something else; :data:`ABSENT` is a field that one took away."""

    field: str
    base: object
    mine: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Merged:
    """The fields together. Where there are ``conflicts``, ``values`` hold theirs, which is what is already stored."""

    values: Mapping[str, object]
    conflicts: tuple[Clash, ...]


def merged(base: Mapping[str, object], mine: Mapping[str, object], theirs: Mapping[str, object]) -> Merged:
    """Return ``mine`` and ``theirs`` together, both begun from ``base``.

    A field that one of them has left alone is as the other has it; one that both have made the same is so. Values are
    the same when they are equal and of the same type: ``0`` is not ``False``. Fields come in the order of ``theirs``,
    then ``mine``.
    """
    values: dict[str, object] = {}
    conflicts = []
    for name in dict.fromkeys([*theirs, *mine, *base]):
        was, own, other = (fields.get(name, ABSENT) for fields in (base, mine, theirs))
        kept = own if same(other, was) else other
        if not (same(own, was) or same(other, was) or same(own, other)):
            conflicts.append(Clash(name, was, own, other))
        if kept is not ABSENT:
            values[name] = kept
    return Merged(values, tuple(conflicts))


def merged_for_readers(
    base: Mapping[str, object],
    mine: Mapping[str, object],
    theirs: Mapping[str, object],
    readers: Collection[str],
    told: Collection[str],
) -> Merged:
    """Return ``mine`` and ``theirs`` together, unless what one of them has written would come to readers it was not for.

    ``readers`` are the fields that decide who reads the fields ``told``. Where one has changed who reads, and the other
    what is told, both changes to who reads and to what is told are conflicts.
    """
    together = merged(base, mine, theirs)
    watched = [name for name in dict.fromkeys([*theirs, *mine, *base]) if name in {*readers, *told}]
    own = {name for name in watched if _only(name, mine, base, theirs)}
    other = {name for name in watched if _only(name, theirs, base, mine)}
    if not any(one & set(readers) and two & set(told) for one, two in ((own, other), (other, own))):
        return together
    crossed = [name for name in watched if name in own | other]
    clashes = (Clash(name, *(one.get(name, ABSENT) for one in (base, mine, theirs))) for name in crossed)
    left = {name: value for name, value in together.values.items() if name not in crossed}
    stored = {name: theirs[name] for name in crossed if name in theirs}
    return Merged({**left, **stored}, together.conflicts + tuple(clashes))


def _only(
    name: str, changed: Mapping[str, object], base: Mapping[str, object], left: Mapping[str, object]
) -> bool:
    """Whether a field is changed by one of two, and not to what the other has."""
    values = [fields.get(name, ABSENT) for fields in (changed, base, left)]
    return not same(values[0], values[1]) and same(values[2], values[1])


def same(one: object, other: object) -> bool:
    """Whether two values of a field are the same."""
    return type(one) is type(other) and one == other
