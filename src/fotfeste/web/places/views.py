"""Open pages: the country, a county, a municipality."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.web.rights.guard import open_to_all


@open_to_all
def country(request: HttpRequest) -> HttpResponse:
    """Show the country."""
    return render(request, "places/country.html")
