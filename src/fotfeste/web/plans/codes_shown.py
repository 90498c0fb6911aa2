"""What stands beside a passage: suggestions with their causes, and the codes that people have given it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fotfeste.messages import Language, Locale, Message, language, msg
from fotfeste.plans.coding import CodingLog, LearntCause, RuleCause, State, Strength, Suggestion, codings
from fotfeste.plans.coding.features import HEADING
from fotfeste.plans.coding.model import Coding
from fotfeste.plans.documents import Span
from fotfeste.web.front.request import words_of
from fotfeste.web.people.models import User
from fotfeste.web.plans import memos, stored, suggested
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.models import State as Ready
from fotfeste.web.plans.seeing import coding_thing, sees
from fotfeste.web.rights.actor import actor_of
from fotfeste.web.rights.declared import allowed
from fotfeste.web.rights.roles import Action

STRENGTH: dict[Strength, Message] = {
    Strength.STRONG: msg("samme setning"),
    Strength.WEAK: msg("samme avsnitt"),
    Strength.CANDIDATE: msg("bare fra overskriften"),
}


def may_see_coding(request: HttpRequest, file: PlanFile) -> bool:
    """Whether the reader may see what their county has coded in a document."""
    actor = actor_of(request)
    return actor.user_id is not None and allowed(actor, Action.VIEW, coding_thing(actor, file))


def may_code(request: HttpRequest, file: PlanFile) -> bool:
    """Whether the reader may code a document."""
    actor = actor_of(request)
    return actor.user_id is not None and allowed(actor, Action.ADD, coding_thing(actor, file))


def passage_codes(
    request: HttpRequest, file: PlanFile, places: Iterable[int], log: CodingLog | None = None
) -> dict[int, dict[str, Any]]:
    """Return for each passage its suggestions and codes: a coder's own only, so that coders judge apart; a reader's all."""
    words, actor = words_of(request), actor_of(request)
    if log is None:
        log = memos.log_for(actor, file)
    coder, codes = may_code(request, file), stored.book().by_id
    document, places = stored.document_of(file), list(places)
    shown_here = [document.passages[place].span for place in places]
    first, last = (
        min((one.start for one in shown_here), default=0),
        max((one.end for one in shown_here), default=0),
    )
    standing = [
        one
        for one in codings(log)
        if one.text_sha256 == file.text_sha256 and one.span.start < last and first < one.span.end
    ]
    own = [one for one in standing if one.coder == actor.pseudonym]
    shown = own if coder else standing
    names = {} if coder else names_of({one.coder for one in shown})
    county = coding_thing(actor, file).county
    some = stored.suggestions_at(file, places, county) if coder else {}
    near = Neighbours(request, file, county, some)
    found = {}
    for place in places:
        span = document.passages[place].span
        here = [one for one in shown if _overlap(one.span, span)]
        judged = {one.code for one in own if _overlap(one.span, span)}
        offered = [one for one in some.get(place, ()) if one.offered and one.code not in judged]
        held = [one for one in some.get(place, ()) if not one.offered and one.code not in judged]
        found[place] = {
            "place": place,
            "may_code": coder,
            "given": [_given(one, codes, words, span, names) for one in here if one.state is State.ACCEPTED],
            "rejected": [
                _given(one, codes, words, span, names) for one in here if one.state is State.REJECTED
            ],
            "offered": [_offered(one, codes, words, near) for one in offered] if coder else [],
            "held": [_held(one, codes, words) for one in held] if coder else [],
        }
    return found


def names_of(pseudonyms: Iterable[str]) -> dict[str, str]:
    """Return the names of coders, for those who work with them."""
    people = User.objects.filter(pseudonym__in=[one for one in pseudonyms if one]).values_list(
        "pseudonym", "name"
    )
    return {str(pseudonym): name for pseudonym, name in people}


def code_name(code: str, words: Language) -> str:
    """Return what a code is called; its id where the codebook has it no more."""
    found = stored.book().by_id.get(code)
    return words.text(found.title) if found else code


def code_meant(text: str, words: Language) -> str:
    """Return the id of the code that somebody has written or chosen; raises :class:`InputError` for none."""
    book, wanted = stored.book(), " ".join(text.split()).casefold()
    for one in book.given:
        if wanted in (one.id.casefold(), words.text(one.title).casefold()):
            return one.id
    return book.code(text.strip()[:100]).id


def choices(words: Language) -> list[tuple[str, str]]:
    """Return the codes that passages can be given: the name, and the ones above it."""
    return _choices(words.locale)


@lru_cache(maxsize=8)
def _choices(locale: Locale) -> list[tuple[str, str]]:
    book, words = stored.book(), language(locale)
    return [
        (words.text(one.title), " › ".join(words.text(each.title) for each in book.path(one.id)[:-1]))
        for one in book.given
    ]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _given(one: Coding, codes: Any, words: Language, whole: Span, names: dict[str, str]) -> dict[str, Any]:
    code = codes.get(one.code)
    return {
        "number": one.number,
        "code": one.code,
        "name": words.text(code.title) if code else one.code,
        "colour": code.colour if code else "#374151",
        "cause": one.cause,
        "memo": one.memo,
        "part": one.span != whole,
        "coder": names.get(one.coder, ""),
    }


class Neighbours:
    """The passages that learnt suggestions lean on, as the reader may see them."""

    def __init__(
        self, request: HttpRequest, file: PlanFile, county: str, some: dict[int, list[Suggestion]]
    ) -> None:
        causes = [
            cause for here in some.values() for one in here for cause in one.causes if isinstance(cause, LearntCause)
        ]  # fmt: skip
        near = {each.document for cause in causes for each in cause.neighbours}
        actor = actor_of(request)
        ready = PlanFile.objects.filter(pk__in=near, state=Ready.READY) if near else ()
        self._files = {one.pk.hex: one for one in ready if sees(actor, one)}
        head = suggested.head_of(suggested.learnt_file(stored.suggested_for(file), county)) if near else None
        self._quotes: dict[str, str] = head.more.get("quotes", {}) if head else {}

    def told(self, cause: LearntCause) -> list[dict[str, Any]]:
        """Return the nearest passages, those that the reader may see; the most alike first."""
        found = []
        for one in cause.neighbours:
            file = self._files.get(one.document)
            if file is None:
                continue
            here = reverse("plan_reader", kwargs={"slug": file.plan, "number": file.number})
            spot = f"{one.span.start}-{one.span.end}"
            found.append(
                {
                    "address": f"{here}?sted={spot}#t{spot}",
                    "file": file.title or file.name,
                    "quote": self._quotes.get(suggested.place_of(one.document, one.span), ""),
                    "likeness": round(100 * one.likeness),
                }
            )
        return found


def _offered(one: Suggestion, codes: Any, words: Language, near: Neighbours) -> dict[str, Any]:
    rule = next((each for each in one.causes if isinstance(each, RuleCause)), None)
    learnt = next((each for each in one.causes if isinstance(each, LearntCause)), None)
    code = codes.get(one.code)
    return {
        "code": one.code,
        "name": words.text(code.title) if code else one.code,
        "definition": code.definition.get(words.locale, code.definition.get("nb", "")) if code else "",
        "strength": words.text(STRENGTH[rule.strength]) if rule else "",
        "words": ", ".join(dict.fromkeys(rule.words)) if rule else "",
        "rule": rule.rule if rule else "",
        "learnt": learnt is not None,
        "learnt_words": ", ".join(_plain_word(word) for word, _ in learnt.words) if learnt else "",
        "near": near.told(learnt) if learnt else [],
    }


def _plain_word(feature: str) -> str:
    return feature.removeprefix(HEADING)


def _held(one: Suggestion, codes: Any, words: Language) -> dict[str, Any]:
    first = one.held_back[0]
    code = codes.get(one.code)
    return {
        "name": words.text(code.title) if code else one.code,
        "words": ", ".join(dict.fromkeys(first.cause.words)),
        "why": words.text(first.why),
    }
