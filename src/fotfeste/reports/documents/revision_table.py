"""The table of a revision: every municipality's number now beside those before, what is asked, decided and settled."""

from __future__ import annotations

from fotfeste.messages import Message, msg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.own_year import requested_now
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.revision import Revision, Standing, day_of, origin_in_words
from fotfeste.statistics.figure import Figure, total


def revision_table(basis: Basis, *, live: bool = False) -> Table:
    """Return every municipality's number now beside those before, the change, and what is decided and settled.

    ``live`` leaves the county to a total row that sums (for a workbook); otherwise the county is the last row.
    """
    revision = basis.recommendation.revision
    assert revision is not None
    text = basis.text
    rows = [_row(one, revision, basis) for one in basis.results]
    asked = [total(_requested(one, basis) for one in basis.results)] if basis.entered else []
    if not live and len(rows) > 1:
        rows.append(
            (
                basis.county,
                *(version.total for version in revision.versions),
                basis.recommendation.request.total,
                basis.recommendation.request.total - revision.last.total,
                *asked,
                *revision.sums(),
            )
        )
    return Table(
        text(msg("Opprinnelig og revidert anbefaling for {year}", year=str(basis.year))),
        (
            Column(text(msg("Kommune"))),
            *(
                Column(text(version_title(place, revision)), "number", summed=True)
                for place in range(revision.number)
            ),
            Column(text(msg("Revidert nå")), "number", summed=True),
            Column(text(msg("Endring")), "number", summed=True, signed=True),
            *(
                [Column(text(msg("Anmodet {year}", year=str(basis.year))), "number", summed=True)]
                if basis.entered
                else []
            ),
            Column(text(msg("Vedtatt {year}", year=str(basis.year))), "number", summed=True),
            Column(text(msg("Alt bosatt {year}", year=str(basis.year))), "number", summed=True),
        ),
        tuple(rows),
        total_label=basis.county if live else "",
        emphasis=frozenset() if live or len(rows) == 1 else frozenset({len(rows) - 1}),
        note=text(
            msg(
                "Vedtatt og bosatt er status per {day}. Endringen er fra anbefalingen som revideres.",
                day=day_of(revision.as_of),
            )
        ),
        source=text(origin_in_words(revision.origin)),
    )


def version_title(place: int, revision: Revision) -> Message:
    """Return the heading of one of the recommendations before this revision."""
    if place == 0:
        return msg("Opprinnelig")
    return msg("Revidert {made}", made=revision.versions[place].made)


def _requested(one: MunicipalityResult, basis: Basis) -> Figure:
    asked = requested_now(one, basis)
    return Figure.missing() if asked is None else asked.figure


def _row(one: MunicipalityResult, revision: Revision, basis: Basis) -> tuple[CellValue, ...]:
    standing = revision.standing.get(one.code, Standing())
    before = [version.numbers.get(one.code, 0) for version in revision.versions]
    return (
        one.name,
        *before,
        one.recommended,
        one.recommended - before[-1],
        *([_requested(one, basis)] if basis.entered else []),
        standing.decided,
        standing.settled,
    )
