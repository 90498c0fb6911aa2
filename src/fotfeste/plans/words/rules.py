"""The dated rules about words that are shipped: which file they stand in, and what their signs mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from typing import Any

SCHEMA = 1
FILES = ("compounds.toml", "look_alikes.toml", "variants.toml")
EDITION = 1
"""Raised when the code that makes forms and parts of words changes what it returns."""


def read_rules(name: str) -> dict[str, Any]:
    """Return a file of rules about words that lies beside this module."""
    rules = tomllib.loads(_text(name))
    if rules["schema"] != SCHEMA:
        raise ValueError(f"{name} has another schema than {SCHEMA}")
    return rules


@cache
def words_edition() -> str:
    """Return which edition of the rules makes the forms: what an index was built with, and must be read with."""
    whole = "\n".join([str(EDITION), version("snowballstemmer"), *(_text(name) for name in FILES)])
    return sha256(whole.encode()).hexdigest()[:16]


def is_one_of(word: str, globs: Iterable[str]) -> bool:
    """Return whether ``word`` is one of ``globs``, where ``*`` stands for any letters or none."""
    return any(fits(word, tuple(one.split("*"))) for one in globs)


def fits(word: str, pieces: tuple[str, ...]) -> bool:
    """Return whether ``word`` is ``pieces`` with any letters or none between them; works in one pass."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return word == first
    if not (word.startswith(first) and word.endswith(last)) or len(word) < len(first) + len(last):
        return False
    place, end = len(first), len(word) - len(last)
    for piece in pieces[1:-1]:
        place = word.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return True


def _text(name: str) -> str:
    return (resources.files("fotfeste.plans.words") / name).read_text(encoding="utf-8")
