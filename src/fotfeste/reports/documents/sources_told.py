"""Where the figures come from: the table of sources, and the lines that name them in short."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Column, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import (
    datasets_of,
)
from fotfeste.settlement.revision import OWN
from fotfeste.statistics.sources import Source

TAKEN_IN = msg(
    "«Tatt inn» er dagen tallene ble hentet fra kilden. Er den ikke kjent, er det dagen tallene ble lagt inn i Fotfeste."
)


def sources_table(basis: Basis) -> Table:
    """Return all sources with table, period, the day the figures were taken in, and licence."""
    text = basis.text
    return Table(
        text(msg("Kilder til tallene")),
        (
            Column(text(msg("Kilde"))),
            Column(text(msg("Tabell"))),
            Column(text(msg("Periode"))),
            Column(text(msg("Tatt inn"))),
            Column(text(msg("Lisens"))),
        ),
        tuple(
            (
                f"{one.agency}: {one.title}",
                published_table(one),
                one.period,
                basis.words.short_date(one.retrieved),
                one.licence,
            )
            for one in basis.recommendation.sources
        ),
        note=text(TAKEN_IN),
    )


def published_table(source: Source) -> str:
    """Return the table a source is published in; nothing for figures of the county's own, whose table is a file name."""
    return "" if source.dataset.startswith(OWN) else source.table


def agencies(basis: Basis, dataset: str) -> str:
    """Return the agencies behind the sources whose data set is named like ``dataset``."""
    found = [one.agency for one in basis.recommendation.sources if dataset in one.dataset]
    return ", ".join(dict.fromkeys(found))


def settlement_source(basis: Basis) -> str:
    """Return a short source line for the settlement figures."""
    return short_sources(basis, "settle") or short_sources(basis, "")


def criteria_sources(basis: Basis) -> str:
    """Return a short source line for the settlement figures and for what the criteria count."""
    used = {
        dataset
        for criterion in basis.used_criteria
        for name in criterion.key.indicators
        for dataset in datasets_of(name)
    }
    found = [one for one in basis.recommendation.sources if one.dataset in used or "settle" in one.dataset]
    return _source_line(found, basis)


def short_sources(basis: Basis, dataset: str) -> str:
    """Return agency, table and date of the sources whose data set is named like ``dataset``."""
    return _source_line([one for one in basis.recommendation.sources if dataset in one.dataset], basis)


def _source_line(found: list[Source], basis: Basis) -> str:
    lines = [
        basis.text(
            msg(
                "{agency}, {table}, tatt inn {day}",
                agency=one.agency,
                table=published_table(one) or one.title,
                day=one.retrieved,
            )
        )
        for one in found
    ]
    return "; ".join(dict.fromkeys(lines))
