"""What the pages of the partners' input look up before they are shown, and the page of one input."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fotfeste.errors import Problem
from fotfeste.messages import Translated, msg
from fotfeste.settlement.asked_elsewhere import fields_to_ask
from fotfeste.web.dialogue import (
    entering,
    partner_answers,
    partner_files,
    partner_rights,
    partner_shown,
    partners,
)
from fotfeste.web.dialogue.attachments import limits
from fotfeste.web.dialogue.entered import told_value
from fotfeste.web.dialogue.models import PartnerInput
from fotfeste.web.dialogue.page import own_municipality
from fotfeste.web.dialogue.services import adoption_before_replies
from fotfeste.web.dialogue.work_page import Step, address, context
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import Found
from fotfeste.web.rounds.page import named
from fotfeste.web.rounds.services import municipalities_of

INPUT = msg("Innspill")
both = require_http_methods(["GET", "HEAD", "POST"])


def all_of_round(request: HttpRequest, year: int, name: str, **parts: Any) -> Found:
    """Return the round with the partners' input; a contact has their own municipality's part in it."""
    del parts
    round_ = named(year, name)
    thing = partner_rights.thing_of(round_)
    return Found(replace(thing, municipality=own_municipality(actor_of(request), round_)), round_)


def one_input_of(request: HttpRequest, year: int, name: str, number: int, **parts: Any) -> Found:
    """Return one input as the county and its organisation have it."""
    del request, parts
    round_ = named(year, name)
    one = partners.inputs_of(round_).filter(pk=number).first() if number < 2**62 else None
    if one is None:
        raise Http404
    return Found(partner_rights.thing_of(round_, one), one)


def one_as_read(request: HttpRequest, year: int, name: str, number: int, **parts: Any) -> Found:
    """Return one input as those have it who read it: the municipality that it is about too."""
    one: PartnerInput = one_input_of(request, year, name, number, **parts).object
    return Found(partner_rights.shown_thing(one), one)


def show_input(
    request: HttpRequest,
    one: PartnerInput,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show one input, with what is wrong with what was handed in there."""
    round_, actor = one.round, actor_of(request)
    names, locale = partner_answers.names_for(one), words_of(request).locale
    fields = {field.id: field for field in fields_to_ask()}
    used = [field for name, field in fields.items() if any(name in given for given in one.values.values())]
    whole = partner_rights.is_of_county(actor, round_) or partner_rights.may_change(actor, one)
    steps: list[Step] = [(INPUT, address("partner_inputs", round_)), (one.title, "")]
    if not whole:
        steps = [(INPUT, address("municipal_inputs", round_, code=one.municipality)), (one.title, "")]
    page = context(request, round_, "" if whole else one.municipality, steps)
    page |= {
        "input": one,
        "on": partner_shown.day_of(one),
        "place": municipalities_of(round_).get(one.municipality, ""),
        "fields": [Translated(field.label) for field in used],
        "answers": [
            (place, [told_value(field.id, one.values[code].get(field.id, ""), locale) for field in used])
            for code, place in names.items()
            if code in one.values
        ],
        "files": partner_files.files_of(one),
        "may_write": partner_rights.may_change(actor, one)
        and one.withdrawn_at is None
        and entering.takes_work(round_),
        "may_withdraw": partner_rights.may_withdraw(actor, one)
        and one.withdrawn_at is None
        and entering.takes_work(round_),
        "most_megabytes": limits().largest // partner_files.MEGABYTE,
        "all_megabytes": settings.FOTFESTE.serving.partner_megabytes,
        "choices": [(field.id, Translated(field.question)) for field in fields.values()],
        "questions": [(Translated(field.question), Translated(field.help)) for field in fields.values()],
        "adopted": adoption_before_replies(round_),
        "problems": problems,
        **more,
    }
    return render(request, "dialogue/input.html", page, status=status)


def steps_to(one: PartnerInput, *below: Step) -> list[Step]:
    """Return the way to a page below one input."""
    inputs, whole = address("partner_inputs", one.round), address("partner_input", one.round, number=one.pk)
    return [(INPUT, inputs), (one.title, whole), *below]


def read_whole(sent: Any) -> bytes:
    """Return the content of a file that was handed in; one that is far too large is not read to its end."""
    most = max(partner_answers.BOUNDS.file, limits().largest) + 1
    content: bytes = sent.read(most)
    return content
