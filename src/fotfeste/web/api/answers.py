"""From the library's values to the answers of the API, and from errors to answers that say what to do."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.responses import NinjaJSONEncoder

from fotfeste.errors import FotfesteError, Problem
from fotfeste.messages import Language, Message, msg
from fotfeste.reports.profiles import IndicatorValue, Knowledge, Place, SourceLine
from fotfeste.reports.profiles.shown import shown_name
from fotfeste.statistics.indicators import Indicator
from fotfeste.statistics.periods import in_words
from fotfeste.web.api.schemas import Json
from fotfeste.web.front.request import words_of
from fotfeste.web.places.addresses import API, address_of

log = logging.getLogger(__name__)

ROOT = API


def place_out(place: Place, words: Language) -> Json:
    """Return a place as the API tells it."""
    return {
        "code": place.code,
        "kind": place.kind,
        "name": place.called(words),
        "official_name": place.official_name or place.called(words),
        "county_code": place.county_code,
        "county_name": place.county_name,
        "href": f"{ROOT}/places/{place.code}",
        "page": address_of(place),
    }


def indicator_out(knowledge: Knowledge, indicator: Indicator, words: Language) -> Json:
    """Return what an indicator is."""
    theme = next(one for one in knowledge.themes if indicator in one.indicators)
    return {
        "id": indicator.id,
        "name": shown_name(indicator, knowledge, words),
        "definition": indicator.definition[words.locale],
        "unit": words.text(indicator.unit),
        "kind": indicator.kind,
        "theme": words.text(theme.name),
        "direction": indicator.direction,
        "formula": indicator.formula,
        "period": in_words(knowledge.period(indicator.id), words),
        "datasets": list(indicator.datasets),
        "href": f"{ROOT}/indicators/{indicator.id}",
        "page": f"/indikator/{indicator.id}/",
    }


def source_out(line: SourceLine) -> Json:
    """Return where figures come from."""
    return {
        "agency": line.agency,
        "title": line.title,
        "table": line.table,
        "period": line.period,
        "licence": line.licence,
        "retrieved": line.retrieved.isoformat(),
        "remark": line.remark,
    }


def value_out(value: IndicatorValue) -> Json:
    """Return one figure."""
    return {
        "code": value.code,
        "name": value.name,
        "kind": value.kind,
        "value": value.value,
        "mark": value.mark,
        "low": value.low,
        "high": value.high,
        "estimated": value.estimated,
        "few": value.few,
        "period": value.period,
    }


def refused(request: HttpRequest, error: FotfesteError) -> HttpResponse:
    """Answer a request that the library cannot meet: 404 for what does not exist, 400 for the rest."""
    words = words_of(request)
    status = 404 if error.code in NOT_THERE else 400
    body = {**_problem(error.problem, words), "problems": [_problem(one, words) for one in error.problems]}
    return answer({"schema": 1, **body}, status)


NOT_THERE = frozenset(
    {
        "region.no_municipality",
        "region.no_county",
        "region.unknown",
        "indicator.unknown",
        "place.unknown",
        "data.unknown",
        "data.version",
        "series.none",
        "publishing.format",
    }
)


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer a request with parameters that cannot be used; each is named."""
    words = words_of(request)
    problems = [
        {
            "code": "parameter.value",
            "what": words.text(msg("Verdien kan ikke brukes ({reason}).", reason=str(one.get("type", "")))),
            "place": ".".join(str(part) for part in one.get("loc", ())),
        }
        for one in error.errors
    ]
    head = msg("Forespørselen har parametere som ikke kan brukes.")
    remedy = msg("Se beskrivelsen av grensesnittet på /api/.")
    return answer({"schema": 1, **_said("parameters", head, remedy, words), "problems": problems}, 422)


def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what cannot be met for other reasons: too many requests, nothing at that address."""
    words = words_of(request)
    if isinstance(error, Throttled):
        head = msg("For mange forespørsler på kort tid.")
        remedy = msg("Vent så mange sekunder som Retry-After sier, og prøv igjen.")
        response = answer({"schema": 1, **_said("too_many", head, remedy, words), "problems": []}, 429)
        response.headers["Retry-After"] = str(max(1, round(error.wait or 60)))
        return response
    head = msg("Forespørselen kan ikke besvares.")
    return answer({"schema": 1, **_said("refused", head, None, words), "problems": []}, error.status_code)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing at this address."""
    words = words_of(request)
    head = msg("Det finnes ingenting på denne adressen.")
    remedy = msg("Se beskrivelsen av grensesnittet på /api/.")
    return answer({"schema": 1, **_said("not_found", head, remedy, words), "problems": []}, 404)


def answer(content: Json, status: int) -> HttpResponse:
    """Return ``content`` as JSON."""
    import json

    text = json.dumps(content, cls=NinjaJSONEncoder, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")


def _problem(problem: Problem, words: Language) -> Json:
    return {
        "code": problem.code,
        "what": words.text(problem.what),
        "place": words.text(problem.place) if problem.place else None,
        "remedy": words.text(problem.remedy) if problem.remedy else None,
    }


def _said(code: str, what: Message, remedy: Message | None, words: Language) -> dict[str, Any]:
    return _problem(Problem(code, what, None, remedy), words)
