"""Which of many like cases a daily run tries; `make verify` tries all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import pytest

LONG_RUN = pytest.mark.slow
"""For a test that many others would have to fail before: a long run, in `make verify` alone."""


def every_nth(step: int, values: Iterable[Any]) -> list[Any]:
    """Return ``values`` as parameters of a test; on a day the first of every ``step`` of them is tried.

    A value that is a tuple is several parameters.
    """
    return [
        _param(one if isinstance(one, tuple) else (one,), daily=not number % step)
        for number, one in enumerate(values)
    ]


def by_turns(rows: Sequence[Any], columns: Sequence[Any]) -> list[Any]:
    """Return every pair of ``rows`` and ``columns``; on a day each row is tried with one column, the columns by turns."""
    return [
        _param((row, column), daily=place % len(columns) == turn)
        for (place, row), (turn, column) in product(enumerate(rows), enumerate(columns))
    ]


def _param(values: tuple[Any, ...], *, daily: bool) -> Any:
    return pytest.param(*values, marks=() if daily else LONG_RUN)
