"""How often one address may ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from ninja.errors import Throttled
from ninja.throttling import SimpleRateThrottle

from fotfeste.web.api import answers


class ByAddress(SimpleRateThrottle):
    """So many requests a minute from one network address, counted in each process by itself.

    The address is kept in the process's memory for a minute and written nowhere.
    """

    def __init__(self, per_minute: int) -> None:
        super().__init__(f"{per_minute}/min")
        self.cache = caches["counts"]

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """Return what requests are counted under."""
        return f"api_{self.get_ident(request)}"


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429 to an address that has asked too often, before anything else is done."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        limit = ByAddress(settings.FOTFESTE.serving.api_per_minute)
        if not limit.allow_request(request):
            wait = limit.wait()
            return answers.failed(request, Throttled(None if wait is None else int(wait)))
        return view(request, *args, **parts)

    return answered
