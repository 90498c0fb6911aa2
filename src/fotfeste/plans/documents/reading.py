"""Which reader takes a file, by what the file is and then by its name."""

from __future__ import annotations

from hashlib import sha256

from fotfeste.messages import msg
from fotfeste.plans.documents.bounds import Bounds, refused, too_large
from fotfeste.plans.documents.model import Document, Origin

READER = "1"
"""The edition of the reading: raised with every change that may change the text of a document."""
_MEGABYTE = 1_000_000


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
    if b"%PDF-" in data[:1024]:
        from fotfeste.plans.documents.pdf import read_pdf

        return read_pdf(data, _origin(name, data, "application/pdf"), bounds)
    raise refused(
        "kind",
        msg("Filen er ikke av et slag som kan leses."),
        name,
        msg("Bruk PDF, DOCX, ODT, HTML, Markdown eller ren tekst."),
    )


def _origin(name: str, data: bytes, media_type: str) -> Origin:
    return Origin(name, sha256(data).hexdigest(), media_type, f"fotfeste {READER}")
