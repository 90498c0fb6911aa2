"""The properties by name, each with the cases it is tried on: what the tests, the long run and the replay share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from . import properties, strategies
from .made import Case


@dataclass(frozen=True)
class Property:
    """What must hold, the cases it must hold of, and how many times dearer one case is than of the cheapest."""

    holds: Callable[[Case], str]
    cases: st.SearchStrategy[Case]
    costs: int = 1


PROPERTIES: dict[str, Property] = {
    "sound": Property(properties.sound, strategies.counties()),
    "unmoved": Property(properties.unmoved, strategies.counties(wild=1, largest=600), 2),
    "conflicts": Property(properties.conflicts, strategies.counties(most_rules=8, largest=120, wild=1), 2),
    "growing": Property(properties.growing, strategies.counties(most_rules=0)),
}
