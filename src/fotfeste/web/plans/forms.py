"""Forms for plans: what is entered of a plan, and a document of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from fotfeste.messages import Language, Message, msg
from fotfeste.plans.register import plan_types
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.process import PlanType
from fotfeste.plans.register.values import Owner, OwnerKind, Plan, Status, StepDone
from fotfeste.plans.register.wording import STATUS
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.web.front.words import said
from fotfeste.web.plans.models import PlanFile, Visibility
from fotfeste.web.plans.services import Seen, largest

SEEN: dict[Visibility, Message] = {
    Visibility.OPEN: msg("Alle"),
    Visibility.COUNTY: msg("Eget fylke"),
    Visibility.DRAFT: msg("Fortrolig: bare rådgiverne i fylket og dem som er valgt under"),
}
ROLES: dict[str, Message] = {
    "plan": msg("Planen"),
    "draft": msg("Utkast eller høringsforslag"),
    "appendix": msg("Vedlegg"),
    "knowledge": msg("Kunnskapsgrunnlag"),
}


class SeenFields(forms.Form):
    """Who may see it."""

    visibility = forms.ChoiceField(label=said(msg("Hvem kan se")), widget=forms.RadioSelect, initial="county")
    shared_with = forms.MultipleChoiceField(
        label=said(msg("Også synlig for")), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, words: Language, county: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.words, self.county = words, county
        _choose(self, "visibility", [(one.value, words.text(name)) for one, name in SEEN.items()])
        people = [(county, words.text(msg("Lesere i fylket")))]
        people += [
            (one.code, words.text(msg("Kontakten i {municipality}", municipality=one.name)))
            for one in load_regions().municipalities(EDITION, county)
        ]
        _choose(self, "shared_with", people)
        self.order_fields([name for name in self.fields if name not in ("visibility", "shared_with")])

    def seen(self) -> Seen:
        """Return who may see it."""
        given = self.cleaned_data
        return Seen(Visibility(given["visibility"]), tuple(given["shared_with"]))


class DocumentForm(SeenFields):
    """A document of a plan."""

    file = forms.FileField(
        label=said(msg("Fil")),
        widget=forms.FileInput({"accept": ".pdf,.docx,.odt,.html,.htm,.md,.txt"}),
    )
    role = forms.ChoiceField(label=said(msg("Hva er det")))
    replaces = forms.ChoiceField(
        label=said(msg("Er det en ny versjon av et dokument som er her")),
        required=False,
        help_text=said(
            msg(
                "Kodingen blir med til den nye versjonen der ordene finnes igjen. Det som ikke finnes igjen, blir vist som tapt."
            )
        ),
    )

    def __init__(
        self, words: Language, county: str, *args: Any, before: Sequence[PlanFile] = (), **more: Any
    ) -> None:
        super().__init__(words, county, *args, **more)
        _choose(self, "role", [(name, words.text(told)) for name, told in ROLES.items()])
        most = largest() // 1_000_000
        self.fields["file"].help_text = words.text(
            msg("PDF, Word (.docx), ODT, HTML, Markdown eller ren tekst, høyst {most} MB.", most=most)
        )
        self._before = {str(one.number): one for one in before}
        if before:
            shown = [(name, f"{name}. {one.title or one.name}") for name, one in self._before.items()]
            _choose(self, "replaces", [("", words.text(msg("Nei, det er et nytt dokument"))), *shown])
        else:
            del self.fields["replaces"]

    def before(self) -> PlanFile | None:
        """Return the version that the document is to stand for."""
        return self._before.get(self.cleaned_data.get("replaces", ""))


class PlanForm(SeenFields):
    """What is entered of a plan."""

    owner = forms.ChoiceField(label=said(msg("Hvem eier planen")))
    type = forms.ChoiceField(label=said(msg("Plantype")))
    title = forms.CharField(label=said(msg("Tittel")), max_length=200)
    status = forms.ChoiceField(label=said(msg("Status")))
    valid_from = forms.IntegerField(
        label=said(msg("Gjelder fra (år)")), required=False, min_value=1965, max_value=2100
    )
    valid_to = forms.IntegerField(
        label=said(msg("Gjelder til (år)")), required=False, min_value=1965, max_value=2100
    )
    expected_start = forms.CharField(
        label=said(msg("Arbeidet ventes å begynne")),
        required=False,
        max_length=10,
        help_text=said(msg("Året, måneden eller kvartalet: 2027, 2027-04 eller 2027-Q2.")),
    )
    step = forms.ChoiceField(label=said(msg("Trinn som er gjort eller bestemt")), required=False)
    opens = forms.DateField(
        label=said(msg("Dato, eller første dag i høringen")),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    closes = forms.DateField(
        label=said(msg("Siste dag i høringen")), required=False, widget=forms.DateInput({"type": "date"})
    )

    def __init__(
        self, words: Language, county: str, *args: Any, kind: PlanType | None = None, **more: Any
    ) -> None:
        super().__init__(words, county, *args, **more)
        regions = load_regions()
        own = next(one.name for one in regions.counties(EDITION) if one.code == county)
        owners = [(county, own), *((one.code, one.name) for one in regions.municipalities(EDITION, county))]
        _choose(self, "owner", owners)
        _choose(self, "type", [(one.id, words.text(one.name)) for one in plan_types().values()])
        _choose(self, "status", [(one.value, words.text(name)) for one, name in STATUS.items()])
        if kind is None:
            for name in ("step", "opens", "closes"):
                del self.fields[name]
        else:
            steps = [(one.id, words.text(one.name)) for one in kind.steps]
            _choose(self, "step", [("", words.text(msg("Ingen"))), *steps])
            for name in ("owner", "type"):
                del self.fields[name]

    def clean_expected_start(self) -> Moment | None:
        """Return when the work begins."""
        given = str(self.cleaned_data["expected_start"]).strip()
        try:
            return Moment.parse(given) if given else None
        except ValueError as error:
            raise forms.ValidationError(
                said(msg("Skriv året, måneden eller kvartalet, som 2027-04."))
            ) from error

    def clean(self) -> dict[str, Any]:
        """Hold what belongs together against each other."""
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", said(msg("Planen slutter før den begynner.")))
        if given.get("step") and not given.get("opens"):
            self.add_error("opens", said(msg("Skriv datoen for trinnet.")))
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", said(msg("Høringen slutter før den begynner.")))
        return given

    def plan(self, slug: str, before: Plan | None) -> Plan:
        """Return the plan as it is entered; what the form does not ask about is as ``before``."""
        given = self.cleaned_data
        asked = {
            "title": given["title"].strip(), "status": Status(given["status"]), "valid_from": given["valid_from"],
            "valid_to": given["valid_to"], "expected_start": given["expected_start"],
        }  # fmt: skip
        if before is None:
            code = given["owner"]
            kind = OwnerKind.COUNTY if len(code) == 2 else OwnerKind.MUNICIPALITY
            name = dict(self.fields["owner"].choices)[code]  # type: ignore[attr-defined]
            return Plan(slug, Owner(kind, code, name), given["type"], **asked)
        steps = before.steps
        if given.get("step"):
            done = StepDone(given["step"], given["opens"], given["closes"])
            steps = (*(one for one in steps if one.step != done.step), done)
        return replace(before, **asked, steps=steps)


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
