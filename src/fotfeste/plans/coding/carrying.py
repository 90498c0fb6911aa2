"""Codings from one version of a document to the next: what is found again comes along, what is not is told of as lost.

A coding comes along only where its words and what stands around them are found for certain (:mod:`fotfeste.plans.anchors`).
What a coder has read comes along passage by passage: what is changed or new has nobody read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from fotfeste.plans.anchors import Finder, Found, Lost, Maker
from fotfeste.plans.coding.disagreement import UNREAD
from fotfeste.plans.coding.log import Act, CodingLog, Event, coders, codings, read_by, resolutions
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.documents.model import Document, Passage, Span


@dataclass(frozen=True, slots=True)
class LostCoding:
    """A coding whose place is not found in the new version, and why; ``place.perhaps`` is for a person to look at."""

    coding: Coding
    place: Lost


@dataclass(frozen=True, slots=True)
class Carried:
    """What came along, as the events of a new log, and the codings that are lost."""

    log: CodingLog
    lost: tuple[LostCoding, ...]


class Carrier:
    """Carries logs from one version to the next; keeps what the searches have in common."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old, self._new = old, new
        self._maker, self._finder = Maker(old), Finder(new)
        self._known: dict[Span, Found | Lost] = {}

    def carried(self, log: CodingLog, at: datetime) -> Carried:
        """Return a log for the new version with what stands in ``log`` on the old one; ``at`` is now.

        Acts keep their coder, their memo and their moment; what is marked as read gets the moment ``at``.
        """
        events: list[Event] = []
        lost: list[LostCoding] = []
        text = self._new.text_sha256
        for one in codings(log):
            if one.text_sha256 != self._old.text_sha256:
                continue
            place = self._moved(one.span)
            if isinstance(place, Lost):
                lost.append(LostCoding(one, place))
                continue
            act = Act.REJECT if one.state is State.REJECTED else Act.ACCEPT
            events.append(
                Event(0, one.at, one.coder, act, text, place.span, one.code, cause=one.cause, memo=one.memo)
            )
        for coder in coders(log):
            spans = [span for sha, span in read_by(log, coder) if sha == self._old.text_sha256]
            events += [Event(0, at, coder, Act.READ, text, span) for span in self._read(spans)]
        for settled in resolutions(log):
            place = self._moved(settled.span)
            if settled.text_sha256 == self._old.text_sha256 and isinstance(place, Found):
                events.append(
                    Event(
                        0,
                        settled.at,
                        settled.by,
                        Act.RESOLVE,
                        text,
                        place.span,
                        settled.code,
                        memo=settled.memo,
                        verdict=settled.holds,
                    )
                )
        numbered = tuple(replace(one, number=number) for number, one in enumerate(events, 1))
        return Carried(CodingLog(log.codebook, numbered), tuple(lost))

    def _moved(self, span: Span) -> Found | Lost:
        if span not in self._known:
            self._known[span] = self._finder.moved(self._maker.anchor(span))
        return self._known[span]

    def _read(self, spans: list[Span]) -> Iterator[Span]:
        """Yield where passages that were read stand now, as whole passages; those that follow one another as one piece."""
        whole = {one.span for one in self._new.passages}
        found: set[Span] = set()
        for passage in self._old.passages:
            if not _readable(self._old, passage) or not any(
                span.start <= passage.span.start and passage.span.end <= span.end for span in spans
            ):
                continue
            place = self._moved(passage.span)
            if isinstance(place, Found) and place.span in whole:
                found.add(place.span)
        start = end = -1
        for passage in self._new.passages:
            if passage.span in found:
                start = passage.span.start if start < 0 else start
                end = passage.span.end
            elif _readable(self._new, passage) and start >= 0:
                yield Span(start, end)
                start = -1
        if start >= 0:
            yield Span(start, end)


def _readable(document: Document, passage: Passage) -> bool:
    return passage.kind not in UNREAD and bool(document.at(passage.span).strip())
