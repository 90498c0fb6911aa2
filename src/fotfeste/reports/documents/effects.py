"""What the rules did, in words: for the whole county and for one municipality, and the sum on one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from fotfeste.messages import msg, nmsg
from fotfeste.reports.blocks import Aside, Block
from fotfeste.reports.documents.basis import Basis
from fotfeste.reports.documents.method import contribution_of
from fotfeste.reports.documents.naming import indicator_name, shown_rows
from fotfeste.reports.documents.wording import TENTHS, listed, rule_effect, signed
from fotfeste.settlement.apportionment import apportion
from fotfeste.settlement.criteria import Criterion, RuleKind
from fotfeste.settlement.result import MunicipalityResult
from fotfeste.settlement.wording import rule_name
from fotfeste.statistics.figure import Mark


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one kind of rule did in the county: who gained and who lost, in persons, largest first."""

    kind: RuleKind
    gained: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]

    @property
    def moved(self) -> int:
        """Persons moved from some municipalities to others."""
        return sum(persons for _, persons in self.gained)


def rule_outcomes(basis: Basis) -> list[RuleOutcome]:
    """Return what every kind of rule in force did, in the order of explanations."""
    present = {rule.kind for rule in basis.recommendation.criteria.rules}
    present |= {effect.kind for one in basis.results for effect in one.explanation.rule_effects}
    kinds = [kind for kind in RuleKind if kind in present]
    outcomes = []
    for kind in kinds:
        effects = [
            (one.name, effect.persons)
            for one in basis.results
            for effect in one.explanation.rule_effects
            if effect.kind is kind and effect.persons
        ]
        gained = sorted((pair for pair in effects if pair[1] > 0), key=lambda pair: -pair[1])
        lost = sorted((pair for pair in effects if pair[1] < 0), key=lambda pair: pair[1])
        outcomes.append(RuleOutcome(kind, tuple(gained), tuple(lost)))
    return outcomes


def outcome_in_words(outcome: RuleOutcome, basis: Basis) -> str:
    """Return what a rule did, in one or two sentences with names and persons."""
    name = basis.text(rule_name(outcome.kind))
    if not outcome.moved:
        return basis.text(msg("«{rule}» endrer ingen tall.", rule=name))
    return basis.text(
        nmsg(
            "«{rule}» flytter {count} person. Mer til {gained}. Mindre til {lost}.",
            "«{rule}» flytter {count} personer. Mer til {gained}. Mindre til {lost}.",
            outcome.moved,
            rule=name,
            gained=_changes(outcome.gained, basis),
            lost=_changes(outcome.lost, basis),
        )
    )


def _changes(pairs: tuple[tuple[str, int], ...], basis: Basis, most: int = 8) -> str:
    return listed(
        [f"{name} ({signed(persons, basis.words, 0)})" for name, persons in pairs], basis.words, most
    )


def left_over(basis: Basis) -> list[Block]:
    """Return the warning that municipalities without a cap get what the caps of the others leave over; else nothing.

    Those that another rule holds at their own share or below get nothing of it, and are not named.
    """
    replies, rules = basis.recommendation.replies, basis.recommendation.criteria.rules
    if replies is None or not any(rule.kind is RuleKind.CAP and rule.origin == "replies" for rule in rules):
        return []
    set_by_people = {one.code for one in basis.recommendation.overrides}
    raised = []
    for one in basis.results:
        if one.code in set_by_people:
            continue
        reply = replies.by_code.get(one.code)
        gained = sum(effect.persons for effect in one.explanation.rule_effects if effect.kind is RuleKind.CAP)
        if gained > 0 and (reply is None or reply.bottleneck is None):
            alone = int(one.explanation.ideal + one.explanation.rounding)
            if one.recommended - one.minors > alone:
                raised.append((one.name, one.recommended - one.minors, alone))
    if not raised:
        return []
    names = [
        basis.text(msg("{name} ({count}, mot {alone} uten reglene)", name=name, count=count, alone=alone))
        for name, count, alone in sorted(raised, key=lambda found: found[2] - found[1])
    ]
    told = msg(
        "Taket gjelder bare kommuner som har oppgitt kapasitet. Det de andre ikke har plass til, går derfor til {names}. "
        "Få svar fra dem, eller vurder regelen, før saken behandles.",
        names=listed(names, basis.words),
    )
    return [Aside("warning", basis.text(msg("Ikke alle har oppgitt kapasitet")), (basis.text(told),))]


def wish_but_get_none(basis: Basis) -> list[Block]:
    """Return who wish to settle refugees and are recommended none, with the wish; nothing where nobody does."""
    named = [
        basis.text(msg("{name} ({count})", name=one.name, count=reply.own_wish))
        for one in basis.results
        if not one.recommended and (reply := basis.reply(one.code)) is not None and reply.own_wish
    ]
    if not named:
        return []
    told = nmsg(
        "{count} kommune ønsker å bosette, men får ingen etter kriteriene og reglene: {names}. "
        "Tallet i parentes er kommunens eget ønske.",
        "{count} kommuner ønsker å bosette, men får ingen etter kriteriene og reglene: {names}. "
        "Tallet i parentes er kommunens eget ønske.",
        len(named),
        names=basis.words.join(named),
    )
    return [Aside("warning", basis.text(msg("Ønsker å bosette, men får ingen")), (basis.text(told),))]


def against_population(basis: Basis) -> str:
    """Return how far the recommendation is from sharing by population alone, and who has more and less by it."""
    populations = [one.facts.population.value for one in basis.results]
    if len(populations) < 2 or any(value is None for value in populations):
        return ""
    total = basis.recommendation.request.total
    weights = [Fraction(value) for value in populations if value is not None]
    plain = apportion(weights, total, basis.recommendation.criteria.method).seats
    differences = [
        (one.name, one.recommended - seats) for one, seats in zip(basis.results, plain, strict=True)
    ]
    more = sorted((pair for pair in differences if pair[1] > 0), key=lambda pair: -pair[1])
    less = sorted((pair for pair in differences if pair[1] < 0), key=lambda pair: pair[1])
    moved = sum(persons for _, persons in more)
    if not moved:
        return basis.text(msg("Tallene er de samme som om bare folketallet hadde talt."))
    return basis.text(
        nmsg(
            "Hadde bare folketallet talt, ville {count} person vært fordelt annerledes. "
            "Valgene gir flere til {more}, og færre til {less}.",
            "Hadde bare folketallet talt, ville {count} av {total} personer vært fordelt annerledes. "
            "Valgene gir flere til {more}, og færre til {less}.",
            moved,
            total=total,
            more=_changes(tuple(more), basis, 4),
            less=_changes(tuple(less), basis, 4),
        )
    )


def rules_for(one: MunicipalityResult, basis: Basis) -> list[str]:
    """Return what the rules, and figures that do not exist, did to one municipality; and which rule holds its number."""
    lines = _lacking(one, basis)
    reasons = {binding.kind: basis.text(binding.reason).rstrip(".") for binding in one.explanation.bindings}
    if one.explanation.interaction:
        return [*lines, *_rules_together(one, reasons, basis)]
    for effect in one.explanation.rule_effects:
        if not effect.persons:
            continue
        own = holds_own(one, effect.kind, effect.persons)
        told = basis.text(rule_effect(basis.text(rule_name(effect.kind)), effect.persons, own=own))
        if own and effect.kind in reasons:
            told = f"{told.removesuffix('.')} ({reasons.pop(effect.kind)})."
        lines.append(told)
    held = msg("Tallet ligger på grensen i regelen «{rule}» ({reason}), men regelen endrer det ikke.")
    also = msg("Tallet ligger på grensen i regelen «{rule}» ({reason}).")
    effective = {effect.kind for effect in one.explanation.rule_effects if effect.persons}
    for kind, reason in reasons.items():
        told_of = also if kind in effective else held
        lines.append(basis.text(replace(told_of, fields={"rule": rule_name(kind), "reason": reason})))
    return lines


def _rules_together(one: MunicipalityResult, reasons: dict[RuleKind, str], basis: Basis) -> list[str]:
    """Return what the rules change together in one municipality, and which rules its number stands at."""
    explanation = one.explanation
    change = sum(effect.persons for effect in explanation.rule_effects) + explanation.interaction
    lines = []
    if change and reasons:
        lines.append(
            nmsg(
                "Til sammen gir reglene {count} person {direction}.",
                "Til sammen gir reglene {count} personer {direction}.",
                abs(change),
                direction=msg("mer") if change > 0 else msg("mindre"),
            )
        )
    elif change > 0:
        lines.append(
            nmsg(
                "Til sammen gir reglene {count} person mer, fordi de senker tallet i andre kommuner.",
                "Til sammen gir reglene {count} personer mer, fordi de senker tallet i andre kommuner.",
                change,
            )
        )
    elif change:
        lines.append(
            nmsg(
                "Til sammen gir reglene {count} person mindre, fordi de hever tallet i andre kommuner.",
                "Til sammen gir reglene {count} personer mindre, fordi de hever tallet i andre kommuner.",
                -change,
            )
        )
    for kind, reason in reasons.items():
        lines.append(msg("Tallet holdes av regelen «{rule}»: {reason}.", rule=rule_name(kind), reason=reason))
    return [basis.text(line) for line in lines]


def _lacking(one: MunicipalityResult, basis: Basis) -> list[str]:
    """Return which criteria give a municipality none because its figure does not exist."""
    return [
        basis.text(
            msg(
                "Tallet «{indicator}» finnes ikke for kommunen, og kriteriet «{criterion}» gir den derfor ingen personer.",
                indicator=indicator_name(criterion.key.indicators[-1], basis.locale).name,
                criterion=criterion.name,
            )
        )
        for criterion in basis.used_criteria
        if lacks(one, criterion)
    ]


def lacks(one: MunicipalityResult, criterion: Criterion) -> bool:
    """Whether a municipality gets none of a criterion because its figure does not exist."""
    given = contribution_of(one, criterion.id)
    if given is None or given.figure is None or given.persons:
        return False
    return given.figure.value is None and given.figure.mark is not Mark.SUPPRESSED


def holds_own(one: MunicipalityResult, kind: RuleKind, effect: int) -> bool:
    """Whether a rule's effect comes from holding this municipality's own number rather than another's.

    Floors and continuity only raise those they hold, caps only lower them; the opposite sign is what others' numbers
    leave over. A rule of none or a floor raises a number that it holds, or takes it to zero; where it holds a number
    that others have lowered, those others lowered it. Where a rule can do both, the municipality's own number is held
    when the rule binds it, or when it alone takes it to zero.
    """
    if kind in (RuleKind.FLOOR, RuleKind.CONTINUITY, RuleKind.SETTLED):
        return effect > 0
    if kind is RuleKind.CAP:
        return effect < 0
    explanation = one.explanation
    unruled = explanation.ideal + explanation.rounding
    binds = any(binding.kind is kind for binding in explanation.bindings)
    if kind is RuleKind.ZERO_OR_FLOOR:
        binds = binds and effect > 0
    return binds or unruled + effect == 0


def explained_in_line(one: MunicipalityResult, basis: Basis) -> str:
    """Return the explanation on one line: parts with persons that add up to the number."""
    parts = []
    for row, name in shown_rows(one, basis):
        if row.kind == "criterion":
            parts.append(f"{name} {basis.words.number(row.persons, TENTHS)}")
        elif row.persons:
            parts.append(f"{name} {signed(row.persons, basis.words)}")
    return basis.text(
        msg(
            "Tallet er satt sammen slik: {parts}. Sum: {count}.",
            parts="; ".join(parts),
            count=one.recommended,
        )
    )
