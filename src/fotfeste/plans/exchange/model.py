"""What an import gives: a codebook, texts, codings, and what else stood in the file, with the account of all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.model import Coding
from fotfeste.plans.documents.model import Document
from fotfeste.plans.exchange.report import Report


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A set of codes that a person has put together; codebooks of ours have none, so it is kept beside them."""

    name: str
    description: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note or memo that stands by itself or by something that has none with us; ``about`` says by what."""

    name: str
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the project: its name there, the file that :func:`fotfeste.plans.documents.read` takes, and the document."""

    name: str
    file_name: str
    content: bytes
    document: Document


@dataclass(frozen=True)
class Imported:
    """All that came out of a file.

    ``guids`` are the ids of the file by our ids of codes, for handing the codebook back unchanged. ``coders`` are the names
    in the file by the ids that the codings carry: to be shown once and kept nowhere.
    """

    report: Report
    codebook: Codebook | None = None
    guids: Mapping[str, str] = field(default_factory=dict)
    sets: tuple[CodeSet, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
    codings: tuple[Coding, ...] = ()
    coders: Mapping[str, str] = field(default_factory=dict)
