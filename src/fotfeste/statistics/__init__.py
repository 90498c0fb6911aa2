"""Statistics: figures with marks and bounds, the embedded data set, the store and the indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.statistics.catalogue import Dataset
    from fotfeste.statistics.disclosure import disclose
    from fotfeste.statistics.figure import Figure, Mark
    from fotfeste.statistics.history import HistoryYear, settlement_history
    from fotfeste.statistics.indicators import Indicator, Indicators, compute, load_catalogue
    from fotfeste.statistics.sources import Source
    from fotfeste.statistics.store import Store, open_store
    from fotfeste.statistics.user_data import UserData, read_user_indicators

__all__ = [
    "Dataset",
    "Figure",
    "HistoryYear",
    "Indicator",
    "Indicators",
    "Mark",
    "Source",
    "Store",
    "UserData",
    "compute",
    "disclose",
    "load_catalogue",
    "open_store",
    "read_user_indicators",
    "settlement_history",
]

_PLACES = {
    "Dataset": "catalogue",
    "disclose": "disclosure",
    "Figure": "figure",
    "Mark": "figure",
    "HistoryYear": "history",
    "settlement_history": "history",
    "Indicator": "indicators",
    "Indicators": "indicators",
    "compute": "indicators",
    "load_catalogue": "indicators",
    "Source": "sources",
    "Store": "store",
    "open_store": "store",
    "UserData": "user_data",
    "read_user_indicators": "user_data",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
