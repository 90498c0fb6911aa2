"""Open pages about a place as a whole: the country, a county, a municipality."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.messages import Language, Message, msg
from fotfeste.reports.pages.editions import edition_of
from fotfeste.reports.profiles import Knowledge, Overview, Place, indicator_view, overview
from fotfeste.reports.profiles.overviews import by_name, shown_in
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.places.addresses import (
    address_of,
    api_addresses,
    comparison_address,
    picture_files,
    table_files,
    theme_links,
)
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.editions import edition_seen, indicator_edition, permanent
from fotfeste.web.places.finding import FROM, Elsewhere, came_from, place_at
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.pictures import pictures_of
from fotfeste.web.places.recommended import recommended_for, recommended_state
from fotfeste.web.places.rows import about_counts, alike_as_html, data_as_html, key_signs, signs
from fotfeste.web.rights.guard import open_to_all

CHOSEN = "indikator"
FIRST_CHOSEN = "settled_per_1000_5y"
"""The indicator that a map shows until another is chosen."""
TEMPLATES = {
    "country": "places/country.html",
    "county": "places/county.html",
    "municipality": "places/municipality.html",
}


@open_to_all
@open_answer(CHOSEN, FROM, beside=recommended_state)
def place_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place; asked for a part (htmx), only the map and the chart of the chosen indicator."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    if is_partial(request):
        return render(request, "places/chosen.html", {"place": place, **chosen(request, place)})
    seen, heads = overview(known, place, words), _heads(known, place, words)
    shown: dict[str, Any] = {
        "place": place,
        "seen": seen,
        "trail": trail(known, place, words),
        "signs": signs([one for theme in seen.themes for row in theme.rows for one in shown_in(row)], words),
        "settlement": _illustrated(seen, "bosetting", words, known),
        "population": _illustrated(seen, "folketall", words, known),
        "key_signs": key_signs(seen.key_figures, words),
        "inside_signs": signs(
            [shown for one in seen.places for shown in (one.population, one.change, one.settled)], words
        ),
        "files": table_files(address_of(place)),
        "county": known.county_of(place),
        "heads": heads,
        "columns": len(heads) + 1,
        "alike": seen.alike,
        "alike_table": alike_as_html(known, place, words) if seen.alike else "",
        "api": api_addresses(place),
        "beside": _beside(known, place),
        "recommended": recommended_for(place),
        "theme_list": theme_links(place, words),
        "came_from": came_from(known, place, request.GET.get(FROM, ""), words),
        **chosen(request, place),
    }
    pictures = [one.data for one in (seen.settlement, seen.population) if one is not None]
    edition = edition_of(known, known.indicator_ids, seen.data, *pictures)
    shown |= edition_seen(request, address_of(place), edition, "")
    return render(request, TEMPLATES[place.kind], shown)


def chosen(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Return what shows one indicator on the map and in the chart of a place."""
    known, words = knowledge(), words_of(request)
    asked = request.GET.get(CHOSEN, "")
    indicator = known.indicator(asked if asked in known.indicator_ids else FIRST_CHOSEN)
    return {
        "chosen": indicator_view(known, place, indicator.id, words, pictures=False),
        "count_rate": about_counts(known, place, indicator, words),
        "chosen_permanent": permanent(
            address_of(place, indicator.id), indicator_edition(known, place, indicator, words)
        ),
        "themes": [
            (words.text(theme.name), [(one.id, shown_name(one, known, words)) for one in theme.indicators])
            for theme in known.themes
        ],
        **pictures_of(request, place, indicator, judged=False),
    }


def trail(known: Knowledge, place: Place, words: Language) -> list[tuple[str | Message, str]]:
    """Return where a place stands: the country, its county, itself."""
    county = known.county_of(place)
    above = [one for one in (known.country, county) if one is not None and one != place]
    return [(one.called(words), address_of(one)) for one in (*above, place)] if above else []


def _heads(known: Knowledge, place: Place, words: Language) -> list[str]:
    """Return the heads of the table of all figures, after the first: the place, and what it stands beside."""
    county = known.county_of(place)
    larger = [one for one in (county, known.country) if one is not None and one != place]
    alike = (msg("Lignende: midterste"), msg("Lignende: fra og til")) if known.alike(place) else ()
    return [*(one.called(words) for one in (place, *larger)), *(words.text(one) for one in alike)]


def _illustrated(seen: Overview, name: str, words: Language, known: Knowledge) -> dict[str, Any] | None:
    """Return a picture by year with the table behind it and the files of both."""
    found = seen.settlement if name == "bosetting" else seen.population
    if found is None:
        return None
    under = address_of(seen.place)
    return {
        "drawing": found.drawing,
        "table": data_as_html(found.data, words, known),
        "source": found.data.table.source,
        "picture_files": picture_files(under, name),
        "table_files": table_files(under, name),
        "prefix": name,
    }


def _beside(known: Knowledge, place: Place) -> list[tuple[Message, str]]:
    """Return comparisons that lie near at hand."""
    if place.kind != "municipality":
        return []
    found = []
    if alike := known.alike(place):
        several = [place.code, *(one.code for one in alike)]
        found.append((msg("Sammenlign med dem som ligner"), comparison_address(several)))
    county = known.county_of(place)
    larger = [one.code for one in (county, known.country) if one is not None]
    found.append((msg("Sammenlign med fylket og landet"), comparison_address([place.code, *larger])))
    return found


@open_to_all
@open_answer()
def municipalities_page(request: HttpRequest) -> HttpResponse:
    """List every municipality, county by county."""
    known, words = knowledge(), words_of(request)
    shown = {
        "counties": [(one, by_name(known.inside(one))) for one in known.counties],
        "count": len(known.municipalities),
        "trail": [(known.country.called(words), "/"), (msg("Kommuner"), "")],
    }
    return render(request, "places/municipalities.html", shown)
