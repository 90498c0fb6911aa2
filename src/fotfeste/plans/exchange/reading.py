"""Which reader takes a file from another program, by what the file is."""

from __future__ import annotations

from datetime import datetime

from fotfeste.messages import msg
from fotfeste.plans.exchange.codebook_tables import read_codebook_table
from fotfeste.plans.exchange.elements import refused
from fotfeste.plans.exchange.model import Imported
from fotfeste.plans.exchange.qdc import read_qdc
from fotfeste.plans.exchange.qdpx import read_qdpx
from fotfeste.plans.exchange.tables import read_table
from fotfeste.plans.exchange.taguette import HEADER, read_taguette

ENDINGS = ("qdpx", "qdc", "sqlite3", "sqlite", "db")
"""The endings of files that are from other programs and nothing else."""
_TABLES = ("csv", "xlsx")


def is_exchange(name: str, data: bytes) -> bool:
    """Whether a file is a project, a codebook or a table from another program, and no plan."""
    return data.startswith(HEADER) or _ending(name) in (*ENDINGS, *_TABLES)


def holds_codings(name: str, data: bytes) -> bool:
    """Whether a file is a table of codings, which :func:`read_codings` reads; raises :class:`InputError` for a broken table."""
    if _ending(name) not in _TABLES or data.startswith(HEADER):
        return False
    columns = {key for _, row in read_table(name, data) for key in row}
    return bool({"quote", "content", "text_sha256"} & columns)


def read_exchange(name: str, data: bytes, *, at: datetime, project: str | None = None) -> Imported:
    """Return what stands in a project or a codebook from another program: REFI-QDA, Taguette, or a table of tags.

    ``at`` is the moment of the import, with a time zone. Tables of codings need the documents that they are of, and are
    read by :func:`fotfeste.plans.exchange.read_codings`. Raises :class:`InputError`.
    """
    ending = _ending(name)
    if data.startswith(HEADER):
        return read_taguette(name, data, at=at, project=project)
    if ending == "qdpx":
        return read_qdpx(name, data, at=at)
    if ending == "qdc":
        return read_qdc(name, data, dated=at.date())
    if ending in _TABLES:
        return read_codebook_table(name, data, dated=at.date())
    raise refused(
        "kind",
        msg("Filen er ikke av et slag som kan leses."),
        name,
        msg("Bruk .qdpx, .qdc, et prosjekt fra Taguette (.sqlite3), eller en kodebok som CSV eller XLSX."),
    )


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
