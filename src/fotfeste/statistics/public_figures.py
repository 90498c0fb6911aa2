"""Every indicator for every place, as it may be published all together, worked out once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.disclosure import disclose
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.statistics.formula_of import base_of, count_of, formula_of
from fotfeste.statistics.indicator_catalogue import Indicator, catalogue_for

if TYPE_CHECKING:
    from fotfeste.statistics.components import Components

SCHEMA = 1
FILE = "few_people.toml"
RATES = ("share", "per_100", "per_1000")


@dataclass(frozen=True, slots=True)
class FewPeople:
    """When a rate is uncertain because it rests on few people: fewer than ``base`` in all, or ``counted`` counted.

    Chance then moves it much from year to year. ``source`` is who set the limits, or that they are a setting.
    """

    base: int
    counted: int
    dated: str
    source: str


@cache
def few_people() -> FewPeople:
    """Return the limits that come with Fotfeste."""
    content = tomllib.loads((resources.files("fotfeste.statistics") / FILE).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise InputError("few_people.schema", msg("Grensene for små tall har et ukjent skjema."), place=FILE)
    limits = content["few_people"]
    return FewPeople(limits["base"], limits["counted"], str(content["dated"]), content["source"])


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A figure that may be published; ``few`` when it rests on few people."""

    figure: Figure
    few: bool = False


def public_figures(
    facts: Components, places: Mapping[str, Sequence[str]], limits: FewPeople
) -> dict[str, dict[str, PublicFigure]]:
    """Return by indicator and place what may be published.

    ``facts`` are :class:`~fotfeste.statistics.shown_components.ShownComponents`; ``places`` are the municipalities of
    today that each place consists of. Small counts are hidden in municipalities, counties and the country alike.
    Indicators whose data are not there are missing everywhere; the user's own are among them all.
    """
    return {
        one.id: {place: _public(one, facts, codes, limits) for place, codes in places.items()}
        for one in catalogue_for(facts.store.data_dir)
    }


def _public(one: Indicator, facts: Components, codes: Sequence[str], limits: FewPeople) -> PublicFigure:
    found, base, count = _found(one, facts, codes)
    if found.mark is Mark.MISSING:
        return PublicFigure(Figure.missing())
    return PublicFigure(found, few=one.kind in RATES and _few(found, base, count, limits))


def public_figure(one: Indicator, facts: Components, codes: Sequence[str]) -> Figure:
    """Return one indicator of the municipalities ``codes`` together as it may be published, with its bounds.

    ``facts`` are :class:`~fotfeste.statistics.shown_components.ShownComponents`. Pages and documents alike show this.
    """
    return _found(one, facts, codes)[0]


def _found(
    one: Indicator, facts: Components, codes: Sequence[str]
) -> tuple[Figure, Figure | None, Figure | None]:
    """Return what may be published of an indicator, with its base and count."""
    formula = formula_of(one)
    if formula is None:
        return Figure.missing(), None, None
    base, count = base_of(one, facts, codes), count_of(one, facts, codes)
    return disclose(formula(facts, codes), one, base, count), base, count


def _few(found: Figure, base: Figure | None, count: Figure | None, limits: FewPeople) -> bool:
    """Whether a rate that has a number or bounds rests on few people, judged by what may be shown alone.

    A count of none is as certain as a large one.
    """
    if found.mark not in (Mark.OBSERVED, Mark.SUPPRESSED):
        return False
    if base is not None and base.low is not None and base.low < limits.base:
        return True
    return count is not None and count.high is not None and 0 < count.high < limits.counted
