"""Alerts as pages show them: each with its limit and its form, rule by rule, and those that were put away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fotfeste.messages import Message, Translated
from fotfeste.reports.documents.follow_up_alerts import threshold_in_words
from fotfeste.settlement.follow_up.alerts import Alert, Dismissal
from fotfeste.web.follow_up.alert_forms import Reason
from fotfeste.web.people.words import ROLE_NAMES
from fotfeste.web.rights.roles import Role

FEW = 3
"""Alerts of one rule that stand unfolded on the board."""


@dataclass(frozen=True, slots=True)
class AlertShown:
    """One alert on a page: itself, its limit in words, whether it can be put away, and how it was where it was.

    ``form`` is a reason that could not be taken; ``place`` tells the fields of one alert from those of another;
    ``address`` is the municipality's page.
    """

    alert: Alert
    limit: Message
    place: int = 0
    may_dismiss: bool = False
    form: Reason | None = None
    address: str = ""
    dismissal: Dismissal | None = None
    role: Message | str = ""

    @property
    def rule(self) -> Translated:
        """What the rule compares."""
        return Translated(self.alert.rule.compares)


def alerts_shown(
    alerts: tuple[Alert, ...],
    refused: Reason | None = None,
    *,
    may_dismiss: bool = True,
    links: Mapping[str, str] | None = None,
) -> list[AlertShown]:
    """Return alerts for a page; ``refused`` is a reason that could not be taken, shown again at its alert. ``links`` are addresses by municipality."""
    told = refused.data.get("key") if refused is not None else None
    return [
        AlertShown(
            one,
            threshold_in_words(one.rule),
            number,
            may_dismiss,
            refused if may_dismiss and told == one.key else None,
            (links or {}).get(one.code, ""),
        )
        for number, one in enumerate(alerts, 1)
    ]


def dismissed_shown(dismissed: tuple[tuple[Alert, Dismissal], ...]) -> list[AlertShown]:
    """Return what was put away, with who by their role."""
    return [
        AlertShown(
            alert,
            threshold_in_words(alert.rule),
            dismissal=one,
            role=ROLE_NAMES[Role(one.by_role)] if one.by_role in set(Role) else one.by_role,
        )
        for alert, one in dismissed
    ]


@dataclass(frozen=True, slots=True)
class RuleShown:
    """The alerts of one rule, its limit, and whether they are few enough to stand unfolded."""

    rule: Translated
    id: str
    limit: Message
    alerts: list[AlertShown]
    few: bool


def by_rule(alerts: list[AlertShown]) -> list[RuleShown]:
    """Return alerts rule by rule; where there are many of a rule, they are folded."""
    found: dict[str, list[AlertShown]] = {}
    for one in alerts:
        found.setdefault(one.alert.rule.id, []).append(one)
    return [
        RuleShown(
            of_rule[0].rule,
            name,
            of_rule[0].limit,
            of_rule,
            len(of_rule) <= FEW or any(one.form is not None for one in of_rule),
        )
        for name, of_rule in found.items()
    ]
