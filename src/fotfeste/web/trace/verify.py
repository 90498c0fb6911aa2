"""Inspecting the trace of this installation, and keeping its anchors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from fotfeste.files import write_whole
from fotfeste.web.trace.anchors import Anchor, as_text, read_anchors, seal
from fotfeste.web.trace.chain import START, Link
from fotfeste.web.trace.inspection import Verdict, inspect
from fotfeste.web.trace.models import Entry

ANCHORS = "sporanker.jsonl"
_AT_A_TIME = 2_000


def verify(anchors: Sequence[Anchor] | None = None) -> Verdict:
    """Inspect the whole trace against ``anchors``; without any given, against those kept in the data folder."""
    known = kept_anchors() if anchors is None else anchors
    return inspect(_links(), known, anchor_key())


def head() -> tuple[int, str]:
    """Return the number and the hash of the last entry; ``(0, sixty-four zeros)`` while there is none."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)


def present_anchor(at: datetime | None = None) -> Anchor:
    """Return the anchor of the trace as it is now: for a backup's manifest, or to be kept elsewhere."""
    number, digest = head()
    return seal(anchor_key(), number, digest, at or timezone.now())


def anchors_file() -> Path:
    """Return the file that the anchors are kept in."""
    return Path(settings.FOTFESTE.data_dir) / ANCHORS


def kept_anchors() -> tuple[Anchor, ...]:
    """Return the anchors that are kept in the data folder, oldest first."""
    path = anchors_file()
    return read_anchors(path) if path.exists() else ()


def keep_anchor() -> Anchor:
    """Add an anchor of the trace as it is now to the data folder, unless nothing has come since the last one."""
    known = kept_anchors()
    now = present_anchor()
    if known and (known[-1].number, known[-1].hash) == (now.number, now.hash):
        return known[-1]
    write_whole(anchors_file(), as_text([*known, now]).encode())
    return now


def anchor_key() -> bytes:
    """Return the key that anchors are sealed with: drawn from the installation's secret key."""
    return hashlib.sha256(b"fotfeste.trace.anchor:" + settings.SECRET_KEY.encode()).digest()


def _links() -> Iterator[tuple[Link, str]]:
    last = -1
    while True:
        entries = list(Entry.objects.filter(number__gt=last).order_by("number")[:_AT_A_TIME])
        yield from ((one.link, one.hash) for one in entries)
        if len(entries) < _AT_A_TIME:
            return
        last = entries[-1].number
