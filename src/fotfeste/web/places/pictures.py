"""The map and the chart of one indicator as pages show them; the map of the whole country comes when it is reached."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fotfeste.reports.profiles import Place
from fotfeste.reports.profiles.indicator_views import draw_chart, draw_map, on_map
from fotfeste.statistics.indicators import Indicator
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import address_of, picture_files
from fotfeste.web.places.answers import VERSION, version
from fotfeste.web.places.knowledge import knowledge

LEAST_ON_A_MAP = 2
"""A map of a single municipality tells nothing."""


def pictures_of(
    request: HttpRequest, place: Place, indicator: Indicator, *, judged: bool = True
) -> dict[str, Any]:
    """Return what a template needs for the map and the chart; ``map_fetched`` is where the country's map is found.

    ``judged`` is whether the chart's heading says higher and lower.
    """
    known, words = knowledge(), words_of(request)
    under = address_of(place, indicator.id)
    later = place.kind == "country"
    mapped = not later and len(on_map(known, place)) >= LEAST_ON_A_MAP
    return {
        "map": draw_map(known, indicator, place, words) if mapped else None,
        "map_links": {one.code: address_of(one, indicator.id) for one in on_map(known, place)},
        "map_files": picture_files(under, "kart"),
        "map_fetched": f"{under}kart/" if later else "",
        "map_picture": f"{under}kart.svg?{VERSION}={version(request)}",
        "chart": draw_chart(known, indicator, place, words, judged=judged),
        "chart_files": picture_files(under, "figur"),
        "table_address": f"{under}#tabell",
    }


def map_of_the_country(request: HttpRequest, indicator: Indicator) -> dict[str, Any]:
    """Return what a template needs for the map of the whole country, drawn."""
    known = knowledge()
    return {
        **pictures_of(request, known.country, indicator),
        "map_fetched": "",
        "map": draw_map(known, indicator, known.country, words_of(request)),
    }
