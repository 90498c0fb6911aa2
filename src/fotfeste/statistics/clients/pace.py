"""Pace: no more calls to a host than its limit allows, however many clients call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Clock = Callable[[], float]
Sleep = Callable[[float], None]

_SHORTEST_WAIT = 0.001
_FLIGHT_WAIT = 0.05


class Pace:
    """The pace of calls to one host: at most ``calls`` in any ``per_seconds`` seconds.

    A call counts from when it ends, and while it lasts. Whatever time the host notes a call at, it lies between start and
    end, so no window of the host's own sees more calls than the limit. ``clock`` gives seconds that never go back,
    ``sleep`` waits; both come from the edge. One pace may be used by several threads.
    """

    def __init__(self, calls: int, per_seconds: float, *, clock: Clock, sleep: Sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._windows: set[tuple[int, float]] = set()
        self._ended: list[float] = []
        self._under_way = 0
        self._held_until = float("-inf")
        self._lock = threading.Lock()
        self.obey(calls, per_seconds)

    def obey(self, calls: int, per_seconds: float) -> None:
        """Obey one more limit beside those obeyed already: a source may slow us down, never speed us up."""
        if calls < 1 or not per_seconds > 0:
            raise ValueError("a pace needs at least one call in a time above zero")
        with self._lock:
            self._windows.add((calls, float(per_seconds)))

    def hold(self, seconds: float) -> None:
        """Make no call to this host for ``seconds`` from now, whoever wants to."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Wait until a call may be made, and count the block as that call; gives the seconds waited."""
        began = self._clock()
        while (wait := self._take()) > 0:
            self._sleep(wait)
        try:
            yield self._clock() - began
        finally:
            with self._lock:
                self._under_way -= 1
                self._ended.append(self._clock())

    def _take(self) -> float:
        """Take a place if there is one and return zero, otherwise return how long to wait before asking again."""
        with self._lock:
            now = self._clock()
            longest = max(seconds for _, seconds in self._windows)
            self._ended = [moment for moment in self._ended if moment > now - longest]
            wait = self._held_until - now
            for calls, seconds in self._windows:
                free = calls - self._under_way
                recent = [moment for moment in self._ended if moment > now - seconds]
                if free <= 0:
                    wait = max(wait, _FLIGHT_WAIT)
                elif len(recent) >= free:
                    wait = max(wait, recent[len(recent) - free] + seconds - now)
            if wait > 0:
                return max(wait, _SHORTEST_WAIT)
            self._under_way += 1
            return 0.0


class Paces:
    """The pace of every host, shared by all who use them: one host, one pace."""

    def __init__(self, calls: int, per_seconds: float, *, clock: Clock, sleep: Sleep) -> None:
        self._calls = calls
        self._per_seconds = per_seconds
        self._clock = clock
        self._sleep = sleep
        self._by_host: dict[str, Pace] = {}
        self._lock = threading.Lock()

    def of(self, host: str) -> Pace:
        """Return the one pace of a host."""
        with self._lock:
            if host.lower() not in self._by_host:
                pace = Pace(self._calls, self._per_seconds, clock=self._clock, sleep=self._sleep)
                self._by_host[host.lower()] = pace
            return self._by_host[host.lower()]
