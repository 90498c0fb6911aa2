"""What coders have done, from rows to the library's events and back.

Events are only ever added, so a log that was read before is read on from where it ended.
"""

from __future__ import annotations

from datetime import datetime

from fotfeste.plans.coding import CodingLog as Log
from fotfeste.plans.coding import Event
from fotfeste.plans.coding.log import Act
from fotfeste.plans.documents import Span
from fotfeste.web.plans.models import CodingLog

MOST = 64
"""Logs that are held in memory."""
_NAMES = (
    "number", "at", "coder", "act", "text_sha256", "start", "end", "code", "of", "cause", "memo", "verdict",
)  # fmt: skip
_Row = tuple[
    int, datetime, str, str, str, int | None, int | None, str, int, str, str, bool | None
]  # fmt: skip
_held: dict[int, Log] = {}


def log_in(row: CodingLog) -> Log:
    """Return a log as the library has it."""
    known = _held.get(row.pk)
    last = len(known.events) if known else 0
    rows = row.events.filter(number__gte=max(last, 1)).order_by("number").values_list(*_NAMES)
    read = [_event(one) for one in rows]
    if known is not None and last and read[:1] == list(known.events[-1:]) and known.codebook == row.codebook:
        found = Log(row.codebook, (*known.events, *read[1:]))
    elif last:
        # Another database, or one that was put back: what is held is of something else.
        rows = row.events.order_by("number").values_list(*_NAMES)
        found = Log(row.codebook, tuple(_event(one) for one in rows))
    else:
        found = Log(row.codebook, tuple(read))
    if len(_held) >= MOST:
        _held.clear()
    _held[row.pk] = found
    return found


def _event(row: _Row) -> Event:
    number, at, coder, name, text, start, end, code, of, cause, memo, verdict = row
    span = None if start is None or end is None else Span(start, end)
    return Event(number, at, coder, Act(name), text, span, code, of, cause, memo, verdict)


def columns_of(event: Event) -> dict[str, object]:
    """Return an event as the columns of its row."""
    return {
        "number": event.number, "at": event.at, "coder": event.coder, "act": event.act.value,
        "text_sha256": event.text_sha256, "start": event.span.start if event.span else None,
        "end": event.span.end if event.span else None, "code": event.code, "of": event.of,
        "cause": event.cause[:160], "memo": event.memo, "verdict": event.verdict,
    }  # fmt: skip
