"""The county's own case paper: what is proposed, why, how sure it is, and the same page about every municipality."""

from __future__ import annotations

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import (
    Block,
    Document,
    Heading,
    Inline,
    Link,
    PageBreak,
    Paragraph,
)
from fotfeste.reports.documents.alternatives import alternatives_section
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.case_background import asked_for, background
from fotfeste.reports.documents.case_method import (
    choices_section,
    criteria_appendix,
    method_section,
    national_section,
)
from fotfeste.reports.documents.effects import (
    against_population,
    left_over,
    outcome_in_words,
    rule_outcomes,
    wish_but_get_none,
)
from fotfeste.reports.documents.facts_page import anchor, facts_page, labels_explained
from fotfeste.reports.documents.naming import is_example
from fotfeste.reports.documents.overrides import override_blocks
from fotfeste.reports.documents.ownership import draft_notice
from fotfeste.reports.documents.pictures import (
    contribution_pictures,
    interval_picture,
    last_year_pictures,
    map_picture,
    per_thousand_pictures,
)
from fotfeste.reports.documents.recommendation import reference_lines, sender_lines
from fotfeste.reports.documents.revision import (
    answer_of,
    figures_of_county,
    replaced,
    revision_blocks,
    titled,
)
from fotfeste.reports.documents.sections import (
    bullets,
    method_alone,
    method_heading,
    paragraph,
    spread_paragraph,
)
from fotfeste.reports.documents.sensitivity import sensitivity_section
from fotfeste.reports.documents.source_remarks import source_remarks
from fotfeste.reports.documents.sources_told import sources_table
from fotfeste.reports.documents.tables import contributions_table, county_table, overview_table
from fotfeste.reports.documents.uncertainty import notes, uncertain, unknown
from fotfeste.reports.documents.wording import minors_of, sentence_case


def case_paper(basis: Basis) -> Document:
    """Return the case paper."""
    text = basis.text
    body = basis.detail("deciding_body")
    about = {"county": basis.county, "year": str(basis.year)}
    opening = _opening(basis)
    return Document(
        title=titled(
            msg("Anbefaling om bosetting av flyktninger i {county} i {year}", **about),
            msg("Revidert anbefaling om bosetting av flyktninger i {county} i {year}", **about),
            basis,
        ),
        subtitle=text(msg("Saksframlegg til {body}", body=body)),
        language=basis.locale,
        issued=basis.issued,
        blocks=(*opening, *_blocks(basis)),
        file_stem="saksframlegg",
        sender=sender_lines(basis),
        reference=reference_lines(basis),
        description=answer_of(basis),
        contents=True,
        before_contents=len(opening),
    )


def _opening(basis: Basis) -> list[Block]:
    """Return what a committee needs to see before anything else: the answer, whose choices, what it is to decide."""
    return [
        paragraph(answer_of(basis), lead=True),
        figures_of_county(basis),
        *draft_notice(basis),
        *_proposal(basis),
    ]


def _blocks(basis: Basis) -> list[Block]:
    blocks: list[Block] = [
        *revision_blocks(basis),
        *_result(basis),
        *override_blocks(basis),
        *background(basis),
        *asked_for(basis),
        *([method_heading(basis), *method_alone(basis)] if basis.alone else _method(basis)),
        *alternatives_section(basis),
        *sensitivity_section(basis),
        *_reservations(basis),
        Heading(
            1,
            basis.text(
                msg("Vedlegg: fakta om kommunen") if basis.alone else msg("Vedlegg: fakta om hver kommune")
            ),
        ),
        paragraph(
            basis.text(
                msg(
                    "«Lignende kommuner» er medianen for de fem kommunene som ligner mest, etter folketall, "
                    "sentralitet og KOSTRA-gruppe. Sentralitetsklasse 1 er mest sentral, 6 minst. "
                    "Når tall varierer sammen, viser det ikke at det ene er årsak til det andre."
                )
                if basis.alone
                else msg(
                    "Alle kommunene er omtalt etter samme mal. «Lignende kommuner» er medianen for de fem kommunene den ligner mest på, etter folketall, "
                    "sentralitet og KOSTRA-gruppe. Sentralitetsklasse 1 er mest sentral, 6 minst. "
                    "Når tall varierer sammen, viser det ikke at det ene er årsak til det andre."
                )
            ),
            labels_explained(basis),
        ),
    ]
    if not basis.alone:
        blocks.append(_links(basis))
    if county := county_table(basis):
        blocks.append(county)
    for one in basis.results:
        blocks += facts_page(one, basis)
    blocks += [
        PageBreak(),
        Heading(1, basis.text(msg("Kilder"))),
        sources_table(basis),
        *source_remarks(basis),
    ]
    if not basis.alone:
        blocks += [
            *criteria_appendix(basis),
            Heading(1, basis.text(msg("Vedlegg: personer per kriterium og regel"))),
            contributions_table(basis),
        ]
    return blocks


def _method(basis: Basis) -> list[Block]:
    """Return how the numbers came about: the national criteria, the method, the choices, and pictures of the result."""
    return [
        *national_section(basis),
        *method_section(basis),
        *choices_section(basis),
        *_pictures(basis),
    ]


def _links(basis: Basis) -> Paragraph:
    """Return links to the page of every municipality."""
    content: list[Inline] = []
    for one in basis.results:
        content += [", ", Link(one.name, f"#{anchor(one)}")]
    return Paragraph(tuple(content[1:]))


def _proposal(basis: Basis) -> list[Block]:
    text = basis.text
    request = basis.recommendation.request
    minors = msg(", {part}", part=minors_of(request.minors)) if request.minors else ""
    decided = basis.detail("decided_on")
    lines = [
        text(
            nmsg(
                "{name} bosetter {count} flyktning i {year}{minors}.",
                "{name} bosetter {count} flyktninger i {year}{minors}.",
                request.total,
                name=basis.results[0].name,
                year=str(basis.year),
                minors=minors,
            )
        )
        if basis.alone
        else text(
            msg(
                "{sender} anbefaler IMDi at kommunene i {county} bosetter {total} flyktninger i {year}{minors}, fordelt slik tabellen "
                "«{table}» viser.",
                sender=basis.sender,
                county=basis.county,
                total=request.total,
                year=str(basis.year),
                minors=minors,
                table=overview_table(basis).caption,
            )
        ),
        *replaced(basis),
        *([] if basis.alone or not is_example(basis) else [text(_weights(basis))]),
        text(msg("Anbefalingen sendes IMDi {day}.", day=basis.detail("sent_on"))),
        *([] if basis.alone else [text(msg("Hver kommune får brev med sitt tall og begrunnelsen for det."))]),
    ]
    return [
        Heading(1, text(msg("Forslag til vedtak"))),
        paragraph(
            sentence_case(text(msg("{body} vedtar {day}:", body=basis.detail("deciding_body"), day=decided)))
        ),
        bullets(lines, numbered=True),
    ]


def _weights(basis: Basis) -> Message:
    """Return the weights as a line of the proposed decision: those that come with the program are somebody's once adopted."""
    return msg("Vektene og reglene i «{title}» legges til grunn.", title=basis.recommendation.criteria.title)


def _result(basis: Basis) -> list[Block]:
    text = basis.text
    blocks: list[Block] = [
        Heading(1, text(msg("Resultatet"))),
        *spread_paragraph(basis),
        *left_over(basis),
        *wish_but_get_none(basis),
        overview_table(basis),
    ]
    if picture := map_picture(basis):
        blocks.append(picture)
    return blocks


def _pictures(basis: Basis) -> list[Block]:
    """Return the result as pictures, and what the rules did where no section tells what they cost."""
    text = basis.text
    blocks: list[Block] = [
        Heading(1, text(msg("Resultatet i bilder"))),
        Heading(2, text(msg("Hva kriteriene gir hver kommune"))),
    ]
    blocks += contribution_pictures(basis)
    blocks.append(Heading(2, text(msg("Ved siden av året før"))))
    blocks += last_year_pictures(basis)
    blocks.append(Heading(2, text(msg("Sett mot folketallet"))))
    if plain := against_population(basis):
        blocks.append(paragraph(plain))
    blocks += per_thousand_pictures(basis)
    told_later = basis.discussion.comparison is not None or basis.discussion.costs
    outcomes = [] if told_later else rule_outcomes(basis)
    if outcomes:
        blocks.append(Heading(2, text(msg("Hva reglene gjorde"))))
        blocks.append(
            paragraph(
                text(
                    msg(
                        "Tallene viser hva hver regel endrer alene. Personer som en regel tar fra noen kommuner, går til de andre."
                    )
                )
            )
        )
        blocks.append(bullets([outcome_in_words(outcome, basis) for outcome in outcomes]))
    return blocks


def _reservations(basis: Basis) -> list[Block]:
    text = basis.text
    blocks: list[Block] = []
    unsure = [*uncertain(basis), *notes(basis)]
    if unsure:
        blocks += [Heading(1, text(msg("Forbehold og usikkerhet"))), bullets(unsure)]
    if picture := interval_picture(basis):
        blocks.append(picture)
    if lacking := unknown(basis):
        who = msg("Dette vet vi ikke") if basis.alone else msg("Dette vet ikke fylkeskommunen")
        blocks += [Heading(1, text(who)), bullets(lacking)]
    return blocks
