"""Projects as other programs write them, made here from texts written for the purpose: no text of a real plan.

Habits are those told of in documentation and reports of faults: NVivo begins texts with a byte order mark, ends lines with two
signs and counts UTF-16 units; MAXQDA writes line ends with one sign and ids in small letters; ATLAS.ti gives every
quotation a name and writes braces round ids; QualCoder counts code points; packages made on Windows may have backslashes.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

TEXT = (
    "1. Innledning\n\nFylket 🏔 skal ta imot flyktninger i heile fylket.\n\n"
    "Kommunane i distriktet treng arbeidskraft 👷‍♀️, og innvandrarar skal med i planane.\n\n"
    "- Mål 1: fleire i arbeid.\n- Mål 2: betre norskopplæring 🙂 for alle.\n\n"
    "Tiltaka vert følgde opp kvart år. Ansvaret ligg hos fylkeskommunen.\n"
)
WORDS = (
    "flyktninger",
    "arbeidskraft",
    "innvandrarar",
    "fleire i arbeid",
    "betre norskopplæring",
    "fylkeskommunen",
    "Tiltaka vert følgde opp kvart år.",
    "Fylket",
)
USER, OTHER = "6F1C31C8-6C3B-4AF2-A6A6-0A0A0A0A0A01", "6F1C31C8-6C3B-4AF2-A6A6-0A0A0A0A0A02"


def guid(name: str) -> str:
    """Return an id for a thing of the test, always the same."""
    return str(uuid5(NAMESPACE_URL, f"synthetic {name}")).upper()


@dataclass(frozen=True)
class Habits:
    """How a program writes: line ends in the file, what they count as, the unit, and its other ways."""

    origin: str
    crlf: bool = False
    counts_crlf: bool = False
    utf16: bool = False
    mark: bool = False
    counts_mark: bool = False
    inclusive: bool = False
    braces: bool = False
    backslash: bool = False
    folder: str = "Sources"

    def position(self, text: str, place: int) -> int:
        before = text[:place]
        units = len(before.encode("utf-16-le")) // 2 if self.utf16 else len(before)
        return units + (before.count("\n") if self.counts_crlf else 0) + (1 if self.counts_mark else 0)

    def id(self, of: str) -> str:
        return f"{{{of}}}" if self.braces else of

    def file(self, text: str) -> bytes:
        written = text.replace("\n", "\r\n") if self.crlf else text
        return (b"\xef\xbb\xbf" if self.mark else b"") + written.encode()


NVIVO = Habits(
    "NVivo 14", crlf=True, counts_crlf=True, utf16=True, mark=True, folder="sources", backslash=True
)
NVIVO_MAC = Habits("NVivo for Mac", utf16=True, mark=True, counts_mark=True)
MAXQDA = Habits("MAXQDA 2022", utf16=True)
MAXQDA_CRLF = Habits("MAXQDA 2020", crlf=True, utf16=True)
ATLAS = Habits("ATLAS.ti 23", braces=True, crlf=True)
ATLAS_WEB = Habits("ATLAS.ti Web", counts_crlf=True)
QUALCODER = Habits("QualCoder 3.5")
INCLUSIVE = Habits("Eldre program", inclusive=True)
ALL = (NVIVO, NVIVO_MAC, MAXQDA, MAXQDA_CRLF, ATLAS, ATLAS_WEB, QUALCODER, INCLUSIVE)


@dataclass
class Project:
    """A project that grows into a package."""

    habits: Habits
    codes: str = ""
    sources: list[str] = field(default_factory=list)
    after: str = ""
    parts: dict[str, bytes] = field(default_factory=dict)
    users: Sequence[tuple[str, str]] = ((USER, "Oppdiktet Person"),)

    def selections(self, text: str, pieces: Iterable[tuple[int, int]], code: str, user: str = USER) -> str:
        found = []
        for number, (start, end) in enumerate(pieces):
            last = self.habits.position(text, end) - (1 if self.habits.inclusive else 0)
            found.append(
                f'<PlainTextSelection guid="{self.habits.id(guid(f"sel {code} {number} {start}"))}" '
                f'startPosition="{self.habits.position(text, start)}" endPosition="{last}" '
                f'creatingUser="{self.habits.id(user)}" creationDateTime="2024-03-0{number % 9 + 1}T10:00:00Z">'
                f'<Coding guid="{self.habits.id(guid(f"coding {code} {number} {start} {user}"))}">'
                f'<CodeRef targetGUID="{self.habits.id(code)}"/></Coding></PlainTextSelection>'
            )
        return "".join(found)

    def text(self, name: str, text: str, inside: str) -> None:
        key = guid(f"source {name}")
        self.parts[f"{self.habits.folder}/{key}.txt"] = self.habits.file(text)
        self.sources.append(
            f'<TextSource guid="{self.habits.id(key)}" name={quoteattr(name)} plainTextPath="internal://{key}.txt" '
            f'creatingUser="{self.habits.id(USER)}">{inside}</TextSource>'
        )

    def qde(self) -> str:
        users = "".join(
            f'<User guid="{self.habits.id(key)}" name={quoteattr(name)}/>' for key, name in self.users
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?>'
            f'<Project xmlns="urn:QDA-XML:project:1.0" name="Oppdiktet prosjekt" origin={quoteattr(self.habits.origin)}>'
            f"<Users>{users}</Users><CodeBook><Codes>{self.codes}</Codes></CodeBook>"
            f"<Sources>{''.join(self.sources)}</Sources>{self.after}</Project>"
        )

    def packed(self) -> bytes:
        return package({"project.qde": self.qde().encode(), **self.parts}, backslash=self.habits.backslash)


def package(parts: Mapping[str, bytes], *, backslash: bool = False) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("/", "\\") if backslash else name, content)
    return stream.getvalue()


def code(
    name: str, *inside: str, key: str = "", about: str = "", colour: str = "", codable: bool = True
) -> str:
    shown = f' color="{colour}"' if colour else ""
    described = f"<Description>{escape(about)}</Description>" if about else ""
    return (
        f'<Code guid="{key or guid(f"code {name}")}" name={quoteattr(name)} isCodable="{str(codable).lower()}"{shown}>'
        f"{described}{''.join(inside)}</Code>"
    )


def codebook(*codes: str, after: str = "", origin: str = "NVivo 14") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin={quoteattr(origin)}>'
        f"<Codes>{''.join(codes)}</Codes>{after}</CodeBook>"
    ).encode()


def pieces_of(text: str, words: Iterable[str] = WORDS) -> list[tuple[int, int]]:
    found = []
    for one in words:
        start = text.index(one)
        found.append((start, start + len(one)))
    return found


SCHEMA = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL, hashed_password VARCHAR(192),
    disabled BOOLEAN NOT NULL, password_set_date DATETIME, language VARCHAR(10), email VARCHAR(256), email_sent DATETIME);
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, description TEXT NOT NULL,
    created DATETIME NOT NULL);
CREATE TABLE project_members (project_id INTEGER NOT NULL, user_login VARCHAR(30) NOT NULL, privileges VARCHAR(11) NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL, description TEXT NOT NULL,
    filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL,
    contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL, user_login VARCHAR(30) NOT NULL,
    project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, path VARCHAR(200) NOT NULL,
    description TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (highlight_id, tag_id));
"""
"""The tables of Taguette 1.5 that matter here."""
HTML = (
    "<h1>Mål for fylket</h1><p>Vi vil <b>busetje</b> flyktningar 🙂 i heile fylket.</p><ul><li>Arbeid</li><li>Norsk &amp; "
    "skule</li></ul><p>Arbeid<sup>1</sup> er viktig.</p>"
)
PLAIN = "Mål for fylketVi vil busetje flyktningar 🙂 i heile fylket.ArbeidNorsk & skuleArbeid1 er viktig."


def taguette(*changes: tuple[str, Sequence[object]], html: str = HTML) -> bytes:
    """Return a database as Taguette exports it: one project with a document, three tags, and what ``changes`` put in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "db.sqlite3"
        connection = sqlite3.connect(path)
        connection.executescript(SCHEMA)
        day = "2024-05-06 07:08:09.000000"
        connection.execute("INSERT INTO projects VALUES (1, 'Oppdiktet', 'Eit prosjekt', ?)", (day,))
        connection.execute(
            "INSERT INTO documents VALUES (1, 'Plan', '', 'plan.docx', ?, 1, 'LEFT_TO_RIGHT', ?)", (day, html)
        )
        for number, tag in enumerate(("tema.arbeid", "tema.språk", "grupper"), start=1):
            connection.execute("INSERT INTO tags VALUES (?, 1, ?, 'Kva det gjeld')", (number, tag))
        for statement, values in changes:
            connection.execute(statement, values)
        connection.commit()
        connection.close()
        return path.read_bytes()


def highlight(
    number: int, words: str, *tags: int, text: str = PLAIN, moved: int = 0, snippet: str | None = None
):
    """Return the statements that mark ``words`` in the document, counted in bytes."""
    start = len(text[: text.index(words)].encode()) + moved
    end = start + len(words.encode())
    shown = escape(words) if snippet is None else snippet
    yield "INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (number, start, end, shown)
    for tag in tags:
        yield "INSERT INTO highlight_tags VALUES (?, ?)", (number, tag)
    payload = f'{{"type": "highlight_add", "highlight_id": {number}}}'
    yield (
        "INSERT INTO commands (date, user_login, project_id, document_id, payload) VALUES (?, 'admin', 1, 1, ?)",
        (
            "2024-05-07 08:00:00.000000",
            payload,
        ),
    )
