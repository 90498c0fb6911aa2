"""Pages of the partners' input: all of it, one, and what concerns one municipality."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import Translated, msg
from fotfeste.web.dialogue import entering, partner_rights, partner_shown, partners
from fotfeste.web.dialogue.entered import told_value
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.need_forms import WHOLE_COUNTY
from fotfeste.web.dialogue.page import lead_to_own, one_reply
from fotfeste.web.dialogue.partner_forms import ChangeInput, InputForm
from fotfeste.web.dialogue.partner_page import (
    INPUT,
    all_of_round,
    both,
    one_as_read,
    one_input_of,
    show_input,
    steps_to,
)
from fotfeste.web.dialogue.work_page import address, context, tell, tell_notices
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults, clashes
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of


@kept.survives
@never_cache
@both
@needs(Action.VIEW, Kind.INPUT, all_of_round, post=Action.ADD)
def all_inputs(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show the partners' input, as far as the reader sees it, and add some."""
    round_, actor = found(request, Round), actor_of(request)
    if not partner_rights.works_with(actor, round_):
        return lead_to_own(request, round_, "municipal_inputs", INPUT)
    of_county, for_all = (
        partner_rights.is_of_county(actor, round_),
        partner_rights.may_enter_for_all(actor, round_),
    )
    mine = partner_rights.organisations_for(actor, round_)
    data = request.POST if request.method == "POST" else kept.typed(request)
    form = InputForm(data, municipalities=municipalities_of(round_), own=() if for_all else mine)
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
                tell_notices(request, entering.notices_about(f"{made.title} {made.text}"))
                return redirect("partner_input", year=year, name=name, number=made.pk)
    names = municipalities_of(round_)
    listed = partner_shown.seen_by(actor, round_)
    values = {
        **context(request, round_, "", [(INPUT, "")]),
        "rows": [
            (one, names.get(one.municipality, ""), partner_shown.day_of(one), len(one.values))
            for one in listed
        ],
        "of_county": of_county,
        "form": form,
        "may_add": (for_all or bool(mine)) and entering.takes_work(round_),
        "most": settings.FOTFESTE.serving.partner_inputs,
        "back": kept.typed(request),
    }
    return render(request, "dialogue/inputs.html", values, status=status)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, one_as_read)
def one_input(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Show one input with its answers and files."""
    del year, name, number
    return show_input(request, found(request, PartnerInput))


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def change_input(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Change what is said in an input."""
    one, actor = found(request, PartnerInput), actor_of(request)
    stored = partners.stated_in(one).as_stored
    data = request.POST if request.method == "POST" else kept.typed(request)
    names = municipalities_of(one.round)
    about = partner_rights.thing_of(one.round, one).id
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
                    tell_notices(request, entering.notices_about(f"{form.stated.title} {form.stated.text}"))
                    return redirect("partner_input", year=year, name=name, number=number)
                one.refresh_from_db()
                form.seen_now(partners.stated_in(one).as_stored)
                status = 409
    back = address("partner_input", one.round, number=number)
    page = context(request, one.round, "", steps_to(one, (msg("Endre"), "")))
    page |= {"form": form, "heading": msg("Endre innspillet"), "submit": msg("Lagre"), "cancel": back}
    told = [
        (label, names.get(str(theirs)) or WHOLE_COUNTY, names.get(str(mine)) or WHOLE_COUNTY)
        if label == str(form.fields["municipality"].label)
        else (label, theirs, mine)
        for label, theirs, mine in (clashes(form, together) if together else [])
    ]
    page |= {"clashes": told, "back": kept.typed(request)}
    return render(request, "dialogue/work_form.html", page, status=status)


@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def withdraw(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Withdraw an input."""
    try:
        partners.withdraw(actor_of(request), found(request, PartnerInput))
    except FotfesteError as error:
        return show_input(
            request, found(request, PartnerInput), error.problems or (error.problem,), status=422
        )
    tell(request, msg("Innspillet er trukket tilbake."))
    return redirect("partner_input", year=year, name=name, number=number)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, one_reply)
def of_municipality(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show what partners have added that concerns one municipality, and what it need not answer again."""
    del year, name
    round_, locale = found(request, Round), words_of(request).locale
    shown = [
        (
            one,
            [(Translated(field.label), told_value(field.id, value, locale)) for field, value in one.answers],
            partner_shown.day_of(one.input),
        )
        for one in partner_shown.concerning(round_, code)
    ]
    page = context(request, round_, code, [(INPUT, "")])
    return render(request, "dialogue/municipal_inputs.html", page | {"inputs": shown})
