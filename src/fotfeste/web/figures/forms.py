"""Forms for new figures: which table, from where, and what is decided."""

from __future__ import annotations

from typing import Any

from django import forms

from fotfeste.messages import Language, msg
from fotfeste.web.figures import services
from fotfeste.web.front.words import said


class NewFigures(forms.Form):
    """A declared table, and the file with its figures where it is not fetched from the source."""

    table = forms.ChoiceField(label=said(msg("Tabell")))
    file = forms.FileField(
        label=said(msg("Fil fra kilden")),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx,.json"}),
        help_text=said(
            msg(
                "Trengs ikke når tabellen kan hentes fra kilden. De fleste tabeller leses som JSON-stat (.json), slik kilden "
                "gir dem. De fra IMDi leses som CSV, og de som bare kommer fra fil, som CSV eller Excel (.xlsx)."
            )
        ),
    )
    accept_loss = forms.BooleanField(
        label=said(msg("Kilden har tatt bort mange av tallene som finnes her, og det er riktig")),
        required=False,
    )

    def __init__(self, words: Language, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "")]
        for one in services.tables():
            told = words.text(
                msg(
                    "{source}: {title}",
                    source=f"{one.agency} {one.table}".strip(),
                    title=one.titles.get(words.locale, one.titles["nb"]),
                )
            )
            if not services.may_be_fetched(one):
                told = words.text(msg("{table} (bare fra fil)", table=told))
            choices.append((one.id, told))
        field = self.fields["table"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class Decision(forms.Form):
    """What is decided about figures that wait."""

    reason = forms.CharField(
        label=said(msg("Begrunnelse")),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=said(msg("Må skrives når tallene forkastes.")),
    )
