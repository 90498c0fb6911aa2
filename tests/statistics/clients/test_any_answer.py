"""Whatever a source answers, what comes out is figures or an error of ours."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.clients.conftest import Clock, population
from tests.statistics.clients.speaking import Agencies, Call, Stop

from fotfeste.errors import FotfesteError
from fotfeste.statistics.clients import Fhi, Http, Klass, PxWeb1, PxWeb2
from fotfeste.statistics.clients.answers import Answer, said
from fotfeste.statistics.clients.faults import Refusal
from fotfeste.statistics.clients.http import Request

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


class Canned(Http):
    """Answers from the speaking server's own words, one of them spoiled; nothing is sent."""

    def __init__(self, spoil: Callable[[Any], Any], which: int) -> None:
        clock = Clock()
        super().__init__(clock=clock, sleep=clock.sleep)
        self._agencies = Agencies()
        self._agencies.config["maxDataCells"] = 60
        for number in ("99001", "583"):
            table = population()
            table.id = number
            self._agencies.tables[number] = table
        self._agencies.klass["131"] = {
            "codes": [{"code": "9001", "name": "Vik", "from": "2010-01-01", "to": None}],
            "changes": [{"oldCode": "9001", "newCode": "9002", "changeOccurred": "2024-01-01"}],
            "corresponds": {"104": [{"sourceCode": "9001", "targetCode": "90"}]},
        }
        self._spoil = spoil
        self._left = which

    def send(self, request: Request) -> Answer:
        path = request.url.split("127.0.0.1")[1]
        body = json.loads(request.body) if request.body else None
        call = Call(request.method, path, dict(request.query), body, {"accept": "application/json"})
        try:
            told = self._agencies.answer(call)
        except Stop as stop:
            raise Refusal(stop.status, said(json.dumps(stop.body).encode()), request.url) from stop
        self._left -= 1
        content = self._spoil(copy.deepcopy(told)) if self._left == -1 else told
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        return Answer(request.url, 200, {"content-type": "application/json"}, raw)


ALL = {"Region": "*", "Alder": "*", "Kjonn": "*", "Tid": "*"}
HERE = "http://127.0.0.1"
JOBS: dict[str, Callable[[Http], object]] = {
    "v2": lambda http: [part.frame() for part in PxWeb2(http, f"{HERE}/v2").fetch("99001", ALL)],
    "v1": lambda http: [part.frame() for part in PxWeb1(http, f"{HERE}/v1").fetch("99001", ALL)],
    "fhi": lambda http: [part.frame() for part in Fhi(http, f"{HERE}/fhi").fetch("nokkel", "583", ALL)],
    "list": lambda http: (
        list(PxWeb2(http, f"{HERE}/v2").tables()),
        Fhi(http, f"{HERE}/fhi").tables("nokkel"),
    ),
    "klass": lambda http: (
        Klass(http, f"{HERE}/klass").codes(131, date(2020, 1, 1)),
        Klass(http, f"{HERE}/klass").changes(131, date(2020, 1, 1)),
        Klass(http, f"{HERE}/klass").correspondence(131, 104, date(2020, 1, 1)),
    ),
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a JSON value."""
    inside: Sequence[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(place for key, one in inside for place in places(one, (*path, key)))]


def spoiled(value: Any, pick: int, instead: Any, how: str) -> Any:
    """The value with something else, or nothing, at one place."""
    if how == "cut":
        raw = json.dumps(value).encode()
        return raw[: pick % (len(raw) + 1)]
    found = places(value)
    *way, last = found[pick % len(found)] or ("",)
    if last == "":
        return instead
    holder = value
    for step in way:
        holder = holder[step]
    if how == "gone":
        del holder[last]
    else:
        holder[last] = instead
    return value


@pytest.mark.parametrize("job", sorted(JOBS))
@given(
    which=st.integers(0, 7),
    pick=st.integers(0, 10**6),
    instead=anything,
    how=st.sampled_from(["other", "gone", "cut"]),
)
def test_a_spoiled_answer_gives_figures_or_an_error_of_ours(
    job: str, which: int, pick: int, instead: Any, how: str
) -> None:
    http = Canned(lambda told: spoiled(told, pick, instead, how), which)
    with suppress(FotfesteError):
        JOBS[job](http)


@pytest.mark.parametrize("job", sorted(JOBS))
def test_the_unspoiled_answers_give_figures(job: str) -> None:
    assert JOBS[job](Canned(lambda told: told, 99))
