"""Tables of effective weights, and of what rules cost the other municipalities."""

from __future__ import annotations

from fractions import Fraction

from fotfeste.messages import msg
from fotfeste.reports.blocks import CellValue, Column, Table
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.wording import listed, signed
from fotfeste.settlement.rule_costs import RuleCost
from fotfeste.settlement.weights import EffectiveWeights
from fotfeste.settlement.wording import rule_name

MOST_NAMED = 4
COSTS_SHEET = msg("Regelkostnader")


def weights_table(weights: EffectiveWeights, basis: Basis) -> Table:
    """Return the weight in the file beside what each criterion moves, and what it has in common with population."""
    text = basis.text
    none = text(msg("ikke målbart"))
    rows: list[tuple[CellValue, ...]] = [
        (
            basis.criteria[one.criterion].name,
            one.nominal,
            none if one.part is None else one.part,
            none if one.moved is None else one.moved,
            none if one.moved_persons is None else one.moved_persons,
            one.like_population,
        )
        for one in weights.criteria
    ]
    rows += [
        (text(msg("Alle kriteriene samlet")), sum((one.nominal for one in weights.criteria), Fraction(0)), None, None, None, weights.mixture),
        (text(msg("De anbefalte tallene")), None, None, None, None, weights.numbers),
        (text(msg("Til sammenligning: like mange til hver")), None, None, None, None, weights.equal),
    ]  # fmt: skip
    return Table(
        text(msg("Vekten i kriteriefilen, og hva hvert kriterium flytter")),
        (
            Column(text(msg("Kriterium"))),
            Column(text(msg("Vekt")), "percent"),
            Column(text(msg("Del av flyttingen")), "percent"),
            Column(text(msg("Flyttes")), "number", 1),
            Column(text(msg("Flyttes med regler")), "number"),
            Column(text(msg("Likt med folketallet")), "percent"),
        ),
        tuple(rows),
        emphasis=frozenset({len(weights.criteria), len(weights.criteria) + 1}),
        note=text(
            msg(
                "«Flyttes»: personer som får en annen kommune når kriteriet tas ut, etter andelene før reglene. «Flyttes med regler»: det samme i hele personer under reglene. "
                "«Likt med folketallet»: den delen av personene som en fordeling etter folketallet alene ville gitt de samme kommunene."
            )
        ),
    )


def kinds_table(costs: tuple[RuleCost, ...], basis: Basis) -> Table:
    """Return what every kind of rule moves, given all the others."""
    text = basis.text
    return Table(
        text(msg("Hva hver regel flytter når alle de andre gjelder")),
        (
            Column(text(msg("Regel"))),
            Column(text(msg("Personer flyttet")), "number"),
            Column(text(msg("Flere til"))),
            Column(text(msg("Færre til"))),
        ),
        tuple(
            (
                text(rule_name(one.kind)),
                text(msg("kan ikke regnes ut")) if one.moved is None else one.moved,
                changed(one.gains, 1, basis),
                changed(one.losses, -1, basis),
            )
            for one in costs
            if not one.code
        ),
        note=text(msg("Forskjellen mellom tallene med alle reglene og tallene med alle unntatt denne.")),
    )


def held_table(costs: tuple[RuleCost, ...], basis: Basis, most: int | None = None) -> Table | None:
    """Return what each municipality's own rule costs the others, those that mean most first and no more than ``most``;
    ``None`` where no such rule moves anybody."""
    text = basis.text
    rows: list[tuple[CellValue, ...]] = []
    held = [one for one in costs if one.code and one.number is not None and one.moved != 0]
    held.sort(key=lambda one: abs(one.paid_by_others or 0), reverse=True)
    for one in held[:most]:
        paid, number = one.paid_by_others, one.number or 0
        others = [code for code, _ in (*one.losses, *one.gains) if code != one.code]
        rows.append(
            (
                basis.names.get(one.code, one.code),
                text(rule_name(one.kind)),
                number,
                text(msg("kan ikke regnes ut")) if paid is None else number - paid,
                None if paid is None else -paid,
                _others(one, others, basis),
            )
        )
    if not rows:
        return None
    return Table(
        text(msg("Hva en regel i én kommune koster de andre")),
        (
            Column(text(msg("Kommune"))),
            Column(text(msg("Regel"))),
            Column(text(msg("Anbefalt")), "number"),
            Column(text(msg("Uten regelen")), "number"),
            Column(text(msg("De andre i alt")), "number", signed=True),
            Column(text(msg("Hvem av de andre"))),
        ),
        tuple(rows),
        note=" ".join(
            [
                text(msg("Minus: de andre får færre på grunn av regelen. Pluss: de andre får flere.")),
                *([_not_shown(most, basis)] if most is not None and len(held) > most else []),
            ]
        ),
    )


def _not_shown(most: int, basis: Basis) -> str:
    return basis.text(
        msg(
            "Tabellen viser de {most} kommunene der en regel betyr mest for de andre. Resten står i arbeidsboken, i arket «{sheet}».",
            most=most,
            sheet=COSTS_SHEET,
        )
    )


def _others(one: RuleCost, others: list[str], basis: Basis) -> str:
    changes = one.changes or {}
    shown = [f"{basis.names.get(code, code)} ({signed(changes[code], basis.words, 0)})" for code in others]
    return listed(shown, basis.words, MOST_NAMED)


def changed(pairs: tuple[tuple[str, int], ...], sign: int, basis: Basis, most: int = MOST_NAMED) -> str:
    """Return municipalities with what each gains or loses: ``Skien (+5) og Bamble (+2)``."""
    shown = [
        f"{basis.names.get(code, code)} ({signed(sign * persons, basis.words, 0)})" for code, persons in pairs
    ]
    return listed(shown, basis.words, most)
