"""The language of patterns: what is found, where, and what is said about one that cannot be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.plans.documents.model import Document, Language, Origin, Passage, PassageKind, Span
from fotfeste.plans.words import Pattern, PatternError, read_words
from fotfeste.plans.words.grammar import MOST_SIGNS

TEXT = (
    "Kommunen vil styrke bosettingen av flyktninger. Innvandrerbefolkningen veks, og arbeidsinnvandrarar treng eit "
    "lokalt arbeidsmarknad. Distriktskommunene har små kommuner som naboer."
)


def found(pattern: str, text: str = TEXT) -> list[str]:
    return [
        text[match.span.start : match.span.end]
        for match in Pattern.parse(pattern).find(text)
        if match.excluded_by is None
    ]


def document(*passages: str) -> Document:
    whole, made, at = "\n\n".join(passages), [], 0
    for text in passages:
        span = Span(at, at + len(text))
        made.append(Passage(span, PassageKind.PARAGRAPH, Language.BOKMAAL, (), (span,)))
        at = span.end + 2
    return Document(whole, Origin("oppdiktet", "", "text/plain", "test"), "Oppdiktet", tuple(made))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("innvandrer", ["Innvandrerbefolkningen", "arbeidsinnvandrarar"]),
        ("innvandrar", ["Innvandrerbefolkningen", "arbeidsinnvandrarar"]),
        ('"innvandrer"', []),
        ("busetjing", ["bosettingen"]),
        ("innvandr*", ["Innvandrerbefolkningen", "arbeidsinnvandrarar"]),
        ("*innvandrer*", ["Innvandrerbefolkningen", "arbeidsinnvandrarar"]),
        ("arbeids*innvandr*", ["arbeidsinnvandrarar"]),
        ("*innvandrere", ["arbeidsinnvandrarar"]),
        ('"lokalt arbeidsmarked"', ["lokalt arbeidsmarknad"]),
        ("«små kommuner»", ["små kommuner"]),
        ('"små kommun*"', ["små kommuner"]),
        ("bosett* NÆR/3 flyktning", ["bosettingen av flyktninger"]),
        ("flyktning nær/2 busetjing", ["bosettingen av flyktninger"]),
        ("bosetting NÆR/1 flyktning", []),
        ("flyktning og nabo", ["flyktninger", "naboer"]),
        ("flyktning nabo", ["flyktninger", "naboer"]),
        ("flyktning OG student", []),
        ("student eller nabo", ["naboer"]),
        ("flyktning IKKE nabo", []),
        ("flyktning IKKE student", ["flyktninger"]),
        ("(student eller flyktning) NÆR/2 bosetting", ["bosettingen av flyktninger"]),
        ("befolkning", ["Innvandrerbefolkningen"]),
        ("distriktskommune", ["Distriktskommunene"]),
        ("bosetting-av", ["bosettingen av"]),
    ],
)
def test_a_pattern_finds(pattern: str, expected: list[str]) -> None:
    assert found(pattern) == expected


def test_a_match_lies_within_one_passage_and_knows_its_words() -> None:
    plan = document(
        "Bosetting er viktig.", "Flyktninger kommer.", "Vi planlegger bosetting av mange flyktninger."
    )
    matches = list(Pattern.parse("bosetting NÆR/5 flyktning").find(plan))
    assert [plan.at(match.span) for match in matches] == ["bosetting av mange flyktninger"]
    assert matches[0].words == ("bosetting", "flyktninger")
    assert [plan.at(place) for place in matches[0].places] == ["bosetting", "flyktninger"]
    assert [plan.at(match.span) for match in Pattern.parse("bosetting og flyktning").find(plan)] == [
        "bosetting",
        "flyktninger",
    ]


def test_a_text_is_read_once_for_many_patterns() -> None:
    plan = document(TEXT, "Ein flyktning.")
    read = read_words(plan)
    for pattern in ("flyktning", '"små kommuner"', "bosett* NÆR/3 flyktning"):
        assert list(Pattern.parse(pattern).find(read)) == list(Pattern.parse(pattern).find(plan))


def test_a_piece_of_a_text_is_searched_with_places_of_the_whole() -> None:
    matches = list(Pattern.parse("kommune").find(TEXT, Span(50, len(TEXT))))
    assert [TEXT[match.span.start : match.span.end] for match in matches] == [
        "Distriktskommunene",
        "kommuner",
    ]


@pytest.mark.parametrize(
    ("pattern", "code", "position"),
    [
        ("", "word_missing", 0),
        ("flyktning og", "word_missing", 12),
        ("og flyktning", "word_missing", 0),
        ("flyktning eller eller by", "word_missing", 16),
        ("NÆR/3 by", "word_missing", 0),
        ("by NÆR/3", "word_missing", 8),
        ("(by", "open", 0),
        ("by og (land", "open", 6),
        ("by)", "unmatched", 2),
        ('by "land', "quote", 3),
        ("IKKE by", "only_not", 0),
        ("a*", "few_letters", 0),
        ("by **", "few_letters", 3),
        ("by *a*b*", "few_letters", 3),
        ("*a*b*c*d*e*", "stars", 0),
        ("by NÆR/0 land", "distance", 3),
        ("by NÆR/51 land", "distance", 3),
        ("by NÆR/3 (land og vann)", "near_what", 9),
        ("!!!", "word_missing", 0),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_with_its_place(
    pattern: str, code: str, position: int
) -> None:
    with pytest.raises(PatternError) as caught:
        Pattern.parse(pattern)
    assert (caught.value.code, caught.value.position) == (f"plan.pattern.{code}", position)
    assert caught.value.problem.remedy is not None


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("a" * (MOST_SIGNS + 1), "too_long"),
        ("(" * 11 + "by" + ")" * 11, "too_deep"),
        ("by " * 41, "too_many"),
        ('"' + "by " * 41 + '"', "too_many"),
    ],
)
def test_a_pattern_without_measure_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(PatternError) as caught:
        Pattern.parse(pattern)
    assert caught.value.code == f"plan.pattern.{code}"


def test_a_hostile_pattern_takes_no_time() -> None:
    text = "a" * 20_000 + " " + "ab " * 8_000
    started = time.process_time()
    for pattern in (
        "*aaa*aaa*aab*",
        "aaa*b",
        "*ab* NÆR/50 *aba* NÆR/50 *abb*",
        "ab NÆR/50 ab NÆR/50 ab",
        '"ab ab ab ab ab ab ab"',
    ):
        try:
            list(Pattern.parse(pattern).find(text))
        except PatternError:
            continue
    assert time.process_time() - started < 4


def read_or_refusal(pattern: str) -> Pattern | PatternError:
    try:
        return Pattern.parse(pattern)
    except PatternError as error:
        return error


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_pattern_is_read_or_refused_within_its_length(pattern: str, text: str) -> None:
    read = read_or_refusal(pattern)
    if isinstance(read, PatternError):
        assert 0 <= read.position <= len(pattern)
        return
    for match in read.find(text):
        assert 0 <= match.span.start < match.span.end <= len(text)


PIECES = st.sampled_from(
    [
        "flyktning",
        "innvandr*",
        '"små kommuner"',
        "og",
        "eller",
        "IKKE",
        "NÆR/3",
        "(",
        ")",
        "*planlegging",
        "by",
        "«",
        '"',
    ]
)
SENTENCES = st.lists(
    st.sampled_from(
        ["flyktninger", "innvandrarar", "små", "kommuner", "by", "arealplanlegging", "og", "innvendinger"]
    ),
    max_size=25,
).map(" ".join)


@given(st.lists(PIECES, max_size=9).map(" ".join), SENTENCES)
def test_every_match_is_words_of_the_text_in_order(pattern: str, text: str) -> None:
    read = read_or_refusal(pattern)
    if isinstance(read, PatternError):
        return
    matches = list(read.find(text))
    for match in matches:
        assert tuple(text[place.start : place.end] for place in match.places) == match.words
        assert match.span == Span(match.places[0].start, match.places[-1].end)
    assert len({match.places for match in matches}) == len(matches)


@given(SENTENCES)
def test_what_is_near_is_both_there(text: str) -> None:
    near = Pattern.parse("flyktning NÆR/5 kommune")
    if list(near.find(text)):
        assert list(Pattern.parse("flyktning og kommune").find(text))
