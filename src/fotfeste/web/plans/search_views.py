"""The search in plans: words in their line, in what the reader may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fotfeste.errors import InputError
from fotfeste.messages import Message, Translated, msg
from fotfeste.plans.coding import State, codings
from fotfeste.plans.documents import Span
from fotfeste.plans.documents.model import Language as Form
from fotfeste.plans.documents.model import PassageKind
from fotfeste.plans.register import plan_types
from fotfeste.plans.search import Answer, Chosen, held, search
from fotfeste.plans.words.look_alikes import look_alikes
from fotfeste.regions import load_regions
from fotfeste.regions.registry import EDITION
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import services, stored
from fotfeste.web.plans.codes_shown import may_see_coding
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.page import FRONT
from fotfeste.web.plans.seeing import Entry, coding_thing, readable, register_of
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.guard import open_to_all

ON_A_PAGE = 20
LONGEST = 200
_WORD = Translated({"nb": "innvandrere", "nn": "innvandrarar", "en": "innvandrere"})
EXAMPLES: tuple[tuple[Message | Translated, Message], ...] = (
    (_WORD, msg("alle former av ordet på bokmål og nynorsk, også inni sammensatte ord")),
    (msg("bosett*"), msg("ord, og deler av sammensatte ord, som begynner slik")),
    (msg("«lokalt arbeidsmarked»"), msg("ordene ved siden av hverandre")),
    (msg("bosett* NÆR/5 distrikt*"), msg("høyst fem ord fra det ene til det andre")),
    (
        msg("(flyktning ELLER innvandr*) IKKE arbeidsinnvandr*"),
        msg("ett av de første, og ikke det siste, i samme avsnitt"),
    ),
)
LANGUAGES: dict[Form, Message] = {
    Form.BOKMAAL: msg("bokmål"),
    Form.NYNORSK: msg("nynorsk"),
    Form.ENGLISH: msg("engelsk"),
}


@never_cache
@require_safe
@open_to_all
def find_words(request: HttpRequest) -> HttpResponse:
    """Search the documents that the reader may see."""
    words, actor = words_of(request), actor_of(request)
    asked = {
        name: request.GET.get(name, "").strip() for name in ("q", "fylke", "type", "sprak", "del", "kode")
    }
    out = request.GET.get("utelatt") == "1"
    number = request.GET.get("side", "1")
    page = int(number) if number.isdecimal() and 0 < len(number) < 5 else 1
    plans = {one.plan.id: one for one in register_of(actor)}
    files = {one.pk.hex: one for one in readable(actor) if one.plan in plans}
    shown: dict[str, Any] = {
        "asked": asked,
        "out": out,
        "documents": len(files),
        "counties": [(one.code, one.name) for one in load_regions().counties(EDITION)],
        "types": [(one.id, words.text(one.name)) for one in plan_types().values()],
        "forms": [(one.value, words.text(name)) for one, name in LANGUAGES.items()],
        "codes": [(one.id, words.text(one.title)) for one in stored.book().given],
        "examples": [(words.text(query), words.text(told)) for query, told in EXAMPLES],
        "trail": [FRONT, (msg("Søk"), "")],
    }
    if asked["q"]:
        chosen = [name for name, one in files.items() if _fits(plans[one.plan], asked)]
        try:
            coded = _coded(request, asked["kode"], {name: files[name] for name in chosen})
            answer, missing = _answer(asked, chosen, page, coded, out=out)
        except InputError as error:
            problem = error.problem
            shown["wrong"] = words.text(problem.what)
            shown["remedy"] = words.text(problem.remedy) if problem.remedy else ""
            return render(request, "plans/search.html", shown, status=422)
        services.shown_in_search(actor, [files[name] for name in {one.document for one in answer.found}])
        shown |= _told(answer, files, plans, page) | {"missing": missing}
    return render(request, "plans/search.html", shown)


def _fits(entry: Entry, asked: dict[str, str]) -> bool:
    return (not asked["fylke"] or entry.county == asked["fylke"]) and (
        not asked["type"] or entry.plan.type == asked["type"]
    )


def _coded(request: HttpRequest, code: str, files: dict[str, PlanFile]) -> dict[str, frozenset[int]] | None:
    """Return the passages that the reader's county has given a code, or that the rules suggest it for; all without a code.

    What a coder has rejected is not among them. Raises :class:`InputError` for a code that the codebook has not.
    """
    if not code:
        return None
    actor, wanted = actor_of(request), stored.book().code(code).id
    found = {}
    for name, file in files.items():
        places = stored.places_of(file, wanted)
        county = coding_thing(actor, file).county if may_see_coding(request, file) else ""
        if county:
            for one in codings(services.log_of(file, county)):
                if one.code != wanted or one.text_sha256 != file.text_sha256:
                    continue
                here = _places(file, one.span)
                places = places - here if one.state is State.REJECTED else places | here
        found[name] = places
    return found


def _places(file: PlanFile, span: Span) -> frozenset[int]:
    return frozenset(
        place
        for place, one in enumerate(stored.document_of(file).passages)
        if one.span.start < span.end and span.start < one.span.end
    )


def _answer(
    asked: dict[str, str],
    chosen: list[str],
    page: int,
    coded: dict[str, frozenset[int]] | None,
    *,
    out: bool,
) -> tuple[Answer, int]:
    """Return what is found, and how many documents the index does not hold yet."""
    languages = [one for one in Form if one.value == asked["sprak"]] if asked["sprak"] else None
    kinds = [PassageKind.HEADING, PassageKind.TITLE] if asked["del"] == "overskrift" else None
    with stored.index() as connection:
        missing = len(set(chosen) - set(held(connection)))
        found = search(
            connection,
            asked["q"][:LONGEST],
            Chosen(documents=chosen, languages=languages, kinds=kinds, passages=coded),
            first=(page - 1) * ON_A_PAGE,
            most=ON_A_PAGE,
            left_out=out,
        )
    return found, missing


def _told(answer: Answer, files: dict[str, PlanFile], plans: dict[str, Entry], page: int) -> dict[str, Any]:
    """Return an answer in words."""
    rules = look_alikes()
    return {
        "answered": True,
        "passages": answer.passages,
        "in_documents": answer.documents,
        "found": [_passage(one, files[one.document], plans) for one in answer.found],
        "left_out": [
            {
                "reason": rules[one.rule].reason if one.rule in rules else one.rule,
                "passages": one.passages,
                "words": ", ".join(f"{word} ({times})" for word, times in one.words),
            }
            for one in answer.left_out
        ],
        "by_document": [
            (files[name].title or files[name].name, times)
            for name, times in sorted(answer.by_document.items(), key=lambda each: -each[1])[:20]
        ],
        "before": page - 1,
        "after": page + 1 if page * ON_A_PAGE < answer.passages else 0,
    }


def _passage(one: Any, file: PlanFile, plans: dict[str, Entry]) -> dict[str, Any]:
    plan = plans[file.plan].plan
    here = reverse("plan_reader", kwargs={"slug": file.plan, "number": file.number})
    spot = f"{one.span.start}-{one.span.end}"
    return {
        "address": f"{here}?sted={spot}#t{spot}",
        "plan": plan.title,
        "owner": plan.owner.name,
        "file": file.title or file.name,
        "page": one.pages[0] if one.pages else 0,
        "headings": " › ".join(one.headings),
        "lines": one.lines or one.left_out,
        "language": one.language.value,
    }
