"""The API's own pages: its description for people, and the answer where there is nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.web.api.answers import nothing_here
from fotfeste.web.api.operations import api
from fotfeste.web.rights.guard import open_to_all


@open_to_all
def described(request: HttpRequest) -> HttpResponse:
    """Show what can be asked for, made from the API's own description."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {
            "path": path,
            "summary": one["summary"],
            "description": one.get("description", ""),
            "parameters": one.get("parameters", []),
        }
        for path, methods in schema["paths"].items()
        for one in methods.values()
    ]
    shown: dict[str, Any] = {
        "operations": operations,
        "introduction": schema["info"]["description"].split("\n\n"),
        "per_minute": settings.FOTFESTE.serving.api_per_minute,
    }
    return render(request, "api/described.html", shown)


@open_to_all
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer as data that nothing is here."""
    del rest
    return nothing_here(request)
