"""Open pages about indicators over time: the map year by year, all municipalities of a county, and people by age."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import Table
from fotfeste.reports.pages.ages import INDICATOR as MADE_OF
from fotfeste.reports.pages.ages import AgeView, age_view
from fotfeste.reports.pages.editions import data_versions, edition_of
from fotfeste.reports.pages.series import SeriesView, series_view
from fotfeste.reports.pages.small_multiples import small_multiples
from fotfeste.reports.pages.year_maps import all_times, times_of, year_map
from fotfeste.reports.profiles import Knowledge, Place
from fotfeste.reports.profiles.indicator_views import on_map
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.statistics.indicators import Indicator
from fotfeste.web.front.blocks import OnPage, block_as_html
from fotfeste.web.front.request import is_partial, words_of
from fotfeste.web.places.addresses import address_of, ages_address, file_name, picture_files, table_files
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.editions import edition_seen
from fotfeste.web.places.files import picture_file, table_file
from fotfeste.web.places.finding import Elsewhere, indicator_at, place_at
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.rows import data_as_html
from fotfeste.web.places.views import trail
from fotfeste.web.rights.guard import open_to_all

YEAR, BESIDE = "aar", "mot"
OVER_TIME, MUNICIPALITIES, AGES = "tid/", "kommuner/", "alder/"


def series_shown(known: Knowledge, place: Place, indicator: Indicator, words: Language) -> dict[str, Any]:
    """Return what a page about an indicator needs to show it over time; nothing where it is not followed."""
    view = series_view(known, place, indicator, words)
    if view is None:
        return {"series": None}
    under = address_of(place, indicator.id)
    mapped = len(times_of(known, indicator, place)) > 1
    several = place.kind == "county" and not place.alone
    return {
        "series": view,
        "series_table": data_as_html(view.data, words, known, files=table_files(under, "serie")),
        "series_files": picture_files(under, "serie"),
        "over_time": f"{under}{OVER_TIME}" if mapped else "",
        "multiples": f"{under}{MUNICIPALITIES}" if several else "",
        "ages": ages_address(place),
    }


@open_to_all
@open_answer()
def series_file(request: HttpRequest, indicator: str, ending: str, code: str = "0") -> HttpResponse:
    """Return an indicator over time for a place, as a table or as a picture."""
    try:
        place, found = _asked(request, code, indicator, f"serie.{ending}")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = series_view(knowledge(), place, found, words_of(request))
    if view is None:
        raise Http404
    return _file(request, view, place, f"{found.id}-over-tid", ending)


def _file(
    request: HttpRequest, view: SeriesView | AgeView, place: Place, subject: str, ending: str
) -> HttpResponse:
    name = file_name(knowledge(), place, subject, ending)
    if ending in ("svg", "png"):
        return picture_file(view.drawing.for_file(words_of(request)), ending, name)
    return table_file(request, view.data, view.data.sources, ending, name)


@open_to_all
@open_answer(YEAR)
def year_map_page(request: HttpRequest, indicator: str, code: str = "0") -> HttpResponse:
    """Show the municipalities on the map at a time that can be chosen; asked for a part (htmx), the map alone."""
    known, words = knowledge(), words_of(request)
    try:
        place, found = _asked(request, code, indicator, OVER_TIME)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    asked = request.GET.get(YEAR, "")
    view = year_map(known, place, found, asked, words)
    if view is None:
        raise Http404
    here = address_of(place, found.id)
    under = f"{here}{OVER_TIME}"
    query = f"?{urlencode({YEAR: view.when})}"
    edition = edition_of(known, [found.id], view.data)
    shown: dict[str, Any] = {
        "place": place,
        "name": view.name,
        "under": under,
        "here": here,
        "view": view,
        "position": [one for one, _ in view.times].index(view.when),
        "last": len(view.times) - 1,
        "links": {one.code: address_of(one, found.id) for one in on_map(known, place)},
        "picture_files": [(name, f"{where}{query}") for name, where in picture_files(under, "kart")],
        "table": data_as_html(view.data, words, known, found.id, table_files(under)),
        "trail": [
            *(trail(known, place, words) or [(known.country.called(words), "/")]),
            (shown_name(found, known, words), here),
            (msg("År for år"), ""),
        ],
        **edition_seen(request, f"{under}{query}", edition, data_versions(known, [found.id], words)),
    }
    return render(request, "places/year_map.html" if is_partial(request) else "places/over_time.html", shown)


@open_to_all
@open_answer(YEAR)
def year_map_file(request: HttpRequest, indicator: str, ending: str, code: str = "0") -> HttpResponse:
    """Return the map of a time as a picture, or the figures of all times as a table."""
    known, words = knowledge(), words_of(request)
    picture = ending in ("svg", "png")
    name = f"kart.{ending}" if picture else f"tabell.{ending}"
    try:
        place, found = _asked(request, code, indicator, f"{OVER_TIME}{name}")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = year_map(known, place, found, request.GET.get(YEAR, ""), words)
    if view is None:
        raise Http404
    if picture:
        called = file_name(known, place, f"{found.id}-kart-{view.when}", ending)
        return picture_file(view.drawing.for_file(words), ending, called)
    data = all_times(known, place, found, words)
    return table_file(
        request, data, data.sources, ending, file_name(known, place, f"{found.id}-alle-aar", ending)
    )


@open_to_all
@open_answer()
def multiples_page(request: HttpRequest, indicator: str, code: str) -> HttpResponse:
    """Show an indicator over time in every municipality of a county, side by side."""
    known, words = knowledge(), words_of(request)
    try:
        place, found = _asked(request, code, indicator, MUNICIPALITIES)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    if place.kind == "municipality":
        return HttpResponseRedirect(
            f"{address_of(known.places[place.county_code], found.id)}{MUNICIPALITIES}"
        )
    view = small_multiples(known, place, found, words)
    if view is None:
        raise Http404
    here = address_of(place, found.id)
    under = f"{here}{MUNICIPALITIES}"
    shown = {
        "place": place,
        "name": view.name,
        "under": under,
        "here": here,
        "view": view,
        "picture_files": picture_files(under, "figur"),
        "table": _table(view.table, view.links, found.id, known, words, table_files(under)),
        "trail": [
            *trail(known, place, words),
            (shown_name(found, known, words), here),
            (msg("Kommunene side ved side"), ""),
        ],
        **edition_seen(
            request,
            under,
            edition_of(known, [found.id], view.data),
            data_versions(known, [found.id], words),
        ),
    }
    return render(request, "places/multiples.html", shown)


@open_to_all
@open_answer()
def multiples_file(request: HttpRequest, indicator: str, ending: str, code: str) -> HttpResponse:
    """Return the municipalities of a county side by side as a picture, or their figures as a table."""
    known, words = knowledge(), words_of(request)
    name = f"figur.{ending}" if ending in ("svg", "png") else f"tabell.{ending}"
    try:
        place, found = _asked(request, code, indicator, f"{MUNICIPALITIES}{name}")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = small_multiples(known, place, found, words)
    if view is None:
        raise Http404
    called = file_name(known, place, f"{found.id}-kommunene", ending)
    if ending in ("svg", "png"):
        return picture_file(view.drawing.for_file(words), ending, called)
    return table_file(request, view.data, view.data.sources, ending, called)


@open_to_all
@open_answer(YEAR, BESIDE)
def ages_page(request: HttpRequest, code: str = "0") -> HttpResponse:
    """Show people by age and sex in a place, beside its county or the country; asked for a part, the picture alone."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, AGES)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    beside = "0" if request.GET.get(BESIDE) == "0" else ""
    view = age_view(known, place, request.GET.get(YEAR, ""), words, beside)
    if view is None:
        raise Http404
    under = ages_address(place)
    asked = {YEAR: str(view.year), **({BESIDE: beside} if beside else {})}
    query = urlencode(asked)
    county = known.county_of(place)
    edition = edition_of(known, [MADE_OF], view.data)
    shown = {
        "place": place,
        "under": under,
        "view": view,
        "years": [str(one) for one in view.years],
        "year": str(view.year),
        "county": county,
        "may_choose": [one for one in (county, known.country) if one is not None] if county else [],
        "picture_files": [(name, f"{where}?{query}") for name, where in picture_files(under, "figur")],
        "table": block_as_html(
            view.data.table,
            words,
            OnPage(downloads=[(name, f"{where}?{query}") for name, where in table_files(under)]),
        ),
        "trail": [
            *(trail(known, place, words) or [(known.country.called(words), "/")]),
            (msg("Alder og kjønn"), ""),
        ],
        **edition_seen(request, f"{under}?{query}", edition, data_versions(known, [MADE_OF], words)),
    }
    return render(request, "places/ages_part.html" if is_partial(request) else "places/ages.html", shown)


@open_to_all
@open_answer(YEAR, BESIDE)
def ages_file(request: HttpRequest, ending: str, code: str = "0") -> HttpResponse:
    """Return people by age and sex as a picture or as a table."""
    known, words = knowledge(), words_of(request)
    name = f"figur.{ending}" if ending in ("svg", "png") else f"tabell.{ending}"
    try:
        place = place_at(request, code, f"{AGES}{name}")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = age_view(known, place, request.GET.get(YEAR, ""), words, request.GET.get(BESIDE, ""))
    if view is None:
        raise Http404
    return _file(request, view, place, f"alder-{view.year}", ending)


def _asked(request: HttpRequest, code: str, indicator: str, rest: str) -> tuple[Place, Indicator]:
    place = place_at(request, code, f"{indicator}/{rest}")
    return place, indicator_at(request, indicator, place)


def _table(
    table: Table,
    links: tuple[str, ...],
    indicator: str,
    known: Knowledge,
    words: Language,
    files: list[tuple[str, str]],
) -> str:
    leading = {at: address_of(known.places[one], indicator) for at, one in enumerate(links)}
    return block_as_html(table, words, OnPage(row_links=leading, downloads=tuple(files)))
