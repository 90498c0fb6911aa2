"""Profiles of places: the country, a county or a municipality as a page, an API or a file shows it.

from datetime import date
from fotfeste.messages import language
from fotfeste.reports.profiles import open_knowledge, overview
knowledge = open_knowledge(None, date(2026, 11, 21))
overview(knowledge, knowledge.place("4003"), language("nb")).sentence
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.reports.profiles.compared import MOST_PLACES as MOST_PLACES
    from fotfeste.reports.profiles.compared import comparison as comparison
    from fotfeste.reports.profiles.files import as_csv as as_csv
    from fotfeste.reports.profiles.files import as_json as as_json
    from fotfeste.reports.profiles.files import as_xlsx as as_xlsx
    from fotfeste.reports.profiles.indicator_views import indicator_view as indicator_view
    from fotfeste.reports.profiles.knowledge import Knowledge as Knowledge
    from fotfeste.reports.profiles.knowledge import open_knowledge as open_knowledge
    from fotfeste.reports.profiles.overviews import overview as overview
    from fotfeste.reports.profiles.searching import search as search
    from fotfeste.reports.profiles.values import Alike as Alike
    from fotfeste.reports.profiles.values import Comparison as Comparison
    from fotfeste.reports.profiles.values import ComparisonRow as ComparisonRow
    from fotfeste.reports.profiles.values import DataColumn as DataColumn
    from fotfeste.reports.profiles.values import DataTable as DataTable
    from fotfeste.reports.profiles.values import Drawing as Drawing
    from fotfeste.reports.profiles.values import Hit as Hit
    from fotfeste.reports.profiles.values import Illustrated as Illustrated
    from fotfeste.reports.profiles.values import IndicatorRow as IndicatorRow
    from fotfeste.reports.profiles.values import IndicatorValue as IndicatorValue
    from fotfeste.reports.profiles.values import IndicatorView as IndicatorView
    from fotfeste.reports.profiles.values import KeyFigure as KeyFigure
    from fotfeste.reports.profiles.values import Overview as Overview
    from fotfeste.reports.profiles.values import Place as Place
    from fotfeste.reports.profiles.values import PlaceRow as PlaceRow
    from fotfeste.reports.profiles.values import Shown as Shown
    from fotfeste.reports.profiles.values import SourceLine as SourceLine
    from fotfeste.reports.profiles.values import Theme as Theme
    from fotfeste.reports.profiles.values import ThemeRows as ThemeRows
    from fotfeste.reports.profiles.values_for_machines import indicator_values as indicator_values

_PLACES = {
    "MOST_PLACES": "compared",
    "comparison": "compared",
    "as_csv": "files",
    "as_json": "files",
    "as_xlsx": "files",
    "indicator_view": "indicator_views",
    "Knowledge": "knowledge",
    "open_knowledge": "knowledge",
    "overview": "overviews",
    "search": "searching",
    "indicator_values": "values_for_machines",
}
_VALUES = (
    "Alike", "Comparison", "ComparisonRow", "DataColumn", "DataTable", "Drawing", "Hit", "Illustrated",
    "IndicatorRow", "IndicatorValue", "IndicatorView", "KeyFigure", "Overview", "Place", "PlaceRow", "Shown",
    "SourceLine", "Theme", "ThemeRows",
)  # fmt: skip
_PLACES |= dict.fromkeys(_VALUES, "values")


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
