"""The pages of a round that stand in its navigation; each app registers its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from fotfeste.messages import Message
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import is_published, thing_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One page: its name, the address by its name, and what a reader must be allowed to see there.

    ``place`` orders the tabs. ``bundle`` tells that there is nothing before there is a recommendation, ``shared`` that those
    whom the round is shared with may have a part in the page.
    """

    label: Message
    view: str
    kind: Kind = Kind.ROUND
    action: Action = Action.VIEW
    place: int = 50
    bundle: bool = False
    shared: bool = False


_TABS: dict[str, Tab] = {}


def add_tab(tab: Tab) -> None:
    """Register a tab; the same view once."""
    _TABS[tab.view] = tab


def tabs_for(actor: Actor, round_: Round) -> list[tuple[Message, str, str]]:
    """Return what ``actor`` sees in the round's navigation: name, address and the name of the view, in order.

    What a contact may see of their own municipality has a tab too; the page leads on to it.
    """
    found = []
    here = (one.municipality for one in actor.held if one.municipality.startswith(round_.county))
    municipality = next(here, "")
    for tab in sorted(_TABS.values(), key=lambda one: (one.place, one.view)):
        if tab.bundle and not round_.ready:
            continue
        own = thing_of(round_)
        shared = round_.partners if tab.shared else frozenset()
        thing = (
            own
            if tab.kind is Kind.ROUND
            else Thing(tab.kind, own.id, round_.county, municipality, shared_with=shared)
        )
        opened = tab.kind is Kind.ROUND and tab.action is Action.VIEW and is_published(round_)
        if not (opened or allowed(actor, tab.action, thing)):
            continue
        try:
            address = reverse(tab.view, kwargs={"year": round_.year, "name": round_.name})
        except NoReverseMatch:  # an example has no such page
            continue
        found.append((tab.label, address, tab.view))
    return found
