"""The folder: ``documents/`` in stored form, ``register.toml``, a log of coding for each codebook, and an index that can be made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.files import write_whole
from fotfeste.messages import msg
from fotfeste.plans.coding.log import CodingLog
from fotfeste.plans.coding.log_file import keep, read_log
from fotfeste.plans.documents.model import Document
from fotfeste.plans.documents.reading import read
from fotfeste.plans.documents.stored import dump, load
from fotfeste.plans.register.stored import dump_register, joined, read_register, shipped_register
from fotfeste.plans.register.values import Plan, PlanFile, Register

DOCUMENTS, REGISTER, INDEX = "documents", "register.toml", "index.sqlite3"
ENDING = ".json.gz"
SHORT = 12
"""Signs of a check sum that are enough to name a document on the command line."""


@dataclass(frozen=True)
class Held:
    """A document in the folder: the first signs of the check sum of its file, the document, and the plan it belongs to.

    ``role`` is what the document is to the plan: ``plan``, ``draft``, ``appendix`` …; both are empty where nobody has said.
    """

    id: str
    document: Document
    plan: Plan | None = None
    role: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of a file that was to be taken in: its document, and whether it was there already."""

    held: Held
    known: bool


class Collection:
    """The plans in one folder. Files are written whole or not at all; what is read stays until the object is let go.

    ``reading`` reads the files that are taken in: :func:`fotfeste.plans.documents.read`, or the same with other bounds.
    """

    def __init__(self, folder: Path, reading: Callable[[str, bytes], Document] = read) -> None:
        self.folder = folder
        self.reading = reading
        self._read: dict[str, Document] = {}

    @cached_property
    def own(self) -> Register:
        """The plans that the user has entered here."""
        path = self.folder / REGISTER
        return read_register(path) if path.exists() else Register(())

    @cached_property
    def register(self) -> Register:
        """The register that comes with Fotfeste with the user's own plans over it."""
        return joined([shipped_register(), self.own])

    def names(self) -> tuple[str, ...]:
        """Return the ids of the documents, in order."""
        folder = self.folder / DOCUMENTS
        if not folder.is_dir():
            return ()
        return tuple(sorted(one.name.removesuffix(ENDING) for one in folder.glob(f"*{ENDING}")))

    def held(self) -> tuple[Held, ...]:
        """Return every document with the plan it belongs to."""
        return tuple(self._held(name) for name in self.names())

    def find(self, name: str) -> Held:
        """Return the document that ``name`` means: an id or the start of one, the name of its file, or the id of a plan.

        Raises :class:`InputError` when none or several are meant.
        """
        found = [one for one in self.held() if _means(one, name)]
        if len(found) == 1:
            return found[0]
        if found:
            what = msg("«{name}» kan være flere dokumenter: {ids}.", name=name[:100], ids=_ids(found))
            raise InputError("plan.document_ambiguous", what, remedy=msg("Oppgi id-en til ett av dem."))
        raise InputError(
            "plan.document_unknown",
            msg("Det er ikke lest inn noe dokument som heter «{name}».", name=name[:100]),
            remedy=msg("Les det inn først, eller oppgi id-en, filnavnet eller planens id slik de står blant dem som er lest inn."),
            command=msg("«fotfeste plans import» leser inn, og viser uten filer hva som er lest inn."),
        )  # fmt: skip

    def take_in(
        self,
        name: str,
        content: bytes,
        dated: date,
        plan: Callable[[Document], Plan] | None = None,
        role: str = "plan",
    ) -> Kept:
        """Read a file into the folder; what ``plan`` makes of the document is the plan that it is entered under.

        The same file again is not read anew, so that codings keep their text. Raises :class:`InputError` for a file that
        cannot be read; nothing is then changed.
        """
        from hashlib import sha256

        digest = sha256(content).hexdigest()
        known = digest[:SHORT] in self.names()
        document = self._document(digest[:SHORT]) if known else self.reading(name, content)
        entered = plan(document) if plan is not None else None
        if not known:
            write_whole(self.folder / DOCUMENTS / f"{digest[:SHORT]}{ENDING}", dump(document))
            self._read[digest[:SHORT]] = document
        if entered is not None:
            self._enter(entered, PlanFile(name, digest, role), dated)
        return Kept(self._held(digest[:SHORT]), known)

    def _enter(self, plan: Plan, file: PlanFile, dated: date) -> None:
        files = (*(one for one in plan.files if one.sha256 != file.sha256), file)
        entered = replace(plan, files=files)
        own = [one for one in self.own.plans if one.id != plan.id]
        register = joined([Register(tuple(own)), Register((entered,))])
        write_whole(self.folder / REGISTER, dump_register(register, dated))
        for name in ("own", "register", "_files"):
            self.__dict__.pop(name, None)

    def log(self, codebook: str) -> CodingLog:
        """Return the log of coding by a codebook (its id, then its date); an empty one where nobody has coded by it."""
        path = self._log(codebook)
        return read_log(path) if path.exists() else CodingLog(codebook)

    def keep_log(self, before: CodingLog, after: CodingLog) -> None:
        """Write the longer log; raises :class:`InputError` when somebody has coded meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        keep(self._log(before.codebook), before, after)

    def _log(self, codebook: str) -> Path:
        return self.folder / f"coding-{codebook.split()[0]}.jsonl"

    @contextmanager
    def index(self, progress: Callable[[str], None] | None = None) -> Iterator[sqlite3.Connection]:
        """Give the search index, brought up to date with the documents."""
        from fotfeste.plans.search import Entry, connect, fingerprint_of, put, remove
        from fotfeste.plans.search import held as in_index

        connection = connect(self.folder / INDEX)
        try:
            there = in_index(connection)
            for gone in set(there) - set(self.names()):
                remove(connection, gone)
            for one in self.held():
                if progress is not None and there.get(one.id) != fingerprint_of(one.document):
                    progress(one.document.origin.name)
                put(connection, Entry(one.id, one.document, keys_of(one)))
            yield connection
        finally:
            connection.close()

    @cached_property
    def _files(self) -> dict[str, tuple[Plan, str]]:
        return {file.sha256[:SHORT]: (plan, file.role) for plan in self.register.plans for file in plan.files}

    def _held(self, name: str) -> Held:
        plan, role = self._files.get(name, (None, ""))
        return Held(name, self._document(name), plan, role)

    def _document(self, name: str) -> Document:
        if name not in self._read:
            path = self.folder / DOCUMENTS / f"{name}{ENDING}"
            try:
                self._read[name] = load(path.read_bytes())
            except OSError as error:
                raise InputError(
                    "plan.absent",
                    msg("Dokumentet kunne ikke leses ({reason}).", reason=error.strerror or str(error)),
                    place=str(path),
                    remedy=msg("Les filen inn på nytt."),
                ) from error
        return self._read[name]


def keys_of(one: Held) -> dict[str, tuple[str | int, ...]]:
    """Return what a document can be chosen by in a search."""
    plan = one.plan
    if plan is None:
        return {}
    found: dict[str, tuple[str | int, ...]] = {
        "plan": (plan.id,),
        "owner": (plan.owner.code,),
        "type": (plan.type,),
    }
    if plan.topics:
        found["topic"] = plan.topics
    if plan.valid_from is not None:
        found["year"] = (plan.valid_from,)
    return found


def _means(one: Held, name: str) -> bool:
    asked = name.casefold()
    file = one.document.origin.name.casefold()
    return (
        (len(asked) >= 4 and one.id.startswith(asked))
        or asked in (file, file.rpartition(".")[0])
        or (one.plan is not None and one.plan.id == asked)
    )


def _ids(found: Sequence[Held]) -> str:
    return ", ".join(f"{one.id} ({one.document.origin.name})" for one in found)
