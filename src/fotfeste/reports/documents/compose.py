"""All documents of one recommendation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fotfeste.messages import Locale, written_to
from fotfeste.reports.blocks import Document, Workbook
from fotfeste.reports.documents.basis import Basis, basis_of
from fotfeste.reports.documents.case_paper import case_paper
from fotfeste.reports.documents.details import CaseDetails
from fotfeste.reports.documents.letter import letter
from fotfeste.reports.documents.overrides import ledger_document
from fotfeste.reports.documents.own_words import left_out_document
from fotfeste.reports.documents.recommendation import imdi_recommendation
from fotfeste.reports.documents.workbook import workbook
from fotfeste.settlement.discussion import Discussion
from fotfeste.settlement.follow_up.own_years import OwnYear
from fotfeste.settlement.ledger import Ledger
from fotfeste.settlement.result import Recommendation

CHOICES: dict[str, Locale] = {"bokmål": "nb", "nynorsk": "nn"}

if TYPE_CHECKING:
    from fotfeste.regions import Regions


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that leave the house, and the workbook behind them; letters in the county's order.

    ``internal`` are those that stay in the house.
    """

    recommendation: Document
    case_paper: Document
    letters: tuple[Document, ...]
    workbook: Workbook
    internal: tuple[Document, ...] = ()


def build(
    recommendation: Recommendation,
    regions: Regions,
    *,
    locale: Locale,
    issued: date,
    details: CaseDetails | None = None,
    discussion: Discussion | None = None,
    ledger: Ledger | None = None,
    entered: Mapping[str, OwnYear] | None = None,
) -> Documents:
    """Return the documents of ``recommendation`` in ``locale``, dated ``issued``.

    Each letter is in the form of Norwegian that the municipality has decided on; where it is neutral, in the county's
    choice: that of ``details``, otherwise ``locale``, and bokmål where that is English. ``details`` holds what only
    the county knows; what it does not say stands as a blank to fill in. A county of one municipality sends itself no letter. ``discussion`` is told of in the case paper and
    the workbook. ``ledger``, where overrides have been entered, becomes an internal document with names. ``entered``
    is what the county has entered of the year of the recommendation, by code (:func:`~fotfeste.settlement.follow_up.own_years.own_year`):
    numbers stand beside this year's request where there is one. The same arguments give the same documents.
    """

    def in_language(chosen: Locale) -> Basis:
        return basis_of(
            recommendation,
            regions,
            locale=chosen,
            issued=issued,
            details=details,
            discussion=discussion,
            entered=entered,
        )

    basis = in_language(locale)
    chosen = {one.code: letter_locale(one.code, basis) for one in basis.results}
    bases = {locale: basis} | {one: in_language(one) for one in sorted(set(chosen.values()) - {locale})}
    return Documents(
        imdi_recommendation(basis),
        case_paper(basis),
        () if basis.alone else tuple(letter(one, bases[chosen[one.code]]) for one in basis.results),
        workbook(basis),
        tuple(_internal(ledger, basis)),
    )


def _internal(ledger: Ledger | None, basis: Basis) -> Iterator[Document]:
    if ledger is not None and ledger.entries:
        yield ledger_document(ledger, basis)
    if (left_out := left_out_document(basis)) is not None:
        yield left_out


def letter_locale(code: str, basis: Basis) -> Locale:
    """Return the language of the letter to a municipality."""
    county = CHOICES.get(basis.details.neutral_form, basis.locale)
    return written_to(basis.language_forms.get(code, ""), county)
