"""The register: all plans, one plan, and what is entered of them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Language, Message, msg
from fotfeste.plans.register import date_faults, heirs, plan_type, plan_types
from fotfeste.plans.register.remarks import remark_text
from fotfeste.plans.register.values import OwnerKind, Standing
from fotfeste.plans.register.wording import STANDING, decided_by, step_rests_on, topic_name
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services
from fotfeste.web.plans.forms import ROLES, PlanForm
from fotfeste.web.plans.models import OwnPlan, PlanFile, State, Visibility
from fotfeste.web.plans.page import (
    FRONT,
    entry_of,
    plan_found,
    plan_is_open,
    tell_error,
    told_of,
)
from fotfeste.web.plans.seeing import (
    Entry,
    adding_thing,
    counties_of,
    file_thing,
    files_of,
    home,
    plan_thing,
    readable,
    register_of,
)
from fotfeste.web.plans.seen_views import names_of_others
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Thing, allowed
from fotfeste.web.rights.guard import found, needs, open_to_all
from fotfeste.web.rights.roles import Action, Kind

STATES = {
    State.READING: (msg("leses nå"), "info"),
    State.READY: (msg("lest inn"), "success"),
    State.FAILED: (msg("kunne ikke leses"), "danger"),
    State.WITHDRAWN: (msg("trukket tilbake"), "neutral"),
}


@never_cache
@require_safe
@open_to_all
def register(request: HttpRequest) -> HttpResponse:
    """Show the plans that the reader may see, chosen by county, type, standing and words of the title."""
    words, actor = words_of(request), actor_of(request)
    everything = register_of(actor)
    asked = {
        name: request.GET.get(name, "").strip() for name in ("fylke", "type", "status", "felt", "tittel")
    }
    shown = [one for one in everything if _fits(one, asked)]
    files: dict[str, int] = {}
    for file in readable(actor):
        files[file.plan] = files.get(file.plan, 0) + 1
    return render(
        request,
        "plans/register.html",
        {
            "plans": [{**told_of(one, words), "files": files.get(one.plan.id, 0)} for one in shown],
            "count": len(shown),
            "total": len(everything),
            "in_force": sum(one.plan.standing(services.today()) is Standing.IN_FORCE for one in shown),
            "read": sum(one.plan.id in files for one in shown),
            "asked": asked,
            "counties": [(one.code, one.name) for one in load_regions().counties(EDITION)],
            "types": [(one.id, words.text(one.name)) for one in plan_types().values()],
            "topics": _topics(everything, words),
            "standings": [(one.value, words.text(name)) for one, name in STANDING.items()],
            "may_add": _may_add(request),
            "trail": [(FRONT[0], "")],
        },
    )


def _fits(one: Entry, asked: dict[str, str]) -> bool:
    return (
        (not asked["fylke"] or one.county == asked["fylke"])
        and (not asked["type"] or one.plan.type == asked["type"])
        and (not asked["status"] or one.plan.standing(services.today()).value == asked["status"])
        and (not asked["felt"] or asked["felt"] in one.plan.topics)
        and asked["tittel"].casefold() in one.plan.title.casefold()
    )


def _topics(everything: tuple[Entry, ...], words: Language) -> list[tuple[str, str]]:
    """Return the fields that plans are about, by name."""
    known = {each for one in everything for each in one.plan.topics}
    named = [(one, name if isinstance(name := topic_name(one), str) else words.text(name)) for one in known]
    return sorted(named, key=lambda one: one[1].casefold())


def _may_add(request: HttpRequest) -> bool:
    actor = actor_of(request)
    return any(allowed(actor, Action.ADD, Thing(Kind.PLAN, county=one)) for one in counties_of(actor))


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, plan_found, open_when=plan_is_open)
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one plan: owner, status, steps, documents, remarks."""
    words, actor = words_of(request), actor_of(request)
    entry = entry_of(request, slug)
    one, kind = entry.plan, plan_type(entry.plan.type)
    told, files = told_of(entry, words), files_of(slug, actor)
    return render(
        request,
        "plans/plan.html",
        {
            "plan": told,
            "type": kind,
            "heirs": _heirs(entry),
            "remarks": [remark_text(each) for each in one.remarks],
            "faults": date_faults(one),
            "steps": [_step(entry, each.id, words) for each in kind.steps],
            "files": [_file(each, request) for each in files],
            "may_compare": sum(each.state == State.READY for each in files) > 1 or bool(one.replaces),
            "replaces": [
                (each, other.plan.title if (other := _known(each, request)) else each)
                for each in one.replaces
            ],
            "may_add": allowed(actor, Action.ADD, adding_thing(actor, entry)),
            "may_change": allowed(actor, Action.CHANGE, plan_thing(entry)),
            "trail": [FRONT, (one.title, "")],
        },
    )


def _known(slug: str, request: HttpRequest) -> Entry | None:
    return next((one for one in register_of(actor_of(request)) if one.plan.id == slug), None)


def _heirs(entry: Entry) -> list[str]:
    """Return who holds a dissolved owner's plans now; nothing where the owner still stands."""
    try:
        found = heirs(load_regions(), entry.plan.owner)
    except InputError:
        return []
    return (
        []
        if [one.owner.code for one in found] == [entry.plan.owner.code]
        else [one.owner.name for one in found]
    )


def _together(basis: str) -> str:
    """Return a legal basis that breaks neither after the sign nor within the number of a section."""
    return re.sub(r"(?<=\d)-(?=\d)", "\u2011", basis.replace("§ ", "§\u00a0"))


def _step(entry: Entry, name: str, words: Language) -> dict[str, Any]:
    step, done = plan_type(entry.plan.type).step(name), entry.plan.done(name)
    by, rests = decided_by(step.by), step_rests_on(step)
    return {
        "name": words.text(step.name),
        "by": by,
        "rests": _together(words.text(rests) if isinstance(rests, Message) else rests),
        "shortest": step.shortest,
        "optional": step.optional,
        "opens": done.opens if done else None,
        "closes": done.closes if done else None,
    }


def _file(one: PlanFile, request: HttpRequest) -> dict[str, Any]:
    words = words_of(request)
    name, colour = STATES[State(one.state)]
    may_change = allowed(actor_of(request), Action.CHANGE, file_thing(one))
    return {
        "number": one.number,
        "name": one.title or one.name,
        "file": one.name,
        "role": words.text(ROLES[one.role]) if one.role in ROLES else one.role,
        "ready": one.state == State.READY,
        "state": words.text(name),
        "colour": colour,
        "pages": one.pages,
        "size": one.size,
        "added": one.added_at,
        "replaces": one.replaces.number if one.replaces else 0,
        "may_withdraw": may_change and one.state in (State.READY, State.FAILED),
        "may_change": may_change and one.state != State.WITHDRAWN,
        "besides": words.join(names_of_others(one, words)) if may_change else "",
        "draft": one.visibility == Visibility.DRAFT,
        "open": one.visibility == Visibility.OPEN,
    }


def _own_county(request: HttpRequest) -> Thing:
    own = counties_of(actor_of(request))
    return Thing(Kind.PLAN, county=own[0] if own else "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.ADD, Kind.PLAN, _own_county)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Enter a plan of the own county or of one of its municipalities."""
    words, actor, status = words_of(request), actor_of(request), 200
    county = _own_county(request).county
    form = PlanForm(words, county)
    if request.method == "POST":
        form, status = PlanForm(words, county, request.POST), 422
        if form.is_valid():
            try:
                made = form.plan("plan", None)
                slug = services.free_slug(made.owner.name, made.title)
                _enter(request, form, slug, None, county)
            except InputError as error:
                tell_error(form, None, error, words)
            else:
                messages.success(request, words.text(msg("Planen er ført i registeret.")))
                return redirect("plan", slug=slug)
    del actor
    shown = {"form": form, "trail": [FRONT, (msg("Før inn en plan"), "")]}
    return render(request, "plans/new.html", shown, status=status)


def _enter(request: HttpRequest, form: PlanForm, slug: str, before: Entry | None, county: str) -> OwnPlan:
    plan = form.plan(slug, before.plan if before else None)
    municipality = plan.owner.code if plan.owner.kind is OwnerKind.MUNICIPALITY else ""
    if municipality and home(plan.owner.kind, plan.owner.code) != county:
        municipality = ""
    return services.enter(actor_of(request), plan, county, municipality, form.seen())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Action.CHANGE, Kind.PLAN, plan_found)
def change_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is entered of a plan, and enter a step that is done or decided."""
    words, entry, status = words_of(request), found(request, Entry), 200
    one, kind = entry.plan, plan_type(entry.plan.type)
    before = {
        "title": one.title,
        "status": one.status.value,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "expected_start": str(one.expected_start or ""),
        "visibility": entry.row.visibility if entry.row else Visibility.OPEN.value,
        "shared_with": entry.row.shared_with if entry.row else [],
    }
    form = PlanForm(words, entry.county, initial=before, kind=kind)
    if request.method == "POST":
        form, status = PlanForm(words, entry.county, request.POST, initial=before, kind=kind), 422
        if form.is_valid():
            try:
                _enter(request, form, slug, entry, entry.county)
            except InputError as error:
                tell_error(form, None, error, words)
            else:
                messages.success(request, words.text(msg("Endringen er lagret.")))
                return redirect("plan", slug=slug)
    shown = {
        "form": form,
        "plan": told_of(entry, words),
        "cancel": reverse("plan", kwargs={"slug": slug}),
        "trail": [FRONT, (one.title, reverse("plan", kwargs={"slug": slug})), (msg("Endre"), "")],
    }
    return render(request, "plans/change.html", shown, status=status)
