"""The calendar of municipal planning: what is to begin where, and when the county must have been in touch by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.register import Entry as Line
from fotfeste.plans.register import Register
from fotfeste.plans.register.calendar import What, calendar_settings
from fotfeste.plans.register.wording import RESTS, STATE, basis_told, entry_text, moment_text
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports.plans_calendar import planning_calendar
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services
from fotfeste.web.plans.page import FRONT
from fotfeste.web.plans.seeing import counties_of, register_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import open_to_all

COLOURS = {"alert": "warning", "now": "info", "later": "neutral", "passed": "danger"}


def _county(request: HttpRequest) -> str:
    known = {one.code for one in load_regions().counties(EDITION)}
    own = counties_of(actor_of(request))
    for one in (request.GET.get("fylke", ""), own[0] if own else "", "40"):
        if one in known:
            return one
    return min(known)


def _lines(request: HttpRequest, county: str) -> Sequence[Line]:
    plans = Register(tuple(one.plan for one in register_of(actor_of(request))))
    return planning_calendar(load_regions(), county, plans, services.today())


@never_cache
@require_safe
@open_to_all
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the calendar for the municipalities of a county."""
    words, county, day = words_of(request), _county(request), services.today()
    lines = [_told(one, words) for one in _lines(request, county)]
    shown = {
        "lines": lines,
        "alerts": sum(one["alerting"] for one in lines),
        "day": day,
        "lead": calendar_settings().lead,
        "county": county,
        "counties": [(one.code, one.name) for one in load_regions().counties(EDITION)],
        "trail": [FRONT, (msg("Kalender"), "")],
    }
    return render(request, "plans/calendar.html", shown)


def _told(one: Line, words: Language) -> dict[str, Any]:
    state = one.state(services.today())
    return {
        "owner": one.owner.name,
        "what": words.text(entry_text(one)),
        "when": moment_text(one.moment, words),
        "alert": one.alert,
        "state": words.text(STATE[state]),
        "colour": COLOURS[state.value],
        "alerting": state.value == "alert",
        "rests": words.text(RESTS[one.rests]),
        "basis": words.text(basis_told(one.basis)),
        "plan": one.plan,
        "pack": one.owner.code if one.what is What.BEGINS else "",
    }


@never_cache
@require_safe
@open_to_all
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give the calendar as a file that calendar programs take in: one whole day for each thing, and one for each alert."""
    from icalendar import Calendar, Event

    words, county = words_of(request), _county(request)
    made = Calendar()
    made.add("prodid", "-//Fotfeste//Planer//NB")
    made.add("version", "2.0")
    made.add("x-wr-calname", words.text(msg("Kommunal planlegging")))
    for one in _lines(request, county):
        told = _told(one, words)
        days = [("start", one.moment.first, told["what"])]
        if one.alert is not None:
            days.append(("alert", one.alert, words.text(msg("Ta kontakt: {what}", what=told["what"]))))
        for name, day, what in days:
            event = Event()
            event.add("uid", f"{name}/{one.id}@fotfeste")
            event.add("dtstamp", timezone.now())
            event.add("dtstart", day)
            event.add("dtend", day + timedelta(days=1))
            event.add("summary", f"{told['owner']}: {what}")
            event.add("description", f"{told['when']} ({told['rests']}). {told['basis']}")
            event.add("transp", "TRANSPARENT")
            if one.plan:
                event.add(
                    "url", settings.FOTFESTE.serving.base_url + reverse("plan", kwargs={"slug": one.plan})
                )
            made.add_component(event)
    return file_answer(made.to_ical(), "text/calendar; charset=utf-8", f"kommunal-planlegging-{county}.ics")
