"""What stands beside a reply: files, and questions back and forth."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.web.dialogue import attachments
from fotfeste.web.dialogue.models import Attachment, Question
from fotfeste.web.dialogue.page import one_reply
from fotfeste.web.dialogue.page import questions as of_questions
from fotfeste.web.dialogue.questions import ask
from fotfeste.web.dialogue.reply_page import show_reply, told
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives
from fotfeste.web.rounds.models import Round

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
}


@never_cache
@require_POST
@needs(Action.ADD, Kind.INPUT, one_reply)
def attach(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Keep a file beside the reply."""
    round_, words = found(request, Round), words_of(request)
    sent = request.FILES.get("fil")
    try:
        if sent is None:
            raise InputError("upload.none", msg("Velg en fil først."))
        kept = attachments.attach(actor_of(request), round_, code, sent.name or "", sent.read())
    except InputError as error:
        more = {"attachment_problem": told((error.problem, *error.problems), words)}
        return show_reply(request, round_, code, more=more, status=422)
    return _back(year, name, code, "vedlegg", vedlegg=kept.pk)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, one_reply)
def attachment(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Give a file that was handed in, always to be saved: what is in it is its sender's."""
    del year, name
    one = _one(found(request, Round), code, number)
    if one.withdrawn_at is not None:
        raise Http404
    answer = file_answer(bytes(one.data), KINDS.get(one.kind, "application/octet-stream"), one.name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_reply)
def withdraw(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Withdraw a file; that it was there still stands."""
    one = _one(found(request, Round), code, number)
    words = words_of(request)
    try:
        attachments.withdraw(actor_of(request), one)
    except InputError as error:
        more = {"attachment_problem": told((error.problem,), words)}
        return show_reply(request, found(request, Round), code, more=more, status=422)
    return _back(year, name, code, "vedlegg", vedlegg=one.pk)


@survives
@never_cache
@require_POST
@needs(Action.ADD, Kind.QUESTION, of_questions)
def question(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Ask the other side something, or answer."""
    round_, words = found(request, Round), words_of(request)
    number = request.POST.get("til", "")
    follows = None
    if number:
        known = Question.objects.filter(round=round_, municipality=code)
        plain = number.isascii() and number.isdecimal() and len(number) < 10
        follows = known.filter(pk=int(number)).first() if plain else None
        if follows is None:
            raise Http404
    try:
        asked = ask(
            actor_of(request),
            round_,
            code,
            request.POST.get("tekst", ""),
            field=request.POST.get("felt", ""),
            follows=follows,
        ).question
    except InputError as error:
        more = {
            "question_problem": told((error.problem, *error.problems), words),
            "question_text": request.POST.get("tekst", ""),
            "question_field": request.POST.get("felt", ""),
            "question_to": follows.pk if follows else None,
        }
        return show_reply(request, round_, code, more=more, status=422)
    return _back(year, name, code, "sporsmal", skrevet=asked.pk)


def _back(year: int, name: str, code: str, part: str, **done: int) -> HttpResponse:
    """Lead back to the part of the page where something was done; what was done is told there."""
    answer = redirect("round_reply", year=year, name=name, code=code)
    answer.headers["Location"] += f"?{urlencode(done)}#{part}"
    return answer


def _one(round_: Round, code: str, number: int) -> Attachment:
    files = Attachment.objects.select_related("round").defer("round__bundle")
    one = files.filter(pk=number, round=round_, municipality=code, partner_input=None).first()
    if one is None:
        raise Http404
    return one
