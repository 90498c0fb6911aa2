"""Forms for the tables that IMDi publishes."""

from __future__ import annotations

from django import forms

from fotfeste.messages import msg
from fotfeste.web.follow_up.form_fields import day_field
from fotfeste.web.front.words import said


class RequestsFile(forms.Form):
    """IMDi's table of requests."""

    file = forms.FileField(
        label=said(msg("Tabellen fra IMDi")),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=said(
            msg(
                "CSV eller Excel (.xlsx), for hele landet eller bare fylket. Kolonnene kommune (eller kommunenummer) og anmodet må være med; enslige mindreårige leses når de står der."
            )
        ),
    )
    dated = day_field(
        said(msg("Dato for anmodningene")),
        required=False,
        hint=said(msg("Trengs ikke når datoen står i filen.")),
    )
    reference = forms.CharField(label=said(msg("Saksnummer")), max_length=80, required=False)


class StatusFile(forms.Form):
    """IMDi's status of those settled."""

    file = forms.FileField(
        label=said(msg("Statusen fra IMDi")),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        help_text=said(
            msg(
                "CSV eller Excel (.xlsx), for hele landet eller bare fylket. Kolonnene kommune (eller kommunenummer) og bosatt må være med; enslige mindreårige leses når de står der. Tallene skal være summen hittil i året."
            )
        ),
    )
    as_of = day_field(
        said(msg("Datoen tallene gjelder")),
        required=False,
        hint=said(msg("Trengs ikke når datoen står i filen.")),
    )
