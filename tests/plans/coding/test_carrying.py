"""Codings follow a document to its next version where the words are found again, and are never put anywhere else."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.documents.made import paragraph, sentence

from fotfeste.plans.anchors import Reason
from fotfeste.plans.coding import CodingLog, accept, codings, mark_read, read_by, reject, resolutions, resolve
from fotfeste.plans.coding.carrying import Carrier
from fotfeste.plans.documents import Document, Span, read

AT, LATER = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC)


def document(*paragraphs: str) -> Document:
    return read("plan.md", ("# Prøveplan\n\n" + "\n\n".join(paragraphs) + "\n").encode())


def some(count: int, seed: int = 4) -> list[str]:
    chance = random.Random(seed)
    return [paragraph(chance, "nb", 2) for _ in range(count)]


def about(one: Document, place: int, coder: str = "a") -> dict[str, object]:
    return {"at": AT, "coder": coder, "text_sha256": one.text_sha256, "span": one.passages[place].span}


def test_a_coding_stands_on_the_same_words_with_its_coder_memo_and_moment() -> None:
    texts = some(4)
    old, new = document(*texts), document("Et nytt avsnitt er kommet først.", *texts)
    log = accept(CodingLog("prøve"), code="tiltak", memo="Sikkert", **about(old, 2))  # type: ignore[arg-type]
    log = reject(log, code="mal", cause="mal/1", **about(old, 3, "b"))  # type: ignore[arg-type]
    made = Carrier(old, new).carried(log, LATER)
    first, second = codings(made.log)
    assert (new.at(first.span), first.coder, first.memo, first.at) == (texts[1], "a", "Sikkert", AT)
    assert (new.at(second.span), second.code, second.state.value, second.cause) == (
        texts[2], "mal", "rejected", "mal/1",
    )  # fmt: skip
    assert [one.number for one in made.log.events] == [1, 2]
    assert not made.lost


def test_a_coding_on_words_that_are_gone_or_stand_twice_is_lost_with_the_reason() -> None:
    texts = some(3)
    old = document(*texts, "Barn er nevnt.")
    log = accept(CodingLog("prøve"), code="tiltak", **about(old, 2))  # type: ignore[arg-type]
    log = accept(log, code="mal", **about(old, 4))  # type: ignore[arg-type]
    new = document(texts[0], "Noe helt annet.", "Barn er nevnt.", *some(2, 9), "Barn er nevnt.", texts[2])
    made = Carrier(old, new).carried(log, LATER)
    assert not made.log.events
    assert made.lost[0].place.reason is Reason.ABSENT
    assert made.lost[1].place.reason in (Reason.SEVERAL, Reason.UNSURE)


def test_what_is_read_comes_along_passage_by_passage_and_what_is_new_has_nobody_read() -> None:
    texts = some(5)
    old = document(*texts)
    whole = Span(old.passages[0].span.start, old.passages[-1].span.end)
    log = mark_read(CodingLog("prøve"), at=AT, coder="a", text_sha256=old.text_sha256, span=whole)
    new = document(*texts[:2], "Dette er nytt og har ingen sett.", *texts[2:])
    made = Carrier(old, new).carried(log, LATER)
    read_now = [span for _, span in read_by(made.log, "a")]
    fresh = next(one.span for one in new.passages if "ingen sett" in new.at(one.span))
    assert not any(span.start <= fresh.start < span.end for span in read_now)
    assert all(
        any(span.start <= one.span.start and one.span.end <= span.end for span in read_now)
        for one in new.passages
        if new.at(one.span) in texts
    )


def test_what_was_settled_stays_settled() -> None:
    texts = some(3)
    old, new = document(*texts), document("Innledning.", *texts)
    log = accept(CodingLog("prøve"), code="tiltak", **about(old, 2))  # type: ignore[arg-type]
    log = resolve(log, code="tiltak", holds=False, memo="Bare et mål", **about(old, 2, "b"))  # type: ignore[arg-type]
    (settled,) = resolutions(Carrier(old, new).carried(log, LATER).log)
    assert (settled.holds, settled.by, new.at(settled.span)) == (False, "b", texts[1])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_whatever_is_edited_a_coding_stands_on_its_own_words_or_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    texts = some(8, seed)
    texts.insert(5, texts[1])  # the same words twice
    old = document(*texts)
    log = CodingLog("prøve")
    for place in range(1, len(old.passages)):
        log = accept(log, code="tiltak", **about(old, place))  # type: ignore[arg-type]
    changed = list(texts)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed) + 1)
        if chance.random() < 0.5:
            changed.insert(place, sentence(chance))
        elif len(changed) > 2:
            changed.pop(min(place, len(changed) - 1))
    new = document(*changed)
    made = Carrier(old, new).carried(log, LATER)
    found = codings(made.log)
    assert len(found) + len(made.lost) == len(codings(log))
    kept = [old.at(one.span) for one in codings(log)]
    for one in found:
        assert new.at(one.span) in kept
    # No two codings of different places have become one place.
    assert len({one.span for one in found}) == len(found)
