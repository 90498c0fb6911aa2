"""The gate for strangers' files: what they are by their content, and whether they are safe to open.

DOCX and XLSX (ECMA-376), ODT and ODS (OASIS) are ZIP files of XML parts; PNG and JPEG are pictures. Nothing is unpacked to disk, and no part is
unpacked beyond what the limits allow, whatever the file says of itself.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import urlsplit

MEGABYTE = 1_000_000
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How the container starts that both old Office files and those with a password are."""
RATIO_COUNTS_FROM = MEGABYTE
"""Bytes of one part: small ones are often packed well, and harm nobody."""
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""What reading a damaged archive may end with, also one that says it is locked or packed in an unknown way."""
_CHUNK = 1 << 16
_ENCODING = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")
_PDF_STREAM = re.compile(rb"\bstream\r?\n.*?endstream", re.DOTALL)
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch)\b")


class Kind(StrEnum):
    """What a file is, by its content; the value is its ending."""

    DOCX = "docx"
    XLSX = "xlsx"
    ODS = "ods"
    ODT = "odt"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


class Fault(StrEnum):
    """Why a file does not pass."""

    LOCKED = "locked"
    KIND = "kind"
    HUGE = "huge"
    NAMES = "names"
    MACRO = "macro"
    LINK = "link"
    ENTITIES = "entities"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The largest file and what it may unpack to (bytes), the most parts, and how many times smaller a part may be packed."""

    file: int = 20 * MEGABYTE
    content: int = 60 * MEGABYTE
    parts: int = 2_000
    ratio: int = 300


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that keeps a file out: why, in which part, and what it reaches for."""

    fault: Fault
    part: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file as the gate sees it: its kind, when it is one that is known, and what keeps it out."""

    kind: Kind | None
    found: tuple[Found, ...] = ()


_MAIN = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
}
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_MACRO_ENDINGS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("/macrosheets/", "/dialogsheets/", "/activex/")


def examine(file: bytes | IO[bytes], bounds: Bounds) -> Examined:
    """Return what ``file`` is and everything that keeps it out; a safe file has nothing.

    ``file`` is its bytes or a stream that can be sought in.
    """
    stream = BytesIO(file) if isinstance(file, bytes) else file
    size = stream.seek(0, 2)
    stream.seek(0)
    start = stream.read(1024)
    stream.seek(0)
    if size > bounds.file:
        return Examined(None, (Found(Fault.HUGE),))
    if start.startswith(OLD_OR_LOCKED):
        return Examined(None, (Found(Fault.LOCKED),))
    if start.startswith(b"%PDF-"):
        return _pdf(stream.read())
    if start.startswith((_PNG, _JPEG)):
        return _picture(stream.read())
    if not start.startswith(b"PK\x03\x04"):
        return Examined(None, (Found(Fault.KIND),))
    try:
        with zipfile.ZipFile(stream) as archive:
            return _package(archive, bounds)
    except BROKEN:
        return Examined(None, (Found(Fault.BROKEN),))


def _pdf(content: bytes) -> Examined:
    # What is packed inside a PDF is not looked into; a reader of PDF asks before anything in it runs.
    found = []
    bare = _PDF_STREAM.sub(b"", content)
    if b"%%EOF" not in content[-2048:]:
        found.append(Found(Fault.BROKEN))
    if re.search(rb"/Encrypt\b", bare):
        found.append(Found(Fault.LOCKED))
    if _PDF_ACTIVE.search(bare):
        found.append(Found(Fault.MACRO))
    return Examined(Kind.PDF, tuple(found))


def _picture(content: bytes) -> Examined:
    """A picture with an end. Telephones write more after that of a JPEG, so that is no fault."""
    png = content.startswith(_PNG)
    whole = content.endswith(_PNG_END) if png else _JPEG_END in content
    return Examined(Kind.PNG if png else Kind.JPEG, () if whole else (Found(Fault.BROKEN),))


def _package(archive: zipfile.ZipFile, bounds: Bounds) -> Examined:
    parts = archive.infolist()
    if len(parts) > bounds.parts or sum(one.file_size for one in parts) > bounds.content:
        return Examined(None, (Found(Fault.HUGE),))
    kind = _kind(archive, {one.filename for one in parts}, bounds)
    found = [*_names(parts), *_packing(parts, bounds)]
    if found:
        return Examined(kind, tuple(found))
    for part in parts:
        if part.is_dir():
            continue
        found += _part(archive, part, bounds)
    if kind is None:
        found.insert(0, Found(Fault.KIND))
    return Examined(kind, tuple(found))


def _kind(archive: zipfile.ZipFile, names: Collection[str], bounds: Bounds) -> Kind | None:
    if "[Content_Types].xml" in names:
        kinds = [kind for part, kind in _MAIN.items() if part in names]
        return kinds[0] if len(kinds) == 1 else None
    if "mimetype" in names and "content.xml" in names:
        stated = archive.getinfo("mimetype")
        if not stated.flag_bits & 1 and stated.file_size < 200:
            return _OPEN_DOCUMENTS.get(_unpacked(archive, stated, bounds))
    return None


def _names(parts: Collection[zipfile.ZipInfo]) -> Iterator[Found]:
    """Names that lead out of the archive, are none, stand twice (also in other case: each reader would choose), or are links."""
    seen: set[str] = set()
    for part in parts:
        name = part.orig_filename
        path = PurePosixPath(name)
        leads_out = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name
        link = stat.S_ISLNK(part.external_attr >> 16)
        if leads_out or link or not part.filename or name.lower() in seen:
            yield Found(Fault.NAMES, part.filename)
        seen.add(name.lower())


def _packing(parts: Collection[zipfile.ZipInfo], bounds: Bounds) -> Iterator[Found]:
    for part in parts:
        if part.flag_bits & 1:
            yield Found(Fault.LOCKED, part.filename)
        elif part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield Found(Fault.BROKEN, part.filename)
        elif part.file_size > RATIO_COUNTS_FROM and part.file_size > bounds.ratio * max(
            part.compress_size, 1
        ):
            yield Found(Fault.HUGE, part.filename)


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, bounds: Bounds) -> Iterator[Found]:
    name = part.filename.lower()
    content = _unpacked(archive, part, bounds)
    if name.endswith(_MACRO_ENDINGS) or any(one in f"/{name}" for one in _MACRO_FOLDERS):
        yield Found(Fault.MACRO, part.filename)
    if name.startswith(("basic/", "scripts/")):
        yield Found(Fault.MACRO, part.filename)
    if name.startswith("xl/externallinks/") or name == "xl/connections.xml":
        yield Found(Fault.LINK, part.filename)
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    text = readable(content)
    if declares(content):
        yield Found(Fault.ENTITIES, part.filename)
        return
    if name == "[content_types].xml" and b"macroEnabled" in text:
        yield Found(Fault.MACRO, part.filename)
    if name == "meta-inf/manifest.xml" and b"encryption-data" in text:
        yield Found(Fault.LOCKED, part.filename)
    if name.endswith(".rels"):
        yield from _reaching(part, content, _fetched)
    elif name in ("content.xml", "styles.xml"):
        yield from _reaching(part, content, _fetched_by_open_document)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, bounds: Bounds) -> bytes:
    """Return a part, unpacked piece by piece and never further than the limit; one that holds more fails its checksum."""
    pieces, size = [], 0
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > min(part.file_size, bounds.content):
                raise zipfile.BadZipFile(part.filename)
            pieces.append(piece)
    return b"".join(pieces)


def readable(content: bytes) -> bytes:
    """Return XML so that its declarations can be searched for, also when it is written with two bytes a letter."""
    text = content.replace(b"\x00", b"") if b"\x00" in content[:8] else content
    return text.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")


def declares(content: bytes) -> bool:
    """Whether XML declares a document type or entities, or is written in letters in which that could be hidden."""
    text = readable(content)
    stated = _ENCODING.match(text)
    if stated and stated[1].lower() not in _ENCODINGS:
        return True
    hidden = bool(text) and not text.lstrip().startswith(b"<")
    return hidden or b"<!DOCTYPE" in text or b"<!ENTITY" in text


def _reaching(
    part: zipfile.ZipInfo, content: bytes, fetched: Callable[[str, Mapping[str, str]], str | None]
) -> Iterator[Found]:
    """Yield what the elements of a part fetch; the part declares nothing, so that the parser cannot be exhausted."""
    from xml.etree.ElementTree import ParseError, iterparse

    try:
        for _, element in iterparse(BytesIO(content)):
            own = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
            target = fetched(str(element.tag).rpartition("}")[2], own)
            if target is not None:
                yield Found(Fault.LINK, part.filename, target)
            element.clear()
    except ParseError:
        yield Found(Fault.BROKEN, part.filename)


def _fetched(element: str, own: Mapping[str, str]) -> str | None:
    """Links that a reader follows by hand are fine."""
    kind = own.get("Type", "").rpartition("/")[2]
    external = element == "Relationship" and own.get("TargetMode", "").strip().lower() == "external"
    return own.get("Target", "") if external and kind != "hyperlink" else None


def _fetched_by_open_document(element: str, own: Mapping[str, str]) -> str | None:
    target = own.get("href", "")
    if element == "dde-source":
        return own.get("dde-item", "")
    if not target or element == "a":
        return None
    address = urlsplit(target)
    outside = address.scheme or address.netloc or target.startswith(("/", "../"))
    return target if outside else None
