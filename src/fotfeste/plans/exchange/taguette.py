"""Projects from Taguette: the SQLite file that it exports, or works in.

Its documents are HTML. A highlight is a piece of the text in that, counted in bytes of UTF-8, and a copy of its words stands
beside it, so that every piece can be checked. Tags are a hierarchy by their names, with full stops between.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.documents.model import Span
from fotfeste.plans.documents.reading import read
from fotfeste.plans.exchange.codes import Node, clean, codebook_of
from fotfeste.plans.exchange.elements import refused
from fotfeste.plans.exchange.following import Followed, follow
from fotfeste.plans.exchange.model import Imported, Note, Source
from fotfeste.plans.exchange.offsets import Counted, SourceText
from fotfeste.plans.exchange.qdpx import coder_id
from fotfeste.plans.exchange.report import Counting, Detected, Tally, Unit, Why
from fotfeste.plans.exchange.sources import LEAST_SHARE, file_name_of
from fotfeste.plans.exchange.tags import tag_nodes

CAUSE = "taguette"
LARGEST, MOST_STEPS, MOST_ROWS = 500_000_000, 200_000_000, 1_000_000
"""Bytes of a file, steps of the engine over all its questions, rows of one answer."""
HEADER = b"SQLite format 3\0"
_TABLES = {
    "projects": {"id", "name", "description"},
    "documents": {"id", "project_id", "name", "contents"},
    "tags": {"id", "project_id", "path", "description"},
    "highlights": {"id", "document_id", "start_offset", "end_offset", "snippet"},
    "highlight_tags": {"highlight_id", "tag_id"},
}
_READ = {*_TABLES, "commands"}
_IGNORED = {"alembic_version", "sqlite_sequence", "project_members", "users"}
"""Tables about the program itself and who may log in: no part of a project."""


@dataclass(frozen=True, slots=True)
class _Highlight:
    id: int
    start: int
    end: int
    snippet: str
    tags: tuple[int, ...]


def read_taguette(name: str, data: bytes, *, at: datetime, project: str | None = None) -> Imported:
    """Return a project in a Taguette database; ``project`` is its name or number where there are several.

    ``at`` is the moment of highlights whose history is gone. Raises :class:`InputError` for a file that is no such
    database, and for several projects when none is chosen.
    """
    if at.tzinfo is None:
        raise ValueError("the moment of an import has a time zone")
    with _opened(name, data) as connection:
        tally = Tally()
        chosen = _project(connection, name, project)
        nodes, keys = _tags(_rows(connection, "SELECT id, path, description FROM tags WHERE project_id = ? ORDER BY id", chosen[0]), tally)  # fmt: skip
        book, ids = codebook_of(nodes, chosen[1] or "Taguette", "Taguette", at.date(), tally, "tags")
        codes = {tag: ids[key] for tag, key in keys.items() if key in ids}
        history = _history(connection, chosen[0], tally)
        coders: dict[str, str] = {}
        sources: list[Source] = []
        codings: list[Coding] = []
        names: set[str] = set()
        notes = [Note(chosen[1], chosen[2], "projects")] if chosen[2] else []
        question = "SELECT id, name, description, contents FROM documents WHERE project_id = ? ORDER BY id"
        for number, title, described, contents in _rows(connection, question, chosen[0]):
            plain = clean(str(title), longest=200) or f"Dokument {number}"
            if described:
                notes.append(Note(plain, clean(str(described)), "documents"))
            held = _document(plain, str(contents), names)
            highlights = _highlights(connection, number, tally)
            if held is None:
                tally.leave("documents", Why.SOURCE_UNREADABLE, plain)
                tally.leave("highlights", Why.SOURCE_UNREADABLE, plain, len(highlights))
                continue
            source, text, followed = held
            sources.append(source)
            tally.carry("documents")
            spans, detected = _placed(text, followed, highlights, plain)
            if detected is not None:
                tally.counted(detected)
            for one, span in zip(highlights, spans, strict=True):
                if isinstance(span, Why):
                    tally.leave("highlights", span, plain)
                    continue
                if not one.tags:
                    tally.leave("highlights", Why.UNCODED, plain)
                    continue
                tally.carry("highlights")
                coder, moment = history.get(one.id, ("", None))
                who = coder_id(coder).replace("refi-", "taguette-")
                coders.setdefault(who, coder)
                if moment is None:
                    tally.leave("commands.date", Why.NO_TIME)
                for tag in one.tags:
                    if tag not in codes:
                        tally.leave("highlight_tags", Why.CODE_MISSING, plain)
                        continue
                    sha = source.document.text_sha256
                    codings.append(
                        Coding(sha, span, codes[tag], who, State.ACCEPTED, CAUSE, "", moment or at)
                    )
                    tally.carry("highlight_tags")
        tally.carry("notes", len(notes))
        _other_tables(connection, tally)
    return Imported(tally.report(), book, {}, (), tuple(notes), tuple(sources), tuple(codings), coders)


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[sqlite3.Connection]:
    """Give the database in memory, with its own programs off and its work bounded; faults in it become our errors."""
    if len(data) > LARGEST:
        raise refused("huge", msg("Filen er større enn {most} byte.", most=LARGEST), name)
    if not data.startswith(HEADER) or len(data) < 512:
        raise refused("kind", msg("Filen er ikke et prosjekt fra Taguette."), name)
    connection = sqlite3.connect(":memory:")
    try:
        # A database that was left with a journal beside it says so in these two bytes; the journal is not here.
        connection.deserialize(data[:18] + b"\1\1" + data[20:])
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        steps = [0]

        def step() -> int:
            steps[0] += 10_000
            return steps[0] > MOST_STEPS

        connection.set_progress_handler(step, 10_000)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        for pragma in (
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "query_only = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        for table, columns in _TABLES.items():
            found = connection.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
            ).fetchone()
            plain = found and str(found[0]).lstrip().upper().startswith("CREATE TABLE")
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} if plain else set()
            if not columns <= there:
                raise refused("kind", msg("Filen er ikke et prosjekt fra Taguette."), name)
        yield connection
    except (sqlite3.Error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise refused("broken", msg("Filen er skadet og kan ikke leses."), name) from error
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, question: str, *given: object) -> list[tuple[Any, ...]]:
    found = connection.execute(question, given).fetchmany(MOST_ROWS + 1)
    if len(found) > MOST_ROWS:
        raise ValueError("too many rows")
    return found


def _project(connection: sqlite3.Connection, name: str, wanted: str | None) -> tuple[int, str, str]:
    rows = _rows(connection, "SELECT id, name, description FROM projects ORDER BY id")
    fitting = [row for row in rows if wanted is None or wanted in (str(row[0]), str(row[1]))]
    if len(fitting) != 1:
        names = ", ".join(f"{row[0]} ({clean(str(row[1]), longest=60)})" for row in rows[:20])
        raise refused(
            "projects",
            msg("Filen har disse prosjektene: {names}.", names=names) if rows else msg("Filen har ingen prosjekter."),
            name,
            msg("Oppgi ett av dem."),
        )  # fmt: skip
    number, title, described = fitting[0]
    return number, clean(str(title), longest=200), clean(str(described or ""))


def _tags(rows: Sequence[tuple[Any, ...]], tally: Tally) -> tuple[list[Node], dict[int, str]]:
    """Return the tags as codes, those above first; one that only others stand under becomes a heading."""
    paths = [(row[0], clean(str(row[1]), longest=500), str(row[2] or "")) for row in rows]
    nodes, keys = tag_nodes([(path, described) for _, path, described in paths], tally)
    return nodes, {number: path for number, path, _ in paths if path in keys}


def _history(
    connection: sqlite3.Connection, project: int, tally: Tally
) -> dict[int, tuple[str, datetime | None]]:
    """Return who made each highlight last and when; the rest of the history stays behind."""
    found: dict[int, tuple[str, datetime | None]] = {}
    columns = {row[1] for row in connection.execute("PRAGMA table_info(commands)")}
    if not {"project_id", "payload", "date", "user_login"} <= columns:
        return found
    rows = _rows(connection, "SELECT date, user_login, payload FROM commands WHERE project_id = ? ORDER BY id", project)  # fmt: skip
    used = 0
    for stated, login, payload in rows:
        try:
            content = json.loads(payload)
            if content["type"] != "highlight_add":
                continue
            moment: datetime | None = datetime.fromisoformat(str(stated)).replace(tzinfo=UTC)
            number = content["highlight_id"]
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
        if isinstance(number, int):
            used += number not in found
            found[number] = (str(login), moment)
    tally.leave("commands", Why.NO_PLACE, count=len(rows) - used)
    return found


def _highlights(connection: sqlite3.Connection, document: int, tally: Tally) -> list[_Highlight]:
    tags: dict[int, list[int]] = {}
    for highlight, tag in _rows(
        connection,
        "SELECT h.id, t.tag_id FROM highlights h JOIN highlight_tags t ON t.highlight_id = h.id "
        "WHERE h.document_id = ? ORDER BY t.tag_id",
        document,
    ):
        tags.setdefault(highlight, []).append(tag)
    question = "SELECT id, start_offset, end_offset, snippet FROM highlights WHERE document_id = ? ORDER BY start_offset, id"
    found = []
    for number, start, end, snippet in _rows(connection, question, document):
        if isinstance(start, int) and isinstance(end, int):
            found.append(_Highlight(number, start, end, str(snippet), tuple(tags.get(number, ()))))
        else:
            tally.leave("highlights", Why.INVALID)
    return found


def _document(title: str, contents: str, names: set[str]) -> tuple[Source, str, Followed] | None:
    """Return a document, its text as Taguette counts it, and where that stands in ours."""
    name = file_name_of(title, names, "html")
    marked = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{contents}</body></html>"
    content = marked.encode("utf-8", "replace")
    try:
        document = read(name, content)
    except InputError:
        return None
    names.add(name.casefold())
    text = _plain(contents)
    return Source(title, name, content, document), text, follow(text, document.text)


def _plain(markup: str) -> str:
    """The text of HTML, every sign of it."""
    from lxml import etree
    from lxml import html as lxml_html

    text = markup.replace("\r\n", "\n").replace("\r", "\n").lstrip()
    if not text:
        return ""
    parser = lxml_html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(f"<html><body>{text}</body></html>", parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    return "".join(root.itertext())


def _placed(
    text: str, followed: Followed, highlights: Sequence[_Highlight], name: str
) -> tuple[list[Span | Why], Detected | None]:
    """Return the pieces in the document: where they are counted to stand, else where their words alone can be meant."""
    if not highlights:
        return [], None
    snippets = [_bare(_plain(one.snippet)) for one in highlights]
    held = SourceText(text)
    scored: list[tuple[float, Counting, list[tuple[int, int] | None]]] = []
    for unit in (Unit.UTF8, Unit.CODE_POINTS, Unit.UTF16):
        counted = Counted(held, Counting(unit))
        pieces: list[tuple[int, int] | None] = []
        for one, words in zip(highlights, snippets, strict=True):
            start, end, split = counted.piece(one.start, one.end)
            inside = 0 <= start < end <= len(text) and not split
            pieces.append((start, end) if inside and _bare(text[start:end]) == words else None)
        scored.append((sum(piece is not None for piece in pieces) / len(pieces), Counting(unit), pieces))
    best = max(scored, key=lambda one: one[0])
    others = [score for score, _, pieces in scored if pieces != best[2]]
    detected = Detected(name, best[1], len(highlights), best[0], max(others, default=None))
    bare, places = _bare_places(text) if any(piece is None for piece in best[2]) else ("", [])
    spans: list[Span | Why] = []
    for piece, words in zip(best[2], snippets, strict=True):
        found = piece or _by_words(bare, places, words)
        if isinstance(found, Why):
            spans.append(found)
        elif followed.share < LEAST_SHARE:
            spans.append(Why.NOT_FOLLOWED)
        else:
            spans.append(followed.span(*found) or Why.NOT_FOLLOWED)
    return spans, detected


def _by_words(text: str, places: Sequence[int], words: str) -> tuple[int, int] | Why:
    if not words:
        return Why.EMPTY
    first = text.find(words)
    if first < 0:
        return Why.NOT_FOLLOWED
    if text.find(words, first + 1) >= 0:
        return Why.SEVERAL
    return places[first], places[first + len(words) - 1] + 1


def _bare(text: str) -> str:
    return "".join(text.split())


def _bare_places(text: str) -> tuple[str, list[int]]:
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    return "".join(text[place] for place in places), places


def _other_tables(connection: sqlite3.Connection, tally: Tally) -> None:
    for (table,) in _rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        if table not in _READ and table not in _IGNORED:
            tally.leave(clean(str(table), longest=80), Why.NO_PLACE)
