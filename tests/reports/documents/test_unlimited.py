"""That services set no limit is an answer of its own: it is told, and is never a gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.facts_page import municipality_page
from fotfeste.reports.documents.replied import reply_in_short
from fotfeste.settlement.as_data import recommendation_as_data
from fotfeste.settlement.replies import Replies, Reply, Service

CODE = "4001"


@pytest.fixture
def answered(basis: Basis) -> Callable[..., Basis]:
    """The county where one municipality has answered as given."""

    def made(**said: object) -> Basis:
        replies = Replies("40", 2027, {CODE: Reply(CODE, **said)}, "svar")  # type: ignore[arg-type]
        return replace(basis, recommendation=replace(basis.recommendation, replies=replies))

    return made


def test_services_without_a_limit_are_named_in_the_reply(answered: Callable[..., Basis]) -> None:
    found = answered(capacity={Service.HOUSING: 30}, unlimited=(Service.SCHOOL, Service.HEALTH))
    told = reply_in_short(found.results[0], found)
    assert "at den laveste kapasiteten er 30 (bolig)" in told
    assert "at det ikke er noen begrensning i skole og helse" in told
    every = answered(unlimited=tuple(Service))
    assert (
        reply_in_short(every.results[0], every) == "Kommunen svarer at ingen av tjenestene setter en grense."
    )


def test_the_key_figure_says_that_there_is_no_limit_only_where_none_sets_one(
    answered: Callable[..., Basis],
) -> None:
    def told(found: Basis) -> str:
        return repr(municipality_page(found.results[0], found))

    assert "ingen begrensning" in told(answered(unlimited=tuple(Service)))
    assert "'ingen begrensning'" not in told(answered(unlimited=(Service.SCHOOL,)))


def test_they_are_told_in_the_data_too(answered: Callable[..., Basis]) -> None:
    found = answered(unlimited=(Service.SCHOOL,))
    data = recommendation_as_data(found.recommendation, found.words)
    assert data["replies"]["answered"][0]["unlimited"] == ["school"]
