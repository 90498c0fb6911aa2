"""Regions: municipalities and counties of any year, their changes, classes and neighbours in kind.

from fotfeste.regions import load_regions
regions = load_regions()
regions.municipality("Skien", 2027).code
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.regions.loading import load_regions, read_regions
    from fotfeste.regions.registry import Regions
    from fotfeste.regions.values import (
        Attributes,
        Change,
        Conversion,
        County,
        CountySummary,
        LabourMarketRegion,
        Municipality,
    )

__all__ = [
    "Attributes",
    "Change",
    "Conversion",
    "County",
    "CountySummary",
    "LabourMarketRegion",
    "Municipality",
    "Regions",
    "load_regions",
    "read_regions",
]

_PLACES = {"load_regions": "loading", "read_regions": "loading", "Regions": "registry"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'values')}"), name)
