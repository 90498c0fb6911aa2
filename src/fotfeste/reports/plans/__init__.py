"""The documents about plans: the matrix of coverage, what is forgotten beside the figures, and the draft hearing statement."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fotfeste.reports.plans.chosen import Chosen as Chosen
    from fotfeste.reports.plans.gap_figures import Beside as Beside
    from fotfeste.reports.plans.gap_figures import beside as beside
    from fotfeste.reports.plans.gap_telling import gap_document as gap_document
    from fotfeste.reports.plans.hearing import statement as statement
    from fotfeste.reports.plans.hearing_values import Leaning as Leaning
    from fotfeste.reports.plans.hearing_values import leanings as leanings
    from fotfeste.reports.plans.matrix_sheets import matrix_workbook as matrix_workbook
    from fotfeste.reports.plans.matrix_telling import matrix_document as matrix_document

_PLACES = {
    "Beside": "gap_figures",
    "Chosen": "chosen",
    "Leaning": "hearing_values",
    "beside": "gap_figures",
    "gap_document": "gap_telling",
    "leanings": "hearing_values",
    "matrix_document": "matrix_telling",
    "matrix_workbook": "matrix_sheets",
    "statement": "hearing",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package stays light."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
