"""Documents with what is said of their passages, as one reader has them: what the pages of findings are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fotfeste.messages import Language
from fotfeste.plans.coverage import Evidence, ReadDocument, read_document
from fotfeste.plans.coverage.wording import SAID
from fotfeste.plans.gaps import GapReport, gaps
from fotfeste.plans.register import Status
from fotfeste.plans.register.values import OwnerKind, Plan
from fotfeste.regions import load_regions
from fotfeste.reports.knowledge_base import gather
from fotfeste.reports.knowledge_base.telling import Telling
from fotfeste.reports.plans.hearing_values import title_of
from fotfeste.reports.plans.remark_blocks import telling_of
from fotfeste.reports.profiles import Knowledge
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.codes_shown import may_see_coding
from fotfeste.web.plans.findings import Findings, findings_of
from fotfeste.web.plans.models import PlanFile, Visibility
from fotfeste.web.plans.seeing import Entry, coding_thing, readable, register_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import Actor


def read_for(request: HttpRequest, file: PlanFile) -> ReadDocument:
    """Return a document with the suggestions, and what the reader's own county has coded."""
    if not may_see_coding(request, file):
        return suggested_alone(file)
    suggested = [one for some in stored.suggestions_of(file).values() for one in some]
    log = services.log_of(file, coding_thing(actor_of(request), file).county)
    return read_document(file.pk.hex, stored.document_of(file), suggested, log)


def found_for(request: HttpRequest, files: Iterable[PlanFile]) -> list[Findings]:
    """Return what is found in documents, with what the reader's own county has coded."""
    actor = actor_of(request)
    return findings_of(
        files, lambda one: coding_thing(actor, one).county if may_see_coding(request, one) else ""
    )


def suggested_alone(file: PlanFile) -> ReadDocument:
    """Return a document with the suggestions that nobody has judged."""
    return _suggested(_Same(file))


class _Same:
    """A document by its text: the same text under the same name is read once."""

    def __init__(self, file: PlanFile) -> None:
        self.file = file
        self.key = (file.pk.hex, file.text_sha256, stored.edition())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.key == other.key


@lru_cache(maxsize=24)
def _suggested(one: _Same) -> ReadDocument:
    suggested = [each for some in stored.suggestions_of(one.file).values() for each in some]
    return read_document(one.file.pk.hex, stored.document_of(one.file), suggested)


def report_of(request: HttpRequest, file: PlanFile, plan: Plan) -> GapReport:
    """Return what a document forgets."""
    when = (plan.adopted or plan.published) if plan.status is Status.ADOPTED else None
    return gaps(
        read_for(request, file), plan.type, plan.topics, stored.book(), written=when.last if when else None
    )


def standing(actor: Actor) -> list[PlanFile]:
    """Return the documents that are read and that ``actor`` may see.

    One whose text is gone from the disk is left out: the reader of it says so.
    """
    return [one for one in readable(actor) if stored.text_of(one).is_file()]


def to_quote(actor: Actor, but: str = "") -> dict[str, tuple[PlanFile, Entry]]:
    """Return by name the documents that may be quoted to others, with their plans: no drafts, and not the plan ``but``."""
    plans = {one.plan.id: one for one in register_of(actor)}
    return {
        one.pk.hex: (one, plans[one.plan])
        for one in standing(actor)
        if one.visibility != Visibility.DRAFT
        and one.role != "draft"
        and one.plan != but
        and one.plan in plans
    }


def titles_of(quoted: dict[str, tuple[PlanFile, Entry]], words: Language) -> dict[str, str]:
    """Return what documents are called where they are quoted: the title of the plan, and whose it is where the title does not say."""
    regions = load_regions()
    return {name: title_of(entry.plan, regions, words) for name, (_, entry) in quoted.items()}


def quoted(one: Evidence, file: PlanFile, words: Language) -> dict[str, Any]:
    """Return a passage as a page shows it, with the place in the reader where it stands."""
    here = reverse("plan_reader", kwargs={"slug": file.plan, "number": file.number})
    spot = f"{one.span.start}-{one.span.end}"
    return {
        "address": f"{here}?sted={spot}#t{spot}",
        "file": file.title or file.name,
        "page": one.pages[0] if one.pages else 0,
        "under": one.headings[-1] if one.headings else "",
        "quote": one.quote,
        "said": words.text(SAID[one.said]),
        "judged": one.judged,
    }


def note_seen(actor: Actor, files: Iterable[PlanFile], what: str = "searched") -> None:
    """Note in the trace whose words, of those that are not open, somebody has had before them, or taken out."""
    services.shown_in_search(actor, list(files), what)


def place_of(plan: Plan) -> str:
    """Return the municipality or county whose figures belong beside a plan; empty for one that is no more."""
    code = plan.owner.code
    whole = plan.owner.kind in (OwnerKind.MUNICIPALITY, OwnerKind.COUNTY)
    return code if whole and code in knowledge().places else ""


def telling_for(code: str, words: Language, issued: date) -> Telling:
    """Return the figures of a place, ready to be told; gathered once for as long as the figures are the same."""
    known = knowledge()
    kept = _gathered.get(code)
    if kept is None or kept[0] is not known or kept[1].issued != issued:
        if len(_gathered) > 32:
            _gathered.clear()
        kept = _gathered[code] = (known, gather(None, code, issued, knowledge=known))
    return telling_of(kept[1], words)


_gathered: dict[str, tuple[Knowledge, Any]] = {}
