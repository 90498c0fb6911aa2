"""Measure what becomes of anchors, and how long a comparison of two plans takes, on plans that are made up here.

    python -m tools.anchor_survival

Every sentence of a made-up plan of some 100 pages is anchored. New versions of the plan have more and more random edits;
told is how many anchors were found, how many of those stand elsewhere than their own words (always none), and why the
others were lost. Times are of the processor.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from hashlib import sha256

from fotfeste.plans.anchors import Finder, Found, Maker
from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.generations import compare

PASSAGES = 1_500
REPEATED = "Ansvarlig er kommunedirektøren, og fristen er neste år."
EDITS = (0, 20, 100, 500)
USUAL = ("og", "i", "på", "som", "for", "er", "skal", "det", "til", "med")


def made_up(chance: random.Random) -> list[str]:
    """Return the paragraphs of a plan whose words mean nothing; every tenth is a line that is repeated."""
    letters = "abdefgiklmnoprstuvå"
    words = ["".join(chance.choice(letters) for _ in range(chance.randint(3, 10))) for _ in range(4_000)]

    def sentence() -> str:
        parts = [
            chance.choice(USUAL) if chance.random() < 0.4 else words[int(len(words) * chance.random() ** 3)]
            for _ in range(chance.randint(6, 20))
        ]
        return f"{' '.join(parts).capitalize()}."

    return [
        REPEATED if chance.random() < 0.1 else " ".join(sentence() for _ in range(chance.randint(1, 4)))
        for _ in range(PASSAGES)
    ]


def document(paragraphs: list[str]) -> Document:
    """Return a document of paragraphs."""
    passages, start = [], 0
    for one in paragraphs:
        span = Span(start, start + len(one))
        passages.append(Passage(span, PassageKind.PARAGRAPH, Language.BOKMAAL, (), (span,)))
        start = span.end + 2
    text = "\n\n".join(paragraphs)
    return Document(
        text, Origin("plan.txt", sha256(text.encode()).hexdigest(), "text/plain", "0"), "", tuple(passages)
    )


def sentences(plan: Document) -> list[Span]:
    """Return every sentence of a plan."""
    found, start = [], 0
    for place, sign in enumerate(plan.text):
        if sign == ".":
            found.append(Span(start, place + 1))
            start = place + 1
    return found


def edited(text: str, edits: int, chance: random.Random) -> tuple[str, list[int]]:
    """Return a text after random edits, with the number in the first text of each of its signs (-1 for a new one)."""
    signs = [*zip(text, range(len(text)), strict=True)]
    for _ in range(edits):
        place = chance.randrange(len(signs))
        new = [(sign, -1) for sign in chance.choice((" Nye ord her.", "", " q"))]
        signs[place : place + chance.choice((0, 0, 10, 80))] = new
    return "".join(sign for sign, _ in signs), [number for _, number in signs]


def main() -> None:
    """Measure, and print a table."""
    chance = random.Random(2026)
    paragraphs = made_up(chance)
    plan = document(paragraphs)
    maker, begins = Maker(plan), time.process_time()
    anchors = [maker.anchor(span) for span in sentences(plan)]
    made = time.process_time() - begins
    print(f"{len(plan.text)} signs, {len(anchors)} anchors made in {made:.2f} s")
    print("edits  whole  found  wrong  lost  ms each")
    for edits in EDITS:
        text, numbers = edited(plan.text, edits, chance)
        at = {number: place for place, number in enumerate(numbers) if number >= 0}
        later, counts = document(text.split("\n\n")), Counter[str]()
        finder, begins = Finder(later), time.process_time()
        found = [finder.moved(one) for one in anchors]
        each = 1000 * (time.process_time() - begins) / len(anchors)
        for one, answer in zip(anchors, found, strict=True):
            own = at.get(one.start, -1)
            whole = (
                numbers[own : own + len(one.quote)] == list(range(one.start, one.end)) if own >= 0 else False
            )
            counts["whole"] += whole
            counts["found" if isinstance(answer, Found) else "lost"] += 1
            if isinstance(answer, Found) and (not whole or answer.span.start != own):
                counts["wrong"] += edits > 0
        print(
            f"{edits:5}  {counts['whole']:5}  {counts['found']:5}  {counts['wrong']:5}  {counts['lost']:4}  {each:.2f}"
        )
    for name, other in (
        ("150 changed, 150 new", _renewed(paragraphs, chance)),
        ("nothing in common", made_up(chance)),
    ):
        begins = time.process_time()
        told = compare(plan, document(other)).counts()
        took = time.process_time() - begins
        print(
            f"{name}: {', '.join(f'{change.value} {count}' for change, count in told.items())}; {took:.2f} s"
        )


def _renewed(paragraphs: list[str], chance: random.Random) -> list[str]:
    renewed = list(paragraphs)
    for place in chance.sample(range(len(renewed)), 300):
        words = renewed[place].split()
        words[len(words) // 2 : len(words) // 2 + 2] = ["nytt", "ord"]
        renewed[place] = (
            " ".join(words) if place % 2 else " ".join(f"ny{place}x{number}" for number in range(12))
        )
    return renewed


if __name__ == "__main__":
    main()
