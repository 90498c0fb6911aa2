"""The sections that are not figures: legal basis, participation, and what plans should take up."""

from __future__ import annotations

from fotfeste.messages import NARROW_SPACE, Translated, msg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Table
from fotfeste.reports.knowledge_base.framework import Point, Where
from fotfeste.reports.knowledge_base.telling import Telling, bullets, day_of, headline_of, paragraph
from fotfeste.statistics.series.trends import Verdict

DISTRICT, POPULATION = "district", "population"


def legal_section(telling: Telling) -> list[Block]:
    """Return the legal basis, each line with where it stands and whether that is confirmed."""
    text, frame = telling.text, telling.framework
    rows: list[tuple[CellValue, ...]] = [
        (
            text(one.text),
            one.basis.replace("§ ", f"§{NARROW_SPACE}") or text(msg("[hjemmel fylles ut]")),
            one.confirmed or text(msg("må bekreftes")),
        )
        for one in frame.legal
        if _holds(telling, one.where)
    ]
    note = msg(
        "Det som står i hakeparenteser, er en innstilling som må fylles ut eller bekreftes. Sjekk alltid lovteksten; rammene er datert {dated}.",
        dated=day_of(frame.dated),
    )
    heads = (msg("Hva"), msg("Hvor det står"), msg("Bygger på"))
    return [
        Heading(1, text(msg("Rettslig grunnlag")), "grunnlag"),
        Table(
            text(msg("Oppgaver og krav")),
            tuple(Column(text(one)) for one in heads),
            tuple(rows),
            note=text(note),
            source=text(frame.source),
        ),
    ]


def participation_section(telling: Telling) -> list[Block]:
    """Return the principles, and who should be heard, on what and how."""
    text, frame = telling.text, telling.framework
    rows: list[tuple[CellValue, ...]] = [
        (text(one.who), text(one.know), text(one.how)) for one in frame.heard if _holds(telling, one.where)
    ]
    heads = (msg("Hvem"), msg("Hva de vet"), msg("Hvordan de kan høres"))
    return [
        Heading(1, text(msg("Medvirkning")), "medvirkning"),
        bullets([text(one.text) for one in frame.principles if _holds(telling, one.where)]),
        Table(
            text(msg("Hvem som bør høres, og hvordan")),
            tuple(Column(text(one)) for one in heads),
            tuple(rows),
            note=text(frame.about_heard),
        ),
    ]


def plans_section(telling: Telling) -> list[Block]:
    """Return what plans should take up: the findings as questions to plans, and what plans most often lack."""
    text, gathered, frame = telling.text, telling.gathered, telling.framework
    themes = {one.id: one for one in gathered.themes}
    blocks: list[Block] = [Heading(1, text(msg("Hva planene bør ta opp")), "planer")]
    raised = [one for one in gathered.findings if one.clear or one.replaced is not None]
    if raised:
        rows: list[tuple[CellValue, ...]] = []
        for one in raised:
            theme = themes[one.comparison.candidate.theme]
            rows.append(
                (
                    headline_of(telling, one.comparison).rstrip("."),
                    text(Translated(theme.discuss[0])) if theme.discuss else "",
                    text(msg("[plan, ansvarlig og måltall]")),
                )
            )
        heads = (msg("Funn"), msg("Spørsmål planen bør svare på"), msg("Hvor det tas opp"))
        blocks += [
            paragraph(
                text(
                    msg(
                        "Et tall får følger først når en plan sier hva som skal gjøres, av hvem, og hvordan det måles."
                    )
                )
            ),
            Table(text(msg("Funnene og planene")), tuple(Column(text(one)) for one in heads), tuple(rows)),
        ]
    points = [text(one.text) for one in frame.plans if _holds(telling, one.where) and _raised(telling, one)]
    blocks += [
        Heading(2, text(msg("Sjekkliste for planer")), "planer-sjekkliste"),
        bullets(points),
        paragraph(text(frame.about_plans)),
    ]
    return blocks


def _holds(telling: Telling, where: Where) -> bool:
    """Whether an entry holds for the place; Oslo is both municipality and county."""
    place = telling.gathered.place
    if where == "several":
        return telling.gathered.several
    return where == "both" or place.alone or where == place.kind


def _raised(telling: Telling, point: Point) -> bool:
    gathered = telling.gathered
    if point.when == "district":
        figure = gathered.knowledge.figure(DISTRICT, gathered.place).figure
        return bool(figure.value)
    if point.when == "falling":
        trend = gathered.trends.get(POPULATION)
        return trend is not None and trend.verdict is Verdict.FELL
    return True
