"""The limits of the alerts: those that come with Fotfeste, and a county's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Locale, Translated, msg

SCHEMA = 1
FILE = "alerts.toml"
Unit = Literal["days", "persons", "passages"]
RuleId = Literal[
    "no_answer",
    "no_decision",
    "handling_passed",
    "decided_below_requested",
    "recommended_unlike_requested",
    "behind_pace",
    "settled_above_decided",
    "minors_not_decided",
    "extra_unused",
    "reservation",
    "settled_fell",
    "no_status",
]


@dataclass(frozen=True, slots=True)
class AlertRule:
    """What an alert compares and when it is told: more than ``threshold`` of ``unit``.

    ``default`` is the threshold that comes with Fotfeste; ``step`` is how much worse a figure becomes before an alert that
    was put away comes back. ``compares`` is in three languages. ``off`` never tells.
    """

    id: RuleId
    unit: Unit
    threshold: int
    default: int
    step: int
    most: int
    compares: Mapping[Locale, str]
    off: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All rules in the file's order, since when they stand, and who set them."""

    rules: tuple[AlertRule, ...]
    dated: str
    source: Translated

    def __getitem__(self, rule: str) -> AlertRule:
        return next(one for one in self.rules if one.id == rule)

    def with_changes(self, own: Mapping[str, int | None]) -> Thresholds:
        """Return the rules with a county's own thresholds; ``None`` turns a rule off.

        Raises :class:`InputError` with every unknown rule and every threshold that is no whole number within bounds.
        """
        known = {one.id: one for one in self.rules}
        problems: list[Problem] = []
        for name, value in own.items():
            rule = known.get(name)  # type: ignore[call-overload]
            if rule is None:
                what = msg("Det er ingen varsling som heter «{name}».", name=name)
                remedy = msg("Velg blant: {known}.", known=", ".join(known))
                problems.append(Problem("alerts.rule", what, name, remedy))
            elif value is not None and (
                isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= rule.most
            ):
                what = msg("Grensen må være et helt tall fra 0 til {most}.", most=rule.most)
                problems.append(Problem("alerts.threshold", what, name))
        if problems:
            raise InputError(
                "alerts.faults",
                msg("Grensene for varsling har feil som må rettes ({number}).", number=len(problems)),
                problems=problems,
            )
        return replace(self, rules=tuple(_changed(one, own) for one in self.rules))


def _changed(rule: AlertRule, own: Mapping[str, int | None]) -> AlertRule:
    if rule.id not in own:
        return rule
    value = own[rule.id]
    return replace(rule, off=True) if value is None else replace(rule, threshold=value, off=False)


@cache
def load_thresholds() -> Thresholds:
    """Return the rules that come with Fotfeste."""
    content = tomllib.loads((resources.files(__package__) / FILE).read_text("utf-8"))
    if content["schema"] != SCHEMA:
        raise InputError("alerts.schema", msg("Reglene for varsling har et ukjent skjema."), place=FILE)
    rules = tuple(
        AlertRule(
            one["id"],
            one["unit"],
            one["threshold"],
            one["threshold"],
            one["step"],
            one["most"],
            {"nb": one["nb"], "nn": one["nn"], "en": one["en"]},
        )
        for one in content["alert"]
    )
    return Thresholds(rules, str(content["dated"]), Translated(content["source"]))
