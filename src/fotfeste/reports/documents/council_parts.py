"""The parts of a council's case paper that tell how it is: request, capacity, results, measures, risk and reporting."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Heading, Paragraph, Strong, Table
from fotfeste.reports.documents.council_case import Council, Part, part_name
from fotfeste.reports.documents.letter import opening
from fotfeste.reports.documents.naming import indicator_name, written
from fotfeste.reports.documents.reason import why_in_words
from fotfeste.reports.documents.replied import outcomes_in_words
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.reports.documents.tables import county_table, settlement_source
from fotfeste.reports.documents.wording import sentence_case
from fotfeste.settlement.facts import YearFigures
from fotfeste.settlement.replies import Service
from fotfeste.settlement.wording import service_name
from fotfeste.statistics.figure import Mark
from fotfeste.statistics.history import HIDDEN_BELOW
from fotfeste.statistics.periods import period_told

YEARS = 6
BLANK_MEASURES = 3
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


def heading(council: Council, part: Part) -> Heading:
    """Return the heading of a part."""
    return Heading(1, council.text(part_name(part)))


def request_blocks(council: Council) -> list[Block]:
    """Return what IMDi asks for, what the county recommends, and why, in a sentence each."""
    text, case = council.text, council.case
    if council.asked is not None and case.request is not None:
        asked = msg(
            "IMDi ba {day} kommunen om å bosette {count} i {year} ({source}).",
            day=case.request.dated,
            count=council.asked,
            year=council.year,
            source=case.request.reference or case.request.source,
        )
    elif case.request is not None and case.request.persons.mark is Mark.NOT_ASKED:
        asked = msg("IMDi har ikke bedt kommunen om å bosette noen i {year}.", year=council.year)
    else:
        asked = msg(
            "IMDis anmodning: {blank}. Forslaget bygger til da på anbefalingen.",
            blank=council.blank(msg("antall, dato og saksnummer")),
        )
    return [
        heading(council, Part.REQUEST),
        paragraph(
            text(asked),
            opening(council.one, council.basis),
            why_in_words(council.one, council.basis),
            text(
                msg(
                    "Kommunestyret avgjør om kommunen skal bosette, og hvor mange. Fylkeskommunens tall er et råd."
                )
            ),
        ),
    ]


def capacity_blocks(council: Council) -> list[Block]:
    """Return what each service can take, lowest first, beside the proposed number, and what could raise it."""
    text, reply = council.text, council.reply
    stated = dict(reply.capacity) if reply is not None else {}
    beyond, needed = short_services(council), council.number - council.minors
    order = sorted(Service, key=lambda one: (one not in stated, stated.get(one, 0), list(Service).index(one)))
    rows: list[tuple[CellValue, ...]] = []
    for service in order:
        name = sentence_case(text(service_name(service)))
        if service in stated:
            shown: tuple[CellValue, ...] = (stated[service], stated[service] - needed)
        else:
            shown = (council.blank(msg("antall")), "")
        lacking = service not in stated or service in beyond
        rows.append((name, *shown, council.blank(msg("tiltak")) if lacking else ""))
    if not stated:
        told = msg("Kommunen har ikke oppgitt kapasitet i dialogen. Tallene må fylles ut.")
    elif beyond:
        told = nmsg(
            "Tallet er større enn kapasiteten i {count} av tjenestene: {names}.",
            "Tallet er større enn kapasiteten i {count} av tjenestene: {names}.",
            len(beyond),
            names=council.basis.words.join([text(service_name(one)) for one in beyond]),
        )
    else:
        told = msg("Tallet er innenfor den oppgitte kapasiteten i alle tjenestene kommunen har svart om.")
    blocks: list[Block] = [
        heading(council, Part.CAPACITY),
        paragraph(text(told)),
        Table(
            text(msg("Kapasitet per tjeneste, den laveste først")),
            (
                Column(text(msg("Tjeneste"))),
                Column(text(msg("Oppgitt kapasitet")), "number"),
                Column(text(msg("Sett mot tallet")), "number", signed=True),
                Column(text(msg("Det som kan øke den"))),
            ),
            tuple(rows),
            note=text(
                msg(
                    "Kapasiteten er kommunens eget svar til fylkeskommunen, uten enslige mindreårige. "
                    "Et minus viser hvor mange som mangler plass."
                )
            ),
        ),
    ]
    if reply is not None:
        blocks += _own_words(council)
    return blocks


def short_services(council: Council) -> list[Service]:
    """Return the services that can take fewer than the proposed number without its minors, lowest first."""
    capacity = council.reply.capacity if council.reply is not None else {}
    needed = council.number - council.minors
    short = [one for one, count in capacity.items() if count < needed]
    return sorted(short, key=lambda one: (capacity[one], list(Service).index(one)))


def _own_words(council: Council) -> list[Block]:
    """Return what the municipality has written about its capacity, untranslated."""
    from fotfeste.settlement.reply_form import load_reply_form

    labels = {field.id: field.label[council.basis.locale] for field in load_reply_form().fields}
    reply = council.reply
    found: list[Block] = []
    for field in ("capacity_note", "raise_capacity"):
        if reply is not None and (told := reply.texts.get(field, "").strip()):
            found.append(Paragraph((Strong(f"{labels[field]}: "), council.basis.words.quoted(told))))
    return found


def results_blocks(council: Council) -> list[Block]:
    """Return requested, decided and settled in earlier years, and how much of what was decided was done."""
    text = council.text
    years = council.earlier[-YEARS:]
    if not years:
        return [
            heading(council, Part.RESULTS),
            paragraph(text(msg("Det er ingen tall for tidligere år. Kommunen kan føre inn sine egne."))),
        ]
    rows: list[tuple[CellValue, ...]] = [
        (str(one.year), one.requested, one.decided, one.settled, _done(one)) for one in years
    ]
    notes = [
        text(msg("{year}: tall per {day}, ikke hele året.", year=str(one.year), day=_day(one, council)))
        for one in years
        if one.status_date is not None
    ]
    if any(one.settled.value and one.settled.value < HIDDEN_BELOW for one in years):
        notes.append(
            text(
                msg(
                    "Tall under 5 vises fordi kommunen selv lager saken. Vurder om de skal stå i en offentlig sak."
                )
            )
        )
    reply = council.reply
    told = outcomes_in_words(reply, council.basis) if reply is not None else ""
    return [
        heading(council, Part.RESULTS),
        *([paragraph(line)] if (line := _sum_in_words(council, years)) else []),
        Table(
            text(msg("Anmodet, vedtatt og bosatt i {name}", name=council.one.name)),
            (
                Column(text(msg("År"))),
                Column(text(msg("Anmodet")), "number"),
                Column(text(msg("Vedtatt")), "number"),
                Column(text(msg("Bosatt")), "number"),
                Column(text(msg("Bosatt av vedtatte")), "percent"),
            ),
            tuple(rows),
            note=" ".join(notes),
            source=settlement_source(council.basis),
        ),
        paragraph(
            told
            or text(
                msg(
                    "Hvor mange som fortsatt bor i kommunen, og hvor mange som er i arbeid eller utdanning: {blank}.",
                    blank=council.blank(msg("gruppetall, ingen under 5")),
                )
            )
        ),
    ]


def _done(one: YearFigures) -> CellValue:
    """Return the settled as a share of the decided, where both are shown and the year is over."""
    decided, settled = one.decided, one.settled
    known = decided.mark is Mark.OBSERVED and settled.mark is Mark.OBSERVED and one.status_date is None
    if not known or not decided.value or settled.value is None:
        return ""
    return Fraction(settled.value) / Fraction(decided.value)


def _day(one: YearFigures, council: Council) -> str:
    from datetime import date

    try:
        return council.basis.words.date(date.fromisoformat(one.status_date or ""))
    except ValueError:
        return one.status_date or ""


def _sum_in_words(council: Council, years: tuple[YearFigures, ...]) -> str:
    """Return the finished years together, where every one of them is shown."""
    over = [one for one in years if one.status_date is None]
    seen = all(one.decided.mark is one.settled.mark is Mark.OBSERVED for one in over)
    if len(over) < 2 or not seen:
        return ""
    return council.text(
        msg(
            "I årene {first}–{last} vedtok kommunestyret {decided} til sammen, og {settled} ble bosatt.",
            first=str(over[0].year),
            last=str(over[-1].year),
            decided=sum(int(one.decided.value or 0) for one in over),
            settled=sum(int(one.settled.value or 0) for one in over),
        )
    )


def measures_blocks(council: Council) -> list[Block]:
    """Return measures with responsible and deadline; blanks for what nobody has written yet."""
    text, words = council.text, council.basis.words
    rows: list[tuple[CellValue, ...]] = [
        (
            one.what,
            one.responsible or council.blank(msg("ansvarlig rolle")),
            words.date(one.due) if one.due else council.blank(msg("frist")),
            council.blank(msg("mål som kan måles")),
        )
        for one in council.case.measures
    ]
    rows += [
        (
            council.blank(msg("tiltak for {service}", service=service_name(service))),
            council.blank(msg("ansvarlig rolle")),
            council.blank(msg("frist")),
            council.blank(msg("mål som kan måles")),
        )
        for service in short_services(council)
    ]
    while len(rows) < BLANK_MEASURES:
        rows.append(
            tuple(
                council.blank(one)
                for one in (msg("tiltak"), msg("ansvarlig rolle"), msg("frist"), msg("mål som kan måles"))
            )
        )
    return [
        heading(council, Part.MEASURES),
        paragraph(text(msg("Hvert tiltak har én ansvarlig, en frist og et mål som kan måles."))),
        Table(
            text(msg("Tiltak for bosetting og integrering i {year}", year=council.year)),
            (
                Column(text(msg("Tiltak"))),
                Column(text(msg("Ansvarlig"))),
                Column(text(msg("Frist"))),
                Column(text(msg("Mål"))),
            ),
            tuple(rows),
        ),
    ]


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
