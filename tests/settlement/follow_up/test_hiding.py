"""What others see: no small count of people can be worked out from what is shown, by anyone who knows the rules of hiding.

Every possible truth is tried: those that give the same view are what an outsider cannot tell apart. A count is safe when
it is not from one to four in all of them alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from tests.settlement.follow_up.examples import NAMES, board, count, status

from fotfeste.settlement.follow_up.hiding import hide_part, hide_whole
from fotfeste.settlement.follow_up.steps import STEPS, Cell, Parts, Step, as_shown, nothing
from fotfeste.statistics.figure import Figure, Mark

Truth = tuple[int | None, ...]
View = tuple[object, ...]
SMALL = range(1, 5)


def cells(**known: int | None) -> dict[Step, Cell]:
    return {
        step: nothing("2027")
        if known.get(step.value) is None
        else Cell(count(known[step.value]), "2027", "2027", "IMDi")
        for step in STEPS
    }


def parts(settled: int, here: int | None = None, busy: int | None = None, *minors: int | None) -> Parts:
    young, young_here, young_busy = (*minors, None, None, None)[:3]
    return Parts(
        cells(settled=settled, still_here=here, in_work_or_education=busy),
        cells(settled=young, still_here=young_here, in_work_or_education=young_busy),
    )


def view_of(shown: Parts) -> View:
    return tuple(
        (cell.figure.value, cell.figure.mark, cell.figure.low, cell.figure.high)
        for one in (shown.persons, shown.minors)
        for cell in one.values()
    )


def told_apart(
    truths: Iterator[Truth],
    view: Callable[[Truth], View],
    counted: Mapping[str, Callable[[Truth], int | None]],
) -> list[tuple[str, Truth]]:
    """Return the counts of one to four that follow from what is shown, with a truth in which they do."""
    alike: dict[View, list[Truth]] = defaultdict(list)
    for truth in truths:
        alike[view(truth)].append(truth)
    leaks = []
    for group in alike.values():
        for name, of in counted.items():
            values = {of(truth) for truth in group}
            if len(values) == 1 and next(iter(values)) in SMALL:
                leaks.append((name, group[0]))
    return leaks


def gap(one: int, other: int) -> Callable[[Truth], int | None]:
    def between(truth: Truth) -> int | None:
        more, less = truth[one], truth[other]
        return None if more is None or less is None else more - less

    return between


def less(more: Callable[[Truth], int | None], fewer: Callable[[Truth], int | None], truth: Truth) -> int:
    return (more(truth) or 0) - (fewer(truth) or 0)


def itself(place: int) -> Callable[[Truth], int | None]:
    return lambda truth: truth[place]


# Known answers


def test_few_adults_beside_shown_minors_are_hidden_through_the_minors() -> None:
    assert hide_part(count(5), count(7), count(7)).mark is Mark.SUPPRESSED
    assert hide_part(count(7), count(7), count(7)) == count(7)
    assert hide_part(count(20), count(40), count(40)) == count(20)
    assert hide_part(count(0), count(3), hide_whole(count(3))) == count(0)


def test_the_bounds_of_a_hidden_part_always_hold_and_leave_at_least_four_counts() -> None:
    for whole, part in product(range(5, 40), range(40)):
        if part > whole:
            continue
        shown = hide_part(count(part), count(whole), count(whole))
        if shown.value is None:
            assert shown.low is not None
            assert shown.high is not None
            assert shown.low <= part <= shown.high
            assert shown.high - shown.low >= 3


def test_what_is_missing_stays_missing_and_nobody_is_shown_as_nobody() -> None:
    shown = as_shown(parts(3, None, None, 0))
    assert shown.persons[Step.SETTLED].figure == Figure.suppressed()
    assert shown.persons[Step.STILL_HERE].figure.mark is Mark.MISSING
    assert shown.minors[Step.SETTLED].figure == count(0)


def test_what_became_of_the_minors_is_never_told_to_others_not_even_that_it_is_nobody() -> None:
    """11 settled, 5 of them still here; 5 minors, none still here: 6 moved, and one of them is an adult."""
    shown = as_shown(parts(11, 5, None, 5, 0))
    assert shown.minors[Step.SETTLED].figure == count(5)
    here = shown.minors[Step.STILL_HERE].figure
    assert (here.mark, here.low, here.high) == (Mark.SUPPRESSED, 0, 5)


# Every truth


def test_nothing_small_follows_from_settled_still_here_and_in_work() -> None:
    def truths() -> Iterator[Truth]:
        for settled in range(15):
            for here in (*range(settled + 1), None):
                for busy in (*range((settled if here is None else here) + 1), None):
                    yield settled, here, busy

    leaks = told_apart(
        truths(),
        lambda truth: view_of(as_shown(parts(truth[0] or 0, truth[1], truth[2]))),
        {
            "settled": itself(0),
            "still here": itself(1),
            "in work": itself(2),
            "moved": gap(0, 1),
            "not in work": gap(1, 2),
            "neither": gap(0, 2),
        },
    )
    assert leaks == []


def test_nothing_small_follows_from_any_step_of_all_and_of_minors_together() -> None:
    """Up to 13 settled: counts from nine up are shown with other bounds, and the steps bind each other."""

    def truths() -> Iterator[Truth]:
        for settled in range(14):
            for here, minors in product(range(settled + 1), repeat=2):
                for busy in range(here + 1):
                    for young_here in range(max(0, here - settled + minors), min(minors, here) + 1):
                        least, most = max(0, busy - here + young_here), min(young_here, busy)
                        for young_busy in range(least, most + 1):
                            yield settled, here, busy, minors, young_here, young_busy

    def view(truth: Truth) -> View:
        settled, here, busy, minors, young_here, young_busy = truth
        known = parts(settled or 0, here, busy, minors, young_here, young_busy)
        return view_of(as_shown(known))

    names = ("settled", "here", "busy", "minors", "minors here", "minors busy")
    counted = {name: itself(place) for place, name in enumerate(names)}
    for one, other in ((0, 1), (1, 2), (0, 2), (0, 3), (1, 4), (2, 5), (3, 4), (4, 5), (3, 5)):
        counted[f"{names[one]} less {names[other]}"] = gap(one, other)
    counted["adults moved"] = lambda truth: less(gap(0, 3), gap(1, 4), truth)
    counted["adults here, not busy"] = lambda truth: less(gap(1, 4), gap(2, 5), truth)
    assert told_apart(truths(), view, counted) == []


def test_a_hiding_that_leaves_the_minors_alone_would_be_caught_here() -> None:
    def careless(truth: Truth) -> View:
        return hide_whole(count(truth[0])).value, hide_whole(count(truth[1])).value

    truths = ((settled, minors) for settled in range(12) for minors in range(settled + 1))
    assert told_apart(truths, careless, {"adults": gap(0, 1)})


def test_the_sum_of_the_county_tells_nothing_that_the_municipalities_do_not() -> None:
    """Three municipalities, everything that is shown of them together with their sum."""
    every = [(persons, minors) for persons in range(8) for minors in range(persons + 1)]
    one_by_one = {truth: view_of(as_shown(parts(truth[0], None, None, truth[1]))) for truth in every}
    alike: dict[View, set[tuple[int, int]]] = defaultdict(set)
    for truth, view in one_by_one.items():
        alike[view].add(truth)
    for chosen in [((3, 0), (6, 6), (7, 0)), ((1, 1), (0, 0), (5, 0)), ((7, 5), (7, 6), (2, 2))]:
        codes = tuple(NAMES)[:3]
        persons, minors = (
            dict(zip(codes, (truth[place] for truth in chosen), strict=True)) for place in (0, 1)
        )
        told = status(persons, minors).for_others()
        consistent = [
            truths
            for truths in product(*(sorted(alike[one_by_one[truth]]) for truth in chosen))
            if told.county
            == status(
                dict(zip(codes, (truth[0] for truth in truths), strict=True)),
                dict(zip(codes, (truth[1] for truth in truths), strict=True)),
            )
            .for_others()
            .county
        ]
        for place, truth in enumerate(chosen):
            for of in (lambda one: one[0], lambda one: one[1], lambda one: one[0] - one[1]):
                values = {of(truths[place]) for truths in consistent}
                assert len(values) > 1 or of(truth) not in SMALL


# Whatever is drawn

drawn = st.lists(
    st.integers(0, 12).flatmap(
        lambda persons: st.tuples(st.just(persons), st.integers(0, persons), st.integers(0, persons))
    ),
    min_size=4,
    max_size=4,
)


@given(drawn)
def test_bounds_hold_for_the_truth_and_sums_are_those_of_what_is_shown(
    rows: list[tuple[int, int, int]],
) -> None:
    codes = tuple(NAMES)
    persons = {code: row[0] for code, row in zip(codes, rows, strict=True)}
    minors = {code: row[1] for code, row in zip(codes, rows, strict=True)}
    told = status(persons, minors).for_others()
    for of, exact in (("persons", persons), ("minors", minors)):
        shown = {code: getattr(one, of) for code, one in told.by_code.items()}
        for code, figure in shown.items():
            assert figure.low <= exact[code] <= figure.high
            assert figure.value is None or figure.value == 0 or figure.value > 4
        county = getattr(told.county, of)
        assert county.low == sum(one.low for one in shown.values())
        assert county.high == sum(one.high for one in shown.values())
        assert county.low <= sum(exact.values()) <= county.high


@given(drawn, st.sampled_from(["others", *NAMES]))
def test_a_board_for_others_never_holds_a_small_count_but_ones_own(
    rows: list[tuple[int, int, int]], viewer: str
) -> None:
    persons = {code: row[0] for code, row in zip(NAMES, rows, strict=True)}
    minors = {code: row[1] for code, row in zip(NAMES, rows, strict=True)}
    before = {code: row[2] for code, row in zip(NAMES, rows, strict=True)}
    seen = board(viewer, status=status(persons, minors), previous=status(before))
    for row in seen.rows:
        if row.code == viewer:
            assert row.of(Step.SETTLED) == count(persons[row.code])
            continue
        figures = [row.of(Step.SETTLED), row.minors_of(Step.SETTLED)]
        assert row.before is None
        assert all(one.value not in SMALL for one in figures)
        if figures[0].value is not None and figures[1].value is not None:
            assert figures[0].value - figures[1].value not in SMALL


def test_the_county_itself_sees_every_count() -> None:
    assert [row.of(Step.SETTLED).value for row in board("county").rows] == [20, 3, 12, 0]
    assert [row.of(Step.SETTLED).value for row in board("others").rows] == [20, None, 12, 0]
