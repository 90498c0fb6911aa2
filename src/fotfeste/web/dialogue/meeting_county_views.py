"""Pages of all meetings in a round: whom the county has met, the kits for all, and the summary afterwards."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg
from fotfeste.web.dialogue import kit, meetings, minutes_kept, work_page
from fotfeste.web.dialogue.page import DIALOGUE, lead_to_own
from fotfeste.web.dialogue.papers import summary_file
from fotfeste.web.dialogue.work_page import address, context, county_meetings, may, tell_refusal
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.shown import shown_job
from fotfeste.web.jobs.views import NO_MORE_TO_ASK
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUMMARY = {"pdf": kit.FORMATS["pdf"], "docx": kit.FORMATS["docx"], "xlsx": XLSX}


@never_cache
@require_safe
@needs(Action.VIEW, Kind.MEETING, work_page.all_meetings)
def all_meetings(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show every municipality with its meetings, whom the county has not met, and what can be fetched.

    A municipality's contact goes on to their own.
    """
    del year, name
    round_, actor = found(request, Round), actor_of(request)
    if not may(actor, Action.VIEW, meetings.thing_of(round_)):
        return lead_to_own(request, round_, "meetings", msg("Møter"))
    now, names = timezone.now(), municipalities_of(round_)
    by_code: dict[str, list[tuple[object, object]]] = {code: [] for code in names}
    held: set[str] = set()
    for one in meetings.meetings_of(round_):
        by_code.setdefault(one.municipality, []).append((one, meetings.state_of(one, now)))
        if one.held and one.cancelled_at is None:
            held.add(one.municipality)
    page = context(request, round_, "", [(DIALOGUE, address("round_dialogue", round_)), (msg("Møter"), "")])
    page |= {
        "rows": [(code, place, by_code[code]) for code, place in names.items()],
        "met": len(held),
        "all": len(names),
        "may_fetch": may(actor, Action.EXPORT, meetings.thing_of(round_)),
    }
    if page["may_fetch"]:
        page |= _kits(request, round_)
        if held:
            page["summary"] = [
                (ending.upper(), address("meetings_summary", round_, ending=ending)) for ending in SUMMARY
            ]
    ended = not page.get("job") or not page["job"].living
    if is_partial(request):
        return render(request, "dialogue/kits.html", page, status=NO_MORE_TO_ASK if ended else 200)
    return render(request, "dialogue/all_meetings.html", page)


def _kits(request: HttpRequest, round_: Round) -> dict[str, object]:
    """Return how it stands with the archive of all kits."""
    locale = words_of(request).locale
    try:
        path, job = kit.kits_path(round_, locale), kit.kits_under_way(round_, locale)
    except FotfesteError:
        return {"no_kits": True}
    size = path.stat().st_size if path.is_file() else 0
    values: dict[str, object] = {"kits_size": size, "job": shown_job(job, words_of(request)) if job else None}
    if job is not None and allowed(actor_of(request), Action.VIEW, jobs.thing_of(job)):
        values["job_address"] = reverse("job", kwargs={"job": job.pk})
    return values


@require_POST
@needs(Action.EXPORT, Kind.MEETING, county_meetings)
def order_kits(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Make the kits of all municipalities in the background."""
    try:
        kit.order_kits(actor_of(request), found(request, Round), words_of(request).locale)
    except FotfesteError as error:
        tell_refusal(request, error)
    return redirect(reverse("all_meetings", kwargs={"year": year, "name": name}) + "#ark")


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.MEETING, county_meetings)
def kits_file(request: HttpRequest, year: int, name: str) -> FileResponse:
    """Give the kits of all municipalities as one archive, as they were made today."""
    try:
        path = kit.kits_path(found(request, Round), words_of(request).locale)
    except FotfesteError:
        raise Http404 from None
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"moteark-{year}-{name}.zip")


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.MEETING, county_meetings)
def summary(request: HttpRequest, year: int, name: str, ending: str) -> HttpResponse:
    """Give the summary of the meetings that are held."""
    round_, locale = found(request, Round), words_of(request).locale
    told = minutes_kept.all_minutes(round_, locale)
    content = summary_file(round_, told, ending, locale)
    return file_answer(content, SUMMARY[ending], f"samlet-referat-{year}-{name}.{ending}")
