"""A backup as one file: a ZIP with a manifest that says what is in it, from what, and the SHA-256 of each part."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from fotfeste.errors import InputError, OutputError, Problem
from fotfeste.files import writing_whole
from fotfeste.messages import Message, msg
from fotfeste.office_gate import BROKEN

SCHEMA = 1
MANIFEST = "manifest.json"
TABLES, FILES, KEY = "database", "files", "secret_key"
_MOST_MANIFEST = 20_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: who made it, the migrations it stands at, rows and digests of tables, digests of parts."""

    program: str
    made: str
    engine: str
    heads: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    contents: Mapping[str, str]
    parts: Mapping[str, str]
    has_key: bool = False
    anchor: Mapping[str, Any] = field(default_factory=dict)
    schema: int = SCHEMA

    def text(self) -> bytes:
        """Return the manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


class Writer:
    """Puts parts into an archive and remembers the digest of each."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts: dict[str, str] = {}

    def put(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one part."""
        digest = hashlib.sha256()
        with self.archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream:
            for chunk in chunks:
                digest.update(chunk)
                stream.write(chunk)
        self.parts[name] = digest.hexdigest()

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, last."""
        self.archive.writestr(zipfile.ZipInfo(MANIFEST), manifest.text())


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write an archive beside ``path`` and give it the name when it is whole; only its owner may read it.

    Raises :class:`OutputError` when there is no room or no leave; what stood at ``path`` then stands unchanged.
    """
    try:
        with (
            writing_whole(path, private=True) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            yield Writer(archive)
    except OSError as error:
        raise OutputError(
            "backup.unwritable",
            msg(
                "Sikkerhetskopien kunne ikke skrives ({reason}).",
                reason=error.strerror or type(error).__name__,
            ),
            place=str(path),
            remedy=msg("Sjekk at mappen finnes og kan skrives til, og at disken har plass."),
        ) from error


@contextmanager
def reading(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup and prove that it is whole; nothing has been touched when it is not.

    Raises :class:`InputError` that names every part that is missing, changed, or not in the manifest.
    """
    try:
        opened = zipfile.ZipFile(path)
    except OSError as error:
        raise _refused(
            "backup.unreadable", msg("Filen kan ikke leses ({reason}).", reason=error.strerror or ""), path
        ) from error
    except BROKEN as error:
        raise _refused(
            "backup.not_zip",
            msg("Filen er ikke en sikkerhetskopi fra Fotfeste, eller den er avkortet."),
            path,
        ) from error
    with opened as archive:
        manifest = _manifest(archive, path)
        if problems := _faults(archive, manifest):
            head = msg("Sikkerhetskopien er skadet. Ingenting er lagt tilbake.")
            raise InputError("backup.damaged", head, place=str(path), remedy=_another(), problems=problems)
        yield archive, manifest


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield what ``stream`` holds, a piece at a time."""
    while chunk := stream.read(_CHUNK):
        yield chunk


def inside(name: str) -> PurePosixPath | None:
    """Return the path of a file of the data folder; nothing for a name that leads elsewhere."""
    path = PurePosixPath(name)
    kept = path.parts[:1] == (FILES,) and len(path.parts) > 1
    if (
        not kept
        or path.is_absolute()
        or "\\" in name
        or any(part in ("..", ".", "") for part in name.split("/"))
    ):
        return None
    return PurePosixPath(*path.parts[1:])


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
            raise ValueError(MANIFEST)
        content = json.loads(archive.read(MANIFEST))
        schema = content.pop("schema")
        newer = isinstance(schema, int) and schema > SCHEMA
        if not newer:
            return _typed(content)
    except (KeyError, TypeError, AttributeError, *BROKEN) as error:
        what = msg("Filen er ikke en sikkerhetskopi fra Fotfeste, eller den er skadet.")
        raise _refused("backup.no_manifest", what, path) from error
    raise InputError(
        "backup.newer_schema",
        msg(
            "Sikkerhetskopien har en nyere form ({schema}) enn denne utgaven kan lese ({own}).",
            schema=schema,
            own=SCHEMA,
        ),
        place=str(path),
        remedy=msg("Installer utgaven av Fotfeste som laget den, eller en nyere."),
    )


def _typed(content: Any) -> Manifest:
    return Manifest(
        program=str(content["program"]),
        made=str(content["made"]),
        engine=str(content["engine"]),
        heads=tuple((str(app), str(name)) for app, name in content["heads"]),
        rows={str(name): int(count) for name, count in content["rows"].items()},
        contents={str(name): str(digest) for name, digest in content["contents"].items()},
        parts={str(name): str(digest) for name, digest in content["parts"].items()},
        has_key=bool(content.get("has_key", False)),
        anchor=dict(content.get("anchor", {})),
    )


def _faults(archive: zipfile.ZipFile, manifest: Manifest) -> list[Problem]:
    names = Counter(archive.namelist())
    expected = {MANIFEST, *manifest.parts}
    tables = {f"{TABLES}/{one}.jsonl" for one in manifest.rows}
    problems = [Problem("backup.part", msg("Delen mangler."), one) for one in sorted(expected - set(names))]
    strange = {one for one in names if one not in expected or names[one] > 1}
    strange |= {one for one in manifest.parts if one not in tables and one != KEY and inside(one) is None}
    problems += [Problem("backup.part", msg("Delen hører ikke til."), one) for one in sorted(strange)]
    problems += [
        Problem("backup.part", msg("Tabellen står ikke blant delene."), one)
        for one in sorted(tables - set(manifest.parts))
    ]
    for name in sorted(set(manifest.parts) & set(names)):
        if _digest(archive, name) != manifest.parts[name]:
            problems.append(
                Problem("backup.part", msg("Innholdet er et annet enn da kopien ble laget."), name)
            )
    return problems


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
    except BROKEN:
        return ""
    return digest.hexdigest()


def _refused(code: str, what: Message, path: Path) -> InputError:
    return InputError(code, what, place=str(path), remedy=_another())


def _another() -> Message:
    return msg("Bruk en annen sikkerhetskopi. Det som står i dag, er ikke rørt.")
