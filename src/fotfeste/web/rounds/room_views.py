"""Pages of the round's room: the room itself, its steps, and its forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import reader as words_now
from fotfeste.web.front.words import said
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import changes, forms, kept, lessons, services, stages
from fotfeste.web.rounds.editing import Edit, add_faults, clashes
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about, county_thing, named
from fotfeste.web.rounds.room import organisations_of, room_of
from fotfeste.web.upkeep.logs import event
from fotfeste.work.drafts import Merged
from fotfeste.work.requirements import Publication, Stage

ROOM = msg("Arbeidet med runden")
both = require_http_methods(["GET", "HEAD", "POST"])


@kept.survives
@needs(Action.VIEW, Kind.ROUND, county_thing)
@require_safe
@never_cache
def room(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show where the round stands, what comes next, and everything that is done from here."""
    return _room(request, named(year, name))


def _room(
    request: HttpRequest, round_: Round, tried: forms.TakeStep | None = None, status: int = 200
) -> HttpResponse:
    shown = room_of(round_)
    typed_before = kept.typed(request)
    if tried is None and typed_before is not None:
        tried = forms.TakeStep(typed_before, auto_id=f"{typed_before.get('target', '')}-%s")
    names = services.municipalities_of(round_)
    steps = []
    for one in shown.steps:
        initial = {"origin": one.origin, "target": one.target, "sent_on": timezone.localdate()}
        form = forms.TakeStep(initial=initial, auto_id=f"{one.target}-%s")
        if tried is not None and tried.data.get("target") == one.target:
            form = tried
        form.fields["reason"].required = one.reason_needed
        form.fields["sent_on"].required = one.asks_day
        steps.append((one, form))
    matched = any(form is tried for _, form in steps)
    context = {
        "stranded": None if matched else tried,
        "typed": _typed_reason(tried),
        "room": shown,
        "steps": steps,
        "back": typed_before,
        "shared": [names.get(one, one) for one in round_.shared_with],
        "inputs": sorted(round_.input_from),
        "lessons": [
            (one.asked(round_.year, words_of(request)), round_.lessons.get(one.id, ""))
            for one in lessons.questions()
        ],
        "mail": bool(_mail()),
        **about(request, round_, ROOM),
    }
    return render(request, "rounds/room.html", context, status=status)


def _typed_reason(tried: forms.TakeStep | None) -> list[tuple[str, str]]:
    text = tried.data.get("reason", "") if tried is not None else ""
    return [(words_now().text(forms.REASON), text)] if text else []


def _mail() -> str:
    from django.conf import settings

    return str(settings.FOTFESTE.serving.email_url)


@kept.survives
@needs(Action.CHANGE, Kind.ROUND, county_thing)
@both
def take_step(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Take a step; what stands in the way is told on the room's page, with what was typed. To look, go to the room."""
    round_ = named(year, name)
    if request.method != "POST":
        return redirect("round_room", year=year, name=name)
    form = forms.TakeStep(request.POST, auto_id=f"{request.POST.get('target', '')}-%s")
    if not form.is_valid():
        return _room(request, round_, form, 422)
    content = form.cleaned_data
    try:
        round_.state = Stage(content["origin"]).value
        target = Stage(content["target"])
    except ValueError:
        raise Http404 from None
    try:
        days = {"sent_on": content["sent_on"], "reply_by": content["reply_by"]}
        stages.advance(actor_of(request), round_, target, content["reason"], **days)
    except FotfesteError as error:
        add_faults(form, error)
        now = named(year, name)
        return _room(request, now, form, 409 if error.code == "round.stage" else 422)
    messages.success(request, said(msg("Steget er tatt.")))
    return redirect("round_room", year=year, name=name)


@needs(Action.CHANGE, Kind.ROUND, county_thing)
@require_POST
def choose_publication(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Publish what was adopted, take it back, or decide that it is not to be published."""
    round_ = named(year, name)
    wanted = request.POST.get("publication", "")
    chosen = next((one for one in Publication if one.value == wanted), None)
    try:
        if chosen is not None:
            changes.publish(actor_of(request), round_, chosen)
            messages.success(request, said(_PUBLICATION_TOLD[chosen]))
    except FotfesteError as error:
        messages.error(request, said(error.problem.what))
    return redirect(reverse("round_room", kwargs={"year": year, "name": name}) + "#publisering")


_PUBLICATION_TOLD: Mapping[Publication, Message] = {
    Publication.PUBLIC: msg("Anbefalingen er publisert. Alle kan se det som er vedtatt."),
    Publication.NOT_PUBLIC: msg("Anbefalingen er ikke åpen for alle."),
    Publication.UNDECIDED: msg("Det er igjen åpent om anbefalingen skal publiseres."),
}


def _edit(
    request: HttpRequest,
    round_: Round,
    heading: Message,
    make: Callable[[Any], Edit],
    save: Callable[[Any], Merged],
    now: Callable[[Round], Mapping[str, object]],
    text: Message,
) -> HttpResponse:
    """Show a form that two may change at once, and keep what is sent; what both have changed is shown with both texts."""
    kept_before = kept.typed(request)
    form = make(request.POST if request.method == "POST" else kept_before)
    together, status = None, 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            together = save(form)
        except FotfesteError as error:
            add_faults(form, error)
        else:
            if not together.conflicts:
                messages.success(request, said(msg("Endringen er lagret.")))
                return redirect("round_room", year=round_.year, name=round_.name)
            form.seen_now(now(named(round_.year, round_.name)))
            status = 409
            event("round.conflict", page=request.resolver_match.view_name if request.resolver_match else "")
    context = {
        "form": form,
        "subject": heading,
        "text": text,
        "clashes": clashes(form, together) if together else [],
        "back": kept_before,
        "submit": msg("Lagre"),
        "cancel": reverse("round_room", kwargs={"year": round_.year, "name": round_.name}),
        **about(request, round_, heading),
    }
    return render(request, "rounds/edit.html", context, status=status)


@kept.survives
@needs(Action.CHANGE, Kind.ROUND, county_thing)
@both
@never_cache
def change_request(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Change the total, the minors or what the round is called."""
    round_, actor = named(year, name), actor_of(request)
    return _edit(
        request,
        round_,
        msg("Måltall og navn"),
        lambda data: forms.Request(data, stored=changes.request_of(round_)),
        lambda form: changes.change_request(actor, round_, form.base, form.mine, form.cleaned_data["reason"]),
        changes.request_of,
        msg("Endres måltallet etter at anbefalingen er regnet ut, må den regnes ut på nytt."),
    )


@kept.survives
@needs(Action.CHANGE, Kind.ROUND, county_thing)
@both
@never_cache
def change_deadlines(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Set the county's own dates."""
    round_, actor = named(year, name), actor_of(request)
    deadlines = changes.deadlines_of(round_)
    return _edit(
        request,
        round_,
        msg("Frister"),
        lambda data: forms.Dates(data, stored=changes.dates_of(round_), deadlines=deadlines),
        lambda form: changes.change_deadlines(actor, round_, form.base, form.mine),
        changes.dates_of,
        msg(
            "Ingen regel gir disse datoene. Forslagene er Fotfestes; tøm et felt for å gå tilbake til forslaget."
        ),
    )


@kept.survives
@needs(Action.VIEW, Kind.ROUND, county_thing, post=Action.CHANGE)
@both
@never_cache
def learned(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Write what the county learned of the round."""
    round_, actor = named(year, name), actor_of(request)
    return _edit(
        request,
        round_,
        msg("Hva fylket lærte av runden"),
        lambda data: forms.LearnedForm(data, stored=lessons.answers_of(round_), year=round_.year),
        lambda form: lessons.write_lessons(actor, round_, form.base, form.mine),
        lessons.answers_of,
        msg("Skriv om det som skjedde, ikke om enkeltpersoner. Svarene følger runden."),
    )


@kept.survives
@needs(Action.CHANGE, Kind.ROUND, county_thing)
@both
@never_cache
def change_sharing(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Choose which municipalities and partners see the recommendation, and which partners may add input."""
    round_, actor = named(year, name), actor_of(request)
    names, organisations = services.municipalities_of(round_), organisations_of(round_)
    known = [*names, *organisations]

    def save(form: Any) -> Merged:
        seen, asked = ([str(one) for one in form.base.get(name, [])] for name in ("shared", "inputs"))
        return changes.share(actor, round_, seen, form.mine, known, (asked, form.asked))

    return _edit(
        request,
        round_,
        msg("Deling og innspill"),
        lambda data: forms.Sharing(
            data,
            stored=changes.sharing_of(round_),
            municipalities=names,
            organisations=organisations,
        ),
        save,
        changes.sharing_of,
        msg(
            "De som ser anbefalingen, ser den som den står nå, også før den er vedtatt. Det gjelder kontaktene i kommunene "
            "og samarbeidspartene. En samarbeidspart som bare gir innspill, ser den ikke. Ingen av dem ser arbeidet med runden."
        ),
    )
