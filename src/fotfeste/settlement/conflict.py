"""When rules cannot all be met: a smallest set of rules in conflict, and what could be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fotfeste.errors import Infeasible, Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.domains import feasible, feasible_range
from fotfeste.settlement.rules import NOBODY, Beside, Bound, domains_of, in_force
from fotfeste.settlement.wording import rule_name


@dataclass(frozen=True, slots=True)
class Conflict:
    """A set of bounds that cannot all hold, where dropping any one of them would make the rest possible.

    ``with_total`` tells whether the total is part of the conflict. ``below`` and ``above`` are the nearest
    totals that all the rules together allow (``None`` where there is none).
    """

    bounds: tuple[Bound, ...]
    with_total: bool
    below: int | None
    above: int | None


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
    with_total = not any(domain.empty for domain in domains_of(bounds, codes, roof, beside))

    def possible(kept: Sequence[Bound]) -> bool:
        if with_total:
            return feasible(domains_of(kept, codes, total, beside), total)
        return not any(domain.empty for domain in domains_of(kept, codes, roof, beside))

    kept = list(bounds)
    for bound in bounds:
        rest = [one for one in kept if one is not bound]
        if not possible(rest):
            kept = rest
    below, above = feasible_range(domains_of(bounds, codes, roof, beside), total)
    minors = sum(beside.minors.values())
    return Conflict(
        tuple(kept),
        with_total,
        None if below is None else below + minors or None,
        None if above is None else above + minors,
    )


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
    what = (
        msg("Reglene kan ikke oppfylles når {total} personer skal fordeles.", total=total)
        if conflict.with_total
        else msg("Reglene sier imot hverandre, uansett hvor mange som skal fordeles.")
    )
    return Infeasible(
        "rules.conflict", what, remedy=_for_people(_way_out(conflict), conflict), problems=problems
    )


def _for_people(way_out: Message, conflict: Conflict) -> Message:
    """Add how an override is withdrawn and how decisions may be read, where they are part of the conflict."""
    kinds = {bound.kind for bound in conflict.bounds}
    if RuleKind.OVERRIDE in kinds:
        way_out = msg(
            "{way_out} En overstyring trekkes tilbake med «fotfeste overrides withdraw».", way_out=way_out
        )
    if RuleKind.DECIDED in kinds:
        way_out = msg("{way_out} Hva vedtakene betyr, velges med --decided.", way_out=way_out)
    return way_out


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
        return msg(
            "Reglene tillater høyst {most} personer: senk totalen, eller løs opp én av reglene som er nevnt.",
            most=conflict.below,
        )
    if conflict.above is not None:
        return msg(
            "Reglene krever minst {least} personer: hev totalen, eller løs opp én av reglene som er nevnt.",
            least=conflict.above,
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
