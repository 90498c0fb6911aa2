"""Forms of the draft case paper: which parts go in, and the municipality's own rates."""

from __future__ import annotations

from typing import Any

from django import forms

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.office_gate import Bounds, examine
from fotfeste.reports.documents.council_case import Part, Proposed, part_name, proposed_name
from fotfeste.settlement.finances_file import LONGEST
from fotfeste.web.front.words import said

SEEN = 2**31 - 1


class _EitherOne:
    """A field that may be left empty and is not to be called optional: what it is is looked after where it is used."""

    def validate(self, value: Any) -> None:
        """Take an empty field too."""


class _Choice(_EitherOne, forms.ChoiceField):
    """A choice."""


class PartsForm(forms.Form):
    """What the proposal builds on, and the parts of the paper."""

    proposal = _Choice(
        label=said(msg("Hva forslaget til vedtak skal bygge på")),
        choices=[(one.value, said(proposed_name(one))) for one in Proposed],
        widget=forms.RadioSelect,
        initial=Proposed.BLANK.value,
        help_text=said(msg("Er tallet ikke kjent, står det tomt i forslaget.")),
    )
    part = forms.MultipleChoiceField(
        label=said(msg("Hva saken skal ha med")),
        choices=[(one.value, said(part_name(one))) for one in Part],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=said(msg("Forslaget til vedtak er alltid med.")),
    )

    def parts(self) -> frozenset[Part]:
        """Return the parts that are chosen; all of them before anything is."""
        if not self.is_bound or not self.is_valid():
            return frozenset(Part)
        return frozenset(Part(one) for one in self.cleaned_data["part"])

    def proposed(self) -> Proposed:
        """Return what the proposal builds on: a blank before anything is chosen."""
        if not self.is_bound or not self.is_valid():
            return Proposed.BLANK
        chosen = self.cleaned_data["proposal"]
        return Proposed(chosen) if chosen in {one.value for one in Proposed} else Proposed.BLANK


class _Text(_EitherOne, forms.CharField):
    """Pasted text."""


class RatesForm(forms.Form):
    """A municipality's own rates, pasted or as a file."""

    use_required_attribute = False
    text = _Text(
        label=said(msg("Satsene")),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false", "class": "rates"}),
        help_text=said(msg("Bytt ut det som står i hakeparenteser, eller lim inn en ferdig fil.")),
    )
    file = forms.FileField(
        label=said(msg("Eller last opp filen")),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".toml"}),
        help_text=said(msg("En fil går foran det som står i feltet.")),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=SEEN, initial=0)

    def given(self) -> tuple[str, str]:
        """Return the rates as text, and what to call the place they stand in. Raises :class:`InputError`."""
        file: Any = self.cleaned_data["file"]
        if file is None:
            return self.cleaned_data["text"].replace("\r\n", "\n"), ""
        if file.size > 4 * LONGEST:
            raise InputError(
                "rates.long", msg("Filen er lengre enn {most} tegn.", most=LONGEST), place=file.name
            )
        data = file.read()
        examined = examine(data, Bounds())
        try:
            if examined.kind is not None or b"\0" in data:
                raise ValueError
            return data.decode("utf-8-sig").replace("\r\n", "\n"), file.name
        except ValueError as error:
            raise InputError(
                "rates.kind",
                msg("Filen er ikke en tekstfil i UTF-8."),
                place=file.name,
                remedy=msg("Last opp satsene som .toml, eller lim dem inn."),
            ) from error
