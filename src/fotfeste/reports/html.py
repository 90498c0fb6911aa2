"""A document as one HTML file: no scripts, nothing fetched, readable from 320 px, printable."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib import resources

from fotfeste.messages import Language, language
from fotfeste.reports import svg, typeface, words
from fotfeste.reports.blocks import (
    Aside,
    Block,
    Bullets,
    CellValue,
    Document,
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
from fotfeste.reports.outline import Entry, contents_depth, contents_place, outline

SAFE_ADDRESSES = ("https://", "http://", "mailto:", "#")


def render_html(document: Document) -> bytes:
    """Return ``document`` as a self-contained HTML page (UTF-8).

    Style, font and pictures are inside the file; there are no scripts. Everything from the document is escaped.
    Raises :class:`fotfeste.reports.svg.UnsafePicture` for a picture that is more than a drawing.
    """
    reader = language(document.language)
    entries = outline(document.blocks)
    tag = words.LANGUAGE_TAGS[document.language]
    description = document.description or document.subtitle
    shown = [
        _block(block, index, entries, reader) if not isinstance(block, PageBreak) else ""
        for index, block in enumerate(document.blocks)
    ]
    if document.contents:
        shown.insert(contents_place(document), _contents(entries, reader))
    body = "\n".join(text for text in shown if text)
    return f"""<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(document.title)}</title>
<meta name="description" content="{escape(description)}">
<meta name="date" content="{document.issued.isoformat()}">
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#innhold">{escape(reader.text(words.SKIP))}</a>
<header>
{_head(document, reader)}
</header>
<main id="innhold" tabindex="-1">
{body}
</main>
</body>
</html>
""".encode()


@cache
def _style() -> str:
    asset = resources.files("fotfeste.reports") / "assets" / "document.css"
    text = asset.read_text("utf-8")
    for weight in typeface.FILES:
        text = text.replace(f"FONT-{weight}", typeface.web_font(weight))
    return text


def _head(document: Document, reader: Language) -> str:
    parts = []
    parties = [
        (words.SENDER, "sender", document.sender),
        (words.RECIPIENT, "recipient", document.recipient),
    ]
    shown = [
        f'<div class="{name}"><p class="party">{escape(reader.text(label))}</p>'
        f"<p>{'<br>'.join(escape(line) for line in lines)}</p></div>"
        for label, name, lines in parties
        if lines
    ]
    if shown:
        parts.append(f'<div class="parties">{"".join(shown)}</div>')
    parts.append(f"<h1>{escape(document.title)}</h1>")
    if document.subtitle:
        parts.append(f'<p class="subtitle">{escape(document.subtitle)}</p>')
    lines = ((reader.text(words.DATE), reader.date(document.issued)), *document.reference)
    terms = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in lines)
    parts.append(f'<dl class="reference">{terms}</dl>')
    return "\n".join(parts)


def _contents(entries: dict[int, Entry], reader: Language) -> str:
    items: list[str] = []
    depth = 0
    for entry in entries.values():
        if entry.level > contents_depth(entries):
            continue
        if entry.level > depth:
            items.append("<ul>" * (entry.level - depth))
        else:
            items.append("</li></ul>" * (depth - entry.level) + "</li>")
        depth = entry.level
        items.append(f'<li><a href="#{escape(entry.anchor)}">{escape(entry.text)}</a>')
    items.append("</li></ul>" * depth)
    name = escape(reader.text(words.CONTENTS))
    return f'<nav aria-labelledby="oversikt"><h2 id="oversikt">{name}</h2>{"".join(items)}</nav>'


def _block(block: Block, index: int, entries: dict[int, Entry], reader: Language) -> str:
    match block:
        case Heading():
            entry = entries[index]
            level = entry.level + 1
            return f'<h{level} id="{escape(entry.anchor)}">{escape(entry.text)}</h{level}>'
        case Paragraph():
            attribute = ' class="lead"' if block.lead else ' class="keep"' if block.keep else ""
            return f"<p{attribute}>{_inline(block.content)}</p>"
        case Bullets():
            tag = "ol" if block.numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in block.items)}</{tag}>"
        case Table():
            return _table(block, index, reader)
        case Picture():
            return _picture(block, index, reader)
        case KeyFigures():
            cards = "".join(
                f"<div><dt>{escape(label)}</dt><dd><strong>{escape(value)}</strong>"
                f"<span>{escape(comparison)}</span></dd></div>"
                for label, value, comparison in block.items
            )
            return f'<dl class="key-figures">{cards}</dl>'
        case Aside():
            kind = escape(reader.text(words.ASIDES[block.kind]))
            return (
                f'<aside class="{block.kind}" aria-labelledby="a{index}"><p class="aside-title" id="a{index}">'
                f"<span>{kind}</span> {escape(block.title)}</p><p>{_inline(block.content)}</p></aside>"
            )
        case PageBreak():
            return ""


def _inline(content: tuple[Inline, ...]) -> str:
    parts = []
    for piece in content:
        match piece:
            case Strong():
                parts.append(f"<strong>{escape(piece.text)}</strong>")
            case Link() if piece.target.startswith(SAFE_ADDRESSES):
                parts.append(f'<a href="{escape(piece.target)}">{escape(piece.text)}</a>')
            case Link():
                parts.append(escape(piece.text))
            case _:
                parts.append(escape(piece))
    return "".join(parts)


def _table(table: Table, index: int, reader: Language) -> str:
    head = "".join(
        f'<th scope="col"{_side(place, table)}>{escape(column.title)}</th>'
        for place, column in enumerate(table.columns)
    )
    rows = "".join(
        _row(row, table, reader, ' class="emphasis"' if number in table.emphasis else "")
        for number, row in enumerate(table.rows)
    )
    sums = total_row(table)
    foot = f"<tfoot>{_row(sums, table, reader, '')}</tfoot>" if sums else ""
    under = "".join(
        f'<p class="{name}">{escape(text)}</p>'
        for name, text in (
            ("table-note", notes(table, reader)),
            ("source", words.source_line(table.source, reader)),
        )
        if text
    )
    return (
        f'<div class="table"><div class="scroll" role="region" aria-labelledby="t{index}" tabindex="0">'
        f'<table><caption id="t{index}">{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody>{foot}</table></div>{under}</div>"
    )


def _side(place: int, table: Table) -> str:
    return ' class="number"' if is_numeric(table.columns[place]) else ""


def _row(row: tuple[CellValue, ...], table: Table, reader: Language, attribute: str) -> str:
    cells = []
    for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
        text = escape(format_cell(value, column, reader))
        if place == 0:
            cells.append(f'<th scope="row"{_side(place, table)}>{text}</th>')
        else:
            cells.append(f"<td{_side(place, table)}>{text}</td>")
    return f"<tr{attribute}>{''.join(cells)}</tr>"


def _picture(picture: Picture, index: int, reader: Language) -> str:
    drawing = svg.embed(picture.svg, f"p{index}", picture.alternative)
    source = words.source_line(picture.source, reader)
    under = f'<span class="source">{escape(source)}</span>' if source else ""
    width = f"{100 * min(max(picture.width, 0.1), 1):.0f}%"
    return (
        f'<figure><div class="picture" role="region" aria-label="{escape(picture.caption)}" tabindex="0" '
        f'style="max-width:{width}">{drawing}</div>'
        f"<figcaption>{escape(picture.caption)}{under}</figcaption></figure>"
    )
