"""Sources and method: every table with its date and data version, and how figures were compared."""

from __future__ import annotations

import fotfeste
from fotfeste.messages import Translated, msg
from fotfeste.reports.blocks import Block, Bullets, CellValue, Column, Heading, Strong, Table
from fotfeste.reports.knowledge_base.telling import Telling, bullets, paragraph
from fotfeste.statistics.periods import in_words


def sources_section(telling: Telling) -> list[Block]:
    """Return every source by its mark, what must be known of it, and the method in short."""
    text, gathered = telling.text, telling.gathered
    told = [one.for_reader(telling.words) for one in gathered.sources]
    rows: list[tuple[CellValue, ...]] = [
        (
            telling.mark(source),
            f"{one.agency}, {one.table}",
            one.title,
            in_words(one.period, telling.words),
            f"{telling.words.short_date(one.retrieved)}, {telling.version_told(source)}",
        )
        for source, one in zip(gathered.sources, told, strict=True)
    ]
    heads = (
        msg("Merke"), msg("Kilde og tabell"), msg("Datasett"), msg("Periode"), msg("Hentet, dataversjon"),
    )  # fmt: skip
    remarks = [
        text(
            msg(
                "{mark} (lisens: {licence}): {remark}",
                mark=telling.mark(source),
                licence=one.licence,
                remark=one.remark,
            )
            if one.remark
            else msg("{mark} (lisens: {licence}).", mark=telling.mark(source), licence=one.licence)
        )
        for source, one in zip(gathered.sources, told, strict=True)
    ]
    about = msg(
        "Laget med Fotfeste {version}. Innebygde data følger versjonen av Fotfeste. Maskinfilen som ble laget sammen med dokumentet, "
        "har alle tallene, sammenligningene og dataversjonene.",
        version=fotfeste.__version__,
    )
    method = [
        msg(
            "Små tall er skjult før noe regnes ut. Det som er skjult, sammenlignes ved grensene det ligger mellom, eller ikke i det hele tatt."
        ),
        msg(
            "«Høyere», «lavere», «økte» og «gikk ned» står bare der forskjellen er større enn det som kan være tilfeldig, når alle forskjeller i dokumentet ses under ett."
        ),
        msg("At to tall følges ad, er ikke brukt som forklaring noe sted."),
        msg(
            "Brudd i en serie er nevnt der serien er brukt, med om endringer likevel er regnet over dem, og hvorfor."
        ),
    ]
    told_of_them: list[Block] = []
    if remarks:
        told_of_them = [Heading(2, text(msg("Om kildene")), "kilder-merknader"), bullets(remarks)]
    return [
        Heading(1, text(msg("Kilder og metode")), "kilder"),
        paragraph(text(about)),
        Table(text(msg("Kilder")), tuple(Column(text(one)) for one in heads), tuple(rows)),
        *told_of_them,
        *_definitions(telling),
        Heading(2, text(msg("Slik er tallene vurdert")), "kilder-metode"),
        bullets([text(one) for one in method]),
    ]


def _definitions(telling: Telling) -> list[Block]:
    """Return what each figure in the document is, theme by theme; nothing where there are none."""
    gathered, text = telling.gathered, telling.text
    shown = [one for theme in gathered.themes for one in gathered.indicators(theme.id)]
    lines = tuple((Strong(f"{telling.called(one)}:"), " ", text(Translated(one.definition))) for one in shown)
    if not lines:
        return []
    return [Heading(2, text(msg("Hva tallene er")), "kilder-definisjoner"), Bullets(lines)]
