"""Rules in conflict, as people are told of them: which they are, what they add up to, and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fotfeste.errors import Infeasible, Problem
from fotfeste.messages import Message, msg, nmsg, one_after_another
from fotfeste.settlement.conflict import Conflict, Unnamed
from fotfeste.settlement.criteria import RuleKind
from fotfeste.settlement.wording import rule_name


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
