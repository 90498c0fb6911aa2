"""Forms for what is entered of one municipality: its request and its decision."""

from __future__ import annotations

from typing import Any

from django import forms

from fotfeste.messages import Message, msg
from fotfeste.settlement.follow_up.decisions import MOST, Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.web.follow_up.form_fields import day_field, persons_field, seen_field
from fotfeste.web.front.words import said


class RequestForm(forms.Form):
    """What IMDi asked a municipality for."""

    persons = persons_field(
        said(msg("Antall personer")),
        hint=said(msg("Enslige mindreårige medregnet. La stå tomt hvis kommunen ikke er anmodet.")),
    )
    not_asked = forms.BooleanField(label=said(msg("Kommunen er ikke anmodet")), required=False)
    minors = persons_field(said(msg("Av dem enslige mindreårige")))
    dated = day_field(said(msg("Dato for anmodningen")))
    source = forms.CharField(
        label=said(msg("Hvor tallet står")),
        max_length=120,
        help_text=said(msg("For eksempel «brev fra IMDi».")),
    )
    reference = forms.CharField(label=said(msg("Saksnummer")), max_length=80, required=False)
    seen = seen_field()

    def clean(self) -> dict[str, Any]:
        """Either a number or that nobody was asked for."""
        given: dict[str, Any] = super().clean() or {}
        if "persons" in given and not self.errors.get("persons"):
            if given.get("not_asked") and (given["persons"] is not None or given.get("minors") is not None):
                self.add_error("not_asked", said(msg("Ta bort tallene, eller haken.")))
            elif not given.get("not_asked") and given["persons"] is None:
                self.add_error(
                    "persons", said(msg("Skriv antallet, eller kryss av for at kommunen ikke er anmodet."))
                )
        return given

    def request_for(self, code: str) -> MunicipalRequest:
        """Return what was written as the library's value."""
        given = self.cleaned_data
        asked = not given["not_asked"]
        persons = Figure.observed(given["persons"]) if asked else Figure.not_asked()
        silent = Figure.missing(low=0) if asked else Figure.not_asked()
        minors = silent if given["minors"] is None else Figure.observed(given["minors"])
        return MunicipalRequest(code, persons, minors, given["dated"], given["source"], given["reference"])


class _AskedByTheAnswer:
    """A field that one of the answers asks for: not to be called optional, and looked after by the library."""

    def validate(self, value: Any) -> None:
        """Take an empty field too."""


class _Count(_AskedByTheAnswer, forms.IntegerField):
    """A count that one of the answers asks for."""


class _Day(_AskedByTheAnswer, forms.DateField):
    """A day that one of the answers asks for."""


class _Text(_AskedByTheAnswer, forms.CharField):
    """A text that one of the answers asks for."""


ANSWERS = {
    "decided": msg("Kommunestyret har vedtatt et antall"),
    "declined": msg("Kommunestyret har sagt nei"),
    "awaited": msg("Saken er ikke behandlet ennå"),
}


class DecisionForm(forms.Form):
    """What a council decided, or when it will."""

    use_required_attribute = False
    answer = forms.ChoiceField(
        label=said(msg("Hva er svaret?")),
        choices=[(one, said(name)) for one, name in ANSWERS.items()],
        widget=forms.RadioSelect,
    )
    persons = _Count(
        label=said(msg("Vedtatt antall personer")),
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=said(
            msg(
                "Enslige mindreårige medregnet. La stå tomt når kommunestyret har sagt nei, eller ikke har behandlet saken."
            )
        ),
    )
    minors = persons_field(said(msg("Av dem enslige mindreårige")))
    decided_on = _Day(
        label=said(msg("Dato for vedtaket")),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=said(msg("La stå tomt når saken ikke er behandlet.")),
    )
    body = _Text(
        label=said(msg("Hvem som vedtok")),
        max_length=80,
        help_text=said(msg("For eksempel «kommunestyret».")),
    )
    case_reference = _Text(label=said(msg("Saksnummer")), max_length=80)
    extra = persons_field(
        said(msg("Ekstra kapasitet")),
        hint=said(msg("Så mange flere kan kommunen ta imot hvis behovet øker.")),
    )
    expected_on = _Day(
        label=said(msg("Når saken ventes behandlet")),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=said(msg("Bare når kommunestyret ikke har behandlet saken ennå.")),
    )
    text = forms.CharField(
        label=said(msg("Vedtaket slik det står")),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=said(
            msg(
                "Vedtaket skal ikke ha forbehold eller regne med familiegjenforente. Ord som ligner på det, blir pekt ut, og vedtaket blir lagret uansett."
            )
        ),
    )
    early = forms.BooleanField(
        label=said(msg("Datoen stemmer. Kommunestyret vedtok før anmodningen kom.")), required=False
    )
    seen = seen_field()

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields as they are shown: whether an early date is right is asked only where it has to be."""
        asked = "early" in self.errors or self["early"].value()
        return [one for one in self if one.name != "early" or asked]

    def ask_about_the_date(self, question: Message | None) -> bool:
        """Ask ``question`` unless it is answered already; return whether it was asked."""
        if question is None or self.cleaned_data["early"]:
            return False
        self.add_error("decided_on", said(question))
        self.add_error("early", said(msg("Kryss av hvis datoen stemmer.")))
        return True

    def decision_for(self, code: str) -> Decision:
        """Return what was written as the library's value."""
        given = self.cleaned_data
        return Decision(
            code,
            given["answer"],
            given["persons"],
            given["minors"],
            given["decided_on"],
            given["body"],
            given["case_reference"],
            given["extra"],
            given["expected_on"],
            given["text"].replace("\r\n", "\n").replace("\r", "\n"),
        )


def request_as_typed(request: MunicipalRequest | None, number: int) -> dict[str, Any]:
    """Return how the form of a request begins: with what holds."""
    if request is None:
        return {"seen": number, "source": ""}
    return {
        "persons": request.persons.value,
        "not_asked": request.persons.mark is Mark.NOT_ASKED,
        "minors": request.minors.value,
        "dated": request.dated,
        "source": request.source,
        "reference": request.reference,
        "seen": number,
    }


def decision_as_typed(decision: Decision | None, number: int) -> dict[str, Any]:
    """Return how the form of a decision begins: with what holds."""
    if decision is None:
        return {"seen": number}
    return {
        "answer": decision.answer,
        "persons": decision.persons,
        "minors": decision.minors,
        "decided_on": decision.dated,
        "body": decision.body,
        "case_reference": decision.case_reference,
        "extra": decision.extra,
        "expected_on": decision.expected_handling,
        "text": decision.text,
        "seen": number,
    }
