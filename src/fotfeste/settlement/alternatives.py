"""Alternatives side by side: other criteria, no rules, the other method, past practice; and how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Literal

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg
from fotfeste.settlement.calculate import minors_of
from fotfeste.settlement.criteria import Criteria, PageMethod, Rule
from fotfeste.settlement.prepared import Prepared
from fotfeste.settlement.result import Recommendation
from fotfeste.settlement.under_rules import distance, ideal_shares, numbers_under, numbers_without_rules
from fotfeste.settlement.wording import METHODS, as_named

AlternativeKind = Literal["chosen", "criteria", "without-rules", "method", "past", "version"]
"""What sets an alternative apart; a ``version`` is one that people have chosen and named while they weighed."""

NEAR = 5
"""Numbers of a municipality that differ by at most so many persons are told of as near each other."""
OTHER: Mapping[PageMethod, PageMethod] = {"sainte-lague": "hamilton", "hamilton": "sainte-lague"}


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to share the total out.

    ``numbers`` are whole numbers by code, minors included, and sum to the total; they are empty where ``refused`` says
    why there are none. ``rules`` are those of the criteria file that were in force, ``same_rules`` whether they
    are those of the recommendation. ``weights`` are the criteria it shares out by, with the share of each (0 to 1); empty
    where it is not made from criteria. ``notes`` must be told wherever the alternative is shown. ``set_by_hand`` are the
    codes of municipalities whose number a person has set, which follows from nothing else.
    """

    id: str
    title: Message
    kind: AlternativeKind
    numbers: Mapping[str, int]
    method: PageMethod
    rules: tuple[Rule, ...] = ()
    same_rules: bool = True
    refused: Message | None = None
    notes: tuple[Message, ...] = ()
    weights: tuple[tuple[Message | str, Fraction], ...] = ()
    set_by_hand: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The alternatives, the chosen one first, with what sets them apart; all in persons.

    ``names`` are the municipalities by code, in the county's order. ``near`` is the difference up to which numbers are
    said to be near each other. Alternatives that were refused count in nothing.
    """

    names: Mapping[str, str]
    total: int
    alternatives: tuple[Alternative, ...]
    near: int = NEAR

    @property
    def chosen(self) -> Alternative:
        """The recommendation itself."""
        return self.alternatives[0]

    @cached_property
    def counted(self) -> tuple[Alternative, ...]:
        """The alternatives that have numbers, the chosen one first."""
        return tuple(one for one in self.alternatives if one.refused is None)

    @cached_property
    def distances(self) -> Mapping[tuple[str, str], int]:
        """Persons that must move to get from one alternative to another, by their ids, both ways."""
        found = {(one.id, one.id): 0 for one in self.counted}
        for one, other in combinations(self.counted, 2):
            apart = distance(one.numbers, other.numbers)
            found[one.id, other.id] = found[other.id, one.id] = apart
        return found

    def from_chosen(self, one: Alternative) -> int:
        """Return the persons that must move from the recommendation to an alternative that has numbers."""
        return self.distances[self.chosen.id, one.id]

    @cached_property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """The lowest and the highest number of each municipality over all alternatives that have numbers."""
        return {
            code: (min(numbers), max(numbers))
            for code in self.names
            for numbers in [[one.numbers[code] for one in self.counted]]
        }

    @property
    def agreed(self) -> int:
        """The persons that every alternative places in the same municipalities: the sum of the lowest numbers."""
        return sum(low for low, _ in self.spans.values())

    @property
    def close(self) -> tuple[str, ...]:
        """Codes of municipalities whose numbers are within ``near`` persons of each other in all alternatives.

        A number that somebody has set stands because of that: it is never among them.
        """
        by_hand = {code for one in self.counted for code in one.set_by_hand}
        return tuple(
            code
            for code, (low, high) in self.spans.items()
            if high - low <= self.near and code not in by_hand
        )

    def changes(self, one: Alternative) -> dict[str, int]:
        """Return what each municipality gains (above zero) or loses under an alternative, beside the chosen one."""
        return {code: one.numbers[code] - self.chosen.numbers[code] for code in self.names}


def compare(prepared: Prepared, recommendation: Recommendation, near: int = NEAR) -> Comparison:
    """Set the recommendation beside the other criteria of ``prepared``, no rules, the other method, and past practice.

    Unaccompanied minors are the same in all. Overrides hold in the recommendation alone: somebody has set them knowing
    its other numbers. A revision's bounds hold in all but the one without rules.
    Past practice is shared out by the same method and rules, so that only what numbers are made from differs. An
    alternative that lacks figures or whose rules clash is kept, with the reason.
    """
    minors, _ = minors_of(prepared)
    chosen = prepared.criteria
    first = Alternative(
        "chosen",
        title_of(chosen),
        "chosen",
        {one.code: one.recommended for one in recommendation.municipalities},
        chosen.method,
        chosen.rules,
        weights=weights_of(chosen),
        set_by_hand=tuple(one.code for one in recommendation.overrides),
    )
    others = [_by_criteria(prepared.under(one), chosen, minors) for one in prepared.beside]
    others.append(_without_rules(prepared, minors))
    others.append(_other_method(prepared, minors))
    if prepared.past is not None:
        others.append(_past(prepared, prepared.past, minors))
    apart = tuple(_told_apart([first, *others], prepared.beside))
    return Comparison(prepared.names, prepared.request.total, apart, near)


def default_alternatives(chosen: str) -> tuple[str, ...]:
    """Return the ids of the criteria that are set beside those ``chosen``: all that come with Fotfeste but that one."""
    from fotfeste.settlement.criteria_file import shipped_criteria

    return tuple(one for one in shipped_criteria() if one != chosen)


def title_of(criteria: Criteria) -> Message:
    """Return the title of criteria: translated where they come with Fotfeste, otherwise as their owner wrote it."""
    return msg("{title}", title=as_named(criteria.title, criteria))


def weights_of(criteria: Criteria) -> tuple[tuple[Message | str, Fraction], ...]:
    """Return the criteria that count, named as :func:`title_of` names the file, with the share of each."""
    return tuple((as_named(one.name, criteria), one.share) for one in criteria.criteria if one.share)


def _by_criteria(prepared: Prepared, chosen: Criteria, minors: Mapping[str, int]) -> Alternative:
    criteria = prepared.criteria
    bare = Alternative(
        criteria.id,
        title_of(criteria),
        "criteria",
        {},
        criteria.method,
        criteria.rules,
        _bare(criteria.rules) == _bare(chosen.rules),
        weights=weights_of(criteria),
    )
    return _with_numbers(bare, prepared, minors)


def _other_method(prepared: Prepared, minors: Mapping[str, int]) -> Alternative:
    method = OTHER[prepared.criteria.method]
    bare = Alternative(
        "method",
        msg("Samme kriterier, {method}", method=METHODS[method]),
        "method",
        {},
        method,
        prepared.criteria.rules,
        weights=weights_of(prepared.criteria),
    )
    return _with_numbers(bare, prepared, minors)


def _past(prepared: Prepared, shares: Mapping[str, Fraction], minors: Mapping[str, int]) -> Alternative:
    from fotfeste.settlement.past.words import PastStanding, remarks_of

    year = prepared.request.year
    unasked = tuple(code for code in prepared.codes if not shares[code])
    standing = prepared.past_standing or PastStanding(year - 1, skipped=unasked)
    notes = [*remarks_of(standing, prepared.names, year)]
    notes.append(msg("Andelene er fordelt med samme metode og regler som i anbefalingen."))
    criteria = prepared.criteria
    bare = Alternative(
        "past", msg("Fortsatt som før"), "past", {}, criteria.method, criteria.rules, notes=tuple(notes)
    )
    total = prepared.request.total - prepared.request.minors
    return _with_numbers(bare, prepared, minors, {code: shares[code] * total for code in prepared.codes})


def _with_numbers(
    bare: Alternative,
    prepared: Prepared,
    minors: Mapping[str, int],
    quotas: Mapping[str, Fraction] | None = None,
) -> Alternative:
    total = prepared.request.total - prepared.request.minors
    try:
        ideal = ideal_shares(prepared) if quotas is None else quotas
        beside = replace(prepared, ledger=None).rule_inputs(minors)
        numbers = numbers_under(ideal, bare.rules, beside, total, bare.method)
    except FotfesteError as error:
        return replace(bare, refused=_reason(error))
    return replace(bare, numbers=numbers)


def _without_rules(prepared: Prepared, minors: Mapping[str, int]) -> Alternative:
    total, method = prepared.request.total - prepared.request.minors, prepared.criteria.method
    standing = prepared.revision is not None
    notes = (msg("Her gjelder heller ikke det som alt er vedtatt eller bosatt i år."),)
    return Alternative(
        "without-rules",
        msg("Samme kriterier uten regler"),
        "without-rules",
        numbers_without_rules(ideal_shares(prepared), minors, total, method),
        method,
        same_rules=not prepared.criteria.rules and not standing,
        notes=notes if standing else (),
        weights=weights_of(prepared.criteria),
    )


def _reason(error: FotfesteError) -> Message:
    """Return what was wrong, with every part of it, in one running text."""
    reason = error.problem.what
    for problem in error.problems:
        reason = msg("{first} {then}", first=reason, then=problem.what)
    return reason


def _bare(rules: Sequence[Rule]) -> frozenset[Rule]:
    """Return rules without the words about them: what they say, not why."""
    return frozenset(replace(rule, reason="", source="") for rule in rules)


def _told_apart(found: Sequence[Alternative], beside: Sequence[Criteria]) -> Iterator[Alternative]:
    """Give every alternative an id and a title of its own; two files may say the same of themselves."""
    origins = [""] + [one.origin for one in beside]
    ids: set[str] = set()
    titles: set[str] = set()
    for place, one in enumerate(found):
        name, number = one.id, 1
        while name in ids:
            number += 1
            name = f"{one.id}-{number}"
        title = one.title
        if str(title) in titles:
            origin = origins[place] if place < len(origins) else ""
            title = msg("{title} ({origin})", title=title, origin=origin or name)
        if str(title) in titles:
            title = msg("{title} ({origin})", title=title, origin=name)
        ids.add(name)
        titles.add(str(title))
        yield replace(one, id=name, title=title)
