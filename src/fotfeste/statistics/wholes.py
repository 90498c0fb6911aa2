"""Sums that stand beside all their parts: where a part is hidden, the sum is told by what its parts may show."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fotfeste.statistics.borders import Carried
from fotfeste.statistics.figure import Figure, Mark, total

SCHEMA = 1
FILE = "wholes.toml"


@dataclass(frozen=True, slots=True)
class Whole:
    """A value of a column that is the sum of other values of the same column."""

    dataset: str
    column: str
    whole: str
    parts: tuple[str, ...]


@cache
def wholes() -> tuple[Whole, ...]:
    """Return the sums that stand beside all their parts."""
    content = tomllib.loads((resources.files("fotfeste.statistics") / FILE).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise ValueError(f"{FILE} has schema {content['schema']}, not {SCHEMA}")
    return tuple(
        Whole(one["dataset"], one["column"], one["whole"], tuple(one["parts"])) for one in content["whole"]
    )


def parts_of_choice(dataset: str, where: Mapping[str, object]) -> tuple[dict[str, object], ...]:
    """Return the choices that a choice is the sum of, where all of them are shown too; otherwise nothing."""
    for one in wholes():
        if one.dataset == dataset and where.get(one.column) == one.whole:
            return tuple({**where, one.column: part} for part in one.parts)
    return ()


class BesideItsParts(Carried):
    """Counts by municipality of today that are shown beside all their parts.

    In a municipality where a part is hidden, the whole has the bounds that follow from what is shown of the parts. One
    that is hidden for its own sake stands as it is, and so does one whose parts are not all there: then nothing follows.
    """

    def __init__(self, whole: Carried, parts: Sequence[Carried]) -> None:
        super().__init__(Figure.missing(low=0))
        self._itself = whole
        self._beside = tuple(parts)

    def sum(self, codes: Sequence[str]) -> Figure:
        """Return the sum over municipalities of today, with bounds where a part is hidden in one of them."""
        told = {code: found for code in codes if (found := self._by_parts(code)) is not None}
        if not told:
            return self._itself.sum(codes)
        others = [code for code in codes if code not in told]
        return total([*told.values(), *([self._itself.sum(others)] if others else [])])

    def _by_parts(self, code: str) -> Figure | None:
        """Return what the parts may show of the whole of one municipality, where one of them is hidden."""
        if self._itself.sum((code,)).mark is not Mark.OBSERVED:
            return None
        parts = [one.sum((code,)) for one in self._beside]
        marks = {one.mark for one in parts}
        return (
            total(parts) if marks == {Mark.SUPPRESSED} or marks == {Mark.SUPPRESSED, Mark.OBSERVED} else None
        )
