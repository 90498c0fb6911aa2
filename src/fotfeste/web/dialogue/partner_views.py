"""Pages of the partners' input: all of it, one, its answers and files, and what concerns one municipality."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import FotfesteError, InputError, Problem
from fotfeste.messages import Translated, msg, nmsg
from fotfeste.settlement.asked_elsewhere import empty_table, fields_to_ask
from fotfeste.settlement.reply_form import FormField
from fotfeste.web.dialogue import meetings, partner_answers, partner_files, partners
from fotfeste.web.dialogue.attachments import limits
from fotfeste.web.dialogue.beside_views import KINDS
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.page import one_reply, own_municipality
from fotfeste.web.dialogue.partner_forms import ANSWER, AnswersForm, ChangeInput, InputForm
from fotfeste.web.dialogue.services import names_of
from fotfeste.web.dialogue.work_page import (
    Step,
    address,
    context,
    file_answer,
    tell,
    tell_notices,
    tell_refusal,
)
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import Found, found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults, clashes
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import named

INPUT = msg("Innspill")
both = require_http_methods(["GET", "HEAD", "POST"])


def _all(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with the partners' input; a contact has their own municipality's part in it."""
    del parts
    round_ = named(year, name)
    thing = partners.thing_of(round_)
    return Found(replace(thing, municipality=own_municipality(actor_of(request), round_)), round_)


def _one(request: HttpRequest, year: int, name: str, number: int, **parts: Any) -> Found:
    """Return one input as the county and its organisation have it."""
    del request, parts
    round_ = named(year, name)
    one = partners.inputs_of(round_).filter(pk=number).first() if number < 2**62 else None
    if one is None:
        raise Http404
    return Found(partners.thing_of(round_, one), one)


def _read(request: HttpRequest, year: int, name: str, number: int, **parts: Any) -> Found:
    """Return one input as those have it who read it: the municipality that it is about too."""
    one: PartnerInput = _one(request, year, name, number, **parts).object
    return Found(partners.shown_thing(one), one)


@kept.survives
@never_cache
@both
@needs(Action.VIEW, Kind.INPUT, _all, post=Action.ADD)
def all_inputs(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the partners' input, as far as the reader sees it, and add some."""
    round_, actor = found(request, Round), actor_of(request)
    if not partners.works_with(actor, round_):
        return redirect("municipal_inputs", year=year, name=name, code=own_municipality(actor, round_))
    of_county, for_all = partners.is_of_county(actor, round_), partners.may_enter_for_all(actor, round_)
    mine = partners.organisations_for(actor, round_)
    data = request.POST if request.method == "POST" else kept.typed(request)
    form = InputForm(data, municipalities=names_of(round_), own=() if for_all else mine)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = partners.add(actor, round_, form.stated)
            except FotfesteError as error:
                add_faults(form, error)
            else:
                tell(request, msg("Innspillet er lagt inn."))
                tell_notices(request, partners.notices_about(f"{made.title} {made.text}"))
                return redirect("partner_input", year=year, name=name, number=made.pk)
    names = names_of(round_)
    listed = partners.seen_by(actor, round_)
    values = {
        **context(request, round_, "", [(INPUT, "")]),
        "rows": [
            (one, names.get(one.municipality, ""), partners.day_of(one), len(one.values)) for one in listed
        ],
        "of_county": of_county,
        "form": form,
        "may_add": (for_all or bool(mine)) and meetings.takes_work(round_),
        "back": kept.typed(request),
    }
    return render(request, "dialogue/inputs.html", values, status=status)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, _read)
def one_input(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Show one input with its answers and files."""
    del year, name, number
    return _shown(request, found(request, PartnerInput))


def _shown(
    request: HttpRequest,
    one: PartnerInput,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    round_, actor = one.round, actor_of(request)
    names = partner_answers.names_for(one)
    fields = {field.id: field for field in fields_to_ask()}
    used = [field for name, field in fields.items() if any(name in given for given in one.values.values())]
    whole = partners.is_of_county(actor, round_) or partners.may_change(actor, one)
    steps: list[Step] = [(INPUT, address("partner_inputs", round_)), (one.title, "")]
    if not whole:
        steps = [(INPUT, address("municipal_inputs", round_, code=one.municipality)), (one.title, "")]
    page = context(request, round_, "" if whole else one.municipality, steps)
    page |= {
        "input": one,
        "on": partners.day_of(one),
        "place": names_of(round_).get(one.municipality, ""),
        "fields": [Translated(field.label) for field in used],
        "answers": [
            (place, [one.values.get(code, {}).get(field.id, "") for field in used])
            for code, place in names.items()
            if code in one.values
        ],
        "files": partner_files.files_of(one),
        "may_write": partners.may_change(actor, one)
        and one.withdrawn_at is None
        and meetings.takes_work(round_),
        "may_withdraw": one.withdrawn_at is None
        and (partners.may_change(actor, one) or partners.may_enter_for_all(actor, round_)),
        "most_megabytes": limits().largest // 1_000_000,
        "choices": [(field.id, Translated(field.label)) for field in fields.values()],
        "problems": problems,
        **more,
    }
    return render(request, "dialogue/input.html", page, status=status)


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.INPUT, _one)
def change_input(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Change what is said in an input."""
    one, actor = found(request, PartnerInput), actor_of(request)
    stored = partners.stated_in(one).as_stored
    data = request.POST if request.method == "POST" else kept.typed(request)
    names = names_of(one.round)
    about = partners.thing_of(one.round, one).id
    form = ChangeInput(data, stored=stored, about=about, municipalities=names, own=(), fixed=one.organisation)
    status, together = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                together = partners.change(actor, one, form.base, form.stated)
            except FotfesteError as error:
                add_faults(form, error)
            else:
                if not together.conflicts:
                    tell(request, msg("Endringen er lagret."))
                    tell_notices(request, partners.notices_about(f"{form.stated.title} {form.stated.text}"))
                    return redirect("partner_input", year=year, name=name, number=number)
                one.refresh_from_db()
                form.seen_now(partners.stated_in(one).as_stored)
                status = 409
    back = address("partner_input", one.round, number=number)
    page = context(
        request,
        one.round,
        "",
        [(INPUT, address("partner_inputs", one.round)), (one.title, back), (msg("Endre"), "")],
    )
    page |= {"form": form, "heading": msg("Endre innspillet"), "submit": msg("Lagre"), "cancel": back}
    page |= {"clashes": clashes(form, together) if together else [], "back": kept.typed(request)}
    return render(request, "dialogue/work_form.html", page, status=status)


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.INPUT, _one)
def type_answers(request: HttpRequest, year: int, name: str, number: int, field: str) -> HttpResponse:
    """Type answers to one field of the reply form for each municipality; each field has its own address."""
    one, actor = found(request, PartnerInput), actor_of(request)
    asked = _asked(field)
    names = partner_answers.names_for(one)
    stored = partner_answers.answers_to(one, asked.id)
    data = request.POST if request.method == "POST" else kept.typed(request)
    about = f"{partners.thing_of(one.round, one).id}:{asked.id}"
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
    page = context(
        request,
        one.round,
        "",
        [(INPUT, address("partner_inputs", one.round)), (one.title, back), (msg("Svar"), "")],
    )
    told = [
        (
            names.get(clash.field, clash.field),
            clash.theirs if isinstance(clash.theirs, str) else "",
            clash.mine,
        )
        for clash in (together.conflicts if together else ())
    ]
    page |= {"form": form, "heading": Translated(asked.label), "submit": msg("Lagre svarene"), "cancel": back}
    page |= {"text": Translated(asked.question), "clashes": told, "back": kept.typed(request)}
    return render(request, "dialogue/work_form.html", page, status=status)


@never_cache
@require_safe
@needs(Action.CHANGE, Kind.INPUT, _one)
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
@needs(Action.CHANGE, Kind.INPUT, _one)
def take_table(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Take in answers from a table; what is wrong with it is told cell by cell."""
    one = found(request, PartnerInput)
    sent, seen = request.FILES.get("fil"), request.POST.get("seen", "")
    version = int(seen[:9]) if seen.isascii() and seen.isdecimal() else -1
    try:
        if sent is None:
            raise InputError("upload.none", msg("Velg en fil først."))
        taken = partner_answers.take_table(
            actor_of(request), one, version, sent.name or "", _read_whole(sent)
        )
    except FotfesteError as error:
        return _shown(request, one, error.problems or (error.problem,), 422)
    if taken.meanwhile:
        one.refresh_from_db()
        return _shown(request, one, (), 409, meanwhile=True)
    told = nmsg(
        "Ett svar er lest inn fra {municipalities} kommuner.",
        "{count} svar er lest inn fra {municipalities} kommuner.",
        taken.answers,
        municipalities=taken.municipalities,
    )
    tell(request, told)
    return redirect("partner_input", year=year, name=name, number=number)


def _read_whole(sent: Any) -> bytes:
    """Return the content of a file that was handed in; one that is far too large is not read to its end."""
    most = max(partner_answers.BOUNDS.file, limits().largest) + 1
    content: bytes = sent.read(most)
    return content


@never_cache
@require_safe
@needs(Action.CHANGE, Kind.INPUT, _one)
def empty(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Give an empty table to fill in."""
    del name
    content = empty_table(partner_answers.names_for(found(request, PartnerInput)), words_of(request).locale)
    return file_answer(content, "text/csv; charset=utf-8", f"innspill-{year}-{number}.csv")


@require_POST
@needs(Action.CHANGE, Kind.INPUT, _one)
def withdraw(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Withdraw an input."""
    partners.withdraw(actor_of(request), found(request, PartnerInput))
    tell(request, msg("Innspillet er trukket tilbake."))
    return redirect("partner_input", year=year, name=name, number=number)


@require_POST
@needs(Action.CHANGE, Kind.INPUT, _one)
def attach(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Keep a file beside an input."""
    one = found(request, PartnerInput)
    sent = request.FILES.get("fil")
    try:
        if sent is None:
            raise InputError("upload.none", msg("Velg en fil først."))
        file = partner_files.attach(actor_of(request), one, sent.name or "", _read_whole(sent))
    except FotfesteError as error:
        return _shown(request, one, error.problems or (error.problem,), 422)
    tell(request, msg("«{name}» er lagt ved.", name=file.name))
    return redirect("partner_input", year=year, name=name, number=number)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, _read)
def one_file(request: HttpRequest, year: int, name: str, number: int, file: int) -> HttpResponse:
    """Give a file beside an input, always to be saved: what is in it is its sender's."""
    del year, name, number
    one = found(request, PartnerInput)
    there = (
        Attachment.objects.filter(partner_input=one, withdrawn_at=None, pk=file).first()
        if file < 2**62
        else None
    )
    if there is None:
        raise Http404
    answer = HttpResponse(bytes(there.data), content_type=KINDS.get(there.kind, "application/octet-stream"))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(there.name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@needs(Action.CHANGE, Kind.INPUT, _one)
def withdraw_file(request: HttpRequest, year: int, name: str, number: int, file: int) -> HttpResponse:
    """Withdraw a file beside an input."""
    try:
        there = file < 2**62 and partner_files.withdraw_file(
            actor_of(request), found(request, PartnerInput), file
        )
    except FotfesteError as error:
        tell_refusal(request, error)
    else:
        if not there:
            raise Http404
        tell(request, msg("Filen er trukket tilbake."))
    return redirect("partner_input", year=year, name=name, number=number)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, one_reply)
def of_municipality(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show what partners have added that concerns one municipality, and what it need not answer again."""
    del year, name
    round_ = found(request, Round)
    shown = [
        (one, [(Translated(field.label), value) for field, value in one.answers], partners.day_of(one.input))
        for one in partners.concerning(round_, code)
    ]
    page = context(request, round_, code, [(INPUT, "")])
    return render(request, "dialogue/municipal_inputs.html", page | {"inputs": shown})
