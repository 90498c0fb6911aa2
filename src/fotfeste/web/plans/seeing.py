"""Who may see which plan and which document: the rights' view of them, and the register as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from fotfeste.errors import InputError
from fotfeste.plans.register import heirs, load_register, shipped_register
from fotfeste.plans.register.values import OwnerKind, Plan
from fotfeste.regions import load_regions
from fotfeste.web.plans.models import OwnPlan, PlanFile, State, Visibility
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan in the register, and the row of somebody here who has entered or changed it."""

    plan: Plan
    row: OwnPlan | None = None

    @property
    def is_open(self) -> bool:
        """Whether everybody may see it."""
        return self.row is None or self.row.visibility == Visibility.OPEN

    @property
    def county(self) -> str:
        """The county of today whose plan it is, the heir of one that is dissolved."""
        return self.row.county if self.row is not None else home(self.plan.owner.kind, self.plan.owner.code)


@cache
def home(kind: OwnerKind, code: str) -> str:
    """Return the county of today that a plan of this owner belongs to; empty when the number never stood."""
    from fotfeste.plans.register.values import Owner

    try:
        return heirs(load_regions(), Owner(kind, code, ""))[0].owner.code[:2]
    except InputError:
        return ""


@lru_cache(maxsize=4096)
def plan_in(entry: str) -> Plan:
    """Return the plan that a row holds."""
    return load_register(entry.encode(), "").plans[0]


def plan_thing(entry: Entry) -> Thing:
    """Return a plan as the rights see it."""
    owner, row = entry.plan.owner, entry.row
    municipality = owner.code if owner.kind is OwnerKind.MUNICIPALITY else ""
    if row is None:
        return Thing(Kind.PLAN, entry.plan.id, entry.county)
    kind = Kind.PLAN_DRAFT if row.visibility == Visibility.DRAFT else Kind.PLAN
    return Thing(kind, entry.plan.id, row.county, municipality, shared_with=frozenset(row.shared_with))


def file_thing(file: PlanFile) -> Thing:
    """Return a document as the rights see it."""
    kind = Kind.PLAN_DRAFT if file.visibility == Visibility.DRAFT else Kind.PLAN
    return Thing(kind, file.pk.hex, file.county, file.municipality, shared_with=frozenset(file.shared_with))


def sees(actor: Actor, one: Entry | PlanFile) -> bool:
    """Whether ``actor`` may see a plan or a document."""
    if isinstance(one, Entry):
        return one.is_open or allowed(actor, Action.VIEW, plan_thing(one))
    return one.visibility == Visibility.OPEN or allowed(actor, Action.VIEW, file_thing(one))


def find(slug: str, actor: Actor | None = None) -> Entry | None:
    """Return the plan with this id as ``actor`` sees it, or as it is here when nobody is asked for."""
    row = OwnPlan.objects.filter(slug=slug).first()
    if row is not None:
        own = Entry(plan_in(row.entry), row)
        if actor is None or sees(actor, own):
            return own
    shipped = shipped_register().plan(slug)
    return Entry(shipped) if shipped is not None else None


def register_of(actor: Actor) -> tuple[Entry, ...]:
    """Return the plans that ``actor`` may see, ordered by owner, type and title."""
    found = {plan.id: Entry(plan) for plan in shipped_register().plans}
    for row in OwnPlan.objects.all():
        one = Entry(plan_in(row.entry), row)
        if sees(actor, one):
            found[row.slug] = one
    return tuple(
        sorted(
            found.values(), key=lambda one: (one.plan.owner.name, one.plan.type, one.plan.title, one.plan.id)
        )
    )


def files_of(slug: str, actor: Actor) -> list[PlanFile]:
    """Return the documents of a plan that ``actor`` may see."""
    return [one for one in PlanFile.objects.filter(plan=slug) if sees(actor, one)]


def readable(actor: Actor) -> Iterator[PlanFile]:
    """Yield every document that is read and that ``actor`` may see; of several versions the newest of those."""
    return current(PlanFile.objects.filter(state=State.READY), actor)


def current(files: Iterable[PlanFile], actor: Actor | None = None) -> Iterator[PlanFile]:
    """Yield the documents that no newer version has taken the place of: none that ``actor`` sees, where one is given."""
    seen = [one for one in files if actor is None or sees(actor, one)]
    newer = PlanFile.objects.filter(replaces__isnull=False, state=State.READY)
    replaced = {one.replaces_id for one in newer if actor is None or sees(actor, one)}
    return (one for one in seen if one.pk not in replaced)


def counties_of(actor: Actor) -> tuple[str, ...]:
    """Return the counties that ``actor`` works for, as adviser first and then as reader."""
    held = [
        one for role in (Role.COUNTY_ADVISER, Role.COUNTY_READER) for one in actor.held if one.role is role
    ]
    return tuple(dict.fromkeys(one.county for one in held))


def works_for(actor: Actor, near: str) -> str:
    """Return the county that ``actor`` works for with what belongs to the county ``near``; empty when for none."""
    own = counties_of(actor)
    return near if near in own else (own[0] if own else "")


def adding_thing(actor: Actor, entry: Entry) -> Thing:
    """Return what a document is added to: an open plan takes one from any county, another only from its own."""
    if not entry.is_open:
        return plan_thing(entry)
    return Thing(Kind.PLAN, entry.plan.id, works_for(actor, entry.county))


def coding_thing(actor: Actor, file: PlanFile) -> Thing:
    """Return the coding of a document that ``actor`` has before them: their own county's; nobody's for what they do not see."""
    return Thing(Kind.CODING, file.pk.hex, works_for(actor, file.county) if sees(actor, file) else "")
