"""The documents that leave the house: recommendation to IMDi, case paper, letters, and the workbook."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.reports.documents.compose import Documents as Documents
    from fotfeste.reports.documents.compose import build as build
    from fotfeste.reports.documents.details import CaseDetails as CaseDetails
    from fotfeste.reports.documents.details import read_details as read_details
    from fotfeste.reports.documents.folder import write_documents as write_documents

_MODULES = {
    "CaseDetails": "details",
    "Documents": "compose",
    "build": "compose",
    "read_details": "details",
    "write_documents": "folder",
}
__all__ = ["CaseDetails", "Documents", "build", "read_details", "write_documents"]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(name)
