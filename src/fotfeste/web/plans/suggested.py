"""Suggestions on disk, made once for each document: those of the rules, and for each county what is learnt from its codings.

They belong to the document and its text: of two documents with the same words, one may have them as headings and the
other not, and different people see them.

A file is one line that says where in it the suggestions of each passage stand, and after that the suggestions, so that a
page of a document costs only what stands on it. All of it can be made anew, so no backup has it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

import fotfeste
from fotfeste.files import write_whole
from fotfeste.messages import Message
from fotfeste.plans.codebooks import Codebook, codebook_as_toml
from fotfeste.plans.coding import HeldBack, LearntCause, Neighbour, RuleCause, Strength, Suggestion
from fotfeste.plans.documents import Span
from fotfeste.web.jobs.kept_messages import kept, told

FOLDER = ".plan-suggestions"
SCHEMA = 2


@dataclass(frozen=True)
class Head:
    """The first line of a file: where the suggestions of each passage stand, the passages of each code, and more that goes with them."""

    start: int
    places: Mapping[str, tuple[int, int]]
    codes: Mapping[str, tuple[int, ...]]
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Of:
    """What suggestions are for: a document by its id, and the text that was read from it."""

    document: str
    text_sha256: str

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return _whole() / self.document / self.text_sha256


def _whole() -> Path:
    return Path(settings.FOTFESTE.data_dir) / FOLDER


def rules_file(of: Of, edition: str) -> Path:
    """Return where what the rules suggest lies: another codebook, or another Fotfeste, suggests anew."""
    return of.folder / f"rules-{edition}.jsonl"


def learnt_file(of: Of, county: str) -> Path:
    """Return where what is learnt from a county's codings suggests lies."""
    return of.folder / f"learnt-{county}.jsonl"


def edition_of(book: Codebook) -> str:
    """Return a mark of a codebook and of the program that reads it."""
    whole = f"{fotfeste.__version__}\n{SCHEMA}\n{codebook_as_toml(book)}"
    return f"{book.id}-{sha256(whole.encode()).hexdigest()[:16]}"


def write(path: Path, some: Iterable[Suggestion], more: Mapping[str, Any] | None = None) -> None:
    """Write suggestions, which stand in reading order, whole or not at all."""
    by_passage: dict[int, list[Suggestion]] = {}
    codes: dict[str, list[int]] = {}
    for one in some:
        by_passage.setdefault(one.passage, []).append(one)
        if one.offered:
            codes.setdefault(one.code, []).append(one.passage)
    parts: list[bytes] = []
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for place, here in by_passage.items():
        line = _json([_plain(one) for one in here]) + b"\n"
        places[str(place)] = (at, len(line))
        parts.append(line)
        at += len(line)
    head = {"schema": SCHEMA, "places": places, "codes": codes, "more": dict(more or {})}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(path, b"".join([_json(head), b"\n", *parts]))


def head_of(path: Path) -> Head | None:
    """Return the first line of a file; nothing when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _head(str(path), found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=256)
def _head(path: str, changed: int, node: int) -> Head | None:
    del changed, node  # a file that is written anew is another file
    try:
        with Path(path).open("rb") as stream:
            line = stream.readline()
        whole = json.loads(line)
        if whole["schema"] != SCHEMA:
            return None
        places = {place: (at, length) for place, (at, length) in whole["places"].items()}
        codes = {code: tuple(some) for code, some in whole["codes"].items()}
        return Head(len(line), places, codes, whole["more"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read(path: Path, text_sha256: str, spans: Mapping[int, Span]) -> dict[int, list[Suggestion]]:
    """Return the suggestions for the passages whose places and spans are given; none for those without."""
    head = head_of(path)
    if head is None:
        return {}
    found: dict[int, list[Suggestion]] = {}
    with path.open("rb") as stream:
        for place, span in spans.items():
            if (where := head.places.get(str(place))) is None:
                continue
            stream.seek(head.start + where[0])
            found[place] = [
                _suggestion(one, text_sha256, place, span) for one in json.loads(stream.read(where[1]))
            ]
    return found


def documents() -> list[str]:
    """Return the ids of the documents that something is suggested for; what lies there by other names is among them."""
    whole = _whole()
    return sorted(one.name for one in whole.iterdir()) if whole.is_dir() else []


def learnt() -> list[tuple[str, str, Path]]:
    """Return what is learnt and lies here: for which document, from which county's codings, and where."""
    return [
        (path.parent.parent.name, path.stem.removeprefix("learnt-"), path)
        for path in sorted(_whole().glob("*/*/learnt-*.jsonl"))
    ]


def forget(document: str) -> None:
    """Delete what is suggested for a document."""
    shutil.rmtree(_whole() / document, ignore_errors=True)


def forget_learnt(county: str) -> None:
    """Delete what is learnt from a county's codings: it holds words of the passages it was learnt from."""
    for _, from_, path in learnt():
        if from_ == county:
            path.unlink(missing_ok=True)


def place_of(document: str, span: Span) -> str:
    """Return a place in any document as the quotes of neighbours are found by."""
    return f"{document}:{span.start}-{span.end}"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(one: Suggestion) -> list[Any]:
    causes = [_rule(each) if isinstance(each, RuleCause) else _learnt(each) for each in one.causes]
    held = [[_rule(each.cause), kept(each.why)] for each in one.held_back]
    return [one.code, causes, held]


def _rule(one: RuleCause) -> list[Any]:
    return [one.rule, one.pattern, one.words, [[each.start, each.end] for each in one.places], one.strength]


def _learnt(one: LearntCause) -> dict[str, Any]:
    near = [
        [each.text_sha256, each.span.start, each.span.end, each.likeness, each.document]
        for each in one.neighbours
    ]
    return {"score": one.score, "threshold": one.threshold, "words": one.words, "near": near}


def _suggestion(plain: list[Any], text_sha256: str, place: int, span: Span) -> Suggestion:
    code, causes, held = plain
    return Suggestion(
        text_sha256,
        place,
        span,
        code,
        tuple(_cause(one) for one in causes),
        tuple(HeldBack(_rule_cause(cause), _message(why)) for cause, why in held),
    )


def _cause(plain: Any) -> RuleCause | LearntCause:
    if isinstance(plain, list):
        return _rule_cause(plain)
    near = tuple(
        Neighbour(text, Span(start, end), like, document)
        for text, start, end, like, document in plain["near"]
    )
    words = tuple((word, weight) for word, weight in plain["words"])
    return LearntCause(plain["score"], plain["threshold"], words, near)


def _rule_cause(plain: list[Any]) -> RuleCause:
    rule, pattern, words, places, strength = plain
    return RuleCause(
        rule, pattern, tuple(words), tuple(Span(start, end) for start, end in places), Strength(strength)
    )


def _message(plain: Any) -> Message:
    found = told(plain)
    return found if isinstance(found, Message) else Message(str(found))
