"""A document as DOCX, made for people who go on editing it in Word: real styles, headings, header rows."""

from __future__ import annotations

import re

from fotfeste.messages import Language, language, msg
from fotfeste.reports import svg, widths, words
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
from fotfeste.reports.docx_package import TEXT_WIDTH, Relations, package
from fotfeste.reports.html import SAFE_ADDRESSES
from fotfeste.reports.outline import Entry, contents_depth, contents_place, outline
from fotfeste.reports.xml_text import attribute, text

EMU_PER_TWENTIETH = 635
PIXELS_PER_TWENTIETH = svg.DOTS_PER_INCH / 1440
TALLEST = 12800
"""Tallest picture in twentieths of a point; the page holds it together with its caption."""
ASIDE_STYLES = {"note": "AsideNote", "warning": "AsideWarning", "choice": "AsideChoice"}
CARDS_IN_A_ROW = 4
CARD = (
    '<w:tcBorders><w:left w:val="single" w:sz="36" w:space="0" w:color="FFFFFF"/>'
    '<w:right w:val="single" w:sz="36" w:space="0" w:color="FFFFFF"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="E9F1F9"/>'
)


def render_docx(document: Document) -> bytes:
    """Return ``document`` as DOCX (A4, styles, language and alternative texts set).

    Pictures are PNG at 200 dots per inch. The same document gives the same bytes. Raises
    :class:`fotfeste.reports.svg.UnsafePicture` for a picture that is more than a drawing.
    """
    writer = _Writer(document)
    return package(document, writer.body(), writer.relations, writer.reader)


class _Writer:
    """The text of one document as WordprocessingML, and what it points to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.reader: Language = language(document.language)
        self.relations = Relations()
        self.entries = outline(document.blocks)
        self.bookmarks = {
            entry.anchor: _bookmark(entry, number) for number, entry in enumerate(self.entries.values())
        }
        self.new_page = False
        self.drawings = 0

    def body(self) -> str:
        parts = [self.head()]
        contents_at = contents_place(self.document) if self.document.contents else -1
        for index, block in enumerate(self.document.blocks):
            if index == contents_at:
                parts.append(self.contents())
            if isinstance(block, PageBreak):
                self.new_page = True
            else:
                parts.append(self.block(block, index))
        return "".join(parts)

    def paragraph(self, style: str, content: str, properties: str = "") -> str:
        """Return a paragraph; the first one after a page break starts the new page."""
        page = "<w:pageBreakBefore/>" if self.new_page else ""
        self.new_page = False
        name = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{name}{page}{properties}</w:pPr>{content}</w:p>"

    def head(self) -> str:
        document = self.document
        parts = [
            self.paragraph("Party", "<w:r><w:br/></w:r>".join(run(line) for line in lines))
            for lines in (document.sender, document.recipient)
            if lines
        ]
        parts.append(self.paragraph("Title", run(document.title)))
        if document.subtitle:
            parts.append(self.paragraph("Subtitle", run(document.subtitle)))
        dated = (self.reader.text(words.DATE), self.reader.date(document.issued))
        for label, value in (dated, *document.reference):
            parts.append(
                self.paragraph("Reference", f"{run(label, strong=True)}<w:r><w:tab/></w:r>{run(value)}")
            )
        return "".join(parts)

    def contents(self) -> str:
        depth = contents_depth(self.entries)
        entries = [entry for entry in self.entries.values() if entry.level <= depth]
        lines = []
        for number, entry in enumerate(entries):
            link = self.inner_link(entry.anchor, run(entry.text))
            start = field_start(f'TOC \\o "1-{depth}" \\n \\h \\z \\u') if number == 0 else ""
            end = FIELD_END if number == len(entries) - 1 else ""
            lines.append(self.paragraph(f"TOC{entry.level}", f"{start}{link}{end}"))
        title = self.paragraph("TOCHeading", run(self.reader.text(words.CONTENTS)))
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{''.join(lines)}</w:sdtContent></w:sdt>"
        )

    def inner_link(self, anchor: str, content: str) -> str:
        name = self.bookmarks.get(anchor)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>' if name else content

    def block(self, block: Block, index: int) -> str:
        match block:
            case Heading():
                return self.heading(self.entries[index])
            case Paragraph():
                keep = "<w:keepNext/>" if block.lead or block.keep else ""
                return self.paragraph("Lead" if block.lead else "", self.inline(block.content), keep)
            case Bullets():
                return self.bullets(block)
            case Table():
                return self.table(block)
            case Picture():
                return self.picture(block)
            case KeyFigures():
                return self.key_figures(block)
            case Aside():
                style = ASIDE_STYLES[block.kind]
                label = self.reader.text(words.ASIDES[block.kind])
                title = self.paragraph(style, run(f"{label}: {block.title}", strong=True), "<w:keepNext/>")
                return title + self.paragraph(style, self.inline(block.content)) + SPACE
            case PageBreak():
                return ""

    def heading(self, entry: Entry) -> str:
        name = self.bookmarks[entry.anchor]
        number = int(name.rpartition("_")[2])
        marked = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run(entry.text)}<w:bookmarkEnd w:id="{number}"/>'
        return self.paragraph(f"Heading{entry.level}", marked)

    def inline(self, content: tuple[Inline, ...]) -> str:
        parts = []
        for piece in content:
            match piece:
                case Strong():
                    parts.append(run(piece.text, strong=True))
                case Link() if piece.target.startswith("#"):
                    parts.append(self.inner_link(piece.target[1:], run(piece.text, style="Hyperlink")))
                case Link() if piece.target.startswith(SAFE_ADDRESSES):
                    name = self.relations.address(piece.target)
                    shown = run(piece.text, style="Hyperlink")
                    parts.append(f'<w:hyperlink r:id="{name}" w:history="1">{shown}</w:hyperlink>')
                case Link():
                    parts.append(run(piece.text))
                case _:
                    parts.append(run(piece))
        return "".join(parts)

    def bullets(self, block: Bullets) -> str:
        if not block.numbered:
            return "".join(self.paragraph("ListBullet", self.inline(item)) for item in block.items)
        number = self.relations.numbered_list()
        own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return "".join(self.paragraph("ListNumber", self.inline(item), own) for item in block.items)

    def table(self, table: Table) -> str:
        head = [column.title for column in table.columns]
        rows = [self.cells(row, table) for row in table.rows]
        sums = total_row(table)
        laid = widths.layout(head, [*rows, *([self.cells(sums, table)] if sums else [])])
        places = [round(part * TEXT_WIDTH) for part in laid.shares]
        style = "TableText" if laid.size == 1 else "TableTextSmall"
        lines = [self.row(head, places, table, style, header=True)]
        lines += [
            self.row(row, places, table, style, strong=number in table.emphasis)
            for number, row in enumerate(rows)
        ]
        if sums:
            lines.append(self.row(self.cells(sums, table), places, table, style, strong=True))
        look = f'w:firstRow="1" w:lastRow="{int(bool(sums))}" w:firstColumn="1" w:lastColumn="0"'
        properties = (
            f'<w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{sum(places)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" {look} w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{attribute(table.caption)}"/></w:tblPr>'
        )
        grid = "".join(f'<w:gridCol w:w="{place}"/>' for place in places)
        caption = self.paragraph("Caption", run(table.caption), "<w:keepNext/>")
        under = [notes(table, self.reader), words.source_line(table.source, self.reader)]
        below = "".join(self.paragraph("SourceNote", run(line)) for line in under if line)
        made = f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
        return caption + made + below + SPACE

    def cells(self, row: tuple[CellValue, ...], table: Table) -> list[str]:
        return [
            format_cell(value, column, self.reader) for value, column in zip(row, table.columns, strict=True)
        ]

    def row(
        self,
        cells: list[str],
        places: list[int],
        table: Table,
        style: str,
        *,
        header: bool = False,
        strong: bool = False,
    ) -> str:
        repeated = "<w:tblHeader/>" if header else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="E9F1F9"/>' if strong else ""
        made = []
        for content, place, column in zip(cells, places, table.columns, strict=True):
            side = '<w:jc w:val="right"/>' if is_numeric(column) else ""
            made.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{place}" w:type="dxa"/>{shade}</w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{side}</w:pPr>{run(content, strong=strong)}</w:p></w:tc>'
            )
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"

    def picture(self, picture: Picture) -> str:
        wide, tall = svg.size(picture.svg)
        across = min(picture.width, 1.0) * TEXT_WIDTH
        if across * tall / wide > TALLEST:
            across = TALLEST * wide / tall
        name = self.relations.picture(svg.to_png(picture.svg, round(across * PIXELS_PER_TWENTIETH)))
        self.drawings += 1
        drawing = _drawing(
            name, self.drawings, picture.alternative, round(across), round(across * tall / wide)
        )
        place = self.paragraph("FigurePlace", drawing)
        caption = self.paragraph("Caption", run(picture.caption), "<w:keepNext/>" if picture.source else "")
        source = words.source_line(picture.source, self.reader)
        return place + caption + (self.paragraph("SourceNote", run(source)) if source else "") + SPACE

    def key_figures(self, block: KeyFigures) -> str:
        count = min(len(block.items), CARDS_IN_A_ROW)
        place = TEXT_WIDTH // max(count, 1)
        width = f'<w:tcW w:w="{place}" w:type="dxa"/>'
        rows = []
        for start in range(0, len(block.items), CARDS_IN_A_ROW):
            cards = [
                f"<w:tc><w:tcPr>{width}{CARD}</w:tcPr>"
                f"{self.paragraph('KeyLabel', run(label))}{self.paragraph('KeyValue', run(value))}"
                f"{self.paragraph('KeyComparison', run(comparison))}</w:tc>"
                for label, value, comparison in block.items[start : start + CARDS_IN_A_ROW]
            ]
            empty = f'<w:tc><w:tcPr>{width}<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/></w:tcPr><w:p/></w:tc>'
            cards += [empty] * (count - len(cards))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cards)}</w:tr>")
        name = attribute(self.reader.text(msg("Nøkkeltall")))
        grid = f'<w:gridCol w:w="{place}"/>' * count
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Cards"/><w:tblW w:w="{place * count}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val="{name}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{SPACE}"
        )


SPACE = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/></w:pPr></w:p>'
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field_start(instruction: str) -> str:
    """Return the runs that open a field; its shown content and :data:`FIELD_END` follow."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {text(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def run(content: str, *, strong: bool = False, style: str = "") -> str:
    """Return a run of text; line breaks in it are kept."""
    name = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = f"<w:rPr>{name}{'<w:b/>' if strong else ''}</w:rPr>" if style or strong else ""
    lines = [f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in content.split("\n")]
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def _bookmark(entry: Entry, number: int) -> str:
    return f"_{re.sub('[^A-Za-z0-9]', '_', entry.anchor)[:30]}_{number}"


def _drawing(relation: str, number: int, alternative: str, across: int, down: int) -> str:
    extent = f'cx="{across * EMU_PER_TWENTIETH}" cy="{down * EMU_PER_TWENTIETH}"'
    described = f'name="Bilde {number}" descr="{attribute(alternative)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" {described}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" {described}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
