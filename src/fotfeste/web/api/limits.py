"""How often one address may ask."""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle


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
