from __future__ import annotations

import pytest
from tests.plans.coding.made import plan
from tools.labelled_passages import try_passages

from fotfeste.plans.codebooks import codebook_of_text, load
from fotfeste.plans.coding import CodingRules, RuleCause, Strength, Suggestion
from fotfeste.plans.coding.negation import negated_by
from fotfeste.plans.coding.rule_index import PatternIndex
from fotfeste.plans.documents.model import Document, Span
from fotfeste.plans.words import Pattern, read_words, tokens

BOOK = load("integrering")
RULES = CodingRules(BOOK)


def found(document: Document, passage: int = -1) -> dict[str, Strength]:
    place = passage % len(document.passages)
    return {
        one.code: one.strength
        for one in RULES.suggest(document)
        if one.passage == place and one.strength is not None
    }


def suggestion(document: Document, code: str) -> Suggestion:
    last = len(document.passages) - 1
    return next(one for one in RULES.suggest(document) if one.code == code and one.passage == last)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Innvandrere utgjør en tredel.", "innvandrere"),
        ("Innvandrarane blir fleire.", "innvandrere"),
        ("Kommunen tok imot 20 flyktninger.", "flyktninger"),
        ("Flyktningane kjem i vår.", "flyktninger"),
        ("Arbeidsinnvandringen faller.", "arbeidsinnvandrere"),
        ("Familiegjenforente står uten tilbud.", "familieinnvandrere"),
        ("Barnehagen er full.", "tema-oppvekst"),
        ("Distriktskommunene mister folk.", "distrikt"),
    ],
)
def test_a_group_theme_or_place_that_is_mentioned_is_suggested(sentence: str, code: str) -> None:
    assert found(plan(sentence))[code] is Strength.STRONG


def test_labour_immigrants_are_not_immigrants_in_general() -> None:
    codes = found(plan("Arbeidsinnvandrerne på verftet trives."))
    assert "arbeidsinnvandrere" in codes
    assert "innvandrere" not in codes


def test_every_suggestion_names_its_rule_its_words_and_where_they_stand() -> None:
    document = plan("# Folk", "Vi skal bosette ti flyktninger.")
    one = suggestion(document, "flyktninger")
    cause = one.causes[0]
    assert isinstance(cause, RuleCause)
    assert cause.rule == "flyktninger/1"
    assert cause.words == ("flyktninger",)
    assert [document.at(place) for place in cause.places] == ["flyktninger"]
    assert document.at(one.span) == "Vi skal bosette ti flyktninger."


@pytest.mark.parametrize(
    "word", ["innvendinger", "innvilget", "innvirkning", "innvie", "innvendig", "innvortes"]
)
def test_a_word_that_only_begins_as_immigrant_suggests_no_group(word: str) -> None:
    codes = found(plan(f"Det gjelder {word} fra naboene."))
    assert not codes.keys() & set(BOOK.under("gruppe"))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Politidistriktet legger ned kontoret.", "distrikt"),
        ("Distriktssenteret holder kurs.", "distrikt"),
        ("Skatteflyktninger er ikke tema.", "flyktninger"),
    ],
)
def test_a_look_alike_is_held_back_and_shown_with_why(sentence: str, code: str) -> None:
    one = suggestion(plan(sentence), code)
    assert not one.offered
    assert one.strength is None
    assert str(one.held_back[0].why)


def test_another_word_in_the_same_sentence_still_counts_beside_a_look_alike() -> None:
    assert "distrikt" in found(plan("Distriktssenteret inviterer småkommuner til kurs."))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Planen har ikke indikatorer.", "indikator"),
        ("Planen manglar indikatorar.", "indikator"),
        ("Indikatorer mangler i planen.", "indikator"),
        ("Det er lagt fram uten risikovurdering.", "konsekvens"),
        ("Kommunen har ikkje evaluert den førre planen.", "evaluering"),
        ("Det er ingen frist.", "frist"),
    ],
)
def test_what_a_plan_says_it_has_not_is_not_suggested(sentence: str, code: str) -> None:
    one = suggestion(plan(sentence), code)
    assert not one.offered
    assert "sier at det ikke er slik" in str(one.held_back[0].why)


@pytest.mark.parametrize(
    "sentence",
    [
        "Indikator: andelen i arbeid.",
        "Ikke bare indikatorer, men også mål.",
        "Kommunen er ikke stor, men den har indikatorer.",
    ],
)
def test_a_negation_of_something_else_takes_nothing_away(sentence: str) -> None:
    assert "indikator" in found(plan(sentence))


def test_a_group_is_mentioned_also_when_something_is_denied_of_it() -> None:
    assert "flyktninger" in found(plan("Flyktninger er ikke nevnt."))


def test_a_negation_reaches_within_its_clause_only() -> None:
    words = ["ikke", "a", "b", "c"]
    assert negated_by(words, [False] * 4, 3, 3) == 0
    assert negated_by(words, [False, False, True, False], 3, 3) is None
    assert negated_by(["ikke", "bare", "b", "c"], [False] * 4, 3, 3) is None


def test_immigration_and_district_in_one_sentence_are_strongly_coupled() -> None:
    assert found(plan("I små kommuner holder flyktningene skolen oppe."))["kobling"] is Strength.STRONG


def test_immigration_and_district_in_one_list_item_are_strongly_coupled() -> None:
    item = plan("- Distriktene mister folk. Innvandrerne kommer.")
    assert found(item)["kobling"] is Strength.STRONG


def test_immigration_and_district_in_one_paragraph_are_weakly_coupled() -> None:
    assert found(plan("Distriktene mister folk. Innvandrerne kommer."))["kobling"] is Strength.WEAK


def test_immigration_under_a_heading_about_districts_is_a_candidate() -> None:
    assert found(plan("# Distriktene", "Innvandrerne kommer."))["kobling"] is Strength.CANDIDATE
    assert found(plan("# Innvandrere", "Distriktene mister folk."))["kobling"] is Strength.CANDIDATE


def test_immigration_and_district_in_different_paragraphs_are_not_coupled() -> None:
    document = plan("Distriktene mister folk.", "Innvandrerne kommer.")
    assert "kobling" not in found(document, 0)
    assert "kobling" not in found(document, 1)


def test_neither_alone_is_coupled() -> None:
    assert "kobling" not in found(plan("Distriktene mister folk."))
    assert "kobling" not in found(plan("Innvandrerne kommer."))


def test_a_passage_takes_its_headings_topic_only_as_a_candidate() -> None:
    document = plan("# Flyktninger", "## Hvem de er", "De fleste er unge.")
    assert found(document)["flyktninger"] is Strength.CANDIDATE
    assert "flyktninger" not in found(plan("# Flyktninger", "# Annet", "De fleste er unge."))


def test_the_quality_of_a_plan_is_not_taken_from_a_heading() -> None:
    assert "mal" not in found(plan("# Hovedmål", "De fleste er unge."))


def test_a_value_asks_for_those_it_is_about() -> None:
    assert "verdi-positiv" in found(plan("Innvandrerne er en ressurs for bygda."))
    assert "verdi-positiv" not in found(plan("Skogen er en ressurs for bygda."))
    assert "verdi-positiv" not in found(plan("Klarer vi det, kan innvandrerne bli en ressurs for bygda."))


def test_an_item_under_measures_is_a_measure_and_elsewhere_it_is_not() -> None:
    assert "tiltak" in found(plan("# Tiltak", "- Etablere språkkafé på biblioteket."))
    assert "tiltak" not in found(plan("# Bakgrunn", "- Etablere språkkafé på biblioteket."))


def test_every_item_right_under_a_heading_of_measures_is_a_measure_whatever_its_words() -> None:
    item = plan("# Tiltak", "- Ventilasjon i gymsalen.")
    cause = suggestion(item, "tiltak").causes[0]
    assert isinstance(cause, RuleCause)
    assert cause.words == ("tiltak",)
    assert [item.at(place) for place in cause.places] == ["Tiltak"]
    assert "tiltak" not in found(plan("# Evaluering av tiltak", "- Ventilasjon i gymsalen."))
    assert "tiltak" not in found(plan("# Tiltak", "Ventilasjonen i gymsalen er gammel."))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("De fleste bor i byen, men vi ser at flere flytter.", "definisjon"),
        ("Pendling gjør det mulig å opprettholde bosetting i kommunene.", "bosetting"),
        ("Kurset må gi en felles forståelse, og det kan ta tid.", "konsekvens"),
        ("Flyktningtjenesten har ansvaret for oppfølgingen.", "flyktninger"),
    ],
)
def test_words_that_only_look_alike_by_their_stem_suggest_nothing(sentence: str, code: str) -> None:
    assert code not in found(plan(sentence))


def test_contents_lists_are_not_coded() -> None:
    assert RULES.suggest(plan("= 3.2 Flyktninger og innvandrere ........ 14")) == ()


def test_nothing_is_ever_accepted_by_itself() -> None:
    from datetime import UTC, datetime

    from fotfeste.plans.coding import State, suggested_coding

    one = suggestion(plan("Flyktninger kommer."), "flyktninger")
    coding = suggested_coding(one, datetime(2026, 11, 22, tzinfo=UTC))
    assert coding.state is State.SUGGESTED
    assert coding.coder == ""
    assert coding.cause == "flyktninger/1"


def test_the_index_of_patterns_finds_exactly_what_each_pattern_finds_alone() -> None:
    written = [pattern for code in BOOK.codes for rule in code.rules for pattern in rule.patterns]
    index = PatternIndex([*written, "innv*", '"å å"', '"i i"', "*ing"])
    patterns = {one: Pattern.parse(one) for one in (*index.written[::7], "innv*", '"å å"', "*ing")}
    texts = [one.text for one in try_passages()[::15]]
    for text in (*texts, "Innvendinger og innvandring; innvirkning på innvandrere å å å ble innvilget."):
        words = [token.word for token in tokens(text)]
        fast = {(index.written[number], hit.places, hit.rule) for number, hit in index.hits(words)}
        read = read_words(text)
        place = {span: number for number, span in enumerate(read.spans)}
        slow = {
            (one, tuple(place[span] for span in match.places), match.excluded_by)
            for one, pattern in patterns.items()
            for match in pattern.find(read)
        }
        assert {hit for hit in fast if hit[0] in patterns} == slow, text


def test_suggestions_are_the_same_every_time_and_whatever_came_before() -> None:
    documents = [one.document() for one in try_passages()[:40]]
    once = [RULES.suggest(document) for document in documents]
    fresh = CodingRules(BOOK)
    assert [fresh.suggest(document) for document in reversed(documents)][::-1] == once


def test_spans_lie_within_the_text_they_speak_of() -> None:
    for passage in try_passages()[:60]:
        document = passage.document()
        for one in RULES.suggest(document):
            assert one.text_sha256 == document.text_sha256
            assert one.span == document.passages[one.passage].span
            for cause in one.causes:
                assert isinstance(cause, RuleCause)
                assert all(document.at(place).lower() for place in cause.places)


def test_a_codebook_of_ones_own_needs_only_a_pattern() -> None:
    text = """schema = 1
id = "egen"
dated = 2026-11-22
title.nb = "Egen"
[[code]]
id = "tolk"
name.nb = "Tolk"
[[code.rule]]
patterns = ["tolk"]
"""
    rules = CodingRules(codebook_of_text(text, "egen.toml"))
    assert [one.code for one in rules.suggest(plan("Tolketjenesten styrkes med flere tolker."))] == ["tolk"]


def test_an_empty_document_and_one_of_signs_alone_give_nothing() -> None:
    assert RULES.suggest(plan()) == ()
    assert RULES.suggest(plan("… – «»", "12 34")) == ()
    assert Span(0, 0) == Span(0, 0)
