"""The matrix of what plans say and are silent about: every cell opens, also the silent ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.messages import Language, msg
from fotfeste.plans.coverage import (
    Cell,
    Matrix,
    Row,
    cells,
    covers,
    matrix,
    narrowed,
    searched_for,
    shipped_settings,
    with_something_read,
)
from fotfeste.plans.coverage.rows import Cover, cell_of
from fotfeste.plans.coverage.wording import ABOUT, COVER, cell_text
from fotfeste.plans.register import Owner, Register
from fotfeste.plans.register import values as register
from fotfeste.plans.register.values import OwnerKind
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports import render_docx, render_xlsx
from fotfeste.reports.plans import matrix_document, matrix_workbook
from fotfeste.reports.plans.remark_blocks import patterns_told
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.findings import Findings, held
from fotfeste.web.plans.found_views import DOCX
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.page import FRONT
from fotfeste.web.plans.read_plans import found_for, note_seen, quoted, read_for, standing
from fotfeste.web.plans.seeing import counties_of, register_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import open_to_all

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 100
"""Passages of a cell that are shown."""
ALL = "alle"


@dataclass(frozen=True)
class Chosen:
    """What the reader has chosen to see: a county or all, a kind of plans, a theme; empty means any."""

    county: str
    kind: str
    theme: str

    @property
    def asked(self) -> dict[str, str]:
        """The choice as it stands in an address."""
        given = {"fylke": self.county, "type": self.kind, "felt": self.theme}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Laid:
    """A matrix as one reader may see it, with the documents by name, and how many plans it is about."""

    found: Matrix
    files: dict[str, PlanFile]
    findings: dict[str, Findings]
    owners: list[Owner]
    plans: int


def _counties() -> dict[str, str]:
    return {one.code: one.name for one in load_regions().counties(EDITION)}


def _chosen(request: HttpRequest) -> Chosen:
    known, settings = _counties(), shipped_settings()
    own = counties_of(actor_of(request))
    asked = (request.GET.get("fylke", ""), own[0] if own else "", "40", *known)
    county = next(one for one in asked if one in known or one == ALL)
    kind, theme = request.GET.get("type", ""), request.GET.get("felt", "")
    return Chosen(
        county,
        kind if kind in {one.id for one in settings.kinds} else "",
        theme if theme in {one.id for one in settings.columns} else "",
    )


def _laid(request: HttpRequest, chosen: Chosen, *, whole: bool = False) -> Laid:
    """Return the matrix as a page counts it; ``whole`` with every passage in words, as a file has it."""
    actor, known = actor_of(request), _counties()
    entries = [one for one in register_of(actor) if chosen.county in (ALL, one.county)]
    plans = {one.plan.id for one in entries}
    files = {one.pk.hex: one for one in standing(actor) if one.plan in plans}
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
    codes = [chosen.county] if chosen.county != ALL else list(known)
    owners = [Owner(OwnerKind.COUNTY, code, known[code]) for code in codes]
    municipal = {one.owner.code: one.owner for one in listed if one.owner.kind is OwnerKind.MUNICIPALITY}
    owners += sorted(municipal.values(), key=lambda one: one.code)
    findings = {one.file.pk.hex: one for one in found_for(request, files.values())}
    of = Register(tuple(listed)), {name: one.plan for name, one in files.items()}, owners
    found = _in_words(request, files, *of) if whole else _counted(findings, *of)
    if chosen.county == ALL:
        found = with_something_read(found)
    found = narrowed(
        found,
        kinds=[chosen.kind] if chosen.kind else (),
        columns=[chosen.theme] if chosen.theme else (),
    )
    left = {row.owner for row in found.rows}
    return Laid(found, files, findings, [one for one in owners if one in left], len(entries))


def _in_words(
    request: HttpRequest,
    files: dict[str, PlanFile],
    plans: Register,
    belongs: dict[str, str],
    owners: list[Owner],
) -> Matrix:
    read = [read_for(request, one) for one in files.values()]
    return matrix(plans, read, belongs, owners, load_regions(), stored.book(), services.today())


_KEPT = 32
_counted_before: dict[object, Matrix] = {}


def _counted(
    findings: dict[str, Findings], plans: Register, belongs: dict[str, str], owners: list[Owner]
) -> Matrix:
    """Return the matrix without words, counted once for as long as nothing that it rests on is changed."""
    rests = tuple((name, str(one.folder)) for name, one in findings.items())
    key = rests, plans, tuple(belongs.items()), tuple(owners), services.today()
    if key not in _counted_before:
        if len(_counted_before) >= _KEPT:
            _counted_before.clear()
        read = [held(one, opened=False) for one in findings.values()]
        _counted_before[key] = matrix(
            plans, read, belongs, owners, load_regions(), stored.book(), services.today()
        )
    return _counted_before[key]


@never_cache
@require_safe
@open_to_all
def coverage(request: HttpRequest) -> HttpResponse:
    """Show which themes plans mention and are silent about; a cell opens its passages, or what was searched for."""
    words, chosen, settings = words_of(request), _chosen(request), shipped_settings()
    laid = _laid(request, chosen)
    opened = _opened(request, laid, chosen, words)
    if opened:
        note_seen(actor_of(request), opened.pop("files"))
    counted = covers(laid.found)
    shown = {
        "chosen": chosen,
        "asked": urlencode(chosen.asked),
        "counties": list(_counties().items()),
        "kinds": [(one.id, words.text(one.name), one.level.value) for one in settings.kinds],
        "columns": [(one.id, words.text(one.name)) for one in settings.columns],
        "read": len(laid.files),
        "plans": laid.plans,
        "legend": [
            (one.value, words.text(COVER[one]), words.text(ABOUT[one]), counted[one])
            for one in Cover
            if counted[one]
        ],
        "owners": _owners(laid, words),
        "opened": opened,
        "trail": [FRONT, (msg("Matrise"), "")],
    }
    return render(request, "plans/matrix.html", shown)


@never_cache
@require_safe
@open_to_all
def coverage_workbook(request: HttpRequest) -> HttpResponse:
    """Give what is chosen of the matrix as a workbook, every passage with it."""
    words, laid = words_of(request), _laid(request, _chosen(request), whole=True)
    note_seen(actor_of(request), laid.files.values(), "exported")
    made = matrix_workbook(laid.found, words.locale, services.today())
    return file_answer(render_xlsx(made), XLSX, f"{made.file_stem}.xlsx")


@never_cache
@require_safe
@open_to_all
def coverage_document(request: HttpRequest) -> HttpResponse:
    """Give what is chosen of the matrix as a document with quotes and pages."""
    words, laid = words_of(request), _laid(request, _chosen(request), whole=True)
    note_seen(actor_of(request), laid.files.values(), "exported")
    made = matrix_document(laid.found, words.locale, services.today())
    return file_answer(render_docx(made), DOCX, f"{made.file_stem}.docx")


def _owners(laid: Laid, words: Language) -> list[dict[str, Any]]:
    """Return a table for each owner: a row for each theme, a column for each kind of plan that is in the register."""
    told = []
    for owner in laid.owners:
        rows = [one for one in laid.found.rows if one.owner == owner]
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
                    for place, theme in enumerate(laid.found.columns)
                ],
            }
        )
    return told


def _cell(cell: Cell, kind: str, words: Language) -> dict[str, Any]:
    return {"kind": kind, "text": words.text(cell_text(cell)), "cover": cell.cover.value}


def _opened(request: HttpRequest, laid: Laid, chosen: Chosen, words: Language) -> dict[str, Any] | None:
    """Return the cell that is asked for: its passages, or for silence what was read and searched for."""
    asked = tuple(request.GET.get(name, "") for name in ("eier", "plantype", "tema"))
    for row, column, cell in cells(laid.found):
        if (row.owner.code, row.kind.id, column.id) == asked:
            documents = [
                held(laid.findings[name], opened=True) for one in row.plans for name in one.documents
            ]
            cell = cell_of(column, documents, cell.unread, laid.found.book) if documents else cell
            some = (*cell.passages, *cell.candidates)[:MOST]
            counted = cell.cover in (Cover.SILENT, Cover.READ_AND_SILENT)
            patterns = searched_for(column, laid.found.book)
            return {
                "owner": row.owner.name,
                "kind": words.text(row.kind.name),
                "theme": words.text(column.name),
                "text": words.text(cell_text(cell)),
                "about": words.text(ABOUT[cell.cover]),
                "passages": [quoted(one, laid.files[one.document], words) for one in some],
                "more": len(cell.passages) + len(cell.candidates) - len(some),
                "rejected": [quoted(one, laid.files[one.document], words) for one in cell.rejected],
                "searched": patterns_told(patterns, words) if counted else "",
                "plans": _plans(row, laid),
                "solved": f"{reverse('plan_solved')}?{urlencode({'tema': column.id})}",
                "back": f"?{urlencode(chosen.asked)}#eier-{row.owner.code}",
                "files": [laid.files[name] for name in {one.document for one in (*some, *cell.rejected)}],
            }
    return None


def _plans(row: Row, laid: Laid) -> list[dict[str, Any]]:
    return [
        {
            "slug": one.plan.id,
            "title": one.plan.title,
            "documents": [
                (file.title or file.name, file.number, file.pages)
                for name in one.documents
                for file in [laid.files[name]]
            ],
        }
        for one in row.plans
    ]
