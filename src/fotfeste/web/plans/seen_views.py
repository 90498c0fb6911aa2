"""Who sees one document: shown to those whose it is, and changed by them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import memos
from fotfeste.web.plans.forms import DocumentSeenForm, others
from fotfeste.web.plans.models import PlanFile, State, Visibility
from fotfeste.web.plans.page import FRONT, entry_of, file_found, tell_error
from fotfeste.web.plans.services import Seen, wider
from fotfeste.web.plans.visibility import let_see, mark, most_for, seen_by
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind

NOW: dict[Visibility, Message] = {
    Visibility.OPEN: msg("Alle kan se dokumentet, også uten å logge inn."),
    Visibility.COUNTY: msg("Rådgivere og lesere i fylket ser dokumentet."),
    Visibility.DRAFT: msg("Dokumentet er fortrolig. Rådgiverne i fylket ser det."),
}


def names_of_others(file: PlanFile, words: Language) -> list[str]:
    """Return by name whom a document is shared with besides."""
    named = dict(others(file.county, file.shared_with)) if file.shared_with else {}
    return [words.text(named[one]) for one in file.shared_with]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.CHANGE, Kind.PLAN, file_found)
def who_sees(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show who sees a document, and let it be changed: what that leads to is told before it is done."""
    del number
    words, file, status = words_of(request), found(request, PlanFile), 200
    there = reverse("plan", kwargs={"slug": slug})
    if file.state == State.WITHDRAWN:
        return redirect(there)
    seen = seen_by(file)
    apart = memos.written_apart(file, file.county)
    more: dict[str, Any] = {
        "initial": {
            "visibility": seen.visibility.value,
            "shared_with": list(seen.shared_with),
            "before": mark(seen),
        },
        "written_apart": apart,
    }
    form = DocumentSeenForm(words, file.county, **more)
    if request.method == "POST":
        form, status = DocumentSeenForm(words, file.county, request.POST, **more), 422
        if form.is_valid() and _changed(request, file, seen, form, words):
            messages.success(request, words.text(msg("Hvem som ser dokumentet, er lagret.")))
            return redirect(there)
    shown = {
        "form": form,
        "file": file,
        "now": NOW[seen.visibility],
        "besides": words.join(names_of_others(file, words)),
        "plan_is": "" if most_for(file) is Visibility.OPEN else most_for(file).value,
        "cancel": there,
        "trail": [FRONT, (entry_of(request, slug).plan.title, there), (msg("Hvem ser dokumentet"), "")],
    }
    return render(request, "plans/who_sees.html", shown, status=status)


def _changed(
    request: HttpRequest, file: PlanFile, seen: Seen, form: DocumentSeenForm, words: Language
) -> bool:
    """Do what is asked for; where it cannot be done, tell why on the form."""
    wanted, given = form.seen(), form.cleaned_data
    if wider(wanted.visibility, seen.visibility) and not given["sure"]:
        form.add_error(
            "sure", words.text(msg("Flere enn før vil se dokumentet. Bekreft at det er meningen."))
        )
        return False
    try:
        let_see(actor_of(request), file, wanted, given["before"], show_memos=given.get("memos") == "show")
    except InputError as error:
        tell_error(form, "visibility" if error.code == "plan.seen_by_more" else None, error, words)
        return False
    return True
