"""What the plans say and are silent about: the matrix of a county, and what one document forgets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.coverage import Cell, Evidence, Matrix, ReadDocument, matrix, read_document
from fotfeste.plans.coverage.rows import Cover
from fotfeste.plans.coverage.wording import SAID, cell_text
from fotfeste.plans.gaps import GapReport, gaps
from fotfeste.plans.register import Owner, Register
from fotfeste.plans.register import values as register
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports import render_docx
from fotfeste.reports.blocks import Document
from fotfeste.reports.plans import gap_document
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.codes_shown import may_see_coding
from fotfeste.web.plans.models import PlanFile, State, Visibility
from fotfeste.web.plans.page import (
    FRONT,
    entry_of,
    file_found,
    file_is_open,
    plan_found,
    plan_is_open,
    seen_file,
)
from fotfeste.web.plans.parts import anchor, cut_of
from fotfeste.web.plans.seeing import coding_thing, counties_of, files_of, readable, register_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import needs, open_to_all
from fotfeste.web.rights.roles import Action, Kind

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST = 100
"""Passages of a cell that are shown."""
COLOURS = {
    Cover.MENTIONED: "success",
    Cover.DISPUTED: "warning",
    Cover.SUGGESTED: "info",
    Cover.SILENT: "danger",
    Cover.READ_AND_SILENT: "danger",
}


def _read(request: HttpRequest, file: PlanFile) -> ReadDocument:
    """Return a document with the suggestions, and what the reader's own county has coded."""
    suggested = [one for some in stored.suggestions_of(file).values() for one in some]
    log = None
    if may_see_coding(request, file):
        log = services.log_of(file, coding_thing(actor_of(request), file).county)
    return read_document(file.pk.hex, stored.document_of(file), suggested, log)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, plan_found, open_when=plan_is_open)
def first_gaps(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to what the plan's first document forgets; to the plan where none is read."""
    entry_of(request, slug)
    files = [one for one in files_of(slug, actor_of(request)) if one.state == State.READY]
    first = next((one for one in files if one.role in ("plan", "draft")), files[0] if files else None)
    return redirect("plan_gaps", slug=slug, number=first.number) if first else redirect("plan", slug=slug)


def _gaps(request: HttpRequest, slug: str, number: int) -> tuple[PlanFile, GapReport, Document]:
    words, file = words_of(request), seen_file(request, slug, number)
    if file.state != State.READY:
        raise Http404
    plan = entry_of(request, slug).plan
    found = gaps(_read(request, file), plan.type, plan.topics, stored.book())
    return file, found, gap_document(found, plan.title, words.locale, services.today())


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def one_gaps(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what one document forgets, with what it rests on."""
    file, _, told = _gaps(request, slug, number)
    here = reverse("plan_reader", kwargs={"slug": slug, "number": number})
    plan = entry_of(request, slug).plan
    shown = {
        "file": file,
        "told": told,
        "draft": file.visibility == Visibility.DRAFT,
        "reader": here,
        "trail": [
            FRONT,
            (plan.title, reverse("plan", kwargs={"slug": slug})),
            (file.title or file.name, here),
            (msg("Hva er glemt"), ""),
        ],
    }
    return render(request, "plans/gaps.html", shown)


@never_cache
@require_safe
@needs(Action.VIEW, Kind.PLAN, file_found, open_when=file_is_open)
def gaps_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give the same as a document to work on."""
    _, _, told = _gaps(request, slug, number)
    return file_answer(render_docx(told), DOCX, f"{told.file_stem}.docx")


@never_cache
@require_safe
@open_to_all
def coverage(request: HttpRequest) -> HttpResponse:
    """Show which themes the plans of a county mention and are silent about; a cell opens its passages."""
    words, actor = words_of(request), actor_of(request)
    known = {one.code: one.name for one in load_regions().counties(EDITION)}
    own = counties_of(actor)
    county = next(
        one for one in (request.GET.get("fylke", ""), own[0] if own else "", "40", *known) if one in known
    )
    entries = [one for one in register_of(actor) if one.county == county]
    plans = {one.plan.id for one in entries}
    files = {one.pk.hex: one for one in readable(actor) if one.plan in plans}
    # The matrix knows the role of a document by the plan's own list of files.
    listed = [
        replace(
            one.plan,
            files=tuple(
                register.PlanFile(file.name, name, file.role)
                for name, file in files.items()
                if file.plan == one.plan.id
            ),
        )
        for one in entries
    ]
    owners = [Owner(OwnerKind.COUNTY, county, known[county])]
    municipal = {one.owner.code: one.owner for one in listed if one.owner.kind is OwnerKind.MUNICIPALITY}
    owners += sorted(municipal.values(), key=lambda one: one.code)
    found = matrix(
        Register(tuple(listed)), [_read(request, one) for one in files.values()],
        {name: one.plan for name, one in files.items()}, owners, load_regions(), stored.book(), services.today(),
    )  # fmt: skip
    asked = tuple(request.GET.get(name, "") for name in ("eier", "plantype", "tema"))
    opened = _opened(found, asked, files, words)
    if opened:
        services.shown_in_search(actor, opened.pop("files"))
    shown = {
        "county": county,
        "counties": list(known.items()),
        "read": len(files),
        "plans": len(entries),
        "owners": _owners(found, owners, words),
        "opened": opened,
        "trail": [FRONT, (msg("Matrise"), "")],
    }
    return render(request, "plans/matrix.html", shown)


def _owners(found: Matrix, owners: list[Owner], words: Language) -> list[dict[str, Any]]:
    """Return a table for each owner: a row for each theme, a column for each kind of plan that is in the register."""
    told = []
    for owner in owners:
        rows = [one for one in found.rows if one.owner == owner]
        there = [one for one in rows if one.plans]
        told.append(
            {
                "code": owner.code,
                "name": owner.name,
                "kinds": [words.text(one.kind.name) for one in there],
                "absent": words.join([words.text(one.kind.name).casefold() for one in rows if not one.plans]),
                "themes": [
                    {
                        "name": words.text(theme.name),
                        "id": theme.id,
                        "cells": [_cell(one.cells[place], one.kind.id, words) for one in there],
                    }
                    for place, theme in enumerate(found.columns)
                ],
            }
        )
    return told


def _cell(cell: Cell, kind: str, words: Language) -> dict[str, Any]:
    return {
        "kind": kind,
        "text": words.text(cell_text(cell)),
        "colour": COLOURS.get(cell.cover, "neutral"),
        "opens": bool(cell.passages or cell.candidates),
    }


def _opened(
    found: Matrix, asked: tuple[str, ...], files: dict[str, PlanFile], words: Language
) -> dict[str, Any] | None:
    """Return the passages of the cell that is asked for."""
    owner, kind, theme = asked
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            if (row.owner.code, row.kind.id, column.id) == (owner, kind, theme):
                some = (*cell.passages, *cell.candidates)[:MOST]
                return {
                    "title": f"{row.owner.name}: {words.text(row.kind.name)}",
                    "theme": words.text(column.name),
                    "text": words.text(cell_text(cell)),
                    "passages": [_quoted(one, files[one.document], words) for one in some],
                    "files": [files[name] for name in {one.document for one in some}],
                }
    return None


def _quoted(one: Evidence, file: PlanFile, words: Language) -> dict[str, Any]:
    passage = stored.document_of(file).passages[one.passage]
    here = reverse("plan_reader", kwargs={"slug": file.plan, "number": file.number})
    return {
        "address": f"{here}?side={cut_of(file).holding(one.passage)}#{anchor(passage)}",
        "file": file.title or file.name,
        "page": one.pages[0] if one.pages else 0,
        "quote": one.quote,
        "said": words.text(SAID[one.said]),
    }
