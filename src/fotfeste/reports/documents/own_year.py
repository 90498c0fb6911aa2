"""What the county has entered of the year of the recommendation: IMDi's request and the council's decision.

They come after the recommendation, so they are known to the documents of a revision, and before they stand in the
official statistics. They are given to the documents beside the recommendation, which does not rest on them.
"""

from __future__ import annotations

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.wording import against_last, said, whole
from fotfeste.settlement.follow_up.own_years import OwnFigure
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.statistics.figure import Mark


def beside_request(one: MunicipalityResult, basis: Basis) -> Message:
    """Return the number beside what IMDi has asked for this year, where that is entered; otherwise the year before."""
    asked = requested_now(one, basis)
    if asked is None:
        return against_last(one.recommended, basis.last(one).requested, basis.last_year)
    if asked.figure.value is None:
        return asked_in_words(asked, basis)
    difference = one.recommended - whole(asked.figure.value)
    year, told, day = str(basis.year), said(asked.figure), asked.on
    if not difference:
        return msg(
            "like mange som IMDi har bedt om i {year} ({asked}, {day})", year=year, asked=told, day=day
        )
    if difference > 0:
        return nmsg(
            "én flere enn IMDi har bedt om i {year} ({asked}, {day})",
            "{count} flere enn IMDi har bedt om i {year} ({asked}, {day})",
            difference,
            year=year,
            asked=told,
            day=day,
        )
    return nmsg(
        "én færre enn IMDi har bedt om i {year} ({asked}, {day})",
        "{count} færre enn IMDi har bedt om i {year} ({asked}, {day})",
        -difference,
        year=year,
        asked=told,
        day=day,
    )


def requested_now(one: MunicipalityResult, basis: Basis) -> OwnFigure | None:
    """Return IMDi's request to a municipality this year, where the county has entered it."""
    entered = basis.entered.get(one.code)
    return entered.requested if entered is not None and entered.year == basis.year else None


def decided_now(one: MunicipalityResult, basis: Basis) -> OwnFigure | None:
    """Return what a council has decided for this year, where the county has entered it."""
    entered = basis.entered.get(one.code)
    return entered.decided if entered is not None and entered.year == basis.year else None


def asked_in_words(asked: OwnFigure, basis: Basis) -> Message:
    """Return the request as the beginning or the end of a sentence."""
    year = str(basis.year)
    if asked.figure.mark is Mark.NOT_ASKED:
        return msg("kommunen er ikke anmodet i {year} ({day})", year=year, day=asked.on)
    return msg("IMDi har bedt om {asked} i {year} ({day})", asked=said(asked.figure), year=year, day=asked.on)
