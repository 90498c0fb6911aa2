import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.reports.typeface import text_width
from fotfeste.reports.widths import AVAILABLE, layout

WORDS = st.text(st.sampled_from("abcdefg øå"), max_size=60)


@given(
    st.integers(1, 9).flatmap(
        lambda columns: st.lists(st.lists(WORDS, min_size=columns, max_size=columns), min_size=1, max_size=6)
    )
)
def test_no_word_is_wider_than_its_column_while_there_is_room(rows):
    laid = layout(rows[0], rows[1:])
    assert sum(laid.shares) == pytest.approx(1)
    if laid.size > 0.75:
        for place, share in enumerate(laid.shares):
            words = [word for row in rows for word in row[place].split(" ")]
            widest = max(text_width(word, laid.size, 600) for word in words)
            assert share * AVAILABLE >= widest - 1e-6


def test_a_long_remark_does_not_starve_numbers():
    laid = layout(["Kommune", "Merknad", "Antall"], [["Midt-Telemark", "ord " * 80, "1 234"]])
    assert laid.shares[0] * AVAILABLE > text_width("Midt-Telemark", 1)
    assert laid.shares[1] > 0.6


def test_many_columns_of_long_words_get_smaller_text():
    laid = layout(["Introduksjonsprogram"] * 9, [["1"] * 9])
    assert laid.size == 0.75
    assert layout(["a", "b"], [["1", "2"]]).size == 1


def test_a_span_has_the_room_of_digits_that_are_equally_wide():
    narrow, wide = (
        layout(["Sum", "Merknad"], [[span, "ord " * 80]])
        for span in ("11\u00a0111–11\u00a0111", "20\u00a0000–20\u00a0000")
    )
    assert narrow == wide
