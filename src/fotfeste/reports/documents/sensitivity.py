"""The section on how much the numbers stand: an interval for each municipality, and what moves it most."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import Message, msg, nmsg
from fotfeste.reports import charts
from fotfeste.reports.blocks import Block, Column, Heading, Picture, Sheet, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.naming import indicator_name
from fotfeste.reports.documents.sections import bullets, paragraph, percent_places
from fotfeste.reports.documents.wording import listed
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.sensitivity import Range, Sensitivity
from fotfeste.settlement.wording import rule_name

SHEET = msg("Hva tallene tåler")
STANDS_OUT = 0.1
"""A criterion whose squared correlation with a number is smaller than this is not said to move it."""


def sensitivity_section(basis: Basis) -> list[Block]:
    """Return how far each number moves when weights and uncertain figures do; nothing where it was not drawn."""
    found = basis.discussion.sensitivity
    if found is None or len(basis.results) < 2:
        return []
    ranges = shown_ranges(found)
    blocks: list[Block] = [
        Heading(1, basis.text(msg("Hvor mye tallene tåler"))),
        paragraph(*_how(found, basis)),
        *([bullets(_weights(found, basis))] if len(found.weights) > 1 else []),
        paragraph(*_uncertain(found, basis)),
        paragraph(_widest(found, basis), *_unmoved(found, basis), _left_out(found, basis)),
    ]
    if ranges:
        blocks += [_picture(ranges, found, basis), sensitivity_table(basis, found, ranges)]
    return blocks


def shown_ranges(found: Sensitivity) -> tuple[Range, ...]:
    """Return the municipalities that the case paper shows: those whose number moves, where most do not; else all."""
    moving = tuple(one for one in found.ranges if one.low != one.high)
    return moving if 2 * len(moving) < len(found.ranges) else found.ranges


def _left_out(found: Sensitivity, basis: Basis) -> str:
    if len(shown_ranges(found)) == len(found.ranges):
        return ""
    return basis.text(
        msg(
            "Bare kommuner der tallet flytter seg, er vist her. Alle står i arbeidsboken, i arket «{sheet}».",
            sheet=SHEET,
        )
    )


def _how(found: Sensitivity, basis: Basis) -> list[str]:
    text, settings = basis.text, found.settings
    if len(found.weights) == 1:
        return [
            text(
                msg(
                    "Med bare ett kriterium er det ingen vekter å trekke. Det som er trukket {draws} ganger, er tall som er usikre eller skjult i kilden, og personene er hver gang fordelt på nytt etter de samme reglene.",
                    draws=settings.draws,
                )
            ),
            text(msg("Et smalt intervall betyr derfor ikke at tallet er sikkert.")),
        ]
    return [
        text(
            msg(
                "Vektene er trukket tilfeldig {draws} ganger rundt dem som er valgt, og personene er hver gang fordelt på nytt etter de samme reglene.",
                draws=settings.draws,
            )
        ),
        text(
            msg(
                "Intervallet for en kommune holder {part} av trekningene.",
                part=basis.words.percent(settings.interval, 0),
            )
        ),
        text(
            msg(
                "Det viser hvor mye tallet henger på vektene, ikke hvor sannsynlig det er: ingen vet hva vektene burde ha vært."
            )
        ),
        text(msg("Vektene falt slik:")),
    ]


def _weights(found: Sensitivity, basis: Basis) -> list[str]:
    return [
        basis.text(
            msg(
                "{name}: valgt {chosen}, trukket {low} til {high}",
                name=basis.criteria[one.criterion].name,
                chosen=basis.words.percent(one.chosen, percent_places(one.chosen)),
                low=basis.words.percent(Fraction(one.low), 0),
                high=basis.words.percent(Fraction(one.high), 0),
            )
        )
        for one in found.weights
    ]


def _uncertain(found: Sensitivity, basis: Basis) -> list[str]:
    def named(indicators: tuple[str, ...]) -> str:
        return basis.words.join(
            [basis.words.quoted(indicator_name(one, basis.locale).name) for one in indicators]
        )

    lines = []
    if found.declared:
        lines.append(
            msg("Trukket innenfor den usikkerheten som er oppgitt: {names}.", names=named(found.declared))
        )
    if found.bounded:
        lines.append(
            msg(
                "Trukket mellom grensene der kilden skjuler tall: {names}.",
                names=named(found.bounded),
            )
        )
    if found.certain:
        lines.append(
            msg(
                "Regnet som sikre, fordi ingen har oppgitt hvor usikre de er: {names}. Det betyr ikke at de er det.",
                names=named(found.certain),
            )
        )
    return [basis.text(line) for line in lines]


def _widest(found: Sensitivity, basis: Basis) -> str:
    widest = sorted(found.ranges, key=lambda one: (one.low - one.high, one.code))[:3]
    if widest[0].low == widest[0].high:
        return ""
    return basis.text(
        msg(
            "Videst er intervallet i {names}.",
            names=basis.words.join(
                [f"{basis.names[one.code]} ({one.low}–{one.high})" for one in widest if one.low != one.high]
            ),
        )
    )


def _unmoved(found: Sensitivity, basis: Basis) -> list[str]:
    """Return how many numbers stand still, which rules hold them, and which are still without a rule."""
    fixed = {one.code for one in found.ranges if one.low == one.high}
    if not fixed:
        return []
    held: dict[RuleKind, list[str]] = {}
    free = []
    for one in basis.results:
        if one.code not in fixed:
            continue
        kinds = _holding(one, basis)
        for kind in kinds:
            held.setdefault(kind, []).append(one.name)
        if not kinds:
            free.append(one.name)
    lines: list[Message] = [
        nmsg(
            "{count} kommune har samme tall i hele intervallet.",
            "{count} kommuner har samme tall i hele intervallet.",
            len(fixed),
        ),
        *(
            msg(
                "Regelen «{rule}» holder tallet i {names}.",
                rule=rule_name(kind),
                names=listed(names, basis.words, 6),
            )
            for kind, names in held.items()
        ),
    ]
    if free:
        lines.append(
            msg(
                "I {names} holder ingen regel tallet, men utslagene er for små til å gi et annet.",
                names=listed(free, basis.words, 6),
            )
        )
    return [basis.text(line) for line in lines]


def _holding(one: MunicipalityResult, basis: Basis) -> list[RuleKind]:
    """Return the rules at whose limit a number stands: those that changed it, and those that keep it from changing."""
    found = [binding.kind for binding in one.explanation.bindings]
    found += [cost.kind for cost in basis.discussion.costs if cost.code == one.code]
    return list(dict.fromkeys(found))


def _picture(ranges: tuple[Range, ...], found: Sensitivity, basis: Basis) -> Picture:
    title = basis.text(
        msg("Anbefalt tall, og hvor det falt i {part} av trekningene", part=_part(found, basis))
    )
    rows = [charts.IntervalRow(basis.names[one.code], one.low, one.high, one.chosen) for one in ranges]
    lines = [
        basis.text(
            msg(
                "{name}: anbefalt {count}, intervall {low} til {high}.",
                name=basis.names[one.code],
                count=one.chosen,
                low=one.low,
                high=one.high,
            )
        )
        for one in ranges
    ]
    description = " ".join([basis.text(msg("Punkt med spenn for hver kommune.")), *lines])
    return Picture(
        charts.intervals(rows, basis.words, title=title, description=description), description, title
    )


def sensitivity_table(basis: Basis, found: Sensitivity, ranges: tuple[Range, ...]) -> Table:
    """Return the interval of each of ``ranges``, all it was over the draws, and the criterion that moves it most."""
    text = basis.text
    return Table(
        text(msg("Hvor langt hvert tall flytter seg")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Anbefalt {year}", year=str(basis.year))), "number"),
            Column(text(msg("Intervall fra")), "number"),
            Column(text(msg("til")), "number"),
            Column(text(msg("Lavest")), "number"),
            Column(text(msg("Høyest")), "number"),
            Column(text(msg("Følger mest"))),
            Column(text(msg("Mer vekt gir"))),
        ),
        tuple(
            (
                basis.names[one.code],
                one.chosen,
                one.low,
                one.high,
                one.least,
                one.most,
                *_mover(one, basis),
            )
            for one in ranges
        ),
        note=" ".join(_table_notes(found, basis)),
    )


def _table_notes(found: Sensitivity, basis: Basis) -> list[str]:
    lines = [
        msg("«Lavest» og «Høyest» er det laveste og det høyeste tallet i noen trekning."),
        msg(
            "«Følger mest» er kriteriet som tallet følger tettest. Prosenten sier hvor tett: ved 100 % endrer de seg alltid i takt, ved 0 % følger de ikke hverandre (kvadratet av korrelasjonen)."
        ),
    ]
    if len(found.weights) > 1:
        lines.append(
            msg(
                "Jo høyere tetthet, jo nærmere de valgte vektene ligger de som trekkes; her er den {concentration} (Dirichlet-fordeling).",
                concentration=basis.words.number(found.settings.concentration),
            )
        )
    lines.append(
        msg("Med startverdien {seed} kan trekningene gjøres om igjen.", seed=str(found.settings.seed))
    )
    return [basis.text(line) for line in lines]


def sensitivity_sheets(basis: Basis) -> list[Sheet]:
    """Return the table as a sheet of a workbook; none where nothing was drawn."""
    found = basis.discussion.sensitivity
    return [] if found is None else [Sheet(basis.text(SHEET), sensitivity_table(basis, found, found.ranges))]


def _mover(one: Range, basis: Basis) -> tuple[str, str]:
    if one.mover is None:
        return basis.text(msg("endrer seg ikke")), ""
    if one.follows < STANDS_OUT:
        return basis.text(msg("ingen skiller seg ut")), ""
    name = f"{basis.criteria[one.mover].name} ({basis.words.percent(Fraction(one.follows), 0)})"
    return name, basis.text(msg("flere") if one.rises else msg("færre"))


def _part(found: Sensitivity, basis: Basis) -> str:
    return basis.words.percent(found.settings.interval, 0)
