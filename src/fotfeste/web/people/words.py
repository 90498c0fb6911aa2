"""What roles, places and browsers are called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils import timezone

from fotfeste.messages import Message, msg
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role

ROLE_NAMES: Mapping[Role, Message] = {
    Role.ADMINISTRATOR: msg("administrator"),
    Role.COUNTY_ADVISER: msg("rådgiver i fylket"),
    Role.COUNTY_READER: msg("leser i fylket"),
    Role.MUNICIPALITY_CONTACT: msg("kontakt i kommunen"),
    Role.PARTNER: msg("samarbeidspart"),
}
"""What each role is called."""

ROLE_TITLES: Mapping[Role, Message] = {
    Role.ADMINISTRATOR: msg("Administrator"),
    Role.COUNTY_ADVISER: msg("Rådgiver i fylket"),
    Role.COUNTY_READER: msg("Leser i fylket"),
    Role.MUNICIPALITY_CONTACT: msg("Kontakt i kommunen"),
    Role.PARTNER: msg("Samarbeidspart"),
}
"""What each role is called where it begins a line."""

ROLE_MEANS: Mapping[Role, Message] = {
    Role.ADMINISTRATOR: msg(
        "styrer hvem som har tilgang, og ser sporet; ser ikke fylkenes arbeid uten en rolle der"
    ),
    Role.COUNTY_ADVISER: msg(
        "arbeider med bosettingen i fylket og inviterer lesere, kontakter og samarbeidsparter"
    ),
    Role.COUNTY_READER: msg("leser alt i fylkets arbeid, men endrer ingenting"),
    Role.MUNICIPALITY_CONTACT: msg("ser det som er delt med kommunen, og svarer for den"),
    Role.PARTNER: msg("ser det som er delt med organisasjonen, og kan gi innspill"),
}
"""What each role may do, in a few words."""

_SYSTEMS = (("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"))
_MORE_SYSTEMS = (("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def role_and_place(held: Held) -> Message:
    """Return a role with its place: «leser i fylket, Telemark»."""
    name = ROLE_NAMES[held.role]
    if held.role is Role.PARTNER:
        if held.county:
            place = place_name(held.county)
            return msg(
                "{role}, {organisation} ({place})", role=name, organisation=held.organisation, place=place
            )
        return msg("{role}, {place}", role=name, place=held.organisation)
    code = held.municipality or held.county
    return msg("{role}, {place}", role=name, place=place_name(code)) if code else name


Named = tuple[tuple[str, str], ...]


def places() -> tuple[Named, Named]:
    """Return today's counties and municipalities: pairs of code and name, by name."""
    return _places(timezone.localdate().year)


@cache
def _places(year: int) -> tuple[Named, Named]:
    from fotfeste.regions import load_regions

    regions = load_regions()
    counties = sorted(((one.code, one.name) for one in regions.counties(year)), key=lambda one: one[1])
    municipalities = [(one.code, f"{one.name} ({one.code})") for one in regions.municipalities(year)]
    return tuple(counties), tuple(sorted(municipalities, key=lambda one: one[1]))


def place_name(code: str) -> str:
    """Return the name of the county or municipality with ``code``; the code itself when it is not there any more."""
    found = next((name for at in places() for number, name in at if number == code), code)
    return found.partition(" (")[0] if len(code) == 4 else found


def browser_name(agent: str) -> Message:
    """Return a browser and its system in plain words: «Firefox på Windows»."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    system = next((name for sign, name in (*_SYSTEMS, *_MORE_SYSTEMS) if sign in agent), "")
    if browser and system:
        return msg("{browser} på {system}", browser=browser, system=system)
    return msg("ukjent nettleser") if not browser else msg("{browser}", browser=browser)
