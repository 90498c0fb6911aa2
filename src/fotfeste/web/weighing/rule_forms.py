"""The form of one rule: each kind of rule asks for what it needs, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from fotfeste.messages import Message, msg
from fotfeste.settlement.criteria import Rule, RuleKind
from fotfeste.settlement.wording import rule_name
from fotfeste.web.front.words import said

if TYPE_CHECKING:
    from fotfeste.settlement.weighing.choices import Choices

CHOSEN = (
    RuleKind.LOCK,
    RuleKind.CAP,
    RuleKind.FLOOR,
    RuleKind.ZERO_OR_FLOOR,
    RuleKind.CONTINUITY,
    RuleKind.MAX_CHANGE,
    RuleKind.EXCLUDE,
    RuleKind.TRANSFER,
)
"""The kinds that people choose, the most used first."""
MEANS: Mapping[RuleKind, Message] = {
    RuleKind.LOCK: msg("Tallet settes til det du skriver, og resten fordeles på de andre."),
    RuleKind.CAP: msg("Ingen av kommunene får flere enn dette."),
    RuleKind.FLOOR: msg("Hver av kommunene får minst så mange."),
    RuleKind.ZERO_OR_FLOOR: msg("Hver av kommunene får enten ingen, eller minst så mange."),
    RuleKind.CONTINUITY: msg("Bosatte de siste årene og årets tall skal til sammen nå dette."),
    RuleKind.MAX_CHANGE: msg("Tallet endres ikke mer enn dette fra anmodningen året før."),
    RuleKind.EXCLUDE: msg("Kommunene er holdt utenfor og får ingen."),
    RuleKind.TRANSFER: msg(
        "Så mange flyttes fra den ene kommunen til den andre etter at tallene er regnet ut."
    ),
}
"""What each kind of rule does, in a sentence."""
OF_PLACES = {RuleKind.LOCK, RuleKind.EXCLUDE, RuleKind.TRANSFER}
FROM_REPLIES = {RuleKind.CAP, RuleKind.CONTINUITY}


class RuleForm(forms.Form):
    """One rule, as it is entered; what it may be is checked by the library when the change is made."""

    def __init__(self, kind: RuleKind, names: Mapping[str, str], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.kind = kind
        places = sorted(names.items(), key=lambda one: one[1])
        if kind is RuleKind.TRANSFER:
            none = [("", said(msg("Velg kommune")))]
            self.fields["fra"] = forms.ChoiceField(label=said(msg("Fra kommune")), choices=[*none, *places])
            self.fields["til_kommune"] = forms.ChoiceField(
                label=said(msg("Til kommune")), choices=[*none, *places]
            )
        if kind in FROM_REPLIES:
            self.fields["fra_svarene"] = forms.BooleanField(
                label=said(msg("Bruk tallet hver kommune selv har oppgitt i svaret")), required=False
            )
        if kind is not RuleKind.EXCLUDE:
            self.fields["personer"] = forms.IntegerField(
                label=said(msg("Antall personer")),
                min_value=0,
                max_value=1_000_000,
                required=kind not in FROM_REPLIES | {RuleKind.MAX_CHANGE},
            )
        if kind is RuleKind.MAX_CHANGE:
            self.fields["prosent"] = forms.IntegerField(
                label=said(msg("Eller prosent")), min_value=0, max_value=1_000, required=False
            )
        if kind is RuleKind.CONTINUITY:
            self.fields["ar"] = forms.IntegerField(
                label=said(msg("Antall år tilbake")), min_value=1, max_value=20, initial=5
            )
        if kind is not RuleKind.TRANSFER:
            self.fields["kommuner"] = forms.MultipleChoiceField(
                label=said(msg("Kommuner")),
                choices=places,
                required=kind in OF_PLACES,
                help_text=""
                if kind in OF_PLACES
                else said(msg("Velger du ingen, gjelder regelen alle kommunene.")),
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["grunn"] = forms.CharField(
            label=said(msg("Begrunnelse")),
            max_length=500,
            required=kind in OF_PLACES,
            help_text=said(msg("Blir offentlig. Skriv ikke navn på personer.")),
        )
        self.fields["kilde"] = forms.CharField(
            label=said(msg("Hvor kommer regelen fra?")),
            max_length=500,
            help_text=said(msg("For eksempel «Dialogmøtet 12. mai» eller «Fylkesutvalget, sak 14/27».")),
        )

    def rule(self) -> Rule:
        """Return the rule that was entered in a form that is valid."""
        given = self.cleaned_data
        share = given.get("prosent")
        sender = given.get("fra")
        return Rule(
            self.kind,
            (sender,) if sender else tuple(given.get("kommuner", ())),
            given.get("personer"),
            None if share is None else Fraction(share, 100),
            given.get("ar") or 0,
            "replies" if given.get("fra_svarene") else "file",
            given.get("til_kommune", ""),
            " ".join(given["grunn"].split()),
            " ".join(given["kilde"].split()),
        )


def form_of(rule: Rule, names: Mapping[str, str]) -> RuleForm:
    """Return the form that holds a rule as it stands."""
    return RuleForm(
        rule.kind,
        names,
        initial={
            "fra": rule.municipalities[0] if rule.municipalities else "",
            "til_kommune": rule.receiver,
            "fra_svarene": rule.origin == "replies",
            "personer": rule.persons,
            "prosent": None if rule.share is None else round(rule.share * 100),
            "ar": rule.years or None,
            "kommuner": list(rule.municipalities),
            "grunn": rule.reason,
            "kilde": rule.source,
        },
    )


def empty_form(kind: RuleKind, names: Mapping[str, str], given: QueryDict) -> RuleForm:
    """Return an empty form, with the municipality and the number that an address may carry."""
    code, persons = given.get("kommune", ""), given.get("personer", "")
    return RuleForm(
        kind,
        names,
        initial={
            "kommuner": [code] if code in names else [],
            "personer": persons if persons.isascii() and persons.isdecimal() and len(persons) < 8 else None,
        },
    )


def kind_of(name: str) -> RuleKind | None:
    """Return the kind of rule that an address or a form names; nothing for what is none that people choose."""
    return next((one for one in CHOSEN if one.value == name), None)


def rule_at(choices: Choices, place: str) -> Rule | None:
    """Return the rule at a place (from zero) in a version's row of rules; nothing where there is none."""
    rules = choices.criteria.rules
    known = place.isascii() and place.isdecimal() and len(place) < 4 and int(place) < len(rules)
    return rules[int(place)] if known else None


def kinds_to_choose() -> list[tuple[str, Message, Message]]:
    """Return the kinds of rules that can be added: id, name and what each does."""
    return [(one.value, rule_name(one), MEANS[one]) for one in CHOSEN]
