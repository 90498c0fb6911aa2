"""Forms of the follow-up: a request, a decision, a table from IMDi, a reason, the limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from fotfeste.errors import FotfesteError, Problem
from fotfeste.messages import Language, Translated, msg
from fotfeste.settlement.follow_up.alerts import SHORTEST_REASON
from fotfeste.settlement.follow_up.decisions import MOST, Decision
from fotfeste.settlement.follow_up.requests import MunicipalRequest
from fotfeste.settlement.follow_up.thresholds import AlertRule, Thresholds
from fotfeste.statistics.figure import Figure, Mark
from fotfeste.web.front.words import said

SEEN = 2**31 - 1


def _day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=hint)


def _persons(label: str, *, required: bool = False, hint: str = "") -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=MOST, widget=widget, help_text=hint
    )


def _seen() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=SEEN, initial=0)


class RequestForm(forms.Form):
    """What IMDi asked a municipality for."""

    persons = _persons(
        said(msg("Antall personer")),
        hint=said(msg("Enslige mindreårige medregnet. La stå tomt hvis kommunen ikke er anmodet.")),
    )
    not_asked = forms.BooleanField(label=said(msg("Kommunen er ikke anmodet")), required=False)
    minors = _persons(said(msg("Av dem enslige mindreårige")))
    dated = _day(said(msg("Dato for anmodningen")))
    source = forms.CharField(
        label=said(msg("Hvor tallet står")),
        max_length=120,
        help_text=said(msg("For eksempel «brev fra IMDi».")),
    )
    reference = forms.CharField(label=said(msg("Saksnummer")), max_length=80, required=False)
    seen = _seen()

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
    persons = _persons(said(msg("Vedtatt antall personer")), hint=said(msg("Enslige mindreårige medregnet.")))
    minors = _persons(said(msg("Av dem enslige mindreårige")))
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
    extra = _persons(
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
    seen = _seen()

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
    dated = _day(
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
    as_of = _day(
        said(msg("Datoen tallene gjelder")),
        required=False,
        hint=said(msg("Trengs ikke når datoen står i filen.")),
    )


class Reason(forms.Form):
    """Why an alert is put away."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=160)
    reason = forms.CharField(
        label=said(msg("Hvorfor trenger ikke dette oppfølging?")),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class Limits(forms.Form):
    """The county's own limits: a number for each rule, empty for the usual one, and whether the rule is off."""

    seen = _seen()

    def __init__(self, *args: Any, rules: Thresholds, **named: Any) -> None:
        super().__init__(*args, **named)
        self.rules = rules
        for rule in rules.rules:
            self.fields[rule.id] = forms.IntegerField(
                label=said(Translated(rule.compares)),
                required=False,
                min_value=0,
                max_value=rule.most,
                widget=forms.NumberInput({"inputmode": "numeric"}),
                help_text=said(msg("Vanlig grense: {default}", default=rule.default)),
            )
            self.fields[_off(rule)] = forms.BooleanField(
                label=said(msg("Ikke varsle om dette")), required=False
            )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Return each rule's anchor with its two fields."""
        return [(one.id, self[one.id], self[_off(one)]) for one in self.rules.rules]

    def values(self) -> dict[str, int | None]:
        """Return the limits that were set: none for a rule that is off; those left empty are not there."""
        given = self.cleaned_data
        return {
            one.id: None if given[_off(one)] else given[one.id]
            for one in self.rules.rules
            if given[_off(one)] or given[one.id] is not None
        }


def _off(rule: AlertRule) -> str:
    return f"{rule.id}_off"


def limits_as_set(own: Mapping[str, int | None], number: int) -> dict[str, Any]:
    """Return how the form of the limits begins: with the county's own."""
    found: dict[str, Any] = {"seen": number}
    for rule, value in own.items():
        found |= {f"{rule}_off": True} if value is None else {rule: value}
    return found


FIELDS_OF: Mapping[str, str] = {
    "decision.persons": "persons",
    "decision.declined": "persons",
    "decision.awaited": "persons",
    "decision.minors": "minors",
    "decision.dated": "decided_on",
    "decision.future": "decided_on",
    "decision.body": "body",
    "decision.case": "case_reference",
    "decision.handling": "expected_on",
    "follow_up.minors": "minors",
    "requests.undated": "dated",
    "requests.future": "dated",
    "settled.undated": "as_of",
    "settled.future": "as_of",
    "settled.early": "as_of",
    "alerts.reason": "reason",
}


def show_faults(form: forms.Form, error: FotfesteError, words: Language) -> None:
    """Put what the library found wrong at the fields it is about; the rest above the form, with where it is."""
    for problem in error.problems or (error.problem,):
        field = FIELDS_OF.get(problem.code)
        at_field = field if field in form.fields else None
        form.add_error(at_field, _in_words(problem, words, placed=at_field is None))


def _in_words(problem: Problem, words: Language, *, placed: bool) -> str:
    parts = (
        [f"{words.text(problem.place)}: {words.text(problem.what)}"]
        if placed and problem.place
        else [words.text(problem.what)]
    )
    if problem.remedy is not None:
        parts.append(words.text(problem.remedy))
    return " ".join(parts)
