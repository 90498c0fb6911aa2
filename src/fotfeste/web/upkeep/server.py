"""The application server: gunicorn with threads, set up by the plan."""

from __future__ import annotations

import logging.config
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from fotfeste.errors import FotfesteError
from fotfeste.web.upkeep import plan as plans
from fotfeste.web.upkeep.ending import end_with_parent
from fotfeste.web.upkeep.logs import logging_settings
from fotfeste.web.upkeep.places import take_in_use

GRACE_SECONDS = 30
SILENT_SECONDS = 120
"""A process whose threads have not answered for so long is replaced."""


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's own lines, written as all others: its own format names who asked for what."""

    def setup(self, cfg: Any) -> None:
        """Let the lines pass to the common handlers."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Workspace(BaseApplication):  # type: ignore[misc]
    """The workspace as gunicorn serves it."""

    def __init__(self, plan: plans.Plan) -> None:
        self.plan = plan
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for name, value in server_settings(self.plan).items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Return the application, imported in the process that answers."""
        from fotfeste.reports.profiles.judged import read_ahead
        from fotfeste.web.places.knowledge import knowledge
        from fotfeste.web.project.wsgi import application

        # Read before the first reader asks, who would otherwise wait for it. What cannot be read, /klar/ tells of.
        with suppress(FotfesteError, OSError):
            read_ahead(knowledge())
        return application


def server_settings(plan: plans.Plan) -> dict[str, Any]:
    """Return gunicorn's settings for ``plan``."""
    own = "127.0.0.1,::1" if plan.behind_proxy else ""
    return {
        "bind": [f"fd://{number}" for number in plan.sockets],
        "worker_class": "gthread",
        "workers": plan.processes,
        "threads": plan.threads,
        "timeout": SILENT_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "keepalive": 5,
        "limit_request_line": 4_094,
        "limit_request_fields": 64,
        "limit_request_field_size": 8_190,
        "forwarded_allow_ips": own,
        "accesslog": None,
        "loglevel": "warning",
        "logger_class": ServerLog,
        "control_socket_disable": True,
        "preload_app": False,
        "proc_name": "fotfeste",
        "when_ready": lambda _server: click.echo(plan.opened),
        "child_exit": _forget,
    }


def _forget(_server: Any, worker: Any) -> None:
    """Let go of the counts of a process that has ended."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def main() -> None:
    """Serve until told to stop."""
    plan = plans.read(sys.argv[1])
    end_with_parent(int(sys.argv[2]))
    take_in_use(Path(plan.folder))
    logging.config.dictConfig(logging_settings(plan.log_format))
    Workspace(plan).run()
