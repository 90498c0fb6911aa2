"""Figures, tables and addresses in the templates about places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fotfeste.messages import msg
from fotfeste.reports import svg
from fotfeste.reports.profiles import Place, Shown
from fotfeste.reports.profiles.values import Drawing
from fotfeste.web.front.blocks import SCALE
from fotfeste.web.front.words import reader
from fotfeste.web.places import addresses

register = template.Library()

SIGNS = (".", ":", "–")


@register.filter
def figure(shown: object) -> SafeString:
    """Return a figure as it stands in a table: signs are read out as words, uncertain numbers are marked."""
    if not isinstance(shown, Shown):
        return SafeString("")
    if shown.text in SIGNS:
        return format_html(
            '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>',
            shown.text,
            shown.said,
        )
    if not shown.few:
        return format_html("{}", shown.text)
    return format_html(
        '{} <span class="ds-tag few" data-size="sm" data-color="warning">{}</span>',
        shown.text,
        reader().text(msg("usikkert")),
    )


@register.filter
def in_card(shown: Shown) -> SafeString:
    """Return a figure as it stands alone: words where a table has a sign."""
    if shown.text in SIGNS:
        return format_html('<span class="in-words">{}</span>', shown.said)
    return figure(shown)


@register.filter
def called(place: Place) -> str:
    """Return the name of a place as the reader writes it."""
    return place.called(reader())


@register.simple_tag
def address(place: Place, indicator: str = "") -> str:
    """Return the address of the page about a place, or about one indicator of it."""
    return addresses.address_of(place, indicator)


@register.simple_tag
def site() -> str:
    """Return where this installation stands on the net."""
    return str(settings.FOTFESTE.serving.base_url)


@register.simple_tag
def newest_source(*sources: Any) -> date | None:
    """Return the day the newest of the figures were fetched; none on a page without figures."""
    return max((one.retrieved for some in sources for one in some or ()), default=None)


@register.simple_tag
def drawn(drawing: Drawing, prefix: str, links: Any = None) -> SafeString:
    """Return a drawing to stand in the page; ``links`` gives the address that a place on it leads to.

    One that has a form for narrow screens stands there in both, and the style shows the one that fits.
    """
    href = links.get if links else None
    whole = _sized(drawing.inline(prefix, href), drawing.svg, "whole" if drawing.narrow else "")
    if not drawing.narrow:
        return mark_safe(whole)
    return mark_safe(
        whole + _sized(drawing.inline(f"{prefix}-smal", href, narrow=True), drawing.narrow, "narrow")
    )


def _sized(inline: str, picture: str, kind: str) -> str:
    across, _ = svg.size(picture)
    shown = f' class="{kind}"' if kind else ""
    return inline.replace("<svg", f'<svg width="{round(across * SCALE)}"{shown}', 1)


@register.inclusion_tag("places/downloads.html")
def downloads(title: str, *files: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Show where something called ``title`` can be fetched as files."""
    return {"title": title, "files": [one for some in files for one in some]}
