"""Search for places by name or number, and for figures and themes in everyday words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from fotfeste.messages import Language, Message, Translated, msg
from fotfeste.regions.search import key_of
from fotfeste.reports.pages.questions import Question, question
from fotfeste.reports.profiles import Hit, Knowledge, Place, indicator_view, search
from fotfeste.reports.profiles.shown import of_place, shown_name
from fotfeste.statistics.indicators import Indicator
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import address_of, ages_address, theme_address
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.finding import FROM, typed
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.guard import open_to_all

SUGGESTED = 8
LISTED = 40
MOST_PLACES = 2
"""Places of the same name that figures are shown for."""


@open_to_all
@open_answer()
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the places, figures and themes that are found; a single place is gone straight to."""
    known, words = knowledge(), words_of(request)
    text = typed(request.GET.get("q", ""))
    hits = search(known, text, words, LISTED) if text else ()
    asked = question(known, text) if text else None
    found = _figures(known, asked, words) if asked else []
    themes = _themes(known, asked, words) if asked else []
    if asked and asked.places:
        named = [one for place in asked.places for one in search(known, place.called(words), words, LISTED)]
        hits = tuple(dict.fromkeys(one for one in named if one.place in asked.places))
    if len(hits) == 1 and not found and not themes and _is_named(text, hits[0]):
        explained = f"?{urlencode({FROM: text})}" if hits[0].note else ""
        return HttpResponseRedirect(address_of(hits[0].place) + explained)
    lacking = asked.lacking if asked else ()
    shown = {
        "text": text,
        "hits": hits,
        "figures": found[:LISTED],
        "answer": _answer(known, asked, words) if asked else "",
        "themes": themes,
        "lacking": [
            (words.text(one.name), words.text(known.why_missing(one.id) or "")) for one in lacking[:SUGGESTED]
        ],
        "asked_of": asked.places if asked else (),
        "count": len(hits) + len(found) + len(themes),
        "counties": known.counties,
        "trail": [(known.country.called(words), "/"), (msg("Søk"), "")],
    }
    return render(request, "places/search.html", shown)


@open_to_all
@open_answer("q")
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return the places that what is written so far may mean, as the options of a list."""
    known, words = knowledge(), words_of(request)
    text = typed(request.GET.get("q", ""))
    hits = search(known, text, words, SUGGESTED) if text else ()
    return render(request, "places/suggestions.html", {"hits": hits, "text": text})


def _figures(known: Knowledge, asked: Question, words: Language) -> list[tuple[str, str, str, str]]:
    """Return the figures that a question may be about: what they are, of which place, the figure, and where it stands."""
    return [
        (
            shown_name(one, known, words),
            _named(place, asked, words),
            of_place(known, one, place, words).said,
            address_of(place, one.id),
        )
        for one in _known_first(known, asked, words)
        for place in _places(known, asked)
    ]


def _places(known: Knowledge, asked: Question) -> tuple[Place, ...]:
    return asked.places[:MOST_PLACES] or (known.country,)


def _known_first(known: Knowledge, asked: Question, words: Language) -> list[Indicator]:
    """Return the indicators that a question may be about: last those without any figure for its places, first its years."""
    places = _places(known, asked)

    def rank(one: Indicator) -> tuple[bool, bool]:
        unknown = all(known.figure(one.id, place).figure.middle is None for place in places)
        return unknown, not any(year in shown_name(one, known, words) for year in asked.years)

    return sorted(asked.indicators, key=rank)


def _is_named(text: str, hit: Hit) -> bool:
    """Whether what was typed is in the name or the number of the place; a guess at a misspelling is not."""
    place = hit.place
    named = key_of(f"{place.name} {place.official_name} {place.county_name} {place.code}")
    return bool(hit.note) or place.kind == "country" or all(one in named for one in key_of(text).split())


def _named(place: Place, asked: Question, words: Language) -> str:
    """Return the name of a place, with its county where several places have the name."""
    if len(asked.places) > 1 and place.county_name:
        return f"{place.called(words)} ({place.county_name})"
    return place.called(words)


def _answer(known: Knowledge, asked: Question, words: Language) -> str:
    """Return the likeliest figure in one sentence; nothing where none is found."""
    if not asked.indicators:
        return ""
    place = _places(known, asked)[0]
    view = indicator_view(known, place, _known_first(known, asked, words)[0].id, words, pictures=False)
    return view.sentence if len(asked.places) < MOST_PLACES else ""


def _themes(known: Knowledge, asked: Question, words: Language) -> list[tuple[str, str]]:
    """Return the themes that a question names, and people by age and sex, for the place that it names."""
    found: list[tuple[Message | Translated, Place, str]] = [
        (one.name, place, theme_address(place, one.id))
        for one in asked.themes
        for place in _places(known, asked)
    ]
    if asked.ages:
        found.extend((msg("Alder og kjønn"), place, ages_address(place)) for place in _places(known, asked))
    return [
        (words.text(msg("{theme}: {place}", theme=name, place=_named(place, asked, words))), where)
        for name, place, where in found
    ]
