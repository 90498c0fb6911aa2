"""The page of one municipality's reply, put together: the form or what is delivered, and all that stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fotfeste.errors import Problem
from fotfeste.messages import Language, Locale
from fotfeste.settlement.reply_check import reads_as_somebody
from fotfeste.settlement.reply_form import load_reply_form
from fotfeste.web.dialogue import attachments
from fotfeste.web.dialogue.before_delivery import notices_about
from fotfeste.web.dialogue.deliveries import differences
from fotfeste.web.dialogue.drafts import Draft, Saved, draft_of
from fotfeste.web.dialogue.entered import Kept, as_base, told_value, typed_of
from fotfeste.web.dialogue.facts import facts_of
from fotfeste.web.dialogue.form_rows import Beside, groups_of
from fotfeste.web.dialogue.models import Delivery, Reply
from fotfeste.web.dialogue.page import about_dialogue, may
from fotfeste.web.dialogue.partner_shown import values_beside
from fotfeste.web.dialogue.questions import limits as limits_of_questions
from fotfeste.web.dialogue.questions import threads_of
from fotfeste.web.dialogue.services import (
    adoption_before_replies,
    asked_too_late,
    came_after,
    deadline_of,
    is_open,
    last_year,
    on_behalf,
)
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds import services as rounds
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.sent_out import sent_address


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
    clashes = saved.clashes if saved else ()
    draft = draft_of(actor, standing) if standing else None
    shown = _texts(draft, texts, saved, wrong, restored=restored)
    last, threads = last_year(round_, code), threads_of(round_, code)
    beside = Beside(last, wrong, clashes, threads, values_beside(round_, code))
    labels = {one.id: one.label[words.locale] for one in load_reply_form().fields}
    context: dict[str, Any] = {
        **about_dialogue(request, round_, code),
        **_how_it_stands(standing, deliveries, words.locale, entering=entering, own=not behalf),
        **_around(request, round_, code, standing),
        **_state(draft, carried),
        "writable": writable,
        "entering": entering,
        "behalf": behalf,
        "groups": groups_of(words, shown if entering else typed_of(newest.values) if newest else {}, beside),
        # The sentences before the last are about the sheet: its colours, and what is written in its cells.
        "rules": load_reply_form().intro[words.locale].split(". ")[-1],
        "answered": sum(1 for one in shown.values() if one),
        "asked": len(labels),
        "last_year": str(round_.year - 1) if last else "",
        "problems": [(one, told([wrong[one]], words)) for one in labels if one in wrong],
        "clashes": [(one.field, labels[one.field]) for one in clashes],
        # Whoever saves goes on writing; whoever delivers must have seen what others have written.
        "others": words.join(
            [labels[one] for one in (saved.others if saved and problems is not None else ())]
        ),
        "notices": notices,
        "not_confirmed": sum(1 for one in notices if one.code == "reply.not_confirmed"),
        "closed": closed,
        "reply_address": reverse(
            "round_reply", kwargs={"year": round_.year, "name": round_.name, "code": code}
        ),
        "back": kept.typed(request),
        "typed": [(labels[one], text) for one, text in (unsent or {}).items() if text],
        "origin": request.POST.get("hentet_fra", ""),
        "threads": threads,
        "fields": list(labels.items()),
        **(more or {}),
    }
    return render(request, "dialogue/reply.html", context, status=status)


def _how_it_stands(
    standing: Reply | None, deliveries: list[Delivery], locale: Locale, *, entering: bool, own: bool
) -> dict[str, Any]:
    """Return the reply with its deliveries, what was changed in the newest, and what to look at once more in it."""
    newest = deliveries[0] if deliveries else None
    looked_at = standing is not None and newest is not None and not entering
    adopted = adoption_before_replies(standing.round) if standing else None
    return {
        "adopted": adopted,
        "came_after": newest is not None and came_after(newest, adopted),
        "reply": standing,
        "deliveries": deliveries,
        "newest": newest,
        "changes": changes_between(locale, deliveries[1].values, deliveries[0].values)
        if len(deliveries) > 1
        else [],
        "standing_notices": notices_about(standing, newest.values, own=own)
        if looked_at and standing and newest
        else (),
    }


def _around(request: HttpRequest, round_: Round, code: str, standing: Reply | None) -> dict[str, Any]:
    """Return what stands around the reply, and what the reader may do there."""
    actor, due, open_ = actor_of(request), deadline_of(round_), is_open(round_)
    delivered = standing is not None and standing.reopened_at is None and standing.deliveries.exists()
    return {
        "due": due,
        "passed": timezone.localdate() > due,
        "asked_too_late": standing is not None and asked_too_late(standing, due),
        "takes_replies": open_,
        "attachments": attachments.attachments_of(round_, code),
        "withdrawn": attachments.withdrawn_from(round_, code),
        "most_megabytes": attachments.limits().largest // 1_000_000,
        "facts": facts_of(round_, code, words_of(request).locale),
        "may_add": may(actor, Action.ADD, round_, code) and open_,
        "may_ask": may(actor, Action.ADD, round_, code, Kind.QUESTION) and open_,
        "longest_question": limits_of_questions().longest,
        "may_fetch": may(actor, Action.EXPORT, round_, code),
        "may_ask_to_reopen": delivered
        and open_
        and not on_behalf(actor, code)
        and may(actor, Action.ADD, round_, code, Kind.QUESTION),
        "may_reopen": delivered and open_ and rounds.may(actor, Action.CHANGE, round_),
        "may_revise": rounds.may(actor, Action.CHANGE, round_),
        "sees_all": may(actor, Action.VIEW, round_),
        "recommended_address": sent_address(actor, round_, code),
        **_just_done(request, round_, code),
    }


def _just_done(request: HttpRequest, round_: Round, code: str) -> dict[str, Any]:
    """Return what has just been attached, withdrawn or written, to be told where it stands on the page."""
    numbers = {name: request.GET.get(name, "") for name in ("vedlegg", "skrevet")}
    file, text = (int(one[:9]) if one.isascii() and one.isdecimal() else 0 for one in numbers.values())
    kept_file = attachments.handed_in(round_, code).filter(pk=file).first() if file else None
    written = round_.questions.filter(municipality=code, pk=text).first() if text else None
    return {
        "handed_in": kept_file,
        "written": written,
        "written_about_somebody": written is not None and reads_as_somebody(written.text),
    }


def _texts(
    draft: Draft | None,
    texts: Mapping[str, str] | None,
    saved: Saved | None,
    wrong: Mapping[str, Problem],
    *,
    restored: bool,
) -> dict[str, str]:
    stored = typed_of(draft.values) if draft else {}
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


def _state(draft: Draft | None, carried: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the form carries: the version and the values that it was made from."""
    if carried is not None:
        return {"seen": carried.get("sett", "0"), "base": carried.get("grunnlag", "")}
    return {
        "seen": draft.version if draft else 0,
        "base": as_base(draft.values) if draft else "{}",
        "stored_at": draft.at if draft else None,
    }


def changes_between(
    locale: Locale, before: Mapping[str, object], after: Mapping[str, object]
) -> list[tuple[str, str, str]]:
    """Return what is not the same in two deliveries: the field's name, before and after."""
    return [
        (
            one.field.label[locale],
            typed_text(one.field.id, one.before, locale),
            typed_text(one.field.id, one.after, locale),
        )
        for one in differences(before, after)
    ]


def typed_text(field: str, value: Kept | None, locale: Locale) -> str:
    """Return one value as it is read; nothing for one that is blank."""
    return "" if value is None else told_value(field, value, locale)


def reply_of(round_: Round, code: str) -> Reply:
    """Return the reply of a municipality that is asked; there is nothing at the address of one that is not."""
    standing = Reply.objects.filter(round=round_, municipality=code).first()
    if standing is None:
        raise Http404
    return standing


def told(problems: Iterable[Problem], words: Language) -> str:
    """Return what was wrong on one line, with the way out."""
    parts = []
    for one in problems:
        head = f"{words.text(one.place)}: " if one.place else ""
        tail = f" {words.text(one.remedy)}" if one.remedy else ""
        parts.append(f"{head}{words.text(one.what)}{tail}")
    return " ".join(dict.fromkeys(parts))
