"""Both clocks of a step, for benchmarks that a Python without Fotfeste runs too: this module needs nothing but Python."""

from __future__ import annotations

import statistics
import time

RUNS = 3
"""Times that a step is run, of which the median counts."""
Times = tuple[float, float]
"""Seconds of the clock and of the processor."""


def now() -> Times:
    """Return both clocks."""
    return time.perf_counter(), time.process_time()


def since(start: Times) -> Times:
    """Return what has passed on both clocks."""
    return time.perf_counter() - start[0], time.process_time() - start[1]


def middle(times: list[Times]) -> Times:
    """Return the median on each clock."""
    return statistics.median(one[0] for one in times), statistics.median(one[1] for one in times)
