"""Pages of the needs that were heard: all of them with filters, new ones, and one with its steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.web.dialogue import entering, need_owners, need_rows
from fotfeste.web.dialogue import needs as heard
from fotfeste.web.dialogue.models import Meeting, Need
from fotfeste.web.dialogue.need_forms import NeedForm, StepForm
from fotfeste.web.dialogue.need_page import NEEDS, all_of_round, both, one_need_of
from fotfeste.web.dialogue.work_page import address, context, may, one_meeting, tell, tell_notices
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work.tasks import TaskState, task_state_name


@kept.survives
@never_cache
@both
@needs(Action.VIEW, Kind.NEED, all_of_round, post=Action.ADD)
def all_needs(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the needs of a round, those overdue first, and enter one."""
    round_, actor = found(request, Round), actor_of(request)
    form = _form(request, round_)
    status = 200
    if request.method == "POST":
        if (made := _added(request, form, round_, None)) is not None:
            return redirect("need", year=year, name=name, number=made.number)
        status = 422
    today, words = timezone.localdate(), words_of(request)
    mine, place = request.GET.get("mine") == "1", request.GET.get("kommune", "")
    only_open = request.GET.get("vis", "") != "alle"
    chosen = heard.needs_of(round_)
    everything = list(chosen)
    if mine:
        chosen = chosen.filter(owner_id=actor.user_id)
    if place in municipalities_of(round_):
        chosen = chosen.filter(municipality=place)
    if only_open:
        chosen = chosen.exclude(state__in=heard.ENDED)
    listed = need_rows.rows(round_, chosen, today, words.locale)
    values = {
        **context(request, round_, "", [(NEEDS, "")]),
        "rows": listed,
        "sentence": _sentence(need_rows.rows(round_, everything, today, words.locale)),
        "any": bool(everything),
        "mine": mine,
        "only_open": only_open,
        "place": place,
        "places": municipalities_of(round_).items(),
        "form": form,
        "may_add": may(actor, Action.ADD, heard.thing_of(round_)) and entering.takes_work(round_),
        "back": kept.typed(request),
    }
    return render(request, "dialogue/needs.html", values, status=status)


def _sentence(rows: list[need_rows.Row]) -> Message:
    standing = [one for one in rows if one.need.state not in heard.ENDED]
    late = sum(one.overdue for one in standing)
    if not rows:
        return msg("Ingen behov er ført inn.")
    told = nmsg("Ett behov følges opp", "{count} behov følges opp", len(standing))
    if not late:
        return msg("{needs}. Ingen er over fristen.", needs=told)
    return nmsg("{needs}. Ett er over fristen.", "{needs}. {count} er over fristen.", late, needs=told)


def _form(request: HttpRequest, round_: Round, only: str | None = None) -> NeedForm:
    data = request.POST if request.method == "POST" else kept.typed(request)
    me = actor_of(request).user_id
    owners = need_owners.owners_of(round_)
    initial = {
        "owner": me if me in owners else "",
        "shared": bool(only),
        "municipality": request.GET.get("kommune", ""),
    }
    return NeedForm(data, municipalities=municipalities_of(round_), owners=owners, only=only, initial=initial)


def _added(request: HttpRequest, form: NeedForm, round_: Round, meeting: Meeting | None) -> Need | None:
    """Keep what was typed; nothing when it was refused, which the form then says."""
    if not form.is_valid():
        return None
    try:
        made = heard.add(actor_of(request), round_, form.stated, meeting)
    except FotfesteError as error:
        add_faults(form, error)
        return None
    tell(request, msg("Behovet er ført inn."))
    tell_notices(request, entering.notices_about(made.text))
    return made


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.MEETING, one_meeting)
def heard_in_meeting(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Enter a need that was heard in a meeting."""
    del year, name
    meeting = found(request, Meeting)
    form = _form(request, meeting.round, code)
    status = 200
    if request.method == "POST":
        if _added(request, form, meeting.round, meeting) is not None:
            return redirect(address("write_minutes", meeting.round, code=code, number=number) + "#behov")
        status = 422
    back = address("write_minutes", meeting.round, code=code, number=number)
    page = context(
        request,
        meeting.round,
        code,
        [
            (msg("Møter"), address("meetings", meeting.round, code=code)),
            (msg("Referat"), back),
            (msg("Nytt behov"), ""),
        ],
    )
    page |= {
        "form": form,
        "heading": msg("Behov som har kommet fram"),
        "submit": msg("Før inn behovet"),
        "cancel": back,
    }
    page["back"] = kept.typed(request)
    return render(request, "dialogue/work_form.html", page, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
@needs(Action.VIEW, Kind.NEED, one_need_of)
def one_need(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Show one need: where it stands, how it came there, and the next step."""
    del year, name, number
    return _shown(request, found(request, Need))


def _shown(
    request: HttpRequest, need: Need, form: StepForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    round_, actor = need.round, actor_of(request)
    words = words_of(request)
    row = need_rows.rows(round_, [need], timezone.localdate(), words.locale)[0]
    steps = [(NEEDS, address("needs", round_)), (msg("Behov {number}", number=str(need.number)), "")]
    page = context(request, round_, "", steps)
    state = TaskState(need.state)
    page |= {
        "need": need,
        "row": row,
        "form": form or StepForm(kept.typed(request), now=state, initial={"seen": need.version}),
        "history": [(one, task_state_name(TaskState(one.after))) for one in need.steps.all()],
        "may_change": may(actor, Action.CHANGE, heard.thing_of(round_)) and entering.takes_work(round_),
        **more,
    }
    return render(request, "dialogue/need.html", page, status=status)


@kept.survives
@never_cache
@require_POST
@needs(Action.CHANGE, Kind.NEED, one_need_of)
def step(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Bring a need to another state."""
    need = found(request, Need)
    sent = StepForm(request.POST, now=TaskState(need.state))
    wanted = request.POST.get("state", "")
    again = wanted == need.state and " ".join(request.POST.get("reason", "").split()) == need.reason
    if again:
        return redirect("need", year=year, name=name, number=number)
    seen = request.POST.get("seen", "")
    if seen.isascii() and seen.isdecimal() and int(seen[:9]) != need.version:
        return _clash(request, need)
    if not sent.is_valid():
        return _shown(request, need, sent, 422)
    given = sent.cleaned_data
    try:
        moved = heard.move(actor_of(request), need, TaskState(given["state"]), given["reason"], given["seen"])
    except FotfesteError as error:
        field = {"task.reason": "reason"}.get(error.code, str(error.problem.place or ""))
        text = " ".join(
            words_of(request).text(one) for one in (error.problem.what, error.problem.remedy) if one
        )
        sent.add_error(field if field in sent.fields else None, text)
        return _shown(request, need, sent, 422)
    if isinstance(moved, heard.Meanwhile):
        need.refresh_from_db()
        return _clash(request, need)
    tell(request, msg("Oppgaven er ført videre."))
    return redirect("need", year=year, name=name, number=number)


def _clash(request: HttpRequest, need: Need) -> HttpResponse:
    """Show what somebody else did meanwhile, with what was typed, from where it can be sent again."""
    typed = {
        "reason": request.POST.get("reason", ""),
        "seen": need.version,
        "state": request.POST.get("state", ""),
    }
    form = StepForm(now=TaskState(need.state), initial=typed)
    return _shown(request, need, form, 409, meanwhile=True)
