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
from fotfeste.office_gate import Bounds, Fault, Found, Kind, declares, examine
from fotfeste.reports.docx_package import zipped

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 60_000_000
MOST_PARTS = 2_000
_KINDS = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}


def open_template(content: bytes, name: str, main_part: str) -> dict[str, bytes]:
    """Return the parts of a template by name.

    Raises :class:`fotfeste.errors.InputError` when the file is not of the kind whose main part is ``main_part``,
    is protected, too large, holds macros, or fetches anything from outside (links that a reader follows are fine).
    """
    examined = examine(content, Bounds(LARGEST, LARGEST, MOST_PARTS))
    faults = {one.fault for one in examined.found}
    if Fault.LOCKED in faults:
        raise InputError(
            "template.locked",
            msg("Malen er beskyttet med passord eller lagret i et gammelt format."),
            place=name,
            remedy=msg("Åpne malen, fjern passordet og lagre den som .docx eller .xlsx."),
        )
    if Fault.HUGE in faults:
        raise InputError(
            "template.too_large",
            msg("Malen er for stor til å fylles ut."),
            place=name,
            remedy=msg("Fjern store bilder og lagre malen på nytt."),
        )
    if Fault.ENTITIES in faults:
        raise _broken(name)
    if faults & {Fault.KIND, Fault.BROKEN, Fault.NAMES} or examined.kind is not _KINDS[main_part]:
        raise _not_a_template(name)
    if problems := [*_programs(examined.found, name), *_outside(examined.found, name)]:
        raise InputError(
            "template.unsafe",
            msg("Malen kan ikke brukes, fordi den inneholder programmer eller henter noe utenfra."),
            place=name,
            problems=problems,
        )
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


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
        if declares(content):
            raise ValueError("declarations are not part of the format")
        return etree.fromstring(content, parser)
    except (ValueError, etree.XMLSyntaxError) as error:
        raise _broken(place) from error


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


def _broken(place: str) -> InputError:
    return InputError(
        "template.broken",
        msg("Malen er ødelagt og kan ikke leses."),
        place=place,
        remedy=msg("Åpne malen i kontorprogrammet, lagre den på nytt og prøv igjen."),
    )


def _programs(found: Sequence[Found], name: str) -> list[Problem]:
    remedy = msg("Lagre malen som .docx eller .xlsx uten makroer.")
    return [
        Problem("template.macro", msg("Malen inneholder makroer ({part}).", part=one.part), name, remedy)
        for one in found
        if one.fault is Fault.MACRO
    ][:1]


def _outside(found: Sequence[Found], name: str) -> list[Problem]:
    remedy = msg("Fjern koblingen i malen (lim inn innholdet i stedet) og lagre på nytt.")
    return [
        Problem(
            "template.link",
            msg("Malen henter noe utenfra: {target}", target=one.target)
            if one.target
            else msg("Malen er koblet til en annen fil eller datakilde ({part}).", part=one.part),
            name,
            remedy,
        )
        for one in found
        if one.fault is Fault.LINK
    ]


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
