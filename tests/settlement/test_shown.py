from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.shown import round_to_sum


@given(
    st.lists(st.fractions(-1000, 1000, max_denominator=9999), min_size=1, max_size=12), st.integers(-50, 50)
)
def test_rounded_parts_add_up_to_the_whole_number(parts: list[Fraction], whole: int) -> None:
    parts = [*parts, whole - sum(parts)]
    rounded = round_to_sum(parts, 100)
    assert sum(rounded) == whole
    assert all(
        abs(Fraction(shown) - exact) < Fraction(1, 100) for shown, exact in zip(rounded, parts, strict=True)
    )
