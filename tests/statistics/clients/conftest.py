"""A server on loopback that speaks as the agencies do, and a clock that only goes when somebody waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.statistics.clients.speaking import Agencies, SourceTable, speaking

from fotfeste.statistics.clients import Fhi, Http, Klass, PxWeb1, PxWeb2, load_limits


class Clock:
    """Time as the clients see it: it goes by being waited for, and costs nothing."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.waits.append(seconds)
        self.now += seconds


def population() -> SourceTable:
    """A made-up table of 6 places, 3 ages, 2 sexes and 4 years, 144 cells."""
    return SourceTable(
        id="99001",
        axes={
            "Region": ["0", "03", "0301", "40", "4001", "4003"],
            "Alder": ["000", "001", "105+"],
            "Kjonn": ["1", "2"],
            "Tid": ["2023", "2024", "2025", "2026"],
        },
        eliminable=("Region", "Alder", "Kjonn"),
        codelists={"agg_Fylker": {"F-03": ["03"], "F-40": ["40"]}, "vs_Kommun": {"0301": ["0301"]}},
        listed_for={"agg_Fylker": "Region", "vs_Kommun": "Region"},
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def agencies() -> Iterator[Agencies]:
    with speaking() as running:
        table = population()
        running.tables[table.id] = table
        yield running


@pytest.fixture
def http(clock: Clock) -> Iterator[Http]:
    patience = replace(load_limits().patience, silence_seconds=0.2, connect_seconds=2.0)
    with Http(clock=clock, sleep=clock.sleep, patience=patience) as opened:
        yield opened


@pytest.fixture
def pxweb2(http: Http, agencies: Agencies) -> PxWeb2:
    return PxWeb2(http, f"{agencies.root}/v2")


@pytest.fixture
def pxweb1(http: Http, agencies: Agencies) -> PxWeb1:
    return PxWeb1(http, f"{agencies.root}/v1")


@pytest.fixture
def klass(http: Http, agencies: Agencies) -> Klass:
    return Klass(http, f"{agencies.root}/klass")


@pytest.fixture
def fhi(http: Http, agencies: Agencies) -> Fhi:
    return Fhi(http, f"{agencies.root}/fhi")
