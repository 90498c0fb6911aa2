"""The form that takes in an adoption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from fotfeste.messages import Message, msg, one_after_another
from fotfeste.web.front.words import said
from fotfeste.web.rounds import adoption
from fotfeste.web.rounds.case_facts import NAMES
from fotfeste.web.rounds.forms import day
from fotfeste.web.rounds.forms import reason as why
from fotfeste.web.rounds.models import Round

WHO: dict[str, Message] = {"body": msg("et organ"), "delegation": msg("noen med delegert myndighet")}


class Adopt(forms.Form):
    """Who decided, where and when, about the recommendation that was seen."""

    seen = forms.CharField(widget=forms.HiddenInput)
    weighed = forms.IntegerField(widget=forms.HiddenInput)
    decided_by = forms.ChoiceField(
        label=said(msg("Hvem vedtok")),
        choices=[(one, said(name)) for one, name in WHO.items()],
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=said(msg("Organet, eller den som har delegert myndighet")),
        max_length=120,
        help_text=said(msg("For eksempel fylkestinget, fylkesutvalget eller fylkeskommunedirektøren.")),
    )
    case_number = forms.CharField(
        label=said(msg("Saksnummer")),
        max_length=40,
        help_text=said(msg("Slik det står i arkivet, 2026/1234.")),
    )
    decided_on = day(msg("Dato for vedtaket"))
    reason = why(msg("Grunn for revisjonen"))
    open_meant = forms.BooleanField(required=False)
    open_reason = why(msg("Grunn til at feltene skal stå åpne"))

    def __init__(
        self,
        *args: Any,
        revision: bool,
        open_fields: Sequence[str] = (),
        twice: bool = False,
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        self.open_fields = tuple(open_fields)
        self.fields["reason"].required = not twice
        if not revision:
            del self.fields["reason"]
        if open_fields:
            names = one_after_another(NAMES[one] for one in open_fields)
            self.fields["open_meant"].label = said(
                msg("Dokumentene vedtas med åpne felt: {fields}", fields=names)
            )
        else:
            del self.fields["open_meant"], self.fields["open_reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where blanks are meant; without both, the adoption itself refuses."""
        content = super().clean() or {}
        if content.get("open_meant") and not content.get("open_reason", "").strip():
            self.add_error(
                "open_reason",
                said(msg("Skriv hvorfor feltene skal stå åpne. Det blir stående ved vedtaket.")),
            )
        return content

    def of_what_stands(self, round_: Round) -> Adopt:
        """Return the same typed anew about the recommendation as it stands: to send it then is a choice."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"], data["weighed"] = round_.bundle_checksum, str(round_.weighed)
        again = Adopt(data, revision="reason" in self.fields, open_fields=self.open_fields)
        again.is_valid()
        return again

    @property
    def shown_again(self) -> list[tuple[str, str]]:
        """What was typed: the name of each field, and the text."""
        names = [
            name
            for name in ("body", "case_number", "decided_on", "reason", "open_reason")
            if name in self.fields
        ]
        return [(str(self.fields[name].label), str(self[name].value() or "")) for name in names]

    @property
    def details(self) -> adoption.Details:
        """What was typed."""
        content = self.cleaned_data
        return adoption.Details(
            content["decided_by"],
            content["body"],
            content["case_number"],
            content["decided_on"],
            content.get("reason", ""),
            content.get("open_reason", "") if content.get("open_meant") else "",
        )
