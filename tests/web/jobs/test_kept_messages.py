"""Messages that are stored come back as they were."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, Translated, language, msg, nmsg, one_after_another
from fotfeste.web.jobs.kept_messages import error_in_words, kept, kept_error, told

TEXTS = st.text(max_size=20)
NAMES = st.text(alphabet="abcdefgh", min_size=1, max_size=5)
VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.none(),
    st.fractions(max_denominator=999),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-999, max_value=999),
    st.dates(),
)
MESSAGES = st.recursive(
    st.builds(lambda text, fields: Message(text, fields), TEXTS, st.dictionaries(NAMES, VALUES, max_size=3)),
    lambda inner: st.builds(
        lambda text, fields, count: Message(text, {"count": count, **fields}, text + "er", count),
        TEXTS,
        st.dictionaries(NAMES, inner, max_size=3),
        st.integers(0, 99),
    ),
    max_leaves=5,
)


@given(MESSAGES)
def test_every_message_comes_back_as_it_was(message: Message) -> None:
    assert told(json.loads(json.dumps(kept(message)))) == message


@pytest.mark.parametrize("locale", ["nb", "nn", "en"])
def test_a_stored_message_is_told_in_the_readers_language(locale: str) -> None:
    message = nmsg(
        "{count} kommune per {day}: {share}, {money} og {rest}",
        "{count} kommuner per {day}: {share}, {money} og {rest}",
        1234,
        day=date(2026, 11, 21),
        share=Fraction(1, 3),
        money=Decimal("2.50"),
        rest=one_after_another([msg("bolig"), "Skien"]),
    )
    words = language(locale)  # type: ignore[arg-type]
    assert words.text(told(json.loads(json.dumps(kept(message))))) == words.text(message)


def test_a_text_that_carries_its_translations_comes_back() -> None:
    named = Translated({"nb": "Folketall", "nn": "Folketal", "en": "Population"})
    assert told(kept(named)) == named


def test_an_error_keeps_its_parts_and_the_way_out() -> None:
    error = InputError(
        "replies.other",
        msg("To ting er galt."),
        remedy=msg("Rett dem."),
        problems=[
            Problem("a", msg("Ikke et tall"), "B7"),
            Problem("b", msg("Mangler"), msg("Linje {n}", n=3)),
        ],
    )
    stored = json.loads(json.dumps(kept_error(error)))
    assert error_in_words(stored, language("nb")) == (
        "To ting er galt.",
        ("B7: Ikke et tall", "Linje 3: Mangler"),
        "Rett dem.",
    )
