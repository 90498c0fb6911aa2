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


def test_the_sentence_is_about_settlement_where_that_is_among_what_is_compared(
    knowledge: Knowledge, words: Language
) -> None:
    names = ["population", "population_change_5y", "settled_per_1000_5y"]
    told = comparison(knowledge, ["4003", "4001"], names, words).sentence
    assert told.startswith("Bosatt per 1\u00a0000 innbyggere 2021–2025: høyest i Porsgrunn")
    told = comparison(knowledge, ["4003", "4001"], names[:2], words).sentence
    assert told.startswith("Folketallsendring siste fem år")


def test_the_sum_of_the_country_does_not_set_the_scale(knowledge: Knowledge, words: Language) -> None:
    names = ["settled_1y", "settled_per_1000_1y"]
    count, rate = comparison(knowledge, ["4003", "4001", "0"], names, words).rows
    assert count.chart is not None
    assert rate.chart is not None
    assert "landet står i tabellen" in count.chart.title
    assert ">Norge<" not in count.chart.svg
    assert ">Norge<" in rate.chart.svg
    assert "Norge: " in count.chart.alternative, "who cannot see the picture is told all the same"
    alone = comparison(knowledge, ["0"], ["population"], words).rows[0].chart
    assert alone is not None
    assert ">Norge<" in alone.svg


def test_one_place_is_called_one_place(knowledge: Knowledge, words: Language) -> None:
    chart = comparison(knowledge, ["4003"], ["population"], words).rows[0].chart
    assert chart is not None
    assert "1 sted" in chart.title
    assert "steder" not in chart.title
