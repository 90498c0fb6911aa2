"""Hypothesis over made-up counties, criteria files, replies and figures: no crash, no lost person, every refusal told."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings

from tests.daily import every_nth

from . import fuzzing
from .made import Case


@pytest.mark.parametrize("name", every_nth(5, fuzzing.PROPERTIES))
def test_it_holds_of_every_case(name: str) -> None:
    one = fuzzing.PROPERTIES[name]

    @settings(max_examples=max(10, settings.default.max_examples // one.costs))
    @given(one.cases)
    def holds(case: Case) -> None:
        event(one.holds(case))

    holds()
