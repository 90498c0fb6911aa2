"""Forms of the needs: what is said of one, a step, and handing over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fotfeste.messages import Translated, msg
from fotfeste.web.dialogue import minutes
from fotfeste.web.dialogue.need_owners import NO_ADVISER
from fotfeste.web.dialogue.needs import LONGEST, LONGEST_REASON, LONGEST_ROLE, Stated
from fotfeste.web.front.words import said
from fotfeste.web.rounds.editing import Edit
from fotfeste.web.rounds.forms import day
from fotfeste.work.tasks import NEXT, TaskState

NOBODY = msg("Ingen ennå")
WHOLE_COUNTY = msg("Hele fylket")


class NeedForm(forms.Form):
    """A need: what, where it was heard, who follows it up, and by when."""

    text = forms.CharField(
        label=said(msg("Behovet")),
        max_length=LONGEST,
        help_text=said(msg("Skriv om grupper og tiltak, aldri om en person eller en familie.")),
        widget=forms.Textarea({"rows": 3}),
    )
    theme = forms.ChoiceField(label=said(msg("Tema")))
    municipality = forms.ChoiceField(label=said(msg("Kommune")), required=False)
    owner = forms.ChoiceField(label=said(msg("Hvem i fylket som har ansvar for oppgaven")), required=False)
    follow_up = forms.CharField(
        label=said(msg("Hvem som gjør det (rolle)")),
        required=False,
        max_length=LONGEST_ROLE,
        help_text=said(msg("Står i referatet. Aldri navn. Et tomt felt betyr rådgiveren i fylkeskommunen.")),
    )
    due = day(msg("Frist"), required=False)
    shared = forms.BooleanField(
        label=said(msg("Kommunen ser behovet og hvor det står")),
        required=False,
        help_text=said(msg("Bare teksten og tilstanden, ikke hvem som har oppgaven.")),
    )

    def __init__(
        self,
        *args: Any,
        municipalities: Mapping[str, str],
        owners: Mapping[int, str],
        only: str | None = None,
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        themes = [(one.id, said(Translated(one.name))) for one in minutes.form().themes]
        choices: Mapping[str, list[tuple[str, str]]] = {
            "theme": [("", said(msg("Velg tema"))), *themes],
            "municipality": [("", said(WHOLE_COUNTY)), *municipalities.items()],
            "owner": [("", said(NOBODY)), *((str(number), name) for number, name in owners.items())],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        self.only = only
        if only is not None:
            del self.fields["municipality"]

    @property
    def stated(self) -> Stated:
        """What was typed."""
        given = self.cleaned_data
        return Stated(
            given["text"],
            given["theme"],
            given.get("municipality", "") if self.only is None else self.only,
            given["follow_up"],
            int(given["owner"]) if given["owner"] else None,
            given["due"],
            given["shared"],
        )


class ChangeNeed(Edit, NeedForm):
    """The same for a need that stands, which two may change at once."""


class StepForm(forms.Form):
    """A step of a need, from the version it was seen in."""

    state = forms.ChoiceField(label=said(msg("Hvor oppgaven er nå")))
    reason = forms.CharField(
        label=said(msg("Grunn eller merknad")),
        required=False,
        max_length=LONGEST_REASON,
        help_text=said(msg("Må fylles ut når oppgaven frafalles eller åpnes igjen.")),
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, now: TaskState, **values: Any) -> None:
        super().__init__(*args, **values)
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, said(STEPS[one])) for one in TaskState if one in NEXT[now]]


STEPS = {
    TaskState.OPEN: msg("Åpne igjen"),
    TaskState.BEGUN: msg("Påbegynt"),
    TaskState.DONE: msg("Utført"),
    TaskState.DROPPED: msg("Frafalt"),
}


class HandOver(forms.Form):
    """All that one person has not ended goes to another."""

    owner = forms.ChoiceField(label=said(msg("Fra")))
    new_owner = forms.ChoiceField(label=said(msg("Til")), help_text=said(NO_ADVISER))

    def __init__(
        self, *args: Any, owners: Mapping[int, str], takers: Mapping[int, str], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        for name, people in (("owner", owners), ("new_owner", takers)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(str(number), person) for number, person in people.items()]
