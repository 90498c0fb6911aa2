"""The documents on disk: the file as it came, the text that was read from it, and the one index of all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from fotfeste.plans.codebooks import Codebook, load
from fotfeste.plans.coding import CodingRules, Suggestion
from fotfeste.plans.documents import Document
from fotfeste.plans.documents import stored as stored_form
from fotfeste.plans.register.values import Plan
from fotfeste.web.plans import suggested
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.standing import while_it_stands

ORIGINAL = "original"
INDEX = Path(".plan-index") / "index.sqlite3"
"""Not among what a backup keeps: it is made anew of the documents."""
BOOK = "integrering"


def text_of(file: PlanFile) -> Path:
    """Return where what was read from a file lies: the same file can be read as another kind for another plan."""
    return file.folder / f"{file.pk.hex}.json.gz"


def document_of(file: PlanFile) -> Document:
    """Return what was read from a file; raises :class:`InputError` when it is damaged."""
    return _document(str(text_of(file)), file.text_sha256)


@lru_cache(maxsize=16)
def _document(path: str, text_sha256: str) -> Document:
    del text_sha256  # another reading of the same file is another document
    return stored_form.load(Path(path).read_bytes())


def text_at(path: str, text_sha256: str) -> Document:
    """Return the document whose stored text lies at ``path``."""
    return _document(path, text_sha256)


def forget() -> None:
    """Let go of the documents that are held in memory."""
    _document.cache_clear()
    _suggestions.cache_clear()


@lru_cache(maxsize=1)
def rules() -> CodingRules:
    """Return the rules of the codebook that is coded with."""
    return CodingRules(load(BOOK))


def book() -> Codebook:
    """Return the codebook that is coded with."""
    return rules().book


@lru_cache(maxsize=1)
def edition() -> str:
    """Return the mark of the codebook that stored suggestions rest on."""
    return suggested.edition_of(book())


def suggested_for(file: PlanFile) -> suggested.Of:
    """Return what suggestions for a document are kept by."""
    return suggested.Of(file.pk.hex, file.text_sha256)


def suggestions_of(file: PlanFile) -> dict[int, list[Suggestion]]:
    """Return what the rules suggest for each passage of a document, by its place; what they hold back is among it."""
    return _suggestions(str(text_of(file)), suggested_for(file))


@lru_cache(maxsize=16)
def _suggestions(path: str, of: suggested.Of) -> dict[int, list[Suggestion]]:
    document = _document(path, of.text_sha256)
    _keep(of, document)
    spans = {place: one.span for place, one in enumerate(document.passages)}
    return suggested.read(suggested.rules_file(of, edition()), of.text_sha256, spans)


def places_of(file: PlanFile, code: str) -> frozenset[int]:
    """Return the places of the passages of a document that the rules suggest a code for."""
    path = suggested.rules_file(suggested_for(file), edition())
    if suggested.head_of(path) is None:
        keep_suggestions(file)
    head = suggested.head_of(path)
    return frozenset(head.codes.get(code, ())) if head else frozenset()


def keep_suggestions(file: PlanFile) -> None:
    """Store what the rules suggest for a document, if that is not done and the document stands."""
    of = suggested_for(file)
    if suggested.head_of(suggested.rules_file(of, edition())) is None:
        _keep(of, document_of(file))


def _keep(of: suggested.Of, document: Document) -> None:
    path = suggested.rules_file(of, edition())
    if suggested.head_of(path) is not None:
        return
    some = list(rules().suggest(document))
    with while_it_stands(of.document) as stands:
        if stands:
            suggested.write(path, some)


def suggestions_at(file: PlanFile, places: Iterable[int], county: str = "") -> dict[int, list[Suggestion]]:
    """Return what is suggested for some passages: by the rules, and by what is learnt from a county's codings."""
    document, of = document_of(file), suggested_for(file)
    _keep(of, document)
    spans = {place: document.passages[place].span for place in places}
    found = suggested.read(suggested.rules_file(of, edition()), file.text_sha256, spans)
    learnt = suggested.read(suggested.learnt_file(of, county), file.text_sha256, spans) if county else {}
    if learnt:
        from fotfeste.plans.coding.suggesting import together

        for place, more in learnt.items():
            found[place] = list(together(found.get(place, ()), more, book()))
    return found


@contextmanager
def index() -> Iterator[sqlite3.Connection]:
    """Give the search index; raises :class:`InputError` when it cannot be opened."""
    from fotfeste.plans.search import connect

    connection = connect(Path(settings.FOTFESTE.data_dir) / INDEX)
    try:
        yield connection
    finally:
        connection.close()


def put_in_index(connection: sqlite3.Connection, file: PlanFile, plan: Plan | None) -> None:
    """Put a document into the index, with what it can be chosen by, if it stands."""
    from fotfeste.plans.collection.folder import Held, keys_of
    from fotfeste.plans.search import Entry, put

    document = document_of(file)
    entry = Entry(file.pk.hex, document, keys_of(Held(file.pk.hex, document, plan)))
    with while_it_stands(file.pk) as stands:
        if stands:
            put(connection, entry)
