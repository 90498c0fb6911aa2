"""Forms of the partners' input: what is said, answers to a field typed for each municipality, and a table or a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from fotfeste.messages import msg
from fotfeste.settlement.reply_form import FormField
from fotfeste.web.dialogue.need_forms import WHOLE_COUNTY
from fotfeste.web.dialogue.partners import LONGEST_ORGANISATION, LONGEST_TEXT, LONGEST_TITLE, Stated
from fotfeste.web.front.words import said
from fotfeste.web.rounds.editing import Edit
from fotfeste.web.rounds.forms import day

ANSWER = "svar_"
"""What stands before a municipality's code in the names of its answer."""


class InputForm(forms.Form):
    """An input: whose it is, what about, from when, and which municipality. ``own`` are the writer's organisations."""

    organisation = forms.CharField(label=said(msg("Hvem innspillet er fra")), max_length=LONGEST_ORGANISATION)
    title = forms.CharField(
        label=said(msg("Hva innspillet handler om")),
        max_length=LONGEST_TITLE,
        help_text=said(msg("For eksempel: Kartlegging av botilbud for enslige mindreårige.")),
    )
    text = forms.CharField(
        label=said(msg("Innspillet")),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=said(msg("Skriv om grupper og tiltak, aldri om en person eller en familie.")),
        widget=forms.Textarea({"rows": 6}),
    )
    dated = day(
        msg("Dato"), required=False, hint=said(msg("Når dere spurte eller skrev. Et tomt felt betyr i dag."))
    )
    municipality = forms.ChoiceField(
        label=said(msg("Hvem det gjelder")),
        required=False,
        help_text=said(
            msg(
                "Gjelder det hele fylket, ser kommunene tittelen og sine egne svar. Bare fylkeskommunen ser teksten."
            )
        ),
    )

    def __init__(
        self,
        *args: Any,
        municipalities: Mapping[str, str],
        own: Iterable[str],
        fixed: str = "",
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        organisations = list(own)
        self.fixed = fixed or (organisations[0] if len(organisations) == 1 else "")
        if self.fixed:
            del self.fields["organisation"]
        elif organisations:
            self.fields["organisation"] = forms.ChoiceField(
                label=self.fields["organisation"].label, choices=[(one, one) for one in organisations]
            )
            self.order_fields(["organisation"])
        place = self.fields["municipality"]
        if isinstance(place, forms.ChoiceField):
            place.choices = [("", said(WHOLE_COUNTY)), *municipalities.items()]

    @property
    def stated(self) -> Stated:
        """What was typed."""
        given = self.cleaned_data
        whose = self.fixed or given["organisation"]
        return Stated(whose, given["title"], given["text"], given["municipality"], given["dated"])


class ChangeInput(Edit, InputForm):
    """The same for one that stands, which two may change at once."""


class AnswersForm(Edit):
    """Answers to one field of the reply form, one for each municipality."""

    def __init__(
        self, *args: Any, asked: FormField, municipalities: Mapping[str, str], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        self.codes = list(municipalities)
        for code, place in municipalities.items():
            number = asked.kind == "persons"
            widget: forms.Widget = (
                forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
                if number
                else forms.Textarea({"rows": 2})
            )
            self.fields[f"{ANSWER}{code}"] = forms.CharField(
                label=place,
                required=False,
                max_length=20_000,
                initial=values["stored"].get(code, ""),
                widget=widget,
            )

    @property
    def mine(self) -> dict[str, str]:
        """What was typed, by municipality."""
        return {code: self.cleaned_data.get(f"{ANSWER}{code}", "") for code in self.codes}
