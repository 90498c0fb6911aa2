"""Pages of what is adopted: the form, each adoption with its files, computing it anew, and the package for the archive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import Message, msg
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import said
from fotfeste.web.jobs import services as jobs
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import adoption, kept, papers, revising, services, stages
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.forms import day, reason
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.page import about, county_thing, named, thing
from fotfeste.web.rounds.published import as_adopted, open_to_everybody, standing_adoption, works_with
from fotfeste.web.rounds.views import followed
from fotfeste.work.requirements import Stage

ADOPTIONS = msg("Vedtak")
WHO: dict[str, Message] = {"body": msg("et organ"), "delegation": msg("noen med delegert myndighet")}


class Adopt(forms.Form):
    """Who decided, where and when, about the recommendation that was seen."""

    seen = forms.CharField(widget=forms.HiddenInput)
    weighed = forms.IntegerField(widget=forms.HiddenInput)
    decided_by = forms.ChoiceField(
        label=said(msg("Hvem vedtok")),
        choices=[(one, said(name)) for one, name in WHO.items()],
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=said(msg("Organet, eller den som har delegert myndighet")),
        max_length=120,
        help_text=said(msg("For eksempel fylkestinget, fylkesutvalget eller fylkeskommunedirektøren.")),
    )
    case_number = forms.CharField(
        label=said(msg("Saksnummer")),
        max_length=40,
        help_text=said(msg("Slik det står i arkivet, 2026/1234.")),
    )
    decided_on = day(msg("Dato for vedtaket"))
    reason = reason(msg("Grunn for revisjonen"))

    def __init__(self, *args: Any, revision: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["reason"].required = revision
        if not revision:
            del self.fields["reason"]

    @property
    def details(self) -> adoption.Details:
        """What was typed."""
        content = self.cleaned_data
        return adoption.Details(
            content["decided_by"],
            content["body"],
            content["case_number"],
            content["decided_on"],
            content.get("reason", ""),
        )


@kept.survives
@needs(Action.VIEW, Kind.ROUND, county_thing, post=Action.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def adoptions(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show what is adopted, in order, and take in an adoption."""
    round_ = named(year, name)
    standing = standing_adoption(round_)
    again = standing is not None and standing.bundle_checksum == request.POST.get("seen")
    revision = not again and Adoption.objects.filter(round=round_).exists()
    initial = {
        "seen": round_.bundle_checksum,
        "weighed": round_.weighed,
        "decided_on": timezone.localdate(),
        "decided_by": "body",
    }
    data = request.POST if request.method == "POST" else kept.typed(request)
    form = Adopt(data, revision=revision, initial=initial)
    status, other = 200, None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data
        try:
            made = adoption.adopt(
                actor_of(request), round_, form.details, content["weighed"], content["seen"]
            )
        except adoption.AdoptedByOther as error:
            status, other = 409, error
            round_ = named(year, name)
        except FotfesteError as error:
            status = 409 if error.code in ("adoption.changed", "round.stage") else 200
            add_faults(form, error)
            round_ = named(year, name)
        else:
            messages.success(request, said(msg("Vedtaket er ført inn.")))
            return redirect("round_adoption", year=year, name=name, number=made.number)
    return render(request, "rounds/adoptions.html", _listed(request, round_, form, other), status=status)


def _listed(
    request: HttpRequest, round_: Round, form: Adopt, other: adoption.AdoptedByOther | None
) -> dict[str, Any]:
    made = list(Adoption.objects.filter(round=round_).defer("bundle").order_by("number"))
    standing = next((one for one in reversed(made) if one.annulled_at is None), None)
    revisable = round_.state in adoption.REVISED_IN and (
        standing is None or standing.bundle_checksum != round_.bundle_checksum
    )
    locale = words_of(request).locale
    documents_job = services.documents_under_way(round_, locale) if round_.ready else None
    revision_job = None
    if standing is not None and revising.needs_revision(round_):
        revision_job = jobs.latest(services.REVISE, revising.key_of(round_, standing))
    return {
        "form": form,
        "back": kept.typed(request),
        "adoptions": [(one, WHO[one.decided_by]) for one in made],
        "standing": standing,
        "other": other,
        "who": WHO,
        "asks": (round_.state == Stage.WEIGHING or revisable) and round_.ready,
        "before_weighing": round_.state in (Stage.PREPARED, Stage.DIALOGUE),
        "made": stages.documents_made(round_),
        "needs_revision": revising.needs_revision(round_),
        "documents": followed(request, documents_job),
        "revision": followed(request, revision_job),
        **about(request, round_, ADOPTIONS),
    }


@needs(Action.CHANGE, Kind.ROUND, county_thing)
@require_POST
def order_papers(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Make the documents of the recommendation as it stands, to be adopted with it."""
    round_ = named(year, name)
    if round_.ready:
        services.order_documents(round_, words_of(request).locale, actor_of(request))
    return redirect("round_adoptions", year=year, name=name)


@needs(Action.CHANGE, Kind.ROUND, county_thing)
@require_POST
def order_revision(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Revise what is adopted to the round's total as it stands, in the background."""
    revising.order_revision(actor_of(request), named(year, name))
    return redirect("round_adoptions", year=year, name=name)


def _adoption(request: HttpRequest, year: int, name: str, number: int) -> tuple[Round, Adoption]:
    round_ = named(year, name)
    found = Adoption.objects.filter(round=round_, number=number).defer("bundle").first()
    if found is None or (found.annulled_at is not None and not works_with(actor_of(request), round_)):
        raise Http404
    return round_, found


@needs(Action.VIEW, Kind.ROUND, thing, open_when=open_to_everybody)
@require_safe
@never_cache
def one_adoption(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Show one adoption: who decided, what was frozen, and whether it computes to the same today."""
    round_, one = _adoption(request, year, name, number)
    frozen = as_adopted(round_, one)
    job = services.check_under_way(frozen)
    files = list(one.files.defer("data"))
    context = {
        "one": one,
        "who": WHO[one.decided_by],
        "files": [(file, papers.told(file.name, year)) for file in files],
        "found": services.check_in_messages(frozen),
        **about(request, round_, msg("Vedtak {number}", number=one.number)),
        **followed(request, job),
    }
    return render(request, "rounds/adoption.html", context)


@needs(Action.VIEW, Kind.ROUND, thing, post=Action.VIEW)
@require_POST
def check_again(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Compute what was adopted anew, in the background; nothing is changed by that."""
    round_, one = _adoption(request, year, name, number)
    services.order_check(as_adopted(round_, one), actor_of(request))
    address = reverse("round_adoption", kwargs={"year": year, "name": name, "number": number})
    return redirect(f"{address}#kontroll")


@needs(Action.EXPORT, Kind.ROUND, thing)
@require_safe
def adopted_bundle(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Give the bundle that was adopted, byte for byte."""
    round_, one = _adoption(request, year, name, number)
    return _file(
        bytes(one.bundle), "application/json; charset=utf-8", f"vedtak-{year}-{round_.name}-{number}.json"
    )


@needs(Action.EXPORT, Kind.ROUND, thing)
@require_safe
def adopted_package(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Give the package for the archive of everything that was journalled with the adoption."""
    round_, one = _adoption(request, year, name, number)
    content = adoption.archive_package(one)
    return _file(content, "application/zip", f"arkivpakke-{year}-{round_.name}-{number}.zip")


@needs(Action.EXPORT, Kind.ROUND, thing)
@require_safe
def adopted_file(request: HttpRequest, year: int, name: str, number: int, file: str) -> HttpResponse:
    """Give one file that was adopted, byte for byte."""
    round_, one = _adoption(request, year, name, number)
    found = one.files.filter(name=file).first()
    if found is None:
        raise Http404
    saved_as = f"vedtak-{year}-{round_.name}-{number}-{file.replace('/', '-')}"
    return _file(adoption.content_of(found), papers.media_type(file), saved_as, shown=file.endswith(".pdf"))


def _file(content: bytes, kind: str, saved_as: str, *, shown: bool = False) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(not shown, saved_as) or ""
    return answer
