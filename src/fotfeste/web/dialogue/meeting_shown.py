"""The page of one meeting, put together: when and where, its minutes, and what was refused there."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fotfeste.errors import Problem
from fotfeste.web.dialogue import entering, kit, meetings
from fotfeste.web.dialogue.meeting_page import MEETINGS, address_of, called
from fotfeste.web.dialogue.minutes import minutes_of
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.dialogue.papers import minutes_paper
from fotfeste.web.dialogue.work_page import address, context, may
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.roles import Action


def show_meeting(
    request: HttpRequest, one: Meeting, problems: Sequence[Problem] = (), status: int = 200
) -> HttpResponse:
    """Show a meeting, with why what was asked for there was not done."""
    code = one.municipality
    actor = actor_of(request)
    round_ = one.round
    thing = meetings.minutes_thing(one)
    steps = [(MEETINGS, address("meetings", round_, code=code)), (called(one), "")]
    page = context(request, round_, code, steps)
    page |= {
        "meeting": one,
        "problems": problems,
        "meeting_state": meetings.state_of(one, timezone.now()),
        "may_write": may(actor, Action.CHANGE, thing)
        and entering.takes_work(round_)
        and one.cancelled_at is None,
        "county": may(actor, Action.VIEW, meetings.thing_of(round_)),
    }
    if may(actor, Action.VIEW, thing) and one.version:
        made = minutes_of(one, words_of(request).locale, shared_only=not page["county"])
        page["paper"] = minutes_paper(one, made, words_of(request).locale) if made else None
        page["undated"] = made is None
        if may(actor, Action.EXPORT, thing) and made is not None:
            page["files"] = [
                (ending.upper(), address_of(one, "minutes_file", ending=ending))
                for ending in kit.FORMATS
                if ending != "html"
            ]
    return render(request, "dialogue/meeting.html", page, status=status)
