"""The language of patterns, read with bounds and with errors that say where.

innvandrer            every form of the word in bokmål and nynorsk, alone or as part of a compound
"lokalt arbeidsmarked"  words beside each other, each whole but with any ending
innvandr*  *planlegging  arbeids*innvandr*   letters; * is any letters or none
bosett* NÆR/5 distrikt*   at most five words from one to the other
A og B, A B           both in the same passage; A eller B: one of them; A IKKE B: without B
(A eller B) C         round brackets
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.plans.words.leaves import Leaf, LeafKind
from fotfeste.plans.words.nodes import All, Either, Near, Node, Words
from fotfeste.plans.words.tokens import tokens

MOST_SIGNS = 1000
MOST_WORDS = 40
MOST_DEPTH = 10
MOST_STARS = 4
FEWEST_LETTERS = 3
"""Letters that a word with ``*`` must have: fewer would find nearly everything."""
FARTHEST = 50
_SIGN = re.compile(
    r"(?P<space>\s+)|(?P<phrase>\"[^\"]*\"|«[^»]*»|“[^”]*”|„[^“”]*[“”])|(?P<open>\()|(?P<close>\))"
    r"|(?P<near>(?:NÆR|NEAR|NAER|nær|near)/(?P<far>\d{1,6}))(?!\w)"
    r"|(?P<word>[^\s()\"«»“”„]+)|(?P<stray>.)",
    re.DOTALL,
)
_AND = frozenset({"OG", "AND", "og"})
_OR = frozenset({"ELLER", "OR", "eller"})
_NOT = frozenset({"IKKE", "IKKJE", "NOT"})


class PatternError(InputError):
    """A pattern that cannot be read; ``position`` is the sign it stopped at, counted from 0."""

    def __init__(self, code: str, what: Message, position: int, remedy: Message) -> None:
        super().__init__(
            f"plan.pattern.{code}", what, place=msg("tegn {number}", number=position + 1), remedy=remedy
        )
        self.position = position


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: str
    text: str
    at: int


def parsed(pattern: str) -> Node:
    """Return the tree of a pattern; raises :class:`PatternError` with the position."""
    if len(pattern) > MOST_SIGNS:
        raise PatternError(
            "too_long",
            msg("Søket er for langt: {count} tegn.", count=len(pattern)),
            MOST_SIGNS,
            msg("Bruk høyst {most} tegn, eller del søket i flere.", most=MOST_SIGNS),
        )
    reader = _Reader(_signs(pattern), len(pattern))
    node = reader.either(0)
    if (sign := reader.peek()) is not None:
        raise PatternError(
            "unmatched",
            msg("Parentesen lukker noe som ikke er åpnet."),
            sign.at,
            msg("Ta bort «)», eller sett «(» foran det den hører til."),
        )
    return node


def _signs(pattern: str) -> list[_Sign]:
    signs: list[_Sign] = []
    for found in _SIGN.finditer(pattern):
        kind, text, at = found.lastgroup or "", found.group(), found.start()
        if found["near"]:
            signs.append(_Sign("near", found["far"], at))
        elif kind == "stray":
            raise PatternError(
                "quote",
                msg("Anførselstegnet {sign} har ingen make.", sign=text),
                at,
                msg("Sett et anførselstegn til, eller ta bort det som står alene."),
            )
        elif kind == "word":
            kind = "and" if text in _AND else "or" if text in _OR else "not" if text in _NOT else "word"
            signs.append(_Sign(kind, text, at))
        elif kind != "space":
            signs.append(_Sign(kind, text, at))
    return signs


class _Reader:
    """Reads signs from left to right: «eller» binds least, then «og», then IKKE, and NÆR most."""

    def __init__(self, signs: list[_Sign], end: int) -> None:
        self._signs = signs
        self._end = end
        self._next = 0
        self._words = 0

    def peek(self) -> _Sign | None:
        return self._signs[self._next] if self._next < len(self._signs) else None

    def either(self, depth: int) -> Node:
        some = [self._all(depth)]
        while (sign := self.peek()) is not None and sign.kind == "or":
            self._next += 1
            some.append(self._all(depth))
        return some[0] if len(some) == 1 else Either(tuple(some))

    def _all(self, depth: int) -> Node:
        must: list[Node] = []
        without: list[Node] = []
        start = self.peek()
        wanted = True
        while (sign := self.peek()) is not None and sign.kind not in {"or", "close"}:
            if sign.kind == "and":
                if wanted:
                    raise _nothing(sign.at, sign.text)
                self._next += 1
                wanted = True
                continue
            refused = sign.kind == "not"
            if refused:
                self._next += 1
            (without if refused else must).append(self._near(depth))
            wanted = False
        if wanted:
            at = self._end if (sign := self.peek()) is None else sign.at
            raise _nothing(at, "" if sign is None else sign.text)
        if not must:
            raise PatternError(
                "only_not",
                msg("Søket sier bare hva som ikke skal være med."),
                start.at if start else 0,
                msg("Skriv også et ord som skal finnes, for eksempel «bosetting IKKE hytte»."),
            )
        return must[0] if len(must) == 1 and not without else All(tuple(must), tuple(without))

    def _near(self, depth: int) -> Node:
        start = self.peek()
        node = self._one(depth)
        while (sign := self.peek()) is not None and sign.kind == "near":
            distance = int(sign.text)
            if not 1 <= distance <= FARTHEST:
                raise PatternError(
                    "distance",
                    msg("Avstanden {distance} kan ikke brukes.", distance=distance),
                    sign.at,
                    msg("Skriv en avstand fra 1 til {most} ord, for eksempel NÆR/5.", most=FARTHEST),
                )
            self._next += 1
            after = self.peek()
            other = self._one(depth)
            for side, at in ((node, start), (other, after)):
                if not _is_place(side):
                    raise PatternError(
                        "near_what",
                        msg("NÆR kan bare stå mellom ord, ord i anførselstegn, og «eller» i parentes."),
                        at.at if at else sign.at,
                        msg("Ta «og» og IKKE ut av parentesen ved siden av NÆR."),
                    )
            node = Near(node, other, distance)
        return node

    def _one(self, depth: int) -> Node:
        sign = self.peek()
        if sign is None:
            raise _nothing(self._end, "")
        self._next += 1
        if sign.kind == "open":
            if depth >= MOST_DEPTH:
                raise PatternError(
                    "too_deep",
                    msg("Søket har for mange parenteser inni hverandre."),
                    sign.at,
                    msg("Bruk høyst {most} inni hverandre.", most=MOST_DEPTH),
                )
            node = self.either(depth + 1)
            if (close := self.peek()) is None or close.kind != "close":
                raise PatternError(
                    "open",
                    msg("Parentesen er ikke lukket."),
                    sign.at,
                    msg("Sett «)» etter det som hører til."),
                )
            self._next += 1
            return node
        if sign.kind == "phrase":
            return self._beside(sign.text[1:-1], sign.at + 1, LeafKind.WHOLE, sign)
        if sign.kind == "word":
            return self._beside(sign.text, sign.at, LeafKind.WORD, sign)
        raise _nothing(sign.at, f"NÆR/{sign.text}" if sign.kind == "near" else sign.text)

    def _beside(self, text: str, at: int, kind: LeafKind, sign: _Sign) -> Node:
        """Return the words of a piece of text; what a hyphen joins stands beside each other."""
        leaves = []
        starred = text.replace("*", "x")
        found = [text[one.span.start : one.span.end] for one in tokens(starred)]
        places = [at + one.span.start for one in tokens(starred)]
        several = len(found) > 1
        for written, place in zip(found, places, strict=True):
            self._words += 1
            if self._words > MOST_WORDS:
                raise PatternError(
                    "too_many",
                    msg("Søket har for mange ord."),
                    place,
                    msg("Bruk høyst {most} ord, eller del søket i flere.", most=MOST_WORDS),
                )
            if "*" in written:
                leaves.append(_letters(written, place))
            else:
                leaves.append(Leaf(written, LeafKind.WHOLE if several else kind))
        if not leaves:
            raise _nothing(sign.at, sign.text)
        return Words(tuple(leaves))


def _letters(written: str, at: int) -> Leaf:
    if written.count("*") > MOST_STARS:
        raise PatternError(
            "stars",
            msg("«{word}» har for mange stjerner.", word=written[:40]),
            at,
            msg("Bruk høyst {most} stjerner i et ord.", most=MOST_STARS),
        )
    if len(written.replace("*", "")) < FEWEST_LETTERS:
        raise PatternError(
            "few_letters",
            msg("«{word}» har for få bokstaver til å søke med stjerne.", word=written),
            at,
            msg("Skriv minst {fewest} bokstaver, for eksempel «innv*».", fewest=FEWEST_LETTERS),
        )
    return Leaf(written, LeafKind.LETTERS)


def _is_place(node: Node) -> bool:
    if isinstance(node, Either):
        return all(_is_place(one) for one in node.some)
    return isinstance(node, Words | Near)


def _nothing(at: int, sign: str) -> PatternError:
    what = msg("Det mangler et ord før «{sign}».", sign=sign[:40]) if sign else msg("Det mangler et ord.")
    return PatternError("word_missing", what, at, msg("Skriv ordet som skal finnes."))
