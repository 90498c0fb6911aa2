"""Forms of the round's room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.lessons import LONGEST_ANSWER, load_lesson_form
from fotfeste.web.front.words import reader, said
from fotfeste.web.rounds.changes import LONGEST_REASON
from fotfeste.web.rounds.editing import Edit
from fotfeste.work.deadlines import Deadline

TOTAL = msg("Fylkets måltall")
TOTAL_HINT = msg("Hvor mange som skal bosettes i fylket i alt. La feltet stå tomt til tallet er kjent.")
MINORS = msg("Herav enslige mindreårige")
TITLE = msg("Hva runden skal hete")
TITLE_HINT = msg("Står feltet tomt, heter den etter fylket og året.")
REASON = msg("Grunn")
_DAY = {"type": "date"}


def _number(label: Message, hint: Message | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=said(label),
        help_text=said(hint) if hint else "",
        required=False,
        min_value=0,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


def day(label: Message, *, required: bool = True, hint: str = "") -> forms.DateField:
    """Return a field for a date."""
    return forms.DateField(
        label=said(label),
        required=required,
        help_text=hint,
        widget=forms.DateInput(_DAY, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


def reason(
    label: Message = REASON, *, required: bool = False, hint: Message | None = None
) -> forms.CharField:
    """Return a field for a reason."""
    return forms.CharField(
        label=said(label),
        help_text=said(hint) if hint else "",
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )


class OpenRound(forms.Form):
    """Open a round. ``reason`` is asked for when what was learned the year before is not written."""

    county = forms.ChoiceField(label=said(msg("Fylke")))
    year = forms.IntegerField(
        label=said(msg("År")),
        help_text=said(msg("Året flyktningene skal bosettes.")),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    total = _number(TOTAL, TOTAL_HINT)
    minors = _number(MINORS)
    title = forms.CharField(label=said(TITLE), help_text=said(TITLE_HINT), max_length=120, required=False)
    reason = reason(
        msg("Grunn til å vente med å skrive hva fylket lærte"),
        hint=msg("Fylles bare ut når det ikke er skrevet hva fylket lærte av runden året før."),
    )

    def __init__(self, *args: Any, counties: Iterable[tuple[str, str]], **values: Any) -> None:
        super().__init__(*args, **values)
        county = self.fields["county"]
        if isinstance(county, forms.ChoiceField):
            county.choices = list(counties)

    def clean(self) -> dict[str, Any]:
        """Take an empty number, and a total of none, as not known."""
        content = super().clean() or {}
        content["total"] = content.get("total") or None
        content["minors"] = content.get("minors") or 0
        return content


class Request(Edit):
    """What is to be shared out."""

    total = _number(TOTAL, TOTAL_HINT)
    minors = _number(MINORS)
    title = forms.CharField(label=said(TITLE), help_text=said(TITLE_HINT), max_length=120, required=False)
    reason = reason(
        hint=msg("Endres et tall som var kjent, skrives det hvorfor. Grunnen blir stående i runden.")
    )

    @property
    def mine(self) -> dict[str, object]:
        """What was typed."""
        content = self.cleaned_data
        return {
            "total": content["total"] or None,
            "minors": content["minors"] or 0,
            "title": content["title"].strip(),
        }


class Dates(Edit):
    """The round's deadlines: a date for each."""

    def __init__(self, *args: Any, deadlines: Iterable[Deadline], **values: Any) -> None:
        stored: Mapping[str, object] = values["stored"]
        super().__init__(*args, **values)
        for one in deadlines:
            words = reader()
            hint = words.text(msg("Forslaget er {day}.", day=one.default))
            field = day(msg("{name}", name=one.name), required=False, hint=hint)
            field.initial = stored.get(one.id)
            self.fields[one.id] = field

    @property
    def mine(self) -> dict[str, object]:
        """What was typed, in ISO form; what is empty is left out."""
        return {
            name: on.isoformat()
            for name, on in self.cleaned_data.items()
            if name != "seen" and on is not None
        }


class LearnedForm(Edit):
    """What the county learned."""

    def __init__(self, *args: Any, year: int, **values: Any) -> None:
        stored: Mapping[str, object] = values["stored"]
        super().__init__(*args, **values)
        for one in load_lesson_form().questions:
            field = self.fields[one.id] = forms.CharField(
                label=one.asked(year, reader()),
                required=False,
                max_length=LONGEST_ANSWER,
                initial=stored.get(one.id),
                help_text=said(msg("Må være besvart før neste runde åpnes.")) if one.needed else "",
                widget=forms.Textarea({"rows": 5}),
            )
            # It may be saved half written; that it can be left out is not so.
            field.needed = one.needed  # type: ignore[attr-defined]

    @property
    def mine(self) -> dict[str, str]:
        """What was typed."""
        return {name: text for name, text in self.cleaned_data.items() if name != "seen"}


class Sharing(Edit):
    """Who sees the recommendation beside the county, and which partners may add input."""

    municipalities = forms.MultipleChoiceField(
        label=said(msg("Kommuner som ser anbefalingen")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    inputs = forms.MultipleChoiceField(
        label=said(msg("Samarbeidsparter som kan gi innspill")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organisations = forms.MultipleChoiceField(
        label=said(msg("Samarbeidsparter som ser anbefalingen, også før den er vedtatt")),
        help_text=said(msg("De kan også gi innspill.")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        municipalities: Mapping[str, str],
        organisations: Iterable[str],
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        partners = [(one, one) for one in organisations]
        shared, inputs = (
            [str(one) for one in values["stored"].get(name, [])] for name in ("shared", "inputs")
        )
        for name, choices, chosen in (
            ("municipalities", [*municipalities.items()], shared),
            ("inputs", partners, inputs),
            ("organisations", partners, shared),
        ):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices
                field.initial = [code for code, _ in choices if code in chosen]
        if not partners:
            del self.fields["organisations"], self.fields["inputs"]

    @property
    def mine(self) -> list[str]:
        """Who is to see the recommendation."""
        return [*self.cleaned_data["municipalities"], *self.cleaned_data.get("organisations", [])]

    @property
    def asked(self) -> list[str]:
        """Who may add input."""
        return list(self.cleaned_data.get("inputs", []))


class TakeStep(forms.Form):
    """Take a step: from where it was seen to where, with a reason and a day where that is asked."""

    origin = forms.CharField(widget=forms.HiddenInput)
    target = forms.CharField(widget=forms.HiddenInput)
    reason = reason()
    sent_on = day(msg("Dato for oversendelsen"), required=False)
    reply_by = day(msg("Ny svarfrist"), required=False)
