"""Counts as they may be published all together: what is hidden in one place is hidden in every sum of it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fotfeste.statistics.borders import Carried
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.shown_components import ShownCarried

CODES = ("0001", "0002", "0003", "0004")
LIMIT = 5


def carried(counts: tuple[Figure, ...]) -> Carried:
    found = Carried(Figure.missing(low=0))
    for code, figure in zip(CODES, counts, strict=True):
        found.add(figure, {code: Fraction(1)})
    return found


def shown(*counts: int | Figure) -> ShownCarried:
    figures = tuple(one if isinstance(one, Figure) else Figure.observed(one) for one in counts)
    return ShownCarried(carried(figures), LIMIT)


def test_a_sum_of_open_counts_is_the_number() -> None:
    assert shown(5, 10, 0, 7).sum(CODES) == Figure.observed(22)


def test_a_sum_with_one_hidden_count_is_a_span_of_four() -> None:
    found = shown(3, 10, 0, 7).sum(CODES)
    assert (found.value, found.mark, found.low, found.high) == (None, Mark.SUPPRESSED, 18, 21)


def test_a_sum_with_two_hidden_counts_is_as_wide_as_both() -> None:
    found = shown(1, 4, 10, 7).sum(CODES)
    assert (found.low, found.high) == (17 + 2, 17 + 8)


def test_one_small_count_alone_is_hidden() -> None:
    assert shown(3, 10, 0, 7)["0001"] == Figure.suppressed(1, 4)


def test_a_missing_count_makes_the_sum_missing_and_its_bounds_tell_nothing() -> None:
    one, two = (shown(small, Figure.missing(low=0), 10, 7).sum(CODES) for small in (1, 4))
    assert one == two
    assert (one.mark, one.low) == (Mark.MISSING, 18)


def test_what_the_source_hides_stays_as_it_was() -> None:
    found = shown(Figure.suppressed(), 10, 0, 7).sum(CODES)
    assert (found.mark, found.low, found.high) == (Mark.SUPPRESSED, 18, 21)


def test_an_estimated_small_count_does_not_show_through_the_sum() -> None:
    rounded = [Figure(value, Mark.OBSERVED, 1, 3, estimated=True) for value in (2, 3)]
    one, two = (shown(small, 10, 0, 7).sum(CODES) for small in rounded)
    assert one == two
    assert one.low is not None
    assert one.high is not None
    assert one.low <= 18 <= 20 <= one.high


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.data())
def test_sums_do_not_depend_on_which_hidden_numbers_they_are_made_of(
    counts: list[int], data: st.DataObject
) -> None:
    others = [data.draw(st.integers(1, LIMIT - 1)) if 0 < one < LIMIT else one for one in counts]
    chosen = data.draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    one, two = shown(*counts).sum(chosen), shown(*others).sum(chosen)
    assert one == two
    exact = sum(counts[CODES.index(code)] for code in chosen)
    assert one.low is not None
    assert one.high is not None
    assert one.low <= exact <= one.high


def test_the_bounds_of_a_hidden_estimate_do_not_tell_what_a_hidden_part_of_it_is() -> None:
    """A municipality of one whole predecessor, hidden, and a piece of another with nine."""

    def of(whole: int) -> Figure:
        found = Carried(Figure.missing(low=0))
        found.add(Figure.observed(whole), {"0001": Fraction(1)})
        found.add(Figure.observed(9), {"0001": Fraction(1, 9), "0002": Fraction(8, 9)})
        return ShownCarried(found, LIMIT)["0001"]

    assert of(1) == of(2) == of(3)
    assert (of(1).mark, of(1).low, of(1).high) == (Mark.SUPPRESSED, 1, 4 + 9)


def divided(of: int, *others: int) -> ShownCarried:
    """A municipality of ``of`` persons that was divided between the first two of today, and what the rest count."""
    found = Carried(Figure.missing(low=0))
    shares = {"0001": Fraction(2, 3), "0002": Fraction(1, 3)}
    pieces = {"0001": of - of // 3, "0002": of // 3}
    found._split.append(
        (Figure.observed(of), {code: Figure(pieces[code], Mark.OBSERVED, 0, of, True) for code in shares})
    )
    for code, figure in zip(("0001", "0002", "0003"), others, strict=True):
        found.add(Figure.observed(figure), {code: Fraction(1)})
    return ShownCarried(found, LIMIT)


@given(st.integers(1, 4), st.integers(1, 4), st.tuples(*[st.sampled_from((0, 3, 12))] * 3), st.data())
def test_nothing_tells_how_many_a_small_municipality_was_before_it_was_divided(
    one: int, other: int, rest: tuple[int, int, int], data: st.DataObject
) -> None:
    """Tysfjord settled two in 2012, and is Narvik and Hamarøy now: neither they nor their county tell of two."""
    chosen = data.draw(st.lists(st.sampled_from(CODES[:3]), min_size=1, unique=True))
    assert divided(one, *rest).sum(chosen) == divided(other, *rest).sum(chosen)


@given(st.integers(1, 4), st.integers(1, 4), st.lists(st.sampled_from(CODES[:2]), min_size=1, unique=True))
def test_nothing_tells_of_the_small_whole_part_of_an_estimate(
    one: int, other: int, chosen: list[str]
) -> None:
    """A municipality of one whole predecessor, hidden, and a piece of another, in sums with others."""

    def of(whole: int) -> ShownCarried:
        found = Carried(Figure.missing(low=0))
        found.add(Figure.observed(whole), {"0001": Fraction(1)})
        found.add(Figure.observed(0), {"0001": Fraction(1, 9), "0002": Fraction(8, 9)})
        return ShownCarried(found, LIMIT)

    assert of(one).sum(chosen) == of(other).sum(chosen)
