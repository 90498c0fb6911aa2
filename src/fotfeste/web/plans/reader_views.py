"""The reader: a document passage by passage, with the page it stands on beside it."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.errors import FotfesteError
from fotfeste.messages import Language, msg
from fotfeste.plans.documents import Document
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.jobs.kept_messages import error_in_words, told
from fotfeste.web.jobs.services import latest
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.codes_shown import choices, may_code, may_see_coding, passage_codes
from fotfeste.web.plans.models import PlanFile, State, Visibility
from fotfeste.web.plans.page import entry_of, file_found, file_is_open, seen_file, trail_of
from fotfeste.web.plans.page_picture import picture_of
from fotfeste.web.plans.parts import HEADINGS, anchor, cut_of
from fotfeste.web.plans.seeing import coding_thing, sees
from fotfeste.web.plans.versions import lost_of
from fotfeste.web.plans.withdrawing import goes_on
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind

NO_MORE_TO_ASK = 286
"""The status that tells htmx to stop asking again."""
PDF = "application/pdf"
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def reader(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one part of a document; while it is being read, how far that has come."""
    words, file = words_of(request), seen_file(request, slug, number)
    entry = entry_of(request, slug)
    shown: dict[str, Any] = {
        "file": file,
        "plan": entry.plan,
        "trail": trail_of(file, entry.plan),
        "draft": file.visibility == Visibility.DRAFT,
    }
    if file.state != State.READY or is_partial(request):  # a part is asked for by the page that waits
        return _still_reading(request, file, shown, words)
    try:
        document = stored.document_of(file)
    except (FotfesteError, OSError):
        shown["wrong"] = words.text(
            msg("Den lagrede teksten finnes ikke eller er skadet. Legg inn dokumentet på nytt.")
        )
        return render(request, "plans/reading.html", shown)
    cut = cut_of(file)
    if wanted := _PLACE.fullmatch(request.GET.get("sted", "")):
        place = _passage_at(document, int(wanted[1]))
        spot = f"{reverse('plan_reader', kwargs={'slug': slug, 'number': number})}?side={cut.holding(place)}"
        return redirect(f"{spot}#{anchor(document.passages[place])}")
    asked = request.GET.get("side", "1")
    part = min(max(int(asked), 1), len(cut.parts)) if asked.isdecimal() and len(asked) < 7 else 1
    coding = may_see_coding(request, file)
    shown |= {
        "part": part,
        "last": len(cut.parts),
        "before": part - 1,
        "after": part + 1 if part < len(cut.parts) else 0,
        "paged": cut.paged,
        "contents": cut.contents,
        "passages": _passages(document, cut.parts[part - 1], request, file),
        "page": document.pages[part - 1] if cut.paged and part <= len(document.pages) else None,
        "has_picture": document.origin.media_type == PDF,
        "remarks": document.remarks,
        "coding": coding,
        "codes_to_choose": choices(words) if may_code(request, file) else (),
        "newer": _newer(request, file),
        "lost": _lost(request, file) if coding and file.replaces_id else 0,
    }
    return render(request, "plans/reader.html", shown)


def _newer(request: HttpRequest, file: PlanFile) -> PlanFile | None:
    """Return the version that has taken the place of a document, where the reader sees it."""
    newer = PlanFile.objects.filter(replaces=file, state=State.READY).first()
    return newer if newer is not None and sees(actor_of(request), newer) else None


def _lost(request: HttpRequest, file: PlanFile) -> int:
    """Return how many codings of the version before are lost: a coder's own, otherwise all."""
    actor = actor_of(request)
    some = lost_of(file, coding_thing(actor, file).county)
    return sum(1 for one in some if not may_code(request, file) or one.coding.coder == actor.pseudonym)


def _still_reading(
    request: HttpRequest, file: PlanFile, shown: dict[str, Any], words: Language
) -> HttpResponse:
    job = latest(services.READ, file.pk.hex)
    living = file.state == State.READING
    if file.state == State.WITHDRAWN:
        shown |= {"withdrawn": True, "erased": file.erased_at is not None, "goes_on": goes_on(file)}
    if file.fault:
        wrong, parts, remedy = error_in_words(file.fault, words)
        shown |= {"wrong": wrong, "wrong_parts": parts, "remedy": remedy}
    shown |= {
        "living": living,
        "progress": round(100 * job.progress) if job else 0,
        "told": told(job.message) if job and job.message else "",
    }
    if is_partial(request):
        return render(request, "plans/reading_part.html", shown, status=200 if living else NO_MORE_TO_ASK)
    return render(request, "plans/reading.html", shown)


def _passage_at(document: Document, start: int) -> int:
    """Return the place of the passage in which a position stands, or the nearest before it."""
    found = 0
    for place, passage in enumerate(document.passages):
        if passage.span.start > start:
            break
        found = place
    return found


def _passages(
    document: Document, places: tuple[int, ...], request: HttpRequest, file: PlanFile
) -> list[dict[str, Any]]:
    """Return the passages of a part; headings never leap a level on the page."""
    codes = passage_codes(request, file, places) if may_see_coding(request, file) else {}
    level, found = 1, []
    for place in places:
        one = document.passages[place]
        if one.kind in HEADINGS:
            level = min(one.level + 1 if one.level else 2, level + 1, 6)
        found.append(
            {
                "place": place,
                "anchor": anchor(one),
                "start": one.span.start,
                "end": one.span.end,
                "kind": one.kind.value,
                "heading": level if one.kind in HEADINGS else 0,
                "text": document.at(one.span),
                "language": one.language.value,
                "path": document.heading_path(one),
                "cell": one.cell,
                "codes": codes.get(place),
            }
        )
    return found


@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def page_picture(request: HttpRequest, slug: str, number: int, page: int) -> HttpResponse:
    """Give a page of the file as a picture."""
    file = seen_file(request, slug, number)
    if file.state != State.READY or not 1 <= page <= file.pages:
        raise Http404
    drawn = picture_of(file, page)
    if drawn is None:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    answer = HttpResponse(drawn, content_type="image/png")
    is_open = file.visibility == Visibility.OPEN
    answer.headers["Cache-Control"] = "private, max-age=600" if is_open else "private, no-store"
    return answer


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def original(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the file as it came, to be saved."""
    file = seen_file(request, slug, number)
    if file.state == State.WITHDRAWN:
        raise Http404
    try:
        data = (file.folder / stored.ORIGINAL).read_bytes()
    except OSError as error:
        raise Http404 from error
    return file_answer(data, "application/octet-stream", file.name)
