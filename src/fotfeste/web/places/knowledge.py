"""What is known of every place, read once in each process and again when figures have been imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils import timezone

from fotfeste.reports.profiles import Knowledge, open_knowledge
from fotfeste.statistics.store import MANIFEST

_reading = Lock()
_State = tuple[date, tuple[tuple[str, int], ...]]
_held: tuple[_State, Knowledge] | None = None


def knowledge() -> Knowledge:
    """Return what is known now. Reading takes about a second and happens once; threads share the answer."""
    global _held
    state = _state(settings.FOTFESTE.data_dir)
    if (held := _held) is not None and held[0] == state:
        return held[1]
    with _reading:
        if (held := _held) is None or held[0] != state:
            _held = held = (state, open_knowledge(settings.FOTFESTE.data_dir, state[0]))
        return held[1]


def _state(folder: Path) -> _State:
    """Tell what the answer depends on: the day, and which figures have been imported."""
    manifests = sorted(folder.glob(f"*/{MANIFEST}"))
    return timezone.localdate(), tuple((str(one), one.stat().st_mtime_ns) for one in manifests)
