"""Suggestions from both sources together: the rules of the codebook, and what is learnt from accepted codings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.classifier import Classifier, Learnt, learn
from fotfeste.plans.coding.disagreement import settled_codes, units_of
from fotfeste.plans.coding.features import features
from fotfeste.plans.coding.log import CodingLog, codings
from fotfeste.plans.coding.model import State, Suggestion
from fotfeste.plans.coding.rules import HEADING_KINDS, NOT_READ, CodingRules
from fotfeste.plans.documents.model import Document, Span


def learn_from(
    log: CodingLog, coders: Sequence[str], documents: Sequence[Document], book: Codebook
) -> Classifier:
    """Return what is learnt from passages that coders have read and agree on, or have settled."""
    return learn(judged(log, coders, documents), [code.id for code in book.given])


def judged(
    log: CodingLog, coders: Sequence[str], documents: Sequence[Document], name: str = ""
) -> list[Learnt]:
    """Return the passages that coders have read and agree on, or have settled, as they are learnt from.

    ``name`` is what the documents are called outside.
    """
    units = [(document, unit) for document in documents for unit in units_of(document)]
    held = settled_codes(log, coders, [unit for _, unit in units])
    return [
        Learnt(unit.text_sha256, unit.span, features(document, document.passages[unit.passage]), codes, name)
        for (document, unit), codes in zip(units, held, strict=True)
        if codes is not None
    ]


def learnt_of(document: Document, classifier: Classifier) -> Iterator[Suggestion]:
    """Yield what the classifier alone suggests for each passage of a document, in reading order."""
    for place, passage in enumerate(document.passages):
        if passage.kind in NOT_READ or passage.kind in HEADING_KINDS:
            continue
        for said in classifier.said_of(features(document, passage)):
            yield Suggestion(document.text_sha256, place, passage.span, said.code, (said.cause,))


def together(
    by_rules: Iterable[Suggestion], learnt: Iterable[Suggestion], book: Codebook
) -> tuple[Suggestion, ...]:
    """Return suggestions of both kinds as one list, in reading order, the book's order within a passage.

    Where both suggest a code, the suggestion has both causes, the rules' first.
    """
    found = {(one.passage, one.code): one for one in by_rules}
    for one in learnt:
        key = one.passage, one.code
        before = found.get(key)
        found[key] = replace(before, causes=(*before.causes, *one.causes)) if before else one
    order = {code.id: number for number, code in enumerate(book.codes)}
    return tuple(sorted(found.values(), key=lambda one: (one.passage, order.get(one.code, len(order)))))


def suggestions(
    document: Document, rules: CodingRules, classifier: Classifier | None = None
) -> tuple[Suggestion, ...]:
    """Return what rules and classifier suggest for each passage, in reading order, the book's order within a passage."""
    learnt = () if classifier is None else learnt_of(document, classifier)
    return together(rules.suggest(document), learnt, rules.book)


def still_open(some: Sequence[Suggestion], log: CodingLog, coder: str) -> tuple[Suggestion, ...]:
    """Return the offered suggestions that a coder has neither accepted nor rejected."""
    judged: dict[tuple[str, str], list[Span]] = {}
    for one in codings(log):
        if one.coder == coder and one.state in (State.ACCEPTED, State.REJECTED):
            judged.setdefault((one.text_sha256, one.code), []).append(one.span)
    return tuple(
        one
        for one in some
        if one.offered
        and not any(
            span.start < one.span.end and one.span.start < span.end
            for span in judged.get((one.text_sha256, one.code), ())
        )
    )
