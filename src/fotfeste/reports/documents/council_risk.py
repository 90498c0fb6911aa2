"""The parts of a council's case paper about what may come: risk, as figures and questions, and what the council is told each tertial."""

from __future__ import annotations

from fotfeste.messages import Message, msg
from fotfeste.reports.blocks import Block, CellValue, Column, Table
from fotfeste.reports.documents.council_case import Council, Part
from fotfeste.reports.documents.council_parts import heading
from fotfeste.reports.documents.naming import indicator_name, written
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.reports.documents.tables import county_table
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.periods import period_told

RISK_INDICATORS = (
    "unemployment_share_2022",
    "reduced_work_capacity_share",
    "refugee_share",
    "refugees_moved_in_share",
)
RISKS = (
    msg("Hvor mange av dem som er bosatt tidligere, er i arbeid eller utdanning? Hva er målet?"),
    msg("Hva gjør kommunen når resultatet er under målet i to tertialer?"),
    msg("Hva koster det kommunen når noen ikke kommer i arbeid: sosialhjelp, bolig, tapt skatteinngang?"),
    msg("Hvilke barn lever i familier med vedvarende lav inntekt, og hva gjøres for dem?"),
    msg("Hva taper lokalsamfunnet når noen ikke deltar, eller flytter fordi de mangler arbeid?"),
    msg("Hvem har ansvaret når tiltakene ligger i flere virksomheter?"),
)


def risk_blocks(council: Council) -> list[Block]:
    """Return what the figures say, and the questions the municipality answers itself."""
    text, basis = council.text, council.basis
    found = {one.indicator: one for one in council.one.facts.indicators}
    rows: list[tuple[CellValue, ...]] = []
    for name in RISK_INDICATORS:
        one = found.get(name)
        if one is None or one.own.mark is Mark.MISSING:
            continue
        told = [written(figure, name, basis) for figure in (one.own, one.county, one.country)]
        rows.append((indicator_name(name, basis.locale).name, *told, period_told(one.period, basis.words)))
    blocks: list[Block] = [
        heading(council, Part.RISK),
        paragraph(
            text(
                msg(
                    "Tallene viser hvordan det er, ikke hva som kommer til å skje. Vurderingen må kommunen gjøre selv."
                )
            )
        ),
    ]
    if rows:
        blocks.append(
            Table(
                text(msg("{name} ved siden av fylket og landet", name=council.one.name)),
                (
                    Column(text(msg("Indikator"))),
                    Column(text(msg("Kommunen")), "number"),
                    Column(basis.county, "number"),
                    Column(text(msg("Landet")), "number"),
                    Column(text(msg("Periode"))),
                ),
                tuple(rows),
            )
        )
    if county := county_table(basis):
        blocks.append(county)
    blank = council.blank(msg("kommunens vurdering"))
    blocks.append(
        Table(
            text(msg("Spørsmål om risiko")),
            (Column(text(msg("Spørsmål"))), Column(text(msg("Vurdering")))),
            tuple((text(question), blank) for question in RISKS),
        )
    )
    return blocks


def reporting_blocks(council: Council) -> list[Block]:
    """Return when the council is told how it goes, each tertial, and what it is told."""
    text, words, days = council.text, council.basis.words, council.deadlines
    names: tuple[Message, ...] = (msg("Første tertial"), msg("Andre tertial"), msg("Tredje tertial"))
    rows: list[tuple[CellValue, ...]] = [
        (text(name), words.date(days[f"status-{number}"].on), words.date(days[f"tertial-{number}"].on))
        for number, name in enumerate(names, 1)
        if f"status-{number}" in days and f"tertial-{number}" in days
    ]
    return [
        heading(council, Part.REPORTING),
        Table(
            text(msg("Når kommunestyret får vite hvordan det går")),
            (
                Column(text(msg("Tertial"))),
                Column(text(msg("Tallene gjelder per"))),
                Column(text(msg("Rapport til kommunestyret senest"))),
            ),
            tuple(rows),
            note=text(
                msg("Datoene er fristene i runden. Kommunens egne frister for tertialrapporter går foran.")
            ),
        ),
        paragraph(text(msg("Rapporten forteller hver gang:"))),
        bullets(
            [
                text(msg("bosatte hittil i året, sett mot vedtaket")),
                text(msg("hvor mange som deltar i introduksjonsprogram og opplæring")),
                text(msg("hvor mange av dem som er bosatt de siste årene, som er i arbeid eller utdanning")),
                text(msg("hvert tiltak: hva som er gjort, og hva som er forsinket")),
                text(msg("utgifter og tilskudd så langt, sett mot budsjettet")),
                text(msg("hva som er endret når et mål ikke er nådd")),
            ]
        ),
    ]
