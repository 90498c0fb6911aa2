"""Updating: a declared table fetched, turned into the columns of its data set, checked, compared with what stood, and kept.

``asked`` gets the answer (from the source, or from a folder), ``turning`` makes rows of it, ``checking`` refuses what is not
whole, ``changes`` says what is new, ``keeping`` adds a version with its record. See docs/method/sources.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.statistics.updating.asked import Folder, Live, Sources
    from fotfeste.statistics.updating.changes import Changes
    from fotfeste.statistics.updating.divisions import DivisionChanges, division_changes
    from fotfeste.statistics.updating.keeping import Prepared, keep, prepare
    from fotfeste.statistics.updating.record import Record, read_record
    from fotfeste.statistics.updating.turning import Turned, turned

__all__ = [
    "Changes",
    "DivisionChanges",
    "Folder",
    "Live",
    "Prepared",
    "Record",
    "Sources",
    "Turned",
    "division_changes",
    "keep",
    "prepare",
    "read_record",
    "turned",
]

_PLACES = {
    "Changes": "changes",
    "DivisionChanges": "divisions",
    "Folder": "asked",
    "Live": "asked",
    "Prepared": "keeping",
    "Record": "record",
    "Sources": "asked",
    "Turned": "turning",
    "division_changes": "divisions",
    "keep": "keeping",
    "prepare": "keeping",
    "read_record": "record",
    "turned": "turning",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the tables are not needed by those who only read the registry."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
