"""Open pages about indicators: all of them, and one of them for a place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.messages import Language, msg
from fotfeste.reports.pages.editions import data_versions
from fotfeste.reports.pages.themes import lacking_of
from fotfeste.reports.profiles import Knowledge, Place, indicator_view
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.statistics.periods import period_told
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import address_of, api_addresses, comparison_address, table_files
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.editions import edition_seen, indicator_edition, permanent
from fotfeste.web.places.finding import FROM, Elsewhere, came_from, indicator_at, place_at
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.over_time import series_shown
from fotfeste.web.places.pictures import map_of_the_country, pictures_of
from fotfeste.web.places.rows import about_counts, data_as_html, signs
from fotfeste.web.places.views import trail
from fotfeste.web.rights.guard import open_to_all


@open_to_all
@open_answer()
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every indicator, theme by theme."""
    known, words = knowledge(), words_of(request)
    themes = [
        {
            "id": theme.id,
            "former": theme.former,
            "name": words.text(theme.name),
            "indicators": [
                {
                    "name": shown_name(one, known, words),
                    "address": address_of(known.country, one.id),
                    "definition": one.definition[words.locale],
                    "period": period_told(known.period(one.id), words),
                }
                for one in theme.indicators
            ],
        }
        for theme in known.themes
    ]
    shown = {
        "themes": themes,
        "count": len(known.indicators),
        "lacking": lacking_of(known, "", words),
        "trail": [(known.country.called(words), "/"), (msg("Indikatorer"), "")],
    }
    return render(request, "places/indicators.html", shown)


@open_to_all
@open_answer(FROM)
def indicator_page(request: HttpRequest, indicator: str, code: str = "0") -> HttpResponse:
    """Show one indicator for a place: the sentence, the pictures, the table, how it came about, its source."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, f"{indicator}/")
        found = indicator_at(request, indicator, place)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = indicator_view(known, place, found.id, words, pictures=False)
    shown: dict[str, Any] = {
        "place": place,
        "view": view,
        "count_rate": about_counts(known, place, found, words),
        "signs": signs([view.row.own, view.row.county, view.row.country], words),
        "trail": [
            *(trail(known, place, words) or [(known.country.called(words), "/")]),
            (view.name, ""),
        ],
        "table": data_as_html(view.data, words, known, found.id, table_files(address_of(place, found.id))),
        "api": api_addresses(place, found.id),
        "others": _others(known, place, found.id, words),
        "came_from": came_from(known, place, request.GET.get(FROM, ""), words),
        **pictures_of(request, place, found),
        **series_shown(known, place, found, words),
    }
    edition = indicator_edition(known, place, found, words)
    versions = data_versions(known, [found.id], words)
    shown |= edition_seen(request, address_of(place, found.id), edition, versions)
    return render(request, "places/indicator.html", shown)


@open_to_all
@open_answer()
def map_part(request: HttpRequest, indicator: str) -> HttpResponse:
    """Return the map of the country alone, for the page that fetches it when it is reached."""
    try:
        found = indicator_at(request, indicator, knowledge().country)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    known, words = knowledge(), words_of(request)
    edition = indicator_edition(known, known.country, found, words)
    shown = {"permanent": permanent(address_of(known.country, found.id), edition)}
    return render(request, "places/map.html", {**shown, **map_of_the_country(request, found)})


def _others(known: Knowledge, place: Place, indicator: str, words: Language) -> list[tuple[str, str]]:
    """Return the same indicator for larger places, and the place beside others by this indicator."""
    county = known.county_of(place)
    larger = [one for one in (county, known.country) if one is not None and one != place]
    found = [
        (words.text(msg("Samme tall for {place}", place=one.called(words))), address_of(one, indicator))
        for one in larger
    ]
    if place.kind != "country":
        found.append((words.text(msg("Alle tall for {place}", place=place.called(words))), address_of(place)))
    several = [place.code, *(one.code for one in (known.alike(place) or known.inside(place))[:5])]
    if len(several) > 1:
        asked = comparison_address(several, [indicator])
        found.append((words.text(msg("Sammenlign med andre steder")), asked))
    return found
