"""The library's blocks on a page: tables, pictures and text in Designsystemet's clothes, within the strict policy.

A page holds no style and no script of its own, so sizes are attributes of the drawing and looks are classes
(``front/static/front/blocks.css``). Regions that may scroll can be reached by keyboard and have a name.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from fotfeste.messages import Language, msg
from fotfeste.reports import svg, words
from fotfeste.reports.blocks import (
    Aside,
    Block,
    Bullets,
    CellValue,
    Heading,
    Inline,
    KeyFigures,
    Link,
    PageBreak,
    Paragraph,
    Picture,
    Strong,
    Table,
)
from fotfeste.reports.cells import format_cell, is_numeric, notes, total_row
from fotfeste.reports.html import SAFE_ADDRESSES
from fotfeste.reports.maps import CODE
from fotfeste.reports.outline import outline
from fotfeste.reports.profiles.inline import inline

SCALE = 1.25
"""How much larger than on paper a picture stands on a page: its letters are then as large as the text around it."""
WIDE = 430
"""A drawing wider than this (in its own units) needs a minimum width to be read, and scrolls on a telephone."""
HEADINGS = {1: "lg", 2: "md", 3: "sm", 4: "xs", 5: "2xs", 6: "2xs"}
ASIDES = {"warning": "warning", "note": "info", "choice": "brand1"}


@dataclass(frozen=True, slots=True)
class OnPage:
    """How a block stands on its page.

    ``level`` is the level of the highest heading (2: below the page's own). ``row_links`` are addresses by a row's
    place in a table (from zero), put on the row's heading. ``downloads`` are names and addresses of the block as
    files. ``addresses`` says where anchors of the document are found when they stand on other pages. ``places`` are
    addresses by the code of a place: on a map the place leads there, and the map can be skipped. A table that is ``stacked``
    has each row on lines of its own on a telephone, every figure under the heading of its column.
    """

    level: int = 2
    row_links: Mapping[int, str] = field(default_factory=dict)
    downloads: Sequence[tuple[str, str]] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    stacked: bool = False


def blocks_as_html(blocks: Iterable[Block], reader: Language, shown: OnPage | None = None) -> SafeString:
    """Return ``blocks`` one after another, with headings without gaps and anchors that are all different."""
    every = tuple(blocks)
    entries = outline(every)
    how = shown or OnPage()
    parts = [
        _heading(entries[place].level + how.level - 1, entries[place].text, entries[place].anchor)
        if isinstance(block, Heading)
        else block_as_html(block, reader, how)
        for place, block in enumerate(every)
    ]
    return mark_safe("\n".join(part for part in parts if part))


def block_as_html(block: Block, reader: Language, shown: OnPage | None = None) -> SafeString:
    """Return one block as it stands on a page; everything in it is escaped.

    Raises :class:`fotfeste.reports.svg.UnsafePicture` for a picture that is more than a drawing.
    """
    how = shown or OnPage()
    match block:
        case Heading():
            return _heading(block.level + how.level - 1, block.text, block.anchor)
        case Paragraph():
            name = "ds-paragraph lead" if block.lead else "ds-paragraph"
            return format_html('<p class="{}">{}</p>', name, _inline(block.content, how))
        case Bullets():
            items = format_html_join("", "<li>{}</li>", ((_inline(item, how),) for item in block.items))
            tag = mark_safe("ol" if block.numbered else "ul")
            return format_html('<{} class="ds-list">{}</{}>', tag, items, tag)
        case Table():
            return _table(block, reader, how)
        case Picture():
            return _picture(block, reader, how)
        case KeyFigures():
            cards = format_html_join(
                "",
                '<div class="ds-card"><dt>{}</dt><dd><strong>{}</strong><span>{}</span></dd></div>',
                block.items,
            )
            return format_html('<dl class="key-figures">{}</dl>', cards)
        case Aside():
            return format_html(
                '<div class="ds-alert aside" data-color="{}" role="note"><p class="ds-paragraph"><strong>{}: {}</strong></p>'
                '<p class="ds-paragraph">{}</p></div>',
                ASIDES[block.kind],
                reader.text(words.ASIDES[block.kind]),
                block.title,
                _inline(block.content, how),
            )
        case PageBreak():
            return SafeString("")


def _heading(level: int, text: str, anchor: str) -> SafeString:
    tag = mark_safe(f"h{min(level, 6)}")
    name = format_html(' id="{}"', anchor) if anchor else ""
    size = HEADINGS[min(level, 6)]
    return format_html('<{}{} class="ds-heading" data-size="{}">{}</{}>', tag, name, size, text, tag)


def _inline(content: Iterable[Inline], how: OnPage) -> SafeString:
    parts: list[str] = []
    for piece in content:
        match piece:
            case Strong():
                parts.append(format_html("<strong>{}</strong>", piece.text))
            case Link():
                target = how.addresses.get(piece.target, piece.target)
                safe = target != piece.target or target.startswith(SAFE_ADDRESSES)
                parts.append(_link(target, piece.text) if safe else escape(piece.text))
            case _:
                parts.append(escape(piece))
    return mark_safe("".join(parts))


def _link(target: str, text: str) -> SafeString:
    return format_html('<a class="ds-link" href="{}">{}</a>', target, text)


def _table(table: Table, reader: Language, how: OnPage) -> SafeString:
    head = mark_safe("".join(_column(place, table) for place in range(len(table.columns))))
    body = format_html_join(
        "",
        "<tr{}>{}</tr>",
        (
            (
                mark_safe(' class="emphasis"') if place in table.emphasis else "",
                _cells(row, table, reader, how.row_links.get(place, ""), stacked=how.stacked),
            )
            for place, row in enumerate(table.rows)
        ),
    )
    sums = total_row(table)
    foot = format_html("<tfoot><tr>{}</tr></tfoot>", _cells(sums, table, reader)) if sums else ""
    return format_html(
        '<div class="table-block"><div class="table-scroll" role="region" aria-label="{}" tabindex="0">'
        '<table class="ds-table{}" data-size="sm"><caption><span>{}</span></caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody>{}</table></div>{}</div>",
        table.caption,
        " stacked" if how.stacked else "",
        table.caption,
        head,
        body,
        foot,
        _under(notes(table, reader), table.source, reader, how),
    )


def _column(place: int, table: Table) -> SafeString:
    """Return the heading of a column; where there is no heading, a plain cell, since an empty one says nothing."""
    title = table.columns[place].title
    return (
        format_html('<th scope="col"{}>{}</th>', _side(place, table), title)
        if title
        else mark_safe("<td></td>")
    )


def _side(place: int, table: Table) -> str:
    return mark_safe(' class="number"') if is_numeric(table.columns[place]) else ""


def _cells(
    row: tuple[CellValue, ...], table: Table, reader: Language, address: str = "", *, stacked: bool = False
) -> SafeString:
    cells: list[str] = []
    for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
        text = format_cell(value, column, reader)
        if place == 0:
            shown = _link(address, text) if address else text
            cells.append(format_html('<th scope="row"{}>{}</th>', _side(place, table), shown))
        else:
            label = format_html(' data-label="{}"', column.title) if stacked else ""
            cells.append(format_html("<td{}{}>{}</td>", _side(place, table), label, text))
    return mark_safe("".join(cells))


def _picture(picture: Picture, reader: Language, how: OnPage) -> SafeString:
    across, _ = svg.size(picture.svg)
    name = f"p{zlib.crc32(picture.svg.encode()):08x}"
    linked = bool(how.places) and f"{CODE}=" in picture.svg
    drawing = inline(picture.svg, name, picture.alternative, how.places.get if linked else None)
    sized = drawing.replace("<svg", f'<svg width="{round(across * SCALE)}"', 1)
    figure = format_html(
        '<figure class="picture-block"><div class="picture{}" role="region" aria-label="{}" tabindex="0">{}</div>{}'
        '<figcaption class="ds-paragraph">{}</figcaption>{}</figure>',
        " picture-wide" if across > WIDE else "",
        picture.caption,
        mark_safe(sized),
        _drag(reader) if across > WIDE else "",
        picture.caption,
        _under("", picture.source, reader, how),
    )
    if not linked:
        return figure
    return format_html(
        '<a class="ds-skip-link" href="#etter-{}">{}</a>{}<span id="etter-{}" tabindex="-1"></span>',
        name,
        reader.text(msg("Hopp over kartet")),
        figure,
        name,
    )


def _drag(reader: Language) -> SafeString:
    """Return the advice that is seen only where the drawing is wider than its frame; the frame scrolls by keyboard too."""
    return format_html(
        '<p class="ds-paragraph drag no-print" data-size="sm" aria-hidden="true">{}</p>',
        reader.text(msg("Dra sidelengs for å se hele figuren")),
    )


def _under(note: str, source: str, reader: Language, how: OnPage) -> SafeString:
    lines = [
        format_html('<p class="ds-paragraph {}" data-size="sm">{}</p>', name, text)
        for name, text in (("table-note", note), ("source", words.source_line(source, reader)))
        if text
    ]
    if how.downloads:
        links = format_html_join(
            "",
            '<li><a class="ds-link" href="{}" download>{}</a></li>',
            ((address, name) for name, address in how.downloads),
        )
        lines.append(format_html('<ul class="downloads" data-size="sm">{}</ul>', links))
    return mark_safe("".join(lines))
