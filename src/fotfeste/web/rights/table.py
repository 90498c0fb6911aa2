"""The declared rights as a table for people: ``docs/guide/rettigheter.md`` is this text, and a test compares them."""

from __future__ import annotations

from collections.abc import Mapping

from fotfeste.web.rights.declared import GIVES, GRANTS
from fotfeste.web.rights.roles import Action, Kind, Role, Scope

ROLES: Mapping[Role | None, str] = {
    None: "Alle",
    Role.ADMINISTRATOR: "Administrator",
    Role.COUNTY_ADVISER: "Rådgiver i fylket",
    Role.COUNTY_READER: "Leser i fylket",
    Role.MUNICIPALITY_CONTACT: "Kontakt i kommunen",
    Role.PARTNER: "Samarbeidspart",
}
KINDS: Mapping[Kind, str] = {
    Kind.PLACE: "Åpne tall om steder",
    Kind.ACCOUNT: "Konto",
    Kind.PERSON: "Personer",
    Kind.MEMBERSHIP: "Roller",
    Kind.INVITATION: "Invitasjoner",
    Kind.ROUND: "Runder",
    Kind.WEIGHING: "Avveiingen i en runde",
    Kind.INPUT: "Svar og innspill",
    Kind.QUESTION: "Spørsmål i dialogen",
    Kind.MEETING: "Møter og referater",
    Kind.NEED: "Behov som har kommet fram",
    Kind.OUTCOME: "Anmodning, vedtak og bosetting",
    Kind.RATES: "Kommunens egne satser",
    Kind.FIGURES: "Nye tall fra kildene",
    Kind.PLAN: "Planer som ikke er åpne for alle",
    Kind.PLAN_DRAFT: "Fortrolige utkast til planer",
    Kind.CODING: "Koding av planer",
    Kind.STATEMENT: "Utkast til høringsuttalelser",
    Kind.JOURNAL: "Saksdokumenter",
    Kind.TRACE: "Spor",
    Kind.JOB: "Arbeid i bakgrunnen",
    Kind.INSTALLATION: "Installasjonen",
}
ACTIONS: Mapping[Action, str] = {
    Action.VIEW: "se",
    Action.ADD: "legge inn",
    Action.CHANGE: "endre",
    Action.REMOVE: "fjerne",
    Action.EXPORT: "hente ut",
}
SCOPES: Mapping[Scope, str] = {
    Scope.ALL: "alle",
    Scope.COUNTY: "i eget fylke",
    Scope.MUNICIPALITY: "i egen kommune",
    Scope.OWN: "egne",
    Scope.SHARED: "delt med en",
}

_HEAD = """# Rettigheter

Hvem som kan gjøre hva i arbeidsflaten. Alt som ikke står her, er nektet. Tabellen lages fra koden
(`fotfeste.web.rights.declared`), og en test prøver hver adresse som hver rolle, også med andres opplysninger.

"""

_FOOT = """
En kommune hører til fylket som de to første sifrene i nummeret sier. En samarbeidspart med fylke ser bare det som er delt
i det fylket. Den som ikke kan se noe, får til svar at det ikke finnes. Den som bare kan se, kan ikke endre noe ved å sende
et skjema. Alt som ikke er åpent, og som noen får se, blir notert i [sporet](spor-og-arkiv.md).

## Hvem kan gi hvem hvilken rolle

"""


def as_markdown() -> str:
    """Return the rights as the page in the guide."""
    lines = ["| Hva | Hvem | Kan |", "|---|---|---|"]
    for kind, what in KINDS.items():
        for role, who in ROLES.items():
            can = _can(role, kind)
            if can:
                lines.append(f"| {what} | {who} | {can} |")
    given = ["| Hvem | Kan gi og avslutte | Hvor |", "|---|---|---|"]
    for giver, (roles, scope) in GIVES.items():
        listed = ", ".join(name.lower() for role, name in ROLES.items() if role in roles)
        given.append(f"| {ROLES[giver]} | {listed} | {'overalt' if scope is Scope.ALL else SCOPES[scope]} |")
    return _HEAD + "\n".join(lines) + "\n" + _FOOT + "\n".join(given) + "\n"


def _can(role: Role | None, kind: Kind) -> str:
    """What ``role`` can do with objects of ``kind``: «se, endre (i eget fylke); se (egne)»."""
    parts = []
    for scope, where in SCOPES.items():
        held = {one.action for one in GRANTS if (one.role, one.kind, one.scope) == (role, kind, scope)}
        if held:
            parts.append(f"{', '.join(text for action, text in ACTIONS.items() if action in held)} ({where})")
    return "; ".join(parts)
