"""Align the passages of two documents: first what is the same, then what is like.

1. Passages with the same words (small and capital letters, white space, numbering and kinds of dashes and quotation marks aside) are paired: those that stand once in
   each, and then those that stand several times, in order between the pairs on either side.
2. What is left is paired by the share of words in common (Dice 1945), the most alike first, the nearest of equals. The words are
   compared in the one form that bokmål and nynorsk share, so a plan that changes form of language is still followed.
3. The longest run of pairs in the same order stays where it is, the same or changed; pairs outside it have moved.
4. The rest vanished or is new. Short passages, and those that are to have moved, must be more alike than others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.documents.model import Document, Passage, PassageKind
from fotfeste.plans.generations.model import Change, Comparison, Pair
from fotfeste.plans.words import normal, tokens

LIKE = Fraction(1, 2)
"""Share of words in common from which two passages are one that was changed."""
FIRM = Fraction(3, 5)
"""The share that is asked for between short passages, where half of the words is little, and of those that are to have moved."""
SHORT = 8
"""Words of a passage that is short."""
FEWEST = 4
"""Words that a passage must have to be paired with another that is not the same."""
COMMON = 50
"""A word that stands in more passages than this finds no candidates; it counts when others have found them."""
MOST_PASSAGES = 60_000
LEFT_OUT = frozenset({PassageKind.CONTENTS, PassageKind.BIBLIOGRAPHY})
_NUMBERING = re.compile(r"^(?:[•–*\-]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zæøå][.)])\s+", re.IGNORECASE)

_SIGNS = str.maketrans("–—‐‑−“”„«»’‘", '-----"""""\'\'')


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage as it is compared: its place in the document, its words as they are and in their common form."""

    place: int
    key: tuple[bool, str]
    order: tuple[str, ...]
    words: Counter[str]

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.order)


def compare(old: Document, new: Document, *, like: Fraction = LIKE) -> Comparison:
    """Return what became of the passages of ``old`` in ``new``.

    ``like`` is the share of words in common (above 0, at most 1) from which two passages are taken for one that was
    changed. Raises :class:`InputError` for documents with more passages than can be compared.
    """
    for document in (old, new):
        if len(document.passages) > MOST_PASSAGES:
            raise InputError(
                "plan.passages",
                msg("Dokumentet har {count} avsnitt.", count=len(document.passages)),
                place=document.origin.name,
                remedy=msg("Sammenlign dokumenter med høyst {most} avsnitt.", most=MOST_PASSAGES),
            )
    before, after = _parts(old), _parts(new)
    same = _same(before, after)
    likeness = dict.fromkeys(same.items(), Fraction(1))
    taken = set(same.values())
    left = [number for number in range(len(before)) if number not in same]
    free = [number for number in range(len(after)) if number not in taken]
    likeness |= _alike(before, after, left, free, same, like)
    stay = set(_in_order(sorted(likeness)))
    likeness = {pair: share for pair, share in likeness.items() if pair in stay or share >= max(like, FIRM)}
    return Comparison(old, new, _told(before, after, likeness))


def _parts(document: Document) -> list[_Part]:
    found = []
    for place, passage in enumerate(document.passages):
        if passage.kind in LEFT_OUT:
            continue
        text = document.at(passage.span)
        if passage.kind is not PassageKind.TABLE_CELL and not any(sign.isalpha() for sign in text):
            continue  # the number of something («2.»), alike everywhere
        if key := _key(text):
            order = tuple(normal(token.word) for token in tokens(text))
            found.append(_Part(place, (_heading(passage), key), order, Counter(order)))
    return found


def _key(text: str) -> str:
    plain = " ".join(text.split()).casefold().translate(_SIGNS)
    return _NUMBERING.sub("", plain).rstrip(".;: ") or plain


def _heading(passage: Passage) -> bool:
    return passage.kind in (PassageKind.HEADING, PassageKind.TITLE)


def _same(before: Sequence[_Part], after: Sequence[_Part]) -> dict[int, int]:
    """Return which parts have the same words: the places in ``before`` with those in ``after``."""
    olds, news = _by_key(before), _by_key(after)
    pairs = {
        places[0]: news[key][0] for key, places in olds.items() if len(places) == len(news.get(key, ())) == 1
    }
    kept = [old for old, _ in _in_order(sorted(pairs.items()))]
    several = [key for key, places in olds.items() if key in news and max(len(places), len(news[key])) > 1]
    for key in several:
        _share_out(olds[key], news[key], pairs, kept)
    return pairs


def _by_key(parts: Sequence[_Part]) -> dict[tuple[bool, str], list[int]]:
    found: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        found[part.key].append(number)
    return found


def _share_out(olds: list[int], news: list[int], pairs: dict[int, int], kept: list[int]) -> None:
    """Pair parts that stand several times: first those between the same neighbours, then the rest in order."""
    bounds = [pairs[old] for old in kept]
    gaps: dict[int, list[int]] = defaultdict(list)
    for new in news:
        gaps[bisect_left(bounds, new)].append(new)
    waiting = []
    for old in olds:
        inside = gaps[bisect_left(kept, old)]
        if inside:
            pairs[old] = inside.pop(0)
        else:
            waiting.append(old)
    rest = sorted(new for gap in gaps.values() for new in gap)
    pairs.update(zip(waiting, rest, strict=False))


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of ``pairs`` (sorted by the first) in which the second grows too."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for number, (_, new) in enumerate(pairs):
        place = bisect_left(ends, new)
        before.append(holders[place - 1] if place else -1)
        if place == len(ends):
            ends.append(new)
            holders.append(number)
        else:
            ends[place], holders[place] = new, number
    found, number = [], holders[-1] if holders else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _alike(
    before: Sequence[_Part],
    after: Sequence[_Part],
    left: Iterable[int],
    free: Iterable[int],
    same: dict[int, int],
    like: Fraction,
) -> dict[tuple[int, int], Fraction]:
    """Return pairs of parts with enough words in common, each part in one pair, the most alike first."""
    holders = _holders(after, free)
    often = {word for word, found in holders.items() if len(found) > COMMON}
    most = [sum(count for word, count in part.words.items() if word in often) for part in after]
    kept = sorted(same)
    ranked: list[tuple[Fraction, int, int, int]] = []
    for old in left:
        one = before[old]
        if one.size < FEWEST:
            continue
        near = _expected(old, kept, same)
        usual = [(word, count) for word, count in one.words.items() if word in often]
        untold = sum(count for _, count in usual)
        rare: Counter[int] = Counter()
        for word, count in one.words.items():
            if word not in often:
                for new in holders.get(word, ()):
                    rare[new] += min(count, after[new].words[word])
        for new, shared in rare.items():
            other = after[new]
            asked = max(like, FIRM) if min(one.size, other.size) < SHORT else like
            least = asked.numerator * (one.size + other.size)
            if (
                2 * asked.denominator * (shared + min(untold, most[new])) < least
                or one.key[0] is not other.key[0]
            ):
                continue
            shared += sum(min(count, other.words[word]) for word, count in usual)
            if 2 * asked.denominator * shared >= least:
                ranked.append((-_share(one, other, shared), abs(new - near), old, new))
    ranked.sort()
    found_pairs: dict[tuple[int, int], Fraction] = {}
    olds: set[int] = set()
    news: set[int] = set()
    for share, _, old, new in ranked:
        if old not in olds and new not in news:
            found_pairs[old, new] = -share
            olds.add(old)
            news.add(new)
    return found_pairs


def _share(one: _Part, other: _Part, shared: int) -> Fraction:
    """Return the share of words in common; the same words in another order are almost the same, and not the same."""
    if shared == one.size == other.size and one.order != other.order:
        return Fraction(2 * shared - 1, 2 * shared)
    return Fraction(2 * shared, one.size + other.size)


def _holders(after: Sequence[_Part], free: Iterable[int]) -> dict[str, list[int]]:
    """Return in which of the free parts each word stands; parts with too few words are left out."""
    holders: dict[str, list[int]] = defaultdict(list)
    for new in free:
        if after[new].size >= FEWEST:
            for word in after[new].words:
                holders[word].append(new)
    return holders


def _expected(old: int, kept: list[int], same: dict[int, int]) -> int:
    """Return where a part would stand in the new document: right after what stood before it."""
    place = bisect_left(kept, old)
    return same[kept[place - 1]] + old - kept[place - 1] if place else old


def _told(
    before: Sequence[_Part], after: Sequence[_Part], likeness: dict[tuple[int, int], Fraction]
) -> tuple[Pair, ...]:
    """Return all pairs in the order of the new document; what vanished comes after what stood before it."""
    ordered = set(_in_order(sorted(likeness)))
    by_old = dict(likeness.keys())
    by_new = {new: old for old, new in likeness}
    follow: dict[int, list[int]] = defaultdict(list)
    last = -1
    for old in range(len(before)):
        if old not in by_old:
            follow[last].append(old)
        elif (old, by_old[old]) in ordered:
            last = by_old[old]
    pairs = [_gone(before[old]) for old in follow[-1]]
    for new, part in enumerate(after):
        if new not in by_new:
            pairs.append(Pair(Change.NEW, None, part.place, Fraction(0)))
        else:
            old = by_new[new]
            share = likeness[old, new]
            change = (
                Change.MOVED if (old, new) not in ordered else Change.STAYED if share == 1 else Change.CHANGED
            )
            pairs.append(Pair(change, before[old].place, part.place, share))
        pairs += [_gone(before[old]) for old in follow[new]]
    return tuple(pairs)


def _gone(part: _Part) -> Pair:
    return Pair(Change.VANISHED, part.place, None, Fraction(0))
