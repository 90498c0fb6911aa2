"""What a case officer has chosen for a hearing statement: what to leave out, own words to a remark, and how others have solved it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fotfeste.messages import Language, msg
from fotfeste.plans.coverage.quoting import Evidence
from fotfeste.plans.gaps.model import TermFound
from fotfeste.reports.blocks import Block, Bullets, Paragraph, Strong
from fotfeste.reports.plans.hearing_values import Leaning
from fotfeste.reports.plans.quoted import quote, where
from fotfeste.reports.plans.remark_blocks import titled

OBJECTION = re.compile(r"\b(innsigels|motsegn|objection)", re.IGNORECASE)
TERM = "ord-"
"""Stands before the id of a word among what is left out: words and expectations may be called the same."""


def passage_key(one: Evidence) -> str:
    """Return what a passage is called among what is chosen; it holds as long as the text does."""
    return f"{one.document}:{one.span.start}-{one.span.end}"


def support_key(one: Leaning, passage: Evidence) -> str:
    """Return what a passage that a remark leans on is called among what is chosen."""
    return f"{one.remark.expectation.id}@{passage_key(passage)}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices; without any, every remark that leans on something is written, with nothing added.

    ``left_out`` are the ids of expectations, of words with ``ord-`` before, and the keys of passages not to lean on (:func:`support_key`).
    ``own`` are a person's words by the id of the expectation; ``""`` are words that open the statement.
    ``others`` are passages of other plans to show, by the id of the expectation.
    """

    left_out: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)

    def leanings(self, found: Sequence[Leaning]) -> tuple[Leaning, ...]:
        """Return what is left of the remarks; one that loses all that it leans on stands without, and is then not written."""
        return tuple(
            replace(
                one,
                support=tuple(each for each in one.support if support_key(one, each) not in self.left_out),
            )
            for one in found
            if one.remark.expectation.id not in self.left_out
        )

    def terms(self, found: Sequence[TermFound]) -> tuple[TermFound, ...]:
        """Return what is left of the words."""
        return tuple(one for one in found if f"{TERM}{one.term.id}" not in self.left_out)

    def own_blocks(self, name: str) -> Iterator[Block]:
        """Yield a person's words as paragraphs."""
        for part in self.own.get(name, "").replace("\r\n", "\n").split("\n\n"):
            if told := " ".join(part.split()):
                yield Paragraph((told,))

    def others_blocks(self, name: str, titles: Mapping[str, str], words: Language) -> Iterator[Block]:
        """Yield how others have solved it."""
        if some := self.others.get(name):
            yield Paragraph((Strong(words.text(msg("Slik står det i andre planer:"))),), keep=True)
            yield Bullets(
                tuple(
                    (f"{words.quoted(quote(one))} ({where(one, titled(one.document, titles), words)})",)
                    for one in some
                )
            )

    @property
    def objects(self) -> bool:
        """Whether a person's words speak of an objection: that is another thing than advice, and made in another way."""
        return any(OBJECTION.search(one) for one in self.own.values())
