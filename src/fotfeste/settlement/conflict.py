"""When rules cannot all be met: a smallest set of rules in conflict, and what could be met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fotfeste.errors import Infeasible, Problem
from fotfeste.messages import Message, msg, nmsg, one_after_another
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.domains import feasible, feasible_range
from fotfeste.settlement.rules import NOBODY, Beside, Bound, domains_of, in_force
from fotfeste.settlement.wording import rule_name


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What a municipality adds to the least total, or takes from the largest, beyond the bounds in conflict.

    ``kinds`` are the rules that are not among those bounds, transfers with them; ``minors`` tells whether minors are
    part of the cause.
    """

    code: str
    persons: int
    kinds: tuple[RuleKind, ...]
    minors: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A set of bounds that cannot all hold, where dropping any one of them would make the rest possible.

    ``with_total`` tells whether the total is part of the conflict. ``below`` and ``above`` are the nearest
    totals that all the rules together allow (``None`` where there is none).

    Where the total is below everybody's least or above everybody's most, ``side`` says which, ``named`` is what the
    bounds in conflict add up to by themselves, and ``unnamed`` what leads from there to the total that is allowed.
    Otherwise ``minors`` and ``moved`` hold, by code, the minors and the persons moved by transfers (negative where
    they are given away) without which the bounds would not be in conflict.
    """

    bounds: tuple[Bound, ...]
    with_total: bool
    below: int | None
    above: int | None
    side: Literal["least", "most"] | None = None
    named: int = 0
    unnamed: tuple[Unnamed, ...] = ()
    minors: tuple[tuple[str, int], ...] = ()
    moved: tuple[tuple[str, int], ...] = ()


def find_conflict(
    bounds: Sequence[Bound], codes: Sequence[str], total: int, beside: Beside = NOBODY
) -> Conflict:
    """Return a smallest set in conflict (irreducible: no part of it can be left out) and the feasible totals.

    ``total`` is what is shared out; the feasible totals are whole, with the minors ``beside``. Nobody at all is no
    total that anyone can ask for, and is never proposed.

    Bounds are tried out one after the other; those without which the rest is still impossible are dropped. Bounds
    that a lock or an exclusion has set aside are no part of it: to change them would not help.
    """
    bounds = in_force(bounds)
    roof = total + sum(bound.low for bound in bounds) + sum(map(beside.given_away, codes))
    domains = domains_of(bounds, codes, roof, beside)
    with_total = not any(domain.empty for domain in domains)

    def possible(kept: Sequence[Bound], apart: Beside = beside) -> bool:
        extra = sum(map(beside.of, codes)) - sum(map(apart.of, codes))
        if with_total:
            return feasible(domains_of(kept, codes, total + extra, apart), total + extra)
        return not any(domain.empty for domain in domains_of(kept, codes, roof + extra, apart))

    kept = list(bounds)
    for bound in bounds:
        rest = [one for one in kept if one is not bound]
        if not possible(rest):
            kept = rest
    below, above = feasible_range(domains, total)
    minors = sum(beside.minors.values())
    found = Conflict(
        tuple(kept),
        with_total,
        None if below is None else below + minors or None,
        None if above is None else above + minors,
    )
    if with_total and total < sum(domain.least for domain in domains):
        return _added_up(found, "least", bounds, codes, roof, beside)
    if with_total and total > sum(domain.most for domain in domains):
        return _added_up(found, "most", bounds, codes, roof, beside)
    needed = _needed(beside, codes, lambda apart: not possible(kept, apart))
    return replace(
        found,
        minors=tuple((code, needed.minors[code]) for code in codes if needed.minors.get(code)),
        moved=tuple((code, needed.transfers[code]) for code in codes if needed.transfers.get(code)),
    )


def _needed(beside: Beside, codes: Sequence[str], conflicts: Callable[[Beside], bool]) -> Beside:
    """Return the minors and the persons moved without which there is no conflict, as few municipalities as can be."""
    kept = beside
    for code in codes:
        for less_of in (_without_minors, _without_transfers):
            less = less_of(kept, code)
            if conflicts(less):
                kept = less
    return kept


def _without_minors(beside: Beside, code: str) -> Beside:
    return replace(beside, minors={one: n for one, n in beside.minors.items() if one != code})


def _without_transfers(beside: Beside, code: str) -> Beside:
    return replace(beside, transfers={one: n for one, n in beside.transfers.items() if one != code})


def _added_up(
    conflict: Conflict,
    side: Literal["least", "most"],
    bounds: Sequence[Bound],
    codes: Sequence[str],
    roof: int,
    beside: Beside,
) -> Conflict:
    """Return the conflict with what leads from the sum of its own bounds to the total that all rules allow."""

    def whole(code: str, own: Sequence[Bound], apart: Beside) -> int:
        domain = domains_of(own, [code], roof, apart)[0]
        return (domain.least if side == "least" else domain.most) + apart.of(code)

    def unnamed_in(code: str, told: Sequence[Bound], others: Sequence[Bound]) -> Unnamed:
        number = whole(code, [*told, *others], beside)
        apart = _needed(beside, [code], lambda less: whole(code, [*told, *others], less) == number)
        needed = list(others)
        for bound in others:
            rest = [one for one in needed if one is not bound]
            if whole(code, [*told, *rest], apart) == number:
                needed = rest
        kinds = [bound.kind for bound in needed] + [RuleKind.TRANSFER] * bool(apart.transfers.get(code))
        persons = abs(number - whole(code, told, NOBODY))
        return Unnamed(code, persons, tuple(dict.fromkeys(kinds)), bool(apart.minors.get(code)))

    named, unnamed = 0, []
    for code in codes:
        told = [bound for bound in conflict.bounds if bound.code == code]
        others = [bound for bound in bounds if bound.code == code and bound not in told]
        named += whole(code, told, NOBODY)
        one = unnamed_in(code, told, others)
        if one.persons:
            unnamed.append(one)
    return replace(conflict, side=side, named=named, unnamed=tuple(unnamed))


def infeasible(conflict: Conflict, names: Mapping[str, str], total: int) -> Infeasible:
    """Return the error that tells people which rules stand against each other, and the way out."""
    problems = [
        Problem(
            f"conflict.{kind.value}",
            msg(
                "{rule} – {municipalities}",
                rule=rule_name(kind),
                municipalities=_listed(conflict, kind, names),
            ),
        )
        for kind in dict.fromkeys(bound.kind for bound in conflict.bounds)
    ]
    problems += _beside_the_rules(conflict, names)
    what = (
        nmsg(
            "Reglene kan ikke oppfylles når {count} person skal fordeles.",
            "Reglene kan ikke oppfylles når {count} personer skal fordeles.",
            total,
        )
        if conflict.with_total
        else msg("Reglene sier imot hverandre, uansett hvor mange som skal fordeles.")
    )
    return Infeasible(
        "rules.conflict",
        what,
        remedy=_way_out(conflict),
        command=_at_the_command_line(conflict),
        problems=problems,
    )


def _beside_the_rules(conflict: Conflict, names: Mapping[str, str]) -> list[Problem]:
    """Return what the reader must know beside the bounds: what their sum lacks, or minors and transfers."""
    found = []
    if conflict.unnamed:
        fields = {"persons": conflict.named, "parts": _unnamed_in_words(conflict.unnamed, names)}
        told = (
            msg("Det som er nevnt over, krever {persons}. I tillegg kommer {parts}.", **fields)
            if conflict.side == "least"
            else msg("Det som er nevnt over, tillater {persons}. Fra det går {parts}.", **fields)
        )
        found.append(Problem("conflict.sum", told))
    named = msg("{rule} – {municipalities}")
    if conflict.minors:
        minors = ", ".join(f"{names[code]}: {count}" for code, count in conflict.minors)
        fields = {"rule": msg("Enslige mindreårige"), "municipalities": minors}
        found.append(Problem("conflict.minors", replace(named, fields=fields)))
    if conflict.moved:
        moved = one_after_another(
            msg("{name} tar imot {count}", name=names[code], count=count)
            if count > 0
            else msg("{name} gir fra seg {count}", name=names[code], count=-count)
            for code, count in conflict.moved
        )
        fields = {"rule": rule_name(RuleKind.TRANSFER), "municipalities": moved}
        found.append(Problem("conflict.transfer", replace(named, fields=fields)))
    return found


def _unnamed_in_words(unnamed: Sequence[Unnamed], names: Mapping[str, str]) -> Message:
    """Return what is added or taken in each municipality, those with the same cause and number together."""
    alike: dict[tuple[int, tuple[RuleKind, ...], bool], list[str]] = {}
    for one in unnamed:
        alike.setdefault((one.persons, one.kinds, one.minors), []).append(names[one.code])
    parts = []
    for (persons, kinds, minors), found in alike.items():
        causes = [msg("«{rule}»", rule=rule_name(kind)) for kind in kinds]
        if minors:
            causes.append(msg("enslige mindreårige"))
        fields = {"names": ", ".join(found), "persons": persons, "causes": one_after_another(causes)}
        parts.append(
            msg("{names}: {persons} hver ({causes})", **fields)
            if len(found) > 1
            else msg("{names}: {persons} ({causes})", **fields)
        )
    return _after_semicolons(parts)


def _at_the_command_line(conflict: Conflict) -> Message | None:
    """Return how an override is withdrawn and how decisions may be read, where they are part of the conflict."""
    kinds = {bound.kind for bound in conflict.bounds}
    withdraw = msg("En overstyring trekkes tilbake med «fotfeste overrides withdraw».")
    decided = msg("Hva vedtakene betyr, velges med --decided.")
    if {RuleKind.OVERRIDE, RuleKind.DECIDED} <= kinds:
        return msg("{first} {then}", first=withdraw, then=decided)
    if RuleKind.OVERRIDE in kinds:
        return withdraw
    return decided if RuleKind.DECIDED in kinds else None


def _way_out(conflict: Conflict) -> Message:
    if not conflict.with_total:
        return msg("Endre eller ta bort én av reglene som er nevnt.")
    if conflict.below is not None and conflict.above is not None:
        return msg(
            "Endre totalen til {below} eller {above}, eller endre én av reglene som er nevnt.",
            below=conflict.below,
            above=conflict.above,
        )
    if conflict.below is not None:
        return nmsg(
            "Reglene tillater høyst {count} person: senk totalen, eller løs opp én av reglene som er nevnt.",
            "Reglene tillater høyst {count} personer: senk totalen, eller løs opp én av reglene som er nevnt.",
            conflict.below,
        )
    if conflict.above is not None:
        return nmsg(
            "Reglene krever minst {count} person: hev totalen, eller løs opp én av reglene som er nevnt.",
            "Reglene krever minst {count} personer: hev totalen, eller løs opp én av reglene som er nevnt.",
            conflict.above,
        )
    return msg("Endre eller ta bort én av reglene som er nevnt.")


def _listed(conflict: Conflict, kind: RuleKind, names: Mapping[str, str]) -> Message:
    """Return the bounds of one kind, municipalities with the same bound together."""
    alike: dict[tuple[int, int | None, bool], list[str]] = {}
    for bound in conflict.bounds:
        if bound.kind is kind:
            alike.setdefault((bound.low, bound.high, bound.or_zero), []).append(names[bound.code])
    parts = [
        msg(
            "{municipalities}: {limit}",
            municipalities=msg("alle {count} kommuner", count=len(found))
            if len(found) == len(names) > 1
            else ", ".join(found),
            limit=_limit(low, high, or_zero),
        )
        for (low, high, or_zero), found in alike.items()
    ]
    return _after_semicolons(parts)


def _after_semicolons(parts: Sequence[Message]) -> Message:
    listed = parts[0]
    for part in parts[1:]:
        listed = msg("{first}; {then}", first=listed, then=part)
    return listed


def _limit(low: int, high: int | None, or_zero: bool) -> Message:
    if or_zero:
        return msg("0 eller minst {low}", low=low)
    if high is None:
        return msg("minst {low}", low=low)
    if low == high:
        return msg("nøyaktig {low}", low=low)
    return msg("{low}–{high}", low=low, high=high) if low else msg("høyst {high}", high=high)
