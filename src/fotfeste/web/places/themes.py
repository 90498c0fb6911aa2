"""Open pages about the themes of the knowledge base, for a municipality, a county or the country."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from fotfeste.errors import InputError
from fotfeste.messages import Language
from fotfeste.reports.pages.themes import ThemePage, theme_page
from fotfeste.reports.profiles import Knowledge, Place
from fotfeste.statistics.themes import ThemeEntry, theme_of
from fotfeste.web.front.blocks import OnPage, block_as_html, blocks_as_html
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import (
    address_of,
    ages_address,
    file_name,
    picture_files,
    table_files,
    theme_address,
    theme_links,
)
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.editions import edition_seen
from fotfeste.web.places.files import picture_file, table_file
from fotfeste.web.places.finding import FROM, Elsewhere, came_from, place_at
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.places.views import trail
from fotfeste.web.rights.guard import open_to_all

DEMOGRAPHY = "demografi"
"""The theme that people by age and sex belong to."""


@open_to_all
@open_answer(FROM)
def theme(request: HttpRequest, theme: str, code: str = "0") -> HttpResponse:
    """Show a theme for a place: what is found, the picture, the table, what is not said, and what is missing."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, f"tema/{theme}/")
        entry = _theme_at(place, theme)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    page = theme_page(known, place, entry, words)
    under = theme_address(place, entry.id)
    shown: dict[str, Any] = {
        "place": place,
        "page": page,
        "under": under,
        "trail": [*(trail(known, place, words) or [(known.country.called(words), "/")]), (page.name, "")],
        "table": _table(page, under, words),
        "trends": blocks_as_html(page.trends, words) if page.trends else "",
        "picture_files": picture_files(under, "figur"),
        "map_files": picture_files(under, "kart"),
        "map_links": {one.code: address_of(one, page.mapped) for one in known.inside(place)},
        "ages": ages_address(place) if entry.id == DEMOGRAPHY else "",
        "mapped": address_of(place, page.mapped) if page.mapped else "",
        "themes": theme_links(place, words),
        "beside": beside_places(known, place, entry.id, words),
        "came_from": came_from(known, place, request.GET.get(FROM, ""), words),
        **edition_seen(request, under, page.edition, page.versions),
    }
    return render(request, "places/theme.html", shown)


@open_to_all
@open_answer()
def theme_table(request: HttpRequest, theme: str, ending: str, code: str = "0") -> HttpResponse:
    """Return the figures of a theme for a place and those it stands beside, as a file."""
    try:
        place, page = _page_at(request, theme, f"tabell.{ending}", code)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    name = file_name(knowledge(), place, page.theme, ending)
    return table_file(request, page.data, page.sources, ending, name)


@open_to_all
@open_answer()
def theme_picture(
    request: HttpRequest, theme: str, picture: str, ending: str, code: str = "0"
) -> HttpResponse:
    """Return a picture of a theme: the place beside others, or the map."""
    try:
        place, page = _page_at(request, theme, f"{picture}.{ending}", code)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    drawing = page.map if picture == "kart" else page.beside
    if drawing is None:
        raise Http404
    stem, _, _ = file_name(knowledge(), place, page.theme, ending).rpartition(".")
    return picture_file(drawing.for_file(words_of(request)), ending, f"{stem}-{picture}.{ending}")


def beside_places(known: Knowledge, place: Place, theme: str, words: Language) -> list[tuple[str, str]]:
    """Return the same theme for larger places, and for those most alike or inside."""
    county = known.county_of(place)
    larger = [one for one in (county, known.country) if one is not None and one != place]
    near = known.alike(place) or known.inside(place)
    return [(one.called(words), theme_address(one, theme)) for one in (*larger, *near)]


def _page_at(request: HttpRequest, theme: str, rest: str, code: str) -> tuple[Place, ThemePage]:
    place = place_at(request, code, f"tema/{theme}/{rest}")
    entry = _theme_at(place, theme, rest)
    return place, theme_page(knowledge(), place, entry, words_of(request))


def _theme_at(place: Place, name: str, rest: str = "") -> ThemeEntry:
    """Return the theme that an address is about; a former id or a name leads on."""
    try:
        found = theme_of(name)
    except InputError as error:
        raise Http404 from error
    if found.id != name:
        raise Elsewhere(HttpResponsePermanentRedirect(theme_address(place, found.id) + rest))
    return found


def _table(page: ThemePage, under: str, words: Language) -> str:
    if page.table is None:
        return ""
    links = {at: address_of(page.place, one) for at, one in enumerate(page.links)}
    return block_as_html(
        page.table, words, OnPage(row_links=links, downloads=tuple(table_files(under)), stacked=True)
    )


@open_to_all
def themes(request: HttpRequest, code: str = "0") -> HttpResponse:
    """Lead to where the themes of a place stand."""
    try:
        place = place_at(request, code, "tema/")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    return HttpResponsePermanentRedirect(f"{address_of(place)}#temaer")
