"""Which reader takes a file from another program, by what the file is."""

from __future__ import annotations

from datetime import datetime

from fotfeste.messages import msg
from fotfeste.plans.exchange.codebook_tables import read_codebook_table
from fotfeste.plans.exchange.elements import refused
from fotfeste.plans.exchange.model import Imported
from fotfeste.plans.exchange.qdc import read_qdc
from fotfeste.plans.exchange.qdpx import read_qdpx
from fotfeste.plans.exchange.taguette import HEADER, read_taguette

ENDINGS = ("qdpx", "qdc", "sqlite3", "sqlite", "db")
"""The endings of files that are from other programs and nothing else."""


def read_exchange(name: str, data: bytes, *, at: datetime, project: str | None = None) -> Imported:
    """Return what stands in a project or a codebook from another program: REFI-QDA, Taguette, or a table of tags.

    ``at`` is the moment of the import, with a time zone. Tables of codings need the documents that they are of, and are
    read by :func:`fotfeste.plans.exchange.read_codings`. Raises :class:`InputError`.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith(HEADER):
        return read_taguette(name, data, at=at, project=project)
    if ending == "qdpx":
        return read_qdpx(name, data, at=at)
    if ending == "qdc":
        return read_qdc(name, data, dated=at.date())
    if ending in ("csv", "xlsx"):
        return read_codebook_table(name, data, dated=at.date())
    raise refused(
        "kind",
        msg("Filen er ikke av et slag som kan leses."),
        name,
        msg("Bruk .qdpx, .qdc, et prosjekt fra Taguette (.sqlite3), eller en kodebok som CSV eller XLSX."),
    )
