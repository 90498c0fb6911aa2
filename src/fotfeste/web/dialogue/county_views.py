"""The county's page of the dialogue: who has replied, whom to remind, the collected sheet, and sheets that come back."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Message, msg
from fotfeste.web.dialogue.inviting import invite_address
from fotfeste.web.dialogue.page import (
    about_dialogue,
    all_replies,
    anywhere,
    lead_to_own,
    may,
)
from fotfeste.web.dialogue.reminding import mail_is_set_up
from fotfeste.web.dialogue.services import is_open
from fotfeste.web.dialogue.shown import CHOICES, Municipality, chosen, overview
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import title_of
from fotfeste.work.municipal_stages import reply_stage_name
from fotfeste.work.requirements import Stage


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, all_replies)
def replies(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show who has replied and what; a municipality's contact goes on to their own reply."""
    del year, name
    round_, actor = found(request, Round), actor_of(request)
    if not may(actor, Action.VIEW, round_):
        return lead_to_own(request, round_, "round_reply", msg("Svar"))
    shown = overview(round_)
    wanted = request.GET.get("vis", "")
    may_remind = rounds.may(actor, Action.CHANGE, round_) and is_open(round_)
    context = {
        **about_dialogue(request, round_),
        "shown": shown,
        "without_contact": words_of(request).join([one.name for one in shown.without_contact]),
        "untold": words_of(request).join([one.name for one in shown.untold]),
        "mail": mail_is_set_up(),
        "may_remind": may_remind,
        "rows": [
            (one, invite_address(actor, one.code) if one.nobody else "") for one in chosen(shown.rows, wanted)
        ],
        "choices": [(key, label, key == wanted) for key, label in CHOICES.items()],
        "wanted": wanted if wanted in CHOICES else "",
        "asked": round_.replies.exists(),
        "may_fetch": may(actor, Action.EXPORT, round_),
        "may_read": may(actor, Action.ADD, round_) and is_open(round_),
    }
    return render(request, "dialogue/replies.html", context)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, anywhere)
def everywhere(request: HttpRequest) -> HttpResponse:
    """Show the rounds whose dialogue the reader takes part in: a contact's own replies, a county's lists."""
    actor = actor_of(request)
    entries = []
    for round_ in Round.objects.defer("bundle").filter(is_example=False).exclude(state=Stage.PREPARED.value):
        whole, own = may(actor, Action.VIEW, round_), rounds.own_municipalities(actor, round_)
        if not (whole or own):
            continue
        shown = overview(round_)
        told = (
            [shown.sentence] if whole else [_state(one, shown.due) for one in shown.rows if one.code in own]
        )
        address = reverse("round_dialogue", kwargs={"year": round_.year, "name": round_.name})
        entries.append((title_of(round_), address, told))
    return render(request, "dialogue/everywhere.html", {"entries": entries})


def _state(one: Municipality, due: date) -> Message:
    state = reply_stage_name(one.stage)
    return msg("Svar fra {name}: {state}. Fristen er {day}.", name=one.name, state=state, day=due)
