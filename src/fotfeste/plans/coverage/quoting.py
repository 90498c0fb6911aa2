"""The passage that something rests on: where it stands, its words, and who says what about it."""

from __future__ import annotations

from dataclasses import dataclass

from fotfeste.plans.coverage.coded import Coded, ReadDocument, Said
from fotfeste.plans.documents.model import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """One passage with the codes that make it count; ``document`` is what the document is called outside.

    ``quote`` is the whole passage on one line. ``pages`` are counted from 1, and nothing where the file knows no pages.
    """

    document: str
    text_sha256: str
    passage: int
    span: Span
    pages: tuple[int, int] | None
    headings: tuple[str, ...]
    quote: str
    coded: tuple[Coded, ...] = ()

    @property
    def said(self) -> Said:
        """How sure it is: as sure as the least sure of the codes it rests on; a passage without codes is only found."""
        return max((one.said for one in self.coded), key=list(Said).index, default=Said.SUGGESTED)

    @property
    def judged(self) -> bool:
        """Whether people stand behind it."""
        return bool(self.coded) and self.said is Said.ACCEPTED


def evidence(one: ReadDocument, place: int, *coded: Coded | None) -> Evidence:
    """Return a passage of a document as evidence, with the codes it rests on."""
    document, passage = one.document, one.document.passages[place]
    return Evidence(
        one.id,
        document.text_sha256,
        place,
        passage.span,
        passage.pages,
        document.heading_path(passage),
        " ".join(document.at(passage.span).split()),
        tuple(each for each in coded if each is not None),
    )
