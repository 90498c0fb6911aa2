"""How well words are united and told apart, on the labelled lists of the tests.

Usage: `python benchmarks/plan_words.py`. `tune` was looked at while the rules were made, `test` was only counted, `check`
was written when the rules were done.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fotfeste.plans.words import Pattern, normal

LISTS = Path(__file__).resolve().parents[1] / "tests" / "plans" / "words"


def rows(name: str) -> list[list[str]]:
    """Return the rows of a list, without its head."""
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith(("#", "half"))]


def table() -> Iterator[str]:
    """Yield the lines of two tables: pairs of words, then what «innv» finds."""
    yield "| list | pairs of one word | united | pairs of two words | falsely united |"
    yield "|---|---:|---:|---:|---:|"
    for half in ("tune", "test", "check"):
        some = {
            kind: [normal(row[2]) == normal(row[3]) for row in rows("pairs.tsv") if row[:2] == [half, kind]]
            for kind in ("united", "apart")
        }
        one, two = some["united"], some["apart"]
        yield f"| {half} | {len(one)} | {sum(one) / len(one):.1%} | {len(two)} | {sum(two) / len(two):.1%} |"
    yield ""
    yield "| list | search | about | not about | recall | precision |"
    yield "|---|---|---:|---:|---:|---:|"
    for half in ("tune", "test", "check"):
        for query in ("innv*", "*innv*"):
            pattern = Pattern.parse(query)
            found = {
                kind: [pattern.counts(row[2]) > 0 for row in rows("innv.tsv") if row[:2] == [half, kind]]
                for kind in ("about", "not")
            }
            right, wrong = sum(found["about"]), sum(found["not"])
            yield (
                f"| {half} | `{query}` | {len(found['about'])} | {len(found['not'])} |"
                f" {right / len(found['about']):.1%} | {right / (right + wrong):.1%} |"
            )


if __name__ == "__main__":
    print("\n".join(table()))
