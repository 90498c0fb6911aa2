"""What a provider of sign-in says of a person, read as roles. Pure functions over values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.people.organisations import organisation_named
from fotfeste.web.rights.declared import Held
from fotfeste.web.rights.roles import Role

Rule = tuple[str, str, str, str]
_PARTNER = re.compile(r"^(?:(?P<county>\d{2}):)?(?P<organisation>[^:]{1,60})$")


def roles_from(claims: Mapping[str, Any], rules: Iterable[Rule]) -> tuple[Held, ...]:
    """Return the roles that ``claims`` give by ``rules`` of (claim, value, role, area), each once, in their order."""
    found: dict[Held, None] = {}
    for rule in rules:
        if rule[1] in set(values_at(claims, rule[0])):
            found[held_from_rule(rule)] = None
    return tuple(found)


def values_at(content: Any, path: str) -> Iterator[str]:
    """Return the values in ``content`` at ``path``: names with dots between, through lists (``groups``, ``a.orgno.ID``).

    A claim whose own name has dots in it is found by its whole name first.
    """
    if isinstance(content, list | tuple):
        for one in content:
            yield from values_at(one, path)
    elif not path:
        if isinstance(content, str | int) and not isinstance(content, bool):
            yield str(content)
        elif isinstance(content, bool):
            yield "true" if content else "false"
    elif isinstance(content, Mapping):
        if path in content:
            yield from values_at(content[path], "")
            return
        name, _, rest = path.partition(".")
        if rest and name in content:
            yield from values_at(content[name], rest)


def held_from_rule(rule: Rule) -> Held:
    """Return the role that ``rule`` gives. Raises :class:`InputError` when the role or its area cannot be used.

    The area is two digits for a county role, four for a municipality contact, and for a partner the organisation,
    with a county before it where it works in one (``40:Nav``).
    """
    claim, value, role, area = rule
    if role == Role.ADMINISTRATOR and not area:
        return Held(Role.ADMINISTRATOR)
    if role in {Role.COUNTY_ADVISER, Role.COUNTY_READER} and re.fullmatch(r"\d{2}", area):
        return Held(Role(role), county=area)
    if role == Role.MUNICIPALITY_CONTACT and re.fullmatch(r"\d{4}", area):
        return Held(Role(role), municipality=area)
    if role == Role.PARTNER and (match := _PARTNER.match(area)):
        return Held(
            Role.PARTNER, county=match["county"] or "", organisation=organisation_named(match["organisation"])
        )
    raise InputError(
        "settings.oidc_role",
        msg(
            "Regelen om {claim} = {value} gir rollen «{role}» for «{area}», og det kan ikke brukes.",
            claim=claim,
            value=value,
            role=role,
            area=area,
        ),
        place="oidc.claims",
        remedy=msg("Rollene og hva slags område hver av dem skal ha, står i docs/guide/tilgang.md."),
    )
