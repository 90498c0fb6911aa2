"""A log of coding as a file: JSON Lines with a schema number, one event a line, added to and never rewritten.

The file is read with every line checked, and kept only as a longer one than what stands there, so that two who work
with the same file cannot lose each other's events.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from fotfeste.errors import InputError
from fotfeste.files import write_whole
from fotfeste.messages import Message, msg
from fotfeste.plans.coding.log import LONGEST_MEMO, Act, CodingLog, Event
from fotfeste.plans.documents.model import Span

SCHEMA = 1
FORMAT = "fotfeste-plan-coding"
LARGEST, MOST_EVENTS, LONGEST_WORD = 200_000_000, 1_000_000, 200
"""Bytes of a file, events in it, characters of an id."""
_BUILDS_ON = frozenset({Act.CORRECT, Act.REMOVE, Act.MEMO, Act.UNDO})
_KEYS = {"number", "at", "coder", "act", "text", "start", "end", "code", "of", "cause", "memo", "verdict"}


def log_as_text(log: CodingLog) -> str:
    """Return the log as it stands in a file; the same log gives the same text."""
    head = {"format": FORMAT, "schema": SCHEMA, "codebook": log.codebook}
    return "".join(f"{_line(one)}\n" for one in (head, *map(_event, log.events)))


def log_of_text(text: str, place: str) -> CodingLog:
    """Return the log that a text holds; ``place`` names it in errors, which say which line is wrong."""
    lines = text.splitlines()
    head = _object(lines[0], place, 1) if lines else {}
    if head.get("format") != FORMAT or not isinstance(head.get("codebook"), str):
        raise _refused("plan.coding.not_log", msg("Filen er ikke en logg over koding."), place)
    if head.get("schema") != SCHEMA:
        raise _refused("plan.coding.schema", msg("Loggen har et ukjent skjema."), place)
    if len(lines) - 1 > MOST_EVENTS:
        raise _refused(
            "plan.coding.too_many", msg("Loggen har mer enn {most} hendelser.", most=MOST_EVENTS), place
        )
    events: list[Event] = []
    for number, line in enumerate(lines[1:], start=1):
        event = _read_event(_object(line, place, number + 1), place, number + 1)
        if event.number != number or not 0 <= event.of < number:
            raise _wrong_line(place, number + 1)
        if event.act in _BUILDS_ON and event.of == 0:
            raise _wrong_line(place, number + 1)
        events.append(event)
    return CodingLog(str(head["codebook"]), tuple(events))


def read_log(path: Path) -> CodingLog:
    """Read a log; raises :class:`InputError` for a file that is no log, or that is damaged."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused("plan.coding.unreadable", msg("Loggen kunne ikke leses."), str(path)) from error
    if len(content) > LARGEST:
        raise _refused(
            "plan.coding.too_large", msg("Filen er større enn {most} byte.", most=LARGEST), str(path)
        )
    return log_of_text(text, str(path))


def keep(path: Path, before: CodingLog, after: CodingLog) -> None:
    """Write ``after`` where ``before`` stands; ``before`` without events may have no file yet.

    Raises :class:`InputError` when the file holds something else by now, and what stands there then stays.
    """
    if after.events[: len(before.events)] != before.events or after.codebook != before.codebook:
        raise ValueError("a log is only added to")
    there = read_log(path) if path.exists() else CodingLog(before.codebook)
    if there != before:
        raise InputError(
            "plan.coding.meanwhile",
            msg("Noen har kodet i mellomtiden. Det du gjorde, er ikke ført."),
            place=str(path),
            remedy=msg("Les loggen på nytt, og gjør det om igjen."),
        )
    write_whole(path, log_as_text(after).encode())


def _event(event: Event) -> dict[str, object]:
    found: dict[str, object] = {
        "number": event.number,
        "at": event.at.isoformat(),
        "coder": event.coder,
        "act": event.act.value,
    }
    if event.text_sha256:
        found["text"] = event.text_sha256
    if event.span is not None:
        found |= {"start": event.span.start, "end": event.span.end}
    found |= {
        name: value
        for name, value in (
            ("code", event.code),
            ("of", event.of),
            ("cause", event.cause),
            ("memo", event.memo),
        )
        if value
    }
    if event.verdict is not None:
        found["verdict"] = event.verdict
    return found


def _read_event(found: Mapping[str, object], place: str, line: int) -> Event:
    try:
        if found.keys() - _KEYS:
            raise ValueError("unknown keys")
        start, end = found.get("start"), found.get("end")
        span = None if start is None and end is None else Span(_whole(start), _whole(end))
        at = datetime.fromisoformat(_text(found["at"]))
        act = Act(_text(found["act"]))
        verdict = found.get("verdict")
        if (
            at.tzinfo is None
            or (verdict is not None and not isinstance(verdict, bool))
            or not found.get("coder")
        ):
            raise ValueError("not an event")
        event = Event(
            _whole(found["number"]),
            at,
            _text(found["coder"]),
            act,
            _text(found.get("text", "")),
            span,
            _text(found.get("code", "")),
            _whole(found.get("of", 0)),
            _text(found.get("cause", "")),
            _text(found.get("memo", ""), LONGEST_MEMO),
            verdict,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise _wrong_line(place, line) from error
    if act is not Act.UNDO and (event.span is None or not event.text_sha256):
        raise _wrong_line(place, line)
    if act in (Act.ACCEPT, Act.REJECT, Act.CORRECT, Act.RESOLVE) and not event.code:
        raise _wrong_line(place, line)
    return event


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("not a whole number")
    return value


def _text(value: object, longest: int = LONGEST_WORD) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("not a text")
    return value


def _object(line: str, place: str, number: int) -> dict[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong_line(place, number) from error
    if not isinstance(found, dict):
        raise _wrong_line(place, number)
    return found


def _line(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _wrong_line(place: str, line: int) -> InputError:
    return _refused(
        "plan.coding.damaged", msg("Linje {line} er ikke slik Fotfeste skriver den.", line=line), place
    )


def _refused(code: str, what: Message, place: str) -> InputError:
    return InputError(
        code,
        what,
        place=place,
        remedy=msg("Oppgi en logg slik Fotfeste har skrevet den, eller en kopi av den."),
    )
