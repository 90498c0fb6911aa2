"""Enter the synthetic plans of :mod:`tests.browser.plan_material` in a running installation, read and partly coded.

Django must be set up before anything here is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.browser.plan_material import COUNTY, DRAFT, NEW, OLD, STRATEGY, pdf

if TYPE_CHECKING:
    from fotfeste.plans.documents import Document
    from fotfeste.plans.register import Plan
    from fotfeste.web.plans.models import PlanFile
    from fotfeste.web.rights.declared import Actor

COUNTY_PLAN, DRAFT_PLAN, STRATEGY_PLAN = "eksempel-fylkesplan", "eksempel-utkast", "eksempel-planstrategi"
OLD_PLAN, NEW_PLAN, COMING_PLAN = (
    "eksempel-samfunnsdel-2015",
    "eksempel-samfunnsdel-2027",
    "eksempel-samfunnsdel",
)

TEXTS: Mapping[str, tuple[str, str, str]] = {
    COUNTY_PLAN: ("Regional plan for inkludering og levende bygder (eksempel)", COUNTY, "nb"),
    OLD_PLAN: ("Samfunnsdel 2015–2026 (døme)", OLD, "nn"),
    NEW_PLAN: ("Samfunnsdel 2027–2039 (døme)", NEW, "nn"),
    STRATEGY_PLAN: ("Kommunal planstrategi 2024–2027 (eksempel)", STRATEGY, "nb"),
    DRAFT_PLAN: ("Samfunnsdel 2027–2039, høringsutkast (eksempel)", DRAFT, "nb"),
}
"""Title, text and language of each plan that has a document."""


def files_read() -> dict[str, tuple[bytes, Document]]:
    """Return the file of each plan, and what the reading makes of it."""
    from fotfeste.plans.documents import read

    files = {name: pdf(*one) for name, one in TEXTS.items()}
    return {name: (data, read(f"{name}.pdf", data)) for name, data in files.items()}


def plans_entered(
    adviser: Actor, second: Actor, files: Mapping[str, tuple[bytes, Document]]
) -> dict[str, PlanFile]:
    """Enter the plans and their documents for ``adviser``; ``second`` codes one of them besides."""
    from fotfeste.web.plans.models import Visibility

    seen = dict.fromkeys(TEXTS, Visibility.OPEN) | {DRAFT_PLAN: Visibility.DRAFT}
    made = {}
    for plan in _plans():
        entry = _enter(adviser, plan, seen.get(plan.id, Visibility.COUNTY))
        if plan.id in files:
            data, document = files[plan.id]
            role = "draft" if plan.id == DRAFT_PLAN else "plan"
            made[plan.id] = _hand_in(adviser, entry, f"{plan.id}.pdf", data, role, document)
    _coded(adviser, second, made[COUNTY_PLAN])
    _unread(adviser)
    return made


def _plans() -> list[Plan]:
    from datetime import date

    from fotfeste.plans.register import Owner, Plan, Status
    from fotfeste.plans.register.moments import Moment
    from fotfeste.plans.register.values import OwnerKind, StepDone

    county = Owner(OwnerKind.COUNTY, "40", "Telemark")
    skien, porsgrunn, vinje = (
        Owner(OwnerKind.MUNICIPALITY, code, name)
        for code, name in (("4003", "Skien"), ("4001", "Porsgrunn"), ("4036", "Vinje"))
    )
    kind, title = "municipal_plan_society", {name: one[0] for name, one in TEXTS.items()}
    return [
        Plan(COUNTY_PLAN, county, "regional_plan", title[COUNTY_PLAN], Status.ADOPTED, ("integration",), 2022, 2030,
             adopted=Moment.parse("2022-06-15"), adopted_by="county_council"),
        Plan(OLD_PLAN, vinje, kind, title[OLD_PLAN], Status.ADOPTED, (), 2015, 2026),
        Plan(NEW_PLAN, vinje, kind, title[NEW_PLAN], Status.ADOPTED, (), 2026, 2039, replaces=(OLD_PLAN,)),
        Plan(STRATEGY_PLAN, porsgrunn, "municipal_planning_strategy", title[STRATEGY_PLAN], Status.ADOPTED, (), 2024, 2027),
        Plan(COMING_PLAN, porsgrunn, kind, "Samfunnsdel (eksempel)", Status.PLANNED, (),
             expected_start=Moment.parse("2027-Q2"), ordered_by=STRATEGY_PLAN),
        Plan(DRAFT_PLAN, skien, kind, title[DRAFT_PLAN], Status.HEARING, (), 2027, 2039,
             steps=(StepDone("hearing", date(2026, 11, 2), date(2026, 12, 18)),)),
    ]  # fmt: skip


def _enter(adviser: Actor, plan: Plan, visibility: Any) -> Any:
    from fotfeste.plans.register.values import OwnerKind
    from fotfeste.web.plans import services
    from fotfeste.web.plans.seeing import find

    municipality = plan.owner.code if plan.owner.kind is OwnerKind.MUNICIPALITY else ""
    shared = ("4003",) if plan.id == DRAFT_PLAN else ()
    services.enter(adviser, plan, "40", municipality, services.Seen(visibility, shared))
    return find(plan.id)


def _hand_in(adviser: Actor, entry: Any, name: str, data: bytes, role: str, document: Document) -> PlanFile:
    """Hand in a document and read it here, as the worker does; what it then finds to do is done."""
    from fotfeste.files import write_whole
    from fotfeste.plans.documents.stored import dump
    from fotfeste.web.plans import services, stored
    from fotfeste.web.plans.models import PlanFile, Visibility

    open_to_all = services.Seen(Visibility.OPEN)
    one = services.take_in(adviser, entry, name, data, role, open_to_all)
    write_whole(stored.text_of(one), dump(document))
    services.read_in(one.pk, document)
    one = PlanFile.objects.get(pk=one.pk)
    with stored.index() as connection:
        stored.put_in_index(connection, one, entry.plan)
    return one


def _coded(adviser: Actor, second: Actor, file: PlanFile) -> None:
    """Let two coders read the first page of a document, and disagree."""
    from django.utils import timezone

    from fotfeste.plans import coding
    from fotfeste.plans.documents import Span
    from fotfeste.web.plans import services, stored

    document = stored.document_of(file)
    place = {
        start: place
        for place, one in enumerate(document.passages)
        for start in ("Innvandrere som", "Flyktninger flytter", "Vi fikk mange")
        if document.at(one.span).startswith(start)
    }
    passages = {name: document.passages[number].span for name, number in place.items()}
    first_page = [one.span for one in document.passages if one.pages and one.pages[0] == 1]
    whole = Span(first_page[0].start, first_page[-1].end)
    for actor, given in (
        (adviser, (("Innvandrere som", "kobling"), ("Innvandrere som", "innvandrere"), ("Flyktninger flytter", "flyktninger"))),
        (second, (("Innvandrere som", "innvandrere"), ("Flyktninger flytter", "flyktninger"), ("Flyktninger flytter", "verdi-betinget"))),
    ):  # fmt: skip
        who: dict[str, Any] = {
            "at": timezone.now(), "coder": actor.pseudonym, "text_sha256": file.text_sha256,
        }  # fmt: skip
        services.act(actor, file, partial(coding.mark_read, span=whole, **who), "added")
        for start, code in given:
            memo = "Bygdene er nevnt i samme setning." if code == "kobling" else ""
            services.act(
                actor,
                file,
                partial(coding.accept, span=passages[start], code=code, memo=memo, **who),
                "added",
            )
        if actor is adviser:
            no = partial(
                coding.reject, span=passages["Vi fikk mange"], code="frist", cause="frist.ord", **who
            )
            services.act(actor, file, no, "added")


def _unread(adviser: Actor) -> None:
    """Hand in a file that could not be read, and one that is being read."""
    from fotfeste.errors import InputError
    from fotfeste.plans.documents import read
    from fotfeste.web.plans import services
    from fotfeste.web.plans.models import PlanFile, State, Visibility
    from fotfeste.web.plans.seeing import find

    entry = find(COMING_PLAN)
    assert entry is not None
    damaged = b"%PDF-1.7\nen oppdiktet fil som er avbrutt"
    seen = services.Seen(Visibility.COUNTY)
    one = services.take_in(adviser, entry, "avbrutt.pdf", damaged, "draft", seen)
    try:
        read(one.name, damaged)
    except InputError as error:
        services.failed(one.pk, error)
    PlanFile.objects.create(
        plan=COMING_PLAN, number=2, name="leses.pdf", role="plan", sha256="0" * 64, size=1000, county="40",
        municipality="4001", visibility=seen.visibility.value, state=State.READING.value,
    )  # fmt: skip
