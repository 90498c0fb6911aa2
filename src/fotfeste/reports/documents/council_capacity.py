"""The parts of a council's case paper about what it takes: capacity against the number, and measures with somebody responsible."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Block, CellValue, Column, Table
from fotfeste.reports.documents.council_case import Council, Part
from fotfeste.reports.documents.council_parts import heading
from fotfeste.reports.documents.own_words import quotation
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.wording import sentence_case
from fotfeste.settlement.replies import Heard, Service
from fotfeste.settlement.wording import service_name

BLANK_MEASURES = 3


def capacity_blocks(council: Council) -> list[Block]:
    """Return what each service can take, lowest first, beside the proposed number, and what could raise it."""
    text, reply = council.text, council.reply
    stated = dict(reply.capacity) if reply is not None else {}
    beyond = short_services(council)
    needed = None if council.number is None else council.number - council.minors
    unlimited = reply.unlimited if reply is not None else ()
    heard = dict(reply.heard) if reply is not None else {}
    rows: list[tuple[CellValue, ...]] = []
    for service in _lowest_first(stated, {one: told.persons for one, told in heard.items()}, unlimited):
        name = sentence_case(text(service_name(service)))
        if service in stated:
            shown: tuple[CellValue, ...] = (
                stated[service],
                "" if needed is None else stated[service] - needed,
            )
        elif service in unlimited:
            shown = (text(msg("ingen begrensning")), "")
        elif service in heard:
            shown = (text(_heard(heard[service])), "")
        else:
            shown = (council.blank(msg("antall")), "")
        lacking = service not in (*stated, *unlimited) or service in beyond
        rows.append((name, *shown, council.blank(msg("tiltak")) if lacking else ""))
    if len(unlimited) == len(Service):
        told = msg("Kommunen har svart at ingen av tjenestene setter en grense.")
    elif not stated and (unlimited or heard):
        told = msg("Kommunen har ikke oppgitt noe tall for kapasiteten. Det som mangler, må fylles ut.")
    elif not stated:
        told = msg("Kommunen har ikke oppgitt kapasitet i dialogen. Tallene må fylles ut.")
    elif needed is None:
        told = msg("Forslaget har ikke noe tall ennå. Tabellen viser det kommunen har oppgitt.")
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


def _lowest_first(
    stated: Mapping[Service, int], heard: Mapping[Service, int], unlimited: Collection[Service]
) -> list[Service]:
    """Return the services: those with a number, those only a partner has heard of, the unanswered, those without a limit."""

    def place(one: Service) -> tuple[int, int, int]:
        ranks = (one in stated, one in heard, one not in unlimited, True)
        return ranks.index(True), stated.get(one, heard.get(one, 0)), list(Service).index(one)

    return sorted(Service, key=place)


def _heard(told: Heard) -> Message:
    return msg(
        "{count} (fra {organisation}, ikke bekreftet av kommunen)",
        count=told.persons,
        organisation=told.organisation,
    )


def short_services(council: Council) -> list[Service]:
    """Return the services that can take fewer than the proposed number without its minors, lowest first."""
    capacity = council.reply.capacity if council.reply is not None else {}
    if council.number is None:
        return []
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
            found.append(quotation(labels[field], told, council.basis.words))
    return found


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
