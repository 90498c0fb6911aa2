"""Numbers that people have set: what they cost, for everyone to read; and the whole ledger, for the county itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.reports.blocks import Aside, Block, CellValue, Column, Document, Heading, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.sections import bullets, paragraph
from fotfeste.reports.documents.wording import signed
from fotfeste.settlement.ledger import Entry, Ledger
from fotfeste.settlement.result import MunicipalityResult, OverrideCost

STEM = "internt/overstyringer"


def set_by(cost: OverrideCost, names: Mapping[str, str]) -> Message:
    """Return who set a number, in which role and why; never by which name."""
    return msg(
        "{name} er satt til {persons} av {role}. Begrunnelse: {reason}",
        name=names[cost.code],
        persons=cost.persons,
        role=cost.role,
        reason=cost.reason.rstrip(".") + ".",
    )


def cost_in_words(cost: OverrideCost, names: Mapping[str, str], words: Language) -> Message:
    """Return what an override does: the number without it, and every municipality that gets more or fewer."""
    if cost.instead is None:
        return msg("Uten overstyringen kan reglene ikke oppfylles, så den kan ikke sammenlignes med noe.")
    if cost.instead == cost.persons and not cost.others:
        return msg("Tallet ville vært det samme uten overstyringen.")
    told = [
        (msg("Flere til {names}.", names=changes)) if sign > 0 else msg("Færre til {names}.", names=changes)
        for sign in (1, -1)
        if (changes := _changes(cost, sign, names, words))
    ]
    return msg(
        "Uten overstyringen ville tallet vært {instead}. {others}",
        instead=cost.instead,
        others=" ".join(words.text(one) for one in told),
    )


def _changes(cost: OverrideCost, sign: int, names: Mapping[str, str], words: Language) -> str:
    """Return everyone whose number an override raises (or lowers), largest change first, nobody left out."""
    changed = sorted(
        ((code, persons) for code, persons in cost.others.items() if persons * sign > 0),
        key=lambda pair: (-abs(pair[1]), pair[0]),
    )
    return words.join([f"{names[code]} ({signed(persons, words, 0)})" for code, persons in changed])


def override_blocks(basis: Basis) -> list[Block]:
    """Return the section about numbers that people have set; nothing where nobody has."""
    costs = basis.recommendation.overrides
    if not costs:
        return []
    text = basis.text
    several = msg("Hver overstyring er målt for seg, med de andre stående.") if len(costs) > 1 else ""
    return [
        Heading(1, text(msg("Tall som er satt for hånd"))),
        paragraph(
            text(
                nmsg(
                    "Ett tall følger ikke av kriteriene og reglene, men er satt av en person i sin rolle. De andre tallene er regnet på nytt, slik at summen er den samme.",
                    "{count} tall følger ikke av kriteriene og reglene, men er satt av personer i sin rolle. De andre tallene er regnet på nytt, slik at summen er den samme.",
                    len(costs),
                )
            ),
            text(several),
        ),
        override_table(basis),
        bullets(
            [
                f"{basis.names[cost.code]}: {text(cost_in_words(cost, basis.names, basis.words))}"
                for cost in costs
            ]
        ),
    ]


def override_table(basis: Basis) -> Table:
    """Return every number that a person has set, with what it would have been, role and reason."""
    text = basis.text
    return Table(
        text(msg("Tall som er satt, og hva de ellers ville vært")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Satt til")), "number"),
            Column(text(msg("Ellers")), "number"),
            Column(text(msg("Forskjell")), "number", signed=True),
            Column(text(msg("Satt av"))),
            Column(text(msg("Begrunnelse"))),
        ),
        tuple(_row(cost, basis) for cost in basis.recommendation.overrides),
    )


def _row(cost: OverrideCost, basis: Basis) -> tuple[CellValue, ...]:
    difference = None if cost.instead is None else cost.persons - cost.instead
    return basis.names[cost.code], cost.persons, cost.instead, difference, cost.role, cost.reason


def changes_table(basis: Basis) -> Table:
    """Return what every override changes in every municipality, in persons; each column sums to zero."""
    text, costs = basis.text, basis.recommendation.overrides
    rows: list[tuple[CellValue, ...]] = []
    for one in basis.results:
        cells: list[CellValue] = []
        for cost in costs:
            own = 0 if cost.instead is None else cost.persons - cost.instead
            cells.append(own if one.code == cost.code else cost.others.get(one.code, 0))
        rows.append((one.name, one.code, *cells))
    return Table(
        text(msg("Hva hver overstyring endrer, i personer")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Kommunenummer"))),
            *(
                Column(
                    text(msg("{name} satt til {persons}", name=basis.names[cost.code], persons=cost.persons)),
                    "number",
                    summed=True,
                    signed=True,
                )
                for cost in costs
            ),
        ),
        tuple(rows),
        total_label=basis.county,
        note=text(msg("Hver kolonne summerer til null: det noen får mer, får andre mindre.")),
    )


def overrides_for(one: MunicipalityResult, basis: Basis) -> list[Block]:
    """Return, for the letter to one municipality, who set its number and why, or what others' numbers do to it."""
    text = basis.text
    blocks: list[Block] = []
    lines = []
    for cost in basis.recommendation.overrides:
        if cost.code == one.code:
            instead = (
                msg("Etter kriteriene og reglene ville tallet vært {instead}.", instead=cost.instead)
                if cost.instead is not None
                else ""
            )
            told = msg(
                "Tallet er satt av {role} og følger ikke av kriteriene alene. Begrunnelse: {reason}",
                role=cost.role,
                reason=cost.reason.rstrip(".") + ".",
            )
            blocks.append(
                Aside(
                    "note",
                    text(msg("Tallet er satt for hånd")),
                    (" ".join(filter(None, (text(told), text(instead)))),),
                )
            )
        elif persons := cost.others.get(one.code):
            lines.append(
                text(
                    nmsg(
                        "Tallet for {name} er satt til {set} av {role}. Det gir {count} person {direction} til {own}.",
                        "Tallet for {name} er satt til {set} av {role}. Det gir {count} personer {direction} til {own}.",
                        abs(persons),
                        name=basis.names[cost.code],
                        set=cost.persons,
                        role=cost.role,
                        direction=msg("mer") if persons > 0 else msg("mindre"),
                        own=one.name,
                    )
                )
            )
    return [*blocks, *([bullets(lines)] if lines else [])]


def override_fields(one: MunicipalityResult, basis: Basis) -> dict[str, str]:
    """Return who set a municipality's number and why, for templates; empty where nobody did."""
    cost = next((each for each in basis.recommendation.overrides if each.code == one.code), None)
    return {"satt_av": cost.role if cost else "", "satt_fordi": cost.reason if cost else ""}


def ledger_document(ledger: Ledger, basis: Basis) -> Document:
    """Return the whole ledger for the county itself: every entry with name and time, also those that no longer hold."""
    text = basis.text
    return Document(
        title=text(
            msg(
                "Overstyringer av bosettingstall i {county} i {year}",
                county=basis.county,
                year=str(basis.year),
            )
        ),
        subtitle=text(msg("Internt: hele loggen, med navn")),
        language=basis.locale,
        issued=basis.issued,
        blocks=(
            Aside(
                "warning",
                text(msg("Internt dokument")),
                (
                    text(
                        msg(
                            "Her står navn på dem som har satt tallene. De offentlige dokumentene viser bare rolle og begrunnelse."
                        )
                    ),
                ),
            ),
            paragraph(
                text(
                    nmsg(
                        "Loggen har én føring. {force} gjelder nå. En føring endres aldri, men kan følges av en ny.",
                        "Loggen har {count} føringer. {force} gjelder nå. En føring endres aldri, men kan følges av en ny.",
                        len(ledger.entries),
                        force=len(ledger.in_force),
                    )
                )
            ),
            _ledger_table(ledger, basis),
            *override_blocks(basis),
            Heading(1, text(msg("Sjekksum"))),
            paragraph(
                text(
                    msg(
                        "Den siste føringen har sjekksummen {checksum}. Den dekker alle føringene før.",
                        checksum=ledger.entries[-1].checksum,
                    )
                )
            ),
        ),
        file_stem=STEM,
        sender=(basis.sender,),
        description=text(msg("Hele loggen over overstyringer, med navn. Til bruk i fylkeskommunen.")),
    )


def _ledger_table(ledger: Ledger, basis: Basis) -> Table:
    text = basis.text
    return Table(
        text(msg("Alle føringer, eldste først")),
        (
            Column(text(msg("Nr."))),
            Column(text(msg("Tid (UTC)"))),
            Column(text(msg("Kommune"))),
            Column(text(msg("Satt til")), "number"),
            Column(text(msg("Rolle"))),
            Column(text(msg("Navn"))),
            Column(text(msg("Begrunnelse"))),
            Column(text(msg("Nå"))),
        ),
        tuple(
            (
                str(entry.number),
                moment(entry.at),
                basis.names.get(entry.code, entry.code),
                entry.persons,
                entry.role,
                entry.name,
                entry.reason,
                text(state_of(entry, ledger)),
            )
            for entry in ledger.entries
        ),
    )


def state_of(entry: Entry, ledger: Ledger) -> Message:
    """Return whether an entry holds, is a withdrawal, or has been followed by another."""
    after = next((one for one in ledger.entries if one.follows == entry.number), None)
    if after is not None and after.persons is None:
        return msg("trukket tilbake i nr. {number}", number=after.number)
    if after is not None:
        return msg("erstattet av nr. {number}", number=after.number)
    return (
        msg("trekker tilbake nr. {number}", number=entry.follows) if entry.persons is None else msg("gjelder")
    )


def moment(at: datetime) -> str:
    """Return a time to the minute as it stands in tables: ``2026-11-21 08:05``."""
    return at.strftime("%Y-%m-%d %H:%M")
