from datetime import date
from fractions import Fraction

import pytest

from fotfeste.reports.blocks import (
    Aside,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFigures,
    Link,
    PageBreak,
    Paragraph,
    Picture,
    Sheet,
    Strong,
    Table,
    Workbook,
)
from fotfeste.statistics.figure import Figure

NAMES = (
    "Porsgrunn", "Skien", "Notodden", "Siljan", "Bamble", "Kragerø", "Drangedal", "Nome", "Midt-Telemark",
    "Seljord", "Hjartdal", "Tinn", "Kviteseid", "Nissedal", "Fyresdal", "Tokke", "Vinje",
)  # fmt: skip
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 160" font-family="Fotfeste Inter">'
    '<rect x="120" y="20" width="380" height="30" fill="#0a5aa6"/><text x="0" y="42">Skien</text>'
    '<rect x="120" y="70" width="210" height="30" fill="#0a5aa6"/><text x="0" y="92">Čáhcesuolu</text></svg>'
)


def municipality_table() -> Table:
    rows = []
    for number, name in enumerate(NAMES):
        last = (
            Figure.suppressed() if number == 3 else Figure.not_asked() if number == 14
            else Figure.missing() if number == 9 else Figure.observed(12 + 3 * number, estimated=number == 5)
        )  # fmt: skip
        rows.append((name, 10 + 4 * number, last, Fraction(number - 4), Fraction(number + 1, 153)))
    return Table(
        "Anbefalt bosetting i 2027",
        (
            Column("Kommune"),
            Column("Anbefalt 2027", "number", summed=True),
            Column("Anmodet 2026", "number", summed=True),
            Column("Endring", "number", signed=True, summed=True),
            Column("Andel av fylket", "percent", 1, summed=True),
        ),
        tuple(rows),
        total_label="Telemark",
        emphasis=frozenset({1}),
        note="Tallene er laget for prøven.",
        source="IMDi, bosetting av flyktninger, hentet 28. september 2026",
    )


@pytest.fixture(scope="session")
def table() -> Table:
    return municipality_table()


@pytest.fixture(scope="session")
def document(table: Table) -> Document:
    return Document(
        title="Anbefalt bosetting av flyktninger i Telemark 2027",
        subtitle="Saksframlegg til hovedutvalg for kultur og inkludering",
        language="nb",
        issued=date(2026, 11, 21),
        file_stem="saksframlegg",
        sender=("Telemark fylkeskommune", "Postboks 2844", "3702 Skien"),
        recipient=("Integrerings- og mangfoldsdirektoratet (IMDi)",),
        reference=(("Sak", "26/01234"), ("Saksbehandler", "Rådgiver integrering")),
        description="Anbefaling per kommune med begrunnelse.",
        contents=True,
        blocks=(
            Heading(1, "Anbefalingen", "anbefaling"),
            Paragraph(
                ("Telemark anbefaler at kommunene bosetter 714 flyktninger i 2027, 31 flere enn i 2026.",), True
            ),
            KeyFigures(
                (
                    ("Anbefalt i alt", "714", "31 flere enn i 2026"),
                    ("Kommuner", "17", "alle får minst ti"),
                    ("Per 1 000 innbyggere", "4,0", "landet: 3,6"),
                )
            ),
            Paragraph(
                (
                    "Skien får flest. Se ", Link("metoden", "#metode"), " og ",
                    Link("kilden", "https://example.org/tall?a=1&b=2"), ". Det er ", Strong("ikke"),
                    " tatt hensyn til sekundærflytting.",
                )
            ),
            table,
            Picture(DRAWING, "Skien 86, Porsgrunn 74", "Anbefalt per kommune", "IMDi 2026"),
            Heading(1, "Metoden", "metode"),
            Aside("warning", "Små tall", ("Tre tall er skjult hos kilden.",)),
            Aside("note", "Status", ("Året 2026 er ikke ferdig.",)),
            Aside("choice", "Vekt", ("Hvor mye skal arbeid telle?",)),
            Heading(3, "Et hopp i nivå"),
            Bullets((("Folketall",), (Strong("Arbeid"), " og bolig"))),
            Bullets((("Først",), ("Så",)), numbered=True),
            PageBreak(),
            Heading(2, "Kommunene"),
            Picture(DRAWING, "Samme bilde i halv bredde", "Halv bredde", "", 0.5),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def workbook(table: Table) -> Workbook:
    return Workbook(
        "Bosetting i Telemark 2027", "nb", date(2026, 11, 21), (Sheet("Anbefaling", table),), "bosetting",
        (("Sak", "26/01234"),),
    )  # fmt: skip
