"""Parts of office documents: unpacked within bounds and parsed without entities, network or great depth."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from fotfeste import office_gate
from fotfeste.messages import msg
from fotfeste.office_gate import BROKEN, Kind
from fotfeste.plans.documents.bounds import Bounds, broken, too_large
from fotfeste.uploads import checked_upload

LONGEST_NUMBER = 9
"""Digits of a number in an attribute beyond which no more are read."""


def opened(name: str, data: bytes, kind: Kind, bounds: Bounds) -> zipfile.ZipFile:
    """Return the archive of an office document that has passed the gate; raises :class:`InputError`."""
    limits = office_gate.Bounds(file=bounds.file, content=bounds.content)
    checked_upload(name, data, {kind}, limits)
    return zipfile.ZipFile(BytesIO(data))


def part(archive: zipfile.ZipFile, path: str, name: str, bounds: Bounds) -> Any | None:
    """Return the root of a part, or nothing when the document has no such part."""
    try:
        if archive.getinfo(path).file_size > bounds.part:
            raise too_large(name, msg("Filen har mer tekst enn det som leses."))
        content = archive.read(path)
    except KeyError:
        return None
    except BROKEN as error:
        raise broken(name) from error
    return parsed(content, name)


def stated_number(stated: str | None, most: int) -> int | None:
    """Return the whole number that an attribute states, at most ``most``; nothing for what is no such number."""
    if not stated or not (stated.isascii() and stated.isdigit()):
        return None
    return min(int(stated[:LONGEST_NUMBER]), most)


def parsed(content: bytes, name: str) -> Any:
    """Return the root of an XML text; raises :class:`InputError` for one that is broken or nested too deep."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(name) from error
