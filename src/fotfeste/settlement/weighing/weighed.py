"""What follows from the choices: the recommendation, or what stands in its way and the ways out; and what versions and
overrides change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from fotfeste.errors import DataMissing, FotfesteError, Infeasible, InputError, Problem
from fotfeste.messages import Message
from fotfeste.settlement.alternatives import Comparison, compare
from fotfeste.settlement.bundle import Bundle, bundle_of
from fotfeste.settlement.calculate import calculate, minors_of
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import OverrideCost, Recommendation
from fotfeste.settlement.rule_costs import RuleCost, rule_costs
from fotfeste.settlement.under_rules import ideal_shares, numbers_under
from fotfeste.settlement.weighing.changes import Override
from fotfeste.settlement.weighing.choices import Choices
from fotfeste.settlement.weighing.ready import ReadyToWeigh
from fotfeste.settlement.weighing.ways_out import WayOut, ways_out

WITHOUT_PLACES = frozenset({"minors.unstated", "minors.places"})
"""Errors that say that the municipalities have stated too few places for unaccompanied minors."""


@dataclass(frozen=True)
class Weighed:
    """What follows from ``choices``: a ``recommendation``, or else the ``error`` that tells why there is none.

    ``prepared`` is what it rests on. ``ranged`` tells whether it holds what hidden figures could change. ``ways_sought``
    is false where no choice can be in the way, so that no way out is looked for among them. What takes time to find (ways
    out, alternatives, costs of rules) is found when it is first asked for.
    """

    ready: ReadyToWeigh
    choices: Choices
    prepared: Prepared
    recommendation: Recommendation | None
    error: FotfesteError | None = None
    ranged: bool = True
    ways_sought: bool = True

    @cached_property
    def with_ranges(self) -> Weighed:
        """The same with what hidden figures could change, where that was left for later."""
        return self if self.ranged else weigh_prepared(self.ready, self.choices, self.prepared)

    @property
    def what(self) -> Message | None:
        """What stands in the way of a recommendation; ``None`` where nothing does."""
        return None if self.error is None else self.error.problem.what

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each part of what stands in the way: the rules in conflict, with municipalities, or the figures missing."""
        return () if self.error is None else self.error.problems

    @cached_property
    def ways(self) -> tuple[WayOut, ...]:
        """Changes that lead out of what stands in the way, each tried; nothing where there is a recommendation."""
        return ways_out(self.ready, self.choices) if self.error and self.ways_sought else ()

    @cached_property
    def without_minors(self) -> Weighed | None:
        """The same without unaccompanied minors, where it is their places that lack; ``None`` where it is not."""
        total, minors = self.choices.total, self.choices.minors
        if self.error is None or self.error.code not in WITHOUT_PLACES or minors == total:
            return None
        return weigh(self.ready, replace(self.choices, total=total - minors, minors=0), ranges=False)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The recommended numbers by code, minors included; empty without a recommendation."""
        found = self.recommendation
        return {one.code: one.recommended for one in found.municipalities} if found else {}

    @cached_property
    def alternatives(self) -> Comparison | None:
        """The recommendation beside the shipped criteria, no rules, the other method and past practice."""
        return compare(self.prepared, self.recommendation) if self.recommendation else None

    @cached_property
    def rule_costs(self) -> tuple[RuleCost, ...]:
        """What each rule costs the others, in persons."""
        return rule_costs(self.prepared, self.recommendation) if self.recommendation else ()


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What sets one version's numbers apart from an earlier one's, in persons.

    ``changes`` holds every municipality's number less what it was, where that differs. ``more`` and ``fewer`` are the
    sums of those that rise and fall, both above zero; ``moved`` are the persons that go from one municipality to
    another, the rest follows from another total.
    """

    changes: Mapping[str, int]
    more: int
    fewer: int

    @property
    def moved(self) -> int:
        """Persons moved from some municipalities to others."""
        return min(self.more, self.fewer)


def weigh(ready: ReadyToWeigh, choices: Choices, *, ranges: bool = True) -> Weighed:
    """Return what follows from the choices; nothing is read.

    Without ``ranges``, what hidden figures could change is left for later (:attr:`Weighed.with_ranges`): so a page can
    draw the numbers at once.

    What people can put right by other choices (rules that clash, figures that a criterion lacks, a number below what is
    already settled) is told in what is returned, and never raised.
    """
    return weigh_prepared(ready, choices, ready.under(choices), ranges=ranges)


def weigh_prepared(
    ready: ReadyToWeigh, choices: Choices, prepared: Prepared, *, ranges: bool = True
) -> Weighed:
    """Return what follows from the choices on top of what is ``prepared`` for them; otherwise as :func:`weigh`."""
    try:
        found = calculate(prepared, ranges=ranges)
    except (InputError, DataMissing, Infeasible) as error:
        return Weighed(ready, choices, prepared, None, error)
    return Weighed(ready, choices, prepared, found, None, ranges)


def compare_versions(before: Weighed, after: Weighed) -> VersionChange:
    """Return what ``after`` changes beside ``before``; nothing where one of them has no recommendation."""
    if before.recommendation is None or after.recommendation is None:
        return VersionChange({}, 0, 0)
    old, new = before.numbers, after.numbers
    changes = {code: new[code] - old[code] for code in new if new[code] != old[code]}
    more = sum(change for change in changes.values() if change > 0)
    return VersionChange(changes, more, more - sum(changes.values()))


def cost_of_override(ready: ReadyToWeigh, choices: Choices, code: str, persons: int) -> OverrideCost:
    """Return what it would cost to set a municipality's number to ``persons``, before anyone does.

    Other overrides stand. ``instead`` is the number without any override of this municipality. ``entry`` is the number
    the entry would have; role and reason are empty. Raises :class:`InputError` and
    :class:`~fotfeste.errors.Infeasible` where the number cannot be set.
    """
    from fotfeste.settlement.criteria import RuleKind
    from fotfeste.settlement.rules import Bound
    from fotfeste.settlement.weighing.apply_change import refuse_number

    refuse_number(Override(code, persons, "", "", ""), choices)
    prepared = ready.under(choices)
    minors, _ = minors_of(prepared)
    rules = prepared.rule_inputs(minors)
    total = prepared.request.total - prepared.request.minors
    quotas, method = ideal_shares(prepared), prepared.criteria.method
    others = {other: bound for other, bound in rules.overrides.items() if other != code}
    bound = Bound(RuleKind.OVERRIDE, code, Message(""), persons, persons)
    own = prepared.criteria.rules
    given = numbers_under(quotas, own, replace(rules, overrides=others | {code: bound}), total, method)
    try:
        without = numbers_under(quotas, own, replace(rules, overrides=others), total, method)
    except (InputError, Infeasible):
        without = None
    return OverrideCost(
        code,
        len(choices.ledger.entries) + 1,
        persons,
        None if without is None else without[code],
        {}
        if without is None
        else {
            other: number - without[other]
            for other, number in given.items()
            if other != code and number != without[other]
        },
        "",
        "",
    )


def bundle_from(ready: ReadyToWeigh, choices: Choices, made: date, program: str) -> Bundle:
    """Return the bundle of what follows from the choices, the same as the command line makes of them.

    Raises what :func:`~fotfeste.settlement.calculate.calculate` raises.
    """
    prepared = ready.under(choices)
    return bundle_of(prepared, calculate(prepared), made, program)
