"""The case paper on what weights do to the numbers, and what each rule costs the others."""

from __future__ import annotations

from fotfeste.messages import msg
from fotfeste.reports.blocks import Block
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.costs_tables import held_table, kinds_table
from fotfeste.reports.documents.sections import paragraph
from fotfeste.reports.documents.wording import listed
from fotfeste.settlement.rule_costs import RuleCost
from fotfeste.settlement.weights import EffectiveWeights
from fotfeste.settlement.wording import rule_name

MOST_HELD = 5
"""Municipalities whose own rule is told in the case paper; the rest stand in the workbook."""


def weights_in_words(weights: EffectiveWeights, basis: Basis) -> list[str]:
    """Return how the table of weights is read, what moves most, and how much of it follows population."""
    lines = [
        msg(
            "Vekten sier hvor stor del av personene et kriterium fordeler. Hva det betyr for tallene, er noe annet: "
            "to kriterier som fordeler nesten likt, endrer lite hver for seg, også når vekten er stor."
        ),
        msg(
            "Tabellen viser hvor mange personer som ville hatt en annen kommune om ett kriterium ble tatt ut og de andre beholdt forholdet seg imellom. "
            "Tallene kan ikke legges sammen: tas to kriterier ut samtidig, er virkningen en annen."
        ),
    ]
    measured = [(one, one.moved) for one in weights.criteria if one.moved is not None]
    if len(measured) > 1 and any(moved for _, moved in measured):
        heaviest = max(weights.criteria, key=lambda one: one.nominal)
        strongest, moved = max(measured, key=lambda pair: pair[1])
        if strongest.criterion != heaviest.criterion and strongest.nominal != heaviest.nominal:
            lines.append(
                msg(
                    "«{heaviest}» har størst vekt ({weight}), men «{strongest}» flytter flest ({persons} personer, vekt {other}).",
                    heaviest=basis.criteria[heaviest.criterion].name,
                    weight=basis.words.percent(heaviest.nominal, 0),
                    strongest=basis.criteria[strongest.criterion].name,
                    persons=basis.words.number(moved, 1),
                    other=basis.words.percent(strongest.nominal, 0),
                )
            )
    if weights.numbers is not None and weights.equal is not None:
        lines += [
            msg(
                "Hadde bare folketallet talt, ville {part} av personene hatt samme kommune som i anbefalingen.",
                part=basis.words.percent(weights.numbers, 0),
            ),
            msg(
                "Noe er til felles uansett hva som teller: like mange til hver kommune har {part} til felles med folketallet.",
                part=basis.words.percent(weights.equal, 0),
            ),
        ]
    return [basis.text(line) for line in lines]


def rule_costs_blocks(costs: tuple[RuleCost, ...], basis: Basis) -> list[Block]:
    """Return what rules cost: how it is read, the kinds of rules, and the municipalities whose number a rule holds."""
    if not costs:
        return [paragraph(basis.text(msg("Ingen regler gjelder, så ingen regler koster noe.")))]
    blocks: list[Block] = [paragraph(*costs_in_words(costs, basis))]
    if any(one.moved != 0 for one in costs if not one.code):
        blocks.append(kinds_table(costs, basis))
    if table := held_table(costs, basis, MOST_HELD):
        blocks.append(table)
    return blocks


def costs_in_words(costs: tuple[RuleCost, ...], basis: Basis) -> list[str]:
    """Return how the costs are read, and which rules hold a number without changing any."""
    text = basis.text
    lines = [
        text(
            msg(
                "Totalen er gitt, så en person som en regel gir én kommune, tar den fra en annen. "
                "Her er tallene satt opp mot hva de ville vært uten én regel om gangen, når alle de andre gjelder."
            )
        )
    ]
    if unmoved := [
        basis.words.quoted(text(rule_name(one.kind))) for one in costs if not one.code and one.moved == 0
    ]:
        lines.append(text(msg("Ingen tall endres av {rules}.", rules=basis.words.join(unmoved))))
    for kind in dict.fromkeys(one.kind for one in costs):
        idle = [
            basis.names.get(one.code, one.code)
            for one in costs
            if one.kind is kind and one.code and one.moved == 0
        ]
        if idle:
            lines.append(
                text(
                    msg(
                        "I {names} står tallet på grensen i regelen «{rule}», men ville vært det samme uten den der.",
                        names=listed(idle, basis.words, 8),
                        rule=rule_name(kind),
                    )
                )
            )
    return lines
