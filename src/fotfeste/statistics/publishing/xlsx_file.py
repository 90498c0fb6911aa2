"""A published table as XLSX: the rows on one sheet, what they are on another.

Written directly, a column at a time; a library that writes a cell at a time takes too long for tables of this size
(docs/method/publishing.md). Text is never a formula. The same table gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fotfeste.errors import InputError
from fotfeste.files import NO_TIME
from fotfeste.messages import Language, msg
from fotfeste.statistics.publishing.values import PublishedTable
from fotfeste.statistics.publishing.writing import BOUNDS_EXPLAINED, MARKS_EXPLAINED, moment, number_texts

if TYPE_CHECKING:
    import polars as pl

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""
SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
"""What XML writes in another way; the first must come first."""
AT = "fotfeste row"
BOLD, WRAPPED = 1, 2
WIDTHS = {"name": 22, "level": 14, "period": 16}
FAST = 4
"""How hard the archive is pressed together."""
LONGEST = 32_767
"""Letters that a cell may hold, by the format's own limit."""


def as_xlsx(table: PublishedTable, words: Language) -> bytes:
    """Return a table as a workbook; heads are the same names for machines as in CSV, so that programs can read it."""
    shared = _shared(table)
    names = (words.text(msg("Tall")), words.text(msg("Om tallene")))
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument/2006/relationships/officeDocument", "xl/workbook.xml"),
            ("package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(table, words),
        "xl/workbook.xml": _workbook(names, table),
        "xl/_rels/workbook.xml.rels": _relations(
            ("officeDocument/2006/relationships/worksheet", "worksheets/sheet1.xml"),
            ("officeDocument/2006/relationships/worksheet", "worksheets/sheet2.xml"),
            ("officeDocument/2006/relationships/styles", "styles.xml"),
            ("officeDocument/2006/relationships/sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": _shared_texts(shared),
        "xl/worksheets/sheet1.xml": _rows(table, shared),
        "xl/worksheets/sheet2.xml": _about(table, words),
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, NO_TIME)
            archive.writestr(entry, content.encode(), ZIP_DEFLATED, FAST)
    return stream.getvalue()


def _rows(table: PublishedTable, shared: Mapping[str, int]) -> str:
    import polars as pl

    rows = table.rows
    numbers = [number_texts(rows[name]) for name, kind in rows.schema.items() if kind.is_float()]
    lines = rows.with_columns(numbers, pl.int_range(2, rows.height + 2).cast(pl.String).alias(AT)).select(
        pl.concat_str(
            pl.format('<row r="{}">', AT),
            *(
                _cell(name, kind, _letters(place), shared)
                for place, (name, kind) in enumerate(rows.schema.items())
            ),
            pl.lit("</row>"),
        ).alias("line")
    )
    head = "".join(_text_cell(f"{_letters(place)}1", name, BOLD) for place, name in enumerate(rows.columns))
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{WIDTHS.get(name, 12)}" customWidth="1"/>'
        for place, name in enumerate(rows.columns, 1)
    )
    last = f"{_letters(len(rows.columns) - 1)}{rows.height + 1}"
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        f'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols>'
        f'<sheetData><row r="1">{head}</row>{"".join(lines["line"].to_list())}</sheetData>'
        f'<autoFilter ref="A1:{last}"/></worksheet>'
    )


def _cell(name: str, kind: pl.DataType, letters: str, shared: Mapping[str, int]) -> pl.Expr:
    """Return the cells of a column as XML; nothing where a row has nothing."""
    import polars as pl

    column = pl.col(name)
    if kind == pl.Boolean:
        sort, held = ' t="b"', column.cast(pl.Int8)
    elif kind.is_numeric():
        sort, held = "", column
    else:
        sort, held = ' t="s"', column.replace_strict(shared, default=None, return_dtype=pl.UInt32)
    cell = pl.concat_str(
        pl.lit(f'<c r="{letters}'), AT, pl.lit(f'"{sort}><v>'), held.cast(pl.String), pl.lit("</v></c>")
    )
    return cell.fill_null("")


def _shared(table: PublishedTable) -> dict[str, int]:
    """Return the texts of the rows, each with its place among them."""
    import polars as pl

    columns = [table.rows[name].unique() for name, kind in table.rows.schema.items() if kind == pl.String]
    found = sorted({text for one in columns for text in one.to_list() if text})
    if any(len(text) > LONGEST for text in found):
        raise InputError(
            "publishing.format",
            msg("«{name}» har tekster som er for lange til et regneark.", name=table.about.id),
            remedy=msg("Bruk CSV, Parquet eller JSON-stat."),
        )
    return {text: place for place, text in enumerate(found)}


def _shared_texts(shared: Mapping[str, int]) -> str:
    texts = "".join(f'<si><t xml:space="preserve">{_escaped(text)}</t></si>' for text in shared)
    return f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(shared)}">{texts}</sst>'


def _about(table: PublishedTable, words: Language) -> str:
    about = table.about
    lines = [
        (words.text(about.title), ""),
        (words.text(msg("Id")), about.stem),
        (words.text(msg("Versjon av tallene")), about.version),
        (words.text(msg("Enhet")), words.text(about.unit)),
        (words.text(msg("Periode")), about.period),
        (words.text(msg("Om tallene")), about.told(words)),
    ]
    if table.has_figures:
        lines += [
            (words.text(table.labels.get("mark", "mark")), words.text(MARKS_EXPLAINED)),
            ("low, high", words.text(BOUNDS_EXPLAINED)),
        ]
    for source in (one.for_reader(words) for one in about.sources):
        told = (source.agency, source.title, source.table, source.period, source.licence)
        lines.append((words.text(msg("Kilde")), ", ".join(part for part in told if part)))
        lines.append((words.text(msg("Hentet")), source.retrieved.isoformat()))
    rows = "".join(
        f'<row r="{at}">{_text_cell(f"A{at}", label, BOLD)}{_text_cell(f"B{at}", text, WRAPPED)}</row>'
        for at, (label, text) in enumerate(lines, 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><cols><col min="1" max="1" width="28" customWidth="1"/>'
        f'<col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    )


def _text_cell(place: str, text: str, style: int) -> str:
    if not text:
        return ""
    return (
        f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'
    )


def _escaped(text: str) -> str:
    kept = FORBIDDEN.sub("", text)
    for sign, written in SIGNS.items():
        kept = kept.replace(sign, written)
    return kept


def _letters(place: int) -> str:
    """Return the letters of a column, counted from none: A, B, … Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _workbook(names: tuple[str, str], table: PublishedTable) -> str:
    sheets = "".join(
        f'<sheet name="{_escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    last = f"${_letters(len(table.rows.columns) - 1)}${table.rows.height + 1}"
    filtered = (
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"'{_escaped(names[0])}'!$A$1:{last}</definedName></definedNames>"
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets>{filtered}</workbook>'


def _relations(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _content_types() -> str:
    parts = {
        "/xl/workbook.xml": f"{CONTENT}.sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{CONTENT}.worksheet+xml",
        "/xl/worksheets/sheet2.xml": f"{CONTENT}.worksheet+xml",
        "/xl/sharedStrings.xml": f"{CONTENT}.sharedStrings+xml",
        "/xl/styles.xml": f"{CONTENT}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    found = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    relations = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{relations}{xml}{found}</Types>'


def _properties(table: PublishedTable, words: Language) -> str:
    when = moment(table).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_escaped(words.text(table.about.title))}</dc:title><dc:language>{words.locale}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created></cp:coreProperties>'
    )


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
