"""What waits for a person in the rounds that they have a part in: the first thing after signing in, and in the list of rounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from fotfeste.messages import Message, msg
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.roles import Role
from fotfeste.web.rounds import services, stages
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import state_told
from fotfeste.work.municipal_stages import ReplyStage, reply_stage, reply_stage_name
from fotfeste.work.replying import TAKES_REPLIES
from fotfeste.work.requirements import Stage

LEAD_ON = (Role.MUNICIPALITY_CONTACT, Role.PARTNER)
"""Those who have one thing to do here, and are led to it when they sign in."""
ANSWERED = (ReplyStage.DELIVERED, ReplyStage.DELIVERED_LATE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody has a part in, and the page where it is done; ``due`` where others wait for it."""

    what: Message
    address: str
    due: bool = False


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """Return what ``actor`` has a part in: first what others wait for, then the newest round; nothing for others."""
    if not actor.held:
        return ()
    rounds = Round.objects.defer("bundle").filter(is_example=False).exclude(state=Stage.CLOSED.value)
    found = [one for round_ in rounds.order_by("-year", "county") for one in _in(actor, round_)]
    return tuple(sorted(found, key=lambda one: not one.due))


def own_county(actor: Actor, round_: Round) -> bool:
    """Whether the round is of a county that ``actor`` works in or for, or is shared with them."""
    shared = round_.partners
    return any(
        one.county == round_.county
        or one.municipality.startswith(round_.county)
        or one.organisation in shared
        for one in actor.held
        if one.county or one.municipality or one.organisation
    )


def first_page(actor: Actor) -> str:
    """Return where signing in leads: a contact to the reply and a partner to the input, or to the choice of several."""
    if not actor.held or any(one.role not in LEAD_ON for one in actor.held):
        return ""
    found = waiting_for(actor)
    due = [one for one in found if one.due] or found
    return "" if not due else due[0].address if len(due) == 1 else reverse("rounds")


def _in(actor: Actor, round_: Round) -> Iterator[Waiting]:
    names = services.municipalities_of(round_)
    seen = set()
    for held in actor.held:
        if held.role in (Role.COUNTY_ADVISER, Role.COUNTY_READER) and held.county == round_.county:
            what = msg("{title}: {state}", title=services.title_of(round_), state=state_told(actor, round_))
            found = Waiting(what, _address("round_room", round_))
        elif held.role is Role.MUNICIPALITY_CONTACT and held.municipality in names:
            if round_.state not in TAKES_REPLIES:
                continue
            reply = _reply(round_, held.municipality, names[held.municipality])
            if reply is None:
                continue
            found = reply
        elif held.role is Role.PARTNER and held.organisation in round_.partners:
            what = msg(
                "Innspill fra {organisation} til bosettingen i {county} i {year}",
                organisation=held.organisation,
                county=round_.county_name,
                year=str(round_.year),
            )
            found = Waiting(what, _address("partner_inputs", round_))
        else:
            continue
        if found.address not in seen:
            seen.add(found.address)
            yield found


def _reply(round_: Round, code: str, name: str) -> Waiting | None:
    """Return the municipality's reply, or what follows it; nothing where the municipality is not asked."""
    from fotfeste.web.dialogue.services import reply_facts

    year = str(round_.year)
    if round_.state in (Stage.ADOPTED, Stage.SENT):
        what = msg("{name} etter anbefalingen for {year}", name=name, year=year)
        return Waiting(what, _address("follow_up_municipality", round_, code=code))
    stage = reply_stage(reply_facts(round_)[code])
    if stage is ReplyStage.NOT_ASKED:
        return None
    address, state = _address("round_reply", round_, code=code), reply_stage_name(stage)
    if stage in ANSWERED:
        return Waiting(msg("Svar fra {name} for {year}: {state}", name=name, year=year, state=state), address)
    day = stages.deadline_of(round_, stages.REPLY)
    what = msg("Svar fra {name} for {year}: {state}, frist {day}", name=name, year=year, state=state, day=day)
    return Waiting(what, address, due=True)


def _address(view: str, round_: Round, **parts: str) -> str:
    return reverse(view, kwargs={"year": round_.year, "name": round_.name, **parts})
