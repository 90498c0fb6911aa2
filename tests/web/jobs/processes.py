"""A worker as a process of its own, with kinds of work that leave traces in a folder. Run by the tests.

Usage: ``python -m tests.web.jobs.processes worker|migrate|submit|states FOLDER [NUMBER]``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.jobs.process_settings"


def trace(folder: Path, name: str, line: str) -> None:
    """Add a line to a file in one write, so that lines of several processes never mix."""
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


def register(folder: Path) -> None:
    """Register the kinds of work."""
    from fotfeste.messages import msg
    from fotfeste.web.jobs.handlers import Cancelled, Outcome, Progress, handler

    @handler("test.traced")
    def traced(arguments: Any, progress: Progress, cancelled: Cancelled) -> Outcome:
        """Work that lasts as long as it is told to, or until a file named «go» is there."""
        number, me = arguments["number"], os.getpid()
        trace(folder, "begun", f"{number} {me}")
        until = time.monotonic() + arguments.get("seconds", 0.0)
        while time.monotonic() < until and not (folder / "go").exists():
            if arguments.get("heeds", True):
                progress(0.5, msg("Holder på"))
            time.sleep(0.02)
        return Outcome(number, lambda: trace(folder, "stored", f"{number} {me}"))


def worker(folder: Path) -> None:
    """Work until told to stop, at a quick pace."""
    from fotfeste.web.jobs.watch import Pace
    from fotfeste.web.jobs.worker import run

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    pace = Pace(
        lease=timedelta(seconds=2),
        beat=timedelta(seconds=0.1),
        idle=timedelta(seconds=0.05),
        grace=timedelta(seconds=1),
        attempts=10,
    )
    trace(folder, "ready", str(os.getpid()))
    run(stop, pace=pace)


def submit(number: int, **more: Any) -> None:
    """Order work of the traced kind."""
    from fotfeste.web.jobs import services
    from fotfeste.web.rights.actor import NOBODY

    services.submit("test.traced", {"number": number, **more}, str(number), NOBODY)


def main() -> None:
    """Do what the arguments say."""
    import django

    django.setup()
    what, folder = sys.argv[1], Path(sys.argv[2])
    register(folder)
    if what == "migrate":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif what == "worker":
        worker(folder)
    elif what == "submit":
        for order in json.loads(sys.argv[3]):
            submit(**order)
    elif what == "states":
        from fotfeste.web.jobs.models import Job

        fields = ("state", "attempts", "result", "error_code", "worker")
        jobs = Job.objects.filter(kind="test.traced")
        found = {job.key: {name: getattr(job, name) for name in fields} for job in jobs}
        assert len(found) == jobs.count()
        sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
