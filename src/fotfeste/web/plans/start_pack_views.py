"""The start pack: what a municipality should have before its planning begins, as a page and as a document to send."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.register import Register
from fotfeste.plans.register.calendar import Entry as Line
from fotfeste.plans.register.wording import entry_text, moment_text
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports import render_docx
from fotfeste.reports.blocks import Document
from fotfeste.reports.knowledge_base import gather
from fotfeste.reports.plans_calendar import planning_calendar
from fotfeste.reports.plans_start_pack import next_start, start_pack
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.plans import services
from fotfeste.web.plans.found_views import DOCX
from fotfeste.web.plans.page import FRONT
from fotfeste.web.plans.seeing import register_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import open_to_all


def _pack(request: HttpRequest, code: str) -> tuple[Document, Line | None, str]:
    """Return the start pack, what it is for, and the county; raises :class:`Http404` for what is no municipality of today."""
    regions, day = load_regions(), services.today()
    county = next(
        (
            one.code
            for one in regions.counties(EDITION)
            if code in {each.code for each in regions.municipalities(EDITION, one.code)}
        ),
        "",
    )
    if not county:
        raise Http404
    plans = Register(tuple(one.plan for one in register_of(actor_of(request))))
    try:
        lines = planning_calendar(regions, county, plans, day, municipality=code)
        gathered = gather(None, code, day, knowledge=knowledge())
    except InputError as error:
        raise Http404 from error
    start = next_start(lines, code, day)
    return start_pack(gathered, start, words_of(request).locale), start, county


@never_cache
@require_safe
@open_to_all
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """Show the start pack of a municipality."""
    words = words_of(request)
    told, start, county = _pack(request, code)
    shown = {
        "told": told,
        "code": code,
        "county": county,
        "start": words.text(entry_text(start)) if start else "",
        "when": moment_text(start.moment, words) if start else "",
        "alert": start.alert if start else None,
        "plan": start.plan if start else "",
        "trail": [
            FRONT,
            (msg("Kalender"), f"{reverse('plan_calendar')}?fylke={county}"),
            (told.title, ""),
        ],
    }
    return render(request, "plans/start_pack.html", shown)


@never_cache
@require_safe
@open_to_all
def pack_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the start pack as a document to work on and send."""
    told, _, _ = _pack(request, code)
    return file_answer(render_docx(told), DOCX, f"{told.file_stem}.docx")
