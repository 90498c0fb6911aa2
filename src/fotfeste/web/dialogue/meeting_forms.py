"""Forms of the meetings: when and where, and the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from fotfeste.messages import Translated, msg
from fotfeste.settlement.reply_form import FormField
from fotfeste.web.dialogue.meetings import LONGEST_PLACE, Plan, bounds
from fotfeste.web.dialogue.minutes import ANSWER, fields_of
from fotfeste.web.front.words import said
from fotfeste.web.rounds.editing import Edit
from fotfeste.web.rounds.forms import day

LONGEST = 20_000


class PlanForm(forms.Form):
    """When a meeting is, how long it lasts, and where."""

    day = day(msg("Dato"))
    time = forms.TimeField(
        label=said(msg("Klokkeslett")),
        help_text=said(msg("For eksempel 09:30.")),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )
    length = forms.IntegerField()
    place = forms.CharField(
        label=said(msg("Sted eller video")),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=said(msg("For eksempel video, fylkeshuset eller rådhuset.")),
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        rules = bounds()
        self.fields["length"] = forms.IntegerField(
            label=said(msg("Varighet i minutter")),
            min_value=rules.shortest,
            max_value=rules.longest,
            initial=rules.usual,
            widget=forms.NumberInput({"inputmode": "numeric"}),
        )

    @property
    def plan(self) -> Plan:
        """What was typed."""
        given = self.cleaned_data
        starts = timezone.make_aware(datetime.combine(given["day"], given["time"].replace(second=0)))
        return Plan(starts, given["length"], given["place"])


class ChangePlan(Edit, PlanForm):
    """The same for a meeting that is planned, which two may change at once."""


class MinutesForm(Edit):
    """The minutes: the fields of the meeting form, and an answer to each question."""

    def __init__(
        self, *args: Any, asked: Iterable[Sequence[str]], first: Mapping[str, str], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        self.of = fields_of(asked)
        for one in self.of:
            field = _field(one)
            field.initial = values["stored"].get(one.id, first.get(one.id, ""))
            if one.kind == "date" and not _is_date(str(self.data.get(one.id, field.initial))):
                # A draft keeps what was typed also where it is no date; a field for dates would hide it.
                field.widget = forms.TextInput({"autocomplete": "off"})
            self.fields[one.id] = field

    @property
    def mine(self) -> dict[str, str]:
        """What was typed, by field."""
        return {one.id: str(self.cleaned_data.get(one.id, "")) for one in self.of}

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the meeting form."""
        return [self[one.id] for one in self.of if not one.id.startswith(ANSWER)]

    @property
    def answers(self) -> list[forms.BoundField]:
        """The fields of the answers."""
        return [self[one.id] for one in self.of if one.id.startswith(ANSWER)]


def _is_date(text: str) -> bool:
    """Whether a field for dates can show ``text``."""
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def _field(one: FormField) -> forms.CharField:
    widget: forms.Widget
    if one.kind == "date":
        widget = forms.DateInput({"type": "date"})
    elif one.kind == "persons":
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    elif one.kind == "role" or one.id == "place":
        widget = forms.TextInput({"autocomplete": "off"})
    else:
        widget = forms.Textarea({"rows": 3 if one.id.startswith(ANSWER) else 5})
    return forms.CharField(
        label=said(Translated(one.label)),
        help_text="" if one.id.startswith(ANSWER) else said(Translated(one.help)),
        required=False,
        max_length=LONGEST,
        strip=True,
        widget=widget,
    )
