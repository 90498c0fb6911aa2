"""What the pages of plans have in common: how objects are found for the rights, and what is told of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse

from fotfeste.errors import FotfesteError
from fotfeste.messages import Language, msg
from fotfeste.plans.register import plan_type
from fotfeste.plans.register.values import Plan
from fotfeste.plans.register.wording import OWNER, STANDING, moment_text, topic_name
from fotfeste.web.plans import services
from fotfeste.web.plans.models import PlanFile, Visibility
from fotfeste.web.plans.seeing import Entry, adding_thing, coding_thing, file_thing, find, plan_thing, sees
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import Found

COLOURS = {
    "in_force": "success",
    "hearing": "warning",
    "draft": "info",
    "planned": "info",
    "run_out": "danger",
}


def entry_of(request: HttpRequest, slug: str) -> Entry:
    """Return the plan that stands under an address, as the reader sees it; raises :class:`Http404`."""
    found = find(slug, actor_of(request)) or find(slug)
    if found is None:
        raise Http404
    return found


def file_of(slug: str, number: int) -> PlanFile:
    """Return a document of a plan; raises :class:`Http404`."""
    found = PlanFile.objects.filter(plan=slug, number=number).first()
    if found is None:
        raise Http404
    return found


def plan_found(request: HttpRequest, slug: str) -> Found:
    """Return the plan for the guard."""
    entry = entry_of(request, slug)
    return Found(plan_thing(entry), entry)


def plan_is_open(request: HttpRequest, slug: str) -> bool:
    """Whether the plan under an address is open to all; one that is not there is as one that is not open."""
    found = find(slug, actor_of(request)) or find(slug)
    return found is not None and found.is_open


def adding_found(request: HttpRequest, slug: str) -> Found:
    """Return what a document is added to."""
    entry = entry_of(request, slug)
    return Found(adding_thing(actor_of(request), entry), entry)


def file_found(request: HttpRequest, slug: str, number: int, **parts: object) -> Found:
    """Return a document for the guard."""
    del request, parts
    file = file_of(slug, number)
    return Found(file_thing(file), file)


def file_is_open(request: HttpRequest, slug: str, number: int, **parts: object) -> bool:
    """Whether a document is open to all; one that is not there is as one that is not open."""
    del request, parts
    return PlanFile.objects.filter(plan=slug, number=number, visibility=Visibility.OPEN).exists()


def coding_found(request: HttpRequest, slug: str, number: int) -> Found:
    """Return the coding of a document, by the reader's own county."""
    file = file_of(slug, number)
    return Found(coding_thing(actor_of(request), file), file)


def seen_file(request: HttpRequest, slug: str, number: int) -> PlanFile:
    """Return a document that the reader may see; raises :class:`Http404`."""
    file = file_of(slug, number)
    if not sees(actor_of(request), file):
        raise Http404
    return file


def told_of(entry: Entry, words: Language) -> dict[str, Any]:
    """Return a plan in words, as a row of the register has it."""
    plan = entry.plan
    standing = plan.standing(services.today())
    return {
        "id": plan.id,
        "title": plan.title,
        "owner": plan.owner.name,
        "owner_kind": words.text(OWNER[plan.owner.kind]),
        "type": words.text(plan_type(plan.type).name),
        "standing": words.text(STANDING[standing]),
        "colour": COLOURS.get(standing.value, "neutral"),
        "valid": valid(plan),
        "adopted": moment_text(plan.adopted, words) if plan.adopted else "",
        "published": moment_text(plan.published, words) if plan.published else "",
        "starts": moment_text(plan.expected_start, words) if plan.expected_start else "",
        "topics": ", ".join(_text(topic_name(one), words) for one in plan.topics),
        "open": entry.is_open,
        "draft": entry.row is not None and entry.row.visibility == Visibility.DRAFT,
    }


def valid(plan: Plan) -> str:
    """Return the years a plan is for."""
    if plan.valid_from is None and plan.valid_to is None:
        return ""
    return f"{plan.valid_from or ''}–{plan.valid_to or ''}"


def _text(told: object, words: Language) -> str:
    return told if isinstance(told, str) else words.text(told)  # type: ignore[arg-type]


def tell_error(form: forms.Form, field: str | None, error: FotfesteError, words: Language) -> None:
    """Put what was wrong on a form."""
    problem = error.problem
    parts = [words.text(problem.what), *([words.text(problem.remedy)] if problem.remedy else [])]
    form.add_error(field, " ".join(parts))


FRONT = (msg("Planverk"), "/planer/")


def trail_of(file: PlanFile, plan: Plan, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """Return the way to a document, or to ``more`` about it; one called the same as its plan goes by the name of its file."""
    name = file.title if file.title and file.title != plan.title else file.name
    here = reverse("plan_reader", kwargs={"slug": file.plan, "number": file.number})
    return [
        FRONT,
        (plan.title, reverse("plan", kwargs={"slug": file.plan})),
        (name, here if more else ""),
        *more,
    ]
