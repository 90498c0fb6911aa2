"""Documents of a plan: handing one in, and taking one back with the reason and what becomes of the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fotfeste.errors import InputError
from fotfeste.messages import Language, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import said
from fotfeste.web.plans import memos, services, withdrawing
from fotfeste.web.plans.forms import DocumentForm
from fotfeste.web.plans.models import PlanFile, State, Visibility
from fotfeste.web.plans.page import FRONT, adding_found, entry_of, file_found, tell_error, told_of
from fotfeste.web.plans.seeing import Entry, current, files_of, works_for
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.upkeep.middleware import takes_up_to


class WithdrawForm(forms.Form):
    """Why, and when the file is deleted."""

    why = forms.CharField(
        label=said(msg("Hvorfor trekkes dokumentet tilbake")),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=said(msg("Grunnen vises til dem som kunne se dokumentet.")),
    )
    when = forms.ChoiceField(label=said(msg("Filen og teksten")), widget=forms.RadioSelect, initial="rule")

    def __init__(self, words: Language, file: PlanFile, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        day = withdrawing.goes_on(file)
        kept = (
            msg("Slettes {day}, etter regelen for oppbevaring. Til da kan de hentes fram av den som drifter.", day=day)
            if day
            else msg("Blir liggende: reglene for oppbevaring her sier ikke når slike filer slettes.")
        )  # fmt: skip
        now = msg("Slettes med én gang. Det kan ikke angres.")
        self.fields["when"].choices = [("rule", words.text(kept)), ("now", words.text(now))]  # type: ignore[attr-defined]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.CHANGE, Kind.PLAN, file_found)
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a document back."""
    del number
    words, file, status = words_of(request), found(request, PlanFile), 200
    there = reverse("plan", kwargs={"slug": slug})
    if file.state not in (State.READY, State.FAILED):
        return redirect(there)  # it is withdrawn already, or somebody is reading it just now
    form = WithdrawForm(words, file)
    if request.method == "POST":
        form, status = WithdrawForm(words, file, request.POST), 422
        if form.is_valid():
            given = form.cleaned_data
            withdrawing.withdraw(actor_of(request), file, given["why"], at_once=given["when"] == "now")
            messages.success(request, words.text(msg("Dokumentet er trukket tilbake.")))
            return redirect(there)
    shown = {
        "form": form,
        "file": file,
        "cancel": there,
        "trail": [FRONT, (entry_of(request, slug).plan.title, there), (msg("Trekk tilbake"), "")],
    }
    return render(request, "plans/withdraw.html", shown, status=status)


def _largest_form() -> int:
    return services.largest() + 100_000  # what stands around the file


@takes_up_to(_largest_form)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.PLAN, adding_found)
def add_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a document of a plan; it is read in the background."""
    words, entry, actor, status = words_of(request), found(request, Entry), actor_of(request), 200
    county = entry.row.county if entry.row and not entry.is_open else works_for(actor, entry.county)
    first = {
        "visibility": entry.row.visibility if entry.row and not entry.is_open else Visibility.COUNTY.value
    }
    before = [
        one for one in current(files_of(slug, actor)) if one.county == county and one.state == State.READY
    ]
    more: dict[str, Any] = {
        "initial": first,
        "before": before,
        "written_apart": sum(memos.written_apart(one, one.county) for one in before),
    }
    form = DocumentForm(words, county, **more)
    if request.method == "POST":
        form = DocumentForm(words, county, request.POST, request.FILES, **more)
        status = 422
        if form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                made = services.take_in(
                    actor,
                    entry,
                    sent.name,
                    sent.read(services.largest() + 1),
                    form.cleaned_data["role"],
                    form.seen(),
                    form.before(),
                )
            except InputError as error:
                tell_error(form, "file", error, words)
            else:
                return redirect("plan_reader", slug=slug, number=made.number)
    shown = {
        "form": form,
        "plan": told_of(entry, words),
        "cancel": reverse("plan", kwargs={"slug": slug}),
        "trail": [
            FRONT,
            (entry.plan.title, reverse("plan", kwargs={"slug": slug})),
            (msg("Legg inn dokument"), ""),
        ],
    }
    return render(request, "plans/add_file.html", shown, status=status)
