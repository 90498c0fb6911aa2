"""Pages about work in the background: what is going on, how far it has come, and giving it up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fotfeste.messages import msg
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.jobs import services
from fotfeste.web.jobs.models import Job
from fotfeste.web.jobs.shown import shown_job
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing
from fotfeste.web.rights.guard import needs
from fotfeste.web.rights.roles import Action, Kind

ON_A_PAGE = 25
NO_MORE_TO_ASK = 286
"""The status that tells htmx to stop asking again."""


def _own(request: HttpRequest) -> Thing:
    return Thing(Kind.JOB, owner_id=actor_of(request).user_id)


def _job(request: HttpRequest, job: UUID) -> Thing:
    del request
    return services.thing_of(get_object_or_404(Job, pk=job))


@never_cache
@require_safe
@needs(Action.VIEW, Kind.JOB, _own)
def all_jobs(request: HttpRequest) -> HttpResponse:
    """Show the work that the reader has ordered; administrators see everybody's."""
    page = Paginator(services.visible_to(actor_of(request)), ON_A_PAGE).get_page(request.GET.get("side"))
    words = words_of(request)
    return render(
        request, "jobs/all.html", {"page": page, "jobs": [shown_job(one, words) for one in page.object_list]}
    )


@never_cache
@require_safe
@needs(Action.VIEW, Kind.JOB, _job)
def one_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Show how far one piece of work has come; the part that changes is asked for again while it lasts."""
    shown = shown_job(get_object_or_404(Job, pk=job), words_of(request))
    if is_partial(request):
        status = 200 if shown.living else NO_MORE_TO_ASK
        return render(request, "jobs/progress.html", {"job": shown, "partial": True}, status=status)
    trail = [(msg("Arbeid i bakgrunnen"), reverse("jobs")), (shown.title, "")]
    return render(request, "jobs/one.html", {"job": shown, "trail": trail})


@require_POST
@needs(Action.CHANGE, Kind.JOB, _job)
def cancel_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Give one piece of work up, and go back to its page."""
    found = services.cancel(get_object_or_404(Job, pk=job), actor_of(request))
    words = words_of(request)
    if found.cancel_asked:
        messages.info(
            request, words.text(msg("Arbeidet avbrytes. Det som var lagret fra før, er ikke endret."))
        )
    else:
        messages.info(request, words.text(msg("Arbeidet var alt avsluttet.")))
    return redirect("job", job=job)
