"""Two people in one form: what each has changed since it was last the same for both, field by field."""

from __future__ import annotations

from collections.abc import Mapping
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


def same(one: object, other: object) -> bool:
    """Whether two values of a field are the same."""
    return type(one) is type(other) and one == other
