"""Beside the work: keeping the job while it is done, telling how far it has come, and noticing when it is to stop.

A thread of its own does this once a second, so that a long calculation neither loses its job nor has to think of the
database; what the work tells in between is kept in memory.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from types import TracebackType

from django.db import Error, connections
from django.utils import timezone

from fotfeste.messages import Message
from fotfeste.web.jobs.handlers import Interrupted
from fotfeste.web.jobs.kept_messages import kept
from fotfeste.web.jobs.leases import Held, give_back, is_wanted, renew

log = logging.getLogger("fotfeste.jobs")


@dataclass(frozen=True, slots=True)
class Pace:
    """How a worker keeps time.

    ``lease`` is how long a job is a worker's without being heard from, renewed after a quarter of it; ``beat`` is how
    often progress is written and a wish to stop is noticed; ``idle`` is how often an empty queue is looked at;
    ``grace`` is how long work may go on after the worker was told to stop before the job is given back anyway;
    ``attempts`` is how many times a job is begun before it is given up.
    """

    lease: timedelta = timedelta(seconds=60)
    beat: timedelta = timedelta(seconds=1)
    idle: timedelta = timedelta(seconds=1)
    grace: timedelta = timedelta(seconds=15)
    attempts: int = 3


class Watch:
    """Holds on to one job while it is done; used with ``with``, around the work."""

    def __init__(
        self, held: Held, pace: Pace, stop: threading.Event, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.held, self.pace, self.clock = held, pace, clock
        self.interrupted = False
        """Whether the work has been told to stop, so that what it returns is no result."""
        self._stop, self._over = stop, threading.Event()
        self._lock = threading.Lock()
        self._news: tuple[float, Message] | None = None
        self._renewed = clock()
        self._stopping_since: float | None = None
        self._lost = False
        self._thread = threading.Thread(target=self._run, name="fotfeste-job", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def tell(self, share: Fraction | float, message: Message) -> None:
        """Take in how far the work has come (0 to 1); raises :class:`Interrupted` when it is to stop."""
        with self._lock:
            self._news = (min(max(float(share), 0.0), 1.0), message)
        if self.must_stop():
            raise Interrupted

    def must_stop(self) -> bool:
        """Whether the work is to stop; once this has been true, what the work returns counts for nothing."""
        if self._lost or self._stop.is_set():
            self.interrupted = True
        return self.interrupted

    def _run(self) -> None:
        try:
            while not self._over.wait(self.pace.beat.total_seconds()):
                self.beat()
        finally:
            connections.close_all()

    def beat(self) -> None:
        """Write what there is to tell, keep the job, and look whether it is to stop; at most one short write."""
        now = self.clock()
        try:
            if self._stop.is_set() and self._grace_is_over(now):
                give_back(self.held, uncounted=True)
                self._lost = True
            elif not self._lost:
                self._renew(now)
        except Error:
            log.warning("job not renewed", extra={"job": str(self.held.job.pk)}, exc_info=True)
            connections.close_all()
            if now - self._renewed > self.pace.lease.total_seconds():
                self._lost = True

    def _grace_is_over(self, now: float) -> bool:
        if self._stopping_since is None:
            self._stopping_since = now
        return not self._lost and now - self._stopping_since >= self.pace.grace.total_seconds()

    def _renew(self, now: float) -> None:
        with self._lock:
            news, self._news = self._news, None
        told = {} if news is None else {"progress": news[0], "message": kept(news[1])}
        if told or now - self._renewed >= self.pace.lease.total_seconds() / 4:
            renew(self.held, timezone.now() + self.pace.lease, told)
            self._renewed = now
        if not is_wanted(self.held):
            self._lost = True
