"""The rights, declared once: role × action × kind of object, within a scope. Everything else is refused.

``docs/guide/rettigheter.md`` is made from this module (``table.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """One role that a person holds, and where: a county of two digits, a municipality of four, an organisation.

    A partner with a county sees what is shared within that county only; without one, whatever is shared with the
    organisation anywhere.
    """

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

    A municipality lies in the county that its first two digits name, so that ``county`` need not be said as well.
    ``shared_with`` holds names of organisations (partners), codes of counties (their advisers and readers) and codes of
    municipalities (their contacts).
    """

    kind: Kind
    id: str = ""
    county: str = ""
    municipality: str = ""
    owner_id: int | None = None
    shared_with: frozenset[str] = field(default_factory=frozenset)

    @property
    def within(self) -> str:
        """The county that the object belongs to; empty when it belongs to none."""
        return self.county or self.municipality[:2]


def _grants(role: Role | None, kind: Kind, scope: Scope, *actions: Action) -> list[Grant]:
    return [Grant(role, action, kind, scope) for action in actions]


V, A, C, R, E = Action.VIEW, Action.ADD, Action.CHANGE, Action.REMOVE, Action.EXPORT

GRANTS: frozenset[Grant] = frozenset(
    [
        *_grants(None, Kind.PLACE, Scope.ALL, V, E),
        *_grants(None, Kind.ACCOUNT, Scope.OWN, V, C, R),
        # Who may order work follows from what it is ordered for; whoever did, may follow it and give it up.
        *_grants(None, Kind.JOB, Scope.OWN, V, C),
        *_grants(Role.ADMINISTRATOR, Kind.INSTALLATION, Scope.ALL, V, C),
        *_grants(Role.ADMINISTRATOR, Kind.PERSON, Scope.ALL, V, C, R),
        *_grants(Role.ADMINISTRATOR, Kind.MEMBERSHIP, Scope.ALL, V, A, R),
        *_grants(Role.ADMINISTRATOR, Kind.INVITATION, Scope.ALL, V, A, R),
        *_grants(Role.ADMINISTRATOR, Kind.FIGURES, Scope.ALL, V, A, C),
        *_grants(Role.ADMINISTRATOR, Kind.TRACE, Scope.ALL, V, E),
        *_grants(Role.ADMINISTRATOR, Kind.JOB, Scope.ALL, V, C),
        *_grants(Role.COUNTY_ADVISER, Kind.PERSON, Scope.COUNTY, V),
        *_grants(Role.COUNTY_ADVISER, Kind.MEMBERSHIP, Scope.COUNTY, V, R),
        *_grants(Role.COUNTY_ADVISER, Kind.INVITATION, Scope.COUNTY, V, A, R),
        *_grants(Role.COUNTY_ADVISER, Kind.ROUND, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.WEIGHING, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.INPUT, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.QUESTION, Scope.COUNTY, V, A),
        *_grants(Role.COUNTY_ADVISER, Kind.MEETING, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.NEED, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.OUTCOME, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.RATES, Scope.COUNTY, V),
        # The figures belong to the installation: whoever takes new ones in does it for all.
        *_grants(Role.COUNTY_ADVISER, Kind.FIGURES, Scope.ALL, V, A, C),
        *_grants(Role.COUNTY_ADVISER, Kind.PLAN, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.PLAN, Scope.SHARED, V),
        *_grants(Role.COUNTY_ADVISER, Kind.PLAN_DRAFT, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.PLAN_DRAFT, Scope.SHARED, V),
        *_grants(Role.COUNTY_ADVISER, Kind.CODING, Scope.COUNTY, V, A, C, E),
        # A statement is the county's own work until it is sent: whoever it is about does not see it here.
        *_grants(Role.COUNTY_ADVISER, Kind.STATEMENT, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.JOURNAL, Scope.COUNTY, V, A, C, E),
        *_grants(Role.COUNTY_ADVISER, Kind.TRACE, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.ROUND, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.WEIGHING, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.INPUT, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.MEETING, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.NEED, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.OUTCOME, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.RATES, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.PLAN, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.PLAN, Scope.SHARED, V),
        # A confidential draft is for the county's advisers, and for those it names.
        *_grants(Role.COUNTY_READER, Kind.PLAN_DRAFT, Scope.SHARED, V),
        *_grants(Role.COUNTY_READER, Kind.CODING, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.STATEMENT, Scope.COUNTY, V),
        *_grants(Role.COUNTY_READER, Kind.JOURNAL, Scope.COUNTY, V),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.ROUND, Scope.SHARED, V),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.INPUT, Scope.MUNICIPALITY, V, A, C, E),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.QUESTION, Scope.MUNICIPALITY, V, A),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.MEETING, Scope.MUNICIPALITY, V, E),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.OUTCOME, Scope.MUNICIPALITY, V, A, C, E),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.RATES, Scope.MUNICIPALITY, V, A, C),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.PLAN, Scope.SHARED, V),
        *_grants(Role.MUNICIPALITY_CONTACT, Kind.PLAN_DRAFT, Scope.SHARED, V),
        *_grants(Role.PARTNER, Kind.PLAN, Scope.SHARED, V),
        *_grants(Role.PARTNER, Kind.PLAN_DRAFT, Scope.SHARED, V),
        *_grants(Role.PARTNER, Kind.ROUND, Scope.SHARED, V),
        # What an organisation has added is shared with that organisation: whoever belongs to it sees and changes it.
        *_grants(Role.PARTNER, Kind.INPUT, Scope.SHARED, V, A, C, E),
    ]
)


GIVES: Mapping[Role, tuple[frozenset[Role], Scope]] = {
    Role.ADMINISTRATOR: (frozenset(Role), Scope.ALL),
    Role.COUNTY_ADVISER: (
        frozenset({Role.COUNTY_READER, Role.MUNICIPALITY_CONTACT, Role.PARTNER}),
        Scope.COUNTY,
    ),
}
"""Who may invite others to what, and where: an adviser only within the own county, and never to more than advisers are."""


def allowed(actor: Actor, action: Action, thing: Thing, grants: Iterable[Grant] = GRANTS) -> bool:
    """Whether ``actor`` may do ``action`` with ``thing``."""
    asked = [one for one in grants if one.action is action and one.kind is thing.kind]
    everybody = any(one.role is None and _within(one.scope, None, actor, thing) for one in asked)
    return everybody or any(
        one.role is held.role and _within(one.scope, held, actor, thing)
        for held in actor.held
        for one in asked
    )


def may_give(actor: Actor, given: Held) -> bool:
    """Whether ``actor`` may invite somebody to ``given``, or end it."""
    area = Thing(Kind.INVITATION, county=given.county, municipality=given.municipality)
    if given.county and given.municipality and given.municipality[:2] != given.county:
        return False
    return any(
        given.role in roles and _within(scope, held, actor, area)
        for held in actor.held
        if held.role in GIVES
        for roles, scope in [GIVES[held.role]]
    )


def _within(scope: Scope, held: Held | None, actor: Actor, thing: Thing) -> bool:
    if scope is Scope.ALL:
        return True
    if scope is Scope.OWN:
        return actor.user_id is not None and thing.owner_id == actor.user_id
    if held is None:
        return False
    if scope is Scope.COUNTY:
        return bool(thing.within) and held.county == thing.within
    if scope is Scope.MUNICIPALITY:
        return bool(thing.municipality) and held.municipality == thing.municipality
    return _shared(held, thing)


def _shared(held: Held, thing: Thing) -> bool:
    if held.role is Role.PARTNER:
        here = not held.county or held.county == thing.within
        return here and bool(held.organisation) and held.organisation in thing.shared_with
    code = held.municipality if held.role is Role.MUNICIPALITY_CONTACT else held.county
    return bool(code) and code in thing.shared_with
