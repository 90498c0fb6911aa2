"""Every address there is: views of the address table, and every operation of the API behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from fotfeste.web.rights.guard import Right, right_of


@dataclass(frozen=True)
class Route:
    """One address: its pattern from the root, its name, the names of its parts, and the view."""

    pattern: str
    name: str
    parts: tuple[str, ...]
    view: Callable[..., Any]

    def address(self, values: dict[str, object]) -> str:
        """Return the address with ``values`` for its parts."""
        text = "/" + self.pattern
        for name in self.parts:
            text = re.sub(
                rf"\(\?P<{name}>[^)]*\)|<(?:\w+:)?{name}>", str(values[name]).replace("\\", ""), text
            )
        return text.replace("^", "").replace("$", "")

    def __str__(self) -> str:
        return f"/{self.pattern}"


def routes() -> list[Route]:
    """Return every route of the workspace."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, parts: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        here = (*parts, *_parts(one.pattern))
        if isinstance(one, URLPattern):
            yield Route(pattern, one.name or "", here, one.callback)
        else:
            yield from _walk(one, pattern, here)


def _parts(pattern: Any) -> tuple[str, ...]:
    return tuple(pattern.converters) if isinstance(pattern, RoutePattern) else tuple(pattern.regex.groupindex)


def operations(route: Route) -> dict[str, Callable[..., Any]]:
    """Return the API's operations at ``route`` by method; none for a view that is not the API's."""
    from ninja.operation import PathView

    for cell in getattr(route.view, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            found = cell.cell_contents.operations
            return {method: one.view_func for one in found for method in one.methods}
    return {}


def rights(route: Route) -> dict[str, Right | None]:
    """Return what ``route`` asks for, by method; for the API by operation."""
    if found := operations(route):
        return {method: right_of(view, method) for method, view in found.items()}
    return {method: right_of(route.view, method) for method in ("GET", "POST")}
