"""What holds of each passage and code when suggestions and people's codings are put together, and never mixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fotfeste.plans.coding.log import CodingLog, codings, read_by, resolutions
from fotfeste.plans.coding.log import coders as coders_of
from fotfeste.plans.coding.model import Coding, RuleCause, State, Strength, Suggestion, cause_id
from fotfeste.plans.documents.model import Document, Passage, PassageKind, Span

NOT_READ = frozenset({PassageKind.CONTENTS, PassageKind.BIBLIOGRAPHY})


class Said(StrEnum):
    """Who says that a passage has a code; the value stands in files.

    ``ACCEPTED``: a person, or several who agree or have settled it. ``DISPUTED``: one person says so, another who has read
    it does not. ``SUGGESTED``: the rules, and nobody has judged. ``CANDIDATE``: the rules with the help of a heading, or the
    classifier, which is less. ``REJECTED``: people have said no.
    """

    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    SUGGESTED = "suggested"
    CANDIDATE = "candidate"
    REJECTED = "rejected"


HOLDS = (Said.ACCEPTED, Said.DISPUTED, Said.SUGGESTED)
"""What counts as a mention, from the surest to the least sure. A candidate does not."""
_ORDER = {said: number for number, said in enumerate(Said)}


@dataclass(frozen=True, slots=True)
class Coded:
    """A code on a passage: who says so, by which rule, on which words, and which coders.

    ``places`` are where the words of the rules that say so most strongly stand, headings among them.
    """

    code: str
    said: Said
    rule: str = ""
    words: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    strength: Strength | None = None
    places: tuple[Span, ...] = ()


@dataclass(frozen=True)
class ReadDocument:
    """A document with what is said of its passages: for each place in :attr:`Document.passages` the codes by id.

    ``read_through`` are the places that a person has marked as read; what is not coded there is a person's no.
    """

    id: str
    document: Document
    coded: Mapping[int, Mapping[str, Coded]]
    read_through: frozenset[int] = frozenset()

    @property
    def readable(self) -> tuple[int, ...]:
        """The places of the passages that can be coded."""
        return tuple(place for place, one in enumerate(self.document.passages) if one.kind not in NOT_READ)

    @property
    def unseen_pages(self) -> tuple[int, ...]:
        """The pages that are pictures without text: nothing can be said of them."""
        return tuple(one.number for one in self.document.pages if one.scanned)

    def with_code(self, codes: Iterable[str], among: Sequence[Said] = HOLDS) -> tuple[int, ...]:
        """Return the places of the passages with one of ``codes``, in order."""
        wanted = frozenset(codes)
        return tuple(
            place
            for place, given in sorted(self.coded.items())
            if any(code in wanted and one.said in among for code, one in given.items())
        )

    def best(self, place: int, codes: Iterable[str]) -> Coded | None:
        """Return what is surest of ``codes`` on a passage, or nothing."""
        given = self.coded.get(place, {})
        found = [given[code] for code in given if code in frozenset(codes)]
        return min(found, key=lambda one: (_ORDER[one.said], one.code), default=None)


def read_document(
    name: str, document: Document, suggestions: Iterable[Suggestion], log: CodingLog | None = None
) -> ReadDocument:
    """Return a document with its suggestions and what coders have done; ``name`` is what it is called outside."""
    found: dict[int, dict[str, Coded]] = {}
    for one in suggestions:
        if one.offered:
            found.setdefault(one.passage, {})[one.code] = _suggested(one)
    through: set[int] = set()
    if log is not None:
        through = _judged(document, log, found)
    return ReadDocument(name, document, found, frozenset(through))


def _suggested(one: Suggestion) -> Coded:
    first = one.causes[0]
    words = first.words if isinstance(first, RuleCause) else ()
    places = tuple(
        place
        for cause in one.causes
        if isinstance(cause, RuleCause) and cause.strength is one.strength
        for place in cause.places
    )
    said = Said.CANDIDATE if one.strength is Strength.CANDIDATE else Said.SUGGESTED
    return Coded(one.code, said, cause_id(one), words, strength=one.strength, places=places)


def _judged(document: Document, log: CodingLog, found: dict[int, dict[str, Coded]]) -> set[int]:
    """Put what people say over what is suggested; return the places that are read through."""
    places = _Places(document)
    yes: dict[tuple[int, str], list[Coding]] = {}
    no: dict[tuple[int, str], list[str]] = {}
    for one in codings(log):
        if one.text_sha256 == document.text_sha256:
            for place in places.over(one.span):
                if one.state is State.ACCEPTED:
                    yes.setdefault((place, one.code), []).append(one)
                else:
                    no.setdefault((place, one.code), []).append(one.coder)
    through: dict[int, list[str]] = {}
    for coder in coders_of(log):
        for text, span in read_by(log, coder):
            if text == document.text_sha256:
                for place in places.within(span):
                    through.setdefault(place, []).append(coder)
    for place, readers in through.items():
        for code in {*found.get(place, {}), *(code for at, code in yes if at == place)}:
            given = {one.coder for one in yes.get((place, code), ())}
            no.setdefault((place, code), []).extend(one for one in readers if one not in given)
    for place, code in {**yes, **no}:
        found.setdefault(place, {})[code] = _by_people(
            code, yes.get((place, code), []), no.get((place, code), []), found.get(place, {}).get(code)
        )
    for settled in resolutions(log):
        if settled.text_sha256 == document.text_sha256:
            for place in places.over(settled.span):
                said = Said.ACCEPTED if settled.holds else Said.REJECTED
                before = found.setdefault(place, {}).get(settled.code)
                new = Coded(settled.code, said, coders=(settled.by,))
                found[place][settled.code] = new if before is None else replace(before, said=said)
    return set(through)


def _by_people(code: str, yes: Sequence[Coding], no: Sequence[str], before: Coded | None) -> Coded:
    givers = tuple(dict.fromkeys(one.coder for one in yes))
    against = tuple(dict.fromkeys(one for one in no if one not in givers))
    said = Said.REJECTED if not givers else Said.DISPUTED if against else Said.ACCEPTED
    new = Coded(code, said, coders=givers or against)
    if before is None:
        return new
    return replace(before, said=said, coders=new.coders)


class _Places:
    """The places of passages by where they stand in the text."""

    def __init__(self, document: Document) -> None:
        self._passages: Sequence[Passage] = document.passages
        self._starts = [one.span.start for one in document.passages]

    def over(self, span: Span) -> Iterable[int]:
        """The passages that a piece of text touches."""
        return (place for place in self._near(span) if self._passages[place].span.start < span.end)

    def within(self, span: Span) -> Iterable[int]:
        """The passages that lie whole within a piece of text."""
        return (
            place
            for place in self._near(span)
            if span.start <= self._passages[place].span.start and self._passages[place].span.end <= span.end
        )

    def _near(self, span: Span) -> Iterable[int]:
        from bisect import bisect_left, bisect_right

        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return (place for place in range(first, last) if self._passages[place].span.end > span.start)
