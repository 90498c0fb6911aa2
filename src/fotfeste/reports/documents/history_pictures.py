"""The picture of what a municipality has been asked for, decided and settled, year by year."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports import small_charts
from fotfeste.reports.blocks import Picture
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.sources_told import agencies
from fotfeste.reports.documents.wording import said
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Figure

SHOWN_YEARS = 10
WIDTH = 0.8
"""The width that lets the facts of a municipality stand on one page, in text widths."""


def history_picture(one: MunicipalityResult, basis: Basis) -> Picture | None:
    """Return the municipality's requested, decided and settled by year; ``None`` without any known figure."""
    years = [year for year in one.facts.history if year.year < basis.year][-SHOWN_YEARS:]
    if not any(figure.known for year in years for figure in (year.requested, year.decided, year.settled)):
        return None
    points = [
        small_charts.HistoryPoint(year.year, year.requested, year.decided, year.settled, _status(year, basis))
        for year in years
    ]
    series = (basis.text(msg("Anmodet")), basis.text(msg("Vedtatt")), basis.text(msg("Bosatt")))
    title = basis.text(msg("Anmodet, vedtatt og bosatt i {name}", name=one.name))
    description = _history_text(one.name, years, basis)
    drawn = small_charts.history(points, series, basis.words, title=title, description=description)
    agency = agencies(basis, "settle")
    caption = basis.text(msg("{title} (kilde: {agency})", title=title, agency=agency)) if agency else title
    return Picture(drawn, description, caption, width=WIDTH)


def _status(year: YearFigures, basis: Basis) -> str:
    if year.status_date is None or basis.status_date is None:
        return ""
    day = basis.status_date
    return basis.text(msg("per {day}.{month}.", day=str(day.day), month=str(day.month)))


def _history_text(name: str, years: list[YearFigures], basis: Basis) -> str:
    newest = years[-1]
    lines = [
        msg(
            "Linjer for {name} fra {first} til {last}. I {last} ble kommunen anmodet om {asked}, vedtok {decided} og bosatte {settled}{status}.",
            name=name,
            first=str(years[0].year),
            last=str(newest.year),
            asked=said(newest.requested),
            decided=said(newest.decided),
            settled=said(newest.settled),
            status=basis.text(msg(" (per {day})", day=basis.status_date)) if newest.status_date else "",
        )
    ]
    settled = [(year.settled.value, year.year) for year in years if year.settled.value is not None]
    if settled:
        most, when = max(settled, key=lambda pair: (pair[0], pair[1]))
        lines.append(
            msg(
                "Flest bosatte i perioden: {count} i {year}.",
                count=said(Figure.observed(most)),
                year=str(when),
            )
        )
    return " ".join(basis.text(line) for line in lines)
