"""Saved web pages as grids: headings and the rows of tables, in the order in which they stand."""

from __future__ import annotations

from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.readers.grids import Grid, Limits, Line, content_of, decode, read_grid

PAGES = (".html", ".htm")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FALLBACK = "cp1252"


def read_page(path: Path, *, limits: Limits | None = None) -> Grid:
    """Return a saved page, or the same page pasted into a workbook or a CSV file, as a grid.

    A heading is a line with one cell. The number of a line is that of the source, so that a fault can be found.
    Raises :class:`InputError` as :func:`~fotfeste.statistics.readers.grids.read_grid`, and for a page without tables.
    """
    limits = limits or Limits()
    if path.suffix.lower() not in PAGES:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return read_grid(path, limits=limits)
        return read_grid(path, encoding=encoding_of(content_of(path, limits)), limits=limits)
    return Grid(path.name, tuple(_lines(path, content_of(path, limits))))


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text file from a Norwegian source: UTF-8 where it can be, otherwise Windows-1252."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return FALLBACK
    return "utf-8-sig"


def _lines(path: Path, content: bytes) -> list[Line]:
    from lxml import etree

    text = decode(content, encoding_of(content), path.name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = etree.fromstring(text.encode(), parser)
    lines = []
    for element in [] if root is None else root.iter("tr", *HEADINGS):
        heading = element.tag in HEADINGS
        parts = [element] if heading else [part for part in element if part.tag in ("td", "th")]
        cells = tuple(" ".join("".join(part.itertext()).split()) for part in parts)
        if any(cells):
            lines.append(Line(element.sourceline or 0, cells))
    if not any(len(line.cells) > 1 for line in lines):
        raise InputError(
            "file.tables",
            msg("Siden har ingen tabeller."),
            place=path.name,
            remedy=msg("Lagre hele nettsiden på nytt når tabellene vises, eller lim dem inn i et regneark."),
        )
    return lines
