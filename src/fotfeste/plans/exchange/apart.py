"""Reading a stranger's file of codings in a process of its own, that may use so much time and memory and no more."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from fotfeste.errors import InputError, Problem
from fotfeste.plans.anchors import Reason
from fotfeste.plans.codebooks import Codebook, codebook_as_toml
from fotfeste.plans.codebooks.reading import codebook_of_text
from fotfeste.plans.coding.model import Coding, State
from fotfeste.plans.documents.apart import message_of, row_of, too_slow
from fotfeste.plans.documents.bounds import broken
from fotfeste.plans.documents.model import Document, Span
from fotfeste.plans.documents.stored import dump, load
from fotfeste.plans.exchange.onto import FromSource
from fotfeste.plans.exchange.packages import Bounds
from fotfeste.plans.exchange.placing import Placed, placed_on
from fotfeste.plans.exchange.report import Counting, Detected, Left, Newline, Report, Unit, Why

SECONDS = 60
"""Seconds of work that a file of codings may take; one of 20 000 rows takes about ten."""
MEMORY = 1_500_000_000
"""Bytes of address space that reading it may take."""
_REFUSED = 3


def placed_on_apart(
    name: str,
    data: bytes,
    document: Document,
    book: Codebook,
    *,
    at: datetime,
    coder: str,
    bounds: Bounds,
    seconds: int = SECONDS,
    memory: int = MEMORY,
) -> Placed:
    """Return what :func:`~fotfeste.plans.exchange.placing.placed_on` does, from a process of its own; raises :class:`InputError` as that does.

    The codes are besides ``plan.slow`` when ``seconds`` of work are not enough, and ``plan.broken`` when the process fails.
    """
    parts = [dump(document), codebook_as_toml(book).encode(), data]
    head = [name, seconds, memory, asdict(bounds), at.isoformat(), coder, [len(one) for one in parts]]
    told = b"\n".join([json.dumps(head).encode(), b"".join(parts)])
    command = [sys.executable, "-m", "fotfeste.plans.exchange.apart"]
    try:
        done = subprocess.run(command, input=told, capture_output=True, check=False, timeout=20 * seconds)
    except subprocess.TimeoutExpired as error:
        raise too_slow(name) from error
    if done.returncode == 0:
        return _placed(json.loads(done.stdout))
    if done.returncode == _REFUSED:
        raise _error(json.loads(done.stdout))
    if done.returncode in (-24, -9):
        raise too_slow(name)
    raise broken(name)


def _work() -> int:
    """Read what stands on standard input: a line with the name and the limits, the document, the codebook, and the file."""
    name, seconds, memory, bounds, at, coder, lengths = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document, book, data = (sys.stdin.buffer.read(length) for length in lengths)
    try:
        found = placed_on(
            name, data, load(document), codebook_of_text(book.decode(), name),
            at=datetime.fromisoformat(at), coder=coder, bounds=Bounds(**bounds),
        )  # fmt: skip
        answer, code = _plain(found), 0
    except InputError as error:
        answer, code = _plain_error(error), _REFUSED
    with os.fdopen(os.dup(1), "wb") as stream:
        stream.write(json.dumps(answer).encode())
    return code


def _plain(found: Placed) -> list[Any]:
    codings = [
        [one.text_sha256, one.span.start, one.span.end, one.code, one.coder, one.state, one.cause, one.memo, one.at.isoformat()]
        for one in found.codings
    ]  # fmt: skip
    sources = [[one.name, one.found, dict(one.lost)] for one in found.sources]
    left = [[one.what, one.why, one.count, list(one.examples)] for one in found.report.left]
    offsets = [
        [one.source, asdict(one.counting), one.pieces, one.score, one.next_best]
        for one in found.report.offsets
    ]
    codes = None if found.codes is None else dict(found.codes)
    report = [dict(found.report.carried), left, offsets]
    return [codings, sources, report, codes, dict(found.names), list(found.coders)]


def _placed(plain: list[Any]) -> Placed:
    codings, sources, (carried, left, offsets), codes, names, coders = plain
    return Placed(
        tuple(
            Coding(sha, Span(start, end), code, coder, State(state), cause, memo, datetime.fromisoformat(at))
            for sha, start, end, code, coder, state, cause, memo, at in codings
        ),
        tuple(
            FromSource(name, found, {Reason(why): count for why, count in lost.items()})
            for name, found, lost in sources
        ),
        Report(
            carried,
            tuple(Left(what, Why(why), count, tuple(examples)) for what, why, count, examples in left),
            tuple(
                Detected(source, _counting(counting), pieces, score, best)
                for source, counting, pieces, score, best in offsets
            ),
        ),
        codes,
        names,
        tuple(coders),
    )


def _counting(plain: dict[str, Any]) -> Counting:
    return Counting(Unit(plain["unit"]), Newline(plain["newline"]), plain["inclusive"], plain["mark"])


def _plain_error(error: InputError) -> list[Any]:
    return [_problem(error.problem), [_problem(one) for one in error.problems]]


def _problem(one: Problem) -> list[Any]:
    return [one.code, row_of(one.what), str(one.place or ""), row_of(one.remedy) if one.remedy else None]


def _error(plain: list[Any]) -> InputError:
    (code, what, place, remedy), problems = plain
    return InputError(
        code,
        message_of(what),
        place=place,
        remedy=message_of(remedy) if remedy else None,
        problems=[
            Problem(code, message_of(what), place, message_of(remedy) if remedy else None)
            for code, what, place, remedy in problems
        ],
    )


if __name__ == "__main__":
    raise SystemExit(_work())
