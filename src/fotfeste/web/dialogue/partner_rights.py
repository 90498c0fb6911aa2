"""Who has which part in what partners add: the county, the organisation it is from, and the municipality it is about.

A partner has a part in a round while the county shares it with their organisation. When the county ends that, what the
organisation has added stays with the county; the organisation neither reads nor changes it any more.
"""

from __future__ import annotations

from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind, Role
from fotfeste.web.rounds.models import Round


def thing_of(round_: Round, one: PartnerInput | None = None) -> Thing:
    """Return the partners' input as the rights see it.

    All of it is the county's and those the round is shared with, who see their own in it. One is the county's and that
    organisation's, while the round is shared with it; nobody else changes it.
    """
    if one is None:
        return Thing(Kind.INPUT, str(round_.pk), county=round_.county, shared_with=round_.partners)
    whose = frozenset({one.organisation} & round_.partners)
    return Thing(Kind.INPUT, f"partner:{one.pk}", county=round_.county, shared_with=whose)


def shown_thing(one: PartnerInput) -> Thing:
    """Return one as the rights see it when it is read: the municipality that it is about reads it too."""
    thing = thing_of(one.round, one)
    about = "" if one.withdrawn_at else one.municipality
    return Thing(thing.kind, thing.id, thing.county, about, shared_with=thing.shared_with)


def organisations_for(actor: Actor, round_: Round) -> list[str]:
    """Return the organisations that ``actor`` belongs to and that the round is shared with."""
    return sorted(
        {
            one.organisation
            for one in actor.held
            if one.role is Role.PARTNER
            and one.county in ("", round_.county)
            and one.organisation in round_.partners
        }
    )


def works_with(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` has a part in the page of all input: as the county, or as a partner of the round."""
    return allowed(actor, Action.VIEW, thing_of(round_))


def is_of_county(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` sees the input of every partner."""
    return allowed(actor, Action.VIEW, Thing(Kind.INPUT, str(round_.pk), county=round_.county))


def may_enter_for_all(actor: Actor, round_: Round) -> bool:
    """Whether ``actor`` enters input for whichever partner."""
    return allowed(actor, Action.ADD, Thing(Kind.INPUT, str(round_.pk), county=round_.county))


def may_change(actor: Actor, one: PartnerInput) -> bool:
    """Whether ``actor`` writes in an input: its own organisation, or the county where the county entered it."""
    own = one.organisation in organisations_for(actor, one.round)
    return own or (one.on_behalf and may_enter_for_all(actor, one.round))


def may_withdraw(actor: Actor, one: PartnerInput) -> bool:
    """Whether ``actor`` withdraws an input: whoever changes it, and the county whoever it is from."""
    return may_change(actor, one) or may_enter_for_all(actor, one.round)
