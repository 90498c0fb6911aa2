"""The page before a revision: what people have set is kept or released, and it is said what the councils' decisions mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg, one_after_another
from fotfeste.settlement.follow_up.decisions import Decision
from fotfeste.settlement.wording import rule_name
from fotfeste.web.front.words import reader, said
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept, revising, services
from fotfeste.web.rounds.before_revising import BeforeRevising, HeldNumber, before_revising, release, told_of
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.page import about, county_thing, named
from fotfeste.web.rounds.published import standing_adoption

DECIDED_AS: dict[str, Message] = {
    "floor": msg("Ingen kommune får færre enn kommunestyret har vedtatt, og et nei binder ikke"),
    "held": msg("Ingen kommune får færre enn kommunestyret har vedtatt, og de som har sagt nei, får ingen"),
    "cap": msg("Ingen kommune får flere enn kommunestyret har vedtatt"),
    "none": msg("Vedtakene setter ingen grense"),
}
"""What the councils' decisions can mean for a revision."""
PROPOSED = msg(
    "Etter måltallet: en nedre grense når det rommer alle vedtakene, ellers en øvre. De som har sagt nei, får ingen"
)
KEEP, DROP = "behold", "slipp"


class Revise(forms.Form):
    """What is kept and what is released of all that people have set, and what decisions mean."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, before: BeforeRevising, **values: Any) -> None:
        super().__init__(*args, **values)
        words = reader()
        for one in before.held:
            about_it = " ".join(words.text(sentence) for sentence in told_of(one))
            self.fields[one.set.key] = forms.ChoiceField(
                label=words.text(_label(one)),
                help_text=about_it,
                choices=[(KEEP, said(msg("Behold"))), (DROP, said(msg("Slipp")))],
                widget=forms.RadioSelect,
            )
        if before.decisions:
            field = self.fields["decided_as"] = forms.ChoiceField(
                label=said(msg("Hva kommunestyrenes vedtak betyr for revisjonen")),
                choices=[
                    ("", said(PROPOSED)),
                    *((one, said(DECIDED_AS[one])) for one in revising.ways_to_read_decisions()),
                ],
                required=False,
                initial="",
                widget=forms.RadioSelect,
            )
            # One is always chosen.
            field.needed = True  # type: ignore[attr-defined]

    def of_what_stands(self, before: BeforeRevising) -> Revise:
        """Return the same about the choices as they stand: to send it then is a choice."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(before.seen)
        again = Revise(data, before=before)
        again.is_valid()
        again.add_error(
            None, said(msg("Noen andre har endret valgene mens du så på dem. Se dem som de står nå."))
        )
        return again

    def released(self, before: BeforeRevising) -> list[HeldNumber]:
        """Return what is to be taken back."""
        return [one for one in before.held if self.cleaned_data[one.set.key] == DROP]


def _label(one: HeldNumber) -> Message:
    return msg("{name}: {count} ({rule})", name=one.name, count=one.set.persons, rule=rule_name(one.set.kind))


@kept.survives
@needs(Action.CHANGE, Kind.ROUND, county_thing)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def order_revision(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show what people have set and councils have decided, and order the revision when each is kept or released."""
    round_, actor = named(year, name), actor_of(request)
    adopted = standing_adoption(round_)
    if adopted is None or not revising.needs_revision(round_):
        return redirect("round_adoptions", year=year, name=name)
    before = before_revising(round_, adopted)
    data = request.POST if request.method == "POST" else kept.typed(request)
    form, status = Revise(data, before=before, initial={"seen": before.seen}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (form.cleaned_data["seen"] or 0) != before.seen:
            form, status = form.of_what_stands(before), 409
        elif form.is_valid():
            try:
                release(actor, round_, [one.set for one in form.released(before)], before.seen)
                decided_as = form.cleaned_data.get("decided_as", "")
                revising.order_revision(actor, named(year, name), decided_as)
            except FotfesteError as error:
                add_faults(form, error)
                status = 409 if error.code == "round.changed" else 422
            else:
                return redirect("round_adoptions", year=year, name=name)
    return _page(request, round_, before, form, status)


def _page(
    request: HttpRequest, round_: Round, before: BeforeRevising, form: Revise, status: int
) -> HttpResponse:
    names = services.municipalities_of(round_)
    context = {
        "form": form,
        "back": kept.typed(request),
        "standing": standing_adoption(round_),
        "turned": one_after_another([one.name for one in before.held if one.turned]),
        "held": before.held,
        "decisions": [(names.get(code, code), _answer(one)) for code, one in before.decisions.items()],
        "submit": msg("Lag revisjonen"),
        "cancel": reverse("round_adoptions", kwargs={"year": round_.year, "name": round_.name}),
        **about(request, round_, msg("Revisjon")),
    }
    return render(request, "rounds/revision.html", context, status=status)


def _answer(one: Decision) -> Message | int:
    if one.decided.value is None:
        return msg("antallet er ikke kjent")
    return int(one.decided.value) or msg("nei")
