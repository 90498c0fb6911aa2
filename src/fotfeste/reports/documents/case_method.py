"""The parts of the case paper about choices: national criteria, the method, the rules, and who owns what."""

from __future__ import annotations

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Aside, Block, Column, Heading, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.method import example_in_words, key_in_words
from fotfeste.reports.documents.naming import METHODS_EXPLAINED, is_adopted, is_example, rule_in_words
from fotfeste.reports.documents.ownership import ownership
from fotfeste.reports.documents.sections import paragraph, percent_places
from fotfeste.reports.documents.wording import persons, sentence_case
from fotfeste.settlement.criteria import NationalCriteria, NationalCriterion
from fotfeste.settlement.wording import METHODS, rule_name


def national_section(basis: Basis) -> list[Block]:
    """Return how each national criterion is answered, and honestly when it is not."""
    text = basis.text
    blocks: list[Block] = [Heading(1, text(msg("Nasjonale kriterier og fylkeskommunens svar")))]
    national = basis.recommendation.criteria.national
    if national is None:
        blocks.append(
            paragraph(
                text(
                    msg(
                        "Kriteriefilen viser ikke til nasjonale kriterier. Departementets tekst for {year} må legges inn før saken kan svare på den.",
                        year=str(basis.year),
                    )
                )
            )
        )
        return blocks
    if warning := _reservation(national, basis):
        blocks.append(warning)
    answered = sum(1 for one in national.criteria if _answers(one, basis))
    blocks.append(
        paragraph(
            text(
                msg(
                    "{answered} av {all} nasjonale kriterier er besvart med minst ett kriterium som gir vekt i beregningen.",
                    answered=answered,
                    all=len(national.criteria),
                )
            )
        )
    )
    blocks.append(_national_table(national, basis))
    return blocks


def _reservation(national: NationalCriteria, basis: Basis) -> Aside | None:
    lines = []
    if national.year != basis.year:
        lines.append(
            basis.text(
                msg(
                    "Teksten gjelder {given}. Kriteriene for {year} er ikke lagt inn.",
                    given=str(national.year),
                    year=str(basis.year),
                )
            )
        )
    if not national.complete:
        lines.append(
            basis.text(
                msg("Teksten er ufullstendig og må erstattes med departementets egen før saken behandles.")
            )
        )
    if not lines:
        return None
    return Aside("warning", basis.text(msg("Kontroller teksten")), (" ".join(lines),))


def _answers(national: NationalCriterion, basis: Basis) -> list[str]:
    return [
        f"{one.name} ({basis.words.percent(one.share, percent_places(one.share))})"
        for one in basis.used_criteria
        if national.id in one.answers
    ]


def _national_table(national: NationalCriteria, basis: Basis) -> Table:
    text = basis.text
    own_words = dict(basis.recommendation.criteria.answers)
    rows = []
    for one in national.criteria:
        answers = _answers(one, basis)
        quoted = f"{one.text} ({one.note})" if one.note else one.text
        rows.append(
            (
                quoted,
                basis.words.join(answers) if answers else text(msg("Ikke besvart med vekt")),
                own_words.get(one.id, "") or ("" if answers else text(msg("[fylkeskommunens svar]"))),
            )
        )
    columns = [Column(text(msg("Nasjonalt kriterium"))), Column(text(msg("Besvart av (vekt)")))]
    if any(row[2] for row in rows):
        columns.append(Column(text(msg("Fylkeskommunens egne ord"))))
    return Table(
        national.title,
        tuple(columns),
        tuple(row[: len(columns)] for row in rows),
        source=national.source,
        note=national.note,
    )


def method_section(basis: Basis) -> list[Block]:
    """Return the method in plain words, with one municipality as the example."""
    text = basis.text
    request = basis.recommendation.request
    criteria = basis.recommendation.criteria
    shared = request.total - request.minors
    blocks: list[Block] = [
        Heading(1, text(msg("Slik er tallene regnet ut"))),
        paragraph(
            text(
                msg(
                    "Hvert kriterium får sin del av {persons} og fordeler den på kommunene. Kommunens andel er summen av det den får av "
                    "hvert kriterium. {name} er brukt som eksempel.",
                    persons=persons(shared),
                    name=basis.example.name,
                )
            )
        ),
    ]
    for one in basis.used_criteria:
        share = basis.words.percent(one.share, percent_places(one.share))
        blocks.append(Heading(2, text(msg("{name}: {share}", name=one.name, share=share))))
        blocks.append(paragraph(key_in_words(one.key, basis), example_in_words(one, basis.example, basis)))
    blocks.append(Heading(2, text(msg("Fra andeler til hele personer"))))
    blocks.append(
        paragraph(
            text(msg("Andelene gjøres om til hele personer med {method}.", method=METHODS[criteria.method])),
            text(METHODS_EXPLAINED[criteria.method]),
            text(
                msg(
                    "Står to kommuner helt likt om siste plass, går den til kommunen med størst andel, og deretter til den med lavest kommunenummer."
                )
            ),
        )
    )
    if request.minors:
        blocks.append(
            paragraph(
                text(
                    nmsg(
                        "Den ene enslige mindreårige er en del av totalen, men fordeles for seg, etter plassene kommunene eller kriteriefilen oppgir.",
                        "De {count} enslige mindreårige er en del av totalen, men fordeles for seg, etter plassene kommunene eller kriteriefilen oppgir.",
                        request.minors,
                    )
                )
            )
        )
    if criteria.rules:
        blocks += [Heading(2, text(msg("Regler"))), _rules_table(basis)]
    blocks.append(ownership(basis))
    return blocks


def _rules_table(basis: Basis) -> Table:
    text = basis.text
    return Table(
        text(msg("Regler som gjelder")),
        (
            Column(text(msg("Regel"))),
            Column(text(msg("Hva den sier"))),
            Column(text(msg("Begrunnelse eller kilde"))),
        ),
        tuple(
            (text(rule_name(rule.kind)), rule_in_words(rule, basis), rule.reason or rule.source)
            for rule in basis.recommendation.criteria.rules
        ),
    )


def choices_section(basis: Basis) -> list[Block]:
    """Return the choices that people have made and own, as a table."""
    text = basis.text
    criteria = basis.recommendation.criteria
    suppressed = {
        "middle": msg("midten av det mulige"),
        "low": msg("det laveste mulige"),
        "high": msg("det høyeste mulige"),
    }[criteria.suppressed]
    weights = "; ".join(
        f"{one.name} {basis.words.percent(one.share, percent_places(one.share))}"
        for one in basis.used_criteria
    )
    outside = text(msg("Fastsatt utenfor fylkeskommunen"))
    owner = criteria.owner
    if is_example(basis):
        with_it = msg("Vedtas med anbefalingen: {body}", body=basis.details.deciding_body)
        owner = text(with_it if is_adopted(basis) else msg("Følger med Fotfeste, ikke vedtatt"))
    rules = "; ".join(dict.fromkeys(text(rule_name(rule.kind)) for rule in criteria.rules))
    hidden = text(msg("Regnes som {choice}", choice=suppressed))
    total = text(persons(basis.recommendation.request.total))
    rows: list[tuple[str, str, str]] = [
        (text(msg("Totalen for fylket")), total, outside),
        (text(msg("Kriterier og vekter")), weights, owner),
        (text(msg("Regler")), rules or text(msg("Ingen")), owner),
        (text(msg("Avrunding til hele personer")), sentence_case(text(METHODS[criteria.method])), owner),
        (text(msg("Tall som er skjult i kilden")), hidden, owner),
    ]
    if basis.recommendation.replies is not None:
        stated = text(msg("Slik kommunene har svart"))
        rows.append((text(msg("Kapasitet og ønsker")), stated, text(msg("Hver kommune"))))
    return [
        Heading(1, text(msg("Valg som er gjort"))),
        paragraph(
            text(
                msg(
                    "Beregningen viser hva som følger av valgene. Det er mennesker som velger, og valgene kan gjøres om."
                )
            )
        ),
        Table(
            text(msg("Valgene i denne anbefalingen")),
            (
                Column(text(msg("Hva valget gjelder"))),
                Column(text(msg("Valgt"))),
                Column(text(msg("Hvem eier valget"))),
            ),
            tuple(rows),
        ),
    ]


def criteria_appendix(basis: Basis) -> list[Block]:
    """Return the criteria file in full as a table."""
    text = basis.text
    criteria = basis.recommendation.criteria
    rows = tuple(
        (
            f"{one.name} ({basis.words.percent(one.share, percent_places(one.share))})",
            key_in_words(one.key, basis),
            " ".join(ended(part) for part in (one.source, one.note) if part),
        )
        for one in criteria.criteria
    )
    dated = text(
        msg("Datert {dated}. Eier: {owner}.", dated=criteria.dated, owner=criteria.owner.rstrip("."))
    )
    return [
        Heading(1, text(msg("Vedlegg: kriteriene i sin helhet"))),
        Table(
            criteria.title,
            (
                Column(text(msg("Kriterium (vekt)"))),
                Column(text(msg("Fordeles slik"))),
                Column(text(msg("Kilde og merknad"))),
            ),
            rows,
            note=" ".join(part for part in (criteria.note, dated) if part),
            source=criteria.source,
        ),
    ]


def ended(text: str) -> str:
    """Return a text that people wrote with a full stop at its end, so that another can follow."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
