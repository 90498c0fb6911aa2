"""Imported codings into a log of coding: as acts of their coders, none of them twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fotfeste.plans.codebooks.model import Codebook
from fotfeste.plans.coding.log import Act, CodingLog, Event, codings
from fotfeste.plans.coding.model import Coding, State


@dataclass(frozen=True, slots=True)
class Entered:
    """A log with imported codings: how many were new, how many stood there already, and codes that its book has not."""

    log: CodingLog
    new: int
    known: int
    without_code: Mapping[str, int]


def same_codes(theirs: Codebook, ours: Codebook) -> Mapping[str, str]:
    """Return our ids of codes by theirs: where the names from the outermost down are the same, else where one name is.

    A name that several codes have in either book says nothing by itself.
    """
    paths = {_path(ours, code.id): code.id for code in ours.codes}
    single, single_theirs = _single(ours), _single(theirs)
    found: dict[str, str] = {}
    for code in theirs.codes:
        name = code.name["nb"].casefold()
        by_name = single.get(name) if single_theirs.get(name) == code.id else None
        if match := paths.get(_path(theirs, code.id)) or by_name:
            found[code.id] = match
    return found


def entered(
    log: CodingLog, imported: Iterable[Coding], book: Codebook, codes: Mapping[str, str] | None = None
) -> Entered:
    """Return ``log`` with codings put in it; ``codes`` gives the book's ids by those of the codings (:func:`same_codes`).

    What the same coder has said of the same piece and code stands already and is not put in again, so that a file can
    be imported twice. Codings with codes that the book has not stay out, and are counted by code.
    """
    standing = {(one.text_sha256, one.span, one.code, one.coder) for one in codings(log)}
    events: list[Event] = []
    known = 0
    without: dict[str, int] = {}
    for one in imported:
        code = one.code if codes is None else codes.get(one.code, "")
        if code not in book.by_id:
            without[one.code] = without.get(one.code, 0) + 1
            continue
        key = (one.text_sha256, one.span, code, one.coder)
        if key in standing:
            known += 1
            continue
        standing.add(key)
        act = Act.REJECT if one.state is State.REJECTED else Act.ACCEPT
        number = len(log.events) + len(events) + 1
        events.append(
            Event(
                number,
                one.at,
                one.coder,
                act,
                one.text_sha256,
                one.span,
                code,
                cause=one.cause,
                memo=one.memo,
            )
        )
    return Entered(replace(log, events=(*log.events, *events)), len(events), known, without)


def _path(book: Codebook, code: str) -> tuple[str, ...]:
    return tuple(one.name["nb"].casefold() for one in book.path(code))


def _single(book: Codebook) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for code in book.codes:
        names.setdefault(code.name["nb"].casefold(), []).append(code.id)
    return {name: ids[0] for name, ids in names.items() if len(ids) == 1}
