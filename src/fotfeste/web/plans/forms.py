"""Forms for plans: what is entered of a plan, and a document of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from fotfeste.messages import Language, Message, msg, nmsg
from fotfeste.plans.register import plan_types
from fotfeste.plans.register.moments import Moment
from fotfeste.plans.register.process import PlanType
from fotfeste.plans.register.values import Owner, OwnerKind, Plan, Status, StepDone
from fotfeste.plans.register.wording import STATUS
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.web.front.words import said
from fotfeste.web.people.models import Membership
from fotfeste.web.plans.models import PlanFile, Visibility
from fotfeste.web.plans.services import Seen, largest
from fotfeste.web.rights.roles import Role

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


WHAT_COMES_ALONG = msg(
    "Kodingen blir med til den nye versjonen der ordene finnes igjen. Det som ikke finnes igjen, blir vist som tapt."
)


def others(county: str, chosen: Iterable[str] = ()) -> list[tuple[str, Message]]:
    """Return whom something of a county can be shared with: its readers, contacts, partners, and whoever is ``chosen`` besides."""
    regions = load_regions()
    found = [(county, msg("Lesere i fylket"))]
    found += [(one, msg("Samarbeidspart: {name}", name=one)) for one in partners_in(county)]
    found += [
        (one.code, msg("Kontakten i {municipality}", municipality=one.name))
        for one in regions.municipalities(EDITION, county)
    ]
    known = {one for one, _ in found}
    counties = {one.code: one.name for one in regions.counties(EDITION)}
    for one in chosen:
        if one in counties and one not in known:
            found.append((one, msg("Fylkeskommunen: {name}", name=counties[one])))
        elif one not in known:
            found.append((one, msg("Samarbeidspart: {name}", name=one)))
    return found


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
        chosen = (self.initial or {}).get("shared_with", ())
        _choose(self, "shared_with", [(one, words.text(name)) for one, name in others(county, chosen)])
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
        help_text=said(WHAT_COMES_ALONG),
    )

    def __init__(
        self,
        words: Language,
        county: str,
        *args: Any,
        before: Sequence[PlanFile] = (),
        written_apart: int = 0,
        **more: Any,
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
            if written_apart:
                told = nmsg(
                    "{count} notat er skrevet i fortrolighet. Det følger med til en ny versjon, men bare rådgiverne i fylket ser det, også når den nye versjonen ses av flere.",
                    "{count} notater er skrevet i fortrolighet. De følger med til en ny versjon, men bare rådgiverne i fylket ser dem, også når den nye versjonen ses av flere.",
                    written_apart,
                )
                field = self.fields["replaces"]
                field.help_text = f"{words.text(WHAT_COMES_ALONG)} {words.text(told)}"
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


class DocumentSeenForm(SeenFields):
    """Who may see a document; and, where memos were written in confidence, whether they come along to the readers."""

    memos = forms.ChoiceField(widget=forms.RadioSelect, initial="keep", required=False)
    sure = forms.BooleanField(
        label=said(msg("Ja, flere enn før kan se dokumentet")),
        required=False,
        help_text=said(msg("Må hukes av når flere skal se det. Det andre har sett, kan ikke gjøres usett.")),
    )
    before = forms.CharField(widget=forms.HiddenInput, max_length=4000)

    def __init__(self, words: Language, county: str, *args: Any, written_apart: int = 0, **more: Any) -> None:
        super().__init__(words, county, *args, **more)
        if not written_apart:
            del self.fields["memos"]
        else:
            label = nmsg(
                "{count} notat er skrevet mens leserne i fylket ikke så dokumentet. Hvem skal se det",
                "{count} notater er skrevet mens leserne i fylket ikke så dokumentet. Hvem skal se dem",
                written_apart,
            )
            self.fields["memos"].label = words.text(label)
            keep = msg("Bare rådgiverne i fylket, som nå. Nye notater ses av alle som ser kodingen.")
            show = msg("Alle i fylket som ser kodingen. Notater er aldri åpne for andre.")
            _choose(self, "memos", [("keep", words.text(keep)), ("show", words.text(show))])
        self.order_fields(["before", "visibility", "shared_with", "memos", "sure"])


def partners_in(county: str) -> list[str]:
    """Return the organisations that somebody belongs to as a partner in a county, or in all."""
    held = Membership.objects.in_force().filter(role=Role.PARTNER.value, county__in=["", county])
    return sorted({one.organisation for one in held})


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
