"""Parts of a selection: each within what a source gives in one answer, together the whole selection, each cell once."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

Axes = Mapping[str, tuple[str, ...]]
"""The codes chosen of each variable."""


def cells(axes: Axes) -> int:
    """Return the number of cells: empty ones count too."""
    return prod(len(codes) for codes in axes.values())


def split(axes: Axes, most: int, most_values: int | None = None) -> tuple[Axes, ...]:
    """Return the parts of ``axes``, in order, each with at most ``most`` cells and ``most_values`` chosen values.

    One variable is divided, into runs of its codes as even as can be: the one that gives the fewest parts. Where no single
    one is long enough, the longest is divided code by code and each part is divided further. Raises :class:`ValueError`
    when ``most`` is below one cell, or ``most_values`` below one value of each variable.
    """
    if most < 1 or (most_values is not None and most_values < len(axes)):
        raise ValueError("a part needs room for one cell")
    if _fits(axes, most, most_values):
        return (dict(axes),)
    options = {name: _longest_run(axes, name, most, most_values) for name in axes}
    possible = {name: -(-len(axes[name]) // run) for name, run in options.items() if run > 0}
    if possible:
        name = min(possible, key=lambda one: possible[one])
        return tuple({**axes, name: run} for run in _runs(axes[name], possible[name]))
    longest = max(axes, key=lambda one: len(axes[one]))
    return tuple(
        part for code in axes[longest] for part in split({**axes, longest: (code,)}, most, most_values)
    )


def _fits(axes: Axes, most: int, most_values: int | None) -> bool:
    chosen = sum(len(codes) for codes in axes.values())
    return cells(axes) <= most and (most_values is None or chosen <= most_values)


def _longest_run(axes: Axes, name: str, most: int, most_values: int | None) -> int:
    """Return how many codes of one variable a part has room for, all of the others included; zero when none."""
    others = {one: codes for one, codes in axes.items() if one != name}
    run = most // cells(others)
    if most_values is not None:
        run = min(run, most_values - sum(len(codes) for codes in others.values()))
    return max(0, min(run, len(axes[name])))


def _runs(codes: tuple[str, ...], count: int) -> list[tuple[str, ...]]:
    """Return ``codes`` in ``count`` runs whose lengths differ by one at most."""
    shortest, longer = divmod(len(codes), count)
    runs, start = [], 0
    for number in range(count):
        end = start + shortest + (number < longer)
        runs.append(codes[start:end])
        start = end
    return runs
