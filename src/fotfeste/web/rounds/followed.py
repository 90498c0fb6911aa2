"""Work in the background as the pages of a round tell of it: how it goes, and asked for again until it has ended."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.jobs import services as jobs
from fotfeste.web.jobs.models import Job
from fotfeste.web.jobs.shown import shown_job
from fotfeste.web.jobs.views import NO_MORE_TO_ASK
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.roles import Action


def followed(request: HttpRequest, job: Job | None) -> dict[str, Any]:
    """Return a job for a page that tells of it; only those who may see the job itself get its address."""
    if job is None:
        return {"job": None, "job_address": ""}
    own = allowed(actor_of(request), Action.VIEW, jobs.thing_of(job))
    return {
        "job": shown_job(job, words_of(request)),
        "job_address": reverse("job", kwargs={"job": job.pk}) if own else "",
    }


def polled(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], job: Job | None
) -> HttpResponse:
    """Return the page, or the part of it that changes; htmx stops asking when the work has ended."""
    if not is_partial(request):
        return render(request, page, context)
    ended = job is None or not job.living
    return render(request, part, context, status=NO_MORE_TO_ASK if ended else 200)
