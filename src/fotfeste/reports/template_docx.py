"""Fill a county's own Word template through named fields.

A field is a content control with a tag (Word: Developer, Properties, Tag) or ``{{name}}`` in the text. A table row
with fields of a list (``{{kommune.navn}}``) is repeated for every record of that list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from fotfeste.errors import Place
from fotfeste.messages import msg
from fotfeste.reports.template_package import open_template, parse, save_template, serialise, unknown_fields
from fotfeste.reports.xml_text import IMPOSSIBLE

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TOKEN = re.compile(r"\{\{\s*([\w.\-]+)\s*\}\}")
MAIN = "word/document.xml"
PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
PLACES = {"document": msg("dokumentet"), "header": msg("topptekst"), "footer": msg("bunntekst")}
GUARD = "\ue000"
"""Stands inside ``{{`` of a filled-in value while other fields are looked for, so that values are never fields."""

Records = Sequence[Mapping[str, str]]


def fill_docx(
    template: bytes,
    fields: Mapping[str, str],
    rows: Mapping[str, Records] | None = None,
    name: str = "mal.docx",
) -> bytes:
    """Return ``template`` with every named field filled in.

    ``fields`` are single values; ``rows`` are lists of records by the list's name, whose fields are written
    ``list.field``. Values are text: markup in them stays text, line breaks become line breaks. Content controls
    that are bound to data of their own (archive systems) are left alone.

    Raises :class:`fotfeste.errors.InputError`, naming ``name``, for a template that cannot be read, holds macros
    or links to outside content, or has fields that nothing fills (all are named, with all names that exist).
    """
    lists = dict(rows or {})
    parts = open_template(template, name, MAIN)
    unknown: list[tuple[str, Place]] = []
    known = [
        *fields,
        *(f"{key}.{field}" for key, records in lists.items() for field in (records[0] if records else ())),
    ]
    for part in [part for part in parts if PARTS.fullmatch(part)]:
        root = parse(parts[part], f"{name}, {part}")
        where: Place = PLACES.get(re.sub(r"\d", "", part.removeprefix("word/").removesuffix(".xml")), part)
        filled: set[_Element] = set()
        _repeat_rows(root, lists, where, unknown, filled)
        _fill(root, fields, where, unknown, filled)
        for node in root.iter(f"{W}t"):
            if node.text and GUARD in node.text:
                node.text = node.text.replace(GUARD, "")
        parts[part] = serialise(root)
    if unknown:
        raise unknown_fields(unknown, known, name)
    return save_template(parts)


def docx_fields(template: bytes, name: str = "mal.docx") -> tuple[str, ...]:
    """Return the names of all fields in a template, in order of appearance."""
    found: dict[str, None] = {}
    for part, content in open_template(template, name, MAIN).items():
        if PARTS.fullmatch(part):
            found |= dict.fromkeys(_names(parse(content, f"{name}, {part}")))
    return tuple(found)


def _names(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        yield from TOKEN.findall("".join(node.text or "" for node in _texts(paragraph)))
    for control in root.iter(f"{W}sdt"):
        if tag := _tag(control):
            yield tag


def _texts(paragraph: _Element) -> list[_Element]:
    """Return the text nodes of ``paragraph`` itself, not of text boxes anchored in it."""
    return [node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph]


def _tag(control: _Element) -> str:
    """Return the tag of a content control that is ours to fill, or an empty text."""
    properties = control.find(f"{W}sdtPr")
    if properties is None or properties.find(f"{W}dataBinding") is not None:
        return ""
    if properties.find(f"{W}docPartObj") is not None:
        return ""
    tag = properties.find(f"{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val", "")).strip()


def _repeat_rows(
    root: _Element,
    lists: Mapping[str, Records],
    where: Place,
    unknown: list[tuple[str, Place]],
    filled: set[_Element],
) -> None:
    for row in list(root.iter(f"{W}tr")):
        used = [name for name in _names(row) if name.partition(".")[0] in lists and "." in name]
        if not used or row.find(f".//{W}tbl") is not None:
            continue
        key = used[0].partition(".")[0]
        records = lists[key]
        fields = set(records[0]) if records else {name.partition(".")[2] for name in used}
        shown = "".join(node.text or "" for node in row.iter(f"{W}t"))[:60]
        place = msg("{where}, tabellrad «{row}»", where=where, row=shown)
        wrong = [
            name for name in used if name.partition(".")[0] != key or name.partition(".")[2] not in fields
        ]
        unknown += [(name, place) for name in dict.fromkeys(wrong)]
        parent = row.getparent()
        if wrong or parent is None:
            continue
        for record in records:
            copy = deepcopy(row)
            row.addprevious(copy)
            values = {f"{key}.{field}": value for field, value in record.items()}
            _fill(copy, values, where, None, filled)
        parent.remove(row)


def _fill(
    root: _Element,
    fields: Mapping[str, str],
    where: Place,
    unknown: list[tuple[str, Place]] | None,
    filled: set[_Element],
) -> None:
    """Fill tokens, then content controls; unknown names go to ``unknown`` (``None``: another pass reports them).

    ``filled`` holds the content controls that are done, and gets those that are done here.
    """
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        for field in _fill_tokens(paragraph, fields):
            if unknown is not None:
                unknown.append((field, msg("{where}, avsnitt {number}", where=where, number=number)))
    for control in list(root.iter(f"{W}sdt")):
        tag = _tag(control)
        if tag in fields:
            _fill_control(control, fields[tag])
            filled.add(control)
        elif tag and unknown is not None and control not in filled:
            unknown.append((tag, msg("{where}, innholdskontroll", where=where)))


def _fill_tokens(paragraph: _Element, fields: Mapping[str, str]) -> list[str]:
    nodes = _texts(paragraph)
    whole = "".join(node.text or "" for node in nodes)
    missing = []
    for match in reversed(list(TOKEN.finditer(whole))):
        if match[1] not in fields:
            missing.append(match[1])
            continue
        _replace(nodes, match.start(), match.end(), _guarded(fields[match[1]]))
    return missing[::-1]


def _replace(nodes: list[_Element], start: int, end: int, value: str) -> None:
    """Replace the signs from ``start`` to ``end``, counted over all ``nodes``, by ``value`` in the first of them."""
    place = 0
    target: _Element | None = None
    for node in nodes:
        content = node.text or ""
        left, right = max(start - place, 0), min(end - place, len(content))
        place += len(content)
        if left >= right:
            continue
        node.text = content[:left] + (value if target is None else "") + content[right:]
        node.set(SPACE, "preserve")
        target = node if target is None else target
    if target is not None:
        _break_lines(target)


def _break_lines(node: _Element) -> None:
    lines = (node.text or "").split("\n")
    node.text = lines[0]
    last = node
    for line in lines[1:]:
        added = node.makeelement(f"{W}br", {}), node.makeelement(f"{W}t", {SPACE: "preserve"})
        added[1].text = line
        for element in added:
            last.addnext(element)
            last = element


def _fill_control(control: _Element, value: str) -> None:
    content = control.find(f"{W}sdtContent")
    properties = control.find(f"{W}sdtPr")
    if content is None or properties is None:
        return
    for shown in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(shown)
    for style in content.findall(f".//{W}rStyle"):
        parent = style.getparent()
        if style.get(f"{W}val") == "PlaceholderText" and parent is not None:
            parent.remove(style)
    nodes = list(content.iter(f"{W}t"))
    if not nodes:
        holder = next(content.iter(f"{W}p"), content)
        run = holder.makeelement(f"{W}r", {})
        holder.append(run)
        nodes = [run.makeelement(f"{W}t", {})]
        run.append(nodes[0])
    for node in nodes[1:]:
        node.text = ""
    nodes[0].text = _guarded(value)
    nodes[0].set(SPACE, "preserve")
    _break_lines(nodes[0])


def _guarded(value: str) -> str:
    return IMPOSSIBLE.sub("", value).replace(GUARD, "").replace("{{", f"{{{GUARD}{{")
