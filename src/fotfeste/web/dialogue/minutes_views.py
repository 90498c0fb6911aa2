"""Pages of the minutes: written, saved while they are typed, shared, and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import FotfesteError, Problem
from fotfeste.messages import Message, msg
from fotfeste.web.dialogue import entering, kit, meetings, minutes_kept
from fotfeste.web.dialogue import needs as heard
from fotfeste.web.dialogue.meeting_forms import MinutesForm
from fotfeste.web.dialogue.meeting_page import MEETINGS, address_of, both, called
from fotfeste.web.dialogue.meeting_shown import show_meeting
from fotfeste.web.dialogue.models import Meeting
from fotfeste.web.dialogue.papers import minutes_file
from fotfeste.web.dialogue.work_page import (
    address,
    context,
    may,
    one_meeting,
    one_minutes,
    tell,
    tell_notices,
)
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults, clashes, seal


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.MEETING, one_meeting)
def write_minutes(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Write the minutes: saved as a draft, or saved and the meeting marked as held."""
    one, actor = found(request, Meeting), actor_of(request)
    asked = minutes_kept.questions_for(one)
    first = {"met_on": timezone.localdate(one.starts_at).isoformat(), "place": one.place}
    data = request.POST if request.method == "POST" else kept.typed(request)
    form = MinutesForm(
        data, stored=one.minutes, about=_minutes_of(one), asked=asked, first={} if one.version else first
    )
    status, together = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = minutes_kept.save_minutes(
                    actor, one, form.base, form.mine, asked, hold="hold" in request.POST
                )
            except FotfesteError as error:
                add_faults(form, error)
            else:
                together = saved.together
                if together is not None and not together.conflicts:
                    one.refresh_from_db()
                    tell(
                        request,
                        msg("Referatet er lagret, og møtet er holdt.")
                        if one.held
                        else msg("Kladden er lagret."),
                    )
                    tell_notices(request, saved.written.notices)
                    view = "meeting" if one.held else "write_minutes"
                    return redirect(view, year=year, name=name, code=code, number=number)
                if together is not None:
                    one.refresh_from_db()
                    form.seen_now(one.minutes)
                    status = 409
                for field, problem in {**saved.written.refused, **saved.written.problems}.items():
                    if together is None:
                        words = words_of(request)
                        parts = [words.text(part) for part in (problem.what, problem.remedy) if part]
                        form.add_error(field, " ".join(parts))
    steps = [
        (MEETINGS, address("meetings", one.round, code=code)),
        (called(one), address_of(one, "meeting")),
        (msg("Referat"), ""),
    ]
    page = context(request, one.round, code, steps)
    page |= {
        "form": form,
        "meeting": one,
        "clashes": clashes(form, together) if together else [],
        "back": kept.typed(request),
        "needs": heard.of_meeting(one),
        "open": one.cancelled_at is None and entering.takes_work(one.round),
    }
    return render(request, "dialogue/minutes.html", page, status=status)


@kept.survives
@never_cache
@require_POST
@needs(Action.CHANGE, Kind.MEETING, one_meeting)
def save_while_typing(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Save the draft of minutes while it is typed, and say how it went; never what is held, which others may read."""
    del year, name, code, number
    one, words = found(request, Meeting), words_of(request)
    asked = minutes_kept.questions_for(one)
    form = MinutesForm(request.POST, stored=one.minutes, about=_minutes_of(one), asked=asked, first={})
    told: Message | str = msg("Ikke lagret. Trykk «Lagre kladden» for å se hvorfor.")
    seen = request.POST.get("seen", "")
    if form.is_valid() and not one.held:
        try:
            saved = minutes_kept.save_minutes(actor_of(request), one, form.base, form.mine, asked)
        except FotfesteError as error:
            told = error.problem.what
        else:
            if saved.together is not None and not saved.together.conflicts:
                # The page goes on from what it shows, also where others have written what it does not show.
                mine = saved.written.values
                seen = seal(mine, _minutes_of(one))
                told = msg("Lagret kl. {time}.", time=f"{timezone.localtime():%H.%M}")
                if dict(saved.together.values) != dict(mine):
                    told = msg(
                        "{saved} Noe er også skrevet et annet sted. Trykk «Lagre kladden» for å se det.",
                        saved=told,
                    )
    return render(request, "dialogue/minutes_state.html", {"seen": seen, "told": words.text(told)})


@require_POST
@needs(Action.CHANGE, Kind.MEETING, one_meeting)
def share(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Let the municipality read the minutes, or no longer."""
    one, wanted = found(request, Meeting), request.POST.get("share", "")
    if wanted not in ("yes", "no"):
        unclear = msg("Det går ikke fram om referatet skal deles.")
        return show_meeting(request, one, [Problem("minutes.share", unclear)], 422)
    shared = wanted == "yes"
    try:
        minutes_kept.share_minutes(actor_of(request), one, shared=shared)
    except FotfesteError as error:
        return show_meeting(request, one, error.problems or (error.problem,), 422)
    tell(
        request,
        msg("Referatet er delt med kommunen.") if shared else msg("Referatet er ikke lenger delt."),
    )
    return redirect("meeting", year=year, name=name, code=code, number=number)


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.MEETING, one_minutes)
def file_of_minutes(
    request: HttpRequest, year: int, name: str, code: str, number: int, ending: str
) -> HttpResponse:
    """Give the minutes as a document."""
    del name
    one = found(request, Meeting)
    own = not may(actor_of(request), Action.VIEW, meetings.thing_of(one.round))
    content = minutes_file(one, ending, words_of(request).locale, shared_only=own)
    if content is None:
        raise Http404
    return file_answer(
        content, kit.FORMATS[ending], f"referat-{year}-{code}-{number}.{ending}", shown=ending == "pdf"
    )


def _minutes_of(one: Meeting) -> str:
    """Return what the form of the minutes is sealed for."""
    return f"minutes:{one.pk}"
