"""Which passages are goals and measures of the plan itself, among all that speak of goals and measures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from fotfeste.plans.coverage.coded import ReadDocument, Said
from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.gaps.model import Counts
from fotfeste.plans.gaps.near import LONGEST_LABEL
from fotfeste.plans.words import Pattern, tokens

FEWEST_WORDS, FEWEST_LISTED = 4, 2
"""A passage of fewer is what something is called («Delmål»); an item of a list of measures may be short («Ansette veileder»)."""
SHORT, LONG = 2, 4
"""Sentences of a passage that is one goal or measure; the longer where the part is about them."""
ONE_THING = frozenset({PassageKind.LIST_ITEM, PassageKind.TABLE_CELL})


def counted(read: ReadDocument, codes: Collection[str], counts: Counts) -> list[int]:
    """Return the passages with one of the codes, and the items of a list that is called so («Mål:»), that are something to be followed up.

    What people have accepted counts as it is, and what they have rejected does not. Of what is only suggested, headings, names, lead-ins («Hovedmålet er todelt:»), questions, long
    passages that tell, and the parts and sentences that ``counts`` names are left out: they speak of goals and measures, and are none.
    """
    headings = _Headings(read, counts)
    found = []
    for place in sorted({*read.with_code(codes), *headings.listed()}):
        passage = read.document.passages[place]
        if passage.kind in (PassageKind.HEADING, PassageKind.TITLE):
            continue
        said = best.said if (best := read.best(place, codes)) is not None else None
        if said is Said.ACCEPTED or (said is not Said.REJECTED and _is_one(read, place, counts, headings)):
            found.append(place)
    return found


def named(read: ReadDocument, place: int, counts: Counts) -> bool:
    """Whether a heading above a passage answers for all that stands under it."""
    return any(_has(read, above, counts.named) for above in read.document.passages[place].headings)


class _Headings:
    """What stands above passages: headings, and the line that leads to a list."""

    def __init__(self, read: ReadDocument, counts: Counts) -> None:
        self._read = read
        self._counts = counts
        self._known: dict[int, tuple[bool, bool]] = {}
        self._leads = _leads(read)

    def listed(self) -> list[int]:
        """Return the items of lists that are called what is asked for."""
        return [place for place, lead in self._leads.items() if _has(self._read, lead, self._counts.within)]

    def of(self, place: int) -> tuple[bool, bool]:
        """Return whether a passage stands in a part where goals or measures do, and in one where they do not."""
        over: tuple[int, ...] = self._read.document.passages[place].headings
        if (lead := self._leads.get(place)) is not None:
            # What leads to the list says more of it than the headings above: «Mål:» under «Tiltak for opplæring».
            over = (lead,) if _has(self._read, lead, self._counts.within) else (*over, lead)
        for above in over:
            if above not in self._known:
                self._known[above] = (
                    _has(self._read, above, self._counts.within),
                    _has(self._read, above, self._counts.outside),
                )
        found = [self._known[above] for above in over]
        return any(within for within, _ in found), any(outside for _, outside in found)


def _leads(read: ReadDocument) -> dict[int, int]:
    """Return the short line ending with a colon that leads to each item of a list."""
    leads: dict[int, int] = {}
    lead: int | None = None
    for place, one in enumerate(read.document.passages):
        if one.kind is PassageKind.LIST_ITEM:
            if lead is not None:
                leads[place] = lead
            continue
        words = read.document.at(one.span)
        lead = place if len(words) <= LONGEST_LABEL and words.endswith(":") else None
    return leads


def _is_one(read: ReadDocument, place: int, counts: Counts, headings: _Headings) -> bool:
    passage = read.document.passages[place]
    words = read.document.at(passage.span).strip()
    within, outside = headings.of(place)
    if outside or words.endswith((":", "?")):
        return False
    certain = within and passage.kind in ONE_THING
    if sum(1 for _ in tokens(words, 0, len(words))) < (FEWEST_LISTED if certain else FEWEST_WORDS):
        return False
    if passage.kind not in ONE_THING and len(passage.sentences) > (LONG if within else SHORT):
        return False
    return certain or not any(one.counts(words) for one in _parsed(counts.unless))


def _has(read: ReadDocument, place: int, patterns: tuple[str, ...]) -> bool:
    words = read.document.at(read.document.passages[place].span)
    return any(one.counts(words) for one in _parsed(patterns))


@cache
def _parsed(patterns: tuple[str, ...]) -> Sequence[Pattern]:
    return tuple(Pattern.parse(one) for one in patterns)
