"""Pages of the meetings with one municipality: the plan, the sheet before, and each meeting."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.dialogue import entering, kit, meetings
from fotfeste.web.dialogue import needs as heard
from fotfeste.web.dialogue.meeting_forms import ChangePlan, PlanForm
from fotfeste.web.dialogue.meeting_page import MEETINGS, address_of, both, called
from fotfeste.web.dialogue.meeting_shown import show_meeting
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.dialogue.work_page import (
    address,
    context,
    county_with_municipality,
    may,
    municipal_meetings,
    one_meeting,
    tell,
)
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults, clashes
from fotfeste.web.rounds.models import Round
from fotfeste.work.tasks import TaskState, task_state_name


@kept.survives
@never_cache
@both
@needs(Action.VIEW, Kind.MEETING, municipal_meetings, post=Action.ADD)
def of_municipality(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show the meetings with a municipality and what was heard there, and plan a meeting."""
    round_, actor = found(request, Round), actor_of(request)
    form = PlanForm(request.POST if request.method == "POST" else kept.typed(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = meetings.plan(actor, round_, code, form.plan)
            except FotfesteError as error:
                add_faults(form, error)
            else:
                tell(request, msg("Møtet er planlagt."))
                return redirect("meeting", year=year, name=name, code=code, number=made.number)
    county = may(actor, Action.VIEW, meetings.thing_of(round_))
    now = timezone.now()
    there = [(one, meetings.state_of(one, now)) for one in meetings.meetings_of(round_, code)]
    told = heard.of_municipality(round_, code) if county else heard.shown_to_municipality(round_, code)
    values: dict[str, Any] = {
        **context(request, round_, code, [(MEETINGS, "")]),
        "meetings": there,
        "form": form,
        "county": county,
        "may_plan": may(actor, Action.ADD, meetings.thing_of(round_, code)) and entering.takes_work(round_),
        "may_fetch": county and may(actor, Action.EXPORT, meetings.thing_of(round_)),
        "needs": [(one, task_state_name(TaskState(one.state))) for one in told],
        "back": kept.typed(request),
    }
    return render(request, "dialogue/meetings.html", values, status=status)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.MEETING, county_with_municipality)
def sheet(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show the sheet for the meeting with a municipality, with files of it."""
    del year, name
    round_ = found(request, Round)
    made = kit.sheet_in(round_, code, words_of(request).locale)
    page = context(
        request, round_, code, [(MEETINGS, address("meetings", round_, code=code)), (msg("Møteark"), "")]
    )
    if made is not None:
        from fotfeste.reports.documents.dialogue_sheet import Room, dialogue_sheet

        # On a screen nothing is written by hand.
        page["document"] = dialogue_sheet(*made, Room(agreed=0))
    if may(actor_of(request), Action.EXPORT, meetings.thing_of(round_)):
        page["files"] = [
            (ending.upper(), address("meeting_sheet_file", round_, code=code, ending=ending))
            for ending in kit.FORMATS
        ]
    return render(request, "dialogue/meeting_sheet.html", page)


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.MEETING, county_with_municipality)
def sheet_file(request: HttpRequest, year: int, name: str, code: str, ending: str) -> HttpResponse:
    """Give the sheet of two pages as a file."""
    del year, name
    made = kit.sheet_file(found(request, Round), code, ending, words_of(request).locale)
    if made is None:
        raise Http404
    return file_answer(made[1], kit.FORMATS[ending], f"moteark-{made[0]}", shown=ending == "pdf")


@never_cache
@require_safe
@needs(Action.VIEW, Kind.MEETING, one_meeting)
def meeting(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Show one meeting: when and where, and its minutes for those who may read them."""
    del year, name, code, number
    return show_meeting(request, found(request, Meeting))


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.MEETING, one_meeting)
def change_meeting(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Move a meeting."""
    one, actor = found(request, Meeting), actor_of(request)
    stored = meetings.plan_of(one).as_stored
    data = request.POST if request.method == "POST" else kept.typed(request)
    form = ChangePlan(data, stored=stored, about=f"meeting:{one.pk}")
    status, together = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                together = meetings.change_plan(actor, one, form.base, form.plan)
            except FotfesteError as error:
                add_faults(form, error)
            else:
                if not together.conflicts:
                    tell(request, msg("Endringen er lagret."))
                    return redirect("meeting", year=year, name=name, code=code, number=number)
                one.refresh_from_db()
                form.seen_now(meetings.plan_of(one).as_stored)
                status = 409
    steps = [
        (MEETINGS, address("meetings", one.round, code=code)),
        (called(one), address_of(one, "meeting")),
        (msg("Endre møtet"), ""),
    ]
    page = context(request, one.round, code, steps)
    page |= {
        "form": form,
        "clashes": clashes(form, together) if together else [],
        "back": kept.typed(request),
    }
    page |= {"heading": msg("Endre møtet"), "submit": msg("Lagre"), "cancel": address_of(one, "meeting")}
    return render(request, "dialogue/work_form.html", page, status=status)


@require_POST
@needs(Action.CHANGE, Kind.MEETING, one_meeting)
def call_off(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Call a meeting off."""
    try:
        meetings.call_off(actor_of(request), found(request, Meeting))
    except FotfesteError as error:
        return show_meeting(request, found(request, Meeting), error.problems or (error.problem,), 422)
    tell(request, msg("Møtet er avlyst."))
    return redirect("meeting", year=year, name=name, code=code, number=number)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.MEETING, one_meeting)
def calendar(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Give the meeting as a calendar file."""
    del name
    one = found(request, Meeting)
    if one.cancelled_at is not None:
        raise Http404
    content = meetings.in_calendar(one, words_of(request), timezone.now())
    return file_answer(content, "text/calendar; charset=utf-8", f"mote-{year}-{code}-{number}.ics")
