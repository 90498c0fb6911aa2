"""The registry of source tables: which table at which agency feeds which data set, and what confirms its number.

from fotfeste.statistics.tables_declared import load_tables
table = load_tables()["ssb_07459"]
table.table, table.confirmed.by, table.command
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.statistics.tables_declared.reading import load_tables, read_tables
    from fotfeste.statistics.tables_declared.values import Columns, Confirmation, DeclaredTable

__all__ = ["Columns", "Confirmation", "DeclaredTable", "load_tables", "read_tables"]

_PLACES = {"load_tables": "reading", "read_tables": "reading"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'values')}"), name)
