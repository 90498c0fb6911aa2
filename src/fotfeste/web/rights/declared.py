"""The rights, declared once: role × action × kind of object, within a scope. Everything else is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fotfeste.web.rights.roles import Action, Kind, Role, Scope


@dataclass(frozen=True, slots=True)
class Grant:
    """One right: ``role`` may do ``action`` with objects of ``kind`` within ``scope``; no role means everybody."""

    role: Role | None
    action: Action
    kind: Kind
    scope: Scope


@dataclass(frozen=True, slots=True)
class Held:
    """One role that a person holds, and where: a county of two digits, a municipality of four, an organisation."""

    role: Role
    county: str = ""
    municipality: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: nobody known (``user_id`` none) or a person with the roles they hold."""

    user_id: int | None = None
    pseudonym: str = ""
    held: tuple[Held, ...] = ()

    def has(self, role: Role) -> bool:
        """Whether the person holds ``role`` anywhere."""
        return any(one.role is role for one in self.held)


@dataclass(frozen=True, slots=True)
class Thing:
    """An object as the rights see it: its kind, where it belongs, whose it is, and whom it is shared with.

    ``shared_with`` holds names of organisations and codes of counties and municipalities.
    """

    kind: Kind
    id: str = ""
    county: str = ""
    municipality: str = ""
    owner_id: int | None = None
    shared_with: frozenset[str] = field(default_factory=frozenset)


def _grants(role: Role | None, kind: Kind, scope: Scope, *actions: Action) -> list[Grant]:
    return [Grant(role, action, kind, scope) for action in actions]


V, A, C, R, E = Action.VIEW, Action.ADD, Action.CHANGE, Action.REMOVE, Action.EXPORT

GRANTS: frozenset[Grant] = frozenset(
    [
        *_grants(None, Kind.PLACE, Scope.ALL, V, E),
        *_grants(None, Kind.ACCOUNT, Scope.OWN, V, C, R),
        *_grants(Role.ADMINISTRATOR, Kind.INSTALLATION, Scope.ALL, V, C),
        *_grants(Role.ADMINISTRATOR, Kind.PERSON, Scope.ALL, V, C, R),
        *_grants(Role.ADMINISTRATOR, Kind.INVITATION, Scope.ALL, V, A, R),
        *_grants(Role.ADMINISTRATOR, Kind.TRACE, Scope.ALL, V, E),
        *_grants(Role.ADMINISTRATOR, Kind.JOB, Scope.ALL, V, C),
        *_grants(Role.COUNTY_ADVISER, Kind.PERSON, Scope.COUNTY, V),
        *_grants(Role.COUNTY_ADVISER, Kind.INVITATION, Scope.COUNTY, V, A, R),
        *_grants(Role.COUNTY_ADVISER, Kind.ROUND, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.JOURNAL, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.TRACE, Scope.COUNTY, V),
        *_grants(Role.COUNTY_ADVISER, Kind.JOB, Scope.OWN, V, A, C),
        *_grants(Role.COUNTY_READER, Kind.ROUND, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.JOURNAL, Scope.COUNTY, V),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.ROUND, Scope.SHARED, V),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.INPUT, Scope.MUNICIPALITY, V, A, C),
        *_grants(Role.PARTNER, Kind.ROUND, Scope.SHARED, V),
        *_grants(Role.PARTNER, Kind.INPUT, Scope.OWN, V, A, C),
    ]
)


def allowed(actor: Actor, action: Action, thing: Thing, grants: Iterable[Grant] = GRANTS) -> bool:
    """Whether ``actor`` may do ``action`` with ``thing``."""
    asked = [one for one in grants if one.action is action and one.kind is thing.kind]
    everybody = any(one.role is None and _within(one.scope, None, actor, thing) for one in asked)
    return everybody or any(
        one.role is held.role and _within(one.scope, held, actor, thing) for held in actor.held for one in asked
    )


def _within(scope: Scope, held: Held | None, actor: Actor, thing: Thing) -> bool:
    if scope is Scope.ALL:
        return True
    if scope is Scope.OWN:
        return actor.user_id is not None and thing.owner_id == actor.user_id
    if held is None:
        return False
    if scope is Scope.COUNTY:
        return bool(thing.county) and held.county == thing.county
    if scope is Scope.MUNICIPALITY:
        return bool(thing.municipality) and held.municipality == thing.municipality
    return bool(thing.shared_with & {held.organisation, held.county, held.municipality} - {""})
