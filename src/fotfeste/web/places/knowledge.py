"""What is known of every place, read once in each process and again when figures have been imported."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils import timezone

from fotfeste.errors import FotfesteError
from fotfeste.reports.profiles import Knowledge, open_knowledge
from fotfeste.reports.profiles.judged import read_ahead
from fotfeste.statistics.store import MANIFEST

log = logging.getLogger(__name__)

_reading = Lock()
_State = tuple[date, tuple[tuple[str, int], ...]]
_held: tuple[_State, Knowledge] | None = None


def knowledge() -> Knowledge:
    """Return what is known now. Reading takes about a second and happens once; threads share the answer.

    While one thread reads anew, the others go on with what was known before. Figures that cannot be read are logged
    and leave the former ones standing.
    """
    global _held
    state = _state(settings.FOTFESTE.data_dir)
    held = _held
    if held is not None and held[0] == state:
        return held[1]
    if not _reading.acquire(blocking=held is None):
        return held[1] if held is not None else knowledge()
    try:
        held = _held
        if held is None or held[0] != state:
            _held = held = (state, _read(state[0], held[1] if held else None))
        return held[1]
    finally:
        _reading.release()


def _read(today: date, before: Knowledge | None) -> Knowledge:
    try:
        found = open_knowledge(settings.FOTFESTE.data_dir, today)
        if before is not None:
            read_ahead(found)  # the others go on with what was known before
        return found
    except FotfesteError as error:
        if before is None:
            raise
        log.error("figures cannot be read, the former ones stand: %s", error.code)
        return before


def _state(folder: Path) -> _State:
    """Tell what the answer depends on: the day, and which figures have been imported."""
    manifests = sorted(folder.glob(f"*/{MANIFEST}"))
    return timezone.localdate(), tuple((str(one), one.stat().st_mtime_ns) for one in manifests)
