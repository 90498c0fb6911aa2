"""Pictures that leave the page: with title and period above, what the signs mean and where the figures come from below."""

from __future__ import annotations

import re
from dataclasses import replace

from fotfeste.messages import Language, msg
from fotfeste.reports.blocks import Column, Table
from fotfeste.reports.cells import legend
from fotfeste.reports.drawing import INK, QUIET, Canvas, number, wrapped
from fotfeste.reports.profiles.values import Drawing
from fotfeste.reports.svg import UnsafePicture, size
from fotfeste.reports.typeface import Weight

MARGIN = 16.0
HEAD, SMALL = 16.0, 11.0
AS_WRITTEN = 4
"""Decimals: the figures of a picture are already those that it writes."""
_HEAD = re.compile(r"\A<svg\b[^>]*>(?:<title>[^<]*</title>)?(?:<desc>[^<]*</desc>)?")


def framed(drawing: Drawing, words: Language) -> Drawing:
    """Return ``drawing`` with its title and period above it, and its signs and sources below.

    Raises :class:`~fotfeste.reports.svg.UnsafePicture` for what is no picture of ours.
    """
    head = _HEAD.match(drawing.svg)
    if head is None:
        raise UnsafePicture("a picture must begin with its svg element")
    width, height = size(drawing.svg)
    lines: list[tuple[str, float, Weight]] = [
        (line, HEAD, 600) for line in wrapped(drawing.finding or drawing.title, width, HEAD, 600)
    ]
    if drawing.finding:
        lines += [(line, SMALL, 400) for line in wrapped(drawing.title, width, SMALL)]
    if drawing.period:
        period = words.text(msg("Periode: {period}", period=drawing.period))
        lines += [(line, SMALL, 400) for line in wrapped(period, width, SMALL)]
    canvas = Canvas(width + 2 * MARGIN, 0)
    down = MARGIN
    for line, points, weight in lines:
        down += points + 5
        canvas.text(
            MARGIN, down - 4, line, size=points, weight=weight, colour=INK if weight == 600 else QUIET
        )
    top = down + 10
    down = top + height + 8
    for line in (one for told in _below(drawing, words) for one in wrapped(told, width - 60, SMALL)):
        down += SMALL + 5
        canvas.text(MARGIN, down - 4, line, size=SMALL, colour=QUIET)
    canvas.text(
        MARGIN + width, max(down, top + height + 24) - 4, "Fotfeste", size=SMALL, weight=600, anchor="end"
    )
    canvas.height = max(down, top + height + 24) + MARGIN - 6
    inside = drawing.svg[head.end() :].removesuffix("</svg>")
    moved = f'<g transform="translate({number(MARGIN)} {number(top)})">{inside}</g></svg>'
    paper = canvas.picture(drawing.title, drawing.alternative).removesuffix("</svg>")
    return replace(drawing, svg=paper + moved)


def _below(drawing: Drawing, words: Language) -> list[str]:
    """Return what the signs mean, the sources, each with the day it was fetched, and what else is told below."""
    found = []
    columns = tuple(Column("", "number", AS_WRITTEN) for _ in drawing.shown)
    if signs := legend(Table("", columns, (drawing.shown,)), words):
        found.append(signs)
    for one in dict.fromkeys(drawing.sources):
        told = msg(
            "Kilde: {agency}, {table}, hentet {day}",
            agency=one.agency,
            table=one.table,
            day=words.short_date(one.retrieved),
        )
        bare = msg("Kilde: {agency}, hentet {day}", agency=one.agency, day=words.short_date(one.retrieved))
        found.append(words.text(told if one.table else bare))
    return list(dict.fromkeys((*found, *drawing.below)))
