"""Fields that several forms of the follow-up have."""

from __future__ import annotations

from django import forms

from fotfeste.settlement.follow_up.decisions import MOST

SEEN = 2**31 - 1


def day_field(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


def persons_field(label: str, *, required: bool = False, hint: str = "") -> forms.IntegerField:
    """Return a field for a number of persons."""
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=MOST, widget=widget, help_text=hint
    )


def seen_field() -> forms.IntegerField:
    """Return the hidden field that tells which number held when the form was made."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=SEEN, initial=0)
