"""The index file: one SQLite file that the command line and the workspace share, written document by document.

Words stand once, with their form and the parts they are put together from; a passage is a row with its text and its
words by number, and ``posting`` says how often each word stands in each passage. Readers see one state while they read,
also while another writes (write-ahead log). The file can always be made anew from the documents, so another schema or
edition of the rules about words is not converted: the file is emptied.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.documents.model import Document
from fotfeste.plans.search.model import Entry
from fotfeste.plans.words.compounds import parts
from fotfeste.plans.words.forms import bokmaal, normal
from fotfeste.plans.words.patterns import read_words
from fotfeste.plans.words.rules import words_edition

SCHEMA = 1
PATIENCE = 20.0
"""Seconds that one waits for another to finish writing."""
_TABLES = """
CREATE TABLE document(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL);
CREATE TABLE key(document INTEGER NOT NULL, name TEXT NOT NULL, value NOT NULL,
    PRIMARY KEY(name, value, document)) WITHOUT ROWID;
CREATE TABLE passage(number INTEGER PRIMARY KEY, document INTEGER NOT NULL, place INTEGER NOT NULL,
    start INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, first_page INTEGER, last_page INTEGER,
    headings TEXT NOT NULL, length INTEGER NOT NULL);
CREATE INDEX passage_document ON passage(document);
CREATE TABLE content(passage INTEGER PRIMARY KEY, text TEXT NOT NULL, words BLOB NOT NULL);
CREATE TABLE word(number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, form TEXT NOT NULL,
    letters TEXT NOT NULL);
CREATE INDEX word_form ON word(form);
CREATE TABLE part(part TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY(part, word)) WITHOUT ROWID;
CREATE TABLE posting(word INTEGER NOT NULL, passage INTEGER NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY(word, passage)) WITHOUT ROWID;
CREATE TABLE edition(words TEXT NOT NULL);
"""
_NAMES = ("document", "key", "passage", "content", "word", "part", "posting", "edition")


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to the index at ``path``, which is made when it is not there; close it when done.

    An index of another schema or edition of the rules is emptied: :func:`held` then says that documents are missing.
    Raises :class:`InputError` (``plan.index.unreadable``) when the file is no index or cannot be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("PRAGMA secure_delete = ON")
            if not _is_ours(connection):
                _make_anew(connection)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise InputError(
            "plan.index.unreadable",
            msg("Søkeindeksen kan ikke leses ({reason}).", reason=str(error)),
            place=str(path),
            remedy=msg("Slett filen. Indeksen lages på nytt av planene."),
        ) from error
    return connection


def put(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Put a document into the index, instead of what stood there under its id; return whether its text was indexed.

    A document that stands there already, passage by passage the same, gets its keys anew and nothing else.
    """
    fingerprint = fingerprint_of(entry.document)
    with _writing(connection):
        held_now = connection.execute(
            "SELECT number, fingerprint FROM document WHERE id = ?", (entry.id,)
        ).fetchone()
        same = held_now is not None and held_now[1] == fingerprint
        if same:
            number = int(held_now[0])
        else:
            if held_now is not None:
                _take_out(connection, int(held_now[0]))
            number = _insert(
                connection, "INSERT INTO document(id, fingerprint) VALUES(?, ?)", (entry.id, fingerprint)
            )
            _put_passages(connection, number, entry.document)
        connection.execute("DELETE FROM key WHERE document = ?", (number,))
        connection.executemany(
            "INSERT OR IGNORE INTO key VALUES(?, ?, ?)",
            ((number, name, value) for name, values in entry.keys.items() for value in values),
        )
    return not same


def remove(connection: sqlite3.Connection, document: str) -> bool:
    """Take a document out of the index; return whether it stood there."""
    with _writing(connection):
        row = connection.execute("SELECT number FROM document WHERE id = ?", (document,)).fetchone()
        if row is not None:
            _take_out(connection, int(row[0]))
    return row is not None


def held(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the ids of the documents in the index, each with its fingerprint (:func:`fingerprint_of`)."""
    return {str(name): str(mark) for name, mark in connection.execute("SELECT id, fingerprint FROM document")}


def fingerprint_of(document: Document) -> str:
    """Return a check sum of all that the index holds of a document."""
    sums = sha256(document.text_sha256.encode())
    for one in document.passages:
        sums.update(repr((one.span, one.kind, one.language, one.headings, one.pages)).encode())
    return sums.hexdigest()


def _is_ours(connection: sqlite3.Connection) -> bool:
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
        return False
    row = connection.execute("SELECT words FROM edition").fetchone()
    return row is not None and row[0] == words_edition()


def _make_anew(connection: sqlite3.Connection) -> None:
    with _writing(connection):
        if _is_ours(connection):
            return
        for name in _NAMES:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES.split(";"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("INSERT INTO edition VALUES(?)", (words_edition(),))
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _put_passages(connection: sqlite3.Connection, document: int, source: Document) -> None:
    text = read_words(source)
    numbers = _word_numbers(connection, dict.fromkeys(text.words))
    for place, (passage, scope) in enumerate(zip(source.passages, text.scopes, strict=True)):
        pages = passage.pages or (None, None)
        headings = "\n".join(one.replace("\n", " ") for one in source.heading_path(passage))
        number = _insert(
            connection,
            "INSERT INTO passage(document, place, start, kind, language, first_page, last_page, headings, length)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document, place, passage.span.start, passage.kind.value, passage.language.value, *pages, headings,
                len(scope.words),
            ),
        )  # fmt: skip
        words = array("I", (numbers[word] for word in scope.words))
        connection.execute(
            "INSERT INTO content VALUES(?, ?, ?)", (number, source.at(passage.span), words.tobytes())
        )
        connection.executemany(
            "INSERT INTO posting VALUES(?, ?, ?)",
            ((word, number, times) for word, times in Counter(words).items()),
        )


def _word_numbers(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for word in words:
        row = connection.execute("SELECT number FROM word WHERE word = ?", (word,)).fetchone()
        if row is None:
            numbers[word] = _insert(
                connection,
                "INSERT INTO word(word, form, letters) VALUES(?, ?, ?)",
                (word, normal(word), " ".join(dict.fromkeys((word, bokmaal(word), normal(word))))),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO part VALUES(?, ?)", ((part, numbers[word]) for part in parts(word))
            )
        else:
            numbers[word] = int(row[0])
    return numbers


def _take_out(connection: sqlite3.Connection, document: int) -> None:
    rows = connection.execute(
        "SELECT content.passage, content.words FROM content JOIN passage ON passage.number = content.passage"
        " WHERE passage.document = ?",
        (document,),
    ).fetchall()
    all_words: set[int] = set()
    for number, words in rows:
        own = set(word_numbers(words))
        all_words |= own
        connection.executemany(
            "DELETE FROM posting WHERE word = ? AND passage = ?", ((word, number) for word in own)
        )
        connection.execute("DELETE FROM content WHERE passage = ?", (number,))
    connection.execute("DELETE FROM passage WHERE document = ?", (document,))
    connection.execute("DELETE FROM key WHERE document = ?", (document,))
    connection.execute("DELETE FROM document WHERE number = ?", (document,))
    _forget_words(connection, all_words)


def _forget_words(connection: sqlite3.Connection, words: Iterable[int]) -> None:
    """Take out the words that stand nowhere any more: what is withdrawn leaves nothing behind."""
    for number in words:
        row = connection.execute(
            "SELECT word FROM word WHERE number = ? AND NOT EXISTS (SELECT 1 FROM posting WHERE word = ?)",
            (number, number),
        ).fetchone()
        if row is not None:
            connection.execute("DELETE FROM word WHERE number = ?", (number,))
            connection.executemany(
                "DELETE FROM part WHERE part = ? AND word = ?", ((part, number) for part in parts(row[0]))
            )


def word_numbers(words: bytes) -> array[int]:
    """Return the numbers of the words of a passage, in order."""
    numbers: array[int] = array("I")
    numbers.frombytes(words)
    return numbers


def _insert(connection: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> int:
    number = connection.execute(statement, values).lastrowid
    assert number is not None
    return number
