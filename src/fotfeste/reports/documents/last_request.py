"""The county's total beside what IMDi asked its municipalities for the year before.

Where only some of them were asked, the totals tell nothing of how the requests change: then the same municipalities
stand beside their own request.
"""

from __future__ import annotations

from fotfeste.messages import msg, nmsg
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.wording import against_last, said
from fotfeste.settlement.comparison import figures_of
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Figure


def against_last_request(basis: Basis) -> str:
    """Return the comparison in sentences; nothing where last year's total is not known or nobody was asked."""
    asked, those = _asked(basis)
    if not asked.value:
        return ""
    if len(those) == len(basis.results):
        beside = against_last(basis.recommendation.request.total, asked, basis.last_year)
        return basis.text(msg("Det er {beside}.", beside=beside))
    return basis.text(
        nmsg(
            "I {year} ba IMDi én av de {all} kommunene om {asked}. Den samme kommunen anbefales nå å bosette {now}.",
            "I {year} ba IMDi {count} av de {all} kommunene om {asked} til sammen. De samme kommunene anbefales nå å bosette {now}.",
            len(those),
            year=str(basis.last_year),
            all=len(basis.results),
            asked=said(asked),
            now=_recommended(those),
        )
    )


def beside_last_request(basis: Basis) -> str:
    """Return the comparison as it stands under the total among the key figures; nothing as in :func:`against_last_request`."""
    asked, those = _asked(basis)
    if not asked.value:
        return ""
    if len(those) == len(basis.results):
        return basis.text(against_last(basis.recommendation.request.total, asked, basis.last_year))
    return basis.text(
        nmsg(
            "i {year} ba IMDi én av kommunene om {asked}; den anbefales nå {now}",
            "i {year} ba IMDi {count} av kommunene om {asked}; de anbefales nå {now}",
            len(those),
            year=str(basis.last_year),
            asked=said(asked),
            now=_recommended(those),
        )
    )


def _asked(basis: Basis) -> tuple[Figure, list[MunicipalityResult]]:
    """Return what the county was asked for last year, and the municipalities that were asked."""
    asked = figures_of(basis.recommendation.county.history, basis.last_year).requested
    return asked, [one for one in basis.results if basis.last(one).requested.value]


def _recommended(those: list[MunicipalityResult]) -> int:
    return sum(one.recommended for one in those)
