"""The hearing statement of a county on a document: who may see and write it, how it is kept, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from fotfeste.messages import Locale, language
from fotfeste.plans.coverage import Evidence
from fotfeste.plans.coverage.quoting import evidence
from fotfeste.plans.documents import Span
from fotfeste.plans.gaps import GapReport, shipped_expectations
from fotfeste.plans.register.owners import belongs_to
from fotfeste.plans.register.values import OwnerKind, Plan
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.reports.blocks import Document
from fotfeste.reports.plans import Chosen, Leaning, leanings, statement
from fotfeste.reports.plans.chosen import support_key
from fotfeste.reports.plans.hearing_values import in_order
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.read_plans import (
    place_of,
    read_for,
    report_of,
    suggested_alone,
    telling_for,
    titles_of,
    to_quote,
)
from fotfeste.web.plans.seeing import Entry, sees, works_for
from fotfeste.web.plans.statement_models import PlanStatement
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor, Thing, allowed
from fotfeste.web.rights.roles import Action, Kind
from fotfeste.web.trace.services import record

LONGEST = 5_000
"""Signs of what is written to one remark."""
MOST_OTHERS = 4
"""Passages of other plans under one remark."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a statement.

    ``left_out``, ``own`` and the keys of passages are as :class:`fotfeste.reports.plans.Chosen` has them; ``others`` has keys by the
    id of the expectation. ``version`` is 0 before anything is saved.
    """

    left_out: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    figures: bool = True
    version: int = 0

    @property
    def plain(self) -> dict[str, Any]:
        """What is stored."""
        return {
            "left_out": sorted(self.left_out),
            "own": {name: text for name, text in sorted(self.own.items()) if text},
            "others": {name: list(keys) for name, keys in sorted(self.others.items()) if keys},
            "figures": self.figures,
        }


@dataclass(frozen=True)
class Made:
    """A statement as one reader has it: what is forgotten and leans on what, and the documents that may be quoted."""

    file: PlanFile
    plan: Plan
    county: str
    report: GapReport
    found: tuple[Leaning, ...]
    quotable: Mapping[str, tuple[PlanFile, Entry]]
    own_plans: int


class SavedMeanwhile(Exception):
    """Somebody else has saved the statement since the page was shown."""


def statement_thing(actor: Actor, file: PlanFile) -> Thing:
    """Return the statement that ``actor`` has before them: their own county's; nobody's for what they do not see."""
    return Thing(Kind.STATEMENT, file.pk.hex, works_for(actor, file.county) if sees(actor, file) else "")


def may_draft(actor: Actor, file: PlanFile, plan: Plan) -> bool:
    """Whether ``actor`` may see a statement on a document: only a municipality's plan is one to advise on."""
    own = plan.owner.kind is OwnerKind.MUNICIPALITY and actor.user_id is not None
    return own and allowed(actor, Action.VIEW, statement_thing(actor, file))


def kept_of(file: PlanFile, county: str) -> Kept:
    """Return what a county has kept; nothing chosen and nothing written before the first time."""
    row = PlanStatement.objects.filter(file=file, county=county).first()
    if row is None:
        return Kept()
    plain = row.kept
    return Kept(
        frozenset(plain.get("left_out", ())),
        plain.get("own", {}),
        plain.get("others", {}),
        bool(plain.get("figures", True)),
        row.version,
    )


def keep(by: Actor, file: PlanFile, new: Kept) -> Kept:
    """Store what is chosen and written; raises :class:`SavedMeanwhile` when ``new`` was not begun from what is stored."""
    thing = statement_thing(by, file)
    with transaction.atomic():
        rows = PlanStatement.objects.select_for_update().filter(file=file, county=thing.county)
        row = rows.first()
        if (row.version if row else 0) != new.version:
            raise SavedMeanwhile
        if row is None:
            row = PlanStatement(file=file, county=thing.county)
        row.kept, row.version, row.by_id, row.changed_at = (
            new.plain,
            new.version + 1,
            by.user_id,
            timezone.now(),
        )
        row.save()
        record(by, "statement.changed", thing, {"plan": file.plan, "version": str(row.version)})
    return kept_of(file, thing.county)


def made_of(request: HttpRequest, file: PlanFile, plan: Plan, county: str) -> Made:
    """Return what a statement is made of: the county's own plans, drafts left out, and what the document forgets."""
    quotable = to_quote(actor_of(request), plan.id)
    year = services.today().year
    leant_on = sorted(
        (in_order(entry.plan, county, year), name, one)
        for name, (one, entry) in quotable.items()
        if entry.plan.owner.kind is OwnerKind.COUNTY and belongs_to(load_regions(), entry.plan.owner, county)
    )
    own = [read_for(request, one) for _, _, one in leant_on]
    report = report_of(request, file, plan)
    found = leanings(report, own, stored.book(), shipped_expectations())
    return Made(file, plan, county, report, found, quotable, len(own))


def passages_of(made: Made, keys: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the passages that are chosen by their keys; those that no longer stand, or may not be quoted, are left out."""
    found = []
    for key in keys:
        name, _, spot = key.partition(":")
        start, _, end = spot.partition("-")
        if name not in made.quotable or not (start.isdecimal() and end.isdecimal()):
            continue
        read = suggested_alone(made.quotable[name][0])
        span = Span(int(start), int(end))
        place = next((place for place, one in enumerate(read.document.passages) if one.span == span), None)
        if place is not None:
            found.append(evidence(read, place))
    return tuple(found)


def told_in(request: HttpRequest, made: Made, kept: Kept, locale: Locale) -> Document:
    """Return the statement as a document in one language."""
    today, code = services.today(), place_of(made.plan)
    gathered = telling_for(code, words_of(request), today).gathered if kept.figures and code else None
    names = {one.code: one.name for one in load_regions().counties(EDITION)}
    return statement(
        made.report,
        made.found,
        title=made.plan.title,
        county=names[made.county],
        municipality=made.plan.owner.name,
        titles=titles_of(dict(made.quotable), language(locale)),
        locale=locale,
        issued=today,
        gathered=gathered,
        chosen=Chosen(
            kept.left_out,
            kept.own,
            {name: passages_of(made, keys) for name, keys in kept.others.items()},
        ),
    )


def sent(data: Mapping[str, Any], lists: Mapping[str, Sequence[str]], made: Made) -> Kept:
    """Return what a page has sent. What is not ticked off on the page is left out; a remark keeps its words also when it is."""
    ticked = frozenset(lists.get("med", ()))
    names = offered(made)
    own = {
        name: text
        for name in ("", *(one.remark.expectation.id for one in made.found))
        if (text := str(data.get(f"egne-{name}", "")).strip()[:LONGEST])
    }
    others = {
        name: tuple(dict.fromkeys(keys))[:MOST_OTHERS]
        for name in (one.remark.expectation.id for one in made.found)
        if (keys := lists.get(f"andre-{name}", ()))
    }
    version = str(data.get("version", "0"))
    number = int(version) if version.isdecimal() and len(version) < 9 else 0
    return Kept(frozenset(names) - ticked, own, others, "tall" in data, number)


def offered(made: Made) -> list[str]:
    """Return the names of everything that can be ticked: remarks that lean on something, what they lean on, and words."""
    names = []
    for one in made.found:
        if one.support:
            names.append(one.remark.expectation.id)
            names += [support_key(one, each) for each in one.support]
    return [*names, *(f"ord-{one.term.id}" for one in made.report.terms if one.term.sources)]
