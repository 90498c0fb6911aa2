"""What plans say and do not say: the matrix of owner, kind of plan and theme, each cell with its passages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.plans.coverage.coded import Coded as Coded
    from fotfeste.plans.coverage.coded import ReadDocument as ReadDocument
    from fotfeste.plans.coverage.coded import Said as Said
    from fotfeste.plans.coverage.coded import read_document as read_document
    from fotfeste.plans.coverage.narrowing import cells as cells
    from fotfeste.plans.coverage.narrowing import covers as covers
    from fotfeste.plans.coverage.narrowing import narrowed as narrowed
    from fotfeste.plans.coverage.narrowing import searched_for as searched_for
    from fotfeste.plans.coverage.narrowing import with_something_read as with_something_read
    from fotfeste.plans.coverage.quoting import Evidence as Evidence
    from fotfeste.plans.coverage.quoting import evidence as evidence
    from fotfeste.plans.coverage.rows import Cell as Cell
    from fotfeste.plans.coverage.rows import Cover as Cover
    from fotfeste.plans.coverage.rows import Matrix as Matrix
    from fotfeste.plans.coverage.rows import Row as Row
    from fotfeste.plans.coverage.rows import matrix as matrix
    from fotfeste.plans.coverage.rows import owners_of_counties as owners_of_counties
    from fotfeste.plans.coverage.settings import Settings as Settings
    from fotfeste.plans.coverage.settings import settings_in as settings_in
    from fotfeste.plans.coverage.settings import shipped_settings as shipped_settings

_PLACES = {
    "Cell": "rows",
    "Coded": "coded",
    "Cover": "rows",
    "Evidence": "quoting",
    "Matrix": "rows",
    "ReadDocument": "coded",
    "Row": "rows",
    "Said": "coded",
    "Settings": "settings",
    "cells": "narrowing",
    "covers": "narrowing",
    "evidence": "quoting",
    "matrix": "rows",
    "narrowed": "narrowing",
    "owners_of_counties": "rows",
    "read_document": "coded",
    "searched_for": "narrowing",
    "settings_in": "settings",
    "shipped_settings": "settings",
    "with_something_read": "narrowing",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
