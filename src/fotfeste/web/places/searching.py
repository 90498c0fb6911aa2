"""Search for a place by name or number, with and without suggestions while writing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from fotfeste.messages import Language, msg
from fotfeste.reports.profiles import Knowledge, search
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import address_of
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.finding import FROM, typed
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.guard import open_to_all

SUGGESTED = 8
LISTED = 40
FEWEST_LETTERS = 3


@open_to_all
@open_answer()
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the places and indicators that are found; a single one is gone straight to."""
    known, words = knowledge(), words_of(request)
    text = typed(request.GET.get("q", ""))
    hits = search(known, text, words, LISTED) if text else ()
    indicators = _indicators(known, text, words)
    if len(hits) == 1 and not indicators:
        explained = f"?{urlencode({FROM: text})}" if hits[0].note else ""
        return HttpResponseRedirect(address_of(hits[0].place) + explained)
    shown = {
        "text": text,
        "hits": hits,
        "indicators": indicators,
        "count": len(hits) + len(indicators),
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


def _indicators(known: Knowledge, text: str, words: Language) -> list[tuple[str, str]]:
    """Return the indicators whose name holds ``text``."""
    wanted = text.casefold()
    if len(wanted) < FEWEST_LETTERS:
        return []
    named = [(shown_name(one, known, words), address_of(known.country, one.id)) for one in known.indicators]
    return [one for one in named if wanted in one[0].casefold()]
