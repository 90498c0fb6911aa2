from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.coding.made import plan

from fotfeste.plans.codebooks import load
from fotfeste.plans.coding import (
    CodingLog,
    CodingRules,
    LearntCause,
    RuleCause,
    Strength,
    accept,
    mark_read,
    reject,
)
from fotfeste.plans.coding.classifier import FEWEST, PRECISION, Learnt, learn
from fotfeste.plans.coding.features import features
from fotfeste.plans.coding.suggesting import learn_from, still_open, suggestions
from fotfeste.plans.documents.model import Document, Span

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BUS = ["Bussen går to ganger.", "Ruta har få avganger.", "Bussruta blir lagt om.", "Flere avganger med buss.",
       "Bussen er full.", "Avgangene med bussen er få.", "Ruta går langs fjorden."]  # fmt: skip
OTHER = ["Skolen er ny.", "Kommunen har lav gjeld.", "Eldre får omsorg.", "Parken er grønn.", "Taket på hallen er nytt.",
         "Vannet er rent.", "Folk trives.", "Biblioteket har åpent.", "Kirken skal males.", "Hallen er varm."]  # fmt: skip


def judged(texts: list[str], codes: set[str]) -> list[Learnt]:
    found = []
    for text in texts:
        document = plan(text)
        found.append(Learnt(document.text_sha256, document.passages[0].span, seen(text), frozenset(codes)))
    return found


def seen(text: str) -> tuple[str, ...]:
    document = plan(text)
    return features(document, document.passages[-1])


CLASSIFIER = learn([*judged(BUS, {"skyss"}), *judged(OTHER, set())], ["skyss", "ukjent"])


def test_a_passage_sees_its_words_in_one_form_for_bokmaal_and_nynorsk() -> None:
    assert seen("Innvandrerne flytter.") == seen("Innvandrarane flyttar.")


def test_a_passage_sees_the_parts_of_compounds_and_headings_apart() -> None:
    document = plan("# Bolig", "Arbeidsinnvandrere kommer.")
    found = features(document, document.passages[1])
    assert {"innvandrer", "arbeid"} <= set(found)
    assert any(one.startswith("overskrift:") for one in found)


def test_what_is_like_the_accepted_is_suggested_with_words_and_neighbours() -> None:
    (one,) = CLASSIFIER.said_of(seen("Bussen har få avganger til bygda."))
    assert one.code == "skyss"
    assert one.cause.score >= one.cause.threshold
    words = [word for word, _ in one.cause.words]
    assert any(word.startswith(("buss", "avgang")) for word in words)
    accepted = {(each.text_sha256, each.span) for each in judged(BUS, set())}
    assert one.cause.neighbours
    assert all((near.text_sha256, near.span) in accepted for near in one.cause.neighbours)
    likeness = [near.likeness for near in one.cause.neighbours]
    assert likeness == sorted(likeness, reverse=True)
    assert all(0 < each <= 1 for each in likeness)


def test_what_is_unlike_all_it_knows_is_left_alone() -> None:
    assert CLASSIFIER.said_of(seen("Kirken skal males.")) == ()
    assert CLASSIFIER.said_of(seen("Helt ukjente ord står skrevet.")) == ()
    assert CLASSIFIER.said_of(()) == ()


def test_a_code_with_too_few_accepted_passages_is_not_learnt() -> None:
    few = learn([*judged(BUS[: FEWEST - 1], {"skyss"}), *judged(OTHER, set())], ["skyss"])
    assert few.known[0].threshold is None
    assert few.said_of(seen(BUS[0])) == ()


def test_a_code_given_without_system_is_abstained_from() -> None:
    passages = judged(OTHER, set())
    mixed = [
        Learnt(one.text_sha256, one.span, one.features, frozenset({"rot"} if number % 2 else ()))
        for number, one in enumerate(passages)
    ]
    assert learn(mixed, ["rot"]).known[0].threshold is None


def test_a_threshold_holds_its_promise_on_what_was_left_out() -> None:
    one = CLASSIFIER.known[0]
    assert one.threshold is not None
    assert one.right >= PRECISION * one.above
    assert CLASSIFIER.known[1].threshold is None


def test_nothing_learnt_is_nothing_said() -> None:
    assert learn([], ["skyss"]).said_of(seen(BUS[0])) == ()


@settings(max_examples=30, deadline=None)
@given(st.permutations([*judged(BUS, {"skyss"}), *judged(OTHER, set())]))
def test_the_order_it_is_taught_in_makes_no_difference(shuffled: list[Learnt]) -> None:
    other = learn(shuffled, ["skyss", "ukjent"])
    assert other.known == CLASSIFIER.known
    for text in (*BUS, *OTHER, "Bussen er ny."):
        assert [(one.code, one.cause.score) for one in other.said_of(seen(text))] == [
            (one.code, one.cause.score) for one in CLASSIFIER.said_of(seen(text))
        ]


def taught(documents: list[Document]) -> CodingLog:
    log = CodingLog("b")
    for document in documents:
        whole = Span(0, len(document.text))
        log = mark_read(log, at=NOW, coder="kari", text_sha256=document.text_sha256, span=whole)
        if "uss" in document.text or "vgang" in document.text or "Ruta" in document.text:
            log = accept(
                log,
                at=NOW,
                coder="kari",
                text_sha256=document.text_sha256,
                span=whole,
                code="sektor-samferdsel",
            )
    return log


def test_rules_and_classifier_stand_side_by_side_and_what_is_judged_is_not_asked_again() -> None:
    book = load("integrering")
    documents = [plan(text) for text in (*BUS, *OTHER)]
    log = taught(documents)
    classifier = learn_from(log, ["kari"], documents, book)
    new = plan("Avgangene er få, og ruta er lagt om.", "Bussen har få avganger.")
    found = {(one.passage, one.code): one for one in suggestions(new, CodingRules(book), classifier)}
    learnt = found[0, "sektor-samferdsel"]
    assert learnt.strength is Strength.CANDIDATE
    assert isinstance(learnt.causes[0], LearntCause)
    both = found[1, "sektor-samferdsel"]
    assert [type(cause) for cause in both.causes] == [RuleCause, LearntCause]
    assert both.strength is Strength.STRONG
    left = still_open(tuple(found.values()), log, "kari")
    assert learnt in left
    log = reject(
        log,
        at=NOW,
        coder="kari",
        text_sha256=new.text_sha256,
        span=learnt.span,
        code=learnt.code,
        cause="learnt",
    )
    assert learnt not in still_open(tuple(found.values()), log, "kari")
    assert learnt in still_open(tuple(found.values()), log, "ola")
