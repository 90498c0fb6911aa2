"""The codebook: what each code means, what counts and what does not, with examples and the rules that suggest it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import fotfeste
from fotfeste.messages import Language, Message, msg
from fotfeste.plans.codebooks import Code, Rule, Within, codebook_as_toml
from fotfeste.plans.codebooks.model import Texts
from fotfeste.plans.exchange import codebook_as_qdc, codebook_as_taguette
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.plans import stored
from fotfeste.web.plans.page import FRONT
from fotfeste.web.rights.guard import open_to_all


@require_safe
@open_to_all
def codebook(request: HttpRequest) -> HttpResponse:
    """Show the codebook."""
    words, book = words_of(request), stored.book()
    shown = {
        "title": _text(book.title, words),
        "dated": book.dated,
        "source": book.source,
        "codes": [_told(one, words) for one in book.codes],
        "count": len(book.given),
        "trail": [FRONT, (msg("Kodebok"), "")],
    }
    return render(request, "plans/codebook.html", shown)


def _text(texts: Texts, words: Language) -> str:
    return texts.get(words.locale) or texts.get("nb", "")


def _told(one: Code, words: Language) -> dict[str, Any]:
    book = stored.book()
    path = book.path(one.id)
    return {
        "id": one.id,
        "name": words.text(one.title),
        "above": " › ".join(words.text(each.title) for each in path[:-1]),
        "level": min(len(path) + 1, 6),
        "heading": one.heading,
        "colour": one.colour,
        "definition": _text(one.definition, words),
        "include": _text(one.include, words),
        "exclude": _text(one.exclude, words),
        "examples": [(each.text, each.language.value) for each in one.examples],
        "rules": [_rule(each, words) for each in one.rules],
    }


def _rule(one: Rule, words: Language) -> dict[str, Any]:
    """Return a rule in words: its patterns, and what else must or must not be there."""
    book = stored.book()

    def names(codes: tuple[str, ...]) -> str:
        return words.join([words.text(book.code(each).title) for each in codes])

    terms: list[Message] = []
    if one.couples:
        terms.append(msg("når disse står sammen: {codes}", codes=names(one.couples)))
    if one.together:
        near = msg("sammen med {codes} i samme setning", codes=names(one.together))
        if one.within is Within.PASSAGE:
            near = msg("sammen med {codes} i samme avsnitt", codes=names(one.together))
        terms.append(near)
    if one.under:
        terms.append(msg("under en overskrift med {patterns}", patterns=_patterns(one.under, words)))
    if one.unless:
        terms.append(msg("ikke når det også står {patterns}", patterns=_patterns(one.unless, words)))
    if one.apart_from:
        terms.append(msg("disse ordene teller ikke: {patterns}", patterns=_patterns(one.apart_from, words)))
    if one.asserted:
        terms.append(msg("ikke når det er nektet"))
    if one.inherited:
        terms.append(msg("står det i en overskrift, blir avsnittene under kandidater"))
    return {"id": one.id, "patterns": one.patterns, "terms": [words.text(each) for each in terms]}


def _patterns(some: tuple[str, ...], words: Language) -> str:
    return words.join([f"«{one}»" for one in some])


@require_safe
@open_to_all
def as_qdc(request: HttpRequest) -> HttpResponse:
    """Give the codebook as REFI-QDA."""
    del request
    book = stored.book()
    content = codebook_as_qdc(book, origin=f"Fotfeste {fotfeste.__version__}")
    return file_answer(content, "application/xml", f"{book.id}.qdc")


@require_safe
@open_to_all
def as_toml(request: HttpRequest) -> HttpResponse:
    """Give the codebook as Fotfeste reads it."""
    del request
    book = stored.book()
    return file_answer(codebook_as_toml(book), "application/toml; charset=utf-8", f"{book.id}.toml")


@require_safe
@open_to_all
def as_taguette(request: HttpRequest) -> HttpResponse:
    """Give the codebook as Taguette reads it."""
    del request
    book = stored.book()
    return file_answer(codebook_as_taguette(book), "text/csv; charset=utf-8", f"{book.id}-taguette.csv")
