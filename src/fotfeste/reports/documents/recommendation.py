"""The recommendation to IMDi: the answer, the table, how it was made in short, and the same facts about everyone."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block, Document, Heading, PageBreak
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.facts_page import compact_facts, marks_note
from fotfeste.reports.documents.overrides import override_blocks
from fotfeste.reports.documents.ownership import draft_notice
from fotfeste.reports.documents.pictures import map_picture
from fotfeste.reports.documents.revision import answer_of, figures_of_county, revision_blocks, titled
from fotfeste.reports.documents.sections import (
    bullets,
    method_heading,
    method_in_short,
    paragraph,
    spread_paragraph,
)
from fotfeste.reports.documents.sources_told import sources_table
from fotfeste.reports.documents.tables import overview_table
from fotfeste.reports.documents.uncertainty import notes, uncertain, unknown

RECIPIENT = msg("Integrerings- og mangfoldsdirektoratet (IMDi)")


def imdi_recommendation(basis: Basis) -> Document:
    """Return the recommendation to IMDi."""
    text = basis.text
    county, year = basis.county, str(basis.year)
    return Document(
        title=titled(
            msg("Anbefaling om bosetting av flyktninger i {county} i {year}", county=county, year=year),
            msg(
                "Revidert anbefaling om bosetting av flyktninger i {county} i {year}",
                county=county,
                year=year,
            ),
            basis,
        ),
        subtitle=text(
            msg("Tallet, med fakta om kommunen")
            if basis.alone
            else msg("Antall per kommune, med begrunnelse og fakta")
        ),
        language=basis.locale,
        issued=basis.issued,
        blocks=tuple(_blocks(basis)),
        file_stem="anbefaling-til-imdi",
        sender=sender_lines(basis),
        recipient=(basis.details.recipient or text(RECIPIENT),),
        reference=reference_lines(basis),
        description=answer_of(basis),
    )


def sender_lines(basis: Basis) -> tuple[str, ...]:
    """Return the sender's address lines."""
    office = basis.details.office
    return (basis.sender, *((office,) if office else ()), *basis.details.address)


def reference_lines(basis: Basis) -> tuple[tuple[str, str], ...]:
    """Return labelled lines for the archive; unknown ones are visible blanks."""
    return (
        (basis.text(msg("Saksnummer")), basis.detail("case_number")),
        (basis.text(msg("Saksbehandler")), basis.detail("handler")),
        (basis.text(msg("Tilgang")), basis.detail("access_basis")),
    )


def _blocks(basis: Basis) -> list[Block]:
    text = basis.text
    blocks: list[Block] = [
        paragraph(answer_of(basis), lead=True),
        figures_of_county(basis),
        *draft_notice(basis),
        *revision_blocks(basis),
        *spread_paragraph(basis),
        Heading(1, text(msg("Anbefalt tall") if basis.alone else msg("Anbefalt tall per kommune"))),
        overview_table(basis),
    ]
    if picture := map_picture(basis):
        blocks.append(picture)
    blocks += override_blocks(basis)
    blocks += [method_heading(basis), *method_in_short(basis)]
    worth_knowing = [
        *uncertain(basis, shown_too=False),
        *notes(basis, own=False),
        *unknown(basis),
    ]
    if worth_knowing:
        blocks += [Heading(1, text(msg("Dette bør IMDi vite"))), bullets(worth_knowing)]
    facts = msg("Fakta om kommunen") if basis.alone else msg("Fakta om kommunene")
    blocks += [PageBreak(), Heading(1, text(facts))]
    blocks.append(
        paragraph(
            text(
                msg(
                    "Sentralitetsklasse 1 er mest sentral, 6 minst. "
                    "Kommuner som ligner, er funnet etter folketall, sentralitet og KOSTRA-gruppe."
                )
                if basis.alone
                else msg(
                    "De samme opplysningene er gitt om alle kommunene. Sentralitetsklasse 1 er mest sentral, 6 minst. "
                    "Kommuner som ligner, er funnet etter folketall, sentralitet og KOSTRA-gruppe."
                )
            ),
            marks_note(basis),
        )
    )
    for one in basis.results:
        blocks += compact_facts(one, basis)
    blocks += [Heading(1, text(msg("Kilder"))), sources_table(basis)]
    return blocks
