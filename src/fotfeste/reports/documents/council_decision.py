"""The proposal for a council's decision and its alternatives: each one number, without reservations and without family."""

from __future__ import annotations

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports.blocks import Aside, Block, CellValue, Column, Heading, Table
from fotfeste.reports.documents.council_case import Council, Proposed
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.reports.documents.wording import minors_of
from fotfeste.settlement.follow_up.decisions import decision_in_words
from fotfeste.settlement.wording import service_name


def decided_blocks(council: Council) -> list[Block]:
    """Return what the council has answered already, so that nobody takes the draft for a matter that is still open."""
    decision, text = council.case.decision, council.text
    if decision is None or not decision.given:
        return []
    told = msg(
        "{decision}. Utkastet viser forslaget slik det bygger på anmodningen eller anbefalingen. Skal saken opp på nytt, "
        "erstatter det nye vedtaket dette.",
        decision=decision_in_words(decision),
    )
    return [Aside("note", text(msg("Kommunestyret har behandlet saken")), (text(told),))]


def proposal_blocks(council: Council) -> list[Block]:
    """Return the proposal as numbered points, and what a decision is and is not."""
    text = council.text
    return [
        Heading(1, text(msg("Forslag til vedtak"))),
        paragraph(text(msg("Kommunestyret vedtar:"))),
        bullets([text(one) for one in proposal(council)], numbered=True),
        Aside(
            "note",
            text(msg("Vedtaket er ett tall")),
            (
                text(
                    msg(
                        "Vedtaket skal ikke ha forbehold, og familiegjenforente regnes ikke med. "
                        "Det kommunen ellers vil ha sagt, hører hjemme i saksframlegget."
                    )
                ),
            ),
        ),
    ]


def proposal(council: Council) -> tuple[Message, ...]:
    """Return the points of the decision that is proposed."""
    return (
        proposed_decision(council),
        msg("Kommunedirektøren rapporterer om bosettingen og integreringen til kommunestyret hvert tertial."),
    )


def proposed_decision(council: Council) -> Message:
    """Return the decision that is proposed; with a blank where the municipality writes the number itself."""
    if council.number is None:
        return _open_number(council)
    return settles(council, council.number, council.minors)


def _open_number(council: Council) -> Message:
    return msg(
        "{who} bosetter {number} flyktninger i {year}.",
        who=council.municipality,
        number=council.blank(msg("antall")),
        year=council.year,
    )


def choice_blocks(council: Council) -> list[Block]:
    """Return the numbers that stand against each other, and that the proposal is above the capacity where it is."""
    text, known, reply = council.text, council.known, council.reply
    bottleneck = reply.bottleneck if reply is not None else None
    needed = None if council.number is None else council.number - council.minors
    above = bottleneck is not None and needed is not None and needed > bottleneck[1]
    if not above and len({number for number, _ in known.values()}) < 2:
        return []
    count = {one: number for one, (number, _) in known.items()}
    told = {
        Proposed.REQUEST: msg("IMDi ber om {count}.", count=count.get(Proposed.REQUEST)),
        Proposed.RECOMMENDATION: msg(
            "Fylkeskommunen anbefaler {count}.", count=count[Proposed.RECOMMENDATION]
        ),
        Proposed.WISH: msg("Kommunen ønsker selv {count}.", count=count.get(Proposed.WISH)),
    }
    lines = [text(told[one]) for one in told if one in known]
    if bottleneck is not None:
        lines.append(
            text(
                msg(
                    "Den laveste kapasiteten kommunen har oppgitt, er {count} ({service}), uten enslige mindreårige.",
                    count=bottleneck[1],
                    service=service_name(bottleneck[0]),
                )
            )
        )
    title = (
        msg("Forslaget er høyere enn kapasiteten kommunen har oppgitt")
        if above
        else msg("Tallene er ikke like")
    )
    return [Aside("warning" if above else "note", text(title), (" ".join(lines),))]


def settles(council: Council, number: int, minors: int = 0) -> Message:
    """Return the decision to settle ``number`` persons, or nobody."""
    if not number:
        return msg("{who} bosetter ikke flyktninger i {year}.", who=council.municipality, year=council.year)
    part = msg(", {part}", part=minors_of(minors)) if minors else ""
    return nmsg(
        "{who} bosetter {count} flyktning i {year}{minors}.",
        "{who} bosetter {count} flyktninger i {year}{minors}.",
        number,
        who=council.municipality,
        year=council.year,
        minors=part,
    )


def alternatives(council: Council) -> list[tuple[Message, Message, int | None]]:
    """Return the alternatives: what each is called, the decision it would be, and its persons beside the unaccompanied
    minors where they are known."""
    names = {
        Proposed.REQUEST: msg("Som anmodet"),
        Proposed.RECOMMENDATION: msg("Som anbefalt"),
        Proposed.WISH: msg("Som kommunen selv ønsker"),
    }
    known = council.known
    found: list[tuple[Message, Message, int | None]] = []
    seen: set[int] = set()
    for one in sorted(known, key=lambda one: one is not council.proposed):
        number, minors = known[one]
        if number not in seen:
            found.append((names[one], settles(council, number, minors), number - minors))
        seen.add(number)
    if council.number != 0:
        found.append((msg("Færre"), _open_number(council), None))
    found.append((msg("Flere"), _open_number(council), None))
    if 0 not in seen:
        found.append((msg("Ingen"), settles(council, 0), 0))
    return found


def alternatives_blocks(council: Council) -> list[Block]:
    """Return the alternatives side by side, each with what it is against the lowest capacity, and what IMDi wants told."""
    text, reply = council.text, council.reply
    bottleneck = reply.bottleneck if reply is not None else None
    rows: list[tuple[CellValue, ...]] = []
    for name, decision, number in alternatives(council):
        against = council.blank(msg("vurdering"))
        if bottleneck is not None and number is not None:
            against = text(_against(number, bottleneck[1]))
        rows.append((text(name), text(decision), against))
    note = ""
    if bottleneck is not None:
        note = text(
            msg(
                "Den laveste kapasiteten kommunen har oppgitt, er {count} ({service}).",
                count=bottleneck[1],
                service=service_name(bottleneck[0]),
            )
        )
    return [
        Heading(2, text(msg("Alternativer"))),
        Table(
            text(msg("Alternative vedtak")),
            (
                Column(text(msg("Alternativ"))),
                Column(text(msg("Vedtaket lyder"))),
                Column(text(msg("Sett mot laveste kapasitet"))),
            ),
            tuple(rows),
            note=note,
        ),
        Heading(2, text(msg("Det IMDi også ber om å få vite"))),
        bullets(
            [
                text(msg("Dato for behandling i kommunestyret: {day}.", day=handled(council))),
                text(msg("Ekstra kapasitet ved økt behov, utenom vedtaket: {count}.", count=_extra(council))),
            ]
        ),
    ]


def _against(number: int, capacity: int) -> Message:
    if number > capacity:
        return nmsg("{count} person over kapasiteten", "{count} personer over kapasiteten", number - capacity)
    return msg("innenfor kapasiteten")


def handled(council: Council) -> str:
    """Return the day that the council handles the matter, as far as anybody has told; otherwise a blank."""
    reply, decision = council.reply, council.case.decision
    day = (decision.dated if decision.given else decision.expected_handling) if decision is not None else None
    if day is not None:
        return council.basis.words.date(day)
    if reply is not None and reply.council_on is not None:
        return council.basis.words.date(reply.council_on)
    return council.blank(msg("dato"))


def _extra(council: Council) -> str:
    reply, decision = council.reply, council.case.decision
    if decision is not None and decision.extra is not None:
        return council.basis.words.number(decision.extra)
    if reply is not None and reply.extra is not None:
        return council.basis.words.number(reply.extra)
    return council.blank(msg("antall"))
