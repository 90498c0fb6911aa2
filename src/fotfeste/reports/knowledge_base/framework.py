"""The frame around the figures: legal basis, who should be heard, and what plans should take up; dated TOML that users may replace."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

from fotfeste.errors import InputError
from fotfeste.messages import Translated, msg

SCHEMA = 1
FILE = "framework.toml"
Where = Literal["both", "municipality", "county", "several"]
When = Literal["always", "district", "falling"]


@dataclass(frozen=True, slots=True)
class Legal:
    """What the law says, with its place in it; an empty ``basis`` or ``confirmed`` is to be filled in or confirmed."""

    id: str
    where: Where
    text: Translated
    basis: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who should be heard: what they know, and how they are asked."""

    where: Where
    who: Translated
    know: Translated
    how: Translated


@dataclass(frozen=True, slots=True)
class Point:
    """A principle, or something that plans should take up."""

    where: Where
    text: Translated
    when: When = "always"


@dataclass(frozen=True, slots=True)
class Framework:
    """Everything in a knowledge base that is not figures; ``source`` is what it rests on."""

    dated: str
    source: Translated
    legal: tuple[Legal, ...]
    about_heard: Translated
    principles: tuple[Point, ...]
    heard: tuple[Heard, ...]
    about_plans: Translated
    plans: tuple[Point, ...]


@cache
def shipped_framework() -> Framework:
    """Return the frame that comes with Fotfeste."""
    return _framework((resources.files("fotfeste.reports.knowledge_base") / FILE).read_bytes(), FILE)


def read_framework(path: Path) -> Framework:
    """Return the frame in a user's file of the form of ``framework.toml``; raises :class:`InputError`."""
    try:
        return _framework(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(
            "framework.absent",
            msg("Filen med rammene kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
            place=str(path),
            remedy=msg("Sjekk stien til filen."),
        ) from error


def _framework(content: bytes, place: str) -> Framework:
    try:
        found = tomllib.loads(content.decode("utf-8"))
        if found.get("schema") != SCHEMA:
            raise ValueError("schema")
        return Framework(
            str(found["dated"]),
            _texts(found["source"]),
            tuple(
                Legal(one["id"], _where(one), _texts(one["text"]), one["basis"], one["confirmed"])
                for one in _list(found, "legal")
            ),
            _texts(found["participation"]["about"]),
            tuple(Point(_where(one), _texts(one["text"])) for one in _list(found, "principle")),
            tuple(
                Heard(_where(one), _texts(one["who"]), _texts(one["know"]), _texts(one["how"]))
                for one in _list(found, "hear")
            ),
            _texts(found["plans"]["about"]),
            tuple(Point(_where(one), _texts(one["text"]), _when(one)) for one in _list(found, "plan")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            "framework.form",
            msg("Filen med rammene er ikke hel ({reason}).", reason=str(error)),
            place=place,
            remedy=msg("Bruk filen som følger med, som mønster: schema = {schema} øverst.", schema=SCHEMA),
        ) from error


def _list(found: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    return found.get(name, [])  # type: ignore[no-any-return]


def _texts(found: Mapping[str, str]) -> Translated:
    if not found["nb"]:
        raise ValueError("nb")
    return Translated({str(name): str(text) for name, text in found.items()})


def _where(one: Mapping[str, Any]) -> Where:
    if one["where"] not in get_args(Where):
        raise ValueError(f"where = {one['where']}")
    return one["where"]  # type: ignore[no-any-return]


def _when(one: Mapping[str, Any]) -> When:
    if one["when"] not in get_args(When):
        raise ValueError(f"when = {one['when']}")
    return one["when"]  # type: ignore[no-any-return]
