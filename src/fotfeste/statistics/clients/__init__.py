"""Clients of the agencies' interfaces: tables, codes and changes fetched politely, whole, and in parts that fit.

``Http`` sends, under one ``Pace`` a host. ``PxWeb2`` and ``PxWeb1`` (SSB's bank of statistics) and ``Fhi`` (FHI Statistikk)
fetch tables as JSON-stat; ``Klass`` (SSB's classifications) gives codes, changes and correspondences. What is documented, what
is only seen and what is to be confirmed: ``docs/method/clients.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.statistics.clients.faults import SourceFault
    from fotfeste.statistics.clients.fhi import Fhi
    from fotfeste.statistics.clients.http import Http
    from fotfeste.statistics.clients.klass import Klass
    from fotfeste.statistics.clients.limits import load_limits
    from fotfeste.statistics.clients.metadata import TableMetadata, Variable
    from fotfeste.statistics.clients.pace import Pace
    from fotfeste.statistics.clients.pxweb1 import PxWeb1
    from fotfeste.statistics.clients.pxweb2 import PxWeb2

__all__ = [
    "Fhi",
    "Http",
    "Klass",
    "Pace",
    "PxWeb1",
    "PxWeb2",
    "SourceFault",
    "TableMetadata",
    "Variable",
    "load_limits",
]

_PLACES = {
    "Fhi": "fhi",
    "Http": "http",
    "Klass": "klass",
    "Pace": "pace",
    "PxWeb1": "pxweb1",
    "PxWeb2": "pxweb2",
    "SourceFault": "faults",
    "TableMetadata": "metadata",
    "Variable": "metadata",
    "load_limits": "limits",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the HTTP library is not needed by those who only read figures."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
