"""A draft case paper for a municipal council: the decision and its alternatives, why, what it takes, costs and brings.

The municipality owns the paper. What only it knows stands as blanks in brackets, and nothing is invented for them.
"""

from __future__ import annotations

from collections.abc import Callable

from fotfeste.messages import msg
from fotfeste.reports.blocks import Aside, Block, Document
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.council_capacity import capacity_blocks, measures_blocks
from fotfeste.reports.documents.council_case import Council, CouncilCase, Part
from fotfeste.reports.documents.council_decision import (
    alternatives_blocks,
    choice_blocks,
    decided_blocks,
    proposal_blocks,
    proposed_decision,
)
from fotfeste.reports.documents.council_finances import finances_blocks
from fotfeste.reports.documents.council_parts import heading, request_blocks, results_blocks
from fotfeste.reports.documents.council_risk import reporting_blocks, risk_blocks
from fotfeste.reports.documents.letter import file_name
from fotfeste.reports.documents.sections import bullets
from fotfeste.reports.documents.sources_told import sources_table
from fotfeste.settlement.result import MunicipalityResult

STEM = "saksframlegg-kommunestyret"


def council_paper(one: MunicipalityResult, basis: Basis, case: CouncilCase) -> Document:
    """Return the draft paper for the council of ``one``, in the language of ``basis``."""
    council = Council(one, basis, case)
    text = council.text
    return Document(
        title=text(msg("Bosetting av flyktninger i {name} i {year}", name=one.name, year=council.year)),
        subtitle=text(msg("Utkast til saksframlegg for kommunestyret")),
        language=basis.locale,
        issued=case.issued or basis.issued,
        blocks=council_blocks(council),
        file_stem=f"{STEM}-{one.code}-{file_name(one.name)}",
        sender=(council.municipality,),
        reference=(
            (text(msg("Saksnummer")), council.blank(msg("saksnummer"))),
            (text(msg("Saksbehandler")), council.blank(msg("saksbehandlers rolle"))),
            (text(msg("Behandles")), council.blank(msg("utvalg og datoer"))),
        ),
        description=text(proposed_decision(council)),
    )


def council_blocks(council: Council) -> tuple[Block, ...]:
    """Return the paper's blocks, for a document or a page; only the parts that are chosen."""
    written: dict[Part, Callable[[Council], list[Block]]] = {
        Part.REQUEST: request_blocks,
        Part.CAPACITY: capacity_blocks,
        Part.RESULTS: results_blocks,
        Part.MEASURES: measures_blocks,
        Part.FINANCES: finances_blocks,
        Part.RISK: risk_blocks,
        Part.REPORTING: reporting_blocks,
        Part.SOURCES: _sources,
    }
    blocks: list[Block] = [
        _draft(council),
        *decided_blocks(council),
        *choice_blocks(council),
        *proposal_blocks(council),
        *alternatives_blocks(council),
    ]
    for part in Part:
        if part in council.case.parts:
            blocks += written[part](council)
    return tuple(blocks)


def _draft(council: Council) -> Aside:
    told = msg(
        "Kommunen eier saken og forslaget. Det som står i hakeparenteser, må kommunen fylle ut eller stryke. "
        "Tallene er hentet fra fylkeskommunens anbefaling og kommunens eget svar."
    )
    return Aside("note", council.text(msg("Utkast")), (council.text(told),))


def _sources(council: Council) -> list[Block]:
    text, case = council.text, council.case
    lines = [
        text(
            msg(
                "Anbefalingen: {sender}, {day}.",
                sender=council.basis.sender,
                day=council.basis.issued,
            )
        )
    ]
    if case.request is not None and council.asked is not None:
        lines.append(
            text(msg("Anmodningen: {source}, {day}.", source=case.request.source, day=case.request.dated))
        )
    if council.reply is not None:
        approved = council.reply.approved_on
        lines.append(
            text(msg("Kapasitet og ønsker: kommunens svar i dialogen, {day}.", day=approved))
            if approved
            else text(msg("Kapasitet og ønsker: kommunens svar i dialogen."))
        )
    if case.rates is not None:
        lines.append(
            text(
                msg(
                    "Satsene: {owner}, {day} ({source}).",
                    owner=case.rates.owner,
                    day=case.rates.dated,
                    source=case.rates.source,
                )
            )
        )
    return [heading(council, Part.SOURCES), bullets(lines), sources_table(council.basis)]
