"""Sentences about every place and every indicator: none is left half said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.daily import every_nth

from fotfeste.messages import Language, language
from fotfeste.reports.profiles import Knowledge, indicator_view
from fotfeste.reports.profiles.sentences import about_indicator, about_place
from fotfeste.reports.profiles.shown import row_of
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.public_figures import PublicFigure

SETTLED = "settled_1y"
HALF_SAID = re.compile(r"enn få|than few|  |: \.|:$|, [,.:]|\(\)|\.\.|[{}]|\bNone\b|Figure|Fraction")
SKIEN = "4003"


def with_settled(knowledge: Knowledge, figure: Figure) -> Knowledge:
    """The same knowledge, but for how many Skien settled."""
    figures = dict(knowledge._figures)
    figures[SETTLED] = {**figures[SETTLED], SKIEN: PublicFigure(figure)}
    return replace(knowledge, _figures=figures)


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (Figure.observed(0), "I 2025 ble ingen flyktninger bosatt her."),
        (Figure.observed(1), "I 2025 ble 1 flyktning bosatt her."),
        (Figure.observed(2), "I 2025 ble 2 flyktninger bosatt her."),
        (Figure.observed(1, estimated=True), "I 2025 ble om lag 1 flyktning bosatt her."),
        (Figure.suppressed(), "I 2025 ble færre enn 5 flyktninger bosatt her."),
        (Figure.suppressed(0, 9), "I 2025 ble færre enn 10 flyktninger bosatt her."),
        (Figure.suppressed(7, 12), "I 2025 ble mellom 7 og 12 flyktninger bosatt her."),
        (
            Figure(None, Mark.SUPPRESSED, 0, None),
            "Hvor mange flyktninger som ble bosatt her i 2025, er skjult fordi tallet er lite.",
        ),
        (Figure.not_asked(), "I 2025 ble ingen bedt om å bosette flyktninger her."),
        (Figure.missing(), "Hvor mange flyktninger som ble bosatt her i 2025, er ikke kjent."),
    ],
)
def test_how_many_were_settled_is_said_right_whatever_is_known(
    knowledge: Knowledge, words: Language, figure: Figure, told: str
) -> None:
    known = with_settled(knowledge, figure)
    sentence = about_place(known, known.place(SKIEN), words)
    assert told in sentence
    assert HALF_SAID.search(sentence) is None


@pytest.mark.parametrize("locale", every_nth(3, ["nn", "nb", "en"]))
def test_no_sentence_about_any_place_or_indicator_is_half_said(knowledge: Knowledge, locale: str) -> None:
    reader = language("nb" if locale == "nb" else "nn" if locale == "nn" else "en")
    said = 0
    for place in knowledge.places.values():
        sentences = [about_place(knowledge, place, reader)]
        sentences += [
            about_indicator(knowledge, one, row_of(knowledge, one, place, reader), place, reader)
            for one in knowledge.indicators
        ]
        for sentence in sentences:
            said += 1
            assert HALF_SAID.search(sentence) is None, (place.name, sentence)
            assert sentence.endswith((".", "”", "»")), (place.name, sentence)
    assert said > 10_000


def test_a_page_always_says_which_period_it_is_about(knowledge: Knowledge, words: Language) -> None:
    """The source of how many stay in their first municipality does not state the years."""
    for one in knowledge.indicators:
        view = indicator_view(knowledge, knowledge.country, one.id, words, pictures=False)
        assert view.period.strip(), one.id
    stayed = indicator_view(
        knowledge, knowledge.place("40"), "retention_first_municipality", words, pictures=False
    )
    assert stayed.period == "ikke oppgitt"
    assert "ikke oppgitt" not in stayed.sentence


@pytest.mark.parametrize("name", ["requested_last", "decided_last", "settled_last"])
def test_a_definition_is_true_of_the_year_that_the_page_shows(
    knowledge: Knowledge, words: Language, name: str
) -> None:
    view = indicator_view(knowledge, knowledge.country, name, words, pictures=False)
    assert "i det året som er oppgitt" in view.definition
    assert "året før" not in view.formula
    assert "året før" not in view.name


def test_a_thousand_inhabitants_are_never_broken_over_two_lines(knowledge: Knowledge) -> None:
    for one in knowledge.indicators:
        for texts in (one.names, one.units, one.definition):
            for text in texts.values():
                assert "1 000" not in text, one.id
