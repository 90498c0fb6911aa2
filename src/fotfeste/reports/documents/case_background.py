"""What the case paper says before its result: the law, who decides what, and what was asked for."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import (
    Block,
    Column,
    Heading,
    Table,
)
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.last_request import against_last_request
from fotfeste.reports.documents.sections import (
    answered,
    paragraph,
    request_in_words,
)
from fotfeste.reports.documents.sources_told import settlement_source
from fotfeste.reports.documents.tables import status_note
from fotfeste.settlement.wording import minors_named


def background(basis: Basis) -> list[Block]:
    """Return the law, and who decides what."""
    text = basis.text
    if basis.alone:
        both = msg(
            "{name} har ansvaret for det regionale integreringsarbeidet (integreringsloven §\u00a04) og er selv den eneste kommunen. "
            "IMDi ber kommunen om å bosette et antall, og kommunestyret avgjør om den skal bosette, og hvor mange.",
            name=basis.results[0].name,
        )
        return [Heading(1, text(msg("Bakgrunn og rettslig grunnlag"))), paragraph(text(both))]
    return [
        Heading(1, text(msg("Bakgrunn og rettslig grunnlag"))),
        paragraph(
            text(
                msg(
                    "Fylkeskommunen har ansvar for det regionale integreringsarbeidet (integreringsloven §\u00a04). Den skal anbefale hvor mange "
                    "flyktninger som bør bosettes i hver kommune."
                )
            ),
            text(
                msg(
                    "Fylkeskommunen er ikke overordnet kommunene. IMDi ber hver kommune om å bosette et antall, og kommunestyret avgjør om "
                    "kommunen skal bosette, og hvor mange."
                )
            ),
            text(msg("Fylkeskommunen har ingen rolle i bosettingen av den enkelte.")),
        ),
    ]


def asked_for(basis: Basis) -> list[Block]:
    """Return what the county was asked for, beside the years before."""
    text = basis.text
    request = basis.recommendation.request
    history = [year for year in basis.recommendation.county.history if year.year < basis.year][-6:]
    minors = (
        text(msg("I tallet inngår {minors}.", minors=minors_named(request.minors)))
        if request.minors
        else text(msg("Det er ikke oppgitt et eget tall for enslige mindreårige."))
    )
    blocks: list[Block] = [
        Heading(1, text(msg("Bestillingen"))),
        paragraph(
            request_in_words(basis),
            "" if basis.alone else text(msg("Totalen er fastsatt utenfor fylkeskommunen.")),
            against_last_request(basis),
            minors,
            answered(basis),
        ),
    ]
    if history:
        blocks.append(
            Table(
                text(msg("Anmodet, vedtatt og bosatt i {county}", county=basis.county)),
                (
                    Column(text(msg("År"))),
                    Column(text(msg("Anmodet")), "number"),
                    Column(text(msg("Vedtatt")), "number"),
                    Column(text(msg("Bosatt")), "number"),
                ),
                tuple((str(year.year), year.requested, year.decided, year.settled) for year in history),
                note=status_note(basis),
                source=settlement_source(basis),
            )
        )
    return blocks
