"""Reading a stranger's file in a process of its own, that may use so much time and memory and no more.

A file of a few kilobytes can ask PDFium to draw the same form a billion times, and nothing stops a call into it from
outside. What a workspace lets people hand in is read here.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from fotfeste.errors import InputError
from fotfeste.messages import Message, msg
from fotfeste.plans.documents.bounds import Bounds, broken, refused
from fotfeste.plans.documents.model import Document
from fotfeste.plans.documents.reading import read
from fotfeste.plans.documents.stored import dump, load
from fotfeste.settings import PlanLimits

SECONDS = 60
"""Seconds of work that a plan may take; 110 dense pages take about three."""
MEMORY = 2_000_000_000
"""Bytes of address space that reading a plan may take."""
_REFUSED = 3


def read_apart(
    name: str, data: bytes, *, bounds: Bounds | None = None, seconds: int = SECONDS, memory: int = MEMORY
) -> Document:
    """Return the plan as :func:`read` does, from a process of its own; raises :class:`InputError` as that does.

    The codes are besides ``plan.slow`` when ``seconds`` of work are not enough, and ``plan.broken`` when the process fails.
    """
    limits = json.dumps([name, seconds, memory, asdict(bounds or Bounds())]).encode()
    command = [sys.executable, "-m", "fotfeste.plans.documents.apart"]
    told = limits + b"\n" + data
    try:
        done = subprocess.run(command, input=told, capture_output=True, check=False, timeout=20 * seconds)
    except subprocess.TimeoutExpired as error:
        raise too_slow(name) from error
    if done.returncode == 0:
        return load(done.stdout)
    if done.returncode == _REFUSED:
        code, what, remedy = json.loads(done.stdout)
        raise InputError(code, message_of(what), place=name, remedy=message_of(remedy))
    if done.returncode in (-24, -9):
        raise too_slow(name)
    raise broken(name)


def read_within(name: str, data: bytes, limits: PlanLimits) -> Document:
    """Return the plan as :func:`read_apart` does, within what an installation has set."""
    return read_apart(name, data, bounds=Bounds.of(limits), seconds=limits.plan_seconds)


def too_slow(name: str) -> InputError:
    """Return the error for a file that takes too long to read."""
    remedy = msg("Lagre filen på nytt i et vanlig program, eller del den opp, og prøv igjen.")
    return refused("slow", msg("Filen tar for lang tid å lese."), name, remedy)


def row_of(message: Message | None) -> list[Any]:
    """Return a message as plain data."""
    one = message or msg("")
    fields = {
        name: value if isinstance(value, int | str) else str(value) for name, value in one.fields.items()
    }
    return [one.text, fields, one.plural, one.count]


def message_of(row: list[Any]) -> Message:
    """Return the message that :func:`row_of` gave."""
    text, fields, plural, count = row
    return Message(text, fields, plural, count)


def _work() -> int:
    """Read what stands on standard input: a line with the name and the limits, and the file."""
    name, seconds, memory, bounds = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        answer, code = dump(read(name, data, bounds=Bounds(**bounds))), 0
    except InputError as error:
        problem = error.problem
        answer = json.dumps([problem.code, row_of(problem.what), row_of(problem.remedy)]).encode()
        code = _REFUSED
    with os.fdopen(os.dup(1), "wb") as stream:
        stream.write(answer)
    return code


if __name__ == "__main__":
    raise SystemExit(_work())
