"""The knowledge base of a municipality or county: one document made of figures, with their sources.

from datetime import date
from fotfeste.reports.knowledge_base import gather, knowledge_base
document = knowledge_base(gather(None, "Kviteseid", date(2026, 11, 21)), "nb")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.reports.knowledge_base.compose import knowledge_base as knowledge_base
    from fotfeste.reports.knowledge_base.folder import write_knowledge_base as write_knowledge_base
    from fotfeste.reports.knowledge_base.framework import Framework as Framework
    from fotfeste.reports.knowledge_base.framework import read_framework as read_framework
    from fotfeste.reports.knowledge_base.framework import shipped_framework as shipped_framework
    from fotfeste.reports.knowledge_base.gathering import gather as gather
    from fotfeste.reports.knowledge_base.machine import machine_file as machine_file
    from fotfeste.reports.knowledge_base.own_text import OwnText as OwnText
    from fotfeste.reports.knowledge_base.own_text import blank_own_text as blank_own_text
    from fotfeste.reports.knowledge_base.own_text import read_own_text as read_own_text
    from fotfeste.reports.knowledge_base.previous import Previous as Previous
    from fotfeste.reports.knowledge_base.previous import read_previous as read_previous
    from fotfeste.reports.knowledge_base.values import Gathered as Gathered

_PLACES = {
    "knowledge_base": "compose",
    "write_knowledge_base": "folder",
    "Framework": "framework",
    "read_framework": "framework",
    "shipped_framework": "framework",
    "gather": "gathering",
    "machine_file": "machine",
    "OwnText": "own_text",
    "blank_own_text": "own_text",
    "read_own_text": "own_text",
    "Previous": "previous",
    "read_previous": "previous",
    "Gathered": "values",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
