"""The county's page of the dialogue: who has replied, whom to remind, the collected sheet, and sheets that come back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import msg, nmsg
from fotfeste.web.dialogue import sheets
from fotfeste.web.dialogue.page import all_replies, county_replies, may, own_municipality
from fotfeste.web.dialogue.reply_views import DIALOGUE, SHEET, _incoming, as_file
from fotfeste.web.dialogue.services import is_open
from fotfeste.web.dialogue.shown import CHOICES, chosen, overview
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about


@never_cache
@require_safe
@needs(Action.VIEW, Kind.INPUT, all_replies)
def replies(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show who has replied and what; a municipality's contact goes straight to their own reply."""
    round_, actor = found(request, Round), actor_of(request)
    if not may(actor, Action.VIEW, round_):
        return redirect("round_reply", year=year, name=name, code=own_municipality(actor, round_))
    shown = overview(round_)
    wanted = request.GET.get("vis", "")
    context = {
        **about(request, round_, DIALOGUE),
        "shown": shown,
        "rows": chosen(shown.rows, wanted),
        "choices": [(key, label, key == wanted) for key, label in CHOICES.items()],
        "wanted": wanted if wanted in CHOICES else "",
        "asked": round_.replies.exists(),
        "may_fetch": may(actor, Action.EXPORT, round_),
        "may_read": may(actor, Action.ADD, round_) and is_open(round_),
    }
    return render(request, "dialogue/replies.html", context)


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.INPUT, county_replies)
def collected_sheet(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Give the collected workbook with what is delivered."""
    round_ = found(request, Round)
    content = sheets.collected_sheet(round_, words_of(request).locale, timezone.localdate())
    return as_file(content, f"svar-{year}-{name}.xlsx", SHEET)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.INPUT, county_replies)
def read_sheets(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show what the workbooks that are handed in would give, and take it in when that is confirmed."""
    round_, by, words = found(request, Round), actor_of(request), words_of(request)
    context = {**about(request, round_, DIALOGUE, msg("Les inn svarskjemaer"))}
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
    context["incoming"] = _incoming(words.locale, context["read"])
    return render(request, "dialogue/read_sheets.html", context)
