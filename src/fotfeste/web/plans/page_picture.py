"""Pictures of the pages of a PDF: drawn one at a time when somebody looks, in a process of its own, and kept."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from fotfeste.files import write_whole
from fotfeste.web.plans.drawing import LARGEST, SECONDS
from fotfeste.web.plans.models import PlanFile
from fotfeste.web.plans.standing import while_it_stands
from fotfeste.web.plans.stored import ORIGINAL

FOLDER = ".plan-pages"
PATIENCE = 15.0
"""Seconds that one waits for pictures that others look at."""


def picture_of(file: PlanFile, page: int) -> bytes | None:
    """Return the picture of a page, drawn once and kept; nothing where it cannot be drawn within the limits."""
    folder = Path(settings.FOTFESTE.data_dir) / FOLDER
    kept = folder / file.sha256 / f"{page}.png"
    if kept.is_file():
        return kept.read_bytes()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        if not _alone(lock.fileno()):
            return None
        if not kept.is_file():
            drawn = _draw((file.folder / ORIGINAL).read_bytes(), page)
            if drawn is None:
                return None
            with while_it_stands(file.pk) as stands:
                if not stands:
                    return None
                write_whole(kept, drawn)
            return drawn
    return kept.read_bytes()


def _alone(lock: int) -> bool:
    """Wait until no other picture is being drawn, but not for ever."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _draw(data: bytes, page: int) -> bytes | None:
    command = [sys.executable, "-m", "fotfeste.web.plans.drawing"]
    told = b"%d\n" % page + data
    try:
        done = subprocess.run(command, input=told, capture_output=True, check=False, timeout=3 * SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and 0 < len(done.stdout) <= LARGEST else None
