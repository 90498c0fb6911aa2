"""The pages of a draft case paper for a council: what goes in, a preview, the files, and the municipality's own rates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.reports.blocks import Document
from fotfeste.reports.documents.council_case import Part, Proposed
from fotfeste.settlement.rates_blank import blank_rates
from fotfeste.web.follow_up import council, rates
from fotfeste.web.follow_up.council_forms import PartsForm, RatesForm
from fotfeste.web.follow_up.entering import Clash
from fotfeste.web.follow_up.faults import show_faults
from fotfeste.web.follow_up.page import address, context, one
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.guard import Found, found, needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds.kept import survives, typed
from fotfeste.web.rounds.models import Round

TOML = "application/toml; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CASE_PAPER = msg("Saksframlegg for kommunestyret")
RATES = msg("Kommunens egne satser")


def own_rates(request: HttpRequest, year: int, name: str, code: str, **parts: Any) -> Found:
    """Return the rates of the municipality that an address names."""
    round_: Round = one(request, year, name, code, **parts).object
    return Found(rates.thing_of(code), round_)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.OUTCOME, one)
def paper(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Show the draft as it would be, with the parts that are chosen."""
    del year, name
    round_, actor = found(request, Round), actor_of(request)
    form = PartsForm(request.GET) if "valgt" in request.GET else PartsForm(initial={"part": list(Part)})
    values: dict[str, Any] = {
        **context(request, round_, code, CASE_PAPER),
        "form": form,
        "may_write_rates": allowed(actor, Action.ADD, rates.thing_of(code)),
        "may_see_rates": allowed(actor, Action.VIEW, rates.thing_of(code)),
    }
    if values["may_see_rates"] and (standing := rates.newest(code)) is not None:
        values["rates"] = standing
        values["read_rates"] = rates.rates_of(standing)
    made = council.paper_for(actor, round_, code, form.parts(), form.proposed())
    if made is not None:
        undecided = form.proposed() is Proposed.BLANK
        values |= {"paper": made, "blocks_of_paper": made.blocks, "undecided": undecided}
        if values["may_export"]:
            chosen = f"?{request.GET.urlencode()}" if form.is_bound else ""
            values["files"] = [
                (kind, address(f"council_paper_{kind.lower()}", round_, code=code) + chosen)
                for kind in ("DOCX", "PDF")
            ]
    return render(request, "follow_up/council.html", values)


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, one)
def paper_docx(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the draft as a Word document, to be edited."""
    from fotfeste.reports import render_docx

    del year, name
    made = _made(request, code)
    if made is None:
        return redirect(address("council_paper", found(request, Round), code=code))
    return file_answer(render_docx(made), DOCX, f"{made.file_stem}.docx")


@never_cache
@require_safe
@needs(Action.EXPORT, Kind.OUTCOME, one)
def paper_pdf(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the draft as a PDF."""
    from fotfeste.reports import render_pdf

    del year, name
    made = _made(request, code)
    if made is None:
        return redirect(address("council_paper", found(request, Round), code=code))
    return file_answer(render_pdf(made), "application/pdf", f"{made.file_stem}.pdf")


def _made(request: HttpRequest, code: str) -> Document | None:
    """Return the draft that is asked for; nothing before there can be one, which its page tells."""
    round_, actor = found(request, Round), actor_of(request)
    form = PartsForm(request.GET) if "valgt" in request.GET else PartsForm()
    return council.paper_for(actor, round_, code, form.parts(), form.proposed())


@survives
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.RATES, own_rates)
def write_rates(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Write in the municipality's own rates, pasted or as a file; what was typed is shown again when it is wrong."""
    del year, name
    round_ = found(request, Round)
    standing = rates.newest(code)
    begun = standing.text if standing else blank_rates(words_of(request), code)
    back = typed(request)
    form = RatesForm(back, initial={"text": begun, "seen": standing.number if standing else 0})
    status, clash = 200, None
    if request.method == "POST":
        form, status = RatesForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                text, place = form.given()
                place = place or words_of(request).text(RATES)
                done = rates.enter(actor_of(request), code, text, place, form.cleaned_data["seen"])
            except InputError as error:
                show_faults(form, error, words_of(request))
            else:
                if not isinstance(done, Clash):
                    messages.success(request, words_of(request).text(msg("Satsene er lagret.")))
                    return redirect(address("council_paper", round_, code=code))
                status, clash = 409, done.standing
                form = RatesForm({"text": text, "seen": str(done.number)})
    page = context(request, round_, code, RATES)
    values = {**page, "form": form, "clash": clash, "rates": standing, "back": back}
    return render(request, "follow_up/council_rates.html", values, status=status)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.RATES, own_rates)
def rates_file(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the rates that hold, as they were written."""
    del request, year, name
    standing = rates.newest(code)
    if standing is None:
        raise Http404
    return file_answer(standing.text, TOML, f"satser-{code}-{standing.dated.isoformat()}.toml")


@never_cache
@require_safe
@needs(Action.VIEW, Kind.OUTCOME, one)
def blank_file(request: HttpRequest, year: int, name: str, code: str) -> HttpResponse:
    """Give the file of rates to be filled in: it has no amounts."""
    del year, name
    return file_answer(blank_rates(words_of(request), code), TOML, f"satser-{code}-fylles-ut.toml")
