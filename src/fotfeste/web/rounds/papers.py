"""The documents of a round, one by one out of the archive they are kept in: what is there, and the bytes of one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fotfeste.errors import InputError, OutputError
from fotfeste.messages import Message, msg
from fotfeste.office_gate import BROKEN

FORMATS: dict[str, tuple[str, str]] = {
    ".pdf": ("PDF", "application/pdf"),
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".html": ("HTML", "text/html; charset=utf-8"),
    ".xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""What a file is called for people, and its media type, by how its name ends; in the order they are offered."""
UNKNOWN = "application/octet-stream"
DAMAGED = "round.documents_damaged"
"""The code of the error that an archive which cannot be read gives."""
LETTERS, INTERNAL = "brev", "internt"
TITLES: dict[str, Message] = {
    "anbefaling-til-imdi": msg("Anbefaling til IMDi"),
    "saksframlegg": msg("Saksframlegg"),
    "tabeller": msg("Regneark med tallene"),
    "overstyringer": msg("Overstyringer (intern)"),
    "utelatt": msg("Utelatt av svarene (intern)"),
}


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One document in one format: its name in the archive, the format's name, and its size in bytes."""

    name: str
    format: str
    size: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One document in the formats it is made in."""

    title: Message | str
    files: tuple[PaperFile, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """What an archive holds: the county's own documents, and the letters to municipalities."""

    own: tuple[Paper, ...] = ()
    letters: tuple[Paper, ...] = ()


@contextmanager
def _reading(archive: Path) -> Iterator[zipfile.ZipFile | None]:
    """Give the archive, or nothing when there is none. Raises :class:`OutputError` when it cannot be read."""
    try:
        held = zipfile.ZipFile(archive)
    except FileNotFoundError:
        yield None
        return
    except BROKEN as error:
        raise _damaged(archive) from error
    try:
        with held:
            yield held
    except BROKEN as error:
        raise _damaged(archive) from error


def _damaged(archive: Path) -> OutputError:
    return OutputError(
        DAMAGED,
        msg("Dokumentene er skadet og kan ikke leses."),
        place=archive.name,
        remedy=msg("Lag dokumentene på nytt."),
    )


def papers_in(archive: Path, year: int) -> Papers:
    """Return the documents in ``archive``, municipalities named as in ``year``; none when there is none.

    Raises :class:`OutputError` when it cannot be read.
    """
    with _reading(archive) as held:
        members = [one for one in held.infolist() if not one.is_dir()] if held else []
    stems: dict[PurePosixPath, list[PaperFile]] = {}
    for one in members:
        path = PurePosixPath(one.filename)
        stems.setdefault(path.with_suffix(""), []).append(
            PaperFile(one.filename, _format(path), one.file_size)
        )
    order = list(TITLES)
    own = sorted(
        (stem for stem in stems if stem.parent.name != LETTERS),
        key=lambda stem: (order.index(stem.name) if stem.name in TITLES else len(order), stem),
    )
    letters = sorted(stem for stem in stems if stem.parent.name == LETTERS)
    return Papers(
        tuple(Paper(TITLES.get(stem.name, str(stem)), _in_order(stems[stem])) for stem in own),
        tuple(Paper(_municipality(stem.name, year), _in_order(stems[stem])) for stem in letters),
    )


def letter_in(archive: Path, year: int, code: str) -> Paper | None:
    """Return the letter to the municipality ``code`` out of ``archive``; nothing when there is none."""
    return next(
        (
            one
            for one in papers_in(archive, year).letters
            if PurePosixPath(one.files[0].name).name.startswith(f"{code}-")
        ),
        None,
    )


def told(name: str, year: int) -> Message | str:
    """Return what a file of an adoption is called for people: ``nb/brev/4003-skien.pdf`` is ``Skien``."""
    path = PurePosixPath(name)
    if path.parent.name == LETTERS:
        return _municipality(path.stem, year)
    return TITLES.get(path.stem, path.name)


def _format(path: PurePosixPath) -> str:
    return FORMATS[path.suffix][0] if path.suffix in FORMATS else path.suffix.lstrip(".").upper()


def _in_order(files: Iterable[PaperFile]) -> tuple[PaperFile, ...]:
    order = list(FORMATS)

    def place(file: PaperFile) -> int:
        suffix = PurePosixPath(file.name).suffix
        return order.index(suffix) if suffix in order else len(order)

    return tuple(sorted(files, key=place))


def _municipality(stem: str, year: int) -> str:
    """Return the name of the municipality that a letter is to: ``4003-skien`` is ``Skien``."""
    from fotfeste.regions import load_regions

    try:
        return load_regions().municipality(stem[:4], year).name
    except InputError:
        return stem


def content_of(archive: Path, name: str) -> bytes | None:
    """Return the document that is called exactly ``name`` in ``archive``; nothing when there is none.

    The name is only looked up among the archive's own names: it is never a path on the disk. Raises :class:`OutputError`
    when the archive cannot be read.
    """
    with _reading(archive) as held:
        there = held is not None and name in {one.filename for one in held.infolist()}
        return held.read(name) if held is not None and there else None


def contents_of(archive: Path) -> list[tuple[str, bytes]]:
    """Return every document in ``archive``, by name; none when there is none. Raises as :func:`content_of`."""
    with _reading(archive) as held:
        members = held.infolist() if held is not None else []
        names = sorted(one.filename for one in members if not one.is_dir())
        return [(name, held.read(name)) for name in names] if held is not None else []


def readable(archive: Path) -> bool:
    """Whether every document in ``archive`` can be read as it was written."""
    try:
        with _reading(archive) as held:
            return held is not None and held.testzip() is None
    except OutputError:
        return False


def media_type(name: str) -> str:
    """Return the media type of a document."""
    return FORMATS.get(PurePosixPath(name).suffix, ("", UNKNOWN))[1]
