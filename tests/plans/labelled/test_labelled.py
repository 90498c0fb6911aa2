"""The labelled passages: what two readers gave them, and that the rules do not fall below what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.labelled_passages import try_passages
from tools.measure_coding import BOOK, by_rules

from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingRules, Score, kappa_by_code, mean_kappa, read_labels, scores, total
from fotfeste.plans.coding.model import SHOWN

FOLDER = Path(__file__).parent
READERS = tuple(read_labels(FOLDER / f"labels_{number}.jsonl") for number in (1, 2))
BY_READER = tuple({(one.text_sha256, one.span): one.codes for one in reader.labels} for reader in READERS)
CODES = [one.id for one in load(BOOK).given]
SUGGESTED = by_rules(CodingRules(load(BOOK)), [one.document() for one in try_passages()], frozenset(SHOWN))


def met(part: str) -> Score:
    """What rules suggest against what both readers say; where they differ a code is left out."""
    suggested, labelled = [], []
    for one in try_passages():
        if one.part != part:
            continue
        document = one.document()
        piece = document.text_sha256, document.passages[-1].span
        first, second = (reader[piece] for reader in BY_READER)
        suggested.append(frozenset(SUGGESTED[piece] - (first ^ second)))
        labelled.append(first & second)
    return total(scores(suggested, labelled, CODES))


def test_both_readers_have_read_every_passage_and_only_those() -> None:
    pieces = {
        (document.text_sha256, document.passages[-1].span)
        for document in (one.document() for one in try_passages())
    }
    assert len(pieces) == 426
    assert all(reader.keys() == pieces for reader in BY_READER)


def test_the_readers_are_two_and_labelled_from_the_codebook_that_is_shipped() -> None:
    book = load(BOOK)
    assert len({reader.labeller for reader in READERS}) == 2
    assert {reader.codebook for reader in READERS} == {f"{book.id} {book.dated.isoformat()}"}
    assert all(codes <= set(CODES) for reader in BY_READER for codes in reader.values())


def test_there_are_as_many_passages_in_each_form_of_norwegian_and_in_each_part() -> None:
    for part in ("test", "tuning"):
        assert sum(one.part == part for one in try_passages()) == 213
    for language in ("nb", "nn"):
        assert sum(one.language.value == language for one in try_passages()) == 213


def test_the_readers_agree_as_told() -> None:
    first, second = BY_READER
    found = kappa_by_code(list(first.values()), [second[piece] for piece in first], CODES)
    mean = mean_kappa(found)
    assert mean is not None
    assert round(mean, 2) == 0.96


@pytest.mark.parametrize(("part", "precision", "recall"), [("test", 0.75, 0.78), ("tuning", 0.95, 0.97)])
def test_the_rules_do_not_fall_below_what_was_measured(part: str, precision: float, recall: float) -> None:
    score = met(part)
    assert score.precision.value is not None
    assert score.recall.value is not None
    assert score.precision.value >= precision, score
    assert score.recall.value >= recall, score
