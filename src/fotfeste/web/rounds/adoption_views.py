"""Pages of what is adopted: the form, each adoption with its files, computing it anew, and the package for the archive."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import Locale, Message, msg
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.front.words import said
from fotfeste.web.jobs import services as jobs
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.rounds import (
    adoption,
    archives,
    case_facts,
    case_writing,
    checks,
    journalled,
    kept,
    papers,
    revising,
    services,
    stages,
    told_in_documents,
)
from fotfeste.web.rounds.adopted_content import content_of
from fotfeste.web.rounds.adoption_form import WHO, Adopt
from fotfeste.web.rounds.damaged import damaged
from fotfeste.web.rounds.editing import add_faults
from fotfeste.web.rounds.followed import followed
from fotfeste.web.rounds.models import Adoption, Round
from fotfeste.web.rounds.page import about, county_thing, named, thing
from fotfeste.web.rounds.published import (
    as_adopted,
    open_to_all,
    open_to_everybody,
    public_adoption,
    standing_adoption,
    works_with,
)
from fotfeste.work.requirements import Stage

ADOPTIONS = msg("Vedtak")

DECIDED_BY: dict[str, Message] = {"body": msg("Vedtatt av"), "delegation": msg("Vedtatt etter delegasjon av")}


@kept.survives
@needs(Action.VIEW, Kind.ROUND, county_thing, post=Action.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def adoptions(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Show what is adopted, in order, and take in an adoption."""
    round_, actor = named(year, name), actor_of(request)
    data = request.POST if request.method == "POST" else kept.typed(request)
    form, status, other, damaged_papers = _form(round_, data), 200, None, False
    if request.method == "POST" and not form.is_valid():
        status = 422
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data
        try:
            made = adoption.adopt(actor, round_, form.details, content["weighed"], content["seen"])
        except adoption.AdoptedByOther as error:
            status, other = 409, error
            round_ = named(year, name)
        except FotfesteError as error:
            status = 409 if error.code in ("adoption.changed", "round.stage") else 422
            round_, damaged_papers = named(year, name), error.code == papers.DAMAGED
            if error.code == "adoption.changed":
                form = form.of_what_stands(round_)
            add_faults(form, error)
        else:
            messages.success(request, said(msg("Vedtaket er ført inn.")))
            return redirect("round_adoption", year=year, name=name, number=made.number)
    context = _listed(request, round_, form, other)
    context["made"] = context["made"] and not damaged_papers
    return render(request, "rounds/adoptions.html", context, status=status)


def _form(round_: Round, data: QueryDict | None) -> Adopt:
    """Return the form for an adoption of the recommendation as it stands; a revision takes a reason.

    Where what was seen is adopted already, by whomever, no reason is asked for: it is told instead.
    """
    standing = standing_adoption(round_)
    twice = standing is not None and data is not None and standing.bundle_checksum == data.get("seen")
    case = case_facts.values_of(round_)
    initial = {
        "seen": round_.bundle_checksum,
        "weighed": round_.weighed,
        "decided_on": case.get("decided_on") or timezone.localdate(),
        "decided_by": case.get("decided_by") or "body",
        "body": case.get("deciding_body", ""),
        "case_number": case.get("case_number", ""),
    }
    revision = Adoption.objects.filter(round=round_).exists()
    open_fields = told_in_documents.open_fields_of(round_)
    return Adopt(data, revision=revision, open_fields=open_fields, twice=twice, initial=initial)


def _listed(
    request: HttpRequest, round_: Round, form: Adopt, other: adoption.AdoptedByOther | None
) -> dict[str, Any]:
    made = list(Adoption.objects.filter(round=round_).defer("bundle").order_by("number"))
    standing = next((one for one in reversed(made) if one.annulled_at is None), None)
    revisable = round_.state in revising.REVISED_IN and (
        standing is None or standing.bundle_checksum != round_.bundle_checksum
    )
    locale = words_of(request).locale
    documents_job = archives.documents_under_way(round_, locale) if round_.ready else None
    needs_revision, revision_job = revising.needs_revision(round_), None
    if standing is not None and needs_revision:
        revision_job = jobs.latest(services.REVISE, revising.key_of(round_, standing))
    asks, values = (
        (round_.state == Stage.WEIGHING or revisable) and round_.ready,
        case_facts.values_of(round_),
    )
    return {
        "form": form,
        "content": content_of(round_, locale) if asks and not needs_revision else None,
        "case": _case_shown(round_, locale),
        "case_written": case_facts.stored(round_) is not None,
        "case_open": case_writing.may_be_written(round_),
        "open_fields": [(one, case_facts.NAMES[one]) for one in form.open_fields],
        "typed": form.shown_again if form.is_bound and not other else [],
        "back": kept.typed(request),
        "adoptions": [(one, WHO[one.decided_by]) for one in made],
        "standing": standing,
        "other": other,
        "who": WHO,
        "asks": asks,
        "before_weighing": round_.state in (Stage.PREPARED, Stage.DIALOGUE),
        "made": stages.documents_made(round_),
        "decided_told": bool(values.get("deciding_body") and values.get("decided_on")),
        "needs_revision": needs_revision,
        "open_again": revising.open_to_choices(round_),
        "documents": followed(request, documents_job),
        "revision": followed(request, revision_job),
        **about(request, round_, ADOPTIONS),
    }


def _case_shown(round_: Round, locale: Locale) -> list[tuple[Message, Message | str, str]]:
    """Return the facts of the case as they are written: what each is called, what it is, and its field."""
    values = case_facts.written(round_)
    return [
        (name, case_facts.in_words(one, values[one], locale), one) for one, name in case_facts.NAMES.items()
    ]


@needs(Action.CHANGE, Kind.ROUND, county_thing)
@require_POST
def order_papers(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Make the documents of the recommendation as it stands, to be adopted with it."""
    round_ = named(year, name)
    if round_.ready:
        archives.order_documents(round_, words_of(request).locale, actor_of(request))
    return redirect("round_adoptions", year=year, name=name)


def _adoption(request: HttpRequest, year: int, name: str, number: int) -> tuple[Round, Adoption]:
    round_ = named(year, name)
    found = Adoption.objects.filter(round=round_, number=number).defer("bundle").first()
    if found is None or not (works_with(actor_of(request), round_) or open_to_all(round_, found)):
        raise Http404
    return round_, found


@needs(Action.VIEW, Kind.ROUND, thing, open_when=open_to_everybody)
@require_safe
@never_cache
def one_adoption(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Show one adoption: who decided, what was frozen, and whether it computes to the same today."""
    round_, one = _adoption(request, year, name, number)
    frozen = as_adopted(round_, one)
    job = checks.check_under_way(frozen)
    files = list(one.files.defer("data"))
    context = {
        "one": one,
        "decided_by": DECIDED_BY[one.decided_by],
        "open_fields": [case_facts.NAMES[name] for name in one.open_fields if name in case_facts.NAMES],
        "case_contact": one.case_facts.get("comments_to") or one.case_facts.get("office", ""),
        "standing": _newest_for(request, round_),
        "before": _replaced_by(round_, one),
        "works": works_with(actor_of(request), round_),
        "reads_files": allowed(actor_of(request), Action.VIEW, county_thing(request, year, name)),
        "files": [(file, papers.told(file.name, year)) for file in files],
        "found": checks.check_in_messages(frozen),
        **about(request, round_, msg("Vedtak {number}", number=one.number)),
        **followed(request, job),
    }
    return render(request, "rounds/adoption.html", context)


def _newest_for(request: HttpRequest, round_: Round) -> Adoption | None:
    """Return the adoption that holds, as the reader may know it: a revision is open to all later than it is made."""
    works = works_with(actor_of(request), round_)
    return standing_adoption(round_) if works else public_adoption(round_)


def _replaced_by(round_: Round, one: Adoption) -> Adoption | None:
    """Return the adoption that ``one`` took the place of."""
    before = Adoption.objects.filter(round=round_, number__lt=one.number, annulled_at=None).defer("bundle")
    return before.order_by("-number").first()


@needs(Action.VIEW, Kind.ROUND, thing, post=Action.VIEW)
@require_POST
def check_again(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Compute what was adopted anew, in the background; nothing is changed by that."""
    round_, one = _adoption(request, year, name, number)
    checks.order_check(as_adopted(round_, one), actor_of(request))
    address = reverse("round_adoption", kwargs={"year": year, "name": name, "number": number})
    return redirect(f"{address}#kontroll")


@needs(Action.EXPORT, Kind.ROUND, thing)
@require_safe
def adopted_bundle(request: HttpRequest, year: int, name: str, number: int) -> HttpResponse:
    """Give the bundle that was adopted, byte for byte."""
    round_, one = _adoption(request, year, name, number)
    saved_as = f"vedtak-{year}-{round_.name}-{number}.json"
    return file_answer(bytes(one.bundle), "application/json; charset=utf-8", saved_as)


@needs(Action.EXPORT, Kind.ROUND, thing)
@require_safe
def adopted_package(request: HttpRequest, year: int, name: str, number: int) -> HttpResponseBase:
    """Give the package for the archive of everything that was journalled with the adoption."""
    round_, one = _adoption(request, year, name, number)
    try:
        content = journalled.archive_package(one)
    except FotfesteError as error:
        return damaged(request, round_, error)
    saved_as = f"arkivpakke-{year}-{round_.name}-{number}.zip"
    return FileResponse(content, as_attachment=True, filename=saved_as, content_type="application/zip")


@needs(Action.VIEW, Kind.ROUND, county_thing)
@require_safe
def adopted_file(request: HttpRequest, year: int, name: str, number: int, file: str) -> HttpResponse:
    """Give one file that was adopted, byte for byte, to those who read the county's work."""
    round_, one = _adoption(request, year, name, number)
    found = one.files.filter(name=file).first()
    if found is None:
        raise Http404
    try:
        content = adoption.content_of(found)
    except FotfesteError as error:
        return damaged(request, round_, error)
    saved_as = f"vedtak-{year}-{round_.name}-{number}-{file.replace('/', '-')}"
    return file_answer(content, papers.media_type(file), saved_as, shown=file.endswith(".pdf"))
