"""Pages of the answers in a partner's input: typed field by field, or taken from a table."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import Message, Translated, msg, nmsg
from fotfeste.settlement.asked_elsewhere import empty_table, fields_to_ask
from fotfeste.settlement.reply_form import FormField, load_reply_form
from fotfeste.web.dialogue import partner_answers, partner_rights
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.partner_forms import ANSWER, AnswersForm
from fotfeste.web.dialogue.partner_page import both, one_input_of, read_whole, show_input, steps_to
from fotfeste.web.dialogue.work_page import address, context, tell
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def type_answers(request: HttpRequest, year: int, name: str, number: int, field: str) -> HttpResponse:
    """Type answers to one field of the reply form for each municipality; each field has its own address."""
    one, actor = found(request, PartnerInput), actor_of(request)
    asked = _asked(field)
    names = partner_answers.names_for(one)
    stored = partner_answers.answers_to(one, asked.id)
    data = request.POST if request.method == "POST" else kept.typed(request)
    about = f"{partner_rights.thing_of(one.round, one).id}:{asked.id}"
    form = AnswersForm(data, stored=stored, about=about, asked=asked, municipalities=names)
    status, together = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                together = partner_answers.type_answers(actor, one, asked.id, form.base, form.mine)
            except FotfesteError as error:
                for problem in error.problems or (error.problem,):
                    parts = [words_of(request).text(part) for part in (problem.what, problem.remedy) if part]
                    at = f"{ANSWER}{problem.place}"
                    form.add_error(at if at in form.fields else None, " ".join(parts))
            else:
                if not together.conflicts:
                    tell(request, msg("Svarene er lagret."))
                    return redirect("partner_input", year=year, name=name, number=number)
                one.refresh_from_db()
                form.seen_now(partner_answers.answers_to(one, asked.id))
                status = 409
    back = address("partner_input", one.round, number=number)
    page = context(request, one.round, "", steps_to(one, (msg("Svar"), "")))
    told = [
        (
            names.get(clash.field, clash.field),
            clash.theirs if isinstance(clash.theirs, str) else "",
            clash.mine,
        )
        for clash in (together.conflicts if together else ())
    ]
    page |= {
        "form": form,
        "heading": Translated(asked.question),
        "submit": msg("Lagre svarene"),
        "cancel": back,
    }
    page |= {"text": _how_to_answer(asked), "clashes": told, "back": kept.typed(request)}
    return render(request, "dialogue/work_form.html", page, status=status)


def _how_to_answer(asked: FormField) -> Message:
    """Return what the municipalities are told of a field, so that the number means the same here as there."""
    if not asked.no_limit:
        return msg("{help} La feltet stå tomt der dere ikke har fått svar.", help=Translated(asked.help))
    return msg(
        "{help} Skriv «{no_limit}» der tjenesten ikke setter noen grense, og la feltet stå tomt der dere ikke har fått svar.",
        help=Translated(asked.help),
        no_limit=Translated(load_reply_form().no_limit),
    )


@never_cache
@require_safe
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def choose_field(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Lead to the form of the field that was chosen; without one, to that of the first."""
    asked = _asked(request.GET.get("felt", "") or fields_to_ask()[0].id)
    return redirect("partner_answers", year=year, name=name, number=number, field=asked.id)


def _asked(field: str) -> FormField:
    known = {one.id: one for one in fields_to_ask()}
    if field not in known:
        raise Http404
    return known[field]


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def take_table(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Take in answers from a table; what is wrong with it is told cell by cell."""
    one = found(request, PartnerInput)
    sent, seen = request.FILES.get("fil"), request.POST.get("seen", "")
    version = int(seen[:9]) if seen.isascii() and seen.isdecimal() else -1
    try:
        if sent is None:
            raise InputError("upload.none", msg("Velg en fil først."))
        taken = partner_answers.take_table(actor_of(request), one, version, sent.name or "", read_whole(sent))
    except FotfesteError as error:
        return show_input(request, one, error.problems or (error.problem,), 422)
    if taken.meanwhile:
        one.refresh_from_db()
        return show_input(request, one, (), 409, meanwhile=True)
    told = nmsg(
        "Ett svar er lest inn fra {municipalities}.",
        "{count} svar er lest inn fra {municipalities}.",
        taken.answers,
        municipalities=nmsg("én kommune", "{count} kommuner", taken.municipalities),
    )
    tell(request, told)
    return redirect("partner_input", year=year, name=name, number=number)


@never_cache
@require_safe
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def empty(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Give an empty table to fill in."""
    del name
    content = empty_table(partner_answers.names_for(found(request, PartnerInput)), words_of(request).locale)
    return file_answer(content, "text/csv; charset=utf-8", f"innspill-{year}-{number}.csv")
