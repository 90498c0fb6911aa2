"""Pages where a need is changed, and where somebody's needs are handed over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from fotfeste.errors import FotfesteError
from fotfeste.messages import msg, nmsg
from fotfeste.web.dialogue import entering, need_handover, need_owners
from fotfeste.web.dialogue import needs as heard
from fotfeste.web.dialogue.models import Need
from fotfeste.web.dialogue.need_forms import NOBODY, WHOLE_COUNTY, ChangeNeed, HandOver
from fotfeste.web.dialogue.need_page import NEEDS, all_of_round, both, one_need_of
from fotfeste.web.dialogue.work_page import address, context, tell, tell_notices, tell_refusal
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import kept
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.models import Round
from fotfeste.web.rounds.services import municipalities_of
from fotfeste.work.drafts import Merged


@kept.survives
@never_cache
@both
@needs(Action.CHANGE, Kind.NEED, one_need_of)
def change_need(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Change what is said of a need."""
    need = found(request, Need)
    round_ = need.round
    owners = need_owners.owners_of(round_)
    if need.owner is not None:
        owners.setdefault(need.owner.pk, need.owner.name or need.owner.email)
    names = municipalities_of(round_)
    data = request.POST if request.method == "POST" else kept.typed(request)
    stored = heard.stated_in(need).as_stored
    only = need.municipality if need.meeting_id else None
    form = ChangeNeed(
        data, stored=stored, about=f"need:{need.pk}", municipalities=names, owners=owners, only=only
    )
    status, together = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                together = heard.change(actor_of(request), need, form.base, form.stated)
            except FotfesteError as error:
                add_faults(form, error)
            else:
                if not together.conflicts:
                    tell(request, msg("Endringen er lagret."))
                    tell_notices(request, entering.notices_about(form.stated.text))
                    return redirect("need", year=year, name=name, number=number)
                need = heard.needs_of(round_).get(pk=need.pk)
                form.seen_now(heard.stated_in(need).as_stored)
                status = 409
    steps = [
        (NEEDS, address("needs", round_)),
        (msg("Behov {number}", number=str(number)), address("need", round_, number=number)),
        (msg("Endre"), ""),
    ]
    page = context(request, round_, "", steps)
    page |= {
        "form": form,
        "heading": msg("Endre behovet"),
        "submit": msg("Lagre"),
        "cancel": address("need", round_, number=number),
        "clashes": _clashes(form, together, names, owners) if together else [],
        "back": kept.typed(request),
    }
    return render(request, "dialogue/work_form.html", page, status=status)


def _clashes(
    form: ChangeNeed, together: Merged, names: dict[str, str], owners: dict[int, str]
) -> list[tuple[str, object, object]]:
    """Return what both have changed, as people read it: the field, what stands, and what was typed."""

    def told(field: str, value: object) -> object:
        if field == "owner":
            return owners.get(int(str(value)), "") if value else NOBODY
        if field == "municipality":
            return names.get(str(value), "") or WHOLE_COUNTY
        if isinstance(value, bool):
            return msg("ja") if value else msg("nei")
        return str(value)

    return [
        (str(form.fields[one.field].label), told(one.field, one.theirs), told(one.field, one.mine))
        for one in together.conflicts
        if one.field in form.fields
    ]


@never_cache
@both
@needs(Action.CHANGE, Kind.NEED, all_of_round)
def hand_over(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Hand over everything that one person has not ended."""
    round_ = found(request, Round)
    owners, takers = need_handover.owners_with_tasks(round_.county), need_owners.owners_of(round_)
    form = HandOver(request.POST if request.method == "POST" else None, owners=owners, takers=takers)
    status = 200
    if request.method == "POST":
        status = 422
        sent = request.POST.get("owner", "")
        if sent.isascii() and sent.isdecimal() and int(sent[:15]) not in owners:
            tell(request, msg("Det er ingen oppgaver å overlate."))
            return redirect("needs", year=year, name=name)
        if form.is_valid():
            given = form.cleaned_data
            try:
                count = need_handover.hand_over(
                    actor_of(request), round_, int(given["owner"]), int(given["new_owner"])
                )
            except FotfesteError as error:
                tell_refusal(request, error)
            else:
                tell(request, nmsg("Én oppgave er overlatt.", "{count} oppgaver er overlatt.", count))
                return redirect("needs", year=year, name=name)
    page = context(request, round_, "", [(NEEDS, address("needs", round_)), (msg("Overlat oppgaver"), "")])
    page |= {
        "form": form,
        "heading": msg("Overlat oppgaver"),
        "submit": msg("Overlat alle"),
        "cancel": address("needs", round_),
    }
    page["text"] = msg(
        "Alle oppgaver som ikke er avsluttet, i alle rundene til fylket, går over til den nye. Det som er avsluttet, blir stående."
    )
    page["nothing"] = not owners
    return render(request, "dialogue/work_form.html", page, status=status)
