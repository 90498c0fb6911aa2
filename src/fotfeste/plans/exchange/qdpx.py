"""REFI-QDA projects (``.qdpx``): codebook, texts and codings from NVivo, MAXQDA, ATLAS.ti, QualCoder and others.

The package holds ``project.qde``, an XML file, and the sources beside it. Texts, and the text that a program made of a PDF,
come over with their coded pieces; pictures, sound and film do not, and everything that stays behind is told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from fotfeste.messages import msg
from fotfeste.plans.coding.log import LONGEST_MEMO
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.exchange.codes import clean, codebook_of
from fotfeste.plans.exchange.elements import Account, child, children, guid, local, refused, root_of
from fotfeste.plans.exchange.model import Imported, Note, Source
from fotfeste.plans.exchange.packages import Bounds, Package
from fotfeste.plans.exchange.qdc import read_codes, read_sets
from fotfeste.plans.exchange.report import Tally, Why
from fotfeste.plans.exchange.sources import Text, placed, text_of_bytes

CAUSE = "refi-qda"
"""What codings from a project carry as their cause."""
_UNTEXTED = {"PictureSource", "AudioSource", "VideoSource"}


@dataclass
class _Reading:
    """One reading of one project."""

    package: Package
    account: Account
    tally: Tally
    at: datetime
    notes: dict[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    coders: dict[str, str] = field(default_factory=dict)


def read_qdpx(name: str, data: bytes, *, at: datetime, bounds: Bounds | None = None) -> Imported:
    """Return the project in a ``.qdpx`` file; ``at`` is the moment that codings without one are given, with a time zone.

    Positions are code points of the documents that :func:`fotfeste.plans.documents.read` makes of the texts. Raises
    :class:`InputError` for a file that is no project or is not safe to read.
    """
    if at.tzinfo is None:
        raise ValueError("the moment of an import has a time zone")
    package = Package(name, data, bounds or Bounds())
    root = root_of(_project(package, name), name, "Project")
    tally = Tally()
    account = Account(root, name, tally)
    reading = _Reading(package, account, tally, at)
    account.carry(root, "name", "origin")
    _users(child(root, "Users"), reading)
    standing = _notes(child(root, "Notes"), reading)
    book, guids = _codebook(child(root, "CodeBook"), root, name, at.date(), reading)
    sources, codings = _sources(child(root, "Sources"), reading)
    sets = read_sets(child(root, "Sets"), reading.codes, account)
    described = child(root, "Description")
    notes = list(_kept(standing, reading))
    if text := clean(account.carry_text(described), longest=LONGEST_MEMO):
        notes.append(Note(root.get("name", ""), text, "Project"))
        tally.carry("Note")
    account.settle()
    for path in package.unread():
        tally.leave(f".{PurePosixPath(path).suffix.lstrip('.') or 'fil'}", Why.UNREAD, path)
    return Imported(
        tally.report(), book, guids, sets, tuple(notes), tuple(sources), tuple(codings), dict(reading.coders)
    )


def _project(package: Package, name: str) -> bytes:
    named = [one for one in package.names() if one.endswith(".qde") and "/" not in one]
    chosen = "project.qde" if "project.qde" in named else named[0] if len(named) == 1 else None
    content = package.read(chosen) if chosen else None
    if content is None:
        raise refused("kind", msg("Filen er ikke et prosjekt i REFI-QDA: project.qde mangler."), name)
    return content


def _users(users: Any | None, reading: _Reading) -> None:
    if users is None:
        return
    reading.account.carry(users)
    for user in children(users, "User"):
        reading.account.carry(user, "id")
        reading.coders[coder_id(guid(user))] = clean(user.get("name", ""), longest=200)
        if user.get("name"):
            reading.tally.leave("@name (User)", Why.NAME_OF_PERSON)
        reading.account.carry(user, "name")
        reading.tally.carry("User")


def coder_id(of: str) -> str:
    """Return the id that a person of another program gets: the same each time, and without the name."""
    return f"refi-{sha256(of.encode('utf-8', 'replace')).hexdigest()[:10]}" if of else "refi-ukjent"


def _codebook(
    element: Any | None, root: Any, name: str, dated: date, reading: _Reading
) -> tuple[Any, Mapping[str, str]]:
    if element is None:
        return None, {}
    reading.account.carry(element)
    nodes = read_codes(child(element, "Codes"), reading.account, reading.notes)
    title = root.get("name") or PurePosixPath(name).stem
    source = f"REFI-QDA Project, {root.get('origin') or ''}".rstrip(", ")
    book, reading.codes = codebook_of(nodes, title, source, dated, reading.tally)
    return book, {ours: theirs for theirs, ours in reading.codes.items()}


def _notes(notes: Any | None, reading: _Reading) -> list[tuple[Any, str]]:
    """Return the notes and their texts; they are carried when something that they stand by is."""
    found: list[tuple[Any, str]] = []
    if notes is None:
        return found
    reading.account.carry(notes)
    for note in children(notes, "Note"):
        text, why = _text(note, reading)
        part = child(note, "Description")
        described = (part.text or "") if part is not None else ""
        whole = "\n\n".join(one for one in (described.strip(), text.text.strip() if text else "") if one)
        if not whole:
            reading.account.leave(note, why or Why.EMPTY)
            continue
        reading.notes[guid(note)] = whole
        found.append((note, whole))
    return found


def _kept(notes: list[tuple[Any, str]], reading: _Reading) -> Iterator[Note]:
    """All notes, whether they stand by something or alone: what they stood by is told of elsewhere."""
    for element, text in notes:
        reading.account.carry(element, "name", "plainTextPath")
        for name in ("Description", "PlainTextContent"):
            if (part := child(element, name)) is not None:
                reading.account.carry(part)
        reading.tally.carry("Note")
        yield Note(
            clean(element.get("name", ""), longest=500), clean(text, reading.tally, "Note", LONGEST_MEMO)
        )


def _sources(element: Any | None, reading: _Reading) -> tuple[list[Source], list[Coding]]:
    sources: list[Source] = []
    codings: list[Coding] = []
    if element is None:
        return sources, codings
    reading.account.carry(element)
    names: set[str] = set()
    for source in element:
        kind = local(source)
        if kind in _UNTEXTED:
            reading.account.leave(source, Why.NOT_TEXT)
        elif kind == "TextSource":
            _source(source, source, reading, sources, codings, names)
        elif kind == "PDFSource":
            for selection in children(source, "PDFSelection"):
                reading.account.leave(selection, Why.RECTANGLE)
            held = child(source, "Representation")
            if held is None:
                reading.account.leave(source, Why.SOURCE_MISSING)
            else:
                _source(source, held, reading, sources, codings, names)
    return sources, codings


def _source(
    element: Any, held: Any, reading: _Reading, sources: list[Source], codings: list[Coding], names: set[str]
) -> None:
    """Read a text and its coded pieces; ``held`` is the element that has them, the source itself or what stands for a PDF."""
    account = reading.account
    name = clean(element.get("name") or held.get("name") or "", longest=200) or f"Kilde {len(sources) + 1}"
    text, why = _text(held, reading)
    if text is None:
        account.leave(element, why or Why.SOURCE_MISSING, name)
        return
    selections = list(children(held, "PlainTextSelection"))
    pieces, whole = [], []
    for selection in selections:
        try:
            piece = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        except ValueError:
            account.leave(selection, Why.INVALID)
            continue
        if max(piece) > 10**12 or min(piece) < -(10**12):
            account.leave(selection, Why.OUTSIDE)
            continue
        pieces.append(piece)
        whole.append(selection)
    found = placed(text, pieces, name, names)
    if found is None:
        account.leave(element, Why.SOURCE_UNREADABLE, name)
        return
    if found.detected is not None:
        reading.tally.counted(found.detected)
    for one in (element, held):
        account.carry(one, "name", "plainTextPath")
    if (content := child(held, "PlainTextContent")) is not None:
        account.carry(content)
    for coding in (*children(held, "Coding"), *(children(element, "Coding") if element is not held else ())):
        account.leave(coding, Why.WHOLE_SOURCE, name)
    sources.append(found.source)
    reading.tally.carry("TextSource" if element is held else "PDFSource")
    sha = found.source.document.text_sha256
    seen: set[tuple[Any, str, str]] = set()
    for selection, span in zip(whole, found.spans, strict=True):
        if isinstance(span, Why):
            account.leave(selection, span, name)
            continue
        if child(selection, "Coding") is None:
            account.leave(selection, Why.UNCODED, name)
            continue
        account.carry(selection, "startPosition", "endPosition", "creatingUser", "creationDateTime")
        memo = _memo(selection, reading)
        for coding in children(selection, "Coding"):
            reference = child(coding, "CodeRef")
            code = reading.codes.get(guid(reference, "targetGUID")) if reference is not None else None
            if code is None:
                account.leave(coding, Why.CODE_MISSING, name)
                continue
            coder = coder_id(guid(coding, "creatingUser") or guid(selection, "creatingUser"))
            if (span, code, coder) in seen:
                account.leave(coding, Why.TWICE, name)
                continue
            seen.add((span, code, coder))
            account.carry(coding, "creatingUser", "creationDateTime")
            account.carry(reference, "targetGUID")
            own = "\n\n".join(one for one in (memo, _memo(coding, reading)) if one)
            kept = clean(own, reading.tally, "Description", LONGEST_MEMO)
            at = _moment(coding.get("creationDateTime") or selection.get("creationDateTime") or "", reading)
            codings.append(Coding(sha, span, code, coder, State.ACCEPTED, CAUSE, kept, at))
            reading.tally.carry("Coding")


def _memo(element: Any, reading: _Reading) -> str:
    """The description of a piece or a coding, and the notes that stand by it."""
    parts = [reading.account.carry_text(child(element, "Description")).strip()]
    for reference in children(element, "NoteRef"):
        if (note := reading.notes.get(guid(reference, "targetGUID"))) is not None:
            reading.account.carry(reference, "targetGUID")
            parts.append(note)
    return "\n\n".join(part for part in parts if part)


def _moment(stated: str, reading: _Reading) -> datetime:
    try:
        found = datetime.fromisoformat(stated.strip())
    except ValueError:
        reading.tally.leave("@creationDateTime", Why.NO_TIME)
        return reading.at
    if found.tzinfo is None:
        reading.tally.leave("@creationDateTime", Why.NO_TIME)
        return found.replace(tzinfo=UTC)
    return found


def _text(element: Any, reading: _Reading) -> tuple[Text | None, Why | None]:
    """Return the plain text that an element holds or points to, or why there is none."""
    content = child(element, "PlainTextContent")
    path = (element.get("plainTextPath") or "").strip()
    if path:
        for part in _paths(path):
            if (found := reading.package.read(part)) is not None:
                text = text_of_bytes(found)
                return text, None if text else Why.SOURCE_UNREADABLE
    if content is not None and content.text:
        return Text(content.text), None
    return None, Why.SOURCE_MISSING


def _paths(path: str) -> Iterator[str]:
    """Where in the package a path may be; one that leads out of it is a source that is missing."""
    scheme, sign, rest = path.partition("://")
    if not sign or scheme.casefold() != "internal":
        return
    inside = rest.replace("\\", "/").lstrip("/")
    yield f"sources/{inside}"
    yield inside
