"""The choices of a version as controls: numbers that are typed or stepped, methods, rules, and the criteria themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import QueryDict

from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.settlement.criteria import Criteria, Criterion, Rule, RuleKind
from fotfeste.settlement.rules_told import rule_told
from fotfeste.settlement.wording import METHODS, as_named, rule_name
from fotfeste.web.weighing.asked import as_typed, key_field

if TYPE_CHECKING:
    from fotfeste.settlement.weighing.choices import Choices

Said = Message | Translated | str


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be changed: ``less`` and ``more`` are what a step leads to, ``note`` stands beside it."""

    field: str
    label: Said
    value: str
    less: str
    more: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule in force: its place in the row of rules, what it says, why, and where it comes from."""

    place: int
    name: Message
    told: Message
    reason: Said
    source: Said


@dataclass(frozen=True, slots=True)
class KeyShown:
    """How one criterion is worked out: its name, and the numbers of its key as fields with a label and a value."""

    name: Said
    fields: tuple[tuple[str, Message, str], ...]


@dataclass(frozen=True, slots=True)
class Controls:
    """The choices of a version as they can be changed."""

    total: Number
    minors: str
    weights: tuple[Number, ...]
    keys: tuple[KeyShown, ...]
    methods: tuple[tuple[str, Message, bool], ...]
    suppressed: tuple[tuple[str, Message, bool], ...]
    rules: tuple[RuleShown, ...]
    criteria: Said
    shipped: tuple[tuple[str, Message], ...]


def controls(
    choices: Choices, names: dict[str, str], words: Language, typed: QueryDict | None = None
) -> Controls:
    """Return the choices as controls; what somebody has ``typed`` that could not be used stands as typed."""
    from fotfeste.settlement.alternatives import title_of
    from fotfeste.settlement.criteria_file import read_criteria, shipped_criteria
    from fotfeste.settlement.weighing.changes_told import PLACES
    from fotfeste.settlement.weighing.steps import total_steps

    criteria = choices.criteria
    given = typed if typed is not None else QueryDict()
    less, more = total_steps(choices)
    return Controls(
        Number(
            "total",
            msg("Personer i alt"),
            given.get("total", str(choices.total)),
            f"total:{less}",
            f"total:{more}",
        ),
        given.get("mindrearige", str(choices.minors)),
        tuple(_weight(one, criteria, words, given) for one in criteria.criteria),
        tuple(shown for one in criteria.criteria if (shown := _key(one, criteria, given)).fields),
        tuple((one, name, one == given.get("metode", criteria.method)) for one, name in METHODS.items()),
        tuple((one, name, one == given.get("skjulte", criteria.suppressed)) for one, name in PLACES.items()),
        tuple(
            RuleShown(
                place,
                rule_name(rule.kind),
                rule_told(rule, names),
                as_named(rule.reason, criteria) if rule.reason else "",
                as_named(rule.source, criteria) if rule.source else "",
            )
            for place, rule in enumerate(criteria.rules)
        ),
        as_named(criteria.title, criteria),
        tuple((one, title_of(read_criteria(one))) for one in shipped_criteria()),
    )


def _weight(one: Criterion, criteria: Criteria, words: Language, given: QueryDict) -> Number:
    from fotfeste.reports.documents.sections import percent_places
    from fotfeste.settlement.weighing.steps import weight_steps

    together = sum((other.weight for other in criteria.criteria), Fraction(0))
    less, more = weight_steps(one.weight, together)
    return Number(
        f"vekt-{one.id}",
        as_named(one.name, criteria),
        given.get(f"vekt-{one.id}", as_typed(one.weight)),
        f"{one.id}:{as_typed(less)}",
        f"{one.id}:{as_typed(more)}",
        words.percent(one.share, percent_places(one.share)),
    )


def _key(one: Criterion, criteria: Criteria, given: QueryDict) -> KeyShown:
    from fotfeste.settlement.weighing.key_parameters import parameters

    fields = [(key_field(one.id, found.id), found) for found in parameters(one.key)]
    return KeyShown(
        as_named(one.name, criteria),
        tuple((field, found.name, given.get(field, as_typed(found.value))) for field, found in fields),
    )


def locks(rules: Sequence[Rule]) -> frozenset[str]:
    """Return the codes of municipalities whose number a rule locks."""
    return frozenset(code for rule in rules if rule.kind is RuleKind.LOCK for code in rule.municipalities)
