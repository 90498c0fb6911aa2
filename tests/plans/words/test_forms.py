"""One form for a word: measured on lists of field words, of which one half was never looked at while rules were made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snowballstemmer.norwegian_stemmer import NorwegianStemmer

from fotfeste.plans.words import normal, parts, tokens
from fotfeste.plans.words.compounds import pieces
from fotfeste.plans.words.forms import bokmaal
from fotfeste.plans.words.rules import FILES, read_rules

HERE = Path(__file__).parent
WORDS = st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd", "Mn")), max_size=120)


def pairs(half: str, kind: str) -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in (HERE / "pairs.tsv").read_text("utf-8").splitlines()]
    return [(row[2], row[3]) for row in rows if row[:2] == [half, kind]]


@pytest.mark.parametrize(("half", "least"), [("tune", 0.95), ("test", 0.85)])
def test_words_of_the_field_are_one_in_bokmaal_and_nynorsk(half: str, least: float) -> None:
    some = pairs(half, "united")
    apart = [pair for pair in some if normal(pair[0]) != normal(pair[1])]
    assert len(some) >= 100
    assert 1 - len(apart) / len(some) >= least, apart if half == "tune" else len(apart)


def test_a_list_written_after_the_rules_stays_as_it_was_measured() -> None:
    some, others = pairs("check", "united"), pairs("check", "apart")
    assert sum(normal(one) == normal(other) for one, other in some) >= 43
    assert sum(normal(one) == normal(other) for one, other in others) == 0
    assert (len(some), len(others)) == (52, 104)


@pytest.mark.parametrize("half", ["tune", "test"])
def test_words_that_only_look_alike_stay_apart(half: str) -> None:
    some = pairs(half, "apart")
    united = [pair for pair in some if normal(pair[0]) == normal(pair[1])]
    assert len(some) >= 190
    assert len(united) / len(some) <= 0.02, united if half == "tune" else len(united)


@pytest.mark.parametrize(
    "forms",
    [
        "innvandrer innvandreren innvandrere innvandrerne innvandrar innvandraren innvandrarar innvandrarane",
        "bosetting bosettingen bosettinga busetjing busetjinga busetting",
        "flyktning flyktninger flyktningene flyktningar flyktningane",
        "mulighet muligheter mulighetene moglegheit moglegheiter moglegheitene",
        "kommune kommuner kommunene kommunar kommunane kommunens",
        "lokal lokale lokalt",
        "kulturell kulturelle kulturelt",
        "program programmet programmer programmene",
        "integrere integrerer integrert integrerte integreres",
    ],
)
def test_every_form_of_a_word_is_one(forms: str) -> None:
    assert len({normal(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("arbeidsinnvandrere", ("arbeid", "innvandrer")),
        ("innvandrerbefolkning", ("innvandrer", "befolkning")),
        ("innvandrarbefolkninga", ("innvandrer", "befolkning")),
        ("fleirkulturell", ("fler", "kulturell")),
        ("bostedskommune", ("bo", "sted", "kommune")),
        ("arbeidsmarknadsregionar", ("arbeid", "marked", "region")),
        ("sykepleierinnvandring", ("sykepleier", "innvandring")),
        ("polskinnvandrere", ("polsk", "innvandrer")),
    ],
)
def test_a_compound_is_taken_apart(word: str, expected: tuple[str, ...]) -> None:
    assert parts(word) == tuple(normal(part) for part in expected)


@pytest.mark.parametrize(
    "word", ["kommunikasjon", "bokmål", "innvandring", "oslo", "målinger", "systematisk", "minimum"]
)
def test_a_simple_word_is_its_own_only_part(word: str) -> None:
    assert parts(word) == (normal(word),)


def test_nynorsk_gets_the_letters_of_bokmaal_and_doctors_stay_doctors() -> None:
    assert bokmaal("busetj") == "bosett"
    assert bokmaal("moglegheiter") == "muligheter"
    assert bokmaal("offentlege") == "offentlige"
    assert bokmaal("fastlegen") == "fastlegen"
    assert bokmaal("Høyre") == "høyre"
    assert normal("høyring") == normal("høring")


def test_words_stand_where_they_are_said_to_stand() -> None:
    text = "EØS-borgere, bo- og arbeids\u00admarked. A\u030a bli"
    found = [(token.word, text[token.span.start : token.span.end]) for token in tokens(text)]
    assert found == [
        ("eøs", "EØS"), ("borgere", "borgere"), ("bo", "bo"), ("og", "og"),
        ("arbeidsmarked", "arbeids\u00admarked"), ("å", "A\u030a"), ("bli", "bli"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_rules_are_dated(name: str) -> None:
    rules = read_rules(name)
    assert rules["valid_from"].year >= 2026
    assert rules["note"]


@given(WORDS)
def test_any_word_has_a_form_and_parts(word: str) -> None:
    for token in tokens(word):
        assert normal(token.word)
        assert parts(token.word)
        assert "".join(pieces(token.word)) == bokmaal(token.word)


@given(st.text(max_size=300))
def test_tokens_come_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.span.start < token.span.end <= len(text)
        end = token.span.end


def test_a_word_without_end_is_read_at_once() -> None:
    assert len(normal("innvandrer" * 100_000)) <= 100
    assert parts("arbeids" * 50_000)


def test_many_at_once_get_the_same_forms() -> None:
    words = [
        f"{first}{last}"
        for first in ("skole", "bolig", "fylkes")
        for last in ("planene", "rådet", "tiltaka") * 40
    ]
    words = [f"{word}{number}x{word}ene" for number, word in enumerate(words)]
    alone = {word: str(NorwegianStemmer().stemWord(bokmaal(word))) for word in words}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(normal.__wrapped__, words * 4))
    assert [alone[word] for word in words * 4] == together
