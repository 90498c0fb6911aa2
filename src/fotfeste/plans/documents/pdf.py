"""PDF: what PDFium sees on each page, read in the order of its columns."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from fotfeste.messages import Message, msg, nmsg
from fotfeste.plans.documents.bounds import Bounds, broken, refused, too_large
from fotfeste.plans.documents.building import Block, build
from fotfeste.plans.documents.furniture import without_furniture
from fotfeste.plans.documents.glyphs import sheet
from fotfeste.plans.documents.headings import mark, plain, whole
from fotfeste.plans.documents.lines import Line, lines_of
from fotfeste.plans.documents.model import Document, Origin, Page, PassageKind
from fotfeste.plans.documents.paragraphs import (
    Paragraph,
    body_size,
    boxes,
    goes_on_over,
    joined,
    paragraphs,
    pitches,
    vocabulary,
)

PICTURE = 0.4
"""The share of a page that pictures cover from which one without text counts as scanned."""
BOOKMARKS = 5_000
_CHUNK = 1 << 14
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")


def read_pdf(data: bytes, origin: Origin, bounds: Bounds) -> Document:
    """Return the document; raises :class:`InputError` for one that is locked, broken, empty or too large."""
    if _bursts(data, bounds):
        raise too_large(origin.name, msg("Filen er for stor når den pakkes ut."))
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(origin.name) from error
    try:
        count = len(file)
        if count > bounds.pages:
            what = msg("Filen har {pages} sider, og det leses høyst {most}.", pages=count, most=bounds.pages)
            raise too_large(origin.name, what)
        if not count:
            raise broken(origin.name)
        pages, lines, remarks = _pages(file, origin.name, bounds)
        title = str(file.get_metadata_value("Title") or "")
        found = _paragraphs(lines, [page.height for page in pages], _bookmarks(file))
    finally:
        file.close()
    return build(map(_block, found), origin, bounds, title=title, pages=tuple(pages), remarks=remarks)


def _bursts(data: bytes, bounds: Bounds) -> bool:
    """Whether a packed part other than a picture, or all of them, unpacks to more than the bounds: PDFium would unpack it whole."""
    total = 0
    for start in _STREAM.finditer(data):
        head = data[max(0, start.start() - 2_000) : start.start()]
        head = head[head.rfind(b" obj") :]
        times = len(_PACKED.findall(head))
        if not times or b"/Image" in head:
            continue
        size = _unpacked(memoryview(data)[start.end() :], min(times, 4), bounds.stream)
        total += size
        if size > bounds.stream or total > bounds.content:
            return True
    return False


def _unpacked(packed: memoryview, times: int, most: int) -> int:
    """How many bytes a stream unpacks to when packed so many times over; counts no further than just beyond ``most``."""
    layers = [zlib.decompressobj() for _ in range(times)]
    size = place = 0
    try:
        while place < len(packed) and not layers[0].eof and size <= most:
            piece: bytes | memoryview = packed[place : place + _CHUNK]
            place += _CHUNK
            for layer in layers[:-1]:
                piece = layer.decompress(piece, most)
            size += len(layers[-1].decompress(piece, most - size + 1))
    except zlib.error:
        return size
    return size


def _refusal(name: str) -> Exception:
    if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
        return refused(
            "locked",
            msg("Filen er beskyttet med passord."),
            name,
            msg("Fjern passordet, lagre filen på nytt og prøv igjen."),
        )
    return broken(name)


def _pages(file: Any, name: str, bounds: Bounds) -> tuple[list[Page], list[list[Line]], list[Message]]:
    pages, lines, scanned, recognised, short = [], [], [], [], []
    letters = tables = objects = 0
    for place in range(len(file)):
        try:
            page = file[place]
        except pypdfium2.PdfiumError as error:
            raise broken(name) from error
        try:
            seen = sheet(page, place + 1, _label(file, place), bounds.page_letters, bounds.page_objects)
        finally:
            page.close()
        own, more = lines_of(seen)
        for line in own:
            if line.cell is not None:
                line.cell = replace(line.cell, table=tables + line.cell.table)
        tables += more
        amount = sum(len(line.text) for line in own)
        letters += amount
        objects += seen.objects
        if letters > bounds.letters or objects > bounds.objects:
            raise too_large(name, msg("Filen har mer tekst enn det som leses."))
        picture = amount < 20 and seen.pictures > PICTURE
        if picture:
            scanned.append(seen.label)
        if seen.recognised > 0.5 and seen.pictures > PICTURE:
            recognised.append(seen.label)
        if seen.cut_short:
            short.append(seen.label)
        pages.append(Page(place + 1, seen.label, round(seen.width, 2), round(seen.height, 2), picture))
        lines.append(own)
    return pages, lines, list(_remarks(scanned, recognised, short))


def _remarks(scanned: list[str], recognised: list[str], short: list[str]) -> Iterator[Message]:
    if scanned:
        yield nmsg(
            "{count} side er et bilde uten tekst: side {pages}.",
            "{count} sider er bilder uten tekst: side {pages}.",
            len(scanned),
            pages=_listed(scanned),
        )
    if recognised:
        yield nmsg(
            "{count} side er skannet, og teksten er gjenkjent av et program og kan ha feil: side {pages}.",
            "{count} sider er skannet, og teksten er gjenkjent av et program og kan ha feil: side {pages}.",
            len(recognised),
            pages=_listed(recognised),
        )
    if short:
        yield nmsg(
            "{count} side har for mye på seg, og er ikke lest til ende: side {pages}.",
            "{count} sider har for mye på seg, og er ikke lest til ende: side {pages}.",
            len(short),
            pages=_listed(short),
        )


def _listed(pages: list[str]) -> str:
    return ", ".join(pages[:30]) + (" …" if len(pages) > 30 else "")


def _label(file: Any, place: int) -> str:
    size = pdfium.FPDF_GetPageLabel(file, place, None, 0)
    if not 2 < size <= 200:
        return str(place + 1)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetPageLabel(file, place, buffer, size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0") or str(place + 1)


def _bookmarks(file: Any) -> dict[str, int]:
    """The document's own outline: the level of a heading from 1, by its whole text and, where that is one, without number."""
    levels: dict[str, set[int]] = {}
    for number, entry in enumerate(file.get_toc(max_depth=8)):
        if number >= BOOKMARKS:
            break
        title = entry.get_title() or ""
        for name in {whole(title), plain(title)} - {""}:
            levels.setdefault(name, set()).add(entry.level + 1)
    return {name: own.pop() for name, own in levels.items() if len(own) == 1}


def _paragraphs(pages: list[list[Line]], heights: list[float], bookmarks: dict[str, int]) -> list[Paragraph]:
    kept = without_furniture(pages, heights)
    body, pitch, words = body_size(kept), pitches(kept), vocabulary(kept)
    found: list[Paragraph] = []
    for lines in kept:
        found += paragraphs(lines, body, pitch)
    for one in found:
        one.text = joined(one, words)
    mark(found, body, bookmarks)
    joint: list[Paragraph] = []
    last: Paragraph | None = None
    for one in found:
        if last is not None and goes_on_over(last, one):
            last.lines += one.lines
            last.text = joined(last, words)
            continue
        joint.append(one)
        if one.kind not in (PassageKind.FOOTNOTE, PassageKind.CAPTION):
            last = one
    return joint


def _block(one: Paragraph) -> Block:
    pages = (one.lines[0].page, one.lines[-1].page)
    return Block(one.kind, one.text, one.level, pages, one.lines[0].cell, boxes(one.lines))
