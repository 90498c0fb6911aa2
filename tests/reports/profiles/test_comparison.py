"""Up to six places side by side."""

from __future__ import annotations

import pytest

from fotfeste.errors import InputError
from fotfeste.messages import Language
from fotfeste.reports.profiles import MOST_PLACES, Knowledge, comparison


def test_places_stand_in_the_order_asked_each_once(knowledge: Knowledge, words: Language) -> None:
    found = comparison(knowledge, ["4003", "Telemark", "0", "4003", "Porsgrunn"], ["population"], words)
    assert [one.code for one in found.places] == ["4003", "40", "0", "4001"]
    assert [one.figure.value for one in found.rows[0].values] == [56_906, 177_923, 5_627_400, 37_435]


def test_without_indicators_all_are_compared(knowledge: Knowledge, words: Language) -> None:
    found = comparison(knowledge, ["4003"], [], words)
    assert [row.indicator for row in found.rows] == list(knowledge.indicator_ids)
    assert len(found.data.rows) == len(knowledge.indicator_ids)


def test_each_indicator_has_a_small_chart(knowledge: Knowledge, words: Language) -> None:
    row = comparison(knowledge, ["4003", "4001"], ["refugee_share"], words).rows[0]
    assert row.chart is not None
    assert "Skien: 6,8\u00a0%; Porsgrunn: " in row.chart.alternative
    assert comparison(knowledge, ["4003"], ["refugee_share"], words, pictures=False).rows[0].chart is None


def test_none_seven_and_unknown_places_are_refused(knowledge: Knowledge, words: Language) -> None:
    codes = [one.code for one in knowledge.municipalities[: MOST_PLACES + 1]]
    assert len(comparison(knowledge, codes[:-1], ["population"], words).places) == MOST_PLACES
    with pytest.raises(InputError, match="7 steder"):
        comparison(knowledge, codes, ["population"], words)
    with pytest.raises(InputError):
        comparison(knowledge, [], ["population"], words)
    with pytest.raises(InputError):
        comparison(knowledge, ["4003", "9999"], ["population"], words)
    with pytest.raises(InputError):
        comparison(knowledge, ["4003"], ["finnes_ikke"], words)


def test_the_sentence_tells_the_highest_and_the_lowest_of_what_can_be_compared(
    knowledge: Knowledge, words: Language
) -> None:
    asked = ["population", "refugee_share"]
    found = comparison(knowledge, ["4003", "4001", "40"], asked, words)
    assert found.sentence == (
        "Flyktninger og familien deres, andel av folketallet, 1.1.2021: "
        "høyest i Skien (6,8\u00a0%), lavest i Porsgrunn (4,8\u00a0%)."
    )
    assert comparison(knowledge, ["4003"], asked, words).sentence == ""
    equal = comparison(knowledge, ["4003", "4003", "03", "0301"], ["district"], words)
    assert equal.sentence == ""
