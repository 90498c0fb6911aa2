"""Every county revised in the middle of 2026, with what the data know of decided and settled."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from fotfeste.errors import Infeasible
from fotfeste.regions import load_regions
from fotfeste.settlement.bundle import bundle_of
from fotfeste.settlement.calculate import calculate
from fotfeste.settlement.prepare import prepare
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.revise import prepare_revision, revise
from fotfeste.settlement.revision import is_told, most_of, settled_so_far
from fotfeste.settlement.status_file import Status, status_in_data
from fotfeste.settlement.verify import verify
from fotfeste.statistics import Store, open_store
from tests.daily import every_nth

YEAR = 2026
REGIONS = load_regions()
COUNTIES = {county.code: county.name for county in REGIONS.counties(YEAR)}


@cache
def store() -> Store:
    return open_store()


@cache
def requested() -> dict[str, int]:
    frame = store().frame("settlement_counties")
    rows = frame.filter((frame["measure"] == "requested") & (frame["year"] == YEAR))
    return {code: total for code, total in rows.select("code", "value").iter_rows() if code in COUNTIES}


def assert_stands(found: Recommendation, status: Status) -> None:
    revision, numbers = found.revision, {one.code: one.recommended for one in found.municipalities}
    assert revision is not None
    assert sum(numbers.values()) == found.request.total
    for code, one in status.standing.items():
        settled, decided = most_of(one.settled), most_of(one.decided)
        assert numbers[code] >= settled
        if is_told(one.decided) and revision.decided_as == "floor":
            assert numbers[code] >= decided
        elif is_told(one.decided):
            assert numbers[code] <= max(decided, settled)


def test_the_totals_of_all_counties_are_there() -> None:
    assert set(requested()) == set(COUNTIES)


@pytest.mark.parametrize("code", every_nth(8, COUNTIES))
def test_a_county_can_be_revised_up_and_down_as_far_as_those_settled_allow(code: str) -> None:
    total_before = requested()[code]
    before = prepare(code, YEAR, total_before, store=store(), regions=REGIONS)
    original = bundle_of(before, calculate(before), date(2026, 1, 15), "0.1.0")
    status = status_in_data(store(), REGIONS, before.codes, YEAR)
    assert status is not None
    for factor in (Fraction(4, 5), Fraction(3, 2), Fraction(6)):
        total = int(total_before * factor)
        revision = revise(original, total, standing=status.standing, as_of=status.as_of)
        found = prepare_revision(original, revision, total)
        done = calculate(found)
        assert_stands(done, status)
    assert verify(bundle_of(found, done, date(2026, 10, 1), "0.1.0")).same
    settled = settled_so_far(status.standing)
    with pytest.raises(Infeasible) as caught:
        revise(original, settled - 1, standing=status.standing, as_of=status.as_of)
    assert caught.value.code == "revision.total"
