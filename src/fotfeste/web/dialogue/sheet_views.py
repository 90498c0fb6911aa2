"""Replies in workbooks, on the pages: fetched as they stand, and read in after they are shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Locale, msg, nmsg
from fotfeste.web.dialogue import sheets, sheets_out
from fotfeste.web.dialogue.drafts import draft_of
from fotfeste.web.dialogue.models import Reply
from fotfeste.web.dialogue.page import about_dialogue, county_replies, one_reply
from fotfeste.web.dialogue.reply_page import show_reply, typed_text
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.models import Round

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.INPUT, county_replies)
def collected_sheet(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the collected workbook with what is delivered."""
    round_ = found(request, Round)
    content = sheets_out.collected_sheet(round_, words_of(request).locale, timezone.localdate())
    return file_answer(content, SHEET, f"svar-{year}-{name}.xlsx")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.INPUT, county_replies)
def read_sheets(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show what the workbooks that are handed in would give, and take it in when that is confirmed."""
    round_, by, words = found(request, Round), actor_of(request), words_of(request)
    context = about_dialogue(request, round_, "", msg("Les inn svarskjemaer"))
    context["action"] = reverse("round_dialogue", args=[year, name])
    if request.method != "POST":
        return render(request, "dialogue/read_sheets.html", context)
    try:
        if token := request.POST.get("vist", ""):
            names = sheets.take_in(by, round_, token)
            told = nmsg(
                "Svaret fra {names} er tatt inn på vegne av kommunen.",
                "Svarene fra {count} kommuner er tatt inn på vegne av dem: {names}.",
                len(names),
                names=words.join(names),
            )
            messages.success(request, words.text(told))
            return redirect("round_dialogue", year=year, name=name)
        files = [(one.name or "", one.read()) for one in request.FILES.getlist("fil")]
        context["read"] = sheets.read_sheets(by, round_, files)
    except InputError as error:
        context["problems"] = error.problems or (error.problem,)
        return render(request, "dialogue/read_sheets.html", context, status=422)
    context["incoming"] = changes_read(words.locale, context["read"])
    return render(request, "dialogue/read_sheets.html", context)


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.INPUT, one_reply)
def own_sheet(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the form as a workbook, with what stands in the reader's own draft."""
    del name
    round_ = found(request, Round)
    standing = Reply.objects.filter(round=round_, municipality=code).first()
    draft = draft_of(actor_of(request), standing) if standing else None
    content = sheets_out.own_sheet(round_, code, draft, words_of(request).locale, timezone.localdate())
    return file_answer(content, SHEET, f"svarskjema-{year}-{code}.xlsx")


@never_cache
@require_POST
@needs(Action.CHANGE, Kind.INPUT, one_reply)
def read_own_sheet(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show what a workbook would change in the draft, and put it there when that is confirmed."""
    round_, by = found(request, Round), actor_of(request)
    words = words_of(request)
    context = about_dialogue(request, round_, code, msg("Svarskjema"))
    context["action"] = reverse("round_reply", args=[year, name, code])
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
    context["incoming"] = changes_read(words.locale, context["read"])
    return render(request, "dialogue/read_sheet.html", context)


def changes_read(locale: Locale, read: sheets.Read) -> list[dict[str, Any]]:
    """Return what was read by municipality, with its changes in the reader's language."""
    return [
        {
            "one": one,
            "answers": len(one.values),
            "changes": [
                (
                    change.field.label[locale],
                    typed_text(change.field.id, change.before, locale),
                    typed_text(change.field.id, change.after, locale),
                )
                for change in one.changes
                if change.after is not None
            ],
        }
        for one in read.incoming
    ]
