"""The properties by name, each with the cases it is tried on: what the tests, the long run and the replay share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from . import (
    discussion_properties,
    file_properties,
    file_strategies,
    properties,
    strategies,
    year_properties,
    year_strategies,
)
from .made import Case

SCHEMA = 1
"""The number of the layout of kept cases."""


@dataclass(frozen=True)
class Property:
    """What must hold, the cases it must hold of, and how many times dearer one case is than of the cheapest."""

    holds: Callable[[Case], str]
    cases: st.SearchStrategy[Case]
    costs: int = 1


PROPERTIES: dict[str, Property] = {
    "sound": Property(properties.sound, strategies.counties()),
    "unmoved": Property(properties.unmoved, strategies.counties(wild=1, largest=600)),
    "conflicts": Property(properties.conflicts, strategies.counties(most_rules=8, largest=120, wild=1)),
    "growing": Property(properties.growing, strategies.counties(most_rules=0)),
    "reads_criteria": Property(file_properties.reads_criteria, file_strategies.criteria_files()),
    "reads_sheets": Property(file_properties.reads_sheets, file_strategies.sheets(), 3),
    "reads_figures": Property(file_properties.reads_figures, file_strategies.figure_files(), 2),
    "recommends": Property(file_properties.recommends, file_strategies.requests(), 3),
    "overridden": Property(year_properties.overridden, year_strategies.years()),
    "revised": Property(year_properties.revised, year_strategies.revisions(), 2),
    "bundled": Property(year_properties.bundled, year_strategies.bundles(), 2),
    "forged": Property(year_properties.forged, year_strategies.forged_ledgers()),
    "reads_status": Property(year_properties.reads_status, year_strategies.status_files(), 2),
    "discussed": Property(discussion_properties.discussed, year_strategies.discussions(), 3),
    "drawn_as_solved": Property(discussion_properties.drawn_as_solved, year_strategies.many_rows()),
}
