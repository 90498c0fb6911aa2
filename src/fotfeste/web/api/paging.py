"""Pages of a long answer: a limit and an offset, how many there are in all, and the address of the next page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PaginationBase

MOST = 1_000
USUAL = 100
FARTHEST = 1_000_000


class Pages(PaginationBase):
    """The paging of this API."""

    class Input(Schema):
        """Which part is asked for."""

        limit: int = Field(USUAL, ge=1, le=MOST, description="How many, at most.")
        offset: int = Field(0, ge=0, le=FARTHEST, description="How many to pass over.")

    class Output(Schema):
        """A part of the answer."""

        items: list[Any]
        total: int = Field(description="How many there are in all.")
        limit: int
        offset: int
        next: str | None = Field(description="The address of the next part, or null.")

    def paginate_queryset(  # type: ignore[override]
        self, queryset: Sequence[Any], pagination: Input, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        """Return the part of ``queryset`` that is asked for."""
        del params
        end = pagination.offset + pagination.limit
        return {
            "items": queryset[pagination.offset : end],
            "total": len(queryset),
            "limit": pagination.limit,
            "offset": pagination.offset,
            "next": _next(request, pagination.limit, end) if end < len(queryset) else None,
        }


def _next(request: HttpRequest, limit: int, offset: int) -> str:
    asked = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in {"limit", "offset"}
    ]
    return f"{request.path}?{urlencode([*asked, ('limit', limit), ('offset', offset)])}"
