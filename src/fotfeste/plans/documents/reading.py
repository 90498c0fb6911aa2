"""Which reader takes a file, by what the file is and then by its name."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from fotfeste.messages import msg
from fotfeste.office_gate import OLD_OR_LOCKED
from fotfeste.plans.documents.bounds import Bounds, refused, too_large
from fotfeste.plans.documents.model import Document, Origin

READER = "1"
"""The edition of the reading: raised with every change that may change the text of a document."""
_MEGABYTE = 1_000_000
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
}


def read(name: str, data: bytes, *, bounds: Bounds | None = None) -> Document:
    """Return the plan in the file ``data`` called ``name``.

    Raises :class:`InputError` with a code that starts with ``plan.`` (``locked``, ``broken``, ``empty``, ``huge``,
    ``kind``) or, for office documents that are not safe to open, ``upload.``.
    """
    bounds = bounds or Bounds()
    if not data:
        raise refused("empty", msg("Filen er tom."), name, msg("Sjekk at riktig fil er valgt."))
    if len(data) > bounds.file:
        what = msg(
            "Filen er på {size} MB, og det leses høyst {most} MB.",
            size=len(data) // _MEGABYTE,
            most=bounds.file // _MEGABYTE,
        )
        raise too_large(name, what)
    kind = _kind(name, data)
    if kind is None:
        raise refused(
            "kind",
            msg("Filen er ikke av et slag som kan leses."),
            name,
            msg("Bruk PDF, DOCX, ODT, HTML, Markdown eller ren tekst."),
        )
    origin = Origin(name, sha256(data).hexdigest(), _MEDIA_TYPES[kind], f"fotfeste {READER}")
    return _reader(kind)(data, origin, bounds)


def _kind(name: str, data: bytes) -> str | None:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith((b"PK", OLD_OR_LOCKED)):
        # What is in the archive decides; the gate says what is wrong with one that is neither.
        return "odt" if ending == "odt" else "docx"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or ending in ("html", "htm", "xhtml"):
        return "html"
    return {"md": "md", "markdown": "md", "txt": "txt", "text": "txt", "": "txt"}.get(ending)


def _reader(kind: str) -> Callable[[bytes, Origin, Bounds], Document]:
    """The reader of a kind of file; each needs a library that is imported only when it is used."""
    if kind == "pdf":
        from fotfeste.plans.documents.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from fotfeste.plans.documents.docx import read_docx

        return read_docx
    if kind == "odt":
        from fotfeste.plans.documents.odt import read_odt

        return read_odt
    if kind == "html":
        from fotfeste.plans.documents.html import read_html

        return read_html
    if kind == "md":
        from fotfeste.plans.documents.markdown import read_markdown

        return read_markdown
    from fotfeste.plans.documents.plain import read_plain

    return read_plain
