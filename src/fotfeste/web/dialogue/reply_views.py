"""The page of one municipality's reply: the form with its draft, what was delivered, and the sheet both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg, nmsg
from fotfeste.settlement.reply_form import NO_LIMIT, load_reply_form
from fotfeste.web.dialogue.deliveries import content_of, deliver, reopen
from fotfeste.web.dialogue.drafts import save_draft
from fotfeste.web.dialogue.entered import Kept, as_base, base_of, in_words, typed_of
from fotfeste.web.dialogue.form_rows import PREFIX, Beside, groups_of
from fotfeste.web.dialogue.models import Delivery
from fotfeste.web.dialogue.page import about_dialogue, county_work, one_reply
from fotfeste.web.dialogue.partner_shown import values_beside
from fotfeste.web.dialogue.reply_page import changes_between, reply_of, show_reply, told
from fotfeste.web.dialogue.services import adoption_before_replies, came_after, on_behalf
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives, typed
from fotfeste.web.rounds.models import Round

LAYOUT = {one.id: one.no_limit for one in load_reply_form().fields}
"""The fields of the form, and whether each has a box for no limit."""
UNLIMITED = "uten_grense"
"""What the boxes are called that say that a service sets no limit; each sends the id of its field."""
USE_ONE, USE_ALL = "bruk-", "bruk-alle"
"""What the buttons send that take over the answers partners have got: with the field's id after it, or all of them."""


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
        more=_beside(before),
    )


def _beside(before: QueryDict) -> dict[str, Any]:
    """Return what was typed in the other forms of the page."""
    follows = before.get("til", "")
    return {
        "question_text": before.get("tekst", ""),
        "question_field": before.get("felt", ""),
        "question_to": int(follows) if follows.isascii() and follows.isdecimal() else None,
        "reason_text": before.get("grunn", ""),
    }


@survives
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
            actor_of(request), reply_of(round_, code), _typed(request.POST), _seen(request), _base(request)
        )
    except InputError as error:
        context: dict[str, Any] = {"told": words.text(error.problem.what), **_carried(request)}
        return render(request, "dialogue/draft_state.html", context)
    labels = {one.id: one.label[words.locale] for one in load_reply_form().fields}
    shown = {one: in_words(text, words.locale) for one, text in typed_of(saved.values).items()}
    context = {
        "seen": saved.version,
        "base": as_base(saved.base),
        "saved_at": timezone.now(),
        "clashes": [(labels[one.field], shown.get(one.field, "")) for one in saved.clashes],
        "others": [(labels[one], shown.get(one, "")) for one in saved.others],
        "refused": [told([one], words) for one in (saved.refused or {}).values()],
    }
    return render(request, "dialogue/draft_state.html", context)


@survives
@never_cache
@require_POST
@needs(Action.CHANGE, Kind.ROUND, county_work)
def open_again(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Open a delivered reply for changes, with a reason."""
    round_ = found(request, Round)
    words = words_of(request)
    try:
        reopen(actor_of(request), reply_of(round_, code), request.POST.get("grunn", ""))
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
    words = words_of(request)
    context = {
        **about_dialogue(request, round_, code, msg("Levering {number}", number=number)),
        "delivery": one,
        "groups": groups_of(words, typed_of(one.values), Beside()),
        "newest": one,
        "adopted": (adopted := adoption_before_replies(round_)),
        "came_after": came_after(one, adopted),
        "changes": changes_between(words.locale, before.values, one.values) if before else [],
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
    content = content_of(one.reply, one.values)
    return file_answer(content, "application/json", f"svar-{round_.year}-{code}-{number}.json")


def _sent(request: HttpRequest, round_: Round, code: str) -> HttpResponse:
    by, words = actor_of(request), words_of(request)
    texts, seen, base = _typed(request.POST), _seen(request), _base(request)
    used = _used(request.POST.get("gjor", ""), round_, code, texts)
    texts |= used
    address = redirect("round_reply", year=round_.year, name=round_.name, code=code)
    standing = reply_of(round_, code)
    try:
        if request.POST.get("gjor") != "lever":
            saved = save_draft(by, standing, texts, seen, base)
            if saved.clashes or saved.refused:
                status = 409 if saved.clashes else 422
                return show_reply(request, round_, code, texts=texts, saved=saved, status=status)
            messages.success(request, words.text(_what_was_saved(used)))
            behalf = "?paa-vegne=1" if on_behalf(by, code) else ""
            address.headers["Location"] += behalf + (f"#{next(iter(used))}" if used else "")
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
        messages.success(request, words.text(_what_was_delivered(outcome.delivery, round_)))
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


def _used(pressed: str, round_: Round, code: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the answers of partners that the sender says still hold, by field: one, or every number that stands blank."""
    beside = values_beside(round_, code)
    if pressed == USE_ALL:
        numbers = [one.id for one in load_reply_form().fields if one.kind == "persons"]
        chosen = [one for one in numbers if one in beside and not texts.get(one, "").strip()]
    else:
        field = pressed.removeprefix(USE_ONE)
        chosen = [field] if field != pressed and field in beside else []
    return {one: typed_of({one: beside[one].value})[one] for one in chosen}


def _what_was_saved(used: Mapping[str, str]) -> Message:
    if not used:
        return msg("Kladden er lagret. Svaret er ikke levert ennå.")
    return nmsg(
        "Svaret fra samarbeidsparten står nå i kladden som deres eget. Svaret er ikke levert ennå.",
        "{count} svar fra samarbeidsparter står nå i kladden som deres egne. Svaret er ikke levert ennå.",
        len(used),
    )


def _what_was_delivered(delivery: Delivery, round_: Round) -> Message:
    if came_after(delivery, adoption_before_replies(round_)):
        return msg(
            "Svaret er levert etter at anbefalingen ble vedtatt. Fylkeskommunen ser det, men det endrer ikke "
            "anbefalingen av seg selv."
        )
    return msg("Svaret er levert etter fristen.") if delivery.late else msg("Svaret er levert.")


def _delivery(round_: Round, code: str, number: int) -> Delivery:
    one = (
        Delivery.objects.select_related("reply__round")
        .defer("reply__round__bundle")
        .filter(reply__round=round_, reply__municipality=code, number=number)
        .first()
    )
    if one is None:
        raise Http404
    return one


def _typed(sent: QueryDict) -> dict[str, str]:
    """Return the fields of the form that were sent; the box for no limit and a number stand together in one."""
    boxes = {name for name in sent.getlist(UNLIMITED) if LAYOUT.get(name)}
    texts = {name: str(sent[PREFIX + name]) for name in sorted(LAYOUT) if PREFIX + name in sent}
    ticked = {name: f"{texts.get(name, '')} {NO_LIMIT}".strip() for name in sorted(boxes)}
    return {**texts, **ticked}


def _seen(request: HttpRequest) -> int:
    stated = request.POST.get("sett", "")
    return int(stated) if stated.isascii() and stated.isdecimal() and len(stated) < 10 else -1


def _base(request: HttpRequest) -> dict[str, Kept] | None:
    return base_of(request.POST.get("grunnlag", ""))


def _carried(request: HttpRequest) -> dict[str, Any]:
    return {"seen": request.POST.get("sett", ""), "base": request.POST.get("grunnlag", "")}
