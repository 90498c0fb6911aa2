"""Pages and background work side by side: started together, ended together."""

from __future__ import annotations

import logging
import logging.config
import signal
import subprocess
import sys
import time
from threading import Event
from types import FrameType

from fotfeste.web.upkeep import plan as plans
from fotfeste.web.upkeep.logs import event, logging_settings
from fotfeste.web.upkeep.server import GRACE_SECONDS

LOOK_EVERY = 0.2
LONGEST_PAUSE = 60.0
STEADY_SECONDS = 120.0


def supervise(plan: plans.Plan, stop: Event) -> int:
    """Run both until ``stop`` or until the pages end; return the exit code.

    Background work that ends by itself is started anew, after a pause that grows while it keeps ending.
    """
    pages = _started("pages", plan)
    work, since, pause = _started("work", plan), time.monotonic(), 1.0
    try:
        while not stop.wait(LOOK_EVERY) and pages.poll() is None:
            lasted = time.monotonic() - since
            if work.poll() is None:
                continue
            if lasted > STEADY_SECONDS:
                pause = 1.0
            event("worker.ended", logging.ERROR, code=work.returncode, seconds=round(lasted), pause=pause)
            if stop.wait(pause):
                break
            work, since, pause = _started("work", plan), time.monotonic(), min(pause * 2, LONGEST_PAUSE)
    finally:
        _end(pages, work)
    if stop.is_set():
        return 0
    event("server.ended", logging.ERROR, code=pages.returncode)
    return 1


def _started(part: str, plan: plans.Plan) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl+C in the terminal reaches the supervisor, which ends the others in good order.
    return subprocess.Popen(plans.command(part, plan), pass_fds=plan.sockets, process_group=0)


def _end(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    latest = time.monotonic() + GRACE_SECONDS + 5
    for child in children:
        try:
            child.wait(max(0.1, latest - time.monotonic()))
        except subprocess.TimeoutExpired:
            event("server.killed", logging.ERROR, process=child.pid)
            child.kill()
            child.wait()


def main() -> None:
    """Supervise until SIGTERM or SIGINT."""
    plan, stop = plans.read(sys.argv[1]), Event()
    logging.config.dictConfig(logging_settings(plan.log_format))

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, told)
    sys.exit(supervise(plan, stop))
