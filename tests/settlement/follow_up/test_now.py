"""What is known as it stands: what the county has brought in goes first, and a revision always has a day to stand on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.settlement.follow_up.examples import NAMES, YEAR, count, decided, request, status

from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.follow_up.known import KnownYear
from fotfeste.settlement.follow_up.now import least, now_of, status_so_far
from fotfeste.settlement.follow_up.outcomes import outcomes_of_replies, years_asked_about
from fotfeste.settlement.follow_up.requests import Requests
from fotfeste.settlement.replies import Reply
from fotfeste.statistics.figure import Figure, Mark

TODAY = date(2027, 11, 21)
KNOWN = {"4003": KnownYear(YEAR, count(50), count(45), count(3), "2027", "IMDi")}


def test_what_the_county_has_brought_in_goes_before_the_data() -> None:
    found = now_of(
        NAMES,
        KNOWN,
        Requests(YEAR, {"4003": request("4003", 55)}),
        {"4003": decided("4003", 40)},
        status({"4003": 20}),
    )
    skien = found.by_code["4003"]
    assert [one.value for one in (skien.requested, skien.decided, skien.settled)] == [55, 40, 20]
    only_data = now_of(NAMES, KNOWN, None, {}, None)
    assert [only_data.by_code["4003"].settled.value, only_data.as_of] == [3, "2027"]
    assert only_data.by_code["4036"].decided.mark is Mark.MISSING


def test_a_decision_that_is_awaited_leaves_what_the_data_hold() -> None:
    awaited = {"4003": Decision("4003", "awaited", expected_handling=date(2027, 3, 1))}
    assert now_of(NAMES, KNOWN, None, awaited, None).by_code["4003"].decided.value == 45


@pytest.mark.parametrize("day", [date(2027, 2, 11), None])
def test_a_revision_stands_on_the_last_decision_or_today_where_none_has_its_day(day: date | None) -> None:
    decisions = {"4003": replace(decided("4003", 40), dated=day)}
    found = status_so_far(now_of(NAMES, {}, None, decisions, None), decisions.values(), TODAY)
    assert found is not None
    assert found.as_of == (day or TODAY).isoformat()


def test_a_revision_hides_few_people_and_stands_on_nothing_where_nothing_is_known() -> None:
    assert status_so_far(now_of(NAMES, {}, None, {}, None), (), TODAY) is None
    found = status_so_far(now_of(NAMES, KNOWN, None, {}, None), (), TODAY)
    assert found is not None
    assert (found.as_of, found.standing["4003"].settled.mark) == ("2027", Mark.SUPPRESSED)


def test_a_hidden_number_counts_as_the_least_it_can_be() -> None:
    assert least(Figure.suppressed()) == 1
    assert least(count(7)) == 7
    assert least(Figure.missing(low=0)) is None
    assert least(Figure.not_asked()) is None


def test_replies_tell_of_the_years_before_only_where_the_data_have_them_all() -> None:
    assert years_asked_about(2028) == (2025, 2027)
    years = [
        KnownYear(year, count(30), count(30), count(30), str(year), "IMDi") for year in range(2024, 2029)
    ]
    replies = {
        "4003": Reply("4003", outcomes={"moved_away": 20}),
        "4020": Reply("4020", outcomes={"moved_away": 1}),
    }
    days = dict.fromkeys(replies, date(2027, 10, 1))
    whole, part = outcomes_of_replies(replies, {"4003": years, "4020": years[:3]}, 2028, days)
    assert (whole.still_here.value, whole.first, whole.last) == (70, 2025, 2027)
    assert part.still_here.mark is Mark.MISSING
