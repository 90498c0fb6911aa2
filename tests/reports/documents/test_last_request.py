"""The county's total beside last year's request: totals only where the same municipalities stand behind both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from tests.reports.documents.test_documents import texts

from fotfeste.regions import Regions
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.case_paper import case_paper
from fotfeste.reports.documents.last_request import against_last_request, beside_last_request
from fotfeste.reports.documents.sections import county_figures
from fotfeste.settlement.result import Recommendation
from fotfeste.statistics.figure import Figure, total

LAST = 2026
Given = Callable[..., Basis]


def asked_last_year(recommendation: Recommendation, requests: Mapping[str, Figure]) -> Recommendation:
    """Return the recommendation with these requests last year, and their sum for the county."""
    changed = []
    for one in recommendation.municipalities:
        history = [
            replace(row, requested=requests[one.code]) if row.year == LAST else row
            for row in one.facts.history
        ]
        changed.append(replace(one, facts=replace(one.facts, history=tuple(history))))
    whole = total(requests.values())
    county = replace(
        recommendation.county,
        history=tuple(
            replace(row, requested=whole) if row.year == LAST else row
            for row in recommendation.county.history
        ),
    )
    return replace(recommendation, municipalities=tuple(changed), county=county)


@pytest.fixture
def given(recommendation: Recommendation, regions: Regions) -> Given:
    """A way to say what each municipality was asked for; those that are not named were asked for 20."""

    def make(**requests: Figure) -> Basis:
        codes = [one.code for one in recommendation.municipalities]
        named = {code: requests.get(f"_{code}", Figure.observed(20)) for code in codes}
        return basis_of(
            asked_last_year(recommendation, named), regions, locale="nb", issued=date(2026, 11, 21)
        )

    return make


def test_where_every_municipality_was_asked_the_totals_are_compared(given: Given) -> None:
    basis = given()
    assert beside_last_request(basis) == "20 færre enn IMDi ba om i 2026"
    assert against_last_request(basis) == "Det er 20 færre enn IMDi ba om i 2026."


def test_where_some_were_not_asked_the_same_municipalities_stand_beside_their_own_request(
    given: Given,
) -> None:
    basis = given(_4010=Figure.not_asked(), _4032=Figure.observed(0))
    numbers = {one.code: one.recommended for one in basis.results}
    now = 100 - numbers["4010"] - numbers["4032"]
    assert beside_last_request(basis) == f"i 2026 ba IMDi 4 av kommunene om 80; de anbefales nå {now}"
    assert against_last_request(basis) == (
        f"I 2026 ba IMDi 4 av de 6 kommunene om 80 til sammen. De samme kommunene anbefales nå å bosette {now}."
    )
    assert county_figures(basis).items[0][1:] == ("100", beside_last_request(basis))
    paper = " ".join(texts(case_paper(basis).blocks))
    assert against_last_request(basis) in paper


def test_where_one_was_asked_it_stands_alone(given: Given) -> None:
    nobody = {f"_{code}": Figure.not_asked() for code in ("4001", "4005", "4010", "4026", "4032")}
    basis = given(**nobody)
    now = next(one.recommended for one in basis.results if one.code == "4003")
    assert beside_last_request(basis) == f"i 2026 ba IMDi én av kommunene om 20; den anbefales nå {now}"
    assert against_last_request(basis).endswith(f"Den samme kommunen anbefales nå å bosette {now}.")


@pytest.mark.parametrize("mark", [Figure.missing(), Figure.suppressed()], ids=["missing", "suppressed"])
def test_where_one_request_is_not_shown_nothing_is_compared(given: Given, mark: Figure) -> None:
    basis = given(_4010=mark, _4032=Figure.not_asked())
    assert beside_last_request(basis) == against_last_request(basis) == ""


def test_where_nobody_was_asked_nothing_is_compared(given: Given) -> None:
    codes = ("4001", "4003", "4005", "4010", "4026", "4032")
    for figure in (Figure.not_asked(), Figure.observed(0)):
        basis = given(**{f"_{code}": figure for code in codes})
        assert beside_last_request(basis) == against_last_request(basis) == ""
