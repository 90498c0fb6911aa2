"""What pages show, as files: tables as CSV, XLSX and JSON, pictures as SVG and PNG."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from fotfeste.reports.profiles import (
    DataTable,
    Drawing,
    SourceLine,
    as_csv,
    as_json,
    as_xlsx,
    indicator_view,
    overview,
)
from fotfeste.web.front.file_answer import file_answer
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import file_name
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.finding import Elsewhere, indicator_at, place_at
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.guard import open_to_all

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}


@open_to_all
@open_answer()
def place_table(request: HttpRequest, ending: str, code: str = "0") -> HttpResponse:
    """Return every figure of a place, beside others, as a file."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, f"tabell.{ending}")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    seen = overview(known, place, words)
    return table_file(request, seen.data, seen.sources, ending, file_name(known, place, "alle-tall", ending))


@open_to_all
@open_answer()
def place_by_year(request: HttpRequest, name: str, ending: str, code: str = "0") -> HttpResponse:
    """Return settlement or population by year, as data or as a picture."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, f"{name}.{ending}")
    except Elsewhere as elsewhere:
        return elsewhere.answer
    seen = overview(known, place, words)
    found = seen.settlement if name == "bosetting" else seen.population
    if found is None:
        raise Http404
    called = file_name(known, place, f"{name}-aar-for-aar", ending)
    if ending in ("svg", "png"):
        return picture_file(found.drawing.for_file(words_of(request)), ending, called)
    asked = ("settled_1y",) if name == "bosetting" else ("population",)
    from fotfeste.reports.profiles.shown import source_lines

    return table_file(request, found.data, source_lines(known, asked, words), ending, called)


@open_to_all
@open_answer()
def indicator_table(request: HttpRequest, indicator: str, ending: str, code: str = "0") -> HttpResponse:
    """Return the figures of one indicator for a place and those it stands beside, as a file."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, f"{indicator}/tabell.{ending}")
        found = indicator_at(request, indicator, place)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = indicator_view(known, place, found.id, words, pictures=False)
    return table_file(request, view.data, view.sources, ending, file_name(known, place, found.id, ending))


@open_to_all
@open_answer()
def indicator_picture(
    request: HttpRequest, indicator: str, picture: str, ending: str, code: str = "0"
) -> HttpResponse:
    """Return the map or the chart of one indicator for a place."""
    known, words = knowledge(), words_of(request)
    try:
        place = place_at(request, code, f"{indicator}/{picture}.{ending}")
        found = indicator_at(request, indicator, place)
    except Elsewhere as elsewhere:
        return elsewhere.answer
    view = indicator_view(known, place, found.id, words)
    drawing = view.map if picture == "kart" else view.chart
    if drawing is None:
        raise Http404
    stem, _, _ = file_name(known, place, found.id, ending).rpartition(".")
    return picture_file(drawing.for_file(words), ending, f"{stem}-{picture}.{ending}")


def table_file(
    request: HttpRequest,
    data: DataTable,
    sources: tuple[SourceLine, ...],
    ending: str,
    name: str,
    page: str = "",
) -> HttpResponse:
    """Return data as a file in the format that ``ending`` says; ``page`` is where they stand, or the folder of the file."""
    page = str(settings.FOTFESTE.serving.base_url).rstrip("/") + (
        page or request.path.rpartition("/")[0] + "/"
    )
    if ending == "csv":
        content = as_csv(data, page)
    elif ending == "json":
        content = as_json(data, sources)
    else:
        content = as_xlsx(data, words_of(request), knowledge().today, sources, page)
    return file_answer(content, KINDS[ending], name)


def picture_file(drawing: Drawing, ending: str, name: str) -> HttpResponse:
    """Return a drawing as a file in the format that ``ending`` says; browsers show it."""
    content = drawing.svg.encode() if ending == "svg" else drawing.png()
    return file_answer(content, KINDS[ending], name, shown=True)
