"""Imported codings onto a document that is here already: the same words at the same place, or told of as not found.

The text that another program has of a plan is seldom ours to the letter, so its pieces are found again as anchors are
(:mod:`fotfeste.plans.anchors`): for certain or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fotfeste.plans.anchors import Finder, Found, Maker, Reason
from fotfeste.plans.coding.model import Coding
from fotfeste.plans.documents.model import Document
from fotfeste.plans.exchange.model import Imported


@dataclass(frozen=True, slots=True)
class FromSource:
    """What became of the codings of one text: how many were found, and how many were not, by why."""

    name: str
    found: int
    lost: Mapping[Reason, int]


@dataclass(frozen=True, slots=True)
class Onto:
    """The codings that are found in the document, and the account of each text of the import."""

    codings: tuple[Coding, ...]
    sources: tuple[FromSource, ...]


def onto(imported: Imported, document: Document) -> Onto:
    """Return the codings of an import as they stand in ``document``."""
    finder = Finder(document)
    found: list[Coding] = []
    told: list[FromSource] = []
    for source in imported.sources:
        own = [one for one in imported.codings if one.text_sha256 == source.document.text_sha256]
        maker, count, lost = Maker(source.document), 0, dict[Reason, int]()
        for one in own:
            place = finder.moved(maker.anchor(one.span))
            if isinstance(place, Found):
                found.append(replace(one, text_sha256=document.text_sha256, span=place.span))
                count += 1
            else:
                lost[place.reason] = lost.get(place.reason, 0) + 1
        told.append(FromSource(source.name, count, lost))
    here = {source.document.text_sha256 for source in imported.sources}
    found += [
        one for one in imported.codings if one.text_sha256 == document.text_sha256 and one.text_sha256 not in here
    ]  # fmt: skip
    return Onto(tuple(found), tuple(told))
