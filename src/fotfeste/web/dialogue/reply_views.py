"""The page of one municipality's reply: the form with its draft, what was delivered, and the sheet both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import InputError, Problem
from fotfeste.messages import Message, msg
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.dialogue import attachments, sheets
from fotfeste.web.dialogue.deliveries import (
    content_of,
    deliver,
    differences,
    notices_about,
    on_behalf,
    reopen,
)
from fotfeste.web.dialogue.drafts import Saved, save_draft
from fotfeste.web.dialogue.entered import Kept, as_base, base_of, typed_of
from fotfeste.web.dialogue.facts import facts_of
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.page import county_work, may, one_reply
from fotfeste.web.dialogue.questions import threads_of
from fotfeste.web.dialogue.services import deadline_of, is_open
from fotfeste.web.dialogue.shown import PREFIX, Beside, groups_of
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.kept import survives, typed
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about

DIALOGUE = msg("Dialog")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAYOUT = {one.id for one in load_reply_form().fields}


@survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.VIEW, Kind.INPUT, one_reply, post=Action.CHANGE)
def reply(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show the reply of one municipality, as a form or as it was delivered; save its draft, or deliver it."""
    del year, name
    round_ = found(request, Round)
    if request.method == "POST":
        return _sent(request, round_, code)
    before = typed(request)
    if before is None:
        return show_reply(request, round_, code)
    given = _typed(before)
    return show_reply(
        request,
        round_,
        code,
        texts=given or None,
        carried=before if given else None,
        restored=bool(given),
        more={"question_text": before.get("tekst", ""), "question_field": before.get("felt", "")},
    )


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_reply)
def save_while_typing(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Save the draft while it is typed, and tell in a line how that went; nothing on the page is replaced but that."""
    del year, name
    round_ = found(request, Round)
    words = words_of(request)
    try:
        saved = save_draft(
            actor_of(request), _reply(round_, code), _typed(request.POST), _seen(request), _base(request)
        )
    except InputError as error:
        context: dict[str, Any] = {"told": words.text(error.problem.what), **_carried(request)}
        return render(request, "dialogue/draft_state.html", context)
    labels = {one.id: one.label[words.locale] for one in load_reply_form().fields}
    shown = typed_of(saved.values)
    context = {
        "seen": saved.version,
        "base": as_base(saved.base),
        "saved_at": timezone.now(),
        "clashes": [(labels[one.field], shown.get(one.field, "")) for one in saved.clashes],
        "others": [(labels[one], shown.get(one, "")) for one in saved.others],
        "refused": [_told(words_of(request).text, one) for one in (saved.refused or {}).values()],
    }
    return render(request, "dialogue/draft_state.html", context)


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.ROUND, county_work)
def open_again(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Open a delivered reply for changes, with a reason."""
    round_ = found(request, Round)
    words = words_of(request)
    try:
        reopen(actor_of(request), _reply(round_, code), request.POST.get("grunn", ""))
    except InputError as error:
        more = {"reason_problem": error.problem, "reason_text": request.POST.get("grunn", "")}
        return show_reply(request, round_, code, more=more, status=422)
    messages.success(request, words.text(msg("Svaret er åpnet igjen, og kommunen kan endre det.")))
    return redirect("round_reply", year=year, name=name, code=code)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, one_reply)
def delivered(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Show one delivery as it came, and what was changed from the one before."""
    del year, name
    round_ = found(request, Round)
    one = _delivery(round_, code, number)
    before = Delivery.objects.filter(reply=one.reply, number=number - 1).first()
    municipality = rounds.municipalities_of(round_)[code]
    words = words_of(request)
    context = {
        **about(request, round_, DIALOGUE, municipality, msg("Levering {number}", number=number)),
        "code": code,
        "municipality": municipality,
        "delivery": one,
        "groups": groups_of(words, typed_of(one.values), Beside()),
        "changes": _changes(words.locale, before.values, one.values) if before else [],
        "before": before,
    }
    return render(request, "dialogue/delivered.html", context)


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.INPUT, one_reply)
def delivered_file(request: HttpRequest, year: int, name: str, code: str, number: int) -> HttpResponse:
    """Give one delivery as the file that its checksum is of."""
    del year, name
    round_ = found(request, Round)
    one = _delivery(round_, code, number)
    return as_file(
        content_of(one.reply, one.values), f"svar-{round_.year}-{code}-{number}.json", "application/json"
    )


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.INPUT, one_reply)
def own_sheet(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the form as a workbook, with what stands in the draft."""
    del name
    round_ = found(request, Round)
    standing = Reply.objects.filter(round=round_, municipality=code).first()
    content = sheets.own_sheet(round_, code, standing, words_of(request).locale, timezone.localdate())
    return as_file(content, f"svarskjema-{year}-{code}.xlsx", SHEET)


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_reply)
def read_own_sheet(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show what a workbook would change in the draft, and put it there when that is confirmed."""
    round_, by = found(request, Round), actor_of(request)
    words = words_of(request)
    municipality = rounds.municipalities_of(round_)[code]
    context = {**about(request, round_, DIALOGUE, municipality, msg("Svarskjema")), "code": code}
    context |= {"municipality": municipality, "action": reverse("round_reply", args=[year, name, code])}
    try:
        if token := request.POST.get("vist", ""):
            saved = sheets.take_into_draft(by, round_, code, token)
            if saved.clashes:
                return show_reply(request, round_, code, saved=saved, status=409)
            messages.success(
                request, words.text(msg("Svarene i filen står nå i kladden. De er ikke levert ennå."))
            )
            return redirect("round_reply", year=year, name=name, code=code)
        files = [(one.name or "", one.read()) for one in request.FILES.getlist("fil")]
        context["read"] = sheets.read_sheets(by, round_, files, code)
    except InputError as error:
        context["problems"] = error.problems or (error.problem,)
        return render(request, "dialogue/read_sheet.html", context, status=422)
    except Reply.DoesNotExist:
        raise Http404 from None
    context["incoming"] = _incoming(words.locale, context["read"])
    return render(request, "dialogue/read_sheet.html", context)


def _incoming(locale: str, read: sheets.Read) -> list[dict[str, Any]]:
    """Return what was read by municipality, with its changes in the reader's language."""
    return [
        {
            "one": one,
            "answers": len(one.values),
            "changes": [
                (
                    change.field.label[locale],
                    typed_text(change.field.id, change.before),
                    typed_text(change.field.id, change.after),
                )  # type: ignore[index]
                for change in one.changes
                if change.after is not None
            ],
        }
        for one in read.incoming
    ]


def typed_text(field: str, value: Kept | None) -> str:
    """Return one value as it stands in the form; nothing for one that is blank."""
    return "" if value is None else typed_of({field: value})[field]


def _sent(request: HttpRequest, round_: Round, code: str) -> HttpResponse:
    by, words = actor_of(request), words_of(request)
    texts, seen, base = _typed(request.POST), _seen(request), _base(request)
    address = redirect("round_reply", year=round_.year, name=round_.name, code=code)
    standing = _reply(round_, code)
    try:
        if request.POST.get("gjor") != "lever":
            saved = save_draft(by, standing, texts, seen, base)
            if saved.clashes or saved.refused:
                return show_reply(request, round_, code, texts=texts, saved=saved, status=409)
            messages.success(request, words.text(msg("Kladden er lagret. Svaret er ikke levert ennå.")))
            behalf = "?paa-vegne=1" if on_behalf(by, code) else ""
            address.headers["Location"] += behalf
            return address
        outcome = deliver(
            by,
            standing,
            texts,
            seen,
            base,
            origin=request.POST.get("hentet_fra", ""),
            notices_seen=bool(request.POST.get("merknader_sett")),
        )
    except InputError as error:
        return show_reply(request, round_, code, closed=error.problem, unsent=texts, status=409)
    if outcome.delivery is not None:
        told = (
            msg("Svaret er levert.") if not outcome.delivery.late else msg("Svaret er levert etter fristen.")
        )
        messages.success(request, words.text(told))
        return address
    clashing = outcome.saved is not None and bool(outcome.saved.clashes or outcome.saved.others)
    return show_reply(
        request,
        round_,
        code,
        texts=texts,
        saved=outcome.saved,
        problems=outcome.problems or {},
        notices=outcome.notices,
        status=409 if clashing else 422,
    )


def show_reply(
    request: HttpRequest,
    round_: Round,
    code: str,
    *,
    texts: Mapping[str, str] | None = None,
    carried: Mapping[str, Any] | None = None,
    saved: Saved | None = None,
    problems: Mapping[str, Problem] | None = None,
    notices: tuple[Problem, ...] = (),
    closed: Problem | None = None,
    unsent: Mapping[str, str] | None = None,
    restored: bool = False,
    more: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page of a reply. What was typed stands in the fields where it clashes or cannot be kept, or is restored."""
    actor, words = actor_of(request), words_of(request)
    standing = Reply.objects.filter(round=round_, municipality=code).first()
    deliveries = list(standing.deliveries.order_by("-number")) if standing else []
    newest = deliveries[0] if deliveries else None
    behalf = on_behalf(actor, code)
    writable = (
        standing is not None
        and is_open(round_)
        and (newest is None or standing.reopened_at is not None)
        and may(actor, Action.CHANGE, round_, code)
    )
    entering = writable and (not behalf or restored or "paa-vegne" in request.GET or saved is not None)
    wrong = {**(problems or {}), **((saved.refused or {}) if saved else {})}
    shown = _texts(standing, texts, saved, wrong, restored=restored)
    threads = threads_of(round_, code)
    municipality = rounds.municipalities_of(round_)[code]
    last = _last_year(round_, code)
    beside = Beside(last, wrong, saved.clashes if saved else (), threads)
    fields = {one.id: one for one in load_reply_form().fields}
    context: dict[str, Any] = {
        **about(request, round_, DIALOGUE, municipality),
        "code": code,
        "municipality": municipality,
        "reply": standing,
        "due": deadline_of(round_),
        "passed": timezone.localdate() > deadline_of(round_),
        "takes_replies": is_open(round_),
        "deliveries": deliveries,
        "newest": newest,
        "writable": writable,
        "entering": entering,
        "behalf": behalf,
        "groups": groups_of(words, shown if entering else typed_of(newest.values) if newest else {}, beside),
        "answered": sum(1 for one in shown.values() if one),
        "asked": len(fields),
        "last_year": str(round_.year - 1) if last else "",
        "problems": [(one, _told(words.text, wrong[one])) for one in fields if one in wrong],
        "clashes": [
            (one.field, fields[one.field].label[words.locale]) for one in (saved.clashes if saved else ())
        ],
        "others": [
            fields[one].label[words.locale]
            for one in (saved.others if saved and problems is not None else ())
        ],
        "notices": notices,
        "standing_notices": notices_about(standing, newest.values)
        if newest and standing and not entering
        else (),
        "closed": closed,
        "typed": [(fields[one].label[words.locale], text) for one, text in (unsent or {}).items() if text],
        "restored": restored,
        "origin": request.POST.get("hentet_fra", ""),
        "threads": threads,
        "fields": [(one.id, one.label[words.locale]) for one in fields.values()],
        "changes": _changes(words.locale, deliveries[1].values, newest.values)
        if newest and len(deliveries) > 1
        else [],
        "attachments": attachments.attachments_of(round_, code),
        "withdrawn": attachments.withdrawn_from(round_, code),
        "limits": attachments.limits(),
        "facts": facts_of(round_, code, words.locale),
        "may_add": may(actor, Action.ADD, round_, code) and is_open(round_),
        "may_ask": may(actor, Action.ADD, round_, code, Kind.QUESTION),
        "may_fetch": may(actor, Action.EXPORT, round_, code),
        "may_reopen": newest is not None
        and standing is not None
        and standing.reopened_at is None
        and is_open(round_)
        and rounds.may(actor, Action.CHANGE, round_),
        "sees_all": may(actor, Action.VIEW, round_),
        **_state(standing, carried),
        **(more or {}),
    }
    return render(request, "dialogue/reply.html", context, status=status)


def _texts(
    standing: Reply | None,
    texts: Mapping[str, str] | None,
    saved: Saved | None,
    wrong: Mapping[str, Problem],
    *,
    restored: bool,
) -> dict[str, str]:
    stored = typed_of(standing.values) if standing else {}
    if texts is None:
        mine = {one.field: one.mine for one in saved.clashes} if saved else {}
        return {
            **stored,
            **typed_of({name: value for name, value in mine.items() if isinstance(value, int | str)}),
        }
    if restored:
        return {**stored, **texts}
    kept = set(wrong) | ({one.field for one in saved.clashes} if saved else set())
    return {**stored, **{name: text for name, text in texts.items() if name in kept}}


def _state(standing: Reply | None, carried: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the form carries: the version and the values that it was made from."""
    if carried is not None:
        return {"seen": carried.get("sett", "0"), "base": carried.get("grunnlag", "")}
    return {
        "seen": standing.version if standing else 0,
        "base": as_base(standing.values) if standing else "{}",
        "saved_at": standing.changed_at if standing else None,
    }


def _changes(
    locale: str, before: Mapping[str, object], after: Mapping[str, object]
) -> list[tuple[str, str, str]]:
    return [
        (one.field.label[locale], typed_text(one.field.id, one.before), typed_text(one.field.id, one.after))  # type: ignore[index]
        for one in differences(before, after)
    ]


def _last_year(round_: Round, code: str) -> Mapping[str, Kept]:
    deliveries = Delivery.objects.filter(
        reply__municipality=code,
        reply__round__county=round_.county,
        reply__round__year=round_.year - 1,
        reply__round__is_example=False,
    )
    newest = deliveries.order_by("-number").first()
    return newest.values if newest else {}


def _reply(round_: Round, code: str) -> Reply:
    standing = Reply.objects.filter(round=round_, municipality=code).first()
    if standing is None:
        raise Http404
    return standing


def _delivery(round_: Round, code: str, number: int) -> Delivery:
    one = (
        Delivery.objects.select_related("reply__round")
        .filter(reply__round=round_, reply__municipality=code, number=number)
        .first()
    )
    if one is None:
        raise Http404
    return one


def _typed(sent: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of the form that were sent."""
    return {name: str(sent[PREFIX + name]) for name in sorted(LAYOUT) if PREFIX + name in sent}


def _seen(request: HttpRequest) -> int:
    stated = request.POST.get("sett", "")
    return int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 10 else -1


def _base(request: HttpRequest) -> dict[str, Kept] | None:
    return base_of(request.POST.get("grunnlag", ""))


def _carried(request: HttpRequest) -> dict[str, Any]:
    return {"seen": request.POST.get("sett", ""), "base": request.POST.get("grunnlag", "")}


def _told(text: Any, problem: Problem) -> str:
    """Return a problem in one sentence or two."""
    parts = [problem.what, *([problem.remedy] if problem.remedy else [])]
    place = problem.place
    head = f"{text(place)}: " if isinstance(place, Message) else ""
    return head + " ".join(text(one) for one in parts)


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to be saved, never shown."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
