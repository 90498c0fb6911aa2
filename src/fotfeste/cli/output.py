"""How commands print: a table for people, CSV or JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

import click

from fotfeste.messages import Language, msg

if TYPE_CHECKING:
    from fotfeste.statistics.sources import Source

Format = Literal["table", "csv", "json"]
LINE = 96
"""Letters in a line of running text."""

_ONE_NUMBER = r"[+\u2212\-]?(?:\d[\d\u00a0 ]*(?:,\d+)?|\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+\.\d+)(?:[\u00a0 ]?%)?"
_NUMBERLIKE = re.compile(rf"{_ONE_NUMBER}(?:(?:–| … ){_ONE_NUMBER})?\*?|[.:\-–]?")
"""A number or a span as it is shown in Norwegian or English, with signs, separators, per cent and star, or a mark that stands for one."""


def as_json(content: object) -> str:
    """Return ``content`` as JSON that is byte-identical for equal content."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table as CSV with a header line; missing values are empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return stream.getvalue().rstrip("\n")


def as_table(header: Sequence[str], rows: Sequence[Sequence[object]], *, widest: int | None = None) -> str:
    """Return a table in columns for a terminal; columns of numbers and marks stand to the right.

    Words in a column wider than ``widest`` letters are broken into lines.
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    right = [
        any(row[place] for row in cells) and all(_NUMBERLIKE.fullmatch(row[place]) for row in cells)
        for place in range(len(header))
    ]
    broken = [[_broken(cell, widest) for cell in row] for row in cells]
    widths = [
        max([len(title), *(len(part) for row in broken for part in row[place])])
        for place, title in enumerate(header)
    ]

    def line(values: Sequence[str]) -> str:
        parts = [
            value.rjust(width) if to_right else value.ljust(width)
            for value, width, to_right in zip(values, widths, right, strict=True)
        ]
        return "  ".join(parts).rstrip()

    lines = [line(values) for row in broken for values in zip_longest(*row, fillvalue="")]
    return "\n".join([line(header), line(["-" * width for width in widths]), *lines])


def _broken(cell: str, widest: int | None) -> list[str]:
    if widest is None or len(cell) <= widest:
        return [cell]
    return textwrap.wrap(cell, widest, break_long_words=False, subsequent_indent="  ")


def in_lines(text: str, indent: str = "") -> str:
    """Return running text in lines of readable length; the lines after the first begin with ``indent``."""
    lines = (
        textwrap.wrap(part, LINE, subsequent_indent=indent, break_long_words=False)
        for part in text.split("\n")
    )
    return "\n".join("\n".join(part) for part in lines)


def sources_in_words(sources: Sequence[Source], words: Language) -> str:
    """Return the sources, one on each line: what, who, which table, which period, when it was taken in."""
    if not sources:
        return ""
    lines = [words.text(msg("Kilder:"))]
    for one in sources:
        parts = ", ".join(part for part in (one.agency, one.table, one.period) if part)
        line = msg("• {title}: {parts}. Tatt inn {day}.", title=one.title, parts=parts, day=one.retrieved)
        lines.append(in_lines(words.text(line), "  "))
    return "\n".join(lines)


def emit(form: Format, header: Sequence[str], rows: Sequence[Sequence[object]], json_content: object) -> None:
    """Print ``rows`` in the form asked for; ``json_content`` is what JSON shows."""
    if form == "json":
        click.echo(as_json(json_content))
    elif form == "csv":
        click.echo(as_csv(header, rows))
    else:
        click.echo(as_table(header, rows))
