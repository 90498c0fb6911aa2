"""What differs between two editions of a table: every row is counted once, whatever the editions are."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.statistics.updating.changes import changes_between, of_same_periods

KEYS = st.tuples(
    st.sampled_from(["4001", "4003", "4028"]), st.integers(2023, 2026), st.sampled_from(["male", "female"])
)
FIGURES = st.one_of(
    st.integers(0, 9).map(lambda number: (number, "")), st.sampled_from([(None, "."), (None, ":")])
)
EDITIONS = st.dictionaries(KEYS, FIGURES, min_size=1, max_size=24)
SCHEMA = {"code": pl.String, "year": pl.Int16, "sex": pl.String, "value": pl.Int64, "mark": pl.String}


def frame(edition: dict[tuple[str, int, str], tuple[int | None, str]]) -> pl.DataFrame:
    return pl.DataFrame([(*key, *figure) for key, figure in edition.items()], schema=SCHEMA, orient="row")


@given(old=EDITIONS, new=EDITIONS)
def test_every_figure_is_lost_as_before_revised_or_marked_otherwise_and_never_two_of_them(
    old: dict[tuple[str, int, str], tuple[int | None, str]],
    new: dict[tuple[str, int, str], tuple[int | None, str]],
) -> None:
    changes = changes_between(frame(old), frame(new))
    years = {year for _, year, _ in new}
    stood = {key: figure for key, figure in old.items() if key[1] in years}
    both = set(stood) & set(new)
    assert changes.lost == len(set(stood) - set(new))
    assert changes.new_rows == len(set(new) - set(stood))
    assert changes.unchanged == sum(stood[key] == new[key] for key in both)
    assert sum(changes.marks.values()) == sum(stood[key][1] != new[key][1] for key in both)
    assert changes.unchanged + changes.revised + sum(changes.marks.values()) == len(both)
    assert changes.any_figure == (frame(stood).height != len(both) or stood != new)
    assert len(changes.examples) == min(5, changes.revised)


@given(old=EDITIONS, new=EDITIONS)
def test_a_new_version_has_the_answer_and_what_the_answer_says_nothing_of(
    old: dict[tuple[str, int, str], tuple[int | None, str]],
    new: dict[tuple[str, int, str], tuple[int | None, str]],
) -> None:
    same = of_same_periods(frame(old), frame(new))
    other = of_same_periods(frame(old), frame(new), other=True)
    assert same.height + other.height == len(old)
    assert set(other["year"].to_list()).isdisjoint({year for _, year, _ in new})
    assert set(same["year"].to_list()) <= {year for _, year, _ in new}


def test_the_largest_revision_is_told_first_and_gone_codes_are_of_shared_years_only() -> None:
    old = frame(
        {("4001", 2024, "male"): (5, ""), ("4003", 2024, "male"): (5, ""), ("4028", 2023, "male"): (1, "")}
    )
    new = frame(
        {("4001", 2024, "male"): (6, ""), ("4003", 2024, "male"): (1, ""), ("4001", 2025, "female"): (2, "")}
    )
    changes = changes_between(old, new)
    assert [(one.code, one.before, one.now) for one in changes.examples] == [("4003", 5, 1), ("4001", 5, 6)]
    assert changes.vanished == {}
    assert changes.added == {}
    assert changes.new_periods == ("2025",)
