"""Compounds: the words that a word is put together from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fotfeste.plans.words.forms import bokmaal, normal
from fotfeste.plans.words.rules import is_one_of, read_rules
from fotfeste.plans.words.tokens import REMEMBERED

SHORTEST_HEAD = 3
SHORTEST_UNKNOWN = 4
LONG_HEAD = 7
LONGEST_COMPOUND = 60
MOST_PARTS = 6
_ONSET = re.compile(
    r"(?:[bcdfghjklmnprstv]|bl|br|dr|fl|fr|fj|gl|gr|gj|hj|hv|kj|kl|kn|kr|kv|pl|pr|sk|skr|skj|sl|sm|sn|sp|spr|st|str|sv|sj|tr|tv|tj)"
    r"[aeiouyæøå]"
)


@dataclass(frozen=True)
class _Lexicon:
    first: frozenset[str]
    only_first: frozenset[str]
    heads: frozenset[str]
    beginnings: frozenset[str]
    joints: tuple[str, ...]
    never: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def parts(word: str) -> tuple[str, ...]:
    """Return the normal forms of the words that ``word`` is put together from; a simple word is its own only part.

    ``arbeidsinnvandrere`` is ``arbeid`` and ``innvandrer``. Known words stand in ``compounds.toml``; one unknown
    part is left as it is.
    """
    return tuple(normal(_bare(piece)) for piece in pieces(word))


@lru_cache(maxsize=REMEMBERED)
def pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of a word as they are written in bokmål, with the joints between them, one after another."""
    word = bokmaal(word)
    lexicon = _lexicon()
    if len(word) > LONGEST_COMPOUND or is_one_of(word, lexicon.never):
        return (word,)
    best = _split(word, MOST_PARTS)
    return best[1] if best else (word,)


@lru_cache(maxsize=REMEMBERED)
def _split(word: str, most: int) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """Return the best reading: fewest unknown letters, then fewest pieces; none when no piece is known."""
    lexicon = _lexicon()
    if word in lexicon.first or _bare(word) in lexicon.first:
        return (0, 1), (word,)
    if word[:SHORTEST_HEAD] in lexicon.beginnings and normal(word) in lexicon.heads:
        return (0, 1), (word,)
    found: list[tuple[tuple[int, int], tuple[str, ...]]] = []
    for place in range(2, len(word) - 1) if most > 1 else ():
        piece, rest = word[:place], word[place:]
        known = piece in lexicon.first or _bare(piece) in lexicon.first
        if known and (after := _split(rest, most - 1)):
            found.append(((after[0][0], after[0][1] + 1), (piece, *after[1])))
        elif known and _may_stand_last(piece, rest):
            found.append(((len(rest), 2), (piece, rest)))
        elif not known and _may_stand_first(piece, rest):
            found.append(((len(piece), 2), (piece, rest)))
    return min(found, default=None)


def _may_stand_last(known: str, rest: str) -> bool:
    """Return whether unknown letters after a known word may be a word: long, and beginning as words do."""
    lexicon = _lexicon()
    return (
        len(_bare(known)) > SHORTEST_UNKNOWN
        and _bare(known) not in lexicon.only_first
        and len(rest) > SHORTEST_UNKNOWN
        and rest.isalpha()
        and (_bare(known) != known or _ONSET.match(rest) is not None)
    )


def _may_stand_first(piece: str, rest: str) -> bool:
    """Return whether unknown letters before a known word may be a word; three letters before a long one only."""
    if rest[:SHORTEST_HEAD] not in _lexicon().beginnings:
        return False
    head = normal(rest)
    return (
        head in _lexicon().heads
        and len(head) > SHORTEST_UNKNOWN
        and len(piece) >= (SHORTEST_UNKNOWN if len(rest) < LONG_HEAD else SHORTEST_UNKNOWN - 1)
        and piece.isalpha()
        and any(letter in "aeiouyæøå" for letter in piece)
    )


def _bare(piece: str) -> str:
    """Return a piece without the joint after it, when it is a known word without it."""
    lexicon = _lexicon()
    for joint in lexicon.joints:
        if piece.endswith(joint) and piece[: -len(joint)] in lexicon.first and piece not in lexicon.first:
            return piece[: -len(joint)]
    return piece


@cache
def _lexicon() -> _Lexicon:
    rules = read_rules("compounds.toml")
    words = [bokmaal(one) for group in rules["words"].values() for one in group.split()]
    only_first = [bokmaal(one) for one in rules["only_first"].split()]
    return _Lexicon(
        first=frozenset([*words, *only_first]),
        only_first=frozenset(only_first),
        heads=frozenset(normal(one) for one in words if len(one) >= SHORTEST_HEAD),
        beginnings=frozenset(one[:SHORTEST_HEAD] for one in words),
        joints=tuple(rules["joints"]),
        never=tuple(rules["never"]),
    )
