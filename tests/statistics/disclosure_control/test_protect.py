"""Complementary suppression: known answers, properties against linear programming, faults."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from tests.statistics.disclosure_control.attack import Attack
from tests.statistics.disclosure_control.strategies import hierarchies, tables, with_sums

from fotfeste.errors import Infeasible, InputError
from fotfeste.statistics.disclosure_control import (
    CountTable,
    Protected,
    Range,
    Reason,
    Relation,
    cross_table,
    protect,
    protection,
    ranges,
)
from fotfeste.statistics.figure import Figure, Mark

LIMIT = 5
HIDDEN = Figure(None, Mark.SUPPRESSED, 0, None)


def test_one_hidden_cell_of_three_by_three_follows_from_its_row_until_a_rectangle_is_hidden() -> None:
    """The textbook case: a row, a column and their crossing protect one cell."""
    table = with_sums([[20, 50, 10], [8, 19, 22], [17, 32, 3]])
    alone = {**table.figures, ("C", "3"): Figure.suppressed()}
    assert ranges(alone, table.relations) == {("C", "3"): Range(3, 3)}
    shown = protect(table, LIMIT)
    assert shown.reasons == {
        ("C", "3"): Reason.SMALL,
        **dict.fromkeys([("A", "1"), ("A", "3"), ("C", "1")], Reason.PROTECTS),
    }
    assert shown.figures["C", "3"] == Figure.suppressed(1, 4)
    assert shown.figures["A", "1"] == HIDDEN
    found = ranges(shown.figures, shown.relations)
    assert found["C", "3"] == Range(1, 4)
    assert found["A", "1"] == Range(18, 21)


def test_two_small_counts_that_protect_each_other_need_no_third() -> None:
    """A rectangle of small counts: each can be one to four beside the others."""
    table = with_sums([[2, 3, 30], [3, 2, 40], [50, 60, 70]])
    assert protect(table, LIMIT).protecting == ()


def test_two_small_counts_at_the_end_of_their_bounds_give_each_other_away() -> None:
    """One and one are two: neither can be more, so something more is hidden."""
    table = with_sums([[1, 1, 30], [1, 1, 40], [50, 60, 70]])
    alone = {
        cell: Figure.suppressed() if figure.value == 1 else figure for cell, figure in table.figures.items()
    }
    assert set(ranges(alone, table.relations).values()) == {Range(1, 1)}
    shown = protect(table, LIMIT)
    assert shown.protecting
    found = ranges(shown.figures, shown.relations)
    assert all(found[cell] == Range(1, 4) for cell, why in shown.reasons.items() if why is Reason.SMALL)


def test_small_counts_that_add_up_to_a_small_count_do_not_tell_that_it_is_small() -> None:
    """One and one are two: with the sign «one to four» on all three, each part could be three at most."""
    table = with_sums([[1, 1], [40, 50]])
    shown = protect(table, LIMIT)
    assert shown.figures["A", "sum"] == HIDDEN
    assert shown.figures["A", "1"] == Figure.suppressed(1, 4)
    found = ranges(shown.figures, shown.relations)
    assert found["A", "1"] == Range(1, 4)
    assert found["A", "sum"].low == 2


def test_a_lone_small_municipality_is_protected_by_the_smallest_other_one() -> None:
    """One dimension: the smallest other municipality costs least; the county's sum stays."""
    figures = {("4001",): 3, ("4003",): 40, ("4005",): 9, ("40",): 52}
    table = cross_table(
        {cell: Figure.observed(one) for cell, one in figures.items()}, [{"40": ["4001", "4003", "4005"]}]
    )
    assert protect(table, LIMIT).protecting == (("4005",),)


def test_a_small_municipality_among_zeros_takes_the_sum_with_it() -> None:
    figures = {("4001",): 3, ("4003",): 0, ("40",): 3, ("42",): 60, ("0",): 63}
    sums = {"40": ["4001", "4003"], "0": ["40", "42"]}
    shown = protect(cross_table({cell: Figure.observed(one) for cell, one in figures.items()}, [sums]), LIMIT)
    assert shown.reasons[("40",)] is Reason.SMALL
    assert shown.protecting == (("42",),)
    assert shown.figures[("4003",)] == Figure.observed(0)


def test_a_hierarchy_is_protected_at_every_level() -> None:
    """Hiding another municipality in the county is enough, so that neither county nor country need be hidden."""
    figures = {("a1",): 2, ("a2",): 70, ("b1",): 80, ("b2",): 90, ("a",): 72, ("b",): 170, ("0",): 242}
    sums = {"a": ["a1", "a2"], "b": ["b1", "b2"], "0": ["a", "b"]}
    shown = protect(cross_table({cell: Figure.observed(one) for cell, one in figures.items()}, [sums]), LIMIT)
    assert shown.protecting == (("a2",),)


def test_what_the_source_hides_is_told_from_what_we_hide_and_is_protected_alike() -> None:
    table = with_sums([[3, 50, 10], [8, 19, 22], [17, 32, 30]])
    given_table = CountTable({**table.figures, ("B", "1"): Figure.suppressed(1, 9)}, table.relations)
    shown = protect(given_table, LIMIT)
    assert shown.reasons["B", "1"] is Reason.SOURCE
    assert shown.reasons["A", "1"] is Reason.SMALL
    found = ranges(shown.figures, shown.relations)
    assert found["B", "1"].width is None or found["B", "1"].width >= protection().range  # type: ignore[operator]


def test_a_table_without_small_counts_is_shown_as_it_is() -> None:
    table = with_sums([[20, 0], [5, 7]])
    shown = protect(table, LIMIT)
    assert shown.reasons == {}
    assert shown.figures == table.figures


def test_the_rules_are_dated_and_say_whose_they_are() -> None:
    rules = protection()
    assert (rules.range, rules.zeros, rules.dated) == (3, "last", "2026-11-21")
    assert "Fotfestes valg" in rules.source


def test_the_choice_costs_no_more_than_the_best_there_is_in_the_textbook_case() -> None:
    """All choices of up to three further cells, tried one by one."""
    table = with_sums([[20, 50, 10], [8, 19, 22], [17, 32, 3]])
    mine = protect(table, LIMIT).protecting
    others = [cell for cell in table.figures if cell != ("C", "3")]
    enough = [
        chosen
        for size in range(4)
        for chosen in combinations(others, size)
        if ranges(
            {**table.figures, ("C", "3"): Figure.suppressed(), **dict.fromkeys(chosen, HIDDEN)},
            table.relations,
        )[("C", "3")]
        == Range(1, 4)
    ]
    assert len(mine) == min(map(len, enough))
    inner = [chosen for chosen in enough if len(chosen) == 3 and not any("sum" in cell for cell in chosen)]
    assert sum(persons(table, mine)) == min(sum(persons(table, chosen)) for chosen in inner)


def persons(table: CountTable, cells: tuple[tuple[str, ...], ...]) -> list[int]:
    return [int(table.figures[cell].value or 0) for cell in cells]


def attacked(shown: Protected) -> Attack:
    attack = Attack()
    for cell, figure in shown.figures.items():
        attack.learn({cell: 1}, figure)
        attack.between({cell: 1}, 0, None)
    for one in shown.relations:
        attack.between({one.whole: -1, **dict.fromkeys(one.parts, 1)}, 0, 0)
    return attack


def check(table: CountTable, shown: Protected) -> None:
    attack = attacked(shown)
    found = ranges(shown.figures, shown.relations)
    assert found.keys() == shown.reasons.keys()
    for cell, figure in table.figures.items():
        if figure.value is not None and 0 < figure.value < LIMIT:
            assert shown.reasons[cell] is Reason.SMALL
        if shown.figures[cell].known:
            assert shown.figures[cell] == figure
            continue
        low, high = attack.finds(cell)
        mine = found[cell]
        assert low == pytest.approx(float(mine.low), abs=1e-6)
        assert high == pytest.approx(float("inf") if mine.high is None else float(mine.high), abs=1e-6)
        assert figure.value is not None
        assert low - 1e-6 <= figure.value <= high + 1e-6
        if shown.reasons[cell] is Reason.SMALL:
            assert high - low >= protection().range - 1e-6
            if shown.figures[cell] != HIDDEN:
                assert (low, high) == pytest.approx((1, LIMIT - 1), abs=1e-6)


@given(tables())
def test_no_small_count_of_a_cross_table_is_bounded_more_tightly_than_its_mark(table: CountTable) -> None:
    check(table, protect(table, LIMIT))


@given(hierarchies())
def test_no_small_count_of_a_hierarchy_is_bounded_more_tightly_than_its_mark(table: CountTable) -> None:
    check(table, protect(table, LIMIT))


@given(tables())
def test_nothing_is_hidden_for_nothing(table: CountTable) -> None:
    """Showing any one of the protecting cells would give a small count away, even to who knows that it is no small one."""
    shown = protect(table, LIMIT)
    for cell in shown.protecting:
        others = {
            one: Figure(None, Mark.SUPPRESSED, LIMIT if (table.figures[one].value or 0) >= LIMIT else 0, None)
            for one in shown.protecting
            if one != cell
        }
        open_again = {**shown.figures, **others, cell: table.figures[cell]}
        found = ranges(open_again, shown.relations)
        assert any(
            why is Reason.SMALL and (width := found[one].width) is not None and width < protection().range
            for one, why in shown.reasons.items()
            if one in found
        )


@given(tables())
def test_the_same_table_gives_the_same_answer_in_whatever_order_it_is_written(table: CountTable) -> None:
    turned = CountTable(dict(reversed(table.figures.items())), table.relations[::-1])
    assert protect(turned, LIMIT).reasons == protect(table, LIMIT).reasons


def test_numbers_that_do_not_add_up_are_refused_with_the_sum() -> None:
    with pytest.raises(InputError) as error:
        CountTable(
            {("a",): Figure.observed(3), ("sum",): Figure.observed(4)}, (Relation(("sum",), (("a",),)),)
        )
    assert [one.code for one in error.value.problems] == ["table.sum"]


@pytest.mark.parametrize("number", [-1, "1/2"])
def test_what_is_no_count_is_refused(number: int | str) -> None:
    with pytest.raises(InputError) as error:
        CountTable({("a",): Figure.observed(Fraction(number))}, ())
    assert [one.code for one in error.value.problems] == ["table.count"]


def test_a_count_that_nothing_can_protect_is_told_of() -> None:
    """A sum that is missing, but known to be three at most, bounds its parts whatever is hidden beside it."""
    figures = {("a",): Figure.observed(3), ("sum",): Figure.missing(0, 3)}
    with pytest.raises(Infeasible) as error:
        protect(CountTable(figures, (Relation(("sum",), (("a",),)),)), LIMIT)
    assert error.value.problem.place == "a"


def test_zeros_are_hidden_only_where_nothing_else_protects() -> None:
    table = with_sums([[3, 0], [40, 50], [0, 60]])
    assert all(table.figures[cell].value for cell in protect(table, LIMIT).protecting)
    never = protect(table, LIMIT, replace(protection(), zeros="never"))
    assert never.reasons == protect(table, LIMIT).reasons
