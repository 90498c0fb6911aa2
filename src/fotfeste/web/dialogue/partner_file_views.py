"""Files beside a partner's input: kept, given and withdrawn."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import FotfesteError, InputError
from fotfeste.messages import msg
from fotfeste.web.dialogue import partner_files
from fotfeste.web.dialogue.beside_views import KINDS
from fotfeste.web.dialogue.models import Attachment, PartnerInput
from fotfeste.web.dialogue.partner_page import one_as_read, one_input_of, read_whole, show_input
from fotfeste.web.dialogue.work_page import tell
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind


@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def attach(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Keep a file beside an input."""
    one = found(request, PartnerInput)
    sent = request.FILES.get("fil")
    try:
        if sent is None:
            raise InputError("upload.none", msg("Velg en fil først."))
        file = partner_files.attach(actor_of(request), one, sent.name or "", read_whole(sent))
    except FotfesteError as error:
        return show_input(request, one, error.problems or (error.problem,), 422)
    tell(request, msg("«{name}» er lagt ved.", name=file.name))
    return redirect("partner_input", year=year, name=name, number=number)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, one_as_read)
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
    answer = file_answer(bytes(there.data), KINDS.get(there.kind, "application/octet-stream"), there.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_input_of)
def withdraw_file(request: HttpRequest, year: int, name: str, number: int, file: int) -> HttpResponse:
    """Withdraw a file beside an input."""
    try:
        there = file < 2**62 and partner_files.withdraw_file(
            actor_of(request), found(request, PartnerInput), file
        )
    except FotfesteError as error:
        return show_input(request, found(request, PartnerInput), error.problems or (error.problem,), 422)
    if not there:
        raise Http404
    tell(request, msg("Filen er trukket tilbake."))
    return redirect("partner_input", year=year, name=name, number=number)
