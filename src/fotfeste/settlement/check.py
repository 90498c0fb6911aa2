"""An independent check of an answer: it knows the rules and the objective, not how the answer was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from fotfeste.settlement.criteria import PageMethod
from fotfeste.settlement.objective import FREE, Cost, cost_of, plus
from fotfeste.settlement.rules import DECIDED_BY_PEOPLE, NOBODY, Beside, Bound, holds


class BrokenAnswer(AssertionError):
    """The engine contradicted itself; this is an error in Fotfeste, never in the input."""


def check_answer(
    numbers: Mapping[str, int],
    quotas: Mapping[str, Fraction],
    bounds: Sequence[Bound],
    total: int,
    method: PageMethod,
    beside: Beside = NOBODY,
) -> None:
    """Raise :class:`BrokenAnswer` unless the answer keeps the total and every rule and no move improves it.

    ``numbers`` are what was shared out; rules are about the whole numbers, with the persons ``beside``.

    A move takes one person from one municipality to another, or all persons of a municipality that may have none but
    not one fewer.
    """
    if sum(numbers.values()) != total:
        raise BrokenAnswer(f"sum {sum(numbers.values())} is not the total {total}")
    decided = {bound.code for bound in bounds if bound.kind in DECIDED_BY_PEOPLE}
    in_force = [bound for bound in bounds if bound.kind in DECIDED_BY_PEOPLE or bound.code not in decided]
    by_code: dict[str, list[Bound]] = {code: [] for code in numbers}
    for bound in in_force:
        by_code[bound.code].append(bound)

    def allowed(code: str, persons: int) -> bool:
        whole = persons + beside.of(code)
        return persons >= beside.given_away(code) and all(holds(bound, whole) for bound in by_code[code])

    for code, persons in numbers.items():
        if not allowed(code, persons):
            raise BrokenAnswer(f"{code} has {persons}, against a rule")

    @cache
    def change(code: str, persons: int) -> Cost:
        before, after = (cost_of(held, quotas[code], method) for held in (numbers[code], persons))
        return after[0] - before[0], after[1] - before[1]

    for step, giver in _moves(numbers, allowed, beside):
        saved = change(giver, numbers[giver] - step)
        for receiver, has in numbers.items():
            if receiver == giver or not allowed(receiver, has + step):
                continue
            if plus(saved, change(receiver, has + step)) < FREE:
                raise BrokenAnswer(f"moving {step} from {giver} to {receiver} would improve the answer")


def _moves(
    numbers: Mapping[str, int], allowed: Callable[[str, int], bool], beside: Beside
) -> Iterator[tuple[int, str]]:
    """Return how many persons each municipality may give up at once: one, or all but those it passes on."""
    for code, held in numbers.items():
        spare = held - beside.given_away(code)
        if held and allowed(code, held - 1):
            yield 1, code
        elif spare > 0 and allowed(code, held - spare):
            yield spare, code
