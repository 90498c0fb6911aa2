"""From the bytes of an answer to its tables, whichever version of JSON-stat they are written in.

An object with a member for each cell is by far the largest thing in an answer. Read in one go, its members take ten
times the memory of the text. Such objects are therefore taken out first and read in pieces when they are needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from fotfeste.errors import InputError
from fotfeste.messages import msg
from fotfeste.statistics.jsonstat.faults import fault

PIECE = 1 << 16
"""Bytes that are read at a time of an object with a member for each cell; shorter objects are read in one go."""

CELLS = ("value", "status")
SPACE = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest answer (bytes) and the most cells that are read."""

    answer_bytes: int = 64 << 20
    cells: int = 5_000_000


class NotInPieces(Exception):
    """An object cannot be read in pieces, and the answer must be read in one go."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object that have not been read yet: the bytes between its braces."""

    content: bytes
    start: int
    end: int

    def pieces(self) -> Iterator[Mapping[str, object]]:
        """Return the members, some thousands at a time.

        The text is cut at a comma that a quotation mark follows. If that comma is within a text, the piece before it
        is not JSON, and :class:`NotInPieces` is raised.
        """
        at = self.start
        while at < self.end:
            end = self._cut(at + PIECE)
            try:
                text = "{" + self.content[at:end].decode("utf-8") + "}"
                members = _MEMBERS.decode(text)
                if len(members) != text.count(",") + 1:
                    members = _OBJECTS.decode(text)
            except (ValueError, RecursionError) as error:
                raise NotInPieces from error
            yield members
            at = end + 1

    def _cut(self, at: int) -> int:
        while (at := self.content.find(b",", at, self.end)) >= 0:
            after = _past_space(self.content, at + 1)
            if self.content[after : after + 1] == b'"':
                return at
            at += 1
        return self.end


def tables_in_pieces(content: bytes, limits: Limits) -> Mapping[str, Mapping[str, object]]:
    """Return the tables of an answer by name, where long ``value`` and ``status`` are left unread (:class:`Members`).

    Raises :class:`NotInPieces` where that cannot be done: then the answer must be read in one go.
    """
    _small_enough(content, limits)
    name = _unused(content)
    found = sorted((one for part in CELLS for one in _long_objects(content, part)), key=lambda one: one.start)
    if not found:
        return tables_at_once(content, limits)
    rest, at = [], 0
    for number, one in enumerate(found):
        rest += [content[at : one.start], b'"%s":%d' % (name, number)]
        at = one.end
    try:
        tables = tables_of(_parsed(b"".join([*rest, content[at:]])))
    except InputError as error:
        raise NotInPieces from error
    placed = 0
    whole: dict[str, Mapping[str, object]] = {}
    for key, table in tables.items():
        parts = dict(table)
        for part in CELLS:
            said = parts.get(part)
            if isinstance(said, dict) and name.decode() in said:
                parts[part] = found[said[name.decode()]]
                placed += 1
        whole[key] = parts
    if placed < len(found):
        raise NotInPieces
    return whole


def tables_at_once(content: bytes, limits: Limits) -> Mapping[str, Mapping[str, object]]:
    """Return the tables of an answer by name, all of it read."""
    _small_enough(content, limits)
    return tables_of(_parsed(content))


def tables_of(answer: object) -> Mapping[str, Mapping[str, object]]:
    """Return the tables of an answer that is read: one in version 2, any number with names of their own before it."""
    if not isinstance(answer, Mapping):
        raise _no_table()
    if "class" in answer and answer["class"] not in ("dataset", "bundle"):
        raise fault(
            "jsonstat.class",
            msg("Svaret er ikke en tabell, men «{kind}».", kind=str(answer["class"])),
            "class",
            msg("Be om én tabell om gangen (JSON-stat med class «dataset»)."),
        )
    if isinstance(answer.get("dimension"), Mapping) and ("value" in answer or "id" in answer):
        return {"dataset": answer}
    tables = {name: one for name, one in answer.items() if isinstance(one, Mapping) and "dimension" in one}
    if not tables:
        raise _no_table()
    return tables


def _small_enough(content: bytes, limits: Limits) -> None:
    if len(content) > limits.answer_bytes:
        raise fault(
            "jsonstat.large",
            msg(
                "Svaret er på {size} byte. Mer enn {most} leses ikke.",
                size=len(content),
                most=limits.answer_bytes,
            ),
            None,
            msg("Be om færre kategorier om gangen."),
        )


def _unused(content: bytes) -> bytes:
    """Return a name that stands nowhere in the answer."""
    name = b"members"
    while name in content:
        name += b"+"
    return name


def _long_objects(content: bytes, part: str) -> Iterator[Members]:
    """Find objects longer than a piece that follow the name ``part`` and have no braces within."""
    name = b'"%s"' % part.encode()
    at = content.find(name)
    while at >= 0:
        at = _past_space(content, at + len(name))
        if content[at : at + 1] == b":":
            start = _past_space(content, at + 1)
            end = content.find(b"}", start) if content[start : start + 1] == b"{" else -1
            if end - start > PIECE:
                yield Members(content, start + 1, end)
                at = end
        at = content.find(name, at)


def _past_space(content: bytes, at: int) -> int:
    while content[at : at + 1] and content[at] in SPACE:
        at += 1
    return at


def _parsed(content: bytes) -> object:
    try:
        return _OBJECTS.decode(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise fault(
            "jsonstat.text", msg("Svaret er ikke skrevet i UTF-8."), msg("byte {at}", at=error.start)
        ) from error
    except json.JSONDecodeError as error:
        if not content.strip():
            raise fault("jsonstat.empty", msg("Svaret er tomt.")) from error
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
            raise fault(
                "jsonstat.cut",
                msg("Svaret slutter midt i tabellen. Bare {size} byte kom fram.", size=len(content)),
                None,
                msg("Forbindelsen ble trolig brutt. Hent tabellen på nytt."),
            ) from error
        raise fault(
            "jsonstat.json",
            msg("Svaret er ikke JSON."),
            msg("linje {line}, tegn {column}", line=error.lineno, column=error.colno),
        ) from error
    except RecursionError as error:
        raise fault("jsonstat.json", msg("Svaret har objekter inni hverandre i for mange lag.")) from error
    except ValueError as error:
        raise fault("jsonstat.number", msg("Svaret har et tall med for mange siffer.")) from error


def _no_number(text: str) -> NoReturn:
    raise fault("jsonstat.number", msg("Svaret har «{text}» der det skal stå et tall.", text=text))


def _object(members: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(members)
    if len(read) < len(members):
        seen: set[str] = set()
        for name, _ in members:
            if name in seen:
                raise fault(
                    "jsonstat.double", msg("«{code}» står to ganger i samme objekt.", code=name), name
                )
            seen.add(name)
    return read


def _no_table() -> InputError:
    return fault("jsonstat.none", msg("Svaret har ingen tabell i formatet JSON-stat."))


_OBJECTS = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
# Several times as fast, but the last of two members with the same name wins.
_MEMBERS = json.JSONDecoder(parse_constant=_no_number)
