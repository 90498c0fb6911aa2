"""Our own forms: invite, accept an invitation, the profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from fotfeste.messages import Message, msg
from fotfeste.web.front.words import reader, said
from fotfeste.web.people.account_forms import ADDRESS, PASSWORD, PASSWORD_HINT
from fotfeste.web.people.models import LANGUAGES, User
from fotfeste.web.people.organisations import organisation_named
from fotfeste.web.people.words import ROLE_MEANS, ROLE_TITLES, places
from fotfeste.web.places.finding import place_meant
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.declared import Actor, Held
from fotfeste.web.rights.roles import Role


class Profile(forms.Form):
    """What a person is called, and reads in."""

    name = forms.CharField(
        label=said(msg("Navn")), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=said(msg("Språk")),
        choices=LANGUAGES,
        help_text=said(msg("Sidene, brevene og e-posten du får, er på dette språket.")),
    )


class OpenAccount(Profile):
    """Accept an invitation with a new account."""

    password = forms.CharField(
        label=said(PASSWORD),
        help_text=said(PASSWORD_HINT),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=said(msg("Passordet en gang til")),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, address: str = "", **values: Any) -> None:
        super().__init__(*args, **values)
        self.address = address
        if not address:
            self.fields["email"] = forms.EmailField(
                label=said(ADDRESS), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
            )
            self.order_fields(["email", "name", "language", "password", "again"])

    def clean(self) -> dict[str, Any]:
        """Check the password against the person and against itself."""
        content = super().clean() or {}
        password = content.get("password", "")
        if password:
            user = User(email=self.address or content.get("email", ""), name=content.get("name", ""))
            try:
                validate_password(password, user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        if password and "again" in content and content["again"] != password:
            self.add_error("again", said(msg("De to passordene er ikke like.")))
        return content


class Invite(forms.Form):
    """Whom to invite, to what and where; with the choices that whoever invites may make."""

    email = forms.EmailField(
        label=said(ADDRESS), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=said(msg("Rolle")), widget=forms.RadioSelect)
    county = forms.ChoiceField(label=said(msg("Fylke")), required=False)
    municipality = forms.CharField(
        label=said(msg("Kommune")),
        required=False,
        max_length=80,
        help_text=said(msg("Fylles ut for kontakter i kommunen. Skriv navnet eller nummeret.")),
        widget=forms.TextInput(
            {"autocomplete": "off", "data-suggest": "/sok/forslag/", "data-choose": "value"}
        ),
    )
    organisation = forms.CharField(
        label=said(msg("Organisasjon")),
        required=False,
        max_length=60,
        help_text=said(
            msg("Fylles ut for samarbeidsparter: KS, Nav, IMDi, Statsforvalteren, Husbanken eller en annen.")
        ),
    )
    language = forms.ChoiceField(label=said(msg("Språk i invitasjonen")), choices=LANGUAGES)

    def __init__(self, *args: Any, actor: Actor, gives: tuple[Role, ...], **values: Any) -> None:
        super().__init__(*args, **values)
        counties, _ = places()
        self.own: set[str] = set()
        if not actor.has(Role.ADMINISTRATOR):
            self.own = {one.county for one in actor.held if one.role is Role.COUNTY_ADVISER}
            counties = tuple(one for one in counties if one[0] in self.own)
        nothing = ("", said(msg("Ikke valgt")))
        self.means = {one.value: ROLE_MEANS[one] for one in gives}
        _choices(self.fields["role"], [(one.value, said(ROLE_TITLES[one])) for one in gives])
        _choices(self.fields["county"], [nothing, *counties])
        self.fields["county"].help_text = said(
            msg("Fylles ut for rådgivere og lesere, og for samarbeidsparter som bare skal se ett fylke.")
        )
        if len(counties) == 1:
            self.fields["county"].initial = counties[0][0]

    def clean_municipality(self) -> str:
        """Return the number of the municipality that is typed by name or number; empty when another role is chosen."""
        text = self.cleaned_data["municipality"]
        if not text.strip() or self.cleaned_data.get("role") != Role.MUNICIPALITY_CONTACT:
            return ""
        meant = place_meant(knowledge(), text, reader())
        if isinstance(meant, Message):
            raise forms.ValidationError(said(meant))
        code = "0301" if meant.code == "03" else meant.code
        if len(code) != 4:
            raise forms.ValidationError(
                said(msg("Dette er ikke en kommune. Skriv kommunens navn eller nummer."))
            )
        if self.own and code[:2] not in self.own:
            raise forms.ValidationError(
                said(msg("Kommunen ligger i et annet fylke. Du kan invitere kontakter i ditt eget fylke."))
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Check that the role has the place it must have, and no other."""
        content = super().clean() or {}
        role = content.get("role")
        if role in {Role.COUNTY_ADVISER, Role.COUNTY_READER} and not content.get("county"):
            self.add_error("county", said(msg("Velg fylket som rollen gjelder.")))
        if role == Role.MUNICIPALITY_CONTACT and content.get("municipality") == "":
            self.add_error("municipality", said(msg("Skriv kommunen som kontakten svarer for.")))
        if role == Role.PARTNER and not content.get("organisation", "").strip():
            self.add_error("organisation", said(msg("Skriv organisasjonen som samarbeidsparten kommer fra.")))
        return content

    @property
    def roles(self) -> list[tuple[Any, Message]]:
        """The choices of role, each with what it may do."""
        return [(one, self.means[one.data["value"]]) for one in self["role"]]

    @property
    def held(self) -> Held:
        """The role and place that are chosen; what does not belong to the role is left out."""
        content = self.cleaned_data
        role = Role(content["role"])
        county = role in {Role.COUNTY_ADVISER, Role.COUNTY_READER, Role.PARTNER}
        return Held(
            role,
            content.get("county", "") if county else "",
            content.get("municipality", "") if role is Role.MUNICIPALITY_CONTACT else "",
            organisation_named(content.get("organisation", "")) if role is Role.PARTNER else "",
        )


class Erase(forms.Form):
    """Erase one's own account."""

    sure = forms.BooleanField(label=said(msg("Jeg forstår at dette ikke kan gjøres om")))


def _choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
