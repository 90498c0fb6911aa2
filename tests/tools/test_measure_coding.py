from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.plans.coding.made import plan
from tools.labelled_passages import try_passages
from tools.measure_coding import agreement_told, collected, main, plan_rows, score_told, write_sheet

from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import CodingRules, Strength, read_labels
from fotfeste.plans.documents.model import Language

BOOK = load("integrering")


def test_there_are_four_hundred_passages_half_in_each_form_and_in_each_part() -> None:
    passages = try_passages()
    assert len(passages) >= 400
    assert [one.number for one in passages] == list(range(1, len(passages) + 1))
    assert len({one.text for one in passages}) == len(passages)
    for part in ("test", "tuning"):
        counted = Counter(one.language for one in passages if one.part == part)
        assert counted.keys() == {Language.BOKMAAL, Language.NYNORSK}
        assert abs(counted[Language.BOKMAAL] - counted[Language.NYNORSK]) <= 2


def test_what_readers_label_from_shows_every_code_and_passage_and_no_pattern(tmp_path: Path) -> None:
    write_sheet(BOOK, tmp_path)
    sheet, passages = ((tmp_path / name).read_text("utf-8") for name in ("codebook.md", "passages.md"))
    assert all(f"`{code.id}`" in sheet for code in BOOK.given)
    assert "NÆR/" not in sheet
    assert "innvandr*" not in sheet
    assert all(f"\n{one.number}. [" in passages and one.text in passages for one in try_passages())


def answers(odd: str, even: str) -> str:
    return "\n".join(f"{one.number}: {odd if one.number % 2 else even}" for one in try_passages())


def test_a_readers_answers_become_labels_that_are_scored(tmp_path: Path) -> None:
    (tmp_path / "svar.txt").write_text(answers("mal, frist", ""), encoding="utf-8")
    assert main(["collect", str(tmp_path / "svar.txt"), "leser-1", str(tmp_path / "labels.jsonl")]) == 0
    labels = read_labels(tmp_path / "labels.jsonl")
    assert labels.labeller == "leser-1"
    assert len(labels.labels) == len(try_passages())
    tuning = agreement_told(BOOK, [labels, labels], "tuning")
    assert "| mal | 213 | 213 | 213 | – | – | Begge har brukt koden på alt" in tuning
    assert "| frist | 0 | 0 | 0 | – | – | Ingen av de to har brukt koden" in agreement_told(
        BOOK, [labels, labels], "test"
    )


def test_the_rules_scored_against_themselves_are_right_and_against_nothing_are_wrong() -> None:
    rules = CodingRules(BOOK)
    rows = []
    for one in try_passages():
        document = one.document()
        last = len(document.passages) - 1
        codes = [
            each.code
            for each in rules.suggest(document)
            if each.passage == last and each.strength is Strength.STRONG
        ]
        rows.append(f"{one.number}: {', '.join(codes)}")
    documents = [one.document() for one in try_passages()]
    strong = frozenset({Strength.STRONG})
    same = collected(BOOK, "\n".join(rows), "a")
    assert "| 1.00 | " in score_told(BOOK, documents, [same], "test", strong).splitlines()[-1]
    nothing = collected(BOOK, answers("", ""), "b")
    assert "| **all** | 0 | 0.00 |" in score_told(BOOK, documents, [nothing], "test", strong)
    both = score_told(BOOK, documents, [same, nothing], "test", strong)
    assert "| **all** | 0 | – |" in both


@pytest.mark.parametrize("line", ["0: mal", "12 mal", "12: tull", "1: mal\n1: frist", "abcdef12/3: mal"])
def test_answers_that_cannot_be_read_are_named(line: str) -> None:
    with pytest.raises(SystemExit, match="wrong"):
        collected(BOOK, line, "a")


def test_passages_of_plans_are_called_by_file_and_place() -> None:
    document = plan(
        "# Et kapittel", "Flyktninger skal få bolig i sentrum.", "Kort.", "= Innhold som ikke skal med her"
    )
    (row, empty) = plan_rows(document, 1)
    assert row.startswith(f"{document.origin.sha256[:8]}/1. [paragraph; under: Et kapittel] Flyktninger")
    assert empty == ""
    labels = collected(BOOK, f"{row.partition('.')[0]}: flyktninger", "a", [document])
    assert labels.labels[0].span == document.passages[1].span
    assert labels.labels[0].file_sha256 == document.origin.sha256
