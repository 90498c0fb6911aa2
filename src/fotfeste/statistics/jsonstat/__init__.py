"""JSON-stat, the format in which statistical agencies answer: read (versions 1 and 2) and written (version 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.statistics.jsonstat.answer import Limits
    from fotfeste.statistics.jsonstat.reading import decode, decode_all, describe
    from fotfeste.statistics.jsonstat.table import Description, Dimension, JsonStat, Unit
    from fotfeste.statistics.jsonstat.writing import encode, tabulate

__all__ = [
    "Description",
    "Dimension",
    "JsonStat",
    "Limits",
    "Unit",
    "decode",
    "decode_all",
    "describe",
    "encode",
    "tabulate",
]

_PLACES = {
    "decode": "reading",
    "decode_all": "reading",
    "describe": "reading",
    "encode": "writing",
    "Limits": "answer",
    "tabulate": "writing",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'table')}"), name)
