"""What takes seconds is made once, however many ask at a time, and what is asked for least recently goes."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from fotfeste.web.rounds import made_once as made_once_module
from fotfeste.web.rounds.made_once import made_once

PATIENCE = 10


def test_those_who_ask_while_it_is_made_wait_for_the_one_that_is_made() -> None:
    begun, go_on, times = Event(), Event(), []

    @made_once(2)
    def slowly(number: int) -> object:
        times.append(number)
        begun.set()
        assert go_on.wait(PATIENCE)
        return object()

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(slowly, 1)]
        assert begun.wait(PATIENCE)
        asked += [pool.submit(slowly, 1) for _ in range(2)]
        go_on.set()
        answers = {id(one.result(PATIENCE)) for one in asked}
    assert (len(answers), times) == (1, [1])


def test_one_that_is_made_keeps_nobody_from_another() -> None:
    both_under_way = Barrier(2, timeout=PATIENCE)

    @made_once(2)
    def together(number: int) -> int:
        both_under_way.wait()
        return number

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(together, (1, 2))) == [1, 2]


def test_an_error_reaches_all_who_waited_and_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, waits, times = Event(), Event(), []

    class Watched(Future[str]):
        def result(self, timeout: float | None = None) -> str:
            waits.set()
            return super().result(timeout)

    monkeypatch.setattr(made_once_module, "Future", Watched)

    @made_once(2)
    def fails_once() -> str:
        times.append(1)
        if len(times) > 1:
            return "made"
        begun.set()
        assert waits.wait(PATIENCE)
        raise ValueError("not now")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(fails_once)
        assert begun.wait(PATIENCE)
        second = pool.submit(fails_once)
        for one in (first, second):
            with pytest.raises(ValueError, match="not now"):
                one.result(PATIENCE)
    assert (fails_once(), len(times)) == ("made", 2)


def test_the_one_that_nobody_has_asked_for_the_longest_goes_first() -> None:
    times = []

    @made_once(2)
    def made(number: int) -> int:
        times.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        assert made(number) == number
    assert times == [1, 2, 3, 2]
    made.forget()
    made(1)
    assert times == [1, 2, 3, 2, 1]
