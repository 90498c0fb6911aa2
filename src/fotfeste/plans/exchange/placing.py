"""A file from another program onto one document: which of its codings stand in it, and the account of what does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fotfeste.messages import msg
from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.model import Coding
from fotfeste.plans.documents.model import Document
from fotfeste.plans.exchange.coding_tables import read_codings
from fotfeste.plans.exchange.elements import refused
from fotfeste.plans.exchange.entering import same_codes
from fotfeste.plans.exchange.onto import FromSource, onto
from fotfeste.plans.exchange.packages import Bounds
from fotfeste.plans.exchange.qdpx import read_qdpx
from fotfeste.plans.exchange.reading import read_exchange
from fotfeste.plans.exchange.report import Report

TABLES, PROJECTS = ("csv", "xlsx"), ("qdpx", "sqlite3", "sqlite", "db")
ENDINGS = (*PROJECTS, *TABLES)
MOST = 20_000
"""Codings that one file may bring to one document."""


@dataclass(frozen=True)
class Placed:
    """The codings that are found in the document, and what is told of the file.

    ``codes`` are our ids of codes by theirs, none where the file has ours; ``names`` what theirs are called. ``coders`` are names of people: to be
    shown once and kept nowhere.
    """

    codings: tuple[Coding, ...]
    sources: tuple[FromSource, ...]
    report: Report
    codes: Mapping[str, str] | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    coders: tuple[str, ...] = ()


def placed_on(
    name: str, data: bytes, document: Document, book: Codebook, *, at: datetime, coder: str, bounds: Bounds
) -> Placed:
    """Return the codings of a file (a project of another program, or a table) as they stand in ``document``.

    ``at`` and ``coder`` are for rows of tables that do not say. Raises :class:`InputError`, also for more than ``MOST`` codings.
    """
    ending = name.rpartition(".")[2].lower()
    if ending in TABLES:
        found = read_codings(name, data, [document], book, at=at, coder=coder)
    elif ending == "qdpx":
        found = read_qdpx(name, data, at=at, bounds=bounds)
    else:
        found = read_exchange(name, data, at=at)
    here = onto(found, document)
    if len(here.codings) > MOST:
        raise refused(
            "many",
            msg(
                "Filen har {count} kodinger. Høyst {most} kan hentes inn.", count=len(here.codings), most=MOST
            ),
            name[-80:],
            msg("Del opp filen."),
        )
    theirs = found.codebook
    return Placed(
        here.codings,
        here.sources,
        found.report,
        None if theirs is None else same_codes(theirs, book),
        {} if theirs is None else {one.id: one.name["nb"] for one in theirs.codes},
        tuple(dict.fromkeys(name for name in found.coders.values() if name)),
    )
