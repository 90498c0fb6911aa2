"""The board: every cell with period, day and source; what nobody has supplied is said to lack; one sum for one viewer."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from tests.settlement.follow_up.examples import (
    NAMES,
    REGIONS,
    YEAR,
    board,
    count,
    decided,
    status,
    supplied,
    telemark,
)

from fotfeste.errors import InputError
from fotfeste.settlement.follow_up.board import Cohort, Supplied, make_board
from fotfeste.settlement.follow_up.decisions import Answer
from fotfeste.settlement.follow_up.known import KnownYear, known_in_data, known_of_county
from fotfeste.settlement.follow_up.outcomes import GroupOutcome, outcome_of_reply
from fotfeste.settlement.follow_up.steps import STEPS, Step
from fotfeste.settlement.replies import Reply
from fotfeste.statistics import open_store
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.tables import figures

CODES = tuple(telemark())


def outcome(here: int | None, busy: int | None, first: int = YEAR, last: int = YEAR) -> GroupOutcome:
    return GroupOutcome("4003", first, last, count(here), count(busy), date(2029, 1, 1), "kommunen")


def test_each_cell_has_its_period_day_and_source() -> None:
    row = board().rows[0]
    told = {
        step: (cell.figure.value, cell.as_of, str(cell.source)) for step, cell in row.cells.persons.items()
    }
    assert told == {
        Step.RECOMMENDED: (60, date(2026, 10, 1), "anbefalingen"),
        Step.REQUESTED: (55, date(2026, 12, 1), "IMDi"),
        Step.DECIDED: (40, date(2027, 2, 11), "kommunestyret, sak 27/12"),
        Step.SETTLED: (20, date(2027, 7, 1), "IMDi: status.csv"),
        Step.STILL_HERE: (None, "", ""),
        Step.WORK_OR_EDUCATION: (None, "", ""),
    }
    assert {cell.period for cell in row.cells.persons.values()} == {"2027"}


def test_a_step_that_nobody_has_supplied_says_so_and_what_would_supply_it() -> None:
    found = board()
    assert [step for step, _ in found.lacking] == [Step.STILL_HERE, Step.WORK_OR_EDUCATION]
    told = [str(one) for one in found.lacking_in_words]
    assert all("ingen tall" in one and "gruppetall fra kommunen" in one for one in told)
    assert found.rows[0].cells.persons[Step.STILL_HERE].figure.mark is Mark.MISSING


def test_the_county_is_the_sum_of_what_is_shown() -> None:
    county, others = board("county").county_cells, board("others").county_cells
    assert county.persons[Step.REQUESTED].figure == Figure.observed(115)
    assert county.persons[Step.SETTLED].figure == Figure.observed(35)
    hidden = others.persons[Step.SETTLED].figure
    assert (hidden.mark, hidden.low, hidden.high) == (Mark.SUPPRESSED, 33, 36)


def test_requests_and_decisions_are_public_and_settled_people_are_not() -> None:
    seen = board("others", decisions={"4020": decided("4020", 3)}).rows[1]
    assert seen.of(Step.DECIDED) == Figure.observed(3)
    assert seen.of(Step.SETTLED) == Figure.suppressed()


def test_a_municipality_sees_its_own_counts_and_no_other_small_one() -> None:
    seen = board("4020", status=status({"4003": 2, "4020": 3, "4032": 12, "4036": 0}))
    assert seen.rows[1].of(Step.SETTLED) == Figure.observed(3)
    assert seen.rows[0].of(Step.SETTLED) == Figure.suppressed()
    assert (seen.county_cells.persons[Step.SETTLED].figure.low) == 16


def test_still_here_and_in_work_are_parts_of_those_settled() -> None:
    seen = board("others", outcomes=[outcome(18, 10)])
    row = seen.rows[0]
    assert row.of(Step.SETTLED) == Figure.observed(20)
    assert (row.of(Step.STILL_HERE).low, row.of(Step.STILL_HERE).high) == (16, 19)
    assert row.of(Step.WORK_OR_EDUCATION).mark is Mark.SUPPRESSED
    assert board(outcomes=[outcome(18, 10)]).rows[0].of(Step.STILL_HERE) == Figure.observed(18)


def test_an_outcome_of_other_years_is_about_another_cohort() -> None:
    assert board(outcomes=[outcome(18, 10, YEAR - 2, YEAR)]).rows[0].cells.persons[Step.STILL_HERE].lacking


def test_a_reply_tells_of_three_years_together_with_bounds_where_two_answers_may_overlap() -> None:
    reply = Reply("4003", outcomes={"moved_away": 10, "in_work": 30, "in_education": 40})
    found = outcome_of_reply(reply, 2028, count(90), date(2027, 10, 1))
    assert (found.first, found.last) == (2025, 2027)
    assert found.still_here == Figure.observed(80)
    busy = found.in_work_or_education
    assert (busy.value, busy.low, busy.high, busy.estimated) == (70, 40, 70, True)
    blank = outcome_of_reply(Reply("4003"), 2028, count(90), date(2027, 10, 1))
    assert blank.cells("2025–2027") == {}


def test_settled_of_one_year_leave_the_awaited_decision_missing() -> None:
    assert set(get_args(Answer)) == {"decided", "declined", "awaited"}
    assert board().rows[1].cells.persons[Step.DECIDED].lacking


def test_tables_of_another_year_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        make_board("40", "Telemark", NAMES, Cohort.of(2026), supplied(), "county")
    assert caught.value.code == "board.year"


def test_only_the_county_its_municipalities_and_others_look() -> None:
    with pytest.raises(InputError) as caught:
        board("0301")
    assert caught.value.code == "board.viewer"


# What the embedded data know


def test_past_cohorts_come_from_the_data_with_what_is_published() -> None:
    known = known_in_data(open_store(), REGIONS, CODES, 2024, 2025)
    found = make_board("40", "Telemark", telemark(), Cohort.of(2025), Supplied(known=known), "county")
    assert found.county_cells.persons[Step.REQUESTED].figure == Figure.observed(395)
    assert found.county_cells.persons[Step.DECIDED].figure == Figure.observed(475)
    settled = found.county_cells.persons[Step.SETTLED].figure
    assert settled.low is not None
    assert settled.high is not None
    assert settled.low <= 398 <= settled.high
    both = make_board("40", "Telemark", telemark(), Cohort(2024, 2025), Supplied(known=known), "county")
    assert both.county_cells.persons[Step.REQUESTED].figure == Figure.observed(395 + 1070)


def test_the_board_of_every_county_gives_what_imdi_publishes_for_the_county() -> None:
    """Three of IMDi's county rows of settled are a few more than its own municipalities can be together."""
    store = open_store()
    published = figures(store, "settlement_counties", ("code", "year", "measure"), {})
    apart = []
    for county in REGIONS.counties(2026):
        names = {one.code: one.name for one in REGIONS.municipalities(2026, county.code)}
        known = known_in_data(store, REGIONS, list(names), 2024, 2026)
        for year in (2024, 2025, 2026):
            supplied_by_data = Supplied(known=known)
            seen = make_board(county.code, county.name, names, Cohort.of(year), supplied_by_data, "others")
            for step in (Step.REQUESTED, Step.DECIDED, Step.SETTLED):
                figure = seen.county_cells.persons[step].figure
                stated = published[county.code, year, step.value].value
                assert stated is not None
                assert figure.low is not None
                if figure.low > stated or (figure.high is not None and figure.high < stated):
                    apart.append((county.name, year, step, figure.high, stated))
    assert apart == [
        ("Nordland", 2024, Step.SETTLED, 2222, 2224),
        ("Østfold", 2024, Step.SETTLED, 762, 768),
        ("Agder", 2025, Step.SETTLED, 663, 664),
    ]


def test_a_cohort_of_several_years_hides_each_year_before_it_sums_them() -> None:
    """Else the years that are shown one by one would give the hidden ones away."""
    years = [
        KnownYear(year, count(20), count(20), count(settled), str(year), "IMDi")
        for year, settled in ((2025, 3), (2026, 12), (2027, 2))
    ]
    known = Supplied(known={"4003": years})
    names = {"4003": "Skien"}
    settled = (
        make_board("40", "Telemark", names, Cohort(2025, 2027), known, "others").rows[0].of(Step.SETTLED)
    )
    assert (settled.mark, settled.low, settled.high) == (Mark.SUPPRESSED, 14, 20)
    exact = make_board("40", "Telemark", names, Cohort(2025, 2027), known, "county").rows[0].of(Step.SETTLED)
    assert exact == Figure.observed(17)
    lacking = make_board("40", "Telemark", names, Cohort(2024, 2027), known, "county")
    assert lacking.rows[0].cells.persons[Step.SETTLED].lacking


def test_retention_and_programme_results_exist_for_the_county_only_and_stand_beside() -> None:
    beside = known_of_county(open_store(), REGIONS, "40", 2025, 2025)
    shares = {one.id: one.figure.value for one in beside if one.unit == "share"}
    assert {name: float(share or 0) for name, share in shares.items()} == {
        "retention_first_municipality": 0.92,
        "intro_programme_result": 0.7,
    }
    found = board(county=beside)
    assert all(row.cells.persons[Step.STILL_HERE].lacking for row in found.rows)
    assert found.beside == beside


def test_exact_minors_of_the_county_are_not_shown_to_others_beside_hidden_ones() -> None:
    beside = known_of_county(open_store(), REGIONS, "40", 2025, 2025)
    minors = status({"4003": 20, "4020": 9, "4032": 12, "4036": 0}, {"4003": 5, "4020": 2})
    seen = board("others", status=minors, county=beside)
    assert {one.id for one in beside} - {one.id for one in seen.beside} == {"minors_settled_2025"}
    assert board("county", status=minors, county=beside).beside == beside


def test_every_step_has_a_name_and_a_cell_for_all_and_for_minors() -> None:
    row = board().rows[0]
    assert tuple(row.cells.persons) == tuple(row.cells.minors) == STEPS
