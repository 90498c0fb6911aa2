"""The API's own pages: its description for people, and the answer where there is nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.messages import msg
from fotfeste.web.api.answers import ROOT, nothing_here
from fotfeste.web.api.operations import api
from fotfeste.web.rights.guard import open_to_all

ABOUT = {
    "/": msg("Hva dette er, og hvor du begynner"),
    "/places": msg("Landet, fylkene og kommunene"),
    "/places/{code}": msg("Ett sted i én setning, med stedene det består av og de som ligner"),
    "/places/{code}/indicators": msg("Alle tallene for ett sted"),
    "/indicators": msg("Alle indikatorene som har tall"),
    "/indicators/{indicator}": msg("Hva en indikator er, og hvor tallene kommer fra"),
    "/indicators/{indicator}/values": msg("Tallet for landet, hvert fylke og hver kommune"),
    "/search": msg("Steder etter navn eller nummer"),
    "/datasets": msg("Alle datasettene som gis ut, med filene"),
    "/datasets/{dataset}": msg("Hva et datasett er, og hvor filene finnes"),
    "/datasets/{dataset}.{ending}": msg("Et helt datasett som fil: JSON-stat, CSV, XLSX eller Parquet"),
    "/datasets/{dataset}.csv-metadata.json": msg("Hva kolonnene i CSV-filen er"),
    "/indicators/{indicator}.{ending}": msg("En indikator for alle steder som fil"),
    "/indicators/{indicator}/years.{ending}": msg("En indikator for alle steder fra år til år som fil"),
}
EXAMPLES = {
    "/": f"{ROOT}/",
    "/places": f"{ROOT}/places?kind=county",
    "/places/{code}": f"{ROOT}/places/4003",
    "/places/{code}/indicators": f"{ROOT}/places/4003/indicators",
    "/indicators": f"{ROOT}/indicators",
    "/indicators/{indicator}": f"{ROOT}/indicators/population",
    "/indicators/{indicator}/values": f"{ROOT}/indicators/population/values?county=40",
    "/search": f"{ROOT}/search?q=skien",
    "/datasets": f"{ROOT}/datasets",
    "/datasets/{dataset}": f"{ROOT}/datasets/settlement",
    "/datasets/{dataset}.{ending}": f"{ROOT}/datasets/settlement.csv",
    "/datasets/{dataset}.csv-metadata.json": f"{ROOT}/datasets/settlement.csv-metadata.json",
    "/indicators/{indicator}.{ending}": f"{ROOT}/indicators/population.xlsx",
    "/indicators/{indicator}/years.{ending}": f"{ROOT}/indicators/immigrant_share/years.csv",
}


@open_to_all
def described(request: HttpRequest) -> HttpResponse:
    """Show what can be asked for, made from the API's own description."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {
            "path": path,
            "about": ABOUT[path.removeprefix(ROOT)],
            "example": EXAMPLES[path.removeprefix(ROOT)],
            "parameters": [one["name"] for one in methods["get"].get("parameters", [])],
        }
        for path, methods in schema["paths"].items()
    ]
    shown: dict[str, Any] = {
        "operations": operations,
        "per_minute": settings.FOTFESTE.serving.api_per_minute,
    }
    return render(request, "api/described.html", shown)


@open_to_all
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer as data that nothing is here."""
    del rest
    return nothing_here(request)
