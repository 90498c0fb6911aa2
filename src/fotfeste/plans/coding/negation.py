"""Negation: whether what was found is said not to be («ikke», «uten», «manglar»)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

SCHEMA = 1
CLAUSE_SIGNS = frozenset(",;:.!?–—()")


@dataclass(frozen=True)
class NegationRules:
    """The words of ``negation.toml``."""

    before: frozenset[str]
    after: frozenset[str]
    unless: frozenset[str]
    stops: frozenset[str]
    between: frozenset[str]
    reach_after: int
    reach_before: int


@cache
def negation_rules() -> NegationRules:
    """Return the rules that are shipped."""
    content = tomllib.loads((resources.files("fotfeste.plans.coding") / "negation.toml").read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise ValueError("negation.toml has another schema")
    before, after, unless, stops, between = (
        frozenset(content[name]) for name in ("before", "after", "unless", "stops", "between")
    )
    return NegationRules(
        before, after, unless, stops, between, content["reach_after"], content["reach_before"]
    )


def negated_by(words: Sequence[str], breaks: Sequence[bool], first: int, last: int) -> int | None:
    """Return the place of the word that denies the words ``first`` to ``last`` of a sentence, or none.

    ``breaks[i]`` tells whether a sign that ends a clause stands between word ``i`` and the one before it.
    """
    rules = negation_rules()
    for place in range(first - 1, max(-1, first - 1 - rules.reach_after), -1):
        if breaks[place + 1] or words[place] in rules.stops:
            break
        if words[place] in rules.before and words[place + 1] not in rules.unless:
            return place
    for place in range(last + 1, min(len(words), last + 1 + rules.reach_before)):
        if breaks[place] or words[place] in rules.stops:
            break
        if words[place] in rules.after and (place + 1 == len(words) or words[place + 1] not in rules.unless):
            return place
        if words[place] not in rules.between:
            break
    return None
