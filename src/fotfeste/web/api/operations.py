"""The operations of the API, version 1: places, indicators, their figures, and search."""

# Annotations are read when the operations are declared, through decorators that lose this module's names: they are not
# postponed here.
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.pagination import paginate
from ninja.params.functions import Path, Query

import fotfeste
from fotfeste.errors import FotfesteError
from fotfeste.reports.profiles import indicator_values, overview
from fotfeste.reports.profiles import search as search_places
from fotfeste.reports.profiles.published import described_indicator, described_series
from fotfeste.reports.profiles.shown import source_lines
from fotfeste.reports.profiles.values_for_machines import value_of
from fotfeste.web.api import answers
from fotfeste.web.api.answers import indicator_out, place_out, source_out, value_out
from fotfeste.web.api.data_answers import files_out
from fotfeste.web.api.data_operations import declare
from fotfeste.web.api.limits import limited
from fotfeste.web.api.paging import Pages
from fotfeste.web.api.schemas import (
    AboutOut,
    ErrorOut,
    HitOut,
    IndicatorDetail,
    IndicatorOut,
    Json,
    PlaceDetail,
    PlaceKindName,
    PlaceOut,
    PlaceValueOut,
    ValueOut,
)
from fotfeste.web.front.request import words_of
from fotfeste.web.places.answers import open_answer
from fotfeste.web.places.knowledge import knowledge
from fotfeste.web.rights.guard import open_to_all

DESCRIPTION = """Official figures about the country, its counties and its municipalities, as the pages show them.

Texts follow `Accept-Language` (`nb`, `nn`, `en`). Numbers are exact decimal text; what is missing, was not asked, or is
suppressed is marked and never a number. Lists are paged (`limit`, `offset`; `next` is the address of the next part).
Every answer has an `ETag`: send it back as `If-None-Match` and an unchanged answer is `304`. Requests are limited per
address and minute; beyond that the answer is `429` with `Retry-After`. Within version 1, fields are added but never removed or
renamed."""

api = NinjaAPI(
    title="Fotfeste",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)

declare(api)
remembered = open_answer("kind", "county", "limit", "offset", "q")
Code = Path(..., min_length=1, max_length=40, description="`0`, two digits, four digits, or a name.")
IndicatorId = Path(
    ..., min_length=1, max_length=80, pattern=r"^[a-z0-9_]+$", description="The id of an indicator."
)
KIND = Query(None, description="Only places of this kind.")
COUNTY = Query(None, pattern=r"^\d{2}$", description="Only a county and its municipalities.")
REFUSED: dict[int, Any] = dict.fromkeys((400, 404, 422, 429), ErrorOut)


@api.get("/", response={200: AboutOut, **REFUSED}, summary="What this API is", tags=["about"])
@decorate_view(remembered, limited)
@open_to_all
def about(request: HttpRequest) -> Json:
    """Where to begin."""
    del request
    return {
        "name": "Fotfeste",
        "version": fotfeste.__version__,
        "data": knowledge().fingerprint,
        "documentation": "/api/",
        "openapi": f"{answers.ROOT}/openapi.json",
        "places": f"{answers.ROOT}/places",
        "indicators": f"{answers.ROOT}/indicators",
        "datasets": f"{answers.ROOT}/datasets",
        "catalogue": "/katalog.ttl",
    }


@api.get("/places", response={200: list[PlaceOut], **REFUSED}, summary="All places", tags=["places"])
@decorate_view(remembered, limited)
@paginate(Pages)
@open_to_all
def places(
    request: HttpRequest, kind: PlaceKindName | None = KIND, county: str | None = COUNTY
) -> list[Json]:
    """Return the country, the counties and the municipalities of today, in that order."""
    words = words_of(request)
    found = [
        one
        for one in knowledge().places.values()
        if _asked(one.kind, one.code, one.county_code, kind, county)
    ]
    return [place_out(one, words) for one in found]


@api.get("/places/{code}", response={200: PlaceDetail, **REFUSED}, summary="One place", tags=["places"])
@decorate_view(remembered, limited)
@open_to_all
def place(request: HttpRequest, code: str = Code) -> Json:
    """Return a place in one sentence, with those it consists of and those that are like it."""
    words, known = words_of(request), knowledge()
    found = known.place(code)
    seen = overview(known, found, words)
    return {
        **place_out(found, words),
        "sentence": seen.sentence,
        "places": [one.place.code for one in seen.places],
        "alike": [one.code for one in seen.alike],
    }


@api.get(
    "/places/{code}/indicators",
    response={200: list[PlaceValueOut], **REFUSED},
    summary="Every figure of one place",
    tags=["places"],
)
@decorate_view(remembered, limited)
@paginate(Pages)
@open_to_all
def place_indicators(request: HttpRequest, code: str = Code) -> list[Json]:
    """Return the newest figure of every indicator for one place."""
    del request
    known = knowledge()
    found = known.place(code)
    return [{"indicator": name, **value_out(value_of(known, name, found))} for name in known.indicator_ids]


@api.get(
    "/indicators",
    response={200: list[IndicatorOut], **REFUSED},
    summary="All indicators",
    tags=["indicators"],
)
@decorate_view(remembered, limited)
@paginate(Pages)
@open_to_all
def indicators(request: HttpRequest) -> list[Json]:
    """Return every indicator that has figures, theme by theme."""
    words, known = words_of(request), knowledge()
    return [indicator_out(known, one, words) for one in known.indicators]


@api.get(
    "/indicators/{indicator}",
    response={200: IndicatorDetail, **REFUSED},
    summary="One indicator",
    tags=["indicators"],
)
@decorate_view(remembered, limited)
@open_to_all
def indicator(request: HttpRequest, indicator: str = IndicatorId) -> Json:
    """Return what an indicator is and where it comes from."""
    words, known = words_of(request), knowledge()
    found = known.indicator(indicator)
    about, years = described_indicator(known, found.id), described_series(known, found.id)
    return {
        **indicator_out(known, found, words),
        "sources": [source_out(one) for one in source_lines(known, [found.id], words)],
        "version": about.version,
        "files": files_out(about),
        "years": files_out(years) if years else [],
    }


@api.get(
    "/indicators/{indicator}/values",
    response={200: list[ValueOut], **REFUSED},
    summary="The figures of one indicator",
    tags=["indicators"],
)
@decorate_view(remembered, limited)
@paginate(Pages)
@open_to_all
def values(
    request: HttpRequest,
    indicator: str = IndicatorId,
    kind: PlaceKindName | None = KIND,
    county: str | None = COUNTY,
) -> list[Json]:
    """Return the figure of an indicator for the country, every county and every municipality."""
    del request
    known = knowledge()
    rows = indicator_values(known, known.indicator(indicator).id)
    return [
        value_out(one)
        for one in rows
        if _asked(one.kind, one.code, known.places[one.code].county_code, kind, county)
    ]


@api.get("/search", response={200: list[HitOut], **REFUSED}, summary="Find a place", tags=["places"])
@decorate_view(remembered, limited)
@open_to_all
def search(
    request: HttpRequest,
    q: str = Query(
        ..., min_length=1, max_length=100, description="A name or a number, or the beginning of one."
    ),
    limit: int = Query(8, ge=1, le=50, description="How many, at most."),
) -> list[Json]:
    """Return places by name or number, the likeliest first; former names and numbers lead to those of today."""
    words = words_of(request)
    return [
        {"place": place_out(one.place, words), "label": one.label, "note": one.note}
        for one in search_places(knowledge(), q, words, limit)
    ]


def _asked(kind: str, code: str, of: str, wanted: PlaceKindName | None, county: str | None) -> bool:
    return (wanted is None or kind == wanted) and (county is None or county in (code, of))


@api.exception_handler(FotfesteError)
def _refused(request: HttpRequest, error: FotfesteError) -> HttpResponse:
    return answers.refused(request, error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answers.invalid(request, error)


@api.exception_handler(HttpError)
def _failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    return answers.failed(request, error)


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    del error
    return answers.nothing_here(request)
