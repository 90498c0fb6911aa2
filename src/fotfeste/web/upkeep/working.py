"""The background worker in a process of its own."""

from __future__ import annotations

import signal
import sys
from threading import Event
from types import FrameType

from fotfeste.messages import msg
from fotfeste.settings import Settings
from fotfeste.web.project.database import NAME as DATABASE
from fotfeste.web.upkeep.ending import end_with_parent
from fotfeste.web.upkeep.faults import InstallationFault


def work_until_told(settings: Settings) -> None:
    """Do background work until SIGTERM or SIGINT; what is under way is left so that it can be taken up again."""
    from fotfeste.web.commands.starting import start_django
    from fotfeste.web.upkeep.places import take_in_use

    if not settings.serving.database_url and not (settings.data_dir / DATABASE).exists():
        raise InstallationFault(
            "worker.no_database",
            msg("Det er ingen database i datamappen."),
            place=str(settings.data_dir),
            remedy=msg("Sjekk FOTFESTE_DATA_DIR, eller kjør «fotfeste serve», som lager den."),
        )
    take_in_use(settings.data_dir)
    start_django(settings)
    from fotfeste.web.jobs import worker

    stop = Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, told)
    worker.run(stop)


def main() -> None:
    """Work beside the pages, and end with them."""
    end_with_parent(int(sys.argv[2]))
    work_until_told(Settings.from_environment())
