"""Forms for alerts: why one is put away, and the county's own limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fotfeste.messages import Translated, msg
from fotfeste.settlement.follow_up.alerts import SHORTEST_REASON
from fotfeste.settlement.follow_up.thresholds import AlertRule, Thresholds
from fotfeste.web.follow_up.form_fields import seen_field
from fotfeste.web.front.words import said


class Reason(forms.Form):
    """Why an alert is put away."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=160)
    reason = forms.CharField(
        label=said(msg("Hvorfor trenger ikke dette oppfølging?")),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class Limits(forms.Form):
    """The county's own limits: a number for each rule, empty for the usual one, and whether the rule is off."""

    seen = seen_field()

    def __init__(self, *args: Any, rules: Thresholds, **named: Any) -> None:
        super().__init__(*args, **named)
        self.rules = rules
        for rule in rules.rules:
            self.fields[rule.id] = forms.IntegerField(
                label=said(Translated(rule.compares)),
                required=False,
                min_value=0,
                max_value=rule.most,
                widget=forms.NumberInput({"inputmode": "numeric"}),
                help_text=said(msg("Vanlig grense: {default}", default=rule.default)),
            )
            self.fields[_off(rule)] = forms.BooleanField(
                label=said(msg("Ikke varsle om dette")), required=False
            )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Return each rule's anchor with its two fields."""
        return [(one.id, self[one.id], self[_off(one)]) for one in self.rules.rules]

    def values(self) -> dict[str, int | None]:
        """Return the limits that were set: none for a rule that is off; those left empty are not there."""
        given = self.cleaned_data
        return {
            one.id: None if given[_off(one)] else given[one.id]
            for one in self.rules.rules
            if given[_off(one)] or given[one.id] is not None
        }


def _off(rule: AlertRule) -> str:
    return f"{rule.id}_off"


def limits_as_set(own: Mapping[str, int | None], number: int) -> dict[str, Any]:
    """Return how the form of the limits begins: with the county's own."""
    found: dict[str, Any] = {"seen": number}
    for rule, value in own.items():
        found |= {f"{rule}_off": True} if value is None else {rule: value}
    return found
