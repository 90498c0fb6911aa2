"""All documents of one recommendation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import Locale
from fotfeste.reports.blocks import Document, Workbook
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.case_paper import case_paper
from fotfeste.reports.documents.details import CaseDetails
from fotfeste.reports.documents.letter import letter
from fotfeste.reports.documents.recommendation import imdi_recommendation
from fotfeste.reports.documents.workbook import workbook
from fotfeste.settlement.result import Recommendation

if TYPE_CHECKING:
    from fotfeste.regions import Regions


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that leave the house, and the workbook behind them; letters in the county's order."""

    recommendation: Document
    case_paper: Document
    letters: tuple[Document, ...]
    workbook: Workbook


def build(
    recommendation: Recommendation,
    regions: Regions,
    *,
    locale: Locale,
    issued: date,
    details: CaseDetails | None = None,
    own_form: bool = False,
) -> Documents:
    """Return the documents of ``recommendation`` in ``locale``, dated ``issued``.

    ``own_form`` writes the letter to a municipality that has decided nynorsk in nynorsk (where that translation is
    complete). ``details`` holds what only the county knows; what it does not say stands as a blank to fill in. The same
    arguments give the same documents.
    """
    basis = basis_of(recommendation, regions, locale=locale, issued=issued, details=details)
    return Documents(
        imdi_recommendation(basis),
        case_paper(basis),
        tuple(letter(one, _letter_basis(one.code, basis) if own_form else basis) for one in basis.results),
        workbook(basis),
    )


def _letter_basis(code: str, basis: Basis) -> Basis:
    """Return the basis in the form of Norwegian that the municipality has decided."""
    return replace(basis, locale="nn") if basis.language_forms.get(code) == "nynorsk" else basis
