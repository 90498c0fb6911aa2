"""Forms: what is looked for in the trace, and a document's journal fields."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from fotfeste.messages import msg
from fotfeste.web.front.words import said
from fotfeste.web.trace.acts import KINDS
from fotfeste.web.trace.journal_words import POSTS, STATUSES
from fotfeste.web.trace.models import CaseDocument
from fotfeste.web.trace.reading import Wanted


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class Search(forms.Form):
    """What is looked for in the trace."""

    fra = _day(said(msg("Fra og med")))
    til = _day(said(msg("Til og med")))
    handling = forms.ChoiceField(
        label=said(msg("Gjelder")),
        required=False,
        choices=[("", said(msg("Alt"))), *((kind, said(name)) for kind, name in KINDS.items())],
    )
    objekt = forms.CharField(
        label=said(msg("Objekt")),
        required=False,
        max_length=120,
        help_text=said(msg("Nummeret eller pseudonymet som står under «Numre» i raden.")),
    )

    def wanted(self) -> Wanted:
        """Return what is looked for; parts that cannot be read are left out."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            act=given.get("handling") or "",
            object=given.get("objekt") or "",
            start=_start(given.get("fra")),
            end=_start(given["til"] + timedelta(days=1)) if given.get("til") else None,
        )


def _start(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None


class Journal(forms.Form):
    """What the journal needs to know of a document."""

    title = forms.CharField(label=said(msg("Tittel")), max_length=255)
    public_title = forms.CharField(
        label=said(msg("Offentlig tittel")),
        max_length=255,
        required=False,
        help_text=said(msg("Tittelen slik den står i den offentlige journalen, uten det som er unntatt.")),
    )
    post = forms.ChoiceField(
        label=said(msg("Type")), choices=[(one, said(name)) for one, name in POSTS.items()]
    )
    status = forms.ChoiceField(
        label=said(msg("Status")), choices=[(one, said(name)) for one, name in STATUSES.items()]
    )
    document_date = _day(said(msg("Dokumentdato")), required=True)
    journal_date = _day(said(msg("Journaldato")))
    case_year = forms.IntegerField(label=said(msg("Saksår")), required=False, min_value=1900, max_value=2999)
    case_sequence = forms.IntegerField(label=said(msg("Saksnummer i året")), required=False, min_value=1)
    post_number = forms.IntegerField(label=said(msg("Dokumentnummer i saken")), required=False, min_value=1)
    sender = forms.CharField(label=said(msg("Avsender")), max_length=120, required=False)
    recipient = forms.CharField(label=said(msg("Mottaker")), max_length=120, required=False)
    unit = forms.CharField(label=said(msg("Enhet")), max_length=120, required=False)
    responsible = forms.CharField(label=said(msg("Saksansvarlig")), max_length=120, required=False)
    access_code = forms.CharField(
        label=said(msg("Tilgangskode")),
        max_length=8,
        required=False,
        help_text=said(msg("Tom når dokumentet er offentlig. «UO» når det er unntatt offentlighet.")),
    )
    access_basis = forms.CharField(
        label=said(msg("Hjemmel")),
        max_length=120,
        required=False,
        help_text=said(msg("For eksempel «offl. § 14».")),
    )


class Transfer(forms.Form):
    """When the archive took a document over."""

    on = _day(said(msg("Overført til arkivet")), required=True)


def journal_of(document: CaseDocument) -> dict[str, Any]:
    """Return what the journal knows of ``document``, as the form begins."""
    return {name: getattr(document, name) for name in Journal.base_fields}
