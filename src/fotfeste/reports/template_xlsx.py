"""Fill a county's own Excel template through named fields.

A field is a cell with a defined name (Excel: Name Manager), or ``{{name}}`` in a cell. A row with fields of a list
(``{{kommune.navn}}``) is the first of the list's rows; the rest is written below it. Formulas are kept and are
computed anew when the file is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from posixpath import normpath
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Problem
from fotfeste.messages import msg, nmsg
from fotfeste.reports.template_docx import TOKEN
from fotfeste.reports.template_package import open_template, parse, save_template, serialise, unknown_fields
from fotfeste.reports.xml_text import IMPOSSIBLE
from fotfeste.statistics.figure import Figure

if TYPE_CHECKING:
    from lxml.etree import _Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MAIN = "xl/workbook.xml"
REFERENCE = re.compile(r"^'?((?:[^'!]|'')+)'?!\$?([A-Z]{1,3})\$?(\d{1,7})$")

Records = Sequence[Mapping[str, object]]


@dataclass(slots=True)
class _Sheet:
    name: str
    part: str
    root: _Element


def fill_xlsx(
    template: bytes,
    fields: Mapping[str, object],
    rows: Mapping[str, Records] | None = None,
    name: str = "mal.xlsx",
) -> bytes:
    """Return ``template`` with every named field filled in.

    Numbers (whole, exact fractions, figures) stay numbers; everything else is text, also when it begins with
    ``=``. A figure without a number is its sign. A cell that holds ``{{name}}`` and nothing else takes the value
    as it is; inside other text the value is written out.

    Raises :class:`fotfeste.errors.InputError`, naming ``name`` and the cell, for a template that cannot be read,
    holds macros or links to other files, has fields that nothing fills, or has no room below a list.
    """
    lists = dict(rows or {})
    parts = open_template(template, name, MAIN)
    workbook = parse(parts[MAIN], f"{name}, {MAIN}")
    sheets = list(_sheets(parts, workbook, name))
    strings = _shared_strings(parts, name)
    unknown: list[tuple[str, str]] = []
    crowded: list[Problem] = []
    for sheet in sheets:
        _fill_sheet(sheet, fields, lists, strings, unknown, crowded, name)
    _fill_names(workbook, sheets, fields, name)
    known = [
        *fields,
        *(f"{key}.{field}" for key, records in lists.items() for field in (records[0] if records else ())),
    ]
    if unknown:
        raise unknown_fields(unknown, known, name)
    if crowded:
        raise InputError(
            "template.no_room",
            msg("Malen har ikke plass til hele listen."),
            place=name,
            remedy=msg("Flytt det som står under listen, eller sett inn tomme rader."),
            problems=crowded,
        )
    for sheet in sheets:
        for cell in sheet.root.iter(f"{S}c"):
            _forget_result(cell)
        parts[sheet.part] = serialise(sheet.root)
    _compute_on_opening(workbook)
    parts[MAIN] = serialise(workbook)
    parts.pop("xl/calcChain.xml", None)
    _drop_calculation_chain(parts, name)
    return save_template(parts)


def _sheets(parts: dict[str, bytes], workbook: _Element, name: str) -> Iterator[_Sheet]:
    relations = parse(parts["xl/_rels/workbook.xml.rels"], name)
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
    for sheet in workbook.iter(f"{S}sheet"):
        target = targets.get(str(sheet.get(f"{R}id")), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if part in parts:
            yield _Sheet(str(sheet.get("name")), part, parse(parts[part], f"{name}, {part}"))


def _shared_strings(parts: dict[str, bytes], name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = parse(parts["xl/sharedStrings.xml"], name)
    return ["".join(node.text or "" for node in item.iter(f"{S}t")) for item in root.iter(f"{S}si")]


def _content(cell: _Element, strings: list[str]) -> str:
    """Return the text of a cell that holds text; formulas and numbers give an empty text."""
    if cell.find(f"{S}f") is not None:
        return ""
    if cell.get("t") == "inlineStr":
        return "".join(node.text or "" for node in cell.iter(f"{S}t"))
    value = cell.find(f"{S}v")
    if cell.get("t") == "s" and value is not None and value.text:
        place = int(value.text)
        return strings[place] if place < len(strings) else ""
    return ""


def _fill_sheet(
    sheet: _Sheet,
    fields: Mapping[str, object],
    lists: Mapping[str, Records],
    strings: list[str],
    unknown: list[tuple[str, str]],
    crowded: list[Problem],
    name: str,
) -> None:
    cells = {str(cell.get("r")): cell for cell in sheet.root.iter(f"{S}c")}
    for reference, cell in list(cells.items()):
        content = _content(cell, strings)
        names = TOKEN.findall(content)
        if not names:
            continue
        place = f"{sheet.name}!{reference}"
        key = names[0].partition(".")[0]
        if key in lists and "." in names[0]:
            records = [{f"{key}.{field}": value for field, value in record.items()} for record in lists[key]]
            missing = [one for one in names if records and one not in records[0]]
            unknown += [(one, place) for one in missing]
            if not missing:
                crowded += _fill_down(sheet, cell, content, records, cells, name)
            continue
        missing = [one for one in names if one not in fields]
        unknown += [(one, place) for one in missing]
        if not missing:
            _write(cell, _filled(content, fields))


def _filled(content: str, fields: Mapping[str, object]) -> object:
    whole = TOKEN.fullmatch(content.strip())
    if whole is not None:
        return fields[whole[1]]
    return TOKEN.sub(lambda match: _as_text(fields[match[1]]), content)


def _fill_down(
    sheet: _Sheet,
    cell: _Element,
    content: str,
    records: list[dict[str, object]],
    cells: dict[str, _Element],
    name: str,
) -> list[Problem]:
    column, first = _split(str(cell.get("r")))
    _write(cell, _filled(content, records[0]) if records else None)
    for offset, record in enumerate(records[1:], start=1):
        reference = f"{column}{first + offset}"
        below = cells.get(reference)
        if below is not None and (
            below.find(f"{S}v") is not None or below.find(f"{S}f") is not None or len(below)
        ):
            what = nmsg(
                "Cellen er ikke tom, men listen trenger {count} rad.",
                "Cellen er ikke tom, men listen trenger {count} rader.",
                len(records),
            )
            return [Problem("template.no_room", what, f"{name}, {sheet.name}!{reference}")]
        if below is None:
            below = _insert(sheet.root, reference, cells)
        if cell.get("s") and not below.get("s"):
            below.set("s", str(cell.get("s")))
        _write(below, _filled(content, record))
    return []


def _split(reference: str) -> tuple[str, int]:
    letters = reference.rstrip("0123456789")
    return letters, int(reference[len(letters) :])


def _insert(root: _Element, reference: str, cells: dict[str, _Element]) -> _Element:
    """Add an empty cell in its right place among rows and columns."""
    column, number = _split(reference)
    data = root.find(f"{S}sheetData")
    if data is None:
        raise ValueError("a sheet has sheetData")
    rows = {int(str(row.get("r"))): row for row in data.findall(f"{S}row") if row.get("r")}
    row = rows.get(number)
    if row is None:
        row = data.makeelement(f"{S}row", {"r": str(number)})
        before = [here for place, here in rows.items() if place < number]
        data.insert(data.index(before[-1]) + 1 if before else 0, row)
    row.attrib.pop("spans", None)
    cell = row.makeelement(f"{S}c", {"r": reference})
    wanted = (len(column), column)
    places = [_split(str(one.get("r")))[0] for one in row.findall(f"{S}c")]
    row.insert(sum((len(place), place) < wanted for place in places), cell)
    cells[reference] = cell
    return cell


def _write(cell: _Element, value: object) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, Figure) and value.value is not None:
        value = value.value
    if value is None:
        return
    if isinstance(value, int | Fraction | float) and not isinstance(value, bool):
        number = cell.makeelement(f"{S}v", {})
        number.text = str(value) if isinstance(value, int) else repr(float(value))
        cell.append(number)
        return
    cell.set("t", "inlineStr")
    holder = cell.makeelement(f"{S}is", {})
    text = holder.makeelement(f"{S}t", {SPACE: "preserve"})
    text.text = IMPOSSIBLE.sub("", _as_text(value))
    holder.append(text)
    cell.append(holder)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Figure):
        return _as_text(value.value) if value.value is not None else str(value.mark)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, Fraction | float):
        return f"{float(value):g}".replace(".", ",")
    return str(value)


def _fill_names(workbook: _Element, sheets: list[_Sheet], fields: Mapping[str, object], name: str) -> None:
    by_name = {sheet.name: sheet for sheet in sheets}
    problems = []
    for defined in workbook.iter(f"{S}definedName"):
        field = str(defined.get("name"))
        if field not in fields:
            continue
        match = REFERENCE.match((defined.text or "").strip())
        sheet = by_name.get(match[1].replace("''", "'")) if match else None
        if match is None or sheet is None:
            what = msg("Navnet «{field}» må vise til én celle i arbeidsboken.", field=field)
            problems.append(Problem("template.name", what, f"{name}, {defined.text or ''}"))
            continue
        cells = {str(cell.get("r")): cell for cell in sheet.root.iter(f"{S}c")}
        reference = f"{match[2]}{match[3]}"
        cell = cells[reference] if reference in cells else _insert(sheet.root, reference, cells)
        if cell.find(f"{S}f") is not None:
            what = msg("Navnet «{field}» viser til en celle med formel.", field=field)
            problems.append(Problem("template.name", what, f"{name}, {sheet.name}!{reference}"))
            continue
        _write(cell, fields[field])
    if problems:
        raise InputError(
            "template.names", msg("Malen har navn som ikke kan fylles ut."), place=name, problems=problems
        )


def _forget_result(cell: _Element) -> None:
    """Remove the stored result of a formula: it was computed before the fields were filled."""
    if cell.find(f"{S}f") is None:
        return
    for value in cell.findall(f"{S}v"):
        cell.remove(value)
    cell.attrib.pop("t", None)


def _compute_on_opening(workbook: _Element) -> None:
    settings = workbook.find(f"{S}calcPr")
    if settings is None:
        settings = workbook.makeelement(f"{S}calcPr", {})
        after = [workbook.find(f"{S}{tag}") for tag in ("definedNames", "externalReferences", "sheets")]
        last = next(element for element in after if element is not None)
        last.addnext(settings)
    settings.set("fullCalcOnLoad", "1")


def _drop_calculation_chain(parts: dict[str, bytes], name: str) -> None:
    for part, tag, attribute in (
        ("[Content_Types].xml", "Override", "PartName"),
        ("xl/_rels/workbook.xml.rels", "Relationship", "Target"),
    ):
        root = parse(parts[part], f"{name}, {part}")
        gone = [one for one in root if one.tag.endswith(tag) and "calcChain" in str(one.get(attribute))]
        for one in gone:
            root.remove(one)
        if gone:
            parts[part] = serialise(root)
