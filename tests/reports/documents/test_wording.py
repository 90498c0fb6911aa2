from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.messages import language
from fotfeste.reports.documents.wording import (
    against_last,
    answer,
    hidden,
    listed,
    minors_of,
    rule_effect,
    said,
    signed,
    whole,
)
from fotfeste.statistics.figure import Figure, total

NB = language("nb")


def told(recommended: int, last: Figure) -> str:
    return NB.text(answer("Skien", recommended, 2027, last, 2026))


@pytest.mark.parametrize(
    ("recommended", "last", "sentence"),
    [
        (
            86,
            Figure.observed(91),
            "Skien anbefales å bosette 86 personer i 2027, 5 færre enn IMDi ba om i 2026.",
        ),
        (
            92,
            Figure.observed(91),
            "Skien anbefales å bosette 92 personer i 2027, én flere enn IMDi ba om i 2026.",
        ),
        (
            91,
            Figure.observed(91),
            "Skien anbefales å bosette 91 personer i 2027, like mange som IMDi ba om i 2026.",
        ),
        (1, Figure.observed(2), "Skien anbefales å bosette 1 person i 2027, én færre enn IMDi ba om i 2026."),
        (
            12,
            Figure.not_asked(),
            "Skien anbefales å bosette 12 personer i 2027. Kommunen ble ikke anmodet i 2026.",
        ),
        (
            12,
            Figure.missing(),
            "Skien anbefales å bosette 12 personer i 2027. Tallet på anmodede i 2026 mangler.",
        ),
        (
            12,
            Figure.suppressed(),
            "Skien anbefales å bosette 12 personer i 2027, flere enn IMDi ba om i 2026 (færre enn 5).",
        ),
        (
            3,
            Figure.suppressed(),
            "Skien anbefales å bosette 3 personer i 2027. IMDi ba om færre enn 5 i 2026.",
        ),
        (0, Figure.observed(10), "Skien anbefales ikke å bosette noen i 2027. IMDi ba om 10 i 2026."),
        (
            0,
            Figure.suppressed(),
            "Skien anbefales ikke å bosette noen i 2027. IMDi ba om færre enn 5 i 2026.",
        ),
        (
            0,
            Figure.not_asked(),
            "Skien anbefales ikke å bosette noen i 2027, og ble heller ikke anmodet i 2026.",
        ),
        (0, Figure.missing(), "Skien anbefales ikke å bosette noen i 2027."),
        (
            10,
            Figure.observed(0),
            "Skien anbefales å bosette 10 personer i 2027, 10 flere enn IMDi ba om i 2026.",
        ),
    ],
)
def test_the_one_sentence_says_more_fewer_or_as_many(recommended: int, last: Figure, sentence: str) -> None:
    assert told(recommended, last) == sentence


def test_large_numbers_have_norwegian_separators() -> None:
    assert told(1234, Figure.observed(234)).startswith(
        "Skien anbefales å bosette 1\u00a0234 personer i 2027, 1\u00a0000 flere"
    )


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_the_difference_that_is_told_is_the_difference(recommended: int, last: int) -> None:
    sentence = NB.text(against_last(recommended, Figure.observed(last), 2026)).replace("\u00a0", "")
    if recommended == last:
        assert sentence == "like mange som IMDi ba om i 2026"
    else:
        direction = "flere" if recommended > last else "færre"
        difference = abs(recommended - last)
        assert sentence == f"{'én' if difference == 1 else difference} {direction} enn IMDi ba om i 2026"


def test_a_hidden_figure_is_told_by_its_bounds_and_never_by_a_number() -> None:
    assert NB.text(said(Figure.suppressed())) == "færre enn 5"
    assert NB.text(hidden(total([Figure.suppressed(), Figure.observed(10)]))) == "11 til 14"
    assert NB.text(hidden(Figure.suppressed(1, 4).minus(Figure.missing()))) == "skjult"


def test_missing_not_asked_and_zero_are_three_different_words() -> None:
    words = {NB.text(said(one)) for one in (Figure.missing(), Figure.not_asked(), Figure.observed(0))}
    assert words == {"mangler", "ikke anmodet", "0"}


def test_an_estimated_figure_is_told_as_about() -> None:
    assert NB.text(said(Figure.observed(12, estimated=True))) == "om lag 12"


def test_one_minor_and_several() -> None:
    assert NB.text(minors_of(1)) == "herav 1 enslig mindreårig"
    assert NB.text(minors_of(3)) == "herav 3 enslige mindreårige"


@pytest.mark.parametrize(
    ("effect", "own", "text"),
    [
        (1, True, "Regelen «Tak» legger til 1 person."),
        (-4, True, "Regelen «Tak» trekker fra 4 personer."),
        (1, False, "Regelen «Tak» gir 1 person mer, fordi regelen senker tallet i andre kommuner."),
        (-2, False, "Regelen «Tak» gir 2 personer mindre, fordi regelen hever tallet i andre kommuner."),
    ],
)
def test_a_rule_says_what_it_does_and_to_whom(effect: int, own: bool, text: str) -> None:
    assert NB.text(rule_effect("Tak", effect, own=own)) == text


def test_long_lists_of_names_are_counted() -> None:
    names = [f"K{number}" for number in range(10)]
    assert listed(names[:3], NB) == "K0, K1 og K2"
    assert listed(names, NB, 4) == "K0, K1, K2, K3 og 6 til"
    assert listed(names[:5], NB, 4) == "K0, K1, K2, K3 og K4"


def test_a_signed_number_that_rounds_to_nothing_has_no_sign() -> None:
    assert signed(Decimal("2.5"), NB) == "+2,5"
    assert signed(Decimal("-0.2"), NB) == "−0,2"
    assert signed(Fraction(1, 1000), NB) == "0,0"


@given(st.fractions(-1000, 1000))
def test_whole_persons_are_the_nearest(value: Fraction) -> None:
    assert abs(whole(value) - value) <= Fraction(1, 2)
