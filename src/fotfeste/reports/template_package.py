"""A county's own template file: opened with care, refused when it carries programs or reaches out, and saved again.

DOCX and XLSX are ZIP files of XML parts (ECMA-376). Parts that no field touches are kept byte for byte.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from fotfeste.errors import InputError, Place, Problem
from fotfeste.messages import msg
from fotfeste.reports.docx_package import zipped

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 60_000_000
MOST_PARTS = 2_000
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def open_template(content: bytes, name: str, main_part: str) -> dict[str, bytes]:
    """Return the parts of a template by name.

    Raises :class:`fotfeste.errors.InputError` when the file is not of the kind whose main part is ``main_part``,
    is protected, too large, holds macros, or fetches anything from outside (links that a reader follows are fine).
    """
    if content.startswith(OLD_OR_LOCKED):
        raise InputError(
            "template.locked",
            msg("Malen er beskyttet med passord eller lagret i et gammelt format."),
            place=name,
            remedy=msg("Åpne malen, fjern passordet og lagre den som .docx eller .xlsx."),
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST:
                raise InputError(
                    "template.too_large",
                    msg("Malen er for stor til å fylles ut."),
                    place=name,
                    remedy=msg("Fjern store bilder og lagre malen på nytt."),
                )
            parts = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise _not_a_template(name) from error
    if main_part not in parts or "[Content_Types].xml" not in parts:
        raise _not_a_template(name)
    problems = [*_programs(parts, name), *_outside(parts, name)]
    if problems:
        raise InputError(
            "template.unsafe",
            msg("Malen kan ikke brukes, fordi den inneholder programmer eller henter noe utenfra."),
            place=name,
            problems=problems,
        )
    return parts


def save_template(parts: dict[str, bytes]) -> bytes:
    """Return the file again; the same parts give the same bytes."""
    return zipped(parts)


def parse(content: bytes, place: str) -> _Element:
    """Return the root of an XML part; declarations of own entities are refused."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False
    )
    try:
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise ValueError("declarations are not part of the format")
        return etree.fromstring(content, parser)
    except (ValueError, etree.XMLSyntaxError) as error:
        raise InputError(
            "template.broken",
            msg("Malen er ødelagt og kan ikke leses."),
            place=place,
            remedy=msg("Åpne malen i kontorprogrammet, lagre den på nytt og prøv igjen."),
        ) from error


def serialise(root: _Element) -> bytes:
    """Return an XML part as bytes."""
    from lxml import etree

    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _not_a_template(name: str) -> InputError:
    return InputError(
        "template.kind",
        msg("Malen er ikke en fil av riktig slag."),
        place=name,
        remedy=msg("Bruk et vanlig Word-dokument (.docx) eller en vanlig Excel-arbeidsbok (.xlsx)."),
    )


def _programs(parts: dict[str, bytes], name: str) -> list[Problem]:
    found = [
        part
        for part in parts
        if part.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in part.lower()
    ]
    if not found and b"macroEnabled" in parts["[Content_Types].xml"]:
        found = ["[Content_Types].xml"]
    remedy = msg("Lagre malen som .docx eller .xlsx uten makroer.")
    return [
        Problem("template.macro", msg("Malen inneholder makroer ({part}).", part=part), name, remedy)
        for part in found[:1]
    ]


def _outside(parts: dict[str, bytes], name: str) -> list[Problem]:
    problems = []
    remedy = msg("Fjern koblingen i malen (lim inn innholdet i stedet) og lagre på nytt.")
    for part, content in parts.items():
        if part.startswith("xl/externalLinks/") or part == "xl/connections.xml":
            what = msg("Malen er koblet til en annen fil eller datakilde ({part}).", part=part)
            problems.append(Problem("template.link", what, name, remedy))
        if not part.endswith(".rels"):
            continue
        for relation in parse(content, f"{name}, {part}").iter(RELATION):
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            if relation.get("TargetMode") == "External" and kind != "hyperlink":
                what = msg("Malen henter noe utenfra: {target}", target=str(relation.get("Target", "")))
                problems.append(Problem("template.link", what, name, remedy))
    return problems


def unknown_fields(found: Sequence[tuple[str, Place]], known: list[str], name: str) -> InputError:
    """Return the error for fields that nothing fills: every one with its place, and all names that can be used."""
    listed = ", ".join(sorted(known))
    problems = [
        Problem(
            "template.field",
            msg("Feltet «{field}» finnes ikke.", field=field),
            msg("{file}, {place}", file=name, place=place),
        )
        for field, place in found
    ]
    return InputError(
        "template.fields",
        msg("Malen har felter som ikke kan fylles ut."),
        place=name,
        remedy=msg("Disse feltene kan brukes: {names}", names=listed),
        problems=problems,
    )
