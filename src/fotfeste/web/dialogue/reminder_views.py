"""The page where one municipality is reminded of its reply: whom it goes to, what it says, and how it goes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.dialogue import reminding
from fotfeste.web.dialogue.contacts import contacts_in
from fotfeste.web.dialogue.inviting import invite_address
from fotfeste.web.dialogue.meeting_page import both
from fotfeste.web.dialogue.page import about_dialogue, county_work
from fotfeste.web.dialogue.work_page import tell
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import said
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of


class ReminderForm(forms.Form):
    """What a reminder says."""

    text = forms.CharField(
        label=said(msg("Påminnelsen")),
        max_length=reminding.LONGEST,
        help_text=said(
            msg("Lenken til svarskjemaet kommer i tillegg. Skriv aldri om en person eller en familie.")
        ),
        widget=forms.Textarea({"rows": 8}),
    )


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.ROUND, county_work)
def remind(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show the reminder as it can be sent, and send it; or keep that the county has written itself."""
    round_, actor, words = found(request, Round), actor_of(request), words_of(request)
    place = municipalities_of(round_)[code]
    typed = request.POST if request.method == "POST" else kept.typed(request)
    form = ReminderForm(typed, initial={"text": reminding.suggested(round_, code, words)})
    status = 200
    if request.method == "POST":
        status = 422
        by_hand = request.POST.get("gjor") == "skrevet"
        if by_hand:
            form = ReminderForm({"text": reminding.suggested(round_, code, words)})
        if form.is_valid():
            try:
                told = _done(actor, round_, code, form, place, by_hand=by_hand)
            except FotfesteError as error:
                add_faults(form, error)
            else:
                tell(request, told)
                return redirect("round_dialogue", year=year, name=name)
    there = contacts_in(round_)[code]
    values: dict[str, Any] = {
        **about_dialogue(request, round_, code, msg("Påminnelse")),
        "form": form,
        "people": there.people,
        "invited": there.invited,
        "invite": invite_address(actor, code),
        "mail": reminding.mail_is_set_up(),
        "waits": reminding.waits_for(round_, code),
        "suggested": reminding.suggested(round_, code, words),
        "link": reminding.link_to(round_, code),
        "by_hand": reminding.written_by_hand(round_, code, there.people, words),
        "back": kept.typed(request),
    }
    return render(request, "dialogue/reminder.html", values, status=status)


def _done(
    actor: Actor, round_: Round, code: str, form: ReminderForm, place: str, *, by_hand: bool
) -> Message:
    if by_hand:
        reminding.told_by_hand(actor, round_, code)
        return msg("Det står nå at {name} er spurt.", name=place)
    count = reminding.remind(actor, round_, code, form.cleaned_data["text"])
    if count:
        return nmsg(
            "Påminnelsen er sendt til kontakten i {name}.",
            "Påminnelsen er sendt til {count} kontakter i {name}.",
            count,
            name=place,
        )
    return msg(
        "Kontaktene i {name} har alt fått en påminnelse i dag. Ingenting er sendt på nytt.", name=place
    )
