"""The breaks of series in words: each told once, with all the times it falls at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fotfeste.messages import Language
from fotfeste.statistics.series.sentences import about_break
from fotfeste.statistics.series.values import Break


def breaks_told(several: Iterable[Break], words: Language) -> tuple[str, ...]:
    """Return each break in words with who says so; one that falls at several times is told once."""
    times: dict[str, list[int]] = {}
    first: dict[str, Break] = {}
    for one in several:
        first.setdefault(one.id, one)
        times.setdefault(one.id, []).extend([] if one.between is None else [one.between[1][0]])
    found = []
    for name, one in first.items():
        message = about_break(one)
        if "year" in message.fields:
            years = words.join([str(year) for year in sorted(set(times[name]))])
            message = replace(message, fields={**message.fields, "year": years})
        found.append(words.text(message))
    return tuple(found)
